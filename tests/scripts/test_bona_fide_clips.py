"""What the script takes out of a clip: windows by the clock, movements from elsewhere."""

import importlib
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from simreg.capture.frame import Frame
from simreg.liveness.types import Action

A = Action
SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    sys.path.insert(0, str(SCRIPTS))
    try:
        return importlib.import_module("bona_fide_clips")
    finally:
        sys.path.remove(str(SCRIPTS))


@pytest.mark.parametrize(
    ("closures", "found"),
    [
        ("", []),
        ("30-33", [A.BLINK]),
        ("30-30", []),
        ("30-50", []),
        ("30-70", [A.CLOSE_EYES]),
        ("60-63 30-70", [A.CLOSE_EYES, A.BLINK]),
    ],
)
def test_a_closure_is_a_blink_closed_eyes_or_neither_by_its_length(
    script: ModuleType, closures: str, found: list[Action]
) -> None:
    assert [one.action for one in script.movements("somebody", closures, 25.0)] == found


@pytest.mark.parametrize(("duration", "count"), [(3.0, 1), (9.0, 1), (11.5, 2), (14.0, 2), (53.4, 8)])
def test_windows_cover_the_clip_without_a_gap(script: ModuleType, duration: float, count: int) -> None:
    found = script.windows("somebody", duration, 25.0)
    assert len(found) == count
    assert (found[0][0], found[-1][1]) == (0.0, duration)
    assert all(a[1] == b[0] for a, b in pairwise(found))
    assert all(end - start >= min(duration, script.LEAST_S) for start, end in found)


def test_a_window_without_a_movement_is_left_out_and_no_movement_is_asked_for_twice_in_a_row(script: ModuleType) -> None:
    found = script.segments("somebody", "5-7 50-53 80-83 100-150 400-403", 21.0, 25.0)
    assert [(one.start_s, one.challenge) for one in found] == [(0.0, (A.BLINK, A.CLOSE_EYES)), (14.0, (A.BLINK,))]


def test_a_window_that_begins_with_shut_eyes_is_left_out(script: ModuleType) -> None:
    assert script.segments("somebody", "0-60 100-103", 7.0, 25.0) == []


def test_a_camera_of_fewer_frames_takes_them_evenly(script: ModuleType) -> None:
    frames = [Frame(index, index / 30, np.zeros((2, 2, 3), np.uint8)) for index in range(90)]
    taken = list(script.every(frames, 15.0))
    assert len(taken) == 45
    assert {b.index - a.index for a, b in pairwise(taken)} == {2}


def test_dim_light_and_a_hand_change_every_frame_but_not_its_size(script: ModuleType) -> None:
    image = np.full((48, 64, 3), 200, np.uint8)
    image[:, :32] = 20
    assert script.dim(image, 1).shape == image.shape
    assert 0.4 * image.mean() < script.dim(image, 1).mean() < 0.6 * image.mean()
    assert (script.dim(image, 1) != script.dim(image, 2)).any()
    assert script.shaken(image, 0.5).shape == image.shape
    assert (script.shaken(image, 0.5) != script.shaken(image, 0.6)).any()
