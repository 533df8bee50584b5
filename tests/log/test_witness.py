"""The witness: what it concludes, and a split view staged over two servers."""

import argparse
import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from log import by_definition
from log.samples import AT, LOG, WITNESS, consents
from simreg.cli import witness as witness_command
from simreg.cli.witness_watch import Watch, read_memory
from simreg.errors import InputError, SimregError
from simreg.log.checkpoint import Checkpoint, open_checkpoint
from simreg.log.tiles import Tile
from simreg.log.tree import EMPTY, leaf_hash
from simreg.log.witness import Finding, Memory, judge
from simreg.privacy.keys import make_secret, read_secret
from simreg.storage import log
from simreg.storage.database import open_database
from simreg.storage.log_export import export

NOW = datetime.fromtimestamp(AT, UTC)
ONE = [b"%d" % number for number in range(20)]
OTHER = [b"other", *ONE[1:]]


def checkpoint(entries: list[bytes], size: int) -> Checkpoint:
    return Checkpoint(LOG.name, size, by_definition.root(entries[:size]))


def tiles(entries: list[bytes]) -> Callable[[Tile], bytes]:
    return lambda tile: b"".join(map(leaf_hash, entries[: tile.width]))


def memory(entries: list[bytes] = ONE, size: int = 9, **shown: int) -> Memory:
    return Memory(LOG.name, size, by_definition.root(entries[:size]), shown or {"a": size})


@pytest.mark.parametrize(
    ("held", "address", "said", "entries", "finding"),
    [
        (Memory(LOG.name), "a", checkpoint(ONE, 5), ONE, Finding.FIRST),
        (Memory(LOG.name), "a", checkpoint(ONE, 0), ONE, Finding.FIRST),
        (memory(), "a", checkpoint(ONE, 9), ONE, Finding.SAME),
        (memory(), "b", checkpoint(ONE, 9), ONE, Finding.SAME),
        (memory(), "a", checkpoint(ONE, 20), ONE, Finding.GROWN),
        (memory(), "b", checkpoint(ONE, 6), ONE, Finding.BEHIND),
        (memory(a=9, b=4), "b", checkpoint(ONE, 6), ONE, Finding.BEHIND),
        (memory(), "b", checkpoint(ONE, 0), ONE, Finding.BEHIND),
        (memory(), "a", checkpoint(ONE, 8), ONE, Finding.ROLLED_BACK),
        (memory(a=9, b=8), "b", checkpoint(ONE, 6), ONE, Finding.ROLLED_BACK),
        (memory(), "a", checkpoint(OTHER, 9), OTHER, Finding.FORK),
        (memory(), "a", checkpoint(OTHER, 20), OTHER, Finding.FORK),
        (memory(), "a", checkpoint(OTHER, 20), ONE, Finding.FORK),
        (memory(), "b", checkpoint(OTHER, 6), ONE, Finding.FORK),
        (memory(), "b", checkpoint(OTHER, 6), OTHER, Finding.FORK),
    ],
)
def test_what_a_witness_concludes(
    held: Memory, address: str, said: Checkpoint, entries: list[bytes], finding: Finding
) -> None:
    found, after = judge(held, address, said, tiles(entries))
    assert found is finding
    if finding in (Finding.FORK, Finding.ROLLED_BACK):
        assert after == held
    else:
        assert after.shown == {**held.shown, address: said.size}
        assert after.size == max(held.size, said.size)
    if finding is Finding.GROWN:
        assert after.root == said.root


def test_a_witness_of_one_log_judges_no_other() -> None:
    with pytest.raises(InputError, match="not of"):
        judge(Memory("log.example/two"), "a", checkpoint(ONE, 3), tiles(ONE))


# --- over HTTP -------------------------------------------------------------------------------------------------------


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves folders, each at an address of its own."""
    running = []

    def start(folder: Path) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
        running.append((server, threading.Thread(target=server.serve_forever, args=(0.01,))))
        running[-1][1].start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


class Place:
    """A log that somebody runs, and the folder in which it is published."""

    def __init__(self, folder: Path, first: int = 0) -> None:
        self.folder = folder / "served"
        self._first = first
        self._database = open_database(f"sqlite:///{folder}/log.db")
        self._database.upgrade()

    def grows(self, count: int) -> "Place":
        with self._database.write() as tx:
            log.append_many(tx, consents(self._first + count)[self._first :], NOW)
            log.checkpoint(tx, LOG, NOW)
        with self._database.read() as tx:
            export(tx, self.folder, entries=False)
        return self


@pytest.fixture
def looks(tmp_path: Path) -> Callable[..., int]:
    """Runs the command once, with the same memory each time."""
    key = tmp_path / "witness.key"
    key.write_bytes(b"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\n")
    key.chmod(0o600)
    assert read_secret(key) == WITNESS.secret

    def run(*addresses: str, **more: str) -> int:
        words = ["witness", *addresses, "--key", LOG.verifier.text, "--name", WITNESS.name, "--key-file", str(key)]
        words += ["--memory", str(tmp_path / "memory"), "--out", str(tmp_path / "seen"), "--once"]
        words += [word for name, value in more.items() for word in (f"--{name}", value)]
        options = argparse.ArgumentParser()
        witness_command.add_parser(options.add_subparsers())
        given = options.parse_args(words)
        status: int = given.func(given)
        return status

    return run


def test_a_log_that_grows_is_followed_and_cosigned(
    tmp_path: Path, serve: Callable[[Path], str], looks: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(tmp_path).grows(300)
    address = serve(place.folder)
    found = []
    for more in (0, 0, 1, 700, 3):
        if more:
            place.grows(more)
        assert looks(address) == 0
        found.append(capsys.readouterr().out.split()[1])
    assert found == ["first:", "same:", "grown:", "grown:", "grown:"]
    said, seen = open_checkpoint((tmp_path / "seen").read_bytes(), LOG.verifier, [WITNESS.verifier])
    assert (said.size, [one.by.name for one in seen]) == (1004, [WITNESS.name])
    assert read_memory(tmp_path / "memory", LOG.name) == Memory(LOG.name, 1004, said.root, {address: 1004})


@pytest.mark.parametrize("sizes", [(300, 300), (300, 900), (900, 300)])
def test_a_split_view_is_caught(
    tmp_path: Path,
    serve: Callable[[Path], str],
    looks: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    sizes: tuple[int, int],
) -> None:
    """Two servers hand out two histories that the same key signed; each is consistent in itself."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = Place(tmp_path / "one").grows(sizes[0]), Place(tmp_path / "two", first=1).grows(sizes[1])
    addresses = serve(one.folder), serve(two.folder)
    rings = tmp_path / "rings"
    alarm = tmp_path / "alarm"
    alarm.write_text(f'#!/bin/sh\nprintf "%s" "$1" >> "{rings}"\n', "utf-8")
    alarm.chmod(0o700)
    assert looks(addresses[0]) == 0
    before = (tmp_path / "memory").read_bytes(), (tmp_path / "seen").read_bytes()
    assert looks(*addresses, alarm=str(alarm)) == 1
    assert f"ALARM {addresses[1]}: fork:" in capsys.readouterr().out
    assert f"{addresses[1]}: fork" in rings.read_text("utf-8")
    evidence = next(tmp_path.glob("memory.alarm-*")).read_bytes()
    assert open_checkpoint(evidence, LOG.verifier)[0].size == sizes[1]
    assert (tmp_path / "memory").read_bytes() == before[0]
    assert open_checkpoint((tmp_path / "seen").read_bytes(), LOG.verifier)[0].size == sizes[0]
    assert looks(*addresses, alarm=str(tmp_path / "nowhere")) == 1
    assert "the alarm program failed" in capsys.readouterr().err
    two.grows(40)
    assert looks(*addresses) == 1  # and again, until somebody has looked into it


def test_a_roll_back_is_caught(
    tmp_path: Path, serve: Callable[[Path], str], looks: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(tmp_path).grows(300)
    old = (place.folder / "checkpoint").read_bytes()
    address = serve(place.folder)
    place.grows(5)
    assert looks(address) == 0
    (place.folder / "checkpoint").write_bytes(old)
    assert looks(address) == 1
    assert "rolled-back" in capsys.readouterr().out


def test_an_address_that_lags_is_no_alarm(
    tmp_path: Path, serve: Callable[[Path], str], looks: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(tmp_path).grows(300)
    late = tmp_path / "late"
    late.mkdir()
    (late / "checkpoint").write_bytes((place.folder / "checkpoint").read_bytes())
    place.grows(700)
    assert looks(serve(place.folder), serve(late)) == 0
    assert "behind" in capsys.readouterr().out
    assert open_checkpoint((tmp_path / "seen").read_bytes(), LOG.verifier)[0].size == 1000


def test_nothing_is_signed_without_a_proof(
    tmp_path: Path, serve: Callable[[Path], str], looks: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(tmp_path).grows(300)
    address = serve(place.folder)
    assert looks(address) == 0
    place.grows(500)
    for tile in (place.folder / "tile").rglob("[0-9]*"):
        if tile.is_file():
            tile.write_bytes(tile.read_bytes()[:-32])
    assert looks(address) == 3
    assert "tile-malformed" in capsys.readouterr().err
    assert open_checkpoint((tmp_path / "seen").read_bytes(), LOG.verifier)[0].size == 300


def test_what_cannot_be_read_is_said(
    tmp_path: Path, serve: Callable[[Path], str], looks: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert looks(serve(tmp_path / "empty"), "http://127.0.0.1:1") == 3
    said = capsys.readouterr().err
    assert said.count("log-unreachable") == 2
    (tmp_path / "empty" / "checkpoint").write_bytes(b"rubbish")
    assert looks(serve(tmp_path / "empty")) == 3
    assert "note-malformed" in capsys.readouterr().err
    assert not (tmp_path / "memory").exists()


@pytest.mark.parametrize(
    "text", ["", "{}", '{"origin":"x"}', "[]", '{"origin":"log.example/one","root":"","shown":[],"size":1}']
)
def test_a_memory_that_was_spoilt_is_not_begun_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "memory"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        Watch(LOG.verifier, WITNESS, path, None)
    assert raised.value.code == "memory-unreadable"


def test_no_memory_is_the_empty_log(tmp_path: Path) -> None:
    assert read_memory(tmp_path / "none", LOG.name) == Memory(LOG.name, 0, EMPTY, {})


def test_what_cannot_be_remembered_is_not_signed(tmp_path: Path, serve: Callable[[Path], str]) -> None:
    address = serve(Place(tmp_path).grows(3).folder)
    (tmp_path / "file").write_text("", "utf-8")
    watch = Watch(LOG.verifier, WITNESS, tmp_path / "file" / "memory", tmp_path / "seen")
    with pytest.raises(SimregError, match="cannot be written"):
        watch.look(address, [address], AT)
    assert not (tmp_path / "seen").exists()


def test_the_key_of_a_witness_is_its_own(tmp_path: Path) -> None:
    make_secret(tmp_path / "key")
    assert len(read_secret(tmp_path / "key")) == 32
