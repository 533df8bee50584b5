"""Cases in the database: they come back as they went in, and change by compare and set."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.exc import IntegrityError

from registration.cases import START, any_cases, new_case
from simreg.errors import ConflictError, NotFoundError
from simreg.registration.machine import apply, opened
from simreg.registration.types import Act, Case, Rules, State
from simreg.storage import activations, cases
from simreg.storage.database import Database
from simreg.storage.types import Activation


@given(case=any_cases())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_case_comes_back_as_it_went_in(case: Case, database: Database) -> None:
    first, event = opened(case, "api:1")
    with database.write() as tx:
        if not cases.find(tx, limit=1):
            cases.add(tx, first, event)
        now = cases.get(tx, "case_1")
        later = replace(case, version=now.version + 1)
        cases.change(tx, now, later, replace(event, version=later.version, data={"reasons": ("a", "b"), "n": None}))
        assert cases.get(tx, "case_1") == later
        assert cases.events(tx, "case_1")[-1].data == {"reasons": ("a", "b"), "n": None}


@given(any_cases())
def test_a_case_comes_back_from_json(case: Case) -> None:
    assert cases.case_from_json(json.loads(json.dumps(cases.case_as_json(case)))) == case


def test_a_change_that_was_decided_on_an_older_version_is_refused(database: Database) -> None:
    case, event = opened(new_case(), "api:1")
    with database.write() as tx:
        cases.add(tx, case, event)
    cancelled = apply(case, Act.CANCEL, START, "api:1", Rules(), reason="left")
    withdrawn = apply(case, Act.WITHDRAW, START, "subscriber", Rules())
    with database.write() as tx:
        cases.change(tx, case, *cancelled)
    with pytest.raises(ConflictError) as caught, database.write() as tx:
        cases.change(tx, case, *withdrawn)
    assert caught.value.code == "case-changed"
    with database.read() as tx:
        assert cases.get(tx, case.id).state is State.CANCELLED
        assert [one.act for one in cases.events(tx, case.id)] == [Act.OPEN, Act.CANCEL]


def test_an_event_has_one_version_and_a_case_one_id(database: Database) -> None:
    case, event = opened(new_case(), "api:1")
    with database.write() as tx:
        cases.add(tx, case, event)
    with pytest.raises(IntegrityError), database.write() as tx:
        cases.add(tx, case, event)
    with pytest.raises(IntegrityError), database.write() as tx:
        cases.change(tx, case, replace(case, state=State.CONSENTED), event)


def test_an_unknown_case_is_not_found(database: Database) -> None:
    with database.read() as tx, pytest.raises(NotFoundError):
        cases.get(tx, "case_2")


def test_the_database_itself_lets_a_line_a_case_and_an_attempt_be_activated_once(database: Database) -> None:
    for name in ("case_1", "case_2"):
        case, event = opened(new_case(id=name, folio=name), "api:1")
        with database.write() as tx:
            cases.add(tx, case, event)
    first = Activation("case_1", None, "+8613800000001", None, "api:1", START)
    with database.write() as tx:
        activations.add(tx, first)
    for twice in (replace(first, line="+8613800000002"), replace(first, case_id="case_2")):
        with pytest.raises(IntegrityError), database.write() as tx:
            activations.add(tx, twice)
    with database.write() as tx:
        assert activations.end(tx, first.line, START + timedelta(seconds=1))
        activations.add(tx, replace(first, case_id="case_2"))
        assert activations.current(tx, first.line) == replace(first, case_id="case_2")
