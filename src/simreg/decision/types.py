"""What the decision room hands on."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What follows from an attempt."""

    ACCEPT = "accept"
    REFER = "refer"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code, a sentence for the person, and what to do next."""

    code: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome and its reasons, weightiest first."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
