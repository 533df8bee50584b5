"""Killing the process at any moment leaves no act without its leaf, and no leaf without its act."""

import multiprocessing
import os
import random
import signal
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import insert, select

from log import by_definition
from log.samples import AT, LOG
from simreg.log.checkpoint import parse_checkpoint
from simreg.log.leaves import Consent, read_entry
from simreg.storage import log
from simreg.storage.database import open_database
from simreg.storage.log_tables import LOG_LEAVES
from simreg.storage.tables import API_KEYS

KILLS = 100
"""For each of the two databases."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
NOW = datetime.fromtimestamp(AT, UTC)


def work(url: str, pipe: Connection, seed: int) -> None:
    """Act after act with its leaf, in one transaction, now and then a checkpoint; done ones are acknowledged."""
    database = open_database(url)
    chance = random.Random(seed)
    while True:
        acts = ["case_" + "".join(chance.choices(ALPHABET, k=20)) for _ in range(chance.choice([1, 1, 3]))]
        with database.write() as tx:
            for act in acts:
                row = {"id": act, "name": "act", "secret_sha256": act, "scopes": [], "created_at": NOW}
                tx.execute(insert(API_KEYS).values(row))
            log.append_many(tx, [Consent(act, "system", "ab" * 32) for act in acts], NOW)
        pipe.send(acts)
        if chance.random() < 0.2:
            with database.write() as tx:
                log.checkpoint(tx, LOG, NOW)


def killed(url: str, seed: int, acts: int, after_s: float) -> list[str]:
    """The acts that a process acknowledged before it was killed, some time after so many."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(url, theirs, seed))
    process.start()
    theirs.close()
    acknowledged: list[str] = []
    for _ in range(acts):
        acknowledged += ours.recv()
    time.sleep(after_s)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    try:
        while True:
            acknowledged += ours.recv()
    except EOFError:
        return acknowledged


@pytest.mark.skipif(os.name != "posix", reason="kills and forks processes")
def test_a_killed_process_leaves_acts_and_leaves_alike(url: str) -> None:
    chance = random.Random(7)
    acknowledged: list[str] = []
    root, size = by_definition.root([]), 0
    database = open_database(url)
    for number in range(KILLS):
        database.close()  # no connection is open where a process is forked
        acknowledged += killed(url, number, chance.randrange(1, 5), chance.uniform(0, 0.02))
        with database.read() as tx:
            grown = log.frontier(tx)
            proof = log.consistency(tx, size, grown.size)
        assert by_definition.begins(size, root, grown.size, grown.root(), proof)
        root, size = grown.root(), grown.size
    with database.read() as tx:
        acts = set(tx.scalars(select(API_KEYS.c.id)))
        rows = list(tx.execute(select(LOG_LEAVES.c.number, LOG_LEAVES.c.case_id).order_by(LOG_LEAVES.c.number)))
        entries = log.entries(tx, 0, size)
        note = log.newest_checkpoint(tx)
        assert note is not None
        signed = parse_checkpoint(note.text)
    database.close()
    assert len(acknowledged) > KILLS
    assert set(acknowledged) <= acts
    assert [row.number for row in rows] == list(range(size))
    assert len(rows) == len(acts)
    assert {row.case_id for row in rows} == acts
    assert [getattr(read_entry(entry)[0], "case", None) for entry in entries] == [row.case_id for row in rows]
    assert by_definition.root(entries) == root
    assert by_definition.root(entries[: signed.size]) == signed.root
