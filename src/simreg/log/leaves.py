"""The leaves of the log: what is recorded of each act, as frozen dataclasses and as canonical JSON.

No field can hold a picture, a template, a score finer than its band, a name, a number of a person, line or document:
each is of a bounded type of `log.fields`. What has to be recognised again is a commitment (`log.commitment`).
"""

from dataclasses import dataclass

from simreg.decision.profiles.types import Channel, Transaction
from simreg.errors import InputError
from simreg.liveness.types import Action, PadDecision
from simreg.log.canonical import parse_canonical, write
from simreg.log.fields import (
    Actor,
    AttemptId,
    CaseId,
    Commitment,
    Count,
    Digest,
    Folio,
    MemberId,
    Number,
    ReasonCode,
    Seed,
    WrongFieldError,
    checks,
)
from simreg.log.words import Band, By, Cause, End, Ended, Kept, Look, Part, Result, Right, Role, StaffChange

VERSION = 1
MOST_BYTES = 8_192
"""Bytes of the largest entry."""

LATEST = 253_402_300_799
"""The largest time, in seconds since 1970: the last of the year 9999."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What all leaves share: the fields are held against their types. Raises InputError ``leaf-field``."""

    def __post_init__(self) -> None:
        for name, check in checks(type(self)).items():
            try:
                object.__setattr__(self, name, check(getattr(self, name)))
            except WrongFieldError:
                sentence = f"{kind_of(type(self))} cannot have this {name}."
                raise InputError("leaf-field", sentence, "Give what docs/log.md says of the field.") from None


@dataclass(frozen=True, slots=True)
class CaseOpened(Leaf):
    """An order came. ``policy`` is the digest of the profile; ``agent`` and ``shop`` are commitments, too."""

    case: CaseId
    folio: Folio
    actor: Actor
    policy: Digest
    transaction: Transaction
    channel: Channel
    line: Commitment
    subject: Commitment | None = None
    shop: Commitment | None = None
    agent: Commitment | None = None


@dataclass(frozen=True, slots=True)
class Consent(Leaf):
    """The subscriber agreed to a text, named by its digest."""

    case: CaseId
    actor: Actor
    text: Digest


@dataclass(frozen=True, slots=True)
class Attempt(Leaf):
    """An attempt ended. ``line`` is what it was for; ``liveness`` and ``band`` are None where nothing was assessed.

    ``actions`` were asked for in this order; ``done`` are those of them that were seen when they were due. ``models``
    are digests of the weights that took part, ``threshold`` of the threshold that the comparison was read against.
    """

    case: CaseId
    attempt: AttemptId
    folio: Folio
    number: Number
    line: Commitment
    actor: Actor
    outcome: Ended
    reasons: tuple[ReasonCode, ...]
    actions: tuple[Action, ...]
    done: tuple[Action, ...]
    policy: Digest
    models: tuple[Digest, ...] = ()
    threshold: Digest | None = None
    liveness: PadDecision | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Decision(Leaf):
    """A case was accepted or refused. ``attempt`` is the one it rests on, None for the way without a face."""

    case: CaseId
    actor: Actor
    result: Result
    by: By
    attempt: AttemptId | None = None


@dataclass(frozen=True, slots=True)
class Review(Leaf):
    """A reviewer gave an opinion of a referred case; what they wrote is a commitment."""

    case: CaseId
    actor: Actor
    accept: bool
    reason: Commitment


@dataclass(frozen=True, slots=True)
class Activation(Leaf):
    """The operator switched the line of an accepted case on, or off again."""

    case: CaseId
    actor: Actor
    line: Commitment
    on: bool = True
    attempt: AttemptId | None = None


@dataclass(frozen=True, slots=True)
class KeyDestroyed(Leaf):
    """The key of a class of data of a case is gone, and with it what it sealed."""

    case: CaseId
    actor: Actor
    data: Kept
    cause: Cause


@dataclass(frozen=True, slots=True)
class EvidenceViewed(Leaf):
    """Somebody looked at what is kept of a case."""

    case: CaseId
    actor: Actor
    data: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class CaseEnded(Leaf):
    """A case ended without a decision about a face, or left for the way without one."""

    case: CaseId
    actor: Actor
    how: End


@dataclass(frozen=True, slots=True)
class PolicyChanged(Leaf):
    """A profile took the place of another; ``second`` is who agreed."""

    actor: Actor
    after: Digest
    before: Digest | None = None
    second: Actor | None = None


@dataclass(frozen=True, slots=True)
class ModelChanged(Leaf):
    """A network or a threshold took the place of another; ``second`` is who agreed."""

    actor: Actor
    part: Part
    after: Digest
    before: Digest | None = None
    second: Actor | None = None


@dataclass(frozen=True, slots=True)
class StaffChanged(Leaf):
    """A member of the staff was added or changed; ``second`` is who agreed."""

    actor: Actor
    member: MemberId
    change: StaffChange
    role: Role | None = None
    second: Actor | None = None


@dataclass(frozen=True, slots=True)
class Inspection(Leaf):
    """An inspector looked: at what, at how many records, with which seed, at which case, with which file's digest."""

    actor: Actor
    look: Look
    count: Count | None = None
    seed: Seed | None = None
    case: CaseId | None = None
    file: Digest | None = None


@dataclass(frozen=True, slots=True)
class DeviceSigned(Leaf):
    """An agent's device signed the order of a case: the digests of its public key, and of what it signed."""

    case: CaseId
    actor: Actor
    device: Digest
    message: Digest


@dataclass(frozen=True, slots=True)
class RightUsed(Leaf):
    """A subscriber used a right: theirs by a link, or by the operator's system; ``line`` is the one it is about."""

    case: CaseId
    actor: Actor
    right: Right
    line: Commitment | None = None


KINDS: dict[str, type[Leaf]] = {
    "case-opened": CaseOpened,
    "consent": Consent,
    "attempt": Attempt,
    "decision": Decision,
    "review": Review,
    "activation": Activation,
    "key-destroyed": KeyDestroyed,
    "evidence-viewed": EvidenceViewed,
    "case-ended": CaseEnded,
    "policy-changed": PolicyChanged,
    "model-changed": ModelChanged,
    "staff-changed": StaffChanged,
    "inspection": Inspection,
    "right-used": RightUsed,
    "device-signed": DeviceSigned,
}
"""All leaves there are. One is never taken away or changed, as old leaves must be readable; new ones may come."""

_NAMES = {leaf: name for name, leaf in KINDS.items()}


def kind_of(leaf: type[Leaf]) -> str:
    """The word that a class of leaves has in the log."""
    return _NAMES[leaf]


def entry_of(leaf: Leaf, at: int) -> bytes:
    """The entry of a leaf recorded at a time, in seconds since 1970. A field that is None is left out."""
    given = {name: value for name in checks(type(leaf)) if (value := getattr(leaf, name)) is not None}
    if not 0 <= at <= LATEST:
        raise ValueError("a time beyond all times")
    return write({**given, "v": VERSION, "kind": kind_of(type(leaf)), "at": at})


def read_entry(entry: bytes) -> tuple[Leaf, int]:
    """The leaf of an entry, and when it was recorded. Raises InputError ``leaf-malformed`` for anything else."""
    try:
        given = parse_canonical(entry, MOST_BYTES)
        at = given.pop("at")
        leaf = KINDS[given.pop("kind")] if given.pop("v") == VERSION and type(at) is int else Leaf
        made = leaf(**given)
        if entry_of(made, at) == entry:
            return made, at
    except (InputError, AttributeError, KeyError, TypeError, ValueError):
        pass
    sentence = "This is not a leaf of the log, or one of a later version."
    raise InputError("leaf-malformed", sentence, "Read it with the version of simreg that wrote it, or a later one.")
