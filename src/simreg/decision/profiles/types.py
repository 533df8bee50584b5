"""What a profile says: a country's rules for one registration, each with its citation.

Times are whole seconds. A profile holds nothing by which a face could be searched for among others, and no comparison
score: a target FMR names the operating point.
"""

from dataclasses import dataclass
from enum import StrEnum

from simreg.liveness.types import Action


class Transaction(StrEnum):
    """What is to happen to the line."""

    NEW = "new"
    REPLACE = "replace"
    PORT = "port"
    TRANSFER = "transfer"
    ESIM = "esim"
    DEVICE_CHANGE = "device-change"
    RE_VERIFY = "re-verify"
    UNLINK = "unlink"


class Channel(StrEnum):
    """Where the subscriber is."""

    SHOP = "shop"
    DEALER = "dealer"
    APP = "app"
    WEB = "web"


class Document(StrEnum):
    """A kind of identity document with a portrait."""

    IDENTITY_CARD = "identity-card"
    PASSPORT = "passport"
    DRIVING_LICENCE = "driving-licence"
    RESIDENCE_PERMIT = "residence-permit"


class Reading(StrEnum):
    """How the document's portrait is had: off a picture of the document, or out of its chip."""

    PICTURE = "picture"
    CHIP = "chip"


class Counted(StrEnum):
    """Which lines count: those with the operator who asks, or those with all operators together."""

    OPERATOR = "operator"
    ALL_OPERATORS = "all-operators"


class Beyond(StrEnum):
    """What becomes of a case for a line beyond the number of lines per person."""

    REFUSE = "refuse"
    REFER = "refer"


class Read(StrEnum):
    """How a source was read: its own text, what others wrote about it, or nothing, as it is our own choice."""

    TEXT = "text"
    SECOND_HAND = "second-hand"
    OWN_CHOICE = "own-choice"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule's value comes from.

    ``source`` names the law, standard or choice, ``where`` the place in it or what it says, ``url`` a page or None.
    ``verified`` is true once a lawyer has read the law itself. ``given_by`` is the profile that states it: another name
    than the profile's own says that it is inherited.
    """

    source: str
    where: str
    verified: bool
    read: Read
    url: str | None
    given_by: str


@dataclass(frozen=True, slots=True)
class Words:
    """One text for subscribers in English and Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An alternative to the face, or a notice: what the subscriber is told, by its stable code."""

    code: str
    words: Words
    citation: Citation


@dataclass(frozen=True, slots=True)
class Duty:
    """What the operator must do beside this program, by its stable code."""

    code: str
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class LockOut:
    """``failures`` failed attempts within ``within_s`` lock the line out for ``for_s``."""

    failures: int
    within_s: int
    for_s: int


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept at most.

    ``frames_s``: frames kept for a reviewer, from the end of the attempt. ``reference_s``: the document's portrait, from
    when it was set; it goes sooner when the case is over. ``record_s`` and ``receipt_s``: what was decided and why,
    without anything biometric, from the end of the service. ``agent_s``: how long the agent's screen still shows the
    case after the decision, None as long as the record.
    """

    frames_s: int
    reference_s: int
    record_s: int
    receipt_s: int
    agent_s: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A country's rules, or an operator's, complete: what a file leaves out comes from the profile it is based on.

    ``country`` is an ISO 3166-1 code of two letters, None where it is nobody's in particular; ``as_of`` the month to
    which the facts belong (2026-11). ``lines_per_person`` is None where there is no limit. A case lives ``case_s``, a
    capture token ``token_s``, an attempt ``attempt_s``, of which the movements may take ``capture_s``. A challenge has at
    least ``least_actions``, drawn from ``actions``. ``target_fmr``, ``fnmr_goal`` and ``iapar_goal`` are shares from 0 to
    1. ``least_face_px`` is the width of the face, ``least_frame_px`` the shorter side of the frame. ``keep_frames`` is
    how many frames of a referred attempt are kept for the reviewer, 0 to 4. ``guardian_below_age`` is in years, None
    without such a rule. Cases of a risk (0 to 1, the operator's own estimate) above ``two_reviewers_above`` need two
    reviewers. ``filing_alarm`` are numbers of stored faces at which the operator is warned.
    """

    name: str
    country: str | None
    title: Words
    as_of: str
    based_on: str | None

    transactions: tuple[Transaction, ...]
    channels: tuple[Channel, ...]
    documents: tuple[Document, ...]
    document_readings: tuple[Reading, ...]

    lines_per_person: int | None
    lines_counted: Counted
    lines_beyond: Beyond

    attempts: int
    attempt_s: int
    capture_s: int
    token_s: int
    case_s: int
    lock_out: LockOut

    least_actions: int
    actions: tuple[Action, ...]
    target_fmr: float
    fnmr_goal: float
    iapar_goal: float
    least_face_px: int
    least_frame_px: int

    separate_consent: bool
    guardian_below_age: int | None
    two_reviewers_above: float

    keep_frames: int
    retention: Retention
    filing_alarm: tuple[int, ...]

    alternatives: tuple[Entry, ...]
    notices: tuple[Entry, ...]
    duties: tuple[Duty, ...]

    citations: tuple[tuple[str, Citation], ...]

    def citation(self, rule: str) -> Citation:
        """Where the value of a rule comes from; the rules are named as in a file: attempts, retention.frames."""
        return dict(self.citations)[rule]

    def inherited(self, rule: str) -> bool:
        """Whether the value of a rule is another profile's."""
        return self.citation(rule).given_by != self.name
