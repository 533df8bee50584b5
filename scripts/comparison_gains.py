"""Measures what each idea for a better comparison gains, and makes the centre that comes with MobileFaceNet.

    python scripts/comparison_gains.py --lfw FOLDER --out docs/results
    python scripts/comparison_gains.py --lfw FOLDER --centre src/simreg/models/recognisers/mobilefacenet.centre.json

The folder is as for scripts/thresholds.py. Every idea is measured on all persons, and on halves of them: what an idea
learns (a centre, a covariance) is learnt on one half, and the error rates are those of the other, mean of ten. Writes
comparison-gains.csv and comparison-gains.md. The network's features of each way of cutting out the face are kept in the
temporary folder for the next run; the first run takes a quarter of an hour.
"""

import argparse
import csv
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from gains_rates import Folder, Row, by_group, by_length, by_probes, halves, measured, read_folder
from numpy.typing import NDArray
from rich.progress import track

from simreg.capture.frame import Image
from simreg.capture.picture import read_picture
from simreg.evaluation.comparison.acquire import find_points
from simreg.evaluation.comparison.networks import open_by_name, open_finders
from simreg.face.recogniser import OnnxRecogniser, align
from simreg.face.types import Points
from simreg.models.store import ModelStore

NAME = "mobilefacenet"
LENGTHS, POWER = (14.0, 21.0), 0.15
"""As in the recogniser's file."""

Floats = NDArray[np.float64]
Cut = Callable[[OnnxRecogniser, Image, Points], Image]
Learn = Callable[[NDArray[np.bool_]], Floats]
"""From the pictures that may be learnt from to the templates of all pictures."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A row of the table: what it is called, how often the network runs for a template, and how one is made."""

    name: str
    runs: int
    templates: Learn


def turned(points: Points, degrees: float) -> Points:
    """The landmarks turned about the nose: the face is cut out turned by as much the other way."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    out = points.copy()
    out[:, :2] = (points[:, :2] - points[1, :2]) @ np.array([[cos, sin], [-sin, cos]], np.float32) + points[1, :2]
    return out


def _equalised(chip: Image) -> Image:
    lab = cv2.cvtColor(chip, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(2.0, (4, 4)).apply(lab[..., 0])
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.uint8)


def _brightened(chip: Image) -> Image:
    """To a mean of 120 by a power of the grey level."""
    mean = float(np.clip(chip.mean(), 5, 250)) / 255
    table = np.power(np.arange(256) / 255, np.log(120 / 255) / np.log(mean)) * 255
    return np.asarray(table.round().astype(np.uint8)[chip], np.uint8)


def _sharpened(chip: Image) -> Image:
    return np.asarray(cv2.addWeighted(chip, 1.5, cv2.GaussianBlur(chip, (0, 0), 1.0), -0.5, 0), np.uint8)


def _grey(chip: Image) -> Image:
    return np.repeat(cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY)[:, :, None], 3, axis=2).astype(np.uint8)


CUTS: dict[str, Cut] = {
    "plain": lambda faces, image, points: faces.chip(image, points),
    "tighter": lambda _, image, points: align(image, points, 112, 1 / 1.04),
    "wider": lambda _, image, points: align(image, points, 112, 1.04),
    "left": lambda faces, image, points: faces.chip(image, turned(points, -4)),
    "right": lambda faces, image, points: faces.chip(image, turned(points, 4)),
    "equalised": lambda faces, image, points: _equalised(faces.chip(image, points)),
    "brightened": lambda faces, image, points: _brightened(faces.chip(image, points)),
    "sharpened": lambda faces, image, points: _sharpened(faces.chip(image, points)),
    "grey": lambda faces, image, points: _grey(faces.chip(image, points)),
}


def unit(values: Floats) -> Floats:
    return np.asarray(values / np.maximum(np.linalg.norm(values, axis=-1, keepdims=True), 1e-9))


def look(folder: Folder, faces: OnnxRecogniser, store: ModelStore) -> dict[str, Floats]:
    """What the network gives for each cut of each picture and its mirror image: shape (pictures, 2, d) each."""
    key = hashlib.sha256(f"{faces.sha256} {folder.names}".encode()).hexdigest()[:16]
    kept = {cut: Path(tempfile.gettempdir()) / f"simreg-gains-{cut}-{key}.npy" for cut in CUTS}
    missing = [cut for cut, path in kept.items() if not path.exists()]
    made: dict[str, list[Floats]] = {cut: [] for cut in missing}
    finders = open_finders(store)
    for name in track(folder.names, description="pictures") if missing else ():
        image = read_picture(folder.root / "images" / name).image
        points = find_points(image, *finders)
        if points is None:
            raise SystemExit(f"no face in {name}: leave it out")
        for cut in missing:
            chip = CUTS[cut](faces, image, points)
            made[cut].append(np.stack([faces.features(chip), faces.features(chip[:, ::-1])]).astype(np.float64))
    for cut, values in made.items():
        np.save(kept[cut], np.stack(values))
    return {cut: np.asarray(np.load(path), np.float64) for cut, path in kept.items()}


def centre_of(folder: Folder, features: Floats, pictures: NDArray[np.bool_]) -> Floats:
    """The mean of the persons' mean features."""
    persons = folder.persons[pictures]
    sums, counts = np.zeros((folder.count, features.shape[1])), np.bincount(persons, minlength=folder.count)
    np.add.at(sums, persons, features[pictures])
    return np.asarray((sums[counts > 0] / counts[counts > 0, None]).mean(axis=0))


def within(folder: Folder, features: Floats, pictures: NDArray[np.bool_]) -> Floats:
    """Covariance of features about their persons' means."""
    persons = folder.persons[pictures]
    sums, counts = np.zeros((folder.count, features.shape[1])), np.bincount(persons, minlength=folder.count)
    np.add.at(sums, persons, features[pictures])
    off = features[pictures] - (sums / np.maximum(counts, 1)[:, None])[persons]
    return np.asarray(off.T @ off / max(len(off) - int(np.count_nonzero(counts)), 1))


def whitened(matrix: Floats, share: float) -> Floats:
    """The inverse square root of a covariance of which this share is replaced by its mean variance in all directions."""
    size = len(matrix)
    values, vectors = np.linalg.eigh((1 - share) * matrix + share * np.trace(matrix) / size * np.eye(size))
    return np.asarray((vectors * values**-0.5) @ vectors.T)


def factor(lengths: Floats, power: float) -> Floats:
    low, high = LENGTHS
    return np.asarray((np.clip(lengths, low, high) / low)[:, None] ** -power)


def ideas(folder: Folder, seen: dict[str, Floats]) -> list[Idea]:
    """All rows: first the cuts alone, then what is done with the features."""

    def mean_of(*cuts: str) -> Floats:
        return unit(np.sum([unit(seen[cut]).sum(axis=1) for cut in cuts], axis=0))

    def fixed(features: Floats) -> Learn:
        return lambda _: features

    def centred(features: Floats, power: float = 0.0) -> Learn:
        scale = factor(lengths, power)
        return lambda learn: unit(features - centre_of(folder, features, learn)) * scale

    def spread(learn: NDArray[np.bool_]) -> Floats:
        moved = unit(plain - centre_of(folder, plain, learn))
        deviation = np.sqrt(np.einsum("nd,de,ne->n", moved, np.cov(moved[learn].T), moved))
        return np.asarray(moved / np.sqrt(deviation / deviation.mean())[:, None])

    def decorrelated(share: float) -> Learn:
        def templates(learn: NDArray[np.bool_]) -> Floats:
            return unit((plain - centre_of(folder, plain, learn)) @ whitened(within(folder, plain, learn), share))

        return templates

    plain = mean_of("plain")
    lengths = np.linalg.norm(seen["plain"][:, 1], axis=1)
    crops = ("plain", "tighter", "wider", "left", "right")
    names = {
        "tighter": "face 4 % larger",
        "wider": "face 4 % smaller",
        "left": "turned by 4 degrees",
        "right": "turned by 4 degrees the other way",
        "equalised": "local contrast equalised",
        "brightened": "brightness made equal",
        "sharpened": "sharpened",
        "grey": "colour taken away",
    }
    return [
        Idea("features as they are", 2, fixed(plain)),
        Idea("without the mirror image", 1, fixed(unit(seen["plain"][:, 0]))),
        *(Idea(text, 2, fixed(mean_of(cut))) for cut, text in names.items()),
        Idea("mean of five cuts: plain, larger, smaller, turned both ways", 10, fixed(mean_of(*crops))),
        Idea("mean of colour and grey", 4, fixed(mean_of("plain", "grey"))),
        Idea("centre subtracted", 2, centred(plain)),
        *(Idea(f"centred, whitened within persons, {s:.0%} kept round", 2, decorrelated(s)) for s in (0.3, 0.8)),
        Idea("centred, over the expected spread of non-mated similarities", 2, spread),
        *(Idea(f"centred, length to the power -{power:g}", 2, centred(plain, power)) for power in (0.1, 0.15, 0.2, 0.25)),
        Idea("length to the power -0.15, not centred", 2, fixed(plain * factor(lengths, POWER))),
        Idea("centred, power -0.15, mean of five cuts", 10, centred(mean_of(*crops), POWER)),
        Idea("centred, power -0.15, mean of colour and grey", 4, centred(mean_of("plain", "grey"), POWER)),
    ]


def gates(folder: Folder, templates: Floats, lengths: Floats) -> list[str]:
    """FNMR when the pictures with the shortest features are not acquired."""
    lines = [
        "Adjusted features without the pictures for which the network's output is shortest (failures to acquire).",
        "",
    ]
    lines += ["| pictures left out | FNMR at 1e-4 | mean |", "| --- | --- | --- |"]
    for share in (0.0, 0.02, 0.05, 0.1, 0.2):
        row = measured(folder, templates, lengths >= np.quantile(lengths, share))
        lines.append(f"| {share:.0%} | {row.at[1e-4]:.2%} | {row.mean:.2%} |")
    return lines


def write_centre(path: Path, centre: Floats, faces: OnnxRecogniser, folder: Folder) -> None:
    facts = {
        "what": "mean over persons of the mean of their templates, before it is subtracted: no person's template",
        "model_sha256": faces.sha256,
        "data_set": f"Labeled Faces in the Wild (deep-funneled, {folder.count} persons, {len(folder.names)} pictures)",
        "made_by": "scripts/comparison_gains.py",
    }
    numbers = ", ".join(f"{value:.5f}" for value in centre)
    text = json.dumps(facts, indent=1).removesuffix("\n}") + f',\n "centre": [{numbers}]\n}}\n'
    path.write_text(text, encoding="utf-8")


def write(rows: list[tuple[Idea, Row, Row]], tables: list[list[str]], out: Path) -> None:
    head = (
        "idea",
        "runs",
        *(f"{half}_{what}" for half in ("all", "held_out") for what in ("1e-3", "1e-4", "1e-5", "mean")),
    )
    with (out / "comparison-gains.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [head, *((i.name, i.runs, *(f"{v:.5f}" for row in (a, b) for v in row.values)) for i, a, b in rows)]
        )
    lines = [
        f"# What ideas gain: {NAME} on LFW",
        "",
        "FNMR at FMR 1e-3, 1e-4, 1e-5, and its mean over eleven FMRs from 3e-5 to 3e-4; first of all persons, then of "
        "the half that nothing was learnt from, mean of ten halves. Made by `scripts/comparison_gains.py`.",
        "",
        "| idea | runs | 1e-3 | 1e-4 | 1e-5 | mean | held out: 1e-3 | 1e-4 | 1e-5 | mean |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {idea.name} | {idea.runs} | " + " | ".join(f"{v:.2%}" for row in (a, b) for v in row.values) + " |"
            for idea, a, b in rows
        ),
    ]
    text = "\n".join([*lines, *(line for table in tables for line in ("", *table))]) + "\n"
    (out / "comparison-gains.md").write_text(text, encoding="utf-8")
    print(text)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lfw", type=Path, required=True, help="folder with images/ and pairs.csv")
    parser.add_argument("--out", type=Path, help="folder for the table")
    parser.add_argument("--centre", type=Path, help="file to write the centre to")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    folder, store = read_folder(args.lfw), ModelStore()
    faces = open_by_name(NAME, store)
    seen = look(folder, faces, store)
    plain, lengths = unit(unit(seen["plain"]).sum(axis=1)), np.linalg.norm(seen["plain"][:, 1], axis=1)
    centre = centre_of(folder, plain, np.ones(len(plain), np.bool_))
    if args.centre:
        write_centre(args.centre, centre, faces, folder)
    if args.out:
        moved = unit(plain - centre)
        rows = [
            (idea, measured(folder, idea.templates(np.ones(len(plain), np.bool_))), halves(folder, idea.templates))
            for idea in track(ideas(folder, seen), description="ideas")
        ]
        powers = {power: moved * factor(lengths, power) for power in (0.0, 0.1, 0.15, 0.2, 0.25)}
        final = powers[POWER]
        both = {"as they are": plain, "adjusted": final}
        tables = [by_length(folder, powers, lengths), by_group(folder, both), by_probes(folder, both)]
        write(rows, [*tables, gates(folder, final, lengths)], args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
