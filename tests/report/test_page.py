import re
from dataclasses import replace

import numpy as np
import pytest

from simreg.decision.types import Decision, Outcome, Reason
from simreg.liveness.types import Action, ActionResult, CheckResult, PadDecision, State
from simreg.report.page import render_report
from simreg.result import ModelUse, Pictures, VerificationResult

from .parsed import Element, parse
from .sample import referred_result, refused_result, sample_result

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&{{ 7*7 }}"
RESULTS = [sample_result(), referred_result(), refused_result()]


def page(result: VerificationResult, **options: object) -> Element:
    return parse(render_report(result, **options))  # type: ignore[arg-type]


def blind(result: VerificationResult) -> VerificationResult:
    """The attempt with no face in any frame and nothing assessed."""
    liveness = replace(
        result.liveness,
        decision=PadDecision.NOT_ASSESSED,
        actions=(ActionResult(Action.BLINK, False, None, None),),
        seen=(),
        checks=(),
        curves=(),
        fault="action-missing",
    )
    reference = replace(result.reference, problem="reference-no-face", face_box=None, quality=None, eye_distance=None)
    comparison = replace(result.comparison, similarity=None, probes=0)
    decision = Decision(Outcome.REFUSE, ())
    return replace(
        result, decision=decision, liveness=liveness, reference=reference, comparison=comparison, models=(), timing_ms={}
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("result", [*RESULTS, blind(sample_result())])
def test_a_page_is_whole_and_has_one_of_each_landmark(result: VerificationResult, language: str) -> None:
    root = page(result, language=language)
    assert root.one("html").attributes["lang"] == language
    for name in ("head", "body", "header", "main", "footer", "h1", "title", "style"):
        root.one(name)
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for section in root.all("section"):
        root.one("h2", id=section.attributes["aria-labelledby"])
    assert "None" not in root.one("body").words


@pytest.mark.parametrize(
    ("result", "word", "icon"),
    [
        (RESULTS[0], "Accepted", "accept"),
        (RESULTS[1], "Referred to a person", "refer"),
        (RESULTS[2], "Refused", "refuse"),
    ],
)
def test_the_outcome_is_said_in_words_with_a_sign_and_its_reasons(
    result: VerificationResult, word: str, icon: str
) -> None:
    root = page(result)
    outcome = root.one("section", class_="outcome")
    assert outcome.one("h2").words == f"Outcome: {word}"
    assert outcome.one("h2").all("svg", class_="icon")
    assert word in root.one("title").words
    for reason in result.decision.reasons:
        assert reason.text in outcome.words
        assert reason.code in outcome.words
        assert not reason.remedy or f"What to do next: {reason.remedy}" in outcome.words


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = render_report(replace(refused_result(), pictures=_pictures()))
    root = parse(text)
    policy = root.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not re.search(r"https?:|//\w|@import|@font-face", text.replace(policy, ""))
    assert all(address.startswith("#") for address in re.findall(r"url\(([^)]*)\)", text))
    for element in root.all():
        assert element.name not in {"script", "link", "iframe", "object", "embed", "form", "a", "base"}
        assert not {name for name in element.attributes if name.startswith("on") or name in {"href", "xlink:href"}}
        assert element.attributes.get("src", "data:image/jpeg;base64,").startswith("data:image/jpeg;base64,")


def test_what_the_result_holds_is_text_and_never_markup() -> None:
    result = sample_result()
    check = CheckResult(HOSTILE, State.FAILED, 0.1, 0.2, HOSTILE)
    threshold = replace(result.comparison.threshold, recogniser=HOSTILE, data_set=HOSTILE, source=HOSTILE, date=HOSTILE)
    hostile = replace(
        result,
        decision=Decision(Outcome.REFUSE, (Reason(HOSTILE, HOSTILE, HOSTILE),)),
        liveness=replace(result.liveness, checks=(check,), fault=HOSTILE),
        comparison=replace(result.comparison, text=HOSTILE, threshold=threshold),
        reference=replace(result.reference, problem=HOSTILE),
        capture=replace(result.capture, codec=HOSTILE, container=HOSTILE),
        models=(ModelUse(HOSTILE, HOSTILE, HOSTILE),),
        timing_ms={HOSTILE: 1.0},
        version=HOSTILE,
    )
    text = render_report(hostile, title=HOSTILE, notes=(HOSTILE,))
    root = parse(text)
    assert root.all("script") == []
    assert root.all("img") == []
    assert not [e for e in root.all() if any(name.startswith("on") for name in e.attributes)]
    assert text.count("{{ 7*7 }}") > 15
    assert "49" not in root.one("h1").words
    assert root.one("h1").words == " ".join(HOSTILE.split())


def _pictures() -> Pictures:
    image = np.full((300, 200, 3), 90, np.uint8)
    return Pictures(image, (image, image[:100]))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("result", RESULTS)
def test_without_pictures_there_is_no_picture(result: VerificationResult, language: str) -> None:
    text = render_report(result, language=language)
    assert "data:image" not in text
    assert parse(text).all("img") == []


def test_the_page_says_whether_it_holds_faces() -> None:
    assert "contains no face picture" in page(sample_result()).one("header").words
    root = page(replace(sample_result(), pictures=_pictures()))
    assert "contains face pictures" in root.one("header").words
    alts = [image.attributes["alt"] for image in root.all("img")]
    assert alts == ["Portrait of the document", "Live frame 1", "Live frame 2"]


def test_pictures_without_a_reference() -> None:
    root = page(replace(sample_result(), pictures=Pictures(None, ())))
    assert root.all("img") == []
    assert "contains no face picture" in root.one("header").words


def test_the_challenge_in_order_with_what_came_of_it() -> None:
    rows = page(refused_result()).one("table", class_="stacking").one("tbody").all("tr")
    assert [row.words for row in rows] == [
        "1 Turn left Done 0.93 s to 2.07 s yaw 40°",
        "2 Blink Not done when due – –",
        "3 Turn right Not done when due – –",
    ]
    assert "Turn right 4.40 s to 5.53 s yaw −43°" in page(refused_result()).one("ul", class_="unasked").words
    assert "The challenge was broken" in page(refused_result()).one("p", class_="fault").words


def test_one_action_and_none() -> None:
    result = sample_result()
    one = replace(result.liveness, challenge=(Action.BLINK,), actions=(result.liveness.actions[1],), seen=())
    root = page(replace(result, liveness=one))
    assert len(root.one("table", class_="stacking").one("tbody").all("tr")) == 1
    assert "Nothing else was seen." in root.one("main").words
    root = page(referred_result())
    assert root.all("table", class_="stacking") == []
    assert "No challenge was given" in root.one("main").words


def test_each_check_has_state_value_limit_and_sentence() -> None:
    rows = page(refused_result()).one("table", class_="checks").one("tbody").all("tr")
    assert len(rows) == len(refused_result().liveness.checks)
    (flat,) = (row for row in rows if row.words.startswith("Depth"))
    assert flat.words == (
        "Depth of the turning face The turning face was as flat as a print. "
        "Failed speaks for an attack 0.031 at least 0.075"
    )
    assert flat.one("svg", class_="gauge")
    (unknown,) = (row for row in page(sample_result()).all("tr") if "Not assessed" in row.words)
    assert "– at least 0.6" in unknown.words


def test_no_frame_with_a_face_is_said_plainly() -> None:
    root = page(blind(sample_result()))
    words = root.one("main").words
    assert root.all("svg", class_="curves") == []
    assert "There are no curves" in words
    assert "No checks were made." in words
    assert "Problem There is no portrait in the picture" in words


def test_the_figure_has_a_caption_and_a_table_for_those_who_cannot_see_it() -> None:
    (figure,) = page(sample_result()).all("figure")
    assert figure.one("figcaption").words
    assert figure.one("svg", class_="curves").attributes["role"] == "img"
    table = figure.one("div", class_="unseen").one("table")
    assert "Yaw, degrees −43° at 4.93 s +40° at 1.53 s" in table.words


def test_every_drawing_is_named_or_hidden() -> None:
    for svg in page(sample_result()).all("svg"):
        inner = svg.attributes.get("class") == "stretched"
        assert inner or svg.attributes.get("aria-hidden") == "true" or svg.attributes.get("aria-label")


def test_title_and_notes() -> None:
    root = page(sample_result(), title="A flat print", notes=("First.", "Second."))
    assert root.one("h1").words == "A flat print"
    assert [item.words for item in root.one("section", class_="notes").all("li")] == ["First.", "Second."]
    assert page(sample_result()).all("section", class_="notes") == []


def test_chinese_words() -> None:
    root = page(refused_result(), language="zh")
    assert root.one("section", class_="outcome").one("h2").words == "结果： 拒绝"
    assert "向左转头 完成 0.93 s 至 2.07 s 偏转 40°" in root.one("main").words


def test_the_same_result_gives_the_same_page() -> None:
    assert render_report(sample_result()) == render_report(sample_result())
