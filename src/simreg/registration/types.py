"""What the registration room hands on: a case, what can happen to it, and what did. All times are aware and UTC."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Fact = str | int | bool | tuple[str, ...] | None
"""What an event may tell about a change: words and whole numbers, no measurements."""


class State(StrEnum):
    """Where a case stands."""

    CREATED = "created"
    CONSENTED = "consented"
    REFERENCED = "referenced"
    CAPTURING = "capturing"
    ACCEPTED = "accepted"
    REFERRED = "referred"
    REFUSED = "refused"
    ALTERNATIVE = "alternative"
    ACTIVATED = "activated"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What can happen to a case."""

    OPEN = "open"
    CONSENT = "consent"
    SET_REFERENCE = "set-reference"
    BEGIN_ATTEMPT = "begin-attempt"
    RESTART_ATTEMPT = "restart-attempt"
    ATTEMPT_ACCEPTED = "attempt-accepted"
    ATTEMPT_REFERRED = "attempt-referred"
    ATTEMPT_FAILED = "attempt-failed"
    ATTEMPT_ABANDONED = "attempt-abandoned"
    CHOOSE_ALTERNATIVE = "choose-alternative"
    ALTERNATIVE_ACCEPTED = "alternative-accepted"
    ALTERNATIVE_REFUSED = "alternative-refused"
    REVIEW = "review"
    CONFIRM_ACTIVATION = "confirm-activation"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    EXPIRE = "expire"


class Way(StrEnum):
    """What a case was accepted by."""

    FACE = "face"
    ALTERNATIVE = "alternative"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of a profile that the machine follows.

    ``attempts`` in a case, ``restarts`` of an attempt; ``failures`` within ``within_s`` seconds lock out for ``for_s``
    seconds.
    """

    attempts: int = 3
    restarts: int = 2
    failures: int = 5
    within_s: int = 180
    for_s: int = 1800


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's opinion of a referred case."""

    reviewer: str
    accept: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """The registration of one line.

    ``version`` counts the changes from 1. ``folio`` is the number on the subscriber's receipts. ``subject_hash`` is
    the keyed hash of the identity number, ``lines_elsewhere`` how many lines the person has with other operators.
    ``attempts`` counts those begun, ``restarts`` those of the attempt that runs or ran last, ``failures`` are the
    times of failed ones; ``locked_until`` is when the next may begin. ``reviewers`` is how many a referral needs.
    ``consent`` names the text that was agreed to. ``accepted_attempt`` is None where another way than an attempt led
    to the acceptance.
    """

    id: str
    folio: str
    version: int
    state: State
    profile: str
    transaction: str
    channel: str
    line: str
    language: str
    created_at: datetime
    changed_at: datetime
    expires_at: datetime
    iccid: str | None = None
    shop: str | None = None
    agent: str | None = None
    subject_hash: str | None = None
    lines_elsewhere: int = 0
    consent: str | None = None
    attempts: int = 0
    restarts: int = 0
    attempt: str | None = None
    failures: tuple[datetime, ...] = ()
    locked_until: datetime | None = None
    reviewers: int = 1
    reviews: tuple[Review, ...] = ()
    accepted_by: Way | None = None
    accepted_attempt: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One change of a case: the version and state it led to, what was done, when, by whom, and what is told of it."""

    case_id: str
    version: int
    act: Act
    state: State
    at: datetime
    actor: str
    data: dict[str, Fact]
