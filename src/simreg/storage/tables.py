"""The tables. Nothing biometric is in any of them but in `sealed`, encrypted and for a time."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from simreg.storage.columns import Moment

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

ID, WORD = String(40), String(64)


def _case() -> "Column[str]":
    return Column("case_id", ID, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False)


CASES = Table(
    "cases",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("folio", WORD, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("state", WORD, nullable=False),
    Column("profile", WORD, nullable=False),
    Column("transaction", WORD, nullable=False),
    Column("channel", WORD, nullable=False),
    Column("line", WORD, nullable=False),
    Column("language", WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("iccid", WORD),
    Column("shop", WORD),
    Column("agent", WORD),
    Column("subject_hash", WORD),
    Column("lines_elsewhere", Integer, nullable=False),
    Column("consent", WORD),
    Column("attempts", Integer, nullable=False),
    Column("restarts", Integer, nullable=False),
    Column("attempt", ID),
    Column("failures", JSON, nullable=False),
    Column("locked_until", Moment),
    Column("reviewers", Integer, nullable=False),
    Column("reviews", JSON, nullable=False),
    Column("accepted_by", WORD),
    Column("accepted_attempt", ID),
    Index("ix_cases_state_created_at", "state", "created_at"),
    Index("ix_cases_created_at_id", "created_at", "id"),
    Index("ix_cases_line", "line"),
    Index("ix_cases_agent_created_at", "agent", "created_at"),
    Index("ix_cases_shop_created_at", "shop", "created_at"),
    Index("ix_cases_profile_state_changed_at", "profile", "state", "changed_at"),
    Index("ix_cases_subject_hash", "subject_hash"),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("case_id", ID, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("act", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", WORD, nullable=False),
    Column("data", JSON, nullable=False),
)

ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("id", ID, primary_key=True),
    _case(),
    Column("number", Integer, nullable=False),
    Column("run", Integer, nullable=False),
    Column("recorded", Boolean, nullable=False),
    Column("challenge", JSON, nullable=False),
    Column("entropy_bits", Float, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("deadline", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("ended_at", Moment),
    Column("outcome", WORD),
    Column("reasons", JSON, nullable=False),
    Column("result", JSON(none_as_null=True)),
    Column("reaction_ms", JSON, nullable=False),
    UniqueConstraint("case_id", "number"),
    Index("ix_attempts_ended_at_deadline", "ended_at", "deadline"),
)

SEALED = Table(
    "sealed",
    METADATA,
    Column("case_id", ID, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", WORD, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("key_id", WORD, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
)

DESTRUCTIONS = Table(
    "destructions",
    METADATA,
    Column("key_id", String(80), primary_key=True),
    Column("case_id", ID, nullable=False),
    Column("kind", WORD, nullable=False),
    Column("cause", WORD, nullable=False),
)
"""Keys that are to be destroyed in the key store, because what they sealed was erased here."""

LOOKS = Table(
    "looks",
    METADATA,
    Column("id", Integer, primary_key=True),
    _case(),
    Column("actor", WORD, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_looks_case_id", "case_id"),
)

LINKS = Table(
    "links",
    METADATA,
    Column("token_sha256", WORD, primary_key=True),
    _case(),
    Column("kind", WORD, nullable=False),
    Column("nonce", WORD, nullable=False),
    Column("line", WORD, nullable=False),
    Column("actor", WORD, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("used_at", Moment),
    Index("ix_links_case_id", "case_id"),
)

ACTIVATIONS = Table(
    "activations",
    METADATA,
    Column("case_id", ID, ForeignKey("cases.id"), primary_key=True),
    Column("attempt_id", ID, ForeignKey("attempts.id"), unique=True),
    Column("line", WORD, nullable=False),
    Column("subject_hash", WORD),
    Column("operator", WORD, nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index(
        "uq_activations_line",
        "line",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("ix_activations_subject_hash", "subject_hash"),
)

API_KEYS = Table(
    "api_keys",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name", WORD, nullable=False),
    Column("secret_sha256", WORD, nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

STAFF = Table(
    "staff",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name", WORD, nullable=False, unique=True),
    Column("role", WORD, nullable=False),
    Column("shop", WORD),
    Column("password", String(200), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("disabled_at", Moment),
)

STAFF_SESSIONS = Table(
    "staff_sessions",
    METADATA,
    Column("token_sha256", WORD, primary_key=True),
    Column("staff_id", ID, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("csrf", WORD, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("second_at", Moment),
)

SECOND_FACTORS = Table(
    "second_factors",
    METADATA,
    Column("staff_id", ID, ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("key_id", WORD, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("step", Integer, nullable=False),
    Column("recovery", JSON, nullable=False),
    Column("confirmed_at", Moment),
)

DEVICES = Table(
    "devices",
    METADATA,
    Column("digest", WORD, primary_key=True),
    Column("staff_id", ID, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("registered_at", Moment, nullable=False),
)

SIGNED_ORDERS = Table(
    "signed_orders",
    METADATA,
    Column("case_id", ID, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("device", WORD, nullable=False),
    Column("message", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

PROPOSALS = Table(
    "proposals",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("kind", WORD, nullable=False),
    Column("target", String(200), nullable=False),
    Column("value", WORD, nullable=False),
    Column("before", WORD),
    Column("proposed_by", WORD, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("second", WORD),
    Column("ended_at", Moment),
    Column("outcome", WORD),
    Index("ix_proposals_kind_target", "kind", "target"),
)

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("api_key_id", ID, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("request_hmac", WORD, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

WEBHOOKS = Table(
    "webhooks",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("url", String(2000), nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    Column("key_id", WORD, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
)

FREEZES = Table(
    "freezes",
    METADATA,
    Column("line", WORD, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", WORD, nullable=False),
    Column("reason", WORD, nullable=False),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("webhook_id", ID, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_try_at", Moment),
    Column("tries", Integer, nullable=False),
    Column("delivered_at", Moment),
    Column("last_error", String(200)),
    Index("ix_outbox_next_try_at", "next_try_at"),
)
