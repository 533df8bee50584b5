"""``simreg inspect``: what an inspector asks the log."""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simreg.cli.server import server_part
from simreg.errors import InputError
from simreg.settings import read_settings

if TYPE_CHECKING:
    from simreg.inspection.desk import Inspector, Period

FOUND = 1
"""Exit status where a reconciliation found something."""

HEAD = frozenset({"v", "kind", "at", "case"})
"""Fields of a leaf that are not told with the others."""

LONG = datetime(2020, 1, 1, tzinfo=UTC)


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``inspect`` and its commands; each sets ``func``, which returns the exit status."""
    text = "for inspectors: numbers, error rates, samples, one case, the network's lines against the log"
    commands = subparsers.add_parser("inspect", help=text).add_subparsers(
        dest="inspect_command", metavar="COMMAND", required=True
    )
    command = _command(commands, "numbers", numbers, "count by day, shop, agent, transaction, profile, outcome, reason")
    _add_csv(command)
    command = _command(commands, "rates", rates, "error rates as far as the log can tell them, with exact intervals")
    _add_csv(command)
    command = _command(commands, "unusual", unusual, "agents and shops that differ from the others beyond chance")
    _add_csv(command)
    command = _command(commands, "sample", sample, "draw cases by a seed that anybody can draw again")
    command.add_argument("count", type=int, metavar="COUNT", help="how many")
    command.add_argument("--seed", metavar="HEX", help="64 of 0-9 and a-f (default: drawn, and shown)")
    command = _command(commands, "case", case, "one case as its leaves")
    command.add_argument("name", metavar="FOLIO", help="the case's folio, or its id")
    command = _command(commands, "reconcile", reconcile, "hold the network's list of activated lines against the log")
    command.add_argument("file", type=Path, metavar="FILE", help="CSV: line,activated_at[,agent,shop]")
    _add_csv(command)
    command = commands.add_parser("grants", help="the SQL that gives a PostgreSQL role what an inspector may read")
    command.add_argument("role", metavar="ROLE", help="the role's name")
    command.set_defaults(func=show_grants)


def _command(commands: Any, name: str, func: Any, text: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=f"{text}.")
    command.add_argument("--since", type=_time, metavar="TIME", help="from then on, such as 2026-11-01 (default: all)")
    command.add_argument("--until", type=_time, metavar="TIME", help="up to then (default: now)")
    command.add_argument("--zone", type=_zone, default=UTC, metavar="+HH:MM", help="the days' time zone (default: UTC)")
    command.add_argument("--actor", default="system", metavar="WHO", help="who looks, such as staff:ID, for the log")
    command.set_defaults(func=func)
    return command


def _add_csv(command: argparse.ArgumentParser) -> None:
    command.add_argument("--csv", type=Path, metavar="FILE", help="write the table as CSV")


def numbers(options: argparse.Namespace) -> int:
    """Counts: 0."""
    with _desk() as desk:
        from simreg.inspection.tables import numbers_table

        _print(numbers_table(desk.numbers(options.actor, _period(options), options.zone)), options.csv)
    return 0


def rates(options: argparse.Namespace) -> int:
    """Error rates: 0."""
    with _desk() as desk:
        from simreg.inspection.tables import rates_table

        _print(rates_table(desk.rates(options.actor, _period(options))), options.csv)
    return 0


def unusual(options: argparse.Namespace) -> int:
    """Agents and shops against the others: 0, or 1 where somebody is named."""
    with _desk() as desk:
        from simreg.inspection.tables import unusual_table
        from simreg.inspection.unusual import Rules

        found = desk.unusual(options.actor, _period(options), Rules(options.zone))
        _print(unusual_table(found), options.csv)
    return FOUND if any(one.unusual for one in found) else 0


def sample(options: argparse.Namespace) -> int:
    """Cases by a seed: 0."""
    with _desk() as desk:
        drawn = desk.sample(options.actor, _period(options), options.count, options.seed)
    print(f"seed {drawn.seed}, {len(drawn.cases)} of {drawn.of} cases")
    for case_id, folio in drawn.cases:
        print(f"{case_id}  {folio or '(record gone)'}")
    return 0


def case(options: argparse.Namespace) -> int:
    """One case as its leaves: 0."""
    with _desk() as desk:
        found = desk.case(options.actor, options.name)
    for index, leaf in found.leaves:
        at = datetime.fromtimestamp(leaf["at"], UTC)
        rest = "  ".join(
            f"{name} {_shown(value)}" for name, value in leaf.items() if name not in ("v", "kind", "at", "case")
        )
        print(f"{index}  {at:%Y-%m-%d %H:%M:%S}  {leaf['kind']}  {rest}")
    return 0


def reconcile(options: argparse.Namespace) -> int:
    """The network's lines against the log: 0, or 1 where something was found."""
    with _desk() as desk:
        from simreg.inspection.exports import csv_lines
        from simreg.inspection.reconciliation import Terms
        from simreg.inspection.tables import FINDING_COLUMNS, finding_cells, unusual_table
        from simreg.inspection.unusual import Rules

        def export(found: Iterable[Any]) -> None:
            with options.csv.open("w", encoding="utf-8", newline="") as out:
                out.writelines(csv_lines(FINDING_COLUMNS, map(finding_cells, found)))

        terms = None
        if options.since is not None or options.until is not None:
            period = _period(options)
            terms = Terms(period.since, period.until)
        try:
            with options.file.open("rb") as file:
                told = desk.reconcile(
                    options.actor, file, terms, rules=Rules(options.zone), export=export if options.csv else None
                )
        except OSError as error:
            sentence = f"The file {options.file} cannot be used: {error.strerror}."
            raise InputError("file-unreadable", sentence, "Check its name and rights.") from None
    print(
        f"SHA-256 {told.digest}: {told.rows} rows, {told.terms.since:%Y-%m-%d %H:%M} to {told.terms.until:%Y-%m-%d %H:%M}"
    )
    for code, count in sorted(told.counts.items()):
        print(f"{count:8}  {code}")
    for one in told.findings:
        print("  ".join(str(cell) for cell in finding_cells(one) if cell is not None))
    for bad in told.bad:
        print(f"row {bad.row}: {bad.code}")
    _print(unusual_table([one for one in told.unusual if one.unusual]), None)
    return FOUND if told.counts or told.bad_count else 0


def show_grants(options: argparse.Namespace) -> int:
    """The SQL for a role: 0."""
    with server_part():
        from simreg.inspection.privileges import grants
    print(grants(options.role), end="")
    return 0


@contextmanager
def _desk() -> "Iterator[Inspector]":
    """The desk on the server's database; each look is a leaf."""
    with server_part():
        from simreg.service.inspecting import open_inspector
        from simreg.service.looked import Looked
        from simreg.service.registration import utc_now
        from simreg.storage.database import open_database
    settings = read_settings(os.environ)
    database = open_database(settings.database)
    desk = open_inspector(settings, Looked(database, utc_now))
    try:
        yield desk
    finally:
        desk.close()
        database.close()


def _period(options: argparse.Namespace) -> "Period":
    from simreg.inspection.desk import Period

    return Period(options.since or LONG, options.until or datetime.now(UTC) + timedelta(seconds=1))


def _print(table: tuple[Sequence[str], Sequence[Sequence[object]]], file: Path | None) -> None:
    from simreg.inspection.exports import csv_lines

    columns, rows = table
    if file is not None:
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(csv_lines(columns, rows))
        print(f"{len(rows)} rows are in {file}.")
        return
    shown = [[_shown(cell) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in [list(columns), *shown]) for at in range(len(columns))]
    for row in [list(columns), *shown]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("not a time such as 2026-11-01 or 2026-11-01T12:00+08:00") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _zone(text: str) -> timezone:
    try:
        offset = datetime.fromisoformat(f"2026-01-01T00:00{text}").utcoffset()
    except ValueError:
        offset = None
    if offset is None:
        raise argparse.ArgumentTypeError("not a zone such as +08:00")
    return timezone(offset)
