"""Sorts what does not fit into memory: rows and claims go into a database of SQLite's own, which is gone when closed."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice

from simreg.inspection.network_file import BadRow, NetworkRow
from simreg.inspection.reconciliation import Claim, Code, Finding

AT_ONCE = 1_000
CACHE_KB = 16_384

_TABLES = """
CREATE TABLE network (line TEXT, at INTEGER, row INTEGER, agent TEXT, shop TEXT);
CREATE TABLE claims (line TEXT, at INTEGER, case_id TEXT, attempt TEXT, accepted INTEGER);
CREATE TABLE bad (row INTEGER, code TEXT);
CREATE TABLE switched (leaf INTEGER, at INTEGER, line TEXT, case_id TEXT, attempt TEXT);
CREATE TABLE opened (case_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE decided (case_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE findings (code TEXT, line TEXT, at INTEGER, row INTEGER, other INTEGER, case_id TEXT, attempt TEXT,
    agent TEXT, shop TEXT);
"""


class Sorter:
    """Rows and claims in any order in; sorted by line and time out. Times are kept to the microsecond."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def add_rows(self, rows: Iterable[NetworkRow | BadRow]) -> int:
        """Take the rows of a file; how many there were."""
        good: list[tuple[object, ...]] = []
        bad: list[tuple[object, ...]] = []
        count = 0
        for row in rows:
            count += 1
            if isinstance(row, BadRow):
                bad.append((row.row, row.code))
            else:
                good.append((row.line, _number(row.at), row.row, row.agent, row.shop))
            if len(good) + len(bad) >= AT_ONCE:
                self._put(good, bad)
                good, bad = [], []
        self._put(good, bad)
        return count

    def add(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Rows of one of the tables of the log's records."""
        given = iter(rows)
        while some := list(islice(given, AT_ONCE)):
            marks = ", ".join("?" * len(some[0]))
            self._sql.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", some)  # noqa: S608 - our own names

    def _put(self, good: list[tuple[object, ...]], bad: list[tuple[object, ...]]) -> None:
        self.add("network", good)
        self.add("bad", bad)

    def span(self) -> tuple[datetime, datetime] | None:
        """The times of the first and the last activation of the file."""
        low, high = self._sql.execute("SELECT min(at), max(at) FROM network").fetchone()
        return None if low is None else (_time(low), _time(high))

    def bad(self) -> Iterator[BadRow]:
        """The rows that cannot be used, in their order."""
        for row in self._sql.execute("SELECT row, code FROM bad ORDER BY row"):
            yield BadRow(*row)

    def bad_count(self) -> int:
        """How many rows cannot be used."""
        return int(self._sql.execute("SELECT count(*) FROM bad").fetchone()[0])

    def rows(self, since: datetime, until: datetime) -> Iterator[NetworkRow]:
        """The rows of a time, sorted."""
        query = "SELECT row, line, at, agent, shop FROM network WHERE at BETWEEN ? AND ? ORDER BY line, at, row"
        for row, line, at, agent, shop in self._sql.execute(query, (_number(since), _number(until))):
            yield NetworkRow(row, line, _time(at), agent, shop)

    def claims(self) -> Iterator[Claim]:
        """The claims, sorted."""
        query = "SELECT line, at, case_id, attempt, accepted FROM claims ORDER BY line, at, case_id"
        for line, at, case, attempt, accepted in self._sql.execute(query):
            yield Claim(line, _time(at), case, attempt, bool(accepted))

    def within_the_log(self) -> Iterator[Finding]:
        """Attempts that the log itself switched two lines on by, and cases that it did without having accepted them."""
        second = """SELECT s.line, s.at, s.case_id, s.attempt FROM switched s WHERE s.attempt IS NOT NULL AND EXISTS
            (SELECT 1 FROM switched o WHERE o.attempt = s.attempt AND o.leaf < s.leaf) ORDER BY s.leaf"""
        without = """SELECT line, at, case_id, attempt FROM switched s WHERE case_id IN (SELECT case_id FROM opened)
            AND case_id NOT IN (SELECT case_id FROM decided) ORDER BY leaf"""
        self._sql.execute("CREATE INDEX IF NOT EXISTS by_attempt ON switched (attempt, leaf)")
        for code, query in ((Code.LOG_SECOND, second), (Code.LOG_WITHOUT, without)):
            for line, at, case, attempt in self._sql.execute(query):
                yield Finding(code, line or "", _time(at), case=case, attempt=attempt)

    def keep(self, findings: Iterable[Finding]) -> None:
        """Keep findings to be read again; reading goes on while they are written."""
        self.add(
            "findings",
            (
                (f.code.value, f.line, _number(f.at), f.row, f.other_row, f.case, f.attempt, f.agent, f.shop)
                for f in findings
            ),
        )

    def findings(self, most: int = -1) -> Iterator[Finding]:
        """The findings kept, those with a row in the file's order first; ``most`` of each code, all unless said."""
        query = """SELECT code, line, at, row, other, case_id, attempt, agent, shop FROM
            (SELECT *, row_number() OVER (PARTITION BY code ORDER BY row, at) AS place FROM findings)
            WHERE ? < 0 OR place <= ? ORDER BY row IS NULL, row, at"""
        for code, line, at, *others in self._sql.execute(query, (most, most)):
            yield Finding(Code(code), line, _time(at), *others)


@contextmanager
def sorter() -> Iterator[Sorter]:
    """A sorter whose file has no name and is gone at the end."""
    with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KB}", "temp_store = FILE"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        yield Sorter(connection)


def _number(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)


def _time(number: int) -> datetime:
    return datetime.fromtimestamp(number // 1_000_000, UTC).replace(microsecond=number % 1_000_000)
