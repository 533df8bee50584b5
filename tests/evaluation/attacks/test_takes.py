"""Clips to takes: the part that shows the challenge, resampled and small."""

from pathlib import Path

import numpy as np
import pytest

from capture.clips import make_clip
from evaluation.attacks.recorded import record
from simreg.evaluation.attacks.takes import LEAD_S, TAIL_S, read_take, resampled
from simreg.evaluation.attacks.types import Take
from simreg.liveness.types import Action
from synthetic.engine import synthetic_engine
from synthetic.picture import read_heads
from synthetic.script import Subject, film

CHALLENGE = (Action.TURN_LEFT, Action.BLINK)
REFERENCE = Path("reference.png")


def taken(path: Path, seconds: float = 5, fps: float = 15, challenge: tuple[Action, ...] = CHALLENGE) -> Take:
    return read_take(path, challenge, REFERENCE, synthetic_engine(), seconds, fps)


@pytest.fixture(scope="module")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight seconds of nothing, then the challenge, then nothing."""
    subject = Subject().hold(8).follow(CHALLENGE, rest=1.0).hold(6)
    return record(tmp_path_factory.mktemp("clips") / "long.mp4", film(subject.shots))


def test_the_part_around_the_actions_is_kept(long_clip: Path) -> None:
    take = taken(long_clip)
    assert take.frames[0].time_s == 0
    assert [frame.index for frame in take.frames] == list(range(len(take.frames)))
    assert [seen.action for seen in take.seen if seen.action in CHALLENGE] == list(CHALLENGE)
    assert take.seen[0].start_s >= LEAD_S - 0.1
    assert take.seen[-1].end_s <= take.frames[-1].time_s - TAIL_S + 0.1
    assert 4.8 <= take.frames[-1].time_s <= 7


def test_landmarks_belong_to_their_frames(long_clip: Path) -> None:
    take = taken(long_clip)
    for frame, points in zip(take.frames, take.points, strict=True):
        assert points is not None
        assert float(points[:, 0].mean()) == pytest.approx(read_heads(frame.image)[0].x, abs=30)


def test_more_seconds_give_more_of_the_clip(long_clip: Path) -> None:
    assert taken(long_clip, 9).frames[-1].time_s == pytest.approx(9, abs=0.3)


def test_without_the_challenge_the_clip_is_kept_from_its_start(long_clip: Path) -> None:
    take = taken(long_clip, challenge=(Action.OPEN_MOUTH,))
    assert take.frames[-1].time_s == pytest.approx(5, abs=0.1)
    assert Action.TURN_LEFT not in {seen.action for seen in take.seen}


@pytest.mark.parametrize(("fps", "wanted"), [(30, 15), (25, 15), (15, 15), (12, 15), (30, 10)])
def test_frames_are_taken_at_an_even_rate_and_none_twice(tmp_path: Path, fps: int, wanted: float) -> None:
    make_clip(tmp_path / "c.mp4", frames=4 * fps, fps=fps)
    frames = list(resampled(tmp_path / "c.mp4", wanted))
    steps = np.diff([frame.time_s for frame in frames])
    assert len(frames) == pytest.approx(4 * min(fps, wanted), abs=2)
    assert steps.min() > 0.4 / wanted
    assert steps.max() < 1.6 / min(fps, wanted)


def test_a_large_clip_is_made_small_and_its_landmarks_with_it(tmp_path: Path) -> None:
    make_clip(tmp_path / "c.mp4", frames=10, size=(1280, 720))
    take = read_take(tmp_path / "c.mp4", CHALLENGE, REFERENCE, synthetic_engine(), 5, 15)
    assert take.frames[0].image.shape == (360, 640, 3)
    assert take.points == [None] * 10
