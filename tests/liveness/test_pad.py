from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.face.types import Observation
from simreg.liveness import pad
from simreg.liveness.challenge import Challenge, Progress
from simreg.liveness.checks import CHECKS
from simreg.liveness.evidence import Evidence
from simreg.liveness.pad import TURN_CHECKS, detect, required
from simreg.liveness.types import Action, ActionResult, CheckResult, PadDecision, PadResult, Sample, State
from synthetic.head import STRAIGHT
from synthetic.observed import observations

TURN: Challenge = (Action.TURN_LEFT,)
BLINK: Challenge = (Action.BLINK,)
NAMES = [check.__module__.rpartition(".")[2].replace("_", "-") for check in CHECKS]
PASSED, FAILED, OPEN = State.PASSED, State.FAILED, State.NOT_ASSESSED
Stub = tuple[State, bool]
FACE = observations([STRAIGHT])


def done(challenge: Challenge) -> Progress:
    return Progress(challenge, results=tuple(ActionResult(action, True, 1.0, 2.0) for action in challenge))


def judge(
    progress: Progress,
    states: dict[str, Stub] | None = None,
    optional: frozenset[str] = frozenset(),
    seen: Sequence[Observation] = FACE,
) -> PadResult:
    """What follows from checks that come out so (passed where nothing is said)."""
    results = [_result(name, *(states or {}).get(name, (PASSED, False))) for name in NAMES]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pad, "CHECKS", tuple(lambda _, one=one: one for one in results))
        return detect(Evidence(seen, progress, None, [], 0.4, None), [], optional)


def _result(name: str, state: State, suspicious: bool) -> CheckResult:
    return CheckResult(name, state, 0.5, 0.5, "text", True, suspicious and state is FAILED)


def test_a_challenge_that_was_followed_with_all_checks_passed_is_bona_fide() -> None:
    assert judge(done(TURN)).decision is PadDecision.BONA_FIDE


@pytest.mark.parametrize("name", NAMES)
def test_any_check_that_failed_stands_in_the_way(name: str) -> None:
    assert judge(done(TURN), {name: (FAILED, False)}).decision is PadDecision.NOT_ASSESSED
    assert judge(done(TURN), {name: (FAILED, True)}).decision is PadDecision.ATTACK


@pytest.mark.parametrize("name", NAMES)
def test_any_check_that_could_not_be_made_stands_in_the_way_where_a_turn_was_asked_for(name: str) -> None:
    assert judge(done(TURN), {name: (OPEN, False)}).decision is PadDecision.NOT_ASSESSED
    assert judge(done(TURN), {name: (OPEN, False)}, frozenset({name})).decision is PadDecision.BONA_FIDE


@pytest.mark.parametrize("name", NAMES)
def test_without_a_turn_only_the_checks_on_turns_may_stay_open(name: str) -> None:
    decision = judge(done(BLINK), {name: (OPEN, False)}).decision
    assert (decision is PadDecision.BONA_FIDE) == (name in TURN_CHECKS)


@pytest.mark.parametrize("name", NAMES)
def test_an_optional_check_that_failed_still_counts(name: str) -> None:
    assert judge(done(TURN), {name: (FAILED, False)}, frozenset({name})).decision is PadDecision.NOT_ASSESSED
    assert judge(done(TURN), {name: (FAILED, True)}, frozenset({name})).decision is PadDecision.ATTACK


@pytest.mark.parametrize(
    ("fault", "decision"),
    [
        ("wrong-action", PadDecision.ATTACK),
        ("too-late", PadDecision.NOT_ASSESSED),
        ("action-missing", PadDecision.NOT_ASSESSED),
    ],
)
def test_a_challenge_that_was_broken_is_never_bona_fide(fault: str, decision: PadDecision) -> None:
    result = judge(Progress(TURN, fault=None if fault == "action-missing" else fault))
    assert (result.decision, result.fault) == (decision, fault)
    assert result.actions == (ActionResult(Action.TURN_LEFT, False, None, None),)


def test_without_a_challenge_nothing_is_bona_fide() -> None:
    assert judge(Progress(())).decision is PadDecision.NOT_ASSESSED


@pytest.mark.parametrize("fault", [None, "wrong-action"])
def test_where_nobody_is_nothing_is_said(fault: str | None) -> None:
    nobody = judge(Progress(TURN, fault=fault), {"freeze": (FAILED, True)}, seen=observations([None]))
    assert nobody.decision is PadDecision.NOT_ASSESSED


CHALLENGES = st.lists(st.sampled_from(list(Action)), max_size=3).map(tuple)
STATES = st.dictionaries(st.sampled_from(NAMES), st.tuples(st.sampled_from(State), st.booleans()), max_size=4)


@settings(max_examples=100)
@given(
    CHALLENGES,
    STATES,
    st.booleans(),
    st.sampled_from([None, "wrong-action", "too-late"]),
    st.sets(st.sampled_from(NAMES)),
)
def test_bona_fide_is_only_what_is_complete_and_has_no_failed_or_open_check(
    challenge: Challenge, states: dict[str, Stub], complete: bool, fault: str | None, optional: set[str]
) -> None:
    progress = done(challenge) if complete and fault is None else Progress(challenge, fault=fault)
    result = judge(progress, states, frozenset(optional))
    if result.decision is PadDecision.BONA_FIDE:
        assert challenge
        assert all(action.passed for action in result.actions)
        assert result.fault is None
        assert not [check for check in result.checks if check.state is FAILED]
        open_checks = [check for check in result.checks if check.state is OPEN]
        assert not [check for check in open_checks if required(challenge, check, frozenset(optional))]
    suspicious = any(check.suspicious for check in result.checks)
    assert (result.decision is PadDecision.ATTACK) == (suspicious or fault == "wrong-action")


def test_what_is_told_is_what_was_found() -> None:
    curves: Sequence[Sample] = [Sample(0.0, 1.0, 2.0, 1.0, 0.0, 1.0)]
    result = detect(Evidence([], Progress(TURN), None, [], 0.4, None), curves)
    assert result.challenge == TURN
    assert result.curves == tuple(curves)
    assert [check.name for check in result.checks] == NAMES
    assert all(check.state is OPEN for check in result.checks)
