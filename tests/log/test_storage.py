"""The log in the database: without gaps, without forks, whoever writes at once."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from log import by_definition
from log.samples import AT, CASE, LOG, OPENED, WITNESS, attempt, consents
from simreg.errors import NotFoundError, SimregError
from simreg.log.audit import Fault, audit
from simreg.log.checkpoint import open_checkpoint
from simreg.log.keys import Signer
from simreg.log.leaves import entry_of, read_entry
from simreg.log.note import cosign
from simreg.log.tiles import Tile, parse_path, unpack_entries
from simreg.log.tree import Frontier, leaf_hash
from simreg.storage import log
from simreg.storage.database import Database
from simreg.storage.log_export import export
from simreg.storage.log_tables import LOG_FRONTIER, LOG_LEAVES, LOG_TILES

NOW = datetime.fromtimestamp(AT, UTC)


def fill(database: Database, count: int, at: datetime = NOW) -> None:
    with database.write() as tx:
        log.append_many(tx, consents(count), at)


def test_leaves_are_appended_one_by_one_and_many_at_once(database: Database) -> None:
    with database.write() as tx:
        assert log.append(tx, OPENED, NOW) == 0
        assert log.append(tx, attempt(), NOW + timedelta(seconds=5)) == 1
        assert log.append_many(tx, consents(3), NOW + timedelta(seconds=9)) == 2
        assert log.append_many(tx, [], NOW) == 5
    with database.read() as tx:
        entries = log.entries(tx, 0, 9)
        assert read_entry(entries[1]) == (attempt(), AT + 5)
        assert log.frontier(tx).root() == by_definition.root(entries)
        assert [number for number, _ in log.of_case(tx, CASE, NOW, NOW)] == [0, 1, 2, 3, 4]
        assert len(log.of_case(tx, CASE, NOW - timedelta(days=1200), NOW + timedelta(days=1))) == 5
        assert log.of_case(tx, CASE, NOW + timedelta(days=1), NOW + timedelta(days=2)) == []
        assert log.of_case(tx, "case_" + "z" * 20, NOW, NOW) == []


def test_an_empty_log_is_the_empty_tree(database: Database) -> None:
    with database.read() as tx:
        assert log.frontier(tx) == Frontier()
        assert log.resource(tx, "checkpoint") is None
        assert log.resource(tx, "tile/0/000") is None
        assert log.newest_checkpoint(tx) is None


@pytest.mark.parametrize("sizes", [(255, 1, 1), (256, 256, 1), (700, 600), (1, 254, 1, 600)])
def test_proofs_and_tiles_are_those_of_the_tree(database: Database, sizes: tuple[int, ...]) -> None:
    for size in sizes:
        fill(database, size)
    total = sum(sizes)
    with database.read() as tx:
        entries = log.entries(tx, 0, total)
        root = by_definition.root(entries)
        assert log.frontier(tx).root() == root
        for index in {0, 1, sizes[0] - 1, 255, 256, total - 1}:
            leaf = leaf_hash(entries[index])
            assert by_definition.included(leaf, index, total, log.inclusion(tx, index, total), root)
            first = by_definition.root(entries[: index + 1])
            assert by_definition.begins(index + 1, first, total, root, log.consistency(tx, index + 1, total))
            at_the_time = log.inclusion(tx, index, index + 1)
            assert by_definition.included(leaf, index, index + 1, at_the_time, first)
        full = total // 256
        assert log.resource(tx, "tile/0/000") == b"".join(map(leaf_hash, entries[:256]))
        assert log.resource(tx, f"tile/1/000.p/{full}") == b"".join(
            by_definition.root(entries[i * 256 : i * 256 + 256]) for i in range(full)
        )
        rest = total % 256
        if rest:
            assert log.resource(tx, Tile(0, full, rest).path) == b"".join(map(leaf_hash, entries[-rest:]))
            assert unpack_entries(log.resource(tx, Tile(None, full, rest).path) or b"", rest) == entries[-rest:]
        assert log.resource(tx, Tile(0, full, rest + 1).path) is None
        assert log.resource(tx, "tile/2/000.p/1") is None
        assert log.resource(tx, "tile/0/x") is None


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_third_level_of_tiles(database: Database) -> None:
    fill(database, 65_536 + 300)
    with database.read() as tx:
        size = log.frontier(tx).size
        entry = log.entries(tx, 40_000, 40_001)[0]
        root = log.frontier(tx).root()
        assert by_definition.included(leaf_hash(entry), 40_000, size, log.inclusion(tx, 40_000, size), root)
        assert len(log.resource(tx, "tile/1/000") or b"") == 8192
        assert len(log.resource(tx, "tile/2/000.p/1") or b"") == 32
    fill(database, 300)
    with database.read() as tx:
        assert by_definition.begins(
            size, root, size + 300, log.frontier(tx).root(), log.consistency(tx, size, size + 300)
        )


def test_what_is_taken_back_leaves_no_gap(database: Database) -> None:
    fill(database, 5)

    def broken() -> None:
        with database.write() as tx:
            log.append_many(tx, consents(300), NOW)
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    with database.write() as tx:
        assert log.append(tx, OPENED, NOW) == 5
    with database.read() as tx:
        assert log.frontier(tx).root() == by_definition.root(log.entries(tx, 0, 6))


def test_many_write_at_once_and_there_is_no_gap_and_no_fork(database: Database) -> None:
    faults: list[Exception] = []

    def writes() -> None:
        try:
            for _ in range(12):
                with database.write() as tx:
                    log.append_many(tx, consents(7), NOW)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=writes) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with database.read() as tx:
        assert log.frontier(tx).size == 4 * 12 * 7
        assert list(tx.scalars(select(LOG_LEAVES.c.number).order_by(LOG_LEAVES.c.number))) == list(range(4 * 12 * 7))
        assert log.frontier(tx).root() == by_definition.root(log.entries(tx, 0, 4 * 12 * 7))


def test_time_never_goes_back(database: Database) -> None:
    with database.write() as tx:
        log.append(tx, OPENED, NOW)
        log.append(tx, OPENED, NOW - timedelta(hours=1))
        times = [read_entry(one)[1] for one in log.entries(tx, 0, 2)]
    assert times == [AT, AT]


@pytest.mark.parametrize(("index", "size"), [(3, 3), (0, 4), (-1, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(database: Database, index: int, size: int) -> None:
    fill(database, 3)
    with database.read() as tx, pytest.raises(NotFoundError):
        log.inclusion(tx, index, size)
    with database.read() as tx, pytest.raises(NotFoundError):
        log.consistency(tx, 2, 4)


def test_a_checkpoint_is_signed_once_a_size(database: Database) -> None:
    fill(database, 300)
    with database.write() as tx:
        note = log.checkpoint(tx, LOG, NOW)
        assert log.checkpoint(tx, LOG, NOW) == note
    with database.read() as tx:
        said, _ = open_checkpoint(log.resource(tx, "checkpoint") or b"", LOG.verifier)
        assert (said.size, said.root) == (300, log.frontier(tx).root())
    fill(database, 1)
    with database.write() as tx:
        log.checkpoint(tx, LOG, NOW)
        assert log.checkpoint_after(tx, 299) == note
        assert log.checkpoint_after(tx, 301) is None
        seen = cosign(note, WITNESS, AT)
        log.keep_cosigned(tx, 300, seen)
        assert log.checkpoint_at(tx, 300) == seen


def test_another_key_signs_anew(database: Database) -> None:
    fill(database, 3)
    other = Signer(LOG.name, bytes(32))
    with database.write() as tx:
        log.checkpoint(tx, LOG, NOW)
        assert open_checkpoint(log.checkpoint(tx, other, NOW).data, other.verifier)[0].size == 3


def test_nothing_is_signed_once_the_log_was_changed(database: Database) -> None:
    fill(database, 300)
    with database.write() as tx:
        log.checkpoint(tx, LOG, NOW)
        tx.execute(delete(LOG_LEAVES))
        tx.execute(delete(LOG_TILES))
        tx.execute(delete(LOG_FRONTIER))
        log.append_many(tx, [OPENED, *consents(400)], NOW)
    with database.write() as tx, pytest.raises(SimregError) as raised:
        log.checkpoint(tx, LOG, NOW)
    assert raised.value.code == "log-altered"
    with database.write() as tx:
        tx.execute(delete(LOG_FRONTIER))
        with pytest.raises(SimregError, match="no longer"):
            log.checkpoint(tx, LOG, NOW)


def test_a_frontier_that_moved_is_not_written_over(database: Database) -> None:
    fill(database, 3)
    with database.write() as tx:
        before, at = log._frontier(tx)
        tx.execute(update(LOG_FRONTIER).values(size=1, hashes=bytes(32)))
        with pytest.raises(SimregError) as raised:
            log._move(tx, before, before.append(bytes(32)), at)
    assert raised.value.code == "log-moved"


def test_a_copy_is_all_that_a_web_server_needs(database: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with database.read() as tx, pytest.raises(NotFoundError):
        export(tx, copy)
    fill(database, 600)
    with database.write() as tx:
        log.checkpoint(tx, LOG, NOW)
    fill(database, 5)  # not in the checkpoint, so not in the copy
    with database.read() as tx:
        assert export(tx, copy) == 3 + 1 + 3 + 1
        assert export(tx, copy) == 1 + 1 + 1 + 1
    files = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert files == {
        *("checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"),
        *("tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"),
    }
    assert all(path == "checkpoint" or parse_path(path) for path in files)
    with database.read() as tx:
        assert export(tx, copy / "hashes", entries=False) == 5
    assert not (copy / "hashes" / "tile" / "entries").exists()


# --- reading all of it again -----------------------------------------------------------------------------------------

ENTRIES = [entry_of(leaf, AT + number) for number, leaf in enumerate(consents(9))]
ROOTS = {5: by_definition.root(ENTRIES[:5]), 9: by_definition.root(ENTRIES)}


def test_an_honest_log_is_found_honest() -> None:
    found = audit(ENTRIES, ROOTS)
    assert (found.fault, found.frontier.size, found.frontier.root()) == (None, 9, ROOTS[9])
    assert audit([], {}).fault is None


@pytest.mark.parametrize(
    ("entries", "fault", "where"),
    [
        ([*ENTRIES[:3], ENTRIES[3].replace(b"subscriber", b"system"), *ENTRIES[4:]], Fault.ROOT, 5),
        ([*ENTRIES[:5], *ENTRIES[6:]], Fault.SHORT, 9),
        ([*ENTRIES[:2], *ENTRIES[3:]], Fault.ROOT, 5),
        ([ENTRIES[1], ENTRIES[0], *ENTRIES[2:]], Fault.TIME, 1),
        ([*ENTRIES[:8], entry_of(OPENED, AT - 60)], Fault.TIME, 8),
        ([*ENTRIES[:8], b"{}"], Fault.LEAF, 8),
        ([*ENTRIES[:8], entry_of(OPENED, AT + 9)], Fault.ROOT, 9),
        ([], Fault.SHORT, 5),
    ],
    ids=["altered", "removed at the end", "removed", "re-ordered", "back-dated", "no leaf", "put in", "all gone"],
)
def test_a_changed_log_is_found_out(entries: list[bytes], fault: Fault, where: int) -> None:
    found = audit(entries, ROOTS)
    assert (found.fault, found.where) == (fault, where)
