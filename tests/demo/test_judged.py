from dataclasses import replace

import pytest

from report.sample import refused_result, sample_result
from simreg.decision.types import Decision, Outcome
from simreg.demo.judged import PASSIVE_PAD, as_expected, notes
from simreg.demo.words import ENGLISH, LANGUAGES
from simreg.liveness.types import CheckResult, Sample, State
from simreg.result import VerificationResult


def followed(**checks: State) -> VerificationResult:
    """A result in which everything was done, and the checks of these names (``_`` for a dash) came out so."""
    result = sample_result()
    done = tuple(replace(action, passed=True, start_s=1.0, end_s=2.0) for action in result.liveness.actions)
    made = tuple(CheckResult(name.replace("_", "-"), state, 0.5, 0.6, "A sentence.") for name, state in checks.items())
    return replace(result, liveness=replace(result.liveness, actions=done, checks=made))


def missed(outcome: Outcome) -> VerificationResult:
    """A result in which nothing that was asked for was seen."""
    result = sample_result()
    lacking = tuple(replace(action, passed=False, start_s=None, end_s=None) for action in result.liveness.actions)
    return replace(result, liveness=replace(result.liveness, actions=lacking), decision=Decision(outcome, ()))


@pytest.mark.parametrize("state", list(State))
def test_a_head_that_follows_may_fail_passive_pad_only(state: State) -> None:
    assert as_expected("live", followed(light=State.PASSED, passive_pad=state))
    assert not as_expected("live", followed(light=State.FAILED, passive_pad=state))


def test_a_head_that_follows_must_match_and_do_everything() -> None:
    assert not as_expected("live", missed(Outcome.ACCEPT))
    assert not as_expected("live", replace(followed(), comparison=refused_result().comparison))


@pytest.mark.parametrize("scene", ["ignores", "print"])
def test_what_does_not_follow_must_be_missed_and_not_accepted(scene: str) -> None:
    assert as_expected(scene, missed(Outcome.REFUSE))
    assert as_expected(scene, missed(Outcome.REFER))
    assert not as_expected(scene, missed(Outcome.ACCEPT))
    assert not as_expected(scene, followed())


def test_an_artificial_head_that_no_check_sees_is_called_an_injection_attack() -> None:
    assert ENGLISH.fooled in notes("live", followed(passive_pad=State.PASSED), ENGLISH)
    assert ENGLISH.fooled in notes("live", followed(passive_pad=State.NOT_ASSESSED), ENGLISH)
    assert ENGLISH.fooled not in notes("live", followed(passive_pad=State.FAILED), ENGLISH)
    assert ENGLISH.fooled not in notes("print", followed(passive_pad=State.PASSED), ENGLISH)


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("state", list(State))
def test_it_is_said_how_passive_pad_came_out(language: str, state: State) -> None:
    words = LANGUAGES[language]
    said = {s: "\n".join(notes("live", followed(passive_pad=s), words)) for s in State}
    assert "passive" in said[state]
    assert len(set(said.values())) == len(State)
    assert "{" not in said[state]


def test_any_other_check_that_failed_is_named() -> None:
    assert any("not-flat" in note for note in notes("live", followed(not_flat=State.FAILED), ENGLISH))
    assert not any("not-flat" in note for note in notes("live", followed(not_flat=State.PASSED), ENGLISH))


def test_the_largest_turn_that_was_read_of_a_print_is_told() -> None:
    result = missed(Outcome.REFUSE)
    yaws = tuple(Sample(float(i), yaw, None, None, None, None) for i, yaw in enumerate([1.0, -9.4, None]))
    said = notes("print", replace(result, liveness=replace(result.liveness, curves=yaws)), ENGLISH)
    assert any("9 degrees" in note for note in said)


def test_passive_pad_is_named_as_the_checks_are() -> None:
    assert PASSIVE_PAD == "passive-pad"
