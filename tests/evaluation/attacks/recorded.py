"""Recordings and references of synthetic subjects, on disk and to the pixel."""

import csv
from pathlib import Path

import cv2

from capture.clips import make_clip
from simreg.capture.frame import Frame
from synthetic.head import STRAIGHT
from synthetic.picture import HEIGHT, WIDTH, Shot, draw
from synthetic.script import Subject, film


def record(path: Path, frames: list[Frame], fps: int = 15) -> Path:
    """A recording that keeps every pixel, as synthetic pictures carry their state in them."""
    size = WIDTH, HEIGHT
    return make_clip(
        path,
        "libx264rgb",
        frames=len(frames),
        size=size,
        fps=fps,
        pixels="rgb24",
        options={"qp": "0", "preset": "ultrafast"},
        picture=lambda index: frames[index].image,
    )


def clips(folder: Path, challenges: dict[str, str]) -> Path:
    """A list with one clip of another person for each name, who does what is said for it."""
    rows = []
    for person, (name, challenge) in enumerate(challenges.items(), 1):
        head = STRAIGHT.but(person=3.0 * person)
        actions = challenge.split(",")
        subject = Subject(head).follow(tuple(actions), rest=1.0)  # type: ignore[arg-type]
        record(folder / f"{name}.mp4", film(subject.shots))
        reference = cv2.cvtColor(draw(Shot((head,))), cv2.COLOR_RGB2BGR)
        cv2.imwrite(str(folder / f"{name}.png"), reference)
        rows.append([f"{name}.mp4", "bona-fide", "", challenge, f"{name}.png", "kept aside"])
    path = folder / "clips.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows([["file", "label", "species", "challenge", "reference", "note"], *rows])
    return path
