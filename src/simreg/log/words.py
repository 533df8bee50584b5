"""The words that leaves use and no other room has."""

from enum import StrEnum


class Ended(StrEnum):
    """How an attempt ended."""

    ACCEPTED = "accepted"
    REFERRED = "referred"
    FAILED = "failed"
    ABANDONED = "abandoned"


class Band(StrEnum):
    """Where a similarity lies against the threshold; no finer score is ever told."""

    MATCH = "match"
    NEAR = "near"
    NON_MATCH = "non-match"
    NOT_ASSESSED = "not-assessed"


class Result(StrEnum):
    """What became of a case."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class By(StrEnum):
    """What a case was decided by."""

    FACE = "face"
    ALTERNATIVE = "alternative"
    REVIEW = "review"


class End(StrEnum):
    """How a case ended without a face having been decided on; the alternative is a way of its own that goes on."""

    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    ALTERNATIVE = "alternative"


class Kept(StrEnum):
    """A class of data that is kept for a time."""

    REFERENCE = "reference"
    FRAMES = "frames"
    CURVES = "curves"
    RECORD = "record"


class Cause(StrEnum):
    """Why a key was destroyed."""

    RETENTION = "retention"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    ERASURE = "erasure"
    REPLACED = "replaced"


class Part(StrEnum):
    """What a model is for; thresholds belong to one."""

    DETECTOR = "detector"
    MESH = "mesh"
    PASSIVE_PAD = "passive-pad"
    RECOGNISER = "recogniser"
    THRESHOLD = "threshold"


class Role(StrEnum):
    """What a member of the staff does."""

    AGENT = "agent"
    REVIEWER = "reviewer"
    COMPLIANCE_OFFICER = "compliance-officer"
    INSPECTOR = "inspector"
    OPERATOR = "operator"


class StaffChange(StrEnum):
    """What was changed of a member of the staff."""

    ADDED = "added"
    ROLE = "role"
    SHOP = "shop"
    PASSWORD = "password"  # noqa: S105 - a word, no password
    SECOND_FACTOR = "second-factor"
    DEVICE = "device"
    DISABLED = "disabled"
    ENABLED = "enabled"


class Look(StrEnum):
    """What an inspector looked at."""

    NUMBERS = "numbers"
    SAMPLE = "sample"
    CASE = "case"
    RECONCILIATION = "reconciliation"
    EXPORT = "export"
    ERROR_RATES = "error-rates"
    LOG = "log"


class Right(StrEnum):
    """What a subscriber asked for, or was done for them."""

    EXPORT = "export"
    ERASURE = "erasure"
    DISPUTE = "dispute"
    FREEZE = "freeze"
    RELEASE = "release"
