"""What every presentation attack keeps to, on takes of synthetic subjects."""

import math
from functools import cache
from itertools import islice

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.attacks.manipulated.staged import A, apart, attacker, made, nobody, take
from simreg.capture.frame import Frame
from simreg.evaluation.attacks.presentation import SPECIES
from simreg.evaluation.attacks.presentation.camera import HEIGHT, WIDTH
from simreg.evaluation.attacks.presentation.replay import Replay
from simreg.evaluation.attacks.presentation.sheet import FLAT, view
from simreg.evaluation.attacks.presentation.stage import texture_pixels
from simreg.evaluation.attacks.types import Kind, Species

NEED_OTHERS = {"print-eye-holes", "cut-out-mask"}
SHORT = (A.BLINK,)


@cache
def filmed(name: str, seed: int = 5) -> tuple[Frame, ...]:
    return tuple(made(by_name(name), take(SHORT), [attacker(SHORT)], seed))


def begun(name: str, seed: int) -> list[Frame]:
    """The first eight frames."""
    frames = by_name(name).make(take(SHORT), [attacker(SHORT)], np.random.default_rng(seed))
    assert frames is not None
    return list(islice(frames, 8))


def by_name(name: str) -> Species:
    return next(species for species in SPECIES if species.name == name)


every = pytest.mark.parametrize("name", [species.name for species in SPECIES])


@every
def test_frames_are_numbered_and_even(name: str) -> None:
    frames = filmed(name)
    assert len(frames) >= 30
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert [frame.time_s for frame in frames] == pytest.approx([i / 15 for i in range(len(frames))])
    assert {frame.image.shape for frame in frames} in ({(480, 640, 3)}, {take(SHORT).frames[0].image.shape})
    assert {frame.image.dtype for frame in frames} == {np.dtype(np.uint8)}


@every
def test_the_same_chance_makes_the_same_pixels_and_another_one_others(name: str) -> None:
    again, other = begun(name, 5), begun(name, 6)
    assert all((a.image == b.image).all() for a, b in zip(filmed(name), again, strict=False))
    assert apart(again[-1].image, other[-1].image) > 2


@every
def test_no_frame_comes_twice_and_none_is_empty(name: str) -> None:
    frames = filmed(name)
    assert len({frame.image.tobytes() for frame in frames}) == len(frames)
    for frame in frames[::10]:
        assert 30 < frame.image.mean() < 220
        assert frame.image.std() > 10


@every
def test_nothing_is_made_of_a_take_without_a_face(name: str) -> None:
    assert by_name(name).make(nobody(), [attacker(SHORT)], np.random.default_rng(1)) is None


@pytest.mark.parametrize("name", sorted(NEED_OTHERS))
def test_live_eyes_need_somebody_else(name: str) -> None:
    assert by_name(name).make(take(SHORT), [], np.random.default_rng(1)) is None
    assert by_name(name).make(take(SHORT), [nobody()], np.random.default_rng(1)) is None


@every
def test_it_says_what_it_is(name: str) -> None:
    species = by_name(name)
    assert species.kind is Kind.PRESENTATION
    assert species.imitates.endswith(".")
    assert species.leaves_out.endswith(".")


def moved(name: str) -> float:
    """Largest shift of the middle of the picture over the film, in pixels of a quarter of its size."""
    small = [cv2.resize(f.image[120:360, 160:480], (80, 60)).mean(axis=2).astype(np.float32) for f in filmed(name)]
    shifts = [cv2.phaseCorrelate(small[10], one)[0] for one in small[10:]]
    return max(math.hypot(shift[0], shift[1]) for shift in shifts)


def test_a_print_that_is_moved_moves_more_than_one_held_still() -> None:
    assert moved("print-moved") > 1.5 * moved("print-still")


@pytest.mark.parametrize("name", ["replay-phone", "replay-monitor"])
def test_the_edge_of_a_screen_is_in_sight_or_not(name: str) -> None:
    for near, in_sight in (("", True), ("-close", False)):
        covered = _covered(by_name(name + near))
        assert bool(covered.min() == 0) is in_sight
        assert covered.mean() > 0.3


def _covered(species: Species) -> NDArray[np.uint8]:
    """Where in the picture the lit part of a screen is seen, as little as at any time of a film."""
    assert isinstance(species, Replay)
    chance = np.random.default_rng(8)
    device = species.device(take(SHORT), chance)
    assert device is not None
    hand = species.hand(device, take(SHORT), chance)
    views = [view(hand(time_s), FLAT, WIDTH, HEIGHT) for time_s in (0, 0.7, 1.4, 2.1)]
    seen = [cv2.remap(device.glass, *texture_pixels(device.card, one), cv2.INTER_LINEAR) for one in views]
    return np.asarray(np.min(seen, axis=0), np.uint8)
