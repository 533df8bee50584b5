import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from evaluation.pad.made_up import CUT, DARK, PASSED, UNREADABLE, anything_attempted, presentation, record
from simreg.evaluation.pad.page import MOST_SHOWN, render_pad
from simreg.evaluation.pad.summary import summary
from simreg.evaluation.pad.table import as_csv
from simreg.evaluation.pad.types import Attempt, Label
from simreg.evaluation.pad.words import percent, told
from synthetic.attempt import follows, plain
from synthetic.engine import synthetic_engine
from synthetic.script import film

FILMED = replace(PASSED, pad=plain().liveness, seconds=8.0)
SOME = [
    *(Attempt(presentation(species="<b>print"), one) for one in (FILMED, CUT, DARK, UNREADABLE)),
    *(Attempt(presentation(species="loop", kind="manipulated"), CUT) for _ in range(3)),
    *(Attempt(presentation(Label.BONA_FIDE, conditions=("dim",), subject="anna"), one) for one in (PASSED, DARK)),
    Attempt(presentation(Label.BONA_FIDE, subject="bert"), PASSED),
]


class Page(HTMLParser):
    """Elements with what they point at, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(" ".join(data.split()))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def test_the_summary_holds_rates_with_intervals_and_names_the_worst() -> None:
    figures = summary(SOME, synthetic_engine())
    assert figures["worst"] == {"presentation": "<b>print", "manipulated": "loop"}
    loop, printed = figures["attacks"]
    assert loop["apcer"] == {"errors": 0, "trials": 3, "rate": 0.0, "interval": [0.0, pytest.approx(0.7076, abs=1e-4)]}
    assert (printed["apcer"]["errors"], printed["apcer"]["trials"], printed["apnrr"]["errors"]) == (1, 2, 2)
    assert printed["riapar"] == {"rate": pytest.approx(1 / 4 + 1 / 3, abs=1e-5), "at_most": 1.0}
    assert figures["bona_fide"]["subjects"] == 2
    assert figures["bona_fide"]["subjects_held_up"] == 1
    assert figures["by_condition"]["dim"]["held_up"]["trials"] == 2
    assert figures["by_condition"]["none"]["held_up"]["trials"] == 1
    assert figures["errors"] == {"file-missing": 1}
    assert figures["outcomes"]["attack"] == {"accept": 1, "refer": 1, "refuse": 4, "unreadable": 1, "liveness-only": 0}
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures


def test_the_gain_of_a_check_is_in_the_summary() -> None:
    checks = {check["name"]: check for check in summary(SOME, synthetic_engine())["checks"]}
    assert (checks["light"]["left_out"]["bona_fide_freed"], checks["light"]["left_out"]["attacks_let_in"]) == (1, 1)
    assert checks["continuity"]["left_out"]["attacks_let_in"] == 4
    assert checks["continuity"]["attacks"][0]["alone"] == 3


@pytest.mark.parametrize(
    ("counted", "text"),
    [
        ((0, 0, None, [0.0, 1.0]), "none to tell from"),
        ((0, 10, 0.0, [0.0, 0.3085]), "at most 30.9 % (0 of 10)"),
        ((10, 10, 1.0, [0.6913, 1.0]), "at least 69.1 % (10 of 10)"),
        ((5, 10, 0.5, [0.1871, 0.8129]), "50.0 % [18.7, 81.3] (5 of 10)"),
    ],
)
def test_what_the_number_cannot_support_is_a_bound(
    counted: tuple[int, int, float | None, list[float]], text: str
) -> None:
    assert percent(dict(zip(("errors", "trials", "rate", "interval"), counted, strict=True))) == text


def test_the_words_name_the_worst_species_of_each_kind() -> None:
    said = told(summary(SOME, synthetic_engine()))
    assert "presentation: worst species <b>print" in said
    assert "BPCER" in said


def test_the_page_is_whole_and_escapes_what_lists_say() -> None:
    text = render_pad(summary(SOME, synthetic_engine()), SOME)
    page = Page(text)
    assert "<b>print" not in text
    assert not any(name in ("script", "link", "img", "iframe") for name, _ in page.elements)
    addresses = [value for _, found in page.elements for key, value in found.items() if key in ("src", "href")]
    assert addresses == []
    assert page.count("details") == 2
    assert any('class="curves"' in line for line in text.splitlines())
    assert "Attacks that passed: 1" in page.text


@pytest.mark.parametrize("label", list(Label))
def test_attacks_alone_and_people_alone_make_a_page_too(label: Label) -> None:
    some = [one for one in SOME if one.presentation.label is label]
    figures = summary(some, synthetic_engine())
    assert told(figures)
    assert Page(render_pad(figures, some)).count("section") > 3


def test_many_failures_are_shown_from_each_species_in_turn() -> None:
    some = [Attempt(presentation(species=name), PASSED) for name in ["print"] * (MOST_SHOWN + 5) + ["replay"]]
    page = Page(render_pad(summary(some, synthetic_engine()), some))
    assert page.count("details") == MOST_SHOWN
    assert "replay" in page.text


def test_pictures_are_there_only_where_they_were_asked_for(tmp_path: Path) -> None:
    clip = record(tmp_path / "a.mp4", film(follows()[:20]))
    some = [Attempt(presentation(file=clip), FILMED)]
    figures = summary(some, synthetic_engine())
    assert "data:image" not in render_pad(figures, some)
    shown = Page(render_pad(figures, some, with_images=True))
    assert shown.count("img") == 8


def test_a_recording_that_has_gone_is_shown_without_pictures(tmp_path: Path) -> None:
    some = [Attempt(presentation(file=tmp_path / "gone.mp4"), FILMED)]
    assert Page(render_pad(summary(some, synthetic_engine()), some, with_images=True)).count("img") == 0


def test_the_table_has_a_row_for_each_presentation_with_every_check() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(SOME))))
    assert len(rows) == len(SOME)
    assert rows[1]["continuity"] == "failed"
    assert rows[1]["in_the_way"] == "continuity"
    assert (rows[3]["response"], rows[3]["error"], rows[3]["continuity"]) == ("non-response", "file-missing", "")
    assert rows[0]["response"] == "bona-fide"
    assert rows[0]["seen"].startswith("turn-left@")


@settings(max_examples=20)
@given(anything_attempted().filter(bool))
def test_any_attempts_make_a_table_a_summary_and_a_page(some: list[Attempt]) -> None:
    figures = summary(some, synthetic_engine())
    assert len(list(csv.DictReader(io.StringIO(as_csv(some))))) == len(some)
    assert json.dumps(figures, allow_nan=False)
    assert told(figures)
    assert Page(render_pad(figures, some)).count("table") >= 3
