"""The networks' eyes and actions of rendered heads whose lids are exact, in every light.

Rendered lids are skin without a crease, drawn over the eye: shut ones read .2 to .4 where those of recordings read .0 to
.4. Limits stand clear of what was measured (docs/results/synthetic-truth-2026-11.csv).
"""

import numpy as np
import pytest

from simreg.demo.head import HeadState, Lamp
from simreg.liveness.actions.blink import SHUT
from simreg.liveness.types import Action
from truth.clock import Clock
from truth.moves import Move, blink, seen
from truth.rendered import REST, Onlooker, gap

pytestmark = pytest.mark.weights

BOTH = pytest.mark.parametrize("side", [0, 1], ids=["portrait", "mirror"])
SIDES = [(-80, 1.0), (-45, 0.62), (0, 0.4), (45, 0.5), (80, 1.0)]
"""Where a lamp stands that gives four fifths of the light, and the most that shut eyes read."""


@BOTH
@pytest.mark.parametrize("yaw", [-25, 0, 25])
def test_lids_read_as_open_as_they_are(onlookers: tuple[Onlooker, Onlooker], side: int, yaw: float) -> None:
    """In order, half open ones somewhat too open, and shut and open ones on their sides of what counts as shut."""
    levels = [onlookers[side].read(HeadState(eyes=opening, yaw=yaw)) for opening in (1.0, 0.8, 0.6, 0.0)]
    for eye in ("left_eye", "right_eye"):
        wide, less, half, shut = (getattr(one, eye) for one in levels)
        assert wide == pytest.approx(1, abs=0.09)
        assert less == pytest.approx(gap(0.8), abs=0.18)
        assert half == pytest.approx(gap(0.6), abs=0.35)
        assert wide > less > half > SHUT > 1.1 * shut
    assert levels[-1].eyes < 0.9 * SHUT


@BOTH
@pytest.mark.parametrize("yaw", [-15, 0, 15])
def test_a_wink_leaves_the_other_eye_open(onlookers: tuple[Onlooker, Onlooker], side: int, yaw: float) -> None:
    left, right = (onlookers[side].read(state) for state in (HeadState(yaw, left_eye=0), HeadState(yaw, right_eye=0)))
    assert left.left_eye < 0.6 < 0.85 < left.right_eye
    assert right.right_eye < 0.6 < 0.85 < right.left_eye


def test_both_eyes_are_read_alike_on_both_sides(onlookers: tuple[Onlooker, Onlooker]) -> None:
    here, there = onlookers
    pairs = [
        (here.read(HeadState(yaw, eyes=opening)), there.read(HeadState(-yaw, eyes=opening)))
        for opening in (0.8, 0.6, 0.5, 0.2, 0.0)
        for yaw in (-15, 0, 15)
    ]
    apart = np.array([(a.left_eye - b.right_eye, a.right_eye - b.left_eye) for a, b in pairs])
    assert np.abs(apart.mean(axis=0)).max() < 0.1
    assert np.sqrt(np.square(apart).mean()) < 0.16


@pytest.mark.parametrize(("mouth", "least", "most"), [(0.5, 0.15, 0.6), (1.0, 0.3, 1.1)])
def test_an_open_mouth_is_read_as_opened_so_far(onlooker: Onlooker, mouth: float, least: float, most: float) -> None:
    opened = onlooker.read(HeadState(mouth=mouth)).face.mouth - onlooker.rest.mouth
    assert least < opened < most


@pytest.mark.parametrize(("yaw", "shut"), SIDES)
def test_a_lamp_from_any_side_changes_little(onlooker: Onlooker, yaw: float, shut: float) -> None:
    """A grazing lamp hides the lids: shut eyes are then not told from open ones, which costs a blink and forges none."""
    head = onlooker.lit(Lamp(yaw))
    rest = onlooker.look(head.render(REST))
    for true in (-30.0, 30.0):
        assert onlooker.read(HeadState(yaw=true), head, rest).yaw == pytest.approx(true, abs=10 if abs(yaw) > 60 else 6)
    assert onlooker.read(HeadState(pitch=20), head, rest).pitch == pytest.approx(20, abs=4)
    assert onlooker.read(HeadState(eyes=0), head, rest).eyes < shut


@pytest.mark.parametrize(("light", "shut"), [(0.15, 0.9), (0.3, 0.7), (0.6, 0.48), (1.5, 0.48), (2.0, 0.75)])
def test_exposure_changes_little(onlooker: Onlooker, light: float, shut: float) -> None:
    """From a face of brightness 25 to one that is burnt out; in dim light shut lids are told less well from open ones."""
    rest = onlooker.look(onlooker.head.render(HeadState(light=light)))
    assert rest.brightness == pytest.approx(min(170 * light, 248), rel=0.12)
    for true in (-30.0, 30.0):
        assert onlooker.read(HeadState(yaw=true, light=light), rest=rest).yaw == pytest.approx(true, abs=5.5)
    assert onlooker.read(HeadState(pitch=20, light=light), rest=rest).pitch == pytest.approx(20, abs=4)
    assert onlooker.read(HeadState(eyes=0, light=light), rest=rest).eyes < shut
    assert onlooker.read(HeadState(light=light), rest=rest).eyes > 0.9


@pytest.mark.parametrize("width", [80, 150, 400])
def test_shut_eyes_are_shut_at_every_size(onlooker: Onlooker, width: float) -> None:
    rest = onlooker.of_width(width)
    assert onlooker.of_width(width, HeadState(eyes=0)).eyes / rest.eyes < SHUT


def actions(onlooker: Onlooker, moves: list[Move], clock: Clock) -> list[Action]:
    """What the rules see of a rendered head that does this."""
    times = clock.times(moves[-1].end_s + 0.4)
    states = [HeadState(**{m.value: at(m, now) for m in moves}) for now in times]
    return [one.action for one in seen(onlooker.follow(states, times, 400, 300)).seen]


def at(move: Move, now: float) -> float:
    rest = getattr(REST, move.value)
    return float(rest + move.share(now) * (move.peak - rest))


@BOTH
@pytest.mark.parametrize("clock", [Clock(10), Clock(15, jitter=0.5, lost=0.05, seed=2), Clock(24, phase=0.4)])
def test_a_blink_of_three_tenths_of_a_second_is_seen(
    onlookers: tuple[Onlooker, Onlooker], side: int, clock: Clock
) -> None:
    assert actions(onlookers[side], [blink(0.3, 0.8)], clock) == [Action.BLINK]


@BOTH
@pytest.mark.parametrize("eye", ["left_eye", "right_eye"])
def test_a_wink_is_no_blink(onlookers: tuple[Onlooker, Onlooker], side: int, eye: str) -> None:
    assert actions(onlookers[side], [Move(eye, 0.0, 0.8, 0.1, 0.15, 0.15)], Clock(15)) == []


@BOTH
@pytest.mark.parametrize(
    ("value", "peak", "action"),
    [
        ("yaw", 34.0, Action.TURN_LEFT),
        ("yaw", -34.0, Action.TURN_RIGHT),
        ("pitch", 20.0, Action.LOOK_UP),
        ("pitch", -20.0, Action.LOOK_DOWN),
        ("mouth", 1.0, Action.OPEN_MOUTH),
    ],
)
def test_a_movement_is_the_action_that_it_is(
    onlookers: tuple[Onlooker, Onlooker], side: int, value: str, peak: float, action: Action
) -> None:
    assert actions(onlookers[side], [Move(value, peak, 0.8, 0.4, 0.4, 0.4)], Clock(12, jitter=0.4)) == [action]
