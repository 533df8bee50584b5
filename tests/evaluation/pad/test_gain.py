from hypothesis import given
from hypothesis import strategies as st

from evaluation.pad.made_up import CUT, DARK, NAMES, PASSED, anything_attempted, decided, judged, presentation
from simreg.evaluation.pad.gain import caught, check_names, failures, suspected, without
from simreg.evaluation.pad.rates import CHALLENGE, by_species, of
from simreg.evaluation.pad.types import Attempt, Judged, Label
from simreg.liveness.types import PadDecision, State

BOTH = judged({"continuity": State.FAILED, "passive-pad": State.FAILED})


def attempts(*found: Judged, label: Label = Label.ATTACK) -> list[Attempt]:
    return [Attempt(presentation(label), one) for one in found]


def test_a_check_is_credited_alone_only_where_nothing_else_stood_in_the_way() -> None:
    found = caught(attempts(PASSED, CUT, BOTH, DARK), "continuity")
    assert (found.stood, found.alone) == (2, 1)


def test_what_could_not_be_assessed_stands_in_the_way_but_speaks_for_no_attack() -> None:
    some = attempts(judged({"passive-pad": State.NOT_ASSESSED}), BOTH)
    assert caught(some, "passive-pad").stood == 2
    assert suspected(some, "passive-pad") == 1


def test_the_challenge_is_weighed_as_a_check() -> None:
    found = without(attempts(judged(fault="action-missing"), CUT), CHALLENGE)
    assert found.let_in == 1
    assert found.by_species["presentation", "print"].errors == 1


def test_failures_are_attacks_that_passed_and_people_that_did_not() -> None:
    some = [*attempts(PASSED, CUT), *attempts(PASSED, DARK, CUT, label=Label.BONA_FIDE)]
    passed, held_up = failures(some)
    assert [one.judged for one in passed] == [PASSED]
    assert [one.judged for one in held_up] == [DARK, CUT]


def test_names_are_the_challenge_and_the_checks_in_order() -> None:
    assert check_names(attempts(PASSED)) == [CHALLENGE, *NAMES]


@given(anything_attempted(), st.sampled_from(NAMES))
def test_leaving_a_check_out_is_deciding_again_without_it(some: list[Attempt], left_out: str) -> None:
    def passes(one: Judged) -> bool:
        if one.pad is None:
            return False
        rest = [check for check in one.pad.checks if check.name != left_out]
        return decided(one.pad.challenge, one.pad.fault, rest) is PadDecision.BONA_FIDE

    found = without(some, left_out)
    people = [one.judged for one in of(some, Label.BONA_FIDE)]
    assert found.held_up.errors == sum(not passes(one) for one in people)
    for key, group in by_species(some).items():
        assert found.by_species[key].errors == sum(passes(one.judged) for one in group)
    now = sum(not caught_now(one) for one in people)
    assert found.freed == found.held_up.trials - found.held_up.errors - now


def caught_now(one: Judged) -> bool:
    return one.pad is None or one.pad.decision is not PadDecision.BONA_FIDE
