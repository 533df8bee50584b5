"""The desk over a real log: every look is a leaf first, and the way to it can only read."""

import io
import sqlite3
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from service.desk import KEYS, REFER, REFUSE, Desk, SeededChance
from service.test_access import PASSWORD, QUICK
from simreg.cli.main import main
from simreg.errors import NotFoundError, SimregError
from simreg.inspection.desk import Inspector, Period
from simreg.inspection.numbers import Counted, Dimension
from simreg.inspection.privileges import READABLE, grants
from simreg.inspection.reconciliation import Code
from simreg.inspection.store import ReadOnly, open_read_only
from simreg.inspection.unusual import Rules
from simreg.log.leaves import Inspection, read_entry
from simreg.log.words import Look
from simreg.registration.types import Case
from simreg.service.access import Access, Role
from simreg.service.looked import Looked
from simreg.settings import Settings
from simreg.storage import log
from simreg.storage.database import Database
from simreg.storage.key_store import KeyStore
from simreg.storage.tables import METADATA

ACTOR = "staff:1"


class Office:
    """A desk with some cases, and somebody who inspects them."""

    def __init__(self, database: Database, url: str, store: KeyStore) -> None:
        self.database, self.desk = database, Desk(database, store=store)
        self.store = open_read_only(url)
        self.inspector = Inspector(self.store, Looked(database, lambda: self.desk.now))

    @property
    def period(self) -> Period:
        return Period(self.desk.now - timedelta(days=30), self.desk.now + timedelta(days=1))

    def on(self, line: str, **values: str) -> Case:
        case = self.desk.accepted(line=line, **values)
        return self.desk.registration.confirm_activation(case.id, "api:1")

    def looks(self) -> list[Inspection]:
        with self.database.read() as tx:
            found = [read_entry(one)[0] for one in log.entries(tx, 0, log.frontier(tx).size)]
        return [one for one in found if isinstance(one, Inspection)]


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
def office(database: Database, url: str, store: KeyStore) -> Office:
    return Office(database, url, store)


def test_numbers_are_those_of_the_log_and_the_look_is_a_leaf(office: Office) -> None:
    office.on("+491", shop="north", agent="staff:9")
    office.desk.attempted(office.desk.referenced(line="+492", shop="south"), REFUSE)
    found = office.inspector.numbers(ACTOR, office.period, UTC)
    assert found.all[Counted.OPENED] == 2
    assert {value: tally[Counted.ACTIVATED] for value, tally in found.of[Dimension.SHOP]} == {"north": 1, "south": 0}
    assert found.outcomes == {"accepted": 1, "failed": 1}
    assert office.looks() == [Inspection(ACTOR, Look.NUMBERS, 2)]


def test_agents_are_told_by_their_names(office: Office) -> None:
    access = Access(office.database, lambda: office.desk.now, SeededChance(3), Settings(), QUICK)
    ann = access.create_staff("ann", Role.AGENT, PASSWORD)
    office.desk.opened(agent=f"staff:{ann.id}")
    assert [value for value, _ in office.inspector.numbers(ACTOR, office.period, UTC).of[Dimension.AGENT]] == ["ann"]


def test_a_sample_can_be_drawn_again_by_its_seed(office: Office) -> None:
    cases = {office.desk.opened(line=f"+49{number}").id for number in range(10)}
    drawn = office.inspector.sample(ACTOR, office.period, 3)
    assert {one for one, _ in drawn.cases} <= cases
    assert office.inspector.sample("staff:2", office.period, 3, drawn.seed).cases == drawn.cases
    assert [look.seed for look in office.looks()] == [drawn.seed, drawn.seed]


def test_a_case_is_shown_as_its_leaves(office: Office) -> None:
    case = office.desk.attempted(office.desk.referenced(), REFER)
    for name in (case.id, case.folio, f" {case.folio.lower()} "):
        found = office.inspector.case(ACTOR, name)
        kinds = [leaf["kind"] for _, leaf in found.leaves]
        assert kinds[:3] == ["case-opened", "consent", "attempt"]
        assert set(kinds[3:]) <= {"inspection"}  # the looks before this one are leaves of the case, too
        assert case.line not in repr(found)
    with pytest.raises(NotFoundError):
        office.inspector.case(ACTOR, "AAAAA-AAAAA")
    assert [look.case for look in office.looks()] == [case.id] * 3


def csv(*rows: tuple[str, object]) -> io.BytesIO:
    lines = [f"{line},{at.isoformat()},ann,north" for line, at in rows]  # type: ignore[attr-defined]
    return io.BytesIO("\n".join(["line,activated_at,agent,shop", *lines]).encode())


def test_reconciliation_finds_what_was_switched_on_beside_the_log(office: Office) -> None:
    good = office.on("+4911111")
    twice = office.on("+4922222")
    refused = office.desk.attempted(office.desk.referenced(line="+4933333"), REFER)
    office.desk.registration.review(refused.id, "staff:2", False, "another person")
    now, hour = office.desk.now, timedelta(hours=1)
    office.desk.later(7200)
    idle = office.desk.accepted(line="+4944444")
    office.desk.later(9 * 86_400)
    file = csv(
        (good.line, now + hour),
        (twice.line, now + hour),
        (twice.line, now + 2 * hour),
        (refused.line, now + hour),
        ("+4955555", now + hour),
        ("+4966666", now + 8 * 24 * hour),
    )
    told = office.inspector.reconcile(ACTOR, file, rules=Rules(UTC))
    assert told.counts == {Code.SECOND: 1, Code.REFUSED: 1, Code.NOT_IN_LOG: 2, Code.NOT_ACTIVATED: 1}
    by = {one.line: one for one in told.findings}
    assert (by["4922222"].row, by["4922222"].case) == (4, twice.id)
    assert by["4944444"].case == idle.id
    assert (told.rows, told.bad_count) == (6, 0)
    assert office.looks()[-1] == Inspection(ACTOR, Look.RECONCILIATION, 6, file=told.digest)


def test_a_clean_file_finds_nothing(office: Office) -> None:
    cases = [office.on(f"+49{number:05}") for number in range(30)]
    told = office.inspector.reconcile(
        ACTOR, csv(*((one.line, office.desk.now + timedelta(minutes=5)) for one in cases)), rules=Rules(UTC)
    )
    assert (told.counts, told.bad_count, told.findings) == ({}, 0, ())


def test_without_the_leaf_there_is_no_answer(office: Office) -> None:
    def broken(_: Inspection) -> None:
        raise OSError("the log cannot be written")

    office.desk.opened()
    inspector = Inspector(office.store, broken)
    for ask in (
        lambda: inspector.numbers(ACTOR, office.period, UTC),
        lambda: inspector.rates(ACTOR, office.period),
        lambda: inspector.sample(ACTOR, office.period, 1),
        lambda: inspector.unusual(ACTOR, office.period, Rules(UTC)),
    ):
        with pytest.raises(OSError, match="cannot be written"):
            ask()


# --- the way that only reads -----------------------------------------------------------------------------------------


def forbidden(store: ReadOnly, statement: str) -> bool:
    with store.snapshot() as seen:
        try:
            seen.tx.execute(text(statement))
        except (DatabaseError, sqlite3.DatabaseError):
            return True
    return False


def test_sqlite_lets_the_inspector_reach_nothing_else(office: Office) -> None:
    office.desk.attempted(office.desk.referenced(profile="keeps"), REFER)
    for table in METADATA.sorted_tables:
        for column in table.columns:
            allowed = column.name in READABLE.get(table.name, ())
            read = f'SELECT "{column.name}" FROM {table.name}'  # noqa: S608 - our own names
            assert forbidden(office.store, read) != allowed, column
        assert forbidden(office.store, f"DELETE FROM {table.name}"), table.name  # noqa: S608
    for statement in (
        "SELECT ciphertext FROM sealed",
        "SELECT password FROM staff",
        "INSERT INTO cases (id) VALUES ('x')",
        "UPDATE cases SET line = 'x'",
        "CREATE TABLE x (y)",
        "ATTACH 'keys.db' AS keys",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
        "SELECT sql FROM sqlite_master",
    ):
        assert forbidden(office.store, statement), statement


@pytest.mark.parametrize("role", ["owner", "inspector"])
def test_postgresql_s_role_may_read_what_is_listed_and_nothing_else(role: str, upgraded_postgres: str) -> None:
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    url = make_url(upgraded_postgres)
    if role == "owner":
        with pytest.raises(SimregError) as caught, open_read_only(upgraded_postgres).snapshot():
            pass
        assert caught.value.code == "inspection-too-wide"
        return
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE ROLE inspector_1 LOGIN PASSWORD 'secret'"))
        for statement in filter(None, grants("inspector_1").split("\n")):
            connection.execute(text(statement))
    store = open_read_only(url.set(username="inspector_1", password="secret").render_as_string(hide_password=False))  # noqa: S106
    try:
        with store.snapshot() as seen:
            assert seen.size() >= 0
        for statement in (
            "SELECT ciphertext FROM sealed",
            "SELECT password FROM staff",
            "SELECT * FROM cases",
            "DELETE FROM cases",
            "SELECT secret_sha256 FROM api_keys",
            "SET default_transaction_read_only = off; UPDATE cases SET line = 'x'",
        ):
            assert forbidden(store, statement), statement
    finally:
        store.close()
        with admin.connect() as connection:
            connection.execute(text("DROP OWNED BY inspector_1"))
            connection.execute(text("DROP ROLE inspector_1"))
        admin.dispose()


def test_the_commands(
    office: Office, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = office.on("+4911111", shop="=cmd()")
    monkeypatch.setenv("SIMREG_DATABASE", url)
    assert KEYS.sealing.hex() not in url
    assert main(["inspect", "numbers", "--csv", str(tmp_path / "numbers.csv")]) == 0
    assert "shop,'=cmd(),1," in (tmp_path / "numbers.csv").read_text()
    assert main(["inspect", "rates"]) == 0
    assert "first-attempt-accepted" in capsys.readouterr().out
    assert main(["inspect", "case", case.folio]) == 0
    assert "decision" in capsys.readouterr().out
    assert main(["inspect", "sample", "1", "--seed", "ab" * 32]) == 0
    assert case.folio in capsys.readouterr().out
    assert main(["inspect", "unusual"]) == 0
    file = tmp_path / "lines.csv"
    file.write_bytes(csv(("+4999999", office.desk.now + timedelta(hours=1))).getvalue())
    assert main(["inspect", "reconcile", str(file), "--csv", str(tmp_path / "found.csv")]) == 1
    assert "activated-not-in-log,4999999" in (tmp_path / "found.csv").read_text()
    assert main(["inspect", "reconcile", str(tmp_path / "none.csv")]) == 2
    assert main(["inspect", "grants", 'a"b']) == 0
    assert 'TO "a""b";' in capsys.readouterr().out
    assert [look.look for look in office.looks()] == [
        "numbers",
        "error-rates",
        "case",
        "sample",
        "numbers",
        "reconciliation",
    ]
