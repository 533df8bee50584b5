"""What the project's own networks see of a head made by code."""

import numpy as np
import pytest

from demo.made_up import Onlooker
from simreg.demo.head import HeadState
from simreg.demo.subject import Subject

pytestmark = pytest.mark.weights


@pytest.mark.parametrize(("yaw", "within"), [(-40, 9), (-30, 5), (-20, 3), (0, 3), (20, 3), (30, 5), (40, 9)])
def test_the_yaw_of_the_rendered_head_is_read(subject: Subject, onlooker: Onlooker, yaw: float, within: float) -> None:
    assert onlooker.see(subject.head.render(HeadState(yaw=yaw))).pose.yaw == pytest.approx(yaw, abs=within)


@pytest.mark.parametrize("pitch", [-20, 20])
def test_the_pitch_of_the_rendered_head_is_read(subject: Subject, onlooker: Onlooker, pitch: float) -> None:
    rest = onlooker.see(subject.head.render(HeadState())).pose.pitch
    assert onlooker.see(subject.head.render(HeadState(pitch=pitch))).pose.pitch - rest == pytest.approx(pitch, abs=5)


def test_shut_lids_are_seen_as_shut_eyes(subject: Subject, onlooker: Onlooker) -> None:
    wide = onlooker.see(subject.head.render(HeadState())).eyes
    shut = onlooker.see(subject.head.render(HeadState(eyes=0))).eyes
    assert shut.left < 0.45 * wide.left
    assert shut.right < 0.45 * wide.right


def test_an_open_mouth_is_seen(subject: Subject, onlooker: Onlooker) -> None:
    rest, wide = (onlooker.see(subject.head.render(HeadState(mouth=m))).mouth for m in (0, 1))
    assert wide > rest + 0.3


def test_the_rendered_head_has_the_size_it_is_given(subject: Subject, onlooker: Onlooker) -> None:
    near, far = (onlooker.see(subject.head.render(HeadState(scale=s))).width for s in (1.5, 1))
    assert far == pytest.approx(192, rel=0.1)
    assert near / far == pytest.approx(1.5, rel=0.06)


@pytest.mark.parametrize("yaw", [-50, -40, -30, 30, 40, 50])
def test_a_turned_print_stays_below_a_turn(subject: Subject, onlooker: Onlooker, yaw: float) -> None:
    assert abs(onlooker.see(subject.print.render(HeadState(yaw=yaw))).pose.yaw) < 20


def test_print_and_head_show_the_same_person_differently_turned(subject: Subject, onlooker: Onlooker) -> None:
    flat, round_ = (onlooker.see(h.render(HeadState(yaw=35))).pose.yaw for h in (subject.print, subject.head))
    assert round_ > np.abs(flat) + 15
