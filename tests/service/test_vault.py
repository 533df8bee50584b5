"""Keys that are gone: what they sealed cannot be read by anybody any more, not from a copy of the database either."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from service.desk import FRAMES, KEYS, REFER, Desk
from simreg.errors import InputError
from simreg.log.leaves import KeyDestroyed, read_entry
from simreg.log.words import Cause
from simreg.privacy.keys import keys_of
from simreg.privacy.seal import Sealed, Sealer
from simreg.registration.types import Case
from simreg.storage import log, sealed
from simreg.storage.database import Database, open_database
from simreg.storage.key_store import KeyStore, open_key_store
from simreg.storage.tables import DESTRUCTIONS, SEALED

NEW = keys_of(bytes(range(64, 96)))


def told(database: Database, case: Case) -> list[tuple[str, str]]:
    """What the log says was destroyed of a case, and why."""
    with database.read() as tx:
        found = [read_entry(one)[0] for one in log.entries(tx, 0, log.frontier(tx).size)]
    return sorted((one.data, one.cause) for one in found if isinstance(one, KeyDestroyed) and one.case == case.id)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_backup_of_the_database_from_before_shows_nothing(url: str, store: KeyStore, tmp_path: Path) -> None:
    database = open_database(url)
    desk = Desk(database, store=store)
    case = desk.attempted(desk.referenced(profile="keeps"), REFER)
    database.forget()
    shutil.copy(url.removeprefix("sqlite:///"), tmp_path / "backup.db")
    backup = open_database(f"sqlite:///{tmp_path}/backup.db")
    with backup.read() as tx:
        assert sealed.get(tx, store, case.id, "frame", desk.now) == FRAMES[:2]  # the backup has them
        rows = list(tx.execute(select(SEALED)))
    desk.later(601)
    assert desk.registration.sweep_sealed() > 0
    assert desk.registration.destroy_due() == 2
    with backup.read() as tx:
        for kind in ("frame", "reference"):
            with pytest.raises(InputError) as caught:
                sealed.get(tx, store, case.id, kind, desk.now.replace(year=2000))
            assert caught.value.code == "sealed-unreadable"
    restored = Desk(backup, store=store, now=desk.now)  # a server that is run on the backup
    assert restored.registration.evidence(case.id, "staff:9").frames == ()
    for row in rows:
        for key in (KEYS.wrapping, KEYS.sealing, KEYS.hashing):
            with pytest.raises(InputError):
                Sealer(row.key_id, key).open(
                    Sealed(row.key_id, row.nonce, row.ciphertext), row.case_id, row.kind, row.sequence
                )
    backup.close()
    database.close()


def test_the_key_leaves_no_trace_in_the_key_store_s_files(database: Database, store: KeyStore, tmp_path: Path) -> None:
    desk = Desk(database, store=store)
    case = desk.referenced()
    with sqlite3.connect(tmp_path / "keys.db") as file:
        key_id, wrapped = file.execute("SELECT id, ciphertext FROM keys WHERE use = 'reference'").fetchone()
    desk.registration.withdraw(case.id, "subscriber")
    assert desk.registration.destroy_due() == 1
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("keys.db*"))
    assert wrapped not in raw
    assert key_id.encode() not in raw


@pytest.mark.parametrize(
    ("way", "cause"),
    [("retention", Cause.RETENTION), ("withdraw", Cause.WITHDRAWN), ("refuse", Cause.DECIDED)],
)
def test_a_leaf_says_what_was_destroyed_and_why(way: str, cause: Cause, database: Database, store: KeyStore) -> None:
    desk = Desk(database, store=store)
    case = desk.attempted(desk.referenced(profile="keeps"), REFER)
    if way == "retention":
        desk.later(86_400)
        desk.registration.sweep_sealed()
    elif way == "withdraw":
        desk.registration.withdraw(case.id, "subscriber")
    else:
        desk.registration.review(case.id, "staff:1", False, "another person")
    assert told(database, case) == []
    desk.registration.destroy_due()
    assert told(database, case) == [(one, cause) for one in ("curves", "frames", "reference")]
    assert desk.registration.destroy_due() == 0


def test_no_leaf_before_the_key_is_gone(database: Database, store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(database, store=store)
    case = desk.referenced()
    desk.registration.withdraw(case.id, "subscriber")
    with monkeypatch.context() as broken:
        broken.setattr(store, "destroy", lambda _: (_ for _ in ()).throw(OSError("the key store is away")))
        with pytest.raises(OSError, match="away"):
            desk.registration.destroy_due()
    assert told(database, case) == []
    with monkeypatch.context() as broken:  # the key goes, and the server is killed before it has said so
        broken.setattr(log, "append_many", lambda *_: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(OSError, match="killed"):
            desk.registration.destroy_due()
    assert told(database, case) == []
    assert desk.registration.destroy_due() == 1
    assert len(told(database, case)) == 1


def test_a_document_that_is_shown_again_has_a_key_of_its_own(database: Database, store: KeyStore) -> None:
    desk = Desk(database, store=store)
    case = desk.referenced()
    with database.read() as tx:
        first = sealed.keys(tx)
    desk.registration.set_reference(case.id, "subscriber", b"a document")
    with database.read() as tx:
        second = sealed.keys(tx)
        assert [row.key_id for row in tx.execute(select(DESTRUCTIONS))] == list(first)
    assert first.isdisjoint(second)
    desk.registration.destroy_due()
    assert told(database, case) == [("reference", "replaced")]


def test_a_key_of_an_act_that_was_taken_back_goes_after_an_hour(database: Database, store: KeyStore) -> None:
    desk = Desk(database, store=store)
    case = desk.referenced()
    key_id, _ = store.make(case.id, "frame", desk.now)
    desk.later(3599)
    assert desk.registration.sweep_keys() == 0
    desk.later(2)
    assert desk.registration.sweep_keys() == 1
    assert not store.has(key_id)
    with database.read() as tx:
        assert all(store.has(one) for one in sealed.keys(tx))
    assert store.known_salt(case.id) is not None


# --- another key for the deployment -----------------------------------------------------------------------------------


def test_a_rotation_may_be_broken_off_and_begun_again(
    database: Database, store: KeyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(database, store=store)
    cases = [desk.referenced(line=f"+86138000000{number:02}") for number in range(20)]
    count = store.count()

    class Breaks(Sealer):
        left = 15

        def seal(self, data: bytes, *belongs_to: str | int) -> Sealed:
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            return super().seal(data, *belongs_to)

    monkeypatch.setattr("simreg.storage.key_store.AT_ONCE", 5)
    with pytest.raises(KeyboardInterrupt):
        store.rewrap(Breaks.wrapping(NEW))
    new = open_key_store(f"sqlite:///{tmp_path}/keys.db", Sealer.wrapping(NEW))
    assert 0 < new.strangers() < count
    assert store.rewrap(Sealer.wrapping(NEW)) == count - 15
    assert (new.strangers(), new.count()) == (0, count)
    with database.read() as tx:
        for case in cases:
            assert sealed.get(tx, new, case.id, "reference", desk.now)
            with pytest.raises(InputError):
                sealed.get(tx, store, case.id, "reference", desk.now)
    assert store.rewrap(Sealer.wrapping(NEW)) == 0
