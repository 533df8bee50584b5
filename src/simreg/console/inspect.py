"""The inspector's pages. Each of them is a look, and stands in the log before it is shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

from fastapi import Response

from simreg.console.bars import Bars, bars, interval
from simreg.console.door import PATH
from simreg.console.pages import page, told
from simreg.console.uploads import upload
from simreg.console.visit import Desk, Visit
from simreg.errors import InputError, SimregError
from simreg.inspection.desk import Period
from simreg.inspection.exports import csv_lines
from simreg.inspection.numbers import Counted, Dimension, Tally
from simreg.inspection.reconciliation import Finding
from simreg.inspection.tables import (
    FINDING_COLUMNS,
    Table,
    finding_cells,
    numbers_table,
    rates_table,
    unusual_table,
)
from simreg.inspection.unusual import Rules

HERE = f"{PATH}/inspect"
DAYS = 30
"""Days that are looked at unless said."""

MOST_ROWS = 200_000
SHOWN = (Counted.OPENED, Counted.ATTEMPTS, Counted.ATTEMPT_FAILED, Counted.ACCEPTED, Counted.REFUSED, Counted.ACTIVATED)
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class When:
    """The time that is looked at, as it stands in the form: days, and a zone such as ``+08:00``."""

    since: str
    until: str
    zone: str
    period: Period
    offset: timezone

    @property
    def query(self) -> str:
        """The same as part of an address."""
        return f"since={self.since}&until={self.until}&zone={self.zone.replace('+', '%2B')}"


def numbers(desk: Desk, visit: Visit) -> Response:
    """Counts of a time, with a drawing of its days."""

    def values(when: When) -> dict[str, object]:
        found = desk.inspector.numbers(visit.actor, when.period, when.offset)
        days = found.of[Dimension.DAY]
        return {"found": found, "drawing": _days(visit, days), "shown": SHOWN, "dimensions": tuple(Dimension)}

    return _page(desk, visit, "inspect_numbers.html.j2", values)


def numbers_csv(desk: Desk, visit: Visit) -> Response:
    """All counts as CSV."""
    when = _when(desk, visit)
    return _csv("numbers", numbers_table(desk.inspector.numbers(visit.actor, when.period, when.offset)))


def rates(desk: Desk, visit: Visit) -> Response:
    """Error rates with their intervals."""
    return _page(
        desk,
        visit,
        "inspect_rates.html.j2",
        lambda when: {"found": desk.inspector.rates(visit.actor, when.period), "drawn": interval},
    )


def rates_csv(desk: Desk, visit: Visit) -> Response:
    """The same as CSV."""
    return _csv("rates", rates_table(desk.inspector.rates(visit.actor, _when(desk, visit).period)))


def unusual(desk: Desk, visit: Visit) -> Response:
    """Agents and shops that differ from the others."""

    def values(when: When) -> dict[str, object]:
        found = desk.inspector.unusual(visit.actor, when.period, Rules(when.offset))
        return {"found": [one for one in found if one.unusual], "tested": len(found)}

    return _page(desk, visit, "inspect_unusual.html.j2", values)


def unusual_csv(desk: Desk, visit: Visit) -> Response:
    """All of them as CSV."""
    when = _when(desk, visit)
    return _csv("unusual", unusual_table(desk.inspector.unusual(visit.actor, when.period, Rules(when.offset))))


def cases(desk: Desk, visit: Visit) -> Response:
    """A sample, drawn when it is asked for, and a form for one case."""
    size, seed = visit.query("size"), visit.query("seed")

    def values(when: When) -> dict[str, object]:
        drawn = None if size is None else desk.inspector.sample(visit.actor, when.period, _whole(size), seed)
        return {"drawn": drawn, "size": size or SAMPLE, "seed": seed or ""}

    return _page(desk, visit, "inspect_cases.html.j2", values)


def case(desk: Desk, visit: Visit) -> Response:
    """One case as its leaves."""
    found = desk.inspector.case(visit.actor, visit.query("name") or str(visit.request.path_params.get("name", "")))
    rows = [
        (index, datetime.fromtimestamp(leaf["at"], UTC), leaf["kind"], [(k, v) for k, v in leaf.items() if k not in HEAD])
        for index, leaf in found.leaves
    ]
    return page(visit, "inspect_case.html.j2", here=f"{HERE}/cases", case=found.case, rows=rows)


HEAD = frozenset({"v", "kind", "at", "case"})


def reconcile_form(desk: Desk, visit: Visit) -> Response:
    """The form for the network's list."""
    return _page(desk, visit, "inspect_reconcile.html.j2", lambda _: {"found": None})


def reconcile(desk: Desk, visit: Visit) -> Response:
    """The network's list against the log; as CSV with all that was found, if that is asked for."""
    lines: list[str] = []

    def values(when: When) -> dict[str, object]:
        file = upload(visit, "file")
        if not file:
            raise InputError("file-missing", "No file was given.", "Choose one.")
        keep = _keep(lines) if visit.text("format") == "csv" else None
        rules = Rules(when.offset)
        found = desk.inspector.reconcile(visit.actor, BytesIO(file), rules=rules, export=keep, most=MOST_ROWS)
        return {"found": found}

    shown = _reconciled(desk, visit, values)
    return _file("found", "".join(lines)) if lines else shown


def _keep(lines: list[str]) -> Callable[[Iterable[Finding]], None]:
    def keep(found: Iterable[Finding]) -> None:
        lines.extend(csv_lines(FINDING_COLUMNS, map(finding_cells, found)))

    return keep


def _reconciled(desk: Desk, visit: Visit, values: Callable[[When], dict[str, object]]) -> Response:
    return _page(desk, visit, "inspect_reconcile.html.j2", values)


def _page(desk: Desk, visit: Visit, template: str, values: Callable[[When], dict[str, object]]) -> Response:
    """A page over a time; what is wrong with the form stands above it."""
    status, problem, found = 200, None, None
    try:
        when = _when(desk, visit)
        found = values(when)
    except InputError as error:
        status, problem, when = 422, error, _usual(desk)
    known = {} if found is None else found
    wrong: SimregError | None = problem
    return page(
        visit,
        template,
        status,
        here=visit.request.url.path,
        when=when,
        problem=None if wrong is None else told(wrong, visit.texts),
        ready=found is not None,
        **({"found": None, "drawn": None, "size": SAMPLE, "seed": ""} | known),
    )


def _when(desk: Desk, visit: Visit) -> When:
    usual = _usual(desk)
    since, until, zone = (_given(visit, name) or getattr(usual, name) for name in ("since", "until", "zone"))
    try:
        offset = datetime.fromisoformat(f"2026-01-01T00:00{zone}").utcoffset()
        first, last = (datetime.fromisoformat(f"{day}T00:00:00{zone}") for day in (since, until))
        if offset is None or len(since) != 10 or len(until) != 10 or not first <= last:
            raise ValueError("no time")
        return When(since, until, zone, Period(first, last + timedelta(days=1)), timezone(offset))
    except (ValueError, OverflowError):
        sentence = "The time to look at is not one."
        raise InputError(
            "inspection-time", sentence, "Give two days such as 2026-11-24, and a zone such as +08:00."
        ) from None


def _given(visit: Visit, name: str) -> str | None:
    return visit.query(name) or visit.text(name) or None


def _usual(desk: Desk) -> When:
    today = desk.clock().date()
    first, last = today - timedelta(days=DAYS), today
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    return When(first.isoformat(), last.isoformat(), "+00:00", Period(begin, end), UTC)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _days(visit: Visit, days: Sequence[tuple[str, Tally]]) -> Bars | None:
    words = visit.texts.inspect
    series = (Counted.ACCEPTED, Counted.REFUSED)
    rows = [(day, [tally.get(one, 0) for one in series]) for day, tally in days]
    return bars(rows, [words.counted[one] for one in series]) if rows else None


def _csv(name: str, table: Table) -> Response:
    return _file(name, "".join(csv_lines(*table)))


def _file(name: str, text: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
