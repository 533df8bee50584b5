from typing import Any

import pytest
from hypothesis import given

from evaluation.pad.made_up import (
    CUT,
    DARK,
    PASSED,
    UNREADABLE,
    anything_attempted,
    anything_judged,
    judged,
    presentation,
)
from simreg.evaluation.pad.binomial import rate
from simreg.evaluation.pad.rates import (
    attack_rates,
    blockers,
    bona_fide_rates,
    by_species,
    of,
    response,
    riapar,
    worst,
)
from simreg.evaluation.pad.types import Attempt, Judged, Label, Response
from simreg.liveness.types import PadDecision, State


def attacks(*judged: Judged, species: str = "print", **changes: Any) -> list[Attempt]:
    return [Attempt(presentation(species=species, **changes), one) for one in judged]


def genuine(*judged: Judged, **changes: Any) -> list[Attempt]:
    return [Attempt(presentation(Label.BONA_FIDE, **changes), one) for one in judged]


@given(anything_judged())
def test_nothing_stands_in_the_way_exactly_where_the_decision_is_bona_fide(one: Judged) -> None:
    bona_fide = one.pad is not None and one.pad.decision is PadDecision.BONA_FIDE
    assert (not blockers(one)) is bona_fide
    assert (response(one) is Response.BONA_FIDE) is bona_fide


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        (PASSED, Response.BONA_FIDE),
        (CUT, Response.ATTACK),
        (judged(fault="wrong-action"), Response.ATTACK),
        (judged(fault="action-missing"), Response.ATTACK),
        (DARK, Response.NONE),
        (judged(challenge=()), Response.NONE),
        (judged({"passive-pad": State.NOT_ASSESSED}), Response.NONE),
        (UNREADABLE, Response.NONE),
    ],
)
def test_what_the_subsystem_answered(one: Judged, answer: Response) -> None:
    assert response(one) is answer


def test_attack_rates_leave_out_of_the_apcer_what_was_not_classified() -> None:
    found = attack_rates(attacks(PASSED, CUT, CUT, DARK, UNREADABLE))
    assert found.apcer == rate(1, 3)
    assert found.passed == rate(1, 5)
    assert found.apnrr == rate(2, 5)
    assert found.iapar == rate(1, 5)
    assert found.referred == rate(1, 5)


def test_what_has_no_reference_does_not_count_for_the_system() -> None:
    found = attack_rates([*attacks(PASSED, reference=None), *attacks(PASSED, CUT)])
    assert found.apcer == rate(2, 3)
    assert found.iapar == rate(1, 2)


def test_a_passed_attack_that_is_somebody_else_is_no_accept() -> None:
    assert attack_rates(attacks(judged(outcome="refuse"))).iapar == rate(0, 1)


def test_bona_fide_rates() -> None:
    found = bona_fide_rates(genuine(PASSED, PASSED, CUT, DARK, judged(fault="too-late", outcome="refuse"), UNREADABLE))
    assert found.bpcer == rate(2, 4)
    assert found.held_up == rate(4, 6)
    assert found.bpnrr == rate(2, 6)
    assert found.frr == rate(4, 6)
    assert (found.refused, found.referred) == (rate(2, 6), rate(1, 6))


def test_riapar_is_the_sum_and_unknown_without_trials() -> None:
    assert riapar(rate(1, 10), rate(1, 20)) == pytest.approx(0.15)
    assert riapar(rate(0, 0), rate(1, 20)) is None


def test_the_worst_species_is_named_for_each_kind() -> None:
    some = [
        *attacks(PASSED, CUT, species="print"),
        *attacks(PASSED, species="replay"),
        *attacks(CUT, species="loop", kind="manipulated"),
        *attacks(*[CUT] * 5, species="cut", kind="manipulated"),
        *attacks(DARK, species="dark", kind="unanswered"),
    ]
    rates = {key: attack_rates(group) for key, group in by_species(some).items()}
    assert worst(rates) == {"presentation": "replay", "manipulated": "loop"}


@given(anything_attempted())
def test_rates_agree_with_counting(some: list[Attempt]) -> None:
    for group in by_species(some).values():
        passed = sum(one.judged.pad is not None and one.judged.pad.decision == "bona-fide" for one in group)
        found = attack_rates(group)
        assert found.passed.errors == found.apcer.errors == passed
        assert found.apcer.trials + found.apnrr.errors == len(group)
    people = of(some, Label.BONA_FIDE)
    found_people = bona_fide_rates(people)
    assert found_people.held_up.errors == found_people.bpcer.errors + found_people.bpnrr.errors
    assert found_people.bpcer.trials + found_people.bpnrr.errors == len(people)
    assert found_people.refused.errors + found_people.referred.errors <= found_people.frr.errors
