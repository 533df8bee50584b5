"""Captures in which there are two persons."""

from itertools import groupby, pairwise

import numpy as np
import pytest

from evaluation.attacks.manipulated.staged import apart, attacker, made, sources, take
from simreg.evaluation.attacks.manipulated.face_swapped import FaceSwapOverlay
from simreg.evaluation.attacks.manipulated.person_swapped import PersonSwapped
from simreg.evaluation.attacks.manipulated.two_faces import TwoFaces


def holders(frames: list[bool]) -> list[bool]:
    """Whether the holder is shown, stretch by stretch."""
    return [key for key, group in groupby(frames) if len(list(group)) >= 3]


@pytest.mark.parametrize("attacker_acts", [True, False])
def test_the_person_changes_twice(attacker_acts: bool) -> None:
    frames = made(PersonSwapped(attacker_acts=attacker_acts, fade=False))
    shown = [number is not None for number in sources(frames, take())]
    assert holders(shown) == ([True, False, True] if attacker_acts else [False, True, False])


def test_who_acts_shows_the_movements() -> None:
    subject = take()
    numbers = [n for n in sources(made(PersonSwapped(attacker_acts=False, fade=False)), subject) if n is not None]
    shown = {subject.frames[n].time_s for n in numbers}
    asked = [seen for seen in subject.seen if seen.action in subject.challenge]
    assert all(any(seen.start_s <= time_s <= seen.end_s for time_s in shown) for seen in asked)


def test_a_fade_is_softer_than_a_cut() -> None:
    hard, soft = (made(PersonSwapped(attacker_acts=True, fade=fade)) for fade in (False, True))
    largest = [max(apart(a.image, b.image) for a, b in pairwise(f)) for f in (hard, soft)]
    assert largest[1] < 0.6 * largest[0]


def test_the_attacker_comes_to_the_holders_place() -> None:
    frames = made(PersonSwapped(attacker_acts=True, fade=False), others=[attacker()])
    shown = [number is not None for number in sources(frames, take())]
    first = shown.index(False)
    eyes = [frames[i].image[100:120, 120:200].astype(float).min(axis=2) for i in (first - 1, first + 1)]
    dark = [np.argwhere(e < 60).mean(axis=0) for e in eyes]
    assert np.abs(dark[0] - dark[1]).max() < 6


def test_a_swapped_face_leaves_the_surroundings_alone() -> None:
    frames = made(FaceSwapOverlay())
    numbers = sources(frames, attacker())
    assert all(number is None for number in numbers), "the face must be another"
    start = frames[0].image
    known = [frame.image for frame in attacker().frames]
    nearest = min(known, key=lambda image: apart(image[:, :60], start[:, :60]))
    assert apart(nearest[:, :60], start[:, :60]) == 0
    assert apart(nearest[70:180, 120:200], start[70:180, 120:200]) > 2


@pytest.mark.parametrize("larger", [False, True])
def test_two_faces_are_as_far_apart_as_their_picture_allows(larger: bool) -> None:
    frames = made(TwoFaces(larger=larger))
    half = frames[0].image.shape[1] // 2
    still, moving = sorted(
        (part for part in (slice(0, half), slice(half, None))),
        key=lambda part: float(np.std([f.image[:, part].astype(np.float32)[::8, ::8] for f in frames], axis=0).mean()),
    )
    assert still != moving
    assert apart(frames[0].image[:, still], frames[-1].image[:, still]) < 25
