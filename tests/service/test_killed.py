"""Killing the process at any moment loses no step that was acknowledged, activates nothing twice, and leaves the log,
the record and the keys in step.
"""

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import select

from log import by_definition
from service.desk import ACCEPT, KEYS, PICTURE, REFUSE, Desk
from simreg.errors import ConflictError
from simreg.log import leaves
from simreg.log.leaves import read_entry
from simreg.privacy.seal import Sealer
from simreg.registration.types import Act, Case, State
from simreg.storage import log
from simreg.storage.database import Database, open_database
from simreg.storage.key_store import KeyStore, open_key_store
from simreg.storage.tables import ACTIVATIONS, ATTEMPTS, CASES, DESTRUCTIONS, EVENTS, SEALED

DECIDED = {"accepted": "accepted", "activated": "accepted", "refused": "refused"}
"""What a case that is in this state was decided to be."""

KILLS = 100
"""For each of the two databases."""


def work(url: str, keys: str, pipe: Connection, seed: int) -> None:
    """Walk case after case, take up what was left, and acknowledge every step once it is done."""
    desk = Desk(open_database(url), seed=seed, store=open_store(keys))
    chance = random.Random(seed)
    for case in desk.registration.cases(limit=200).cases:
        go_on(desk, chance, case, pipe)
    while True:
        case = desk.opened(line=f"+86{chance.randrange(10**10)}")
        pipe.send((case.id, case.version, case.state))
        go_on(desk, chance, case, pipe)
        desk.registration.destroy_due()


def open_store(keys: str) -> KeyStore:
    return open_key_store(keys, Sealer.wrapping(KEYS))


def go_on(desk: Desk, chance: random.Random, case: Case, pipe: Connection) -> None:
    """Walk one case as far as it goes."""
    take = desk.registration
    steps: dict[State, Callable[[Case], Case]] = {
        State.CREATED: lambda one: take.consent(one.id, "subscriber", "1"),
        State.CONSENTED: lambda one: take.set_reference(one.id, "subscriber", PICTURE).case,
        State.REFERENCED: lambda one: (take.begin_attempt(one.id, "subscriber"), take.case(one.id))[1],
        State.CAPTURING: lambda one: take.end_attempt(str(one.attempt), one.restarts, chance.choice([ACCEPT, REFUSE])),
        State.ACCEPTED: lambda one: take.confirm_activation(one.id, "api:1"),
    }
    while case.state in steps:
        try:
            case = steps[case.state](case)
        except ConflictError:  # the server finished the killed one's last step after this one had read the case
            before, case = case, take.case(case.id)
            assert case.version == before.version + 1
            continue
        pipe.send((case.id, case.version, case.state))


def killed(url: str, keys: str, seed: int, steps: int, after_s: float) -> list[tuple[str, int, State]]:
    """What a process acknowledged before it was killed, some time after so many steps."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(url, keys, theirs, seed))
    process.start()
    theirs.close()
    acknowledged = [ours.recv() for _ in range(steps)]
    time.sleep(after_s)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    try:
        while True:
            acknowledged.append(ours.recv())
    except EOFError:
        return acknowledged


@pytest.mark.skipif(os.name != "posix", reason="kills and forks processes")
def test_a_killed_process_loses_nothing_and_does_nothing_twice(url: str, tmp_path: Path) -> None:
    assert ACCEPT is not REFUSE  # made before the fork, so that each process begins at once
    chance = random.Random(5)
    keys = f"sqlite:///{tmp_path}/keys.db"
    versions: dict[str, int] = {}
    steps = 0
    activated: set[str] = set()
    for number in range(KILLS):
        for case_id, version, state in killed(url, keys, number, chance.randrange(1, 10), chance.uniform(0, 0.03)):
            steps += 1
            versions[case_id] = max(version, versions.get(case_id, 0))
            if state is State.ACTIVATED:
                assert case_id not in activated
                activated.add(case_id)
    database = open_database(url)
    with database.read() as tx:
        cases = {row.id: row for row in tx.execute(select(CASES))}
        events = list(tx.execute(select(EVENTS.c.case_id, EVENTS.c.version).order_by(*EVENTS.primary_key)))
        activations = list(tx.scalars(select(ACTIVATIONS.c.case_id)))
        running = list(tx.execute(select(ATTEMPTS.c.case_id).where(ATTEMPTS.c.ended_at.is_(None))))
    on = {case_id for case_id, case in cases.items() if case.state == State.ACTIVATED}
    assert steps > 3 * KILLS  # enough was going on
    assert len(on) > KILLS // 10
    for case_id, version in versions.items():
        assert cases[case_id].version >= version
    for case_id, case in cases.items():
        assert [event.version for event in events if event.case_id == case_id] == list(range(1, case.version + 1))
    assert activated <= on
    assert sorted(activations) == sorted(on)
    assert {row.case_id for row in running} == {
        case_id for case_id, case in cases.items() if case.state == State.CAPTURING
    }
    store = open_store(keys)
    desk = Desk(database, store=store)
    the_log_says_what_was_done_and_nothing_else(database)
    desk.registration.destroy_due()
    desk.later(7200)
    desk.registration.sweep_keys()
    the_keys_are_those_of_what_is_kept(database, keys)
    for case_id in sorted(on)[:5]:
        with pytest.raises(ConflictError):
            desk.registration.confirm_activation(case_id, "api:1")
    store.close()
    database.close()


def the_log_says_what_was_done_and_nothing_else(database: Database) -> None:
    """Each act has its leaf, and each leaf its act."""
    with database.read() as tx:
        grown = log.frontier(tx)
        entries = log.entries(tx, 0, grown.size)
        cases = list(tx.execute(select(CASES.c.id, CASES.c.state)))
        attempts = list(tx.execute(select(ATTEMPTS).where(ATTEMPTS.c.ended_at.is_not(None))))
        events = list(tx.execute(select(EVENTS.c.case_id, EVENTS.c.act)))
    assert by_definition.root(entries) == grown.root()
    acts = {Act.OPEN: leaves.CaseOpened, Act.CONSENT: leaves.Consent, Act.CONFIRM_ACTIVATION: leaves.Activation}
    done = Counter((one.case_id, acts[Act(one.act)], "") for one in events if one.act in acts)
    done += Counter((one.case_id, leaves.Attempt, str(one.outcome)) for one in attempts)
    done += Counter((one.id, leaves.Decision, DECIDED[one.state]) for one in cases if one.state in DECIDED)
    told = Counter(
        (getattr(leaf, "case", ""), type(leaf), str(getattr(leaf, "outcome", getattr(leaf, "result", ""))))
        for leaf, _ in map(read_entry, entries)
        if not isinstance(leaf, leaves.KeyDestroyed)
    )
    assert told == done


def the_keys_are_those_of_what_is_kept(database: Database, keys: str) -> None:
    """Each key that is no longer needed is gone, and a leaf has told so once; no other has."""
    with database.read() as tx:
        entries = log.entries(tx, 0, log.frontier(tx).size)
        decided = {one.id for one in tx.execute(select(CASES.c.id, CASES.c.state)) if one.state in DECIDED}
        kept = set(tx.scalars(select(SEALED.c.key_id)))
        assert tx.execute(select(DESTRUCTIONS)).all() == []
    with sqlite3.connect(keys.removeprefix("sqlite:///")) as file:
        there = {row[0] for row in file.execute("SELECT id FROM keys WHERE use != 'salt'")}
    assert there == kept
    destroyed = Counter(leaf.case for leaf, _ in map(read_entry, entries) if isinstance(leaf, leaves.KeyDestroyed))
    assert destroyed == Counter(decided)
