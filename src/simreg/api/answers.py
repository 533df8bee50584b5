"""What the routes answer with."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from simreg.decision.types import Reason as DecisionReason
from simreg.registration.types import Case, State, Way
from simreg.service.webhooks import Webhook
from simreg.storage.types import AttemptRecord


class CaseAnswer(BaseModel):
    """A case as the operator's system sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(examples=["case_8f3kq27xmb8f3kq27xmb"])
    folio: str = Field(description="The number on the subscriber's receipts.", examples=["8F3KQ-27XMB"])
    version: int
    state: State
    profile: str
    transaction: str
    channel: str
    line: str
    language: str
    iccid: str | None
    shop: str | None
    agent: str | None
    consent: str | None = Field(description="The text that was agreed to.")
    attempts: int
    locked_until: datetime | None
    accepted_by: Way | None
    created_at: datetime
    changed_at: datetime
    expires_at: datetime


class CasesAnswer(BaseModel):
    """Cases, newest first; ``cursor`` leads to the next ones, null at the end."""

    cases: list[CaseAnswer]
    cursor: str | None


class LinkAnswer(BaseModel):
    """The subscriber's link; the token is told only now."""

    token: str = Field(examples=["srl_..."])
    url: str = Field(examples=["https://sim.example/r#srl_..."])


class ReasonAnswer(BaseModel):
    """Why, and what to do next."""

    code: str
    text: str
    remedy: str

    @classmethod
    def of(cls, reason: DecisionReason) -> Self:
        """Of a decision's reason."""
        return cls(code=reason.code, text=reason.text, remedy=reason.remedy)


class ReferenceReply(BaseModel):
    """``problem`` is null where the portrait is now the case's reference; ``quality`` is 0 to 100."""

    problem: ReasonAnswer | None
    quality: int | None


class LiveAttemptAnswer(BaseModel):
    """A token for one live capture, told only now, and the socket's address."""

    token: str = Field(examples=["src_..."])
    url: str = Field(examples=["/v1/capture"])
    number: int
    of: int


class AttemptAnswer(LiveAttemptAnswer):
    """An attempt that may begin; ``challenge`` is told for a recording only, ``url`` is where it or the frames go."""

    attempt: str
    recorded: bool
    challenge: list[str] | None


class EndedAttempt(BaseModel):
    """An attempt and what came of it, without anything biometric."""

    id: str
    number: int
    recorded: bool
    challenge: list[str]
    entropy_bits: float
    begun_at: datetime
    ended_at: datetime | None
    outcome: str | None = Field(description="accepted, referred, failed or abandoned; null while it runs")
    reasons: list[ReasonAnswer]
    reaction_ms: list[int]
    result: dict[str, Any] | None

    @classmethod
    def of(cls, attempt: AttemptRecord) -> Self:
        """Of what is kept; the challenge of a live attempt is told only once it has ended."""
        told = attempt.recorded or attempt.ended_at is not None
        return cls(
            id=attempt.id,
            number=attempt.number,
            recorded=attempt.recorded,
            challenge=list(attempt.challenge) if told else [],
            entropy_bits=attempt.entropy_bits,
            begun_at=attempt.begun_at,
            ended_at=attempt.ended_at,
            outcome=attempt.outcome,
            reasons=[ReasonAnswer(**reason) for reason in attempt.reasons],
            reaction_ms=list(attempt.reaction_ms),
            result=attempt.result,
        )


class ResultAnswer(BaseModel):
    """Where a case stands, and all its attempts."""

    case: str
    folio: str
    state: State
    version: int
    accepted_by: Way | None
    attempts: list[EndedAttempt]

    @classmethod
    def of(cls, case: Case, attempts: list[AttemptRecord]) -> Self:
        """Of a case."""
        return cls(
            case=case.id,
            folio=case.folio,
            state=case.state,
            version=case.version,
            accepted_by=case.accepted_by,
            attempts=[EndedAttempt.of(one) for one in attempts],
        )


class WebhookAnswer(BaseModel):
    """Where messages go."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    url: str
    kinds: list[str]
    created_at: datetime
    disabled_at: datetime | None

    @classmethod
    def of(cls, webhook: Webhook) -> Self:
        """Of a webhook."""
        return cls.model_validate(webhook)


class NewWebhookAnswer(WebhookAnswer):
    """A new webhook; the secret is told only now."""

    secret: str = Field(examples=["whsec_..."])


class WebhooksAnswer(BaseModel):
    """All webhooks."""

    webhooks: list[WebhookAnswer]
