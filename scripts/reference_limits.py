"""Measures what poor portraits cost: the limits of docs/reference-portraits.md are read off this table.

    python scripts/reference_limits.py --material ../shared/material --out docs/results

The reference of each of 300 mated pairs (one a person) is made smaller, blurred, noisy, dark, pale or burnt out. Written
for each: the native value that tells it (5 %, median, 95 %), the similarity to the untouched portrait, the FNMR at the
threshold in force, and the similarity that one in 10,000 non-mated comparisons reaches.
"""

import argparse
import csv
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from simreg.capture.frame import Image
from simreg.capture.picture import read_picture
from simreg.documents.cut_out import CutOut, cut_out
from simreg.documents.sharpness import portrait_sharpness
from simreg.documents.upright import Face
from simreg.engine import Engine
from simreg.face.eyes import eye_distance
from simreg.face.mesh import region_of_detection, region_of_points
from simreg.face.observe import box_of, face_patch
from simreg.face.types import Points
from simreg.loading import load_engine
from simreg.quality.exposure import exposure

PAIRS = 300
Pixels = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Harm:
    """A way to make a portrait poor: what is done, how strongly, and the native value that should tell."""

    name: str
    strength: float
    value: str


HARMS = (
    Harm("none", 0, "sharpness"),
    *(Harm("eye distance", e, "eye_distance") for e in (32, 28, 24, 20, 16, 12)),
    *(Harm("blur", s, "sharpness") for s in (1, 1.5, 2, 2.5, 3, 4)),
    *(Harm("blur and noise", s, "sharpness") for s in (1, 2, 3, 4)),
    *(Harm("dark", k, "contrast") for k in (0.5, 0.3, 0.2, 0.12)),
    *(Harm("pale", k, "contrast") for k in (0.6, 0.4, 0.3, 0.2)),
    *(Harm("burnt out", k, "clipped") for k in (1.4, 1.8, 2.5, 3.5)),
)
"""Blur in pixels at an eye distance of about 42; dark, pale and burnt out: the factor of the luminance."""


def harmed(image: Image, harm: Harm, eyes: float) -> Image:
    """The picture, made poor and compressed again."""
    rng = np.random.default_rng(1)
    pixels = image.astype(np.float32)
    ways: dict[str, Callable[[], Pixels]] = {
        "none": lambda: pixels,
        "eye distance": lambda: _reduced(pixels, harm.strength / eyes),
        "blur": lambda: _blurred(pixels, harm.strength),
        "blur and noise": lambda: _blurred(pixels, harm.strength) + rng.normal(0, 4, pixels.shape[:2])[..., None],
        "dark": lambda: pixels * harm.strength + rng.normal(0, 2, pixels.shape),
        "pale": lambda: 200 + (pixels - 140) * harm.strength + rng.normal(0, 2, pixels.shape),
        "burnt out": lambda: pixels * harm.strength,
    }
    poor = np.asarray(ways[harm.name]().clip(0, 255), np.uint8)
    read = cv2.imdecode(cv2.imencode(".jpg", poor, [cv2.IMWRITE_JPEG_QUALITY, 85])[1], cv2.IMREAD_COLOR)
    return np.asarray(read, np.uint8)


def _reduced(pixels: Pixels, scale: float) -> Pixels:
    size = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)


def _blurred(pixels: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.float32)


def landmarks(image: Image, engine: Engine) -> Points | None:
    """Of the face nearest to the picture's middle, as that is the labelled one."""
    middle = np.array([image.shape[1], image.shape[0]]) / 2
    found = engine.detector.detect(image)
    if not found:
        return None
    nearest = min(found, key=lambda one: float(np.linalg.norm(np.array(one.box.centre) - middle)))
    first = engine.mesh.find(image, region_of_detection(nearest))
    return engine.mesh.find(image, region_of_points(first.points)).points


def template(image: Image, points: Points, engine: Engine) -> NDArray[np.float32]:
    return engine.recogniser.template(engine.recogniser.chip(image, points))


def native(face: CutOut, name: str) -> float:
    """One native value of a portrait."""
    if name == "eye_distance":
        return eye_distance(face.points)
    if name == "sharpness":
        return portrait_sharpness(face)
    light = exposure(face_patch(face.image, box_of(face.points)))
    return light.contrast if name == "contrast" else light.clipped


def pairs(material: Path) -> list[tuple[Path, Path]]:
    """The first mated pair of each of so many people, in a fixed order that is not the alphabet's."""
    first: dict[str, tuple[Path, Path]] = {}
    folder = material / "lfw" / "images"
    with (material / "lfw" / "pairs.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["mated"] == "1":
                first.setdefault(row["reference"].split("/")[0], (folder / row["reference"], folder / row["probe"]))
    people = list(first.values())
    return [people[i] for i in np.random.default_rng(2).permutation(len(people))[:PAIRS]]


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    engine = load_engine()
    references, probes = [], []
    for reference, probe in track(pairs(args.material), description="pairs"):
        image, other = read_picture(reference).image, read_picture(probe).image
        points, others = landmarks(image, engine), landmarks(other, engine)
        if points is not None and others is not None:
            references.append((image, points, template(image, points, engine)))
            probes.append(template(other, others, engine))
    rows = [row(harm, references, np.array(probes), engine) for harm in track(HARMS, description="harms")]
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / "reference-limits-2026-11.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    for line in rows:
        print(" ".join(f"{key}={value}" for key, value in line.items()))
    return 0


def row(
    harm: Harm,
    references: list[tuple[Image, Points, NDArray[np.float32]]],
    probes: NDArray[np.float32],
    engine: Engine,
) -> dict[str, object]:
    """What one harm costs."""
    templates, kept, values = [], [], []
    for image, points, untouched in references:
        poor = harmed(image, harm, eye_distance(points))
        scale = poor.shape[1] / image.shape[1]
        seen = engine.mesh.find(poor, region_of_points(points * np.float32(scale)))
        templates.append(template(poor, seen.points, engine))
        kept.append(float(templates[-1] @ untouched))
        values.append(native(cut_out(poor, Face(seen.points, seen.presence, 1.0, 0)), harm.value))
    scores = np.array(templates) @ probes.T
    mated, non_mated = np.diag(scores), scores[~np.eye(len(scores), dtype=bool)]
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return {
        "harm": harm.name,
        "strength": harm.strength,
        "native_value": harm.value,
        "low_5": f"{low:.2f}",
        "median": f"{middle:.2f}",
        "high_95": f"{high:.2f}",
        "similarity_kept": f"{np.mean(kept):.3f}",
        "similarity_kept_5": f"{np.quantile(kept, 0.05):.3f}",
        "fnmr": f"{np.mean(mated < engine.threshold.value):.4f}",
        "non_mated_9999": f"{np.quantile(non_mated, 0.9999):.3f}",
        "pairs": len(templates),
    }


if __name__ == "__main__":
    sys.exit(main())
