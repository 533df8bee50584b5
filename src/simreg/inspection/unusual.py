"""Agents and shops that differ from the others more than chance would have it.

Each is held against all others by Fisher's exact test, one-sided, and all tests of one look together are corrected by
Holm: where all are alike, anybody at all is named in at most `ALPHA` of all looks.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from simreg.exact import holm, more_than_others
from simreg.inspection.rows import About, Told
from simreg.log.words import Ended

ALPHA = 0.01
"""In at most this share of looks is anybody named where all are alike."""

LEAST = 20
"""Trials below which nobody is tested; chosen by their number only, so that it does not change what `ALPHA` says."""


class Sign(StrEnum):
    """What may be more often than with others; each trial is a case."""

    FAILURES = "first-attempt-failed"
    ABANDONED = "first-attempt-abandoned"
    REPEATS = "opened-again"
    WITHOUT_FACE = "accepted-without-face"
    ODD_HOURS = "odd-hours"
    HASTE = "in-haste"
    UNCOVERED = "activated-without-acceptance"


class Who(StrEnum):
    """Whose cases they are."""

    AGENT = "agent"
    SHOP = "shop"


@dataclass(frozen=True, slots=True)
class Rules:
    """``again`` is how soon after an acceptance a new case of the same person or line counts as a repeat, ``haste`` how
    soon after the agent's last one. Hours from ``night_from`` to ``night_to`` (0..23) of ``zone`` are odd.
    """

    zone: timezone
    again: timedelta = timedelta(days=1)
    haste: timedelta = timedelta(seconds=60)
    night_from: int = 22
    night_to: int = 6


@dataclass(frozen=True, slots=True)
class Trial:
    """One case that could show a sign, and whether it did."""

    sign: Sign
    agent: str | None
    shop: str | None
    hit: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One agent or shop against all others: ``hits`` of ``trials``, theirs, the chance of it, and that after Holm."""

    sign: Sign
    who: Who
    name: str
    hits: int
    trials: int
    other_hits: int
    other_trials: int
    chance: float
    adjusted: float

    @property
    def unusual(self) -> bool:
        """Whether it is named."""
        return self.adjusted <= ALPHA


def trials(rows: Iterable[Told], rules: Rules) -> Iterator[Trial]:
    """The trials that leaves in their order make. Memory grows with agents, and with acceptances within ``again``."""
    accepted: OrderedDict[str, datetime] = OrderedDict()
    last: dict[str, datetime] = {}
    for row in rows:
        about = row.about
        if about is None:
            continue
        if row.kind == "case-opened":
            while accepted and row.at - next(iter(accepted.values())) > rules.again:
                accepted.popitem(last=False)
            yield _trial(Sign.REPEATS, about, any(one in accepted for one in _same(about)))
            yield _trial(Sign.ODD_HOURS, about, _odd(row.at, rules))
            if about.agent is not None:
                if about.agent in last:
                    yield _trial(Sign.HASTE, about, row.at - last[about.agent] < rules.haste)
                last[about.agent] = row.at
        elif row.kind == "attempt" and row.number == 1:
            yield _trial(Sign.FAILURES, about, row.word == Ended.FAILED)
            yield _trial(Sign.ABANDONED, about, row.word == Ended.ABANDONED)
        elif row.kind == "decision" and row.word == "accepted":
            yield _trial(Sign.WITHOUT_FACE, about, row.by == "alternative")
            for one in _same(about):
                accepted[one] = row.at
                accepted.move_to_end(one)


def compare(given: Iterable[Trial], least: int = LEAST) -> tuple[Compared, ...]:
    """Every agent and shop with enough trials against all others, least likely first."""
    hits: Counter[tuple[Sign, Who, str]] = Counter()
    count: Counter[tuple[Sign, Who, str]] = Counter()
    all_hits: Counter[tuple[Sign, Who]] = Counter()
    all_count: Counter[tuple[Sign, Who]] = Counter()
    for one in given:
        for who, name in ((Who.AGENT, one.agent), (Who.SHOP, one.shop)):
            if name is not None:
                hits[one.sign, who, name] += one.hit
                count[one.sign, who, name] += 1
                all_hits[one.sign, who] += one.hit
                all_count[one.sign, who] += 1
    tested = [key for key, trials_ in count.items() if least <= trials_ < all_count[key[:2]]]
    chances = [more_than_others(hits[key], count[key], all_hits[key[:2]], all_count[key[:2]]) for key in tested]
    found = [
        Compared(
            *key,
            hits[key],
            count[key],
            all_hits[key[:2]] - hits[key],
            all_count[key[:2]] - count[key],
            chance,
            adjusted,
        )
        for key, chance, adjusted in zip(tested, chances, holm(chances), strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.chance, one.sign, one.who, one.name)))


def _trial(sign: Sign, about: About, hit: bool) -> Trial:
    return Trial(sign, about.agent, about.shop, hit)


def _same(about: About) -> tuple[str, ...]:
    """By what a case is known again: its line, and its person where the profile asks for a number."""
    line = f"line {about.line}"
    return (line,) if about.subject is None else (line, f"subject {about.subject}")


def _odd(at: datetime, rules: Rules) -> bool:
    hour = at.astimezone(rules.zone).hour
    late, early = hour >= rules.night_from, hour < rules.night_to
    return late or early if rules.night_from > rules.night_to else late and early
