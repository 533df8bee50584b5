"""The inspector's desk: every look reads by the read-only way, and is a leaf of the log before its answer is given."""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any, BinaryIO

from simreg.errors import InputError, NotFoundError
from simreg.inspection import sample
from simreg.inspection.network_file import MOST_ROWS, BadRow, NetworkRow, digits, read_network
from simreg.inspection.numbers import Numbers, count
from simreg.inspection.rates import Rate, rates
from simreg.inspection.reconciliation import UNCOVERED, Code, Finding, Terms, reconcile
from simreg.inspection.rows import Told
from simreg.inspection.sorting import Sorter, sorter
from simreg.inspection.store import ReadOnly, Snapshot
from simreg.inspection.unusual import Compared, Rules, Sign, Trial, compare, trials
from simreg.log.leaves import Inspection
from simreg.log.words import Look

SHOWN = 200
"""Findings of each code that are given at once; all of them go into the export."""

Record = Callable[[Inspection], None]


@dataclass(frozen=True, slots=True)
class Period:
    """From one time up to another."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample: its seed, how many cases there were, and those drawn as ``(id, folio)``; None for an erased record."""

    seed: str
    of: int
    cases: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class CaseLeaves:
    """One case as its leaves: index in the log and fields, in their order."""

    case: str
    leaves: tuple[tuple[int, Mapping[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The network's file against the log; ``digest`` is the file's SHA-256, ``counts`` all findings by their code."""

    digest: str
    rows: int
    terms: Terms
    counts: Mapping[Code, int]
    findings: tuple[Finding, ...]
    bad: tuple[BadRow, ...]
    bad_count: int
    unusual: tuple[Compared, ...]


class Inspector:
    """Looks. ``record`` writes the leaf; it is the only thing here that can write anything."""

    def __init__(self, store: ReadOnly, record: Record) -> None:
        self._store, self._record = store, record

    def close(self) -> None:
        """Close what it reads by."""
        self._store.close()

    def numbers(self, actor: str, period: Period, zone: timezone) -> Numbers:
        """Counts by day, shop, agent, transaction, profile, outcome and reason."""
        with self._store.snapshot() as seen:
            found = count(_named(seen, seen.told(period.since, period.until)), zone)
        self._record(Inspection(actor, Look.NUMBERS, sum(found.outcomes.values())))
        return found

    def rates(self, actor: str, period: Period) -> tuple[Rate, ...]:
        """The deployment's error rates, as far as its log can tell them, with intervals."""
        with self._store.snapshot() as seen:
            found = rates(seen.told(period.since, period.until))
        self._record(Inspection(actor, Look.ERROR_RATES))
        return found

    def unusual(self, actor: str, period: Period, rules: Rules) -> tuple[Compared, ...]:
        """Agents and shops against the others."""
        with self._store.snapshot() as seen:
            found = compare(trials(_named(seen, seen.told(period.since, period.until)), rules))
        self._record(Inspection(actor, Look.NUMBERS, len(found)))
        return found

    def sample(self, actor: str, period: Period, size: int, seed: str | None = None) -> Drawn:
        """Cases of a time, drawn by a seed; without one it is drawn. Raises InputError ``sample-seed``, ``-count``."""
        chosen = secrets.token_hex(32) if seed is None else seed
        with self._store.snapshot() as seen:
            cases = {row.case for row in seen.told(period.since, period.until) if row.kind == "case-opened" and row.case}
            drawn = sample.draw(chosen, cases, size)
            folios = seen.folios(drawn)
        self._record(Inspection(actor, Look.SAMPLE, len(drawn), seed=chosen))
        return Drawn(chosen, len(cases), tuple((one, folios.get(one)) for one in drawn))

    def case(self, actor: str, name: str) -> CaseLeaves:
        """A case by its id or its folio. Raises NotFoundError ``case-unknown``."""
        with self._store.snapshot() as seen:
            case = name if name.startswith("case_") else seen.case_named(name.strip().upper())
            found = [] if case is None else seen.of_case(case)
        if case is None or not found:
            raise NotFoundError("case-unknown", "There is no such case in the log.", "Check its id or folio.")
        self._record(Inspection(actor, Look.CASE, len(found), case=case))
        return CaseLeaves(case, tuple((index, json.loads(entry)) for index, entry in found))

    def reconcile(
        self,
        actor: str,
        file: BinaryIO,
        terms: Terms | None = None,
        *,
        rules: Rules,
        export: Callable[[Iterator[Finding]], None] | None = None,
        most: int = MOST_ROWS,
    ) -> Reconciled:
        """Hold the network's list of activated lines against the log; ``export`` is given all findings.

        Without ``terms`` the file is of the time from its first activation to its last. Raises InputError
        ``csv-empty``, ``csv-encoding``, ``csv-columns`` or ``csv-nothing``, LimitError ``csv-rows``.
        """
        hashed = _Hashing(file)
        with sorter() as sorted_rows, self._store.snapshot() as seen:
            rows = sorted_rows.add_rows(read_network(hashed, rules.zone, most))  # type: ignore[arg-type]
            span = sorted_rows.span()
            if span is None:
                raise InputError("csv-nothing", "The file has no row that can be used.", "See docs/inspection.md.")
            held = terms or Terms(*span)
            _claims(seen, sorted_rows, held)
            counts: Counter[Code] = Counter()
            uncovered: set[int] = set()
            claims = sorted_rows.claims()
            found = reconcile(sorted_rows.rows(held.since, held.until), claims, held)
            sorted_rows.keep(_noted(found, counts, uncovered))
            sorted_rows.keep(_noted(list(sorted_rows.within_the_log()), counts, uncovered))
            if export is not None:
                export(sorted_rows.findings())
            agents = compare(_covered(sorted_rows.rows(held.since, held.until), uncovered))
            told = Reconciled(
                hashed.digest,
                rows,
                held,
                counts,
                tuple(sorted_rows.findings(SHOWN)),
                tuple(one for one, _ in zip(sorted_rows.bad(), range(SHOWN), strict=False)),
                sorted_rows.bad_count(),
                agents,
            )
        self._record(Inspection(actor, Look.RECONCILIATION, rows, file=hashed.digest))
        return told


class _Hashing:
    """A file of which the digest is known once it has been read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._sha256 = file, hashlib.sha256()

    def readline(self, most: int = -1) -> bytes:
        line = self._file.readline(most)
        self._sha256.update(line)
        return line

    @property
    def digest(self) -> str:
        return self._sha256.hexdigest()


def _claims(seen: Snapshot, into: Sorter, terms: Terms) -> None:
    """What the log decided of lines, and switched on, in the time that the file's activations can rest on."""
    early = terms.since - terms.valid - terms.skew
    late = terms.until + max(terms.grace, timedelta(days=1))
    for row in seen.told(early, late):
        line = "" if row.about is None else digits(row.about.line)
        at = round(row.at.timestamp() * 1_000_000)
        if row.kind == "decision" and line:
            into.add("claims", [(line, at, row.case, row.attempt, row.word == "accepted")])
        if row.kind == "decision" and row.word == "accepted":
            into.add("decided", [(row.case,)])
        elif row.kind == "case-opened":
            into.add("opened", [(row.case,)])
        elif row.kind == "activation" and row.word == "on":
            into.add("switched", [(row.index, at, line, row.case, row.attempt)])


def _noted(found: Iterable[Finding], counts: "Counter[Code]", uncovered: set[int]) -> Iterator[Finding]:
    for one in found:
        counts[one.code] += 1
        if one.code in UNCOVERED and one.row is not None:
            uncovered.add(one.row)
        yield one


def _covered(rows: Iterable[NetworkRow], uncovered: set[int]) -> Iterator[Trial]:
    for row in rows:
        yield Trial(Sign.UNCOVERED, row.agent, row.shop, row.row in uncovered)


def _named(seen: Snapshot, rows: Iterable[Told]) -> Iterator[Told]:
    """Rows with the names of agents in place of their ids."""
    names = seen.names()
    for row in rows:
        about = row.about
        known = None if about is None or about.agent is None else names.get(about.agent)
        yield row if about is None or known is None else replace(row, about=replace(about, agent=known))
