"""What the storage room hands on besides cases and events."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One attempt of a case, as it is kept for years.

    ``run`` counts its restarts from 0; the challenge is that of the last run, ``entropy_bits`` how hard it was to guess.
    ``recorded`` says that the challenge was told whole for a recording. ``deadline`` is when it counts as abandoned.
    ``outcome`` is accepted, referred, failed or abandoned, None while it runs; ``reasons`` have code, text and remedy;
    ``result`` is what `service.kept.kept_result` keeps; ``reaction_ms`` has a time for each action done.
    """

    id: str
    case_id: str
    number: int
    run: int
    recorded: bool
    challenge: tuple[str, ...]
    entropy_bits: float
    begun_at: datetime
    deadline: datetime
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str | None = None
    reasons: tuple[Json, ...] = ()
    result: Json | None = None
    reaction_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A token's other half: what it opens, and who had it made. The token itself is not kept, only its SHA-256."""

    token_sha256: str
    case_id: str
    kind: str
    nonce: str
    line: str
    actor: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Activation:
    """A line that an accepted case switched on."""

    case_id: str
    attempt_id: str | None
    line: str
    subject_hash: str | None
    operator: str
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at the evidence of a case."""

    case_id: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who works with cases; ``password`` is an argon2id hash and never shown.

    ``shop`` is where an agent always is, None for one who says it anew.
    """

    id: str
    name: str
    role: str
    password: str = field(repr=False)
    shop: str | None = None
    failures: int = 0
    locked_until: datetime | None = None
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StaffSession:
    """A sign-in that holds; ``csrf`` goes with every form, ``second_at`` is when the second factor was given."""

    token_sha256: str
    staff_id: str
    csrf: str
    expires_at: datetime
    second_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of the operator's system; its secret is kept as SHA-256 only."""

    id: str
    name: str
    secret_sha256: str = field(repr=False)
    scopes: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None = None
