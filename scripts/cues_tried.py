"""Measure cues of screens and of animated photographs that were tried for the checks and left out.

    python scripts/cues_tried.py --clips LIST.csv [--clips LIST.csv] --out docs/results/cues-tried-2026-11.csv

LIST.csv is a list for `simreg evaluate pad`. A row for each recording: its label and species, and

- ``peak``: how far the strongest frequencies of the face stand out of the others of their distance from the middle (log
  power, mean over up to 8 frames, mean of the 6 highest). A screen's grid and moire would be such peaks.
- ``calm``: how much the skin's brightness, followed by landmarks, varies while the head is within 5 degrees of straight
  (mean absolute deviation of its logarithm). A photograph that is moved by code has nothing but noise there.
- ``turned``: the same between 15 and 40 degrees. A real head turns under its light; a photograph carries its light along.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.progress import track as bar

from simreg.capture.frame import Image
from simreg.capture.video import open_video
from simreg.engine import Engine
from simreg.evaluation.pad.clips import read_clips
from simreg.face.observe import Observer, Track
from simreg.face.types import ObservedFace
from simreg.loading import load_engine

Floats = NDArray[np.float64]
SIDE, FRAMES, LEAST_FREQUENCY = 128, 8, 0.1
LONGEST_S, FPS = 12.0, 15.0
SKIN = (
    *(10, 338, 297, 332, 284, 109, 67, 103, 54, 151, 9, 8, 50, 280, 117, 346, 118, 347, 101, 330, 205, 425, 36, 266),
    *(116, 345, 123, 352, 1, 4, 5, 6, 195, 197, 168, 108, 337, 69, 299, 104, 333, 207, 427, 187, 411, 147, 376, 192, 416),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What is kept of one frame."""

    yaw: float
    skin: Floats
    spectrum: Floats | None


def looks(recording: Path, engine: Engine) -> Iterator[Look]:
    observer, state, due = Observer(engine.detector, engine.mesh), Track(), 0.0
    with open_video(recording) as source:
        for frame in source:
            if frame.time_s < due or frame.time_s > LONGEST_S:
                continue
            due = frame.time_s + 1 / FPS - 1e-3
            state, seen = observer.observe(state, frame)
            if seen.face is not None:
                grey = np.asarray(cv2.cvtColor(frame.image, cv2.COLOR_RGB2GRAY), np.uint8)
                yield Look(seen.face.pose.yaw, skin(grey, seen.face), spectrum(grey, seen.face))


def skin(grey: Image, face: ObservedFace) -> Floats:
    """Logarithm of the light on the skin at the landmarks, shape (n,), its median taken off."""
    light = np.power(grey.astype(np.float32) / 255, 2.2)
    light = cv2.GaussianBlur(light, (0, 0), max(1.0, 0.12 * face.eye_distance))
    places = face.points[list(SKIN), :2].astype(np.float32)
    at = cv2.remap(light, places[None, :, 0], places[None, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0]
    values = np.log(at.astype(np.float64) + 0.005)
    return np.asarray(values - np.median(values), np.float64)


def spectrum(grey: Image, face: ObservedFace) -> Floats | None:
    """Log power of a square in the middle of the face, None where it does not fit."""
    x, y = (int(place - SIDE / 2) for place in face.box.centre)
    part = grey[max(0, y) : max(0, y) + SIDE, max(0, x) : max(0, x) + SIDE].astype(np.float64)
    if part.shape != (SIDE, SIDE):
        return None
    window = np.outer(np.hanning(SIDE), np.hanning(SIDE))
    return np.asarray(np.log(np.abs(np.fft.fftshift(np.fft.fft2((part - part.mean()) * window))) ** 2 + 1e-3))


def peak(spectra: list[Floats]) -> float | None:
    if not spectra:
        return None
    steps = np.fft.fftshift(np.fft.fftfreq(SIDE))
    across, down = np.meshgrid(steps, steps)
    radius = np.hypot(across, down)
    kept = (radius > LEAST_FREQUENCY) & (radius < 0.5) & (down >= 0) & (np.abs(across) >= 0.02) & (np.abs(down) >= 0.02)
    ring, mean = np.round(radius * SIDE).astype(int), np.mean(spectra, axis=0)
    usual = {number: np.median(mean[kept & (ring == number)]) for number in np.unique(ring[kept])}
    over = mean[kept] - np.array([usual[number] for number in ring[kept]])
    return float(np.sort(over)[-6:].mean())


def varies(frames: list[Look], least: float, most: float) -> float | None:
    """Mean absolute deviation of the skin from how it is when straight, over the frames within a range of yaw."""
    yaw = np.array([one.yaw for one in frames])
    apart = np.abs(yaw - np.median(yaw))
    straight = np.median([frames[i].skin for i in np.argsort(apart)[: max(5, len(frames) // 5)]], axis=0)
    inside = [one.skin - straight for one, far in zip(frames, apart, strict=True) if least <= far < most]
    return float(np.median([np.abs(one - np.median(one)).mean() for one in inside])) if len(inside) > 1 else None


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clips", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    engine = load_engine()
    with args.out.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("file", "label", "species", "conditions", "peak", "calm", "turned"))
        for one in bar(read_clips(args.clips), description="recordings"):
            frames = list(looks(one.file, engine))
            spectra = [look.spectrum for look in frames[:: max(1, len(frames) // FRAMES)] if look.spectrum is not None]
            cues = [peak(spectra), *((varies(frames, *span) for span in ((0, 5), (15, 40))) if frames else (None, None))]
            words = ("" if cue is None else f"{cue:.4f}" for cue in cues)
            out.writerow((one.file.name, one.label.value, one.species, " ".join(one.conditions), *words))
    return 0


if __name__ == "__main__":
    sys.exit(main())
