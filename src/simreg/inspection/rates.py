"""Error rates of a deployment, as far as its log can tell them, each with an exact interval."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from simreg.exact import clopper_pearson
from simreg.inspection.rows import Told
from simreg.log.words import Ended


class Measure(StrEnum):
    """What is measured; docs/inspection.md says of how many each is a share, and what it does not say."""

    FIRST_ACCEPTED = "first-attempt-accepted"
    FIRST_REFERRED = "first-attempt-referred"
    FIRST_FAILED = "first-attempt-failed"
    FIRST_ABANDONED = "first-attempt-abandoned"
    AGAIN = "case-with-second-attempt"
    REFUSED = "case-refused"
    WITHOUT_FACE = "accepted-without-face"
    REVIEW_ACCEPTS = "referred-then-accepted"
    DISAGREE = "two-reviewers-disagree"
    FAILED_THEN_ACCEPTED = "failed-then-accepted-without-face"


UNKNOWABLE = ("false-match", "false-non-match", "attack-presentation", "bona-fide-presentation", "subjects", "beside")
"""What no log can tell, as who somebody truly was is written nowhere; the words are in docs/inspection.md."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``hits`` of ``trials``, and the interval that misses the true share in at most 5 of 100 times."""

    measure: Measure
    hits: int
    trials: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """0..1; None where there was nothing to measure."""
        return self.hits / self.trials if self.trials else None


@dataclass(slots=True)
class _Sums:
    hits: dict[Measure, int] = field(default_factory=lambda: dict.fromkeys(Measure, 0))
    trials: dict[Measure, int] = field(default_factory=lambda: dict.fromkeys(Measure, 0))

    def add(self, measure: Measure, hit: bool) -> None:
        self.hits[measure] += hit
        self.trials[measure] += 1


_FIRST = {
    Ended.ACCEPTED: Measure.FIRST_ACCEPTED,
    Ended.REFERRED: Measure.FIRST_REFERRED,
    Ended.FAILED: Measure.FIRST_FAILED,
    Ended.ABANDONED: Measure.FIRST_ABANDONED,
}


def rates(rows: Iterable[Told]) -> tuple[Rate, ...]:
    """All measures over leaves in their order. Each case counts once in each, as its attempts are not independent.

    A case whose first attempt lies before the leaves given does not count. Memory grows with the cases that are open.
    """
    sums, tries, opinions = _Sums(), dict[str, int](), dict[str, set[str]]()
    failed: set[str] = set()
    for row in rows:
        if row.kind == "attempt" and row.case is not None:
            _attempt(row, sums, tries, failed)
        elif row.kind == "review" and row.case is not None:
            opinions.setdefault(row.case, set()).add(f"{row.actor} {row.word}")
        elif row.case is not None and _ends(row):
            if row.kind == "decision":
                _decision(row, sums, failed, opinions.get(row.case, set()))
            if row.case in tries:
                sums.add(Measure.AGAIN, tries.pop(row.case) > 1)
            failed.discard(row.case)
            opinions.pop(row.case, None)
    return tuple(_rate(one, sums.hits, sums.trials) for one in Measure)


def _ends(row: Told) -> bool:
    return row.kind == "decision" or (row.kind == "case-ended" and row.word != "alternative")


def _attempt(row: Told, sums: _Sums, tries: dict[str, int], failed: set[str]) -> None:
    assert row.case is not None  # noqa: S101 - told by the caller
    if row.number == 1:
        for outcome, measure in _FIRST.items():
            sums.add(measure, row.word == outcome)
        tries[row.case] = 1
    elif row.case in tries:
        tries[row.case] += 1
    if row.word == Ended.FAILED:
        failed.add(row.case)


def _decision(row: Told, sums: _Sums, failed: set[str], opinions: set[str]) -> None:
    accepted = row.word == "accepted"
    sums.add(Measure.REFUSED, not accepted)
    if accepted:
        sums.add(Measure.WITHOUT_FACE, row.by == "alternative")
    if row.by == "review":
        sums.add(Measure.REVIEW_ACCEPTS, accepted)
        if len(opinions) > 1:
            sums.add(Measure.DISAGREE, len({one.rpartition(" ")[2] for one in opinions}) > 1)
    if row.case in failed:
        sums.add(Measure.FAILED_THEN_ACCEPTED, accepted and row.by == "alternative")


def _rate(measure: Measure, hits: Mapping[Measure, int], trials: Mapping[Measure, int]) -> Rate:
    return Rate(measure, hits[measure], trials[measure], *clopper_pearson(hits[measure], trials[measure]))
