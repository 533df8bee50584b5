"""Counts of what the log tells: by day, shop, agent, transaction, profile, outcome and reason."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timezone
from enum import StrEnum

from simreg.inspection.rows import About, Told
from simreg.log.words import Ended

GONE, NONE = "(record gone)", "(none)"
"""Stands for a case whose record was erased, and for one whose order named no shop or agent."""


class Counted(StrEnum):
    """What is counted: cases opened, attempts by their outcome, cases by their end, lines switched on."""

    OPENED = "opened"
    ATTEMPTS = "attempts"
    ATTEMPT_ACCEPTED = "attempt-accepted"
    ATTEMPT_REFERRED = "attempt-referred"
    ATTEMPT_FAILED = "attempt-failed"
    ATTEMPT_ABANDONED = "attempt-abandoned"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ENDED = "ended"
    ACTIVATED = "activated"


class Dimension(StrEnum):
    """By what it is counted."""

    DAY = "day"
    SHOP = "shop"
    AGENT = "agent"
    TRANSACTION = "transaction"
    PROFILE = "profile"


Tally = Mapping[Counted, int]


@dataclass(frozen=True, slots=True)
class Numbers:
    """``of`` has for each dimension its values with their counts, days in order and others largest first.

    ``outcomes`` counts ended attempts by outcome, ``ways`` accepted cases by what they were accepted by. ``reasons``
    has for each code how many ended attempts told it, by their outcome; an attempt tells several.
    """

    all: Tally
    of: Mapping[Dimension, tuple[tuple[str, Tally], ...]]
    outcomes: Mapping[str, int]
    ways: Mapping[str, int]
    reasons: tuple[tuple[str, Mapping[str, int]], ...]


def count(rows: Iterable[Told], zone: timezone) -> Numbers:
    """Count leaves; days are those of a time zone. Memory grows with days, shops and agents, not with leaves."""
    total: Counter[Counted] = Counter()
    of: dict[Dimension, dict[str, Counter[Counted]]] = {one: defaultdict(Counter) for one in Dimension}
    outcomes: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        what = counted(row)
        total.update(what)
        for dimension, value in values(row, zone).items() if what else ():
            of[dimension][value].update(what)
        if row.kind == "attempt":
            outcomes[row.word] += 1
            for code in set(row.reasons):
                reasons[code][row.word] += 1
        elif row.kind == "decision" and row.word == "accepted":
            ways[row.by or NONE] += 1
    told = sorted(reasons.items(), key=lambda one: (-one[1].total(), one[0]))
    return Numbers(total, {one: _ordered(one, of[one]) for one in Dimension}, outcomes, ways, tuple(told))


def counted(row: Told) -> tuple[Counted, ...]:
    """What a leaf counts as."""
    if row.kind == "case-opened":
        return (Counted.OPENED,)
    if row.kind == "attempt":
        known = row.word in set(Ended)
        return (Counted.ATTEMPTS, Counted(f"attempt-{row.word}")) if known else (Counted.ATTEMPTS,)
    if row.kind == "decision":
        return (Counted.ACCEPTED if row.word == "accepted" else Counted.REFUSED,)
    if row.kind == "case-ended":
        return (Counted.ENDED,) if row.word != "alternative" else ()
    return (Counted.ACTIVATED,) if row.kind == "activation" and row.word == "on" else ()


def values(row: Told, zone: timezone) -> dict[Dimension, str]:
    """Where a leaf belongs in each dimension."""
    about = row.about
    return {
        Dimension.DAY: f"{row.at.astimezone(zone):%Y-%m-%d}",
        Dimension.SHOP: _value(about, lambda one: one.shop),
        Dimension.AGENT: _value(about, lambda one: one.agent),
        Dimension.TRANSACTION: _value(about, lambda one: one.transaction),
        Dimension.PROFILE: _value(about, lambda one: one.profile),
    }


def _value(about: About | None, read: Callable[[About], str | None]) -> str:
    return GONE if about is None else read(about) or NONE


def _ordered(dimension: Dimension, found: Mapping[str, Counter[Counted]]) -> tuple[tuple[str, Tally], ...]:
    if dimension is Dimension.DAY:
        return tuple(sorted(found.items()))
    return tuple(sorted(found.items(), key=lambda one: (-one[1][Counted.OPENED], -one[1].total(), one[0])))
