from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from simreg.liveness.types import Action, ActionResult, SeenAction
from simreg.report.axis import Scale
from simreg.report.bands import MOST_ROWS, NARROW, Band, bands, labels, text_width, unasked
from simreg.report.texts import CHINESE, ENGLISH, Texts

from .sample import UNASKED, sample_result

PAD = sample_result().liveness


def test_what_passed_is_not_also_unasked() -> None:
    assert unasked(PAD) == (UNASKED,)
    assert [band.passed for band in bands(PAD)] == [True, True, True, False]


def test_a_movement_in_the_wrong_place_is_unasked() -> None:
    missed = tuple(ActionResult(a.action, False, None, None) for a in PAD.actions)
    assert unasked(replace(PAD, actions=missed)) == PAD.seen


def test_the_same_action_at_another_time_is_unasked() -> None:
    turn = SeenAction(Action.TURN_LEFT, 6.0, 6.4)
    assert turn in unasked(replace(PAD, seen=(*PAD.seen, turn)))


marked = st.lists(
    st.builds(
        lambda action, start, length, passed: Band(action, start, min(start + length, 10), passed),
        st.sampled_from(list(Action)),
        st.floats(0, 10),
        st.floats(0, 3),
        st.booleans(),
    ),
    max_size=30,
)


@given(marked, st.sampled_from([ENGLISH, CHINESE]))
def test_labels_never_touch_or_leave_a_narrow_drawing(some: list[Band], texts: Texts) -> None:
    found = labels(some, Scale(0, 10), texts.actions)
    spans: list[tuple[int, float, float]] = []
    for label in found:
        width = text_width(label.text) / NARROW * 100
        left = label.place - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        assert left >= -1e-9
        assert left + width <= 100 + 1e-9
        assert label.row < MOST_ROWS
        assert not any(row == label.row and left < b - 1e-9 and a < left + width - 1e-9 for row, a, b in spans)
        spans.append((label.row, left, left + width))


def test_labels_of_what_passed_come_first() -> None:
    many = [Band(Action.BLINK, 5, 5.2, False)] * 30 + [Band(Action.TURN_LEFT, 5, 5.2, True)]
    found = labels(many, Scale(0, 10), ENGLISH.actions)
    assert (found[0].text, found[0].row) == ("Turn left", 0)
    assert len(found) == MOST_ROWS


def test_wide_letters_are_wide() -> None:
    assert text_width("眨眼") > text_width("ab")
