"""What the comparison room hands on: thresholds, scores, comparison decisions."""

from dataclasses import dataclass
from enum import StrEnum


class ComparisonDecision(StrEnum):
    """Outcome of a 1:1 comparison (ISO/IEC 2382-37)."""

    MATCH = "match"
    NON_MATCH = "non-match"
    NOT_ASSESSED = "not-assessed"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval of a rate, each end 0..1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """A similarity from which two templates of one recogniser count as one person's, and what that is worth.

    ``value`` and ``refer_from`` are similarities, -1..1; a similarity from ``refer_from`` up to ``value`` is referred to
    a person. ``target_fmr`` is what was aimed at, ``fmr`` and ``fnmr`` what was measured there, each 0..1 with its
    interval; ``mated`` and ``non_mated`` are the numbers of comparisons. ``model_sha256`` and ``preprocessing`` bind it:
    it is never held against a score of another model or another preprocessing. ``same_person`` is the similarity below
    which two frames of one capture are taken for two persons, None where it was not measured.
    """

    value: float
    refer_from: float
    target_fmr: float
    fmr: float
    fmr_interval: Interval
    fnmr: float
    fnmr_interval: Interval
    mated: int
    non_mated: int
    recogniser: str
    model_sha256: str
    preprocessing: str
    data_set: str
    date: str
    source: str
    same_person: float | None = None


@dataclass(frozen=True, slots=True)
class ComparisonScore:
    """The comparison of the live template with the reference's, read against a threshold.

    ``similarity`` is -1..1, higher is more alike, None when it could not be assessed; ``probes`` is the number of live
    frames in the live template; ``text`` says in a sentence what it means.
    """

    decision: ComparisonDecision
    similarity: float | None
    probes: int
    threshold: Threshold
    text: str
