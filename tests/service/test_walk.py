"""A case from the order to the line, and what it leaves behind."""

from service.desk import ACCEPT, PICTURE, Desk
from simreg.registration.types import Act, State, Way
from simreg.storage.database import Database


def test_a_line_is_registered(database: Database) -> None:
    desk = Desk(database)
    case = desk.opened()
    assert (case.state, case.version) == (State.CREATED, 1)
    token = desk.registration.subscriber_link(case.id, "api:1")
    assert desk.registration.subscriber_case(token) == case
    case = desk.registration.consent(case.id, "subscriber", "2026-11", language="zh-CN")
    assert (case.state, case.consent, case.language) == (State.CONSENTED, "2026-11", "zh-CN")
    answer = desk.registration.set_reference(case.id, "subscriber", PICTURE)
    assert (answer.case.state, answer.problem, answer.quality) == (State.REFERENCED, None, 80)
    order = desk.registration.begin_attempt(case.id, "subscriber")
    assert (order.number, order.of, order.run, order.challenge) == (1, 3, 0, None)
    capture = desk.registration.claim_capture(order.token)
    assert (capture.case_id, capture.line, len(capture.challenge)) == (case.id, case.line, 3)
    case = desk.registration.end_attempt(capture.attempt_id, capture.run, ACCEPT, (900,))
    assert (case.state, case.accepted_by, case.accepted_attempt) == (State.ACCEPTED, Way.FACE, capture.attempt_id)
    case = desk.registration.confirm_activation(case.id, "api:1")
    assert case.state is State.ACTIVATED
    assert desk.registration.case(case.id) == case
    events = desk.registration.events(case.id)
    assert [event.version for event in events] == list(range(1, case.version + 1))
    assert [event.act for event in events] == [
        Act.OPEN,
        Act.CONSENT,
        Act.SET_REFERENCE,
        Act.BEGIN_ATTEMPT,
        Act.ATTEMPT_ACCEPTED,
        Act.CONFIRM_ACTIVATION,
    ]
    assert events[-1].state is case.state
