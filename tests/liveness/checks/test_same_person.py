from collections.abc import Sequence

import numpy as np
import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.same_person import MOST_APART, check, weakest_link
from simreg.liveness.evidence import TimedTemplate
from synthetic.observed import evidence

A, B = np.eye(2, 8, dtype=np.float32)


def like(share: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A template that is similar to A by ``share`` and to B by nothing."""
    rest = np.eye(8, dtype=np.float32)[7]
    return np.asarray(share * A + np.sqrt(1 - share**2) * rest, np.float32)


def timed(*rows: tuple[float, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]) -> Sequence[TimedTemplate]:
    return [TimedTemplate(0.6 * index, yaw, template) for index, (yaw, template) in enumerate(rows)]


def test_one_person_passes() -> None:
    assert passed(check, evidence([], templates=timed((0, A), (30, like(0.8)), (0, like(0.9))))).value == pytest.approx(
        0.8
    )


@pytest.mark.parametrize(
    "rows",
    [
        [(0, A), (0, A), (0, B), (0, B)],
        [(0, A), (0, B), (0, A)],
        [(0, A), (40, A), (40, B), (0, B)],
        [(0, A), (-40, B)],
    ],
    ids=["half way", "for a moment", "while turned", "with the turn"],
)
def test_two_persons_fail(rows: list[tuple[float, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]]) -> None:
    failed(check, evidence([], templates=timed(*rows)), suspicious=True)


def test_a_turned_head_is_held_against_a_head_turned_alike() -> None:
    """A profile is little like the front; it is enough that a frame between is like both."""
    between, profile = like(0.6), np.asarray(like(0.6) * 0 + like(0.2), np.float32)
    assert float(A @ profile) < 0.4 < float(between @ profile)
    passed(check, evidence([], templates=timed((0, A), (20, between), (40, profile))))


def test_without_a_near_one_the_frame_before_counts() -> None:
    assert weakest_link(timed((0, A), (MOST_APART + 1, like(0.7)))) == pytest.approx(0.7)


def test_a_face_that_is_faded_over_into_another_fails() -> None:
    """The chain from A over the middle to B has no weak link; A and B are two persons."""
    middle = np.asarray((A + B) / np.sqrt(2), np.float32)
    failed(check, evidence([], templates=timed((0, A), (0, middle), (0, B))), suspicious=True)


@pytest.mark.parametrize("count", [0, 1])
def test_a_single_template_says_nothing(count: int) -> None:
    not_assessed(check, evidence([], templates=timed(*[(0.0, A)] * count)))
