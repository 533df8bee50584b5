from pathlib import Path

import numpy as np
import pytest

from simreg.capture.frame import Frame
from simreg.capture.video import open_video
from simreg.demo.film import STILLS, record
from simreg.errors import InputError


def frames(count: int) -> list[Frame]:
    return [Frame(i, i / 15, np.full((48, 64, 3), 10 * i % 250, np.uint8)) for i in range(count)]


def test_a_film_holds_all_frames_with_their_times(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    told: list[int] = []
    stills = record(frames(23), path, 15, told.append)
    with open_video(path) as source:
        seen = list(source)
    assert [round(frame.time_s * 15) for frame in seen] == list(range(23))
    assert [int(frame.image.mean()) for frame in seen] == pytest.approx([10 * i % 250 for i in range(23)], abs=4)
    assert told == list(range(1, 24))
    assert len(stills) == STILLS
    assert int(stills[0].mean()) == 0
    assert int(stills[-1].mean()) == 220


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        record(frames(3), tmp_path / "nowhere" / "film.mp4", 15, lambda _: None)
    assert caught.value.code == "output-unwritable"
