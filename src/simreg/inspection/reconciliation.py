"""Holds the network's lines against the accepted cases of the log, one line after another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby, islice

from simreg.inspection.network_file import NetworkRow

MOST_OF_A_LINE = 1_000
"""Rows, or cases, of one line that are held against each other; more are told as they are."""


class Code(StrEnum):
    """What is found. The last four are between the log's own records, or of one line's number of rows."""

    NOT_IN_LOG = "activated-not-in-log"
    REFUSED = "activated-though-refused"
    BEFORE = "activated-before-acceptance"
    LATE = "activated-too-late"
    SECOND = "second-activation-of-attempt"
    REPEATED = "row-repeated"
    NOT_ACTIVATED = "accepted-not-activated"
    LOG_SECOND = "log-second-activation"
    LOG_WITHOUT = "log-activation-without-acceptance"
    CROWDED = "line-with-too-many-rows"


UNCOVERED = frozenset({Code.NOT_IN_LOG, Code.REFUSED, Code.BEFORE, Code.LATE, Code.SECOND, Code.CROWDED})
"""Findings by which an activation has no accepted attempt of its own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A decision of the log about a line: ``attempt`` is None where it was accepted without a face, or refused."""

    line: str
    at: datetime
    case: str
    attempt: str | None
    accepted: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """``row`` is a row of the file, ``other_row`` the one that has the attempt; the log has ``case`` and ``attempt``."""

    code: Code
    line: str
    at: datetime
    row: int | None = None
    other_row: int | None = None
    case: str | None = None
    attempt: str | None = None
    agent: str | None = None
    shop: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The file is of the time from ``since`` to ``until``. An acceptance covers one activation that follows it within
    ``valid``, clocks apart by ``skew`` at most; it must have come ``grace`` after it.
    """

    since: datetime
    until: datetime
    valid: timedelta = timedelta(days=30)
    grace: timedelta = timedelta(days=7)
    skew: timedelta = timedelta(minutes=5)


@dataclass(slots=True)
class _Claimed:
    claim: Claim
    row: NetworkRow | None = None


@dataclass(slots=True)
class _Line:
    """One line while it is held against the log; accepted cases in the order of time."""

    claims: list[_Claimed]
    found: list[Finding] = field(default_factory=list)


def reconcile(rows: Iterable[NetworkRow], claims: Iterable[Claim], terms: Terms) -> Iterator[Finding]:
    """All findings. Rows and claims come sorted by line, then time; one line's are held at a time."""
    theirs = groupby(rows, key=lambda one: one.line)
    ours = groupby(claims, key=lambda one: one.line)
    row_group, claim_group = next(theirs, None), next(ours, None)
    while row_group is not None or claim_group is not None:
        line = min(group[0] for group in (row_group, claim_group) if group is not None)
        told = list(islice(claim_group[1], MOST_OF_A_LINE)) if claim_group and claim_group[0] == line else []
        if row_group is not None and row_group[0] == line:
            yield from settle(list(islice(row_group[1], MOST_OF_A_LINE)), told, terms)
            yield from (_of(Code.CROWDED, row) for row in row_group[1])
            row_group = next(theirs, None)
        else:
            yield from settle([], told, terms)
        if claim_group is not None and claim_group[0] == line:
            claim_group = next(ours, None)


def settle(rows: Sequence[NetworkRow], claims: Sequence[Claim], terms: Terms) -> list[Finding]:
    """The findings of one line.

    Each activation, in the order of time, takes the earliest acceptance that covers it and is not taken: as each covers
    equally long, no other way leaves fewer activations without one.
    """
    line = _Line([_Claimed(one) for one in claims if one.accepted])
    left, before = [], None
    for row in rows:
        if before is not None and row.at == before.at:
            line.found.append(_of(Code.REPEATED, row, other_row=before.row))
            continue
        before = row
        taken = next((one for one in line.claims if one.row is None and _covers(one.claim, row, terms)), None)
        if taken is None:
            left.append(row)
        else:
            taken.row = row
    line.found += [_uncovered(row, line.claims, claims, terms) for row in left]
    line.found += [_idle(one.claim) for one in line.claims if one.row is None and _due(one.claim, terms)]
    return sorted(line.found, key=lambda one: (one.at, one.row or 0))


def _covers(claim: Claim, row: NetworkRow, terms: Terms) -> bool:
    return claim.at - terms.skew <= row.at <= claim.at + terms.valid


def _due(claim: Claim, terms: Terms) -> bool:
    return terms.since <= claim.at <= terms.until - terms.grace


def _uncovered(row: NetworkRow, accepted: Sequence[_Claimed], claims: Sequence[Claim], terms: Terms) -> Finding:
    """Why an activation has no acceptance of its own: the worst that can be said with certainty."""
    for one in accepted:
        if one.row is not None and _covers(one.claim, row, terms):
            return _of(Code.SECOND, row, one.claim, one.row.row)
    for one in accepted:
        if one.row is None and row.at < one.claim.at <= row.at + terms.valid:
            one.row = row
            return _of(Code.BEFORE, row, one.claim)
    earlier = [one for one in claims if one.at <= row.at]
    refused = [one for one in earlier if not one.accepted]
    if refused and row.at - refused[-1].at <= terms.valid:
        return _of(Code.REFUSED, row, refused[-1])
    late = [one for one in earlier if one.accepted]
    return _of(Code.LATE, row, late[-1]) if late else _of(Code.NOT_IN_LOG, row)


def _idle(claim: Claim) -> Finding:
    return Finding(Code.NOT_ACTIVATED, claim.line, claim.at, case=claim.case, attempt=claim.attempt)


def _of(code: Code, row: NetworkRow, claim: Claim | None = None, other_row: int | None = None) -> Finding:
    case, attempt = (None, None) if claim is None else (claim.case, claim.attempt)
    return Finding(code, row.line, row.at, row.row, other_row, case, attempt, row.agent, row.shop)
