import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision.facts import ANOTHER, CHALLENGE, MATCH, NAMES, NEARLY, UNKNOWN, check, facts
from simreg.comparison.types import ComparisonDecision, ComparisonScore
from simreg.decision.policy import OF_FAILED_CHECK, OF_UNASSESSED_CHECK, Facts, decide
from simreg.decision.reasons import REASONS
from simreg.decision.types import Decision, Outcome
from simreg.liveness.checks import CHECKS
from simreg.liveness.types import PadDecision, State
from synthetic.observed import evidence

ACCEPT, REFER, REFUSE = Outcome.ACCEPT, Outcome.REFER, Outcome.REFUSE
UNSETTLED = PadDecision.NOT_ASSESSED
REFERENCE_PROBLEMS = sorted(code for code in REASONS if code.startswith("reference-"))


def failed(name: str, *, suspicious: bool = False) -> Facts:
    decision = PadDecision.ATTACK if suspicious else UNSETTLED
    return facts(check(name, State.FAILED, suspicious=suspicious), decision=decision)


def unassessed(name: str, *, passive_pad: bool = True) -> Facts:
    one = check(name, State.NOT_ASSESSED)
    return facts(one, decision=UNSETTLED, open_checks=(name,), passive_pad=passive_pad)


TABLE: list[tuple[Facts, Outcome, list[str]]] = [
    (facts(), ACCEPT, ["accepted"]),
    # the challenge
    (facts(challenge=(), decision=UNSETTLED), REFER, ["challenge-none"]),
    (facts(fault="wrong-action", decision=PadDecision.ATTACK), REFUSE, ["challenge-wrong-action"]),
    (facts(fault="action-missing", decision=UNSETTLED), REFUSE, ["challenge-action-missing"]),
    (facts(fault="too-late", decision=UNSETTLED), REFUSE, ["challenge-too-late"]),
    # the capture
    (facts(faces=0, neutral=False, decision=UNSETTLED, comparison=UNKNOWN), REFUSE, ["capture-no-face", "no-probe"]),
    (facts(neutral=False, fault="action-missing", decision=UNSETTLED), REFER, ["capture-no-neutral"]),
    (unassessed("loop"), REFER, ["capture-too-short"]),
    (unassessed("not-flat"), REFER, ["turn-too-small"]),
    (unassessed("turn-shape"), REFER, ["turn-too-small"]),
    (unassessed("passive-pad"), REFER, ["passive-pad-unsure"]),
    (unassessed("passive-pad", passive_pad=False), REFER, ["passive-pad-missing"]),
    (facts(decision=UNSETTLED), REFER, ["unsettled"]),
    # the comparison
    (facts(comparison=ANOTHER), REFUSE, ["non-match"]),
    (facts(comparison=NEARLY), REFER, ["near-threshold"]),
    (facts(comparison=UNKNOWN), REFER, ["no-probe"]),
    *((facts(comparison=UNKNOWN, reference_problem=code), REFER, [code]) for code in REFERENCE_PROBLEMS),
    *((failed(name), REFER, [code]) for name, code in OF_FAILED_CHECK.items()),
    *((failed(name, suspicious=True), REFUSE, [code]) for name, code in OF_FAILED_CHECK.items()),
]


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


@pytest.mark.parametrize(
    ("given_facts", "outcome", "reasons"), TABLE, ids=[f"{row[1]}-{'-'.join(row[2])}" for row in TABLE]
)
def test_what_follows_from_the_facts(given_facts: Facts, outcome: Outcome, reasons: list[str]) -> None:
    decision = decide(given_facts)
    assert (decision.outcome, codes(decision)) == (outcome, reasons)


def test_every_reason_can_be_given_and_none_is_left_over() -> None:
    given_elsewhere = {"lines-beyond"}  # by who counts a person's lines
    assert {code for _, _, reasons in TABLE for code in reasons} | given_elsewhere == set(REASONS)


def test_every_check_has_a_reason_for_its_failure() -> None:
    names = [one(evidence([])).name for one in CHECKS]
    assert list(OF_FAILED_CHECK) == names
    assert set(OF_UNASSESSED_CHECK) <= set(names)
    assert {*OF_FAILED_CHECK.values(), *OF_UNASSESSED_CHECK.values()} <= set(REASONS)


def test_what_refuses_is_told_before_what_refers_and_nothing_twice() -> None:
    many = facts(
        check("light", State.FAILED),
        check("not-flat", State.FAILED, suspicious=True),
        check("turn-shape", State.FAILED, suspicious=True),
        decision=PadDecision.ATTACK,
        fault="action-missing",
        comparison=ANOTHER,
        open_checks=("loop",),
    )
    decision = decide(many)
    assert decision.outcome is REFUSE
    assert codes(decision) == ["flat-face", "challenge-action-missing", "non-match", "light", "capture-too-short"]


@pytest.mark.parametrize("similarity", [0.4, 0.45, 0.49999])
def test_a_band_below_the_threshold_refers(similarity: float) -> None:
    assert decide(facts(comparison=_score(ComparisonDecision.NON_MATCH, similarity))).outcome is REFER


@pytest.mark.parametrize("similarity", [0.39999, 0.0, -1.0])
def test_below_the_band_is_refused(similarity: float) -> None:
    assert decide(facts(comparison=_score(ComparisonDecision.NON_MATCH, similarity))).outcome is REFUSE


@pytest.mark.parametrize("problem", REFERENCE_PROBLEMS)
def test_a_reference_that_is_no_good_never_accepts_whatever_the_comparison_says(problem: str) -> None:
    assert decide(facts(comparison=MATCH, reference_problem=problem)).outcome is REFER


def test_an_attack_with_another_persons_document_tells_both() -> None:
    both = facts(check("passive-pad", State.FAILED, suspicious=True), decision=PadDecision.ATTACK, comparison=ANOTHER)
    assert codes(decide(both)) == ["passive-pad", "non-match"]


def _score(decision: ComparisonDecision, similarity: float | None) -> ComparisonScore:
    return ComparisonScore(decision, similarity, 3, MATCH.threshold, "text")


STATES = st.dictionaries(st.sampled_from(NAMES), st.tuples(st.sampled_from(State), st.booleans()), max_size=5)
ANY = st.builds(
    lambda states, similarity, comparison, liveness, challenge, fault, problem, faces, neutral, network, unmade: facts(
        *(check(name, state, suspicious=suspicious) for name, (state, suspicious) in states.items()),
        comparison=_score(comparison, similarity),
        decision=liveness,
        challenge=challenge,
        fault=fault,
        reference_problem=problem,
        faces=faces,
        neutral=neutral,
        passive_pad=network,
        open_checks=tuple(unmade),
    ),
    STATES,
    st.none() | st.floats(-1, 1),
    st.sampled_from(ComparisonDecision),
    st.sampled_from(PadDecision),
    st.sampled_from([(), CHALLENGE]),
    st.sampled_from([None, None, None, "wrong-action", "action-missing", "too-late"]),
    st.none() | st.sampled_from(REFERENCE_PROBLEMS),
    st.sampled_from([0, 1, 100]),
    st.booleans(),
    st.booleans(),
    st.lists(st.sampled_from(NAMES), max_size=2),
)


@settings(max_examples=200)
@given(ANY)
def test_nothing_unknown_or_failed_is_ever_accepted(given_facts: Facts) -> None:
    decision = decide(given_facts)
    assert decision.reasons
    assert len(set(codes(decision))) == len(decision.reasons)
    assert ("accepted" in codes(decision)) == (decision.outcome is ACCEPT)
    if decision.outcome is ACCEPT:
        assert codes(decision) == ["accepted"]
        assert given_facts.liveness.decision is PadDecision.BONA_FIDE
        assert given_facts.liveness.challenge
        assert given_facts.comparison.decision is ComparisonDecision.MATCH
        assert given_facts.reference_problem is None
        assert given_facts.faces
        assert given_facts.neutral
        assert not given_facts.open_checks
        assert not [one for one in given_facts.liveness.checks if one.state is State.FAILED]


@settings(max_examples=100)
@given(ANY)
def test_an_attack_or_another_person_is_always_refused(given_facts: Facts) -> None:
    comparison, checks = given_facts.comparison, given_facts.liveness.checks
    other = comparison.decision is ComparisonDecision.NON_MATCH and (comparison.similarity or -1.0) < 0.4
    if any(one.suspicious for one in checks) or other:
        assert decide(given_facts).outcome is REFUSE
