"""The reviewer's queue, the evidence, and decisions by one or two."""

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest

from console.house import Browser, House, hidden, words
from service.desk import FRAMES, REFER
from simreg.console.evidence import passes_above
from simreg.liveness.types import CheckResult
from simreg.liveness.types import State as CheckState
from simreg.registration.types import Case, State

XSS = "<script>alert(1)</script>\"'>"
WHY = "Ears, moles and the line of the hair are the same."


def referred(house: House, profile: str = "keeps", **values: object) -> Case:
    return house.desk.attempted(house.desk.referenced(profile=profile, **values), REFER)


def at(case: Case) -> str:
    return f"/staff/review/{case.id}"


def decide(browser: Browser, case: Case, decision: str = "accept", reason: str = WHY) -> int:
    return browser.send(at(case), decision=decision, reason=reason).status_code


def now(house: House, case: Case) -> Case:
    return house.desk.registration.case(case.id)


def test_the_queue_has_what_waits_oldest_first_and_for_how_long(house: House) -> None:
    browser = house.as_("rex")
    assert "Nothing is waiting." in words(browser.get("/staff/review"))
    old = referred(house)
    house.desk.later(3 * 3600)
    new = referred(house, line="+8613800000002")
    house.desk.accepted(line="+8613800000003")
    house.desk.later(300)
    page = words(house.as_("rex").get("/staff/review"))
    assert page.index(old.folio) < page.index(new.folio)
    assert page.index("waiting for 3 hours") < page.index("waiting for 5 minutes")
    assert "+8613800000003" not in page
    assert house.desk.registration.looks(old.id) == []


def test_a_long_queue_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simreg.console.review.ON_A_PAGE", 1)
    one, two = referred(house), referred(house, line="+8613800000002")
    first = house.as_("rex").get("/staff/review")
    assert (one.folio in first.text, two.folio in first.text) == (True, False)
    more = first.text.split('href="/staff/review?cursor=')[1].split('"')[0]
    second = house.as_("rex").get(f"/staff/review?cursor={more}")
    assert (one.folio in second.text, two.folio in second.text) == (False, True)
    assert house.as_("rex").get("/staff/review?cursor=x").status_code == 422


def test_a_case_is_shown_with_everything_that_helps(house: House) -> None:
    case = referred(house)
    answer = house.as_("rex").get(at(case))
    shown = words(answer)
    for said in (
        case.line,
        case.folio,
        "The face is nearly, but not clearly, like the document's portrait.",
        "above the threshold: match",
        "Turn left done",
        "Time to begin each movement: 0.9 s, 1.2 s, 0.7 s.",
        "Nobody else in the picture Passed",
        "at most 0.15",
        "Yaw, degrees",
        "Portrait on the document",
        "Live frame 2 of 2",
    ):
        assert said in shown, said
    assert '<path class="curve"' in answer.text
    assert [look.actor for look in house.desk.registration.looks(case.id)] == [house.actor("rex")]


def test_the_reviewer_is_told_what_speaks_for_an_attack(house: House) -> None:
    bad = CheckResult("not-flat", CheckState.FAILED, 0.1, 0.5, "", above=True, suspicious=True)
    poor = replace(bad, name="light", suspicious=False)
    result = replace(REFER, liveness=replace(REFER.liveness, checks=(bad, poor)))
    case = house.desk.attempted(house.desk.referenced(profile="keeps", channel="shop"), result)
    page = house.as_("rex").get(at(case))
    assert words(page).count("speaks for an attack") == 1
    assert words(page).count("at least 0.5") == 2


def test_no_comparison_score_is_on_the_page(house: House) -> None:
    case = referred(house)
    page = house.as_("rex").get(at(case)).text
    assert str(REFER.comparison.similarity)[:6] not in page
    kept = house.desk.registration.attempts(case.id)[-1].result
    assert "similarity" not in json.dumps(kept)


def test_pictures_are_for_reviewers_and_every_look_is_written_down(house: House) -> None:
    case, browser = referred(house), house.as_("rex")
    reference = browser.get(f"{at(case)}/reference")
    assert reference.headers["content-type"] == "image/jpeg"
    assert reference.headers["cache-control"] == "no-store"
    assert cv2.imdecode(np.frombuffer(reference.content, np.uint8), cv2.IMREAD_COLOR) is not None
    assert [browser.get(f"{at(case)}/frames/{number}").content for number in (1, 2)] == list(FRAMES[:2])
    looks = house.desk.registration.looks(case.id)
    assert [look.actor for look in looks] == [house.actor("rex")] * 3
    for number in ("0", "3", "-1", "x", "²", "01", "9" * 30):
        assert browser.get(f"{at(case)}/frames/{number}").status_code == 404


def test_pictures_go_when_their_time_is_over(house: House) -> None:
    case, browser = referred(house), house.as_("rex")
    house.desk.later(600)
    shown = words(browser.get(at(case)))
    assert "No frames are kept any more: the rules give them 10 minutes." in shown
    assert "The document’s portrait is no longer kept." in shown
    assert "<img" not in browser.get(at(case)).text
    assert [browser.get(f"{at(case)}/{one}").status_code for one in ("reference", "frames/1")] == [404, 404]


def test_where_the_rules_keep_no_frames_the_page_says_so(house: House) -> None:
    assert "These rules keep no frames" in words(house.as_("rex").get(at(referred(house, "test"))))


def test_pictures_of_a_case_that_is_not_referred_are_not_shown(house: House) -> None:
    case, browser = house.desk.referenced(profile="keeps"), house.as_("rex")
    assert browser.get(f"{at(case)}/reference").status_code == 409
    assert "no longer waits for a review" in words(browser.get(at(case)))
    assert house.desk.registration.looks(case.id) == []


@pytest.mark.parametrize(("decision", "state"), [("accept", State.ACCEPTED), ("refuse", State.REFUSED)])
def test_one_reviewer_decides_with_a_reason(decision: str, state: State, house: House) -> None:
    case, browser = referred(house), house.as_("rex")
    answer = browser.send(at(case), decision=decision, reason=f"  {WHY} ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/review")
    after = now(house, case)
    assert after.state is state
    assert [(one.reviewer, one.reason) for one in after.reviews] == [(house.actor("rex"), WHY)]
    shown = words(browser.get(at(case)))
    assert "This case no longer waits for a review" in shown
    assert f"rex: {'accepted' if decision == 'accept' else 'refused'}" in shown
    assert WHY in shown
    assert browser.get(f"{at(case)}/frames/1").status_code == 409


def test_without_a_reason_nothing_is_decided(house: House) -> None:
    case, browser = referred(house), house.as_("rex")
    for reason, problem in (("  \n ", "text-length"), ("x" * 501, "text-length"), ("a\0b", "text-invisible")):
        answer = browser.send(at(case), decision="accept", reason=reason)
        assert (answer.status_code, f'data-problem="{problem}"' in answer.text) == (422, True)
    answer = browser.send(at(case), reason=WHY)
    assert (answer.status_code, 'data-problem="text-code"' in answer.text) == (422, True)
    assert WHY in answer.text  # what was written is not lost
    assert now(house, case) == case


def test_two_reviewers_are_two_persons_and_the_second_is_not_led(house: House) -> None:
    case, rex, sam = referred(house, risk=0.9), house.as_("rex"), house.as_("sam")
    assert "Two reviewers decide about this case." in words(rex.get(at(case)))
    again = hidden(rex.get(at(case)).text, at(case))
    assert decide(rex, case) == 303
    assert now(house, case).state is State.REFERRED
    shown = words(rex.get(at(case)))
    assert "Another reviewer must look at this case too. It cannot be you." in shown
    assert rex.get(f"{at(case)}/frames/1").status_code == 409
    assert "You have looked at it; another reviewer must too" in words(rex.get("/staff/review"))
    answer = rex.post(
        at(case), again | {"version": str(now(house, case).version), "decision": "accept", "reason": "more"}
    )
    assert (answer.status_code, 'data-problem="reviewer-again"' in answer.text) == (409, True)
    second = words(sam.get(at(case)))
    assert "One reviewer has decided already." in second
    assert WHY not in second
    assert decide(sam, case, reason="Also to me.") == 303
    assert now(house, case).state is State.ACCEPTED
    assert "sam: accepted" in words(rex.get(at(case)))


def test_if_one_of_two_refuses_the_case_is_refused(house: House) -> None:
    case = referred(house, risk=0.9)
    decide(house.as_("rex"), case)
    house.desk.later(7200)
    assert "waiting for 2 hours" in words(house.as_("sam").get("/staff/review"))  # not only since the first review
    decide(house.as_("sam"), case, "refuse")
    assert now(house, case).state is State.REFUSED


def test_who_comes_second_is_told_plainly_and_overwrites_nothing(house: House) -> None:
    case, rex, sam = referred(house), house.as_("rex"), house.as_("sam")
    page = hidden(sam.get(at(case)).text, at(case))
    assert decide(rex, case) == 303
    before = now(house, case)
    answer = sam.post(at(case), page | {"decision": "refuse", "reason": "I saw it otherwise."})
    assert answer.status_code == 409
    shown = words(answer)
    assert "Somebody else was first: the case has changed since you opened it." in shown
    assert "Nothing that you sent was done." in shown
    assert "rex: accepted" in shown
    assert now(house, case) == before


def test_of_two_who_review_at_once_the_slower_may_still_decide_as_the_second(house: House) -> None:
    case, rex, sam = referred(house, risk=0.9), house.as_("rex"), house.as_("sam")
    page = hidden(sam.get(at(case)).text, at(case))
    decide(rex, case)
    answer = sam.post(at(case), page | {"decision": "accept", "reason": "My own words."})
    assert (answer.status_code, "My own words." in answer.text) == (409, True)
    assert "One reviewer has decided already." in words(answer)
    assert decide(sam, case) == 303


def test_a_case_that_went_another_way_is_told(house: House) -> None:
    case, rex = referred(house), house.as_("rex")
    page = hidden(rex.get(at(case)).text, at(case))
    house.desk.registration.withdraw(case.id, "subscriber")
    answer = rex.post(at(case), page | {"decision": "accept", "reason": WHY})
    assert answer.status_code == 409
    assert "It is now: withdrawn." in words(answer)
    assert "<img" not in answer.text


def test_what_reviewers_wrote_stays_text(house: House) -> None:
    case, rex = referred(house), house.as_("rex")
    assert "<script>alert" not in rex.send(at(case), decision="later", reason=XSS).text
    decide(rex, case, reason=XSS)
    page = rex.get(at(case)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_reasons_and_checks_are_told_in_chinese(house: House) -> None:
    shown = words(house.as_("rex").get(f"{at(referred(house))}?language=zh"))
    assert "面部与证件照片接近，但不够明确。" in shown
    assert "画面中无他人 通过" in shown
    assert "至多 0.15" in shown


@pytest.mark.parametrize(
    ("state", "value", "limit", "above"),
    [
        (CheckState.PASSED, 1.0, 0.9, True),
        (CheckState.FAILED, 0.5, 0.9, True),
        (CheckState.PASSED, 0.0, 0.15, False),
        (CheckState.FAILED, 0.5, 0.15, False),
        (CheckState.PASSED, 0.9, 0.9, None),
        (CheckState.NOT_ASSESSED, 0.5, 0.9, None),
        (CheckState.PASSED, None, 0.9, None),
        (CheckState.PASSED, 0.5, None, None),
    ],
)
def test_the_side_of_a_limit_is_what_the_outcome_tells(
    state: CheckState, value: float | None, limit: float | None, above: bool | None
) -> None:
    assert passes_above(state, value, limit) is above
