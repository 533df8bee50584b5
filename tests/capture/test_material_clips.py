"""Every real clip decodes to the frames that its table names."""

import csv
from pathlib import Path

import pytest

from simreg.capture.picture import read_picture
from simreg.capture.video import open_video

pytestmark = pytest.mark.material

SQUARED = {"many-blinks-glasses.mp4": (480, 480)}
"""Its pixels are stored 512 x 480 and are 15:16; the table has the stored size."""


def test_every_clip(material: Path) -> None:
    with (material / "clips" / "clips.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        with open_video(material / "clips" / row["file"]) as source:
            times = [frame.time_s for frame in source]
        info = source.info
        assert len(times) == pytest.approx(int(row["frames"]), rel=0.01), row["file"]
        assert times == sorted(set(times)), row["file"]
        assert (len(times) - 1) / times[-1] == pytest.approx(float(row["fps"]), rel=0.05), row["file"]
        assert (info.width, info.height) == SQUARED.get(row["file"], (int(row["width"]), int(row["height"]))), row["file"]
        assert info.codec == row["codec"], row["file"]


def test_every_specimen(material: Path) -> None:
    folder = material / "documents" / "specimens"
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".jpg", ".jpeg", ".png"))
    assert paths
    for path in paths:
        picture = read_picture(path)
        assert picture.image.shape == (picture.height, picture.width, 3), path.name
        assert max(picture.width, picture.height) <= 4000, path.name
