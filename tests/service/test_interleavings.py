"""Random interleavings of everything that can happen, by several actors, some of whom saw an older version."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import func, select

from service.desk import ACCEPT, FRAMES, PICTURE, PICTURE_WITHOUT_FACE, REFER, REFUSE, Desk
from simreg.errors import AccessError, ConflictError, LimitError, NotFoundError
from simreg.registration.table import FINAL, TABLE
from simreg.registration.types import Act, Case, State
from simreg.service.types import Abandoned, AttemptOrder, CaptureOrder
from simreg.storage.database import Database, open_database
from simreg.storage.tables import ACTIVATIONS, ATTEMPTS, CASES, EVENTS, SEALED
from storage.databases import clear

EXPECTED = (ConflictError, AccessError, NotFoundError)
ENDINGS = [ACCEPT, REFER, REFUSE, Abandoned("stopped")]
LINES = ["+8613800000001", "+8613800000002", "+8613800000003"]


class Interleavings(RuleBasedStateMachine):
    """What each actor sees may be old; what they do is allowed or refused, and nothing ever contradicts itself."""

    fresh: Callable[[], Database]
    cases = Bundle("cases")
    seen = Bundle("seen")
    orders = Bundle("orders")
    captures = Bundle("captures")

    def __init__(self) -> None:
        super().__init__()
        self.database = type(self).fresh()
        self.desk = Desk(self.database)
        self.registration = self.desk.registration
        self.accepted: dict[str, str] = {}
        self.final: dict[str, State] = {}

    def teardown(self) -> None:
        self.database.close()

    @rule(target=cases, line=st.sampled_from(LINES), profile=st.sampled_from(["test", "keeps", "two-lines", "locks"]))
    def open_case(self, line: str, profile: str) -> object:
        try:
            return self.desk.opened(line, profile, identity_number="11010519491231002X", risk=0.6).id
        except LimitError:
            return multiple()

    @rule(target=seen, case_id=cases)
    def look(self, case_id: str) -> Case:
        return self.registration.case(case_id)

    @rule(case_id=cases, picture=st.sampled_from([PICTURE, PICTURE, PICTURE_WITHOUT_FACE]))
    def set_reference(self, case_id: str, picture: bytes) -> None:
        before = self.registration.case(case_id)
        try:
            answer = self.registration.set_reference(case_id, "subscriber", picture)
        except EXPECTED:
            assert self.registration.case(case_id) == before
            return
        assert (answer.problem is None) == (picture == PICTURE) == (answer.case != before)

    @rule(case_id=cases)
    def go_on(self, case_id: str) -> None:
        """What usually comes next, so that walks get far."""
        state = self.registration.case(case_id).state
        with suppress(*EXPECTED):
            if state is State.CREATED:
                self.registration.consent(case_id, "subscriber", "1")
            elif state is State.CONSENTED:
                self.registration.set_reference(case_id, "subscriber", PICTURE)
            elif state is State.ACCEPTED:
                self.registration.confirm_activation(case_id, "api:1")

    @rule(target=orders, case_id=cases)
    def begin(self, case_id: str) -> object:
        try:
            return self.registration.begin_attempt(case_id, "subscriber")
        except EXPECTED:
            return multiple()

    @rule(target=captures, order=orders)
    def claim(self, order: AttemptOrder) -> object:
        try:
            capture = self.registration.claim_capture(order.token)
        except EXPECTED:
            return multiple()
        assert (capture.attempt_id, capture.run) == (order.attempt_id, order.run)
        with pytest.raises(AccessError):  # it is good once
            self.registration.claim_capture(order.token)
        return capture

    @rule(capture=captures, ending=st.sampled_from(ENDINGS))
    def end(self, capture: CaptureOrder, ending: object) -> None:
        before = self.registration.case(capture.case_id)
        try:
            case = self.registration.end_attempt(capture.attempt_id, capture.run, ending, (900,), FRAMES)  # type: ignore[arg-type]
        except EXPECTED:
            assert self.registration.case(capture.case_id) == before
            return
        assert (before.state, before.attempt, before.restarts) == (State.CAPTURING, capture.attempt_id, capture.run)
        if ending is ACCEPT:
            assert case.accepted_attempt == capture.attempt_id

    @rule(
        case=seen,
        act=st.sampled_from(["consent", "alternative", "finish", "review", "confirm", "withdraw", "cancel"]),
        yes=st.booleans(),
        actor=st.sampled_from(["staff:1", "staff:2"]),
    )
    def act_on_what_was_seen(self, case: Case, act: str, yes: bool, actor: str) -> None:
        acts: dict[str, Callable[[], Case]] = {
            "consent": lambda: self.registration.consent(case.id, "subscriber", "1", version=case.version),
            "alternative": lambda: self.registration.choose_alternative(case.id, actor, "cannot", case.version),
            "finish": lambda: self.registration.finish_alternative(case.id, actor, yes, "passport", "", case.version),
            "review": lambda: self.registration.review(case.id, actor, yes, "looked at", case.version),
            "confirm": lambda: self.registration.confirm_activation(case.id, "api:1", case.version),
            "withdraw": lambda: self.registration.withdraw(case.id, "subscriber", case.version),
            "cancel": lambda: self.registration.cancel(case.id, "api:1", "left", case.version),
        }
        now = self.registration.case(case.id)
        try:
            after = acts[act]()
        except EXPECTED:
            assert self.registration.case(case.id) == now
            return
        assert now.version == case.version  # whoever saw an older version has lost
        assert after.version == case.version + 1

    @rule(line=st.sampled_from(LINES))
    def end_line(self, line: str) -> None:
        with suppress(NotFoundError):
            self.registration.end_activation(line)

    @rule(seconds=st.sampled_from([1, 30, 200, 700, 2000, 90_000]))
    def wait(self, seconds: int) -> None:
        self.desk.later(seconds)

    @rule()
    def sweep(self) -> None:
        self.registration.expire_due()
        self.registration.sweep_sealed()
        with self.database.read() as tx:
            late = select(func.count()).select_from(SEALED).where(SEALED.c.expires_at <= self.desk.now)
            assert tx.execute(late).scalar_one() == 0
            running = ATTEMPTS.c.ended_at.is_(None) & (ATTEMPTS.c.deadline <= self.desk.now)
            assert tx.execute(select(func.count()).where(running)).scalar_one() == 0

    @rule()
    def restart_the_server(self) -> None:
        """Nothing is known but what the database holds."""
        self.desk = Desk(self.database, self.desk.now, self.desk.seed + 1)
        self.registration = self.desk.registration

    @invariant()
    def the_tables_agree(self) -> None:
        with self.database.read() as tx:
            cases = {row.id: row for row in tx.execute(select(CASES))}
            events = list(tx.execute(select(EVENTS).order_by(EVENTS.c.case_id, EVENTS.c.version)))
            attempts = list(tx.execute(select(ATTEMPTS)))
            activations = list(tx.execute(select(ACTIVATIONS)))
            sealed = list(tx.execute(select(SEALED.c.case_id, SEALED.c.kind)))
        for case_id, case in cases.items():
            own = [event for event in events if event.case_id == case_id]
            assert [event.version for event in own] == list(range(1, case.version + 1))
            assert own[-1].state == case.state
            for before, after in pairwise(own):
                change = TABLE[Act(after.act)]
                assert before.state in change.before
                assert after.state in change.after
            begun = [one for one in attempts if one.case_id == case_id]
            assert sorted(one.number for one in begun) == list(range(1, case.attempts + 1))
            running = [one.id for one in begun if one.ended_at is None]
            assert running == ([case.attempt] if case.state == State.CAPTURING else [])
            assert sum(one.case_id == case_id for one in activations) == (case.state == State.ACTIVATED)
            if case_id in self.final:
                assert case.state == self.final[case_id]
            if case.state in FINAL:
                self.final[case_id] = State(case.state)
            if case.state in (State.REFUSED, State.WITHDRAWN, State.CANCELLED, State.EXPIRED) or (
                case.state in (State.ACCEPTED, State.ACTIVATED) and case.profile != "keeps"
            ):
                assert not [one for one in sealed if one.case_id == case_id]
        named = [one.attempt_id for one in activations if one.attempt_id]
        assert len(named) == len(set(named))
        on = [one.line for one in activations if one.ended_at is None]
        assert len(on) == len(set(on))


def test_random_interleavings(kind: str, url: str, upgraded: Path, tmp_path: Path) -> None:
    def fresh() -> Database:
        if kind == "sqlite":
            shutil.copy(upgraded, tmp_path / "simreg.db")
            for left in ("-wal", "-shm"):
                (tmp_path / f"simreg.db{left}").unlink(missing_ok=True)
            return open_database(url)
        database = open_database(url)
        clear(database)
        return database

    Interleavings.fresh = staticmethod(fresh)
    run_state_machine_as_test(
        Interleavings,
        settings=settings(
            max_examples=40 if kind == "sqlite" else 12,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
