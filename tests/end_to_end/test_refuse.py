"""Who is not the holder of the document, or does not do what is asked, gets no line."""

from dataclasses import replace

import pytest

from end_to_end.actor import ANN, Actor
from end_to_end.conftest import Film, Windows
from end_to_end.house import House
from end_to_end.stage import Stage

pytestmark = [pytest.mark.weights, pytest.mark.material]

CANNOT_TURN = replace(ANN, actions={name: ANN.actions[name] for name in ("look-up", "look-down", "close-eyes")})


def test_the_document_is_somebody_elses(house: House, phone: Windows, somebody_else: bytes) -> None:
    case, link = house.referenced(somebody_else, profile="once")
    who = phone()
    who.opens(link)
    who.begins(ANN)
    who.sees("refused", 60)
    who.looks_right("refused")
    assert who.reasons()[0] == "non-match"
    assert who.page.read("#folio")
    told = house.result(case)
    assert told["state"] == "refused"
    checks = {one["name"]: one["state"] for one in told["attempts"][0]["result"]["liveness"]["checks"]}
    assert (checks["passive-pad"], checks["same-person"]) == ("passed", "passed"), "a living person, but another one"


def test_a_film_that_does_not_heed_the_prompts(
    house: House, phone: Windows, stage: Stage, ann: Film, portrait: bytes
) -> None:
    case, link = house.referenced(portrait)
    stage.enter(Actor(ANN, ann, wilful="turn-right"))
    who = phone()
    who.opens(link)
    who.begins(CANNOT_TURN)
    who.sees("again", 60)
    who.looks_right("again")
    # which of the two depends on what was asked when the film turned
    assert who.reasons()[0] in {"challenge-wrong-action", "challenge-action-missing"}
    assert house.result(case)["state"] == "referenced"
    stage.enter(Actor(ANN, ann))
    who.page.click("#begin")
    who.sees("accepted", 60)
    assert [one["outcome"] for one in house.result(case)["attempts"]] == ["failed", "accepted"]


def test_somebody_who_does_nothing(house: House, phone: Windows, stage: Stage, ann: Film, portrait: bytes) -> None:
    case, link = house.referenced(portrait, profile="hurried")
    stage.enter(Actor(ANN, ann, wilful="nothing"))
    who = phone()
    who.opens(link)
    who.begins(ANN)
    who.sees("again", 60)
    assert "challenge-action-missing" in who.reasons()
    assert house.result(case)["attempts"][0]["outcome"] == "failed"


def test_nobody_is_there(house: House, phone: Windows, stage: Stage, ann: Film, portrait: bytes) -> None:
    _, link = house.referenced(portrait, profile="hurried")
    stage.enter(Actor(ANN, ann, light=0))
    who = phone()
    who.opens(link)
    who.begins(ANN)
    who.page.shows('portrait-capture[data-guidance="no-face"]')
    who.looks_right("no-face")
    who.sees("again", 60)
    assert who.reasons()[0] == "capture-no-face"
