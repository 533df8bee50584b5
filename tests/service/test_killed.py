"""Killing the process at any moment loses no step that was acknowledged, and activates nothing twice."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import select

from service.desk import ACCEPT, PICTURE, REFUSE, Desk
from simreg.errors import ConflictError
from simreg.registration.types import Case, State
from simreg.storage.database import open_database
from simreg.storage.tables import ACTIVATIONS, ATTEMPTS, CASES, EVENTS

KILLS = 50
"""For each of the two databases."""


def work(url: str, pipe: Connection, seed: int) -> None:
    """Walk case after case, take up what was left, and acknowledge every step once it is done."""
    desk = Desk(open_database(url), seed=seed)
    chance = random.Random(seed)
    for case in desk.registration.cases(limit=200).cases:
        go_on(desk, chance, case, pipe)
    while True:
        case = desk.opened(line=f"+86{chance.randrange(10**10)}")
        pipe.send((case.id, case.version, case.state))
        go_on(desk, chance, case, pipe)


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


def killed(url: str, seed: int, steps: int, after_s: float) -> list[tuple[str, int, State]]:
    """What a process acknowledged before it was killed, some time after so many steps."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(url, theirs, seed))
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
def test_a_killed_process_loses_nothing_and_does_nothing_twice(url: str) -> None:
    assert ACCEPT is not REFUSE  # made before the fork, so that each process begins at once
    chance = random.Random(5)
    versions: dict[str, int] = {}
    steps = 0
    activated: set[str] = set()
    for number in range(KILLS):
        for case_id, version, state in killed(url, number, chance.randrange(1, 10), chance.uniform(0, 0.03)):
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
    desk = Desk(database)
    for case_id in sorted(on)[:5]:
        with pytest.raises(ConflictError):
            desk.registration.confirm_activation(case_id, "api:1")
    database.close()
