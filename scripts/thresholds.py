"""Measures recognisers on pictures of known persons and writes the thresholds that come with simreg.

    python scripts/thresholds.py --lfw ../shared/material/lfw --out docs/results
    python scripts/thresholds.py --lfw FOLDER --recogniser mine.toml --out out --data out

The folder holds `images/PERSON/PICTURE.jpg` and `pairs.csv` (reference,probe,mated), as Labeled Faces in the Wild does.
The FNMR is measured on the mated pairs of `pairs.csv`, the FMR on all pairs of pictures of different persons. In each
picture the face nearest the middle is taken, as that is the labelled one. For each recogniser it writes

    comparison-NAME.csv.gz   the similarity of each row of pairs.csv, without names
    comparison-NAME.json     histogram of all non-mated similarities, error rates, versions and digests
    comparison-NAME.md       the same as a table
    NAME.json in --data      the thresholds

A whole run on LFW takes five minutes on one core. Templates are kept in the temporary folder for the next run.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.progress import track

import simreg.face
from simreg.capture.frame import Image
from simreg.capture.picture import read_picture
from simreg.comparison.calibration import REFER_AT, Rates, Scores, rates_at, value_at
from simreg.comparison.threshold_file import write_thresholds
from simreg.comparison.types import Interval, Threshold
from simreg.errors import SimregError
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh, region_of_detection, region_of_points
from simreg.face.observe import LEAST_PRESENCE
from simreg.face.recogniser import OnnxRecogniser
from simreg.face.types import Detection, Points
from simreg.loading import preprocessing
from simreg.models.recogniser_file import BUILT_IN, built_in_recogniser, load_recogniser_file
from simreg.models.recogniser_session import open_recogniser
from simreg.models.session import open_session
from simreg.models.store import ModelStore

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "src" / "simreg" / "comparison" / "data"
TARGETS = (1e-3, 1e-4, 1e-5)
ALSO = (1e-2,)
"""FMRs for which no threshold is made, but that are in the table."""

SAME_PERSON = {"mobilefacenet": 0.45, "dlib-resnet": 0.93}
"""Similarity below which two frames of one capture are two persons: docs/comparison.md, scripts/same_person.py."""

LEAST_WIDTH = 0.4
"""Width over that of the largest face from which a face can be the labelled one."""

SEED, REPLICATES = 2382, 1000
"""Of the bootstrap."""

BIN = 0.005
KEPT = 0.02
"""Share of the non-mated comparisons, the highest ones, that is looked at one by one."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A data set: its pictures by name, the person of each as a number, and the rows of its pairs as numbers."""

    root: Path
    names: tuple[str, ...]
    persons: NDArray[np.int64]
    pairs: NDArray[np.int64]
    mated: NDArray[np.bool_]
    pairs_sha256: str


def read_folder(root: Path) -> Folder:
    names = tuple(sorted(path.relative_to(root / "images").as_posix() for path in root.glob("images/*/*.jpg")))
    _, persons = np.unique([name.split("/")[0] for name in names], return_inverse=True)
    number = {name: index for index, name in enumerate(names)}
    data = (root / "pairs.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    pairs = np.array([(number[row["reference"]], number[row["probe"]]) for row in rows], np.int64)
    mated = np.array([row["mated"] == "1" for row in rows])
    return Folder(root, names, persons.astype(np.int64), pairs, mated, hashlib.sha256(data).hexdigest())


def labelled(found: list[Detection], width: int, height: int) -> Detection | None:
    """The face nearest the picture's middle among those of sensible size."""
    large = max((face.box.width for face in found), default=0.0)
    faces = [face for face in found if face.box.width >= LEAST_WIDTH * large]
    middle = np.array([width, height]) / 2
    return min(faces, key=lambda face: float(np.linalg.norm(face.box.centre - middle)), default=None)


def find_points(image: Image, detector: BlazeFace, mesh: AttentionMesh) -> Points | None:
    """Landmarks of the labelled face, or None where none is found."""
    height, width = image.shape[:2]
    face = labelled(detector.detect(image), width, height)
    if face is None:
        return None
    first = mesh.find(image, region_of_detection(face))
    second = mesh.find(image, region_of_points(first.points))
    return second.points if second.presence >= LEAST_PRESENCE else None


def networks(store: ModelStore) -> tuple[BlazeFace, AttentionMesh]:
    detector = open_session(store.ready("blazeface-short-range.tflite"))
    return BlazeFace(detector), AttentionMesh(open_session(store.ready("attention-mesh.tflite")))


def open_by_name(name: str, store: ModelStore) -> OnnxRecogniser:
    """A built-in recogniser, or that of an operator's file."""
    spec = load_recogniser_file(Path(name)) if name.endswith(".toml") else built_in_recogniser(name)
    return OnnxRecogniser(spec.name, spec.sha256, open_recogniser(spec, store), preprocessing(spec))


def templates(folder: Folder, recogniser: OnnxRecogniser, store: ModelStore) -> NDArray[np.float32]:
    """Template of each picture, shape (n, d); a row of NaN where no face was found. Kept for the next run."""
    key = hashlib.sha256(f"{recogniser.sha256} {recogniser.preprocessing} {folder.names}".encode())
    for path in sorted(Path(simreg.face.__path__[0]).glob("*.py")):
        key.update(path.read_bytes())
    kept = Path(tempfile.gettempdir()) / f"simreg-templates-{key.hexdigest()[:16]}.npy"
    if kept.exists():
        return np.asarray(np.load(kept), np.float32)
    detector, mesh = networks(store)
    made: list[NDArray[np.float32] | None] = []
    for name in track(folder.names, description=recogniser.name):
        image = read_picture(folder.root / "images" / name).image
        points = find_points(image, detector, mesh)
        made.append(None if points is None else recogniser.template(recogniser.chip(image, points)))
    length = next(len(one) for one in made if one is not None)
    table = np.stack([np.full(length, np.nan, np.float32) if one is None else one for one in made])
    np.save(kept, table)
    return table


def compare_all(folder: Folder, made: NDArray[np.float32]) -> tuple[Scores, NDArray[np.int64], NDArray[np.float32]]:
    """Scores for the thresholds, the histogram of all non-mated similarities, and those of each row of the pairs."""
    there = ~np.isnan(made[:, 0])
    rows = (made[folder.pairs[:, 0]] * made[folder.pairs[:, 1]]).sum(axis=1)
    usable = folder.mated & there[folder.pairs].all(axis=1)
    persons = folder.persons[there]
    pictures = np.bincount(persons, minlength=int(folder.persons.max()) + 1)
    counts = np.zeros(round(2 / BIN), np.int64)
    highest, pairs = np.empty(0, np.float32), np.empty((0, 2), np.int64)
    most = int(KEPT * (len(persons) ** 2 - np.square(pictures).sum()) / 2)
    for values, pair in _non_mated(made[there], persons):
        counts += np.histogram(values, len(counts), (-1.0, 1.0 + 1e-6))[0]
        highest, pairs = np.concatenate([highest, values]), np.concatenate([pairs, pair])
        order = np.argsort(-highest, kind="stable")[:most]
        highest, pairs = highest[order], pairs[order]
    of_mated = rows[usable].astype(np.float64), folder.persons[folder.pairs[usable, 0]]
    scores = Scores(*of_mated, highest.astype(np.float64), pairs, pictures)
    return scores, counts, rows


def _non_mated(
    made: NDArray[np.float32], persons: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int64]]]:
    """Similarities of all pairs of pictures of different persons, and the persons, a block at a time."""
    for start in range(0, len(made), 256):
        block = made[start : start + 256] @ made.T
        later = np.arange(len(made))[None] > np.arange(start, start + len(block))[:, None]
        one, other = np.nonzero(later & (persons[start : start + len(block), None] != persons[None]))
        if one.size:
            yield block[one, other], np.stack([persons[start + one], persons[other]], axis=1)


def measure(folder: Folder, recogniser: OnnxRecogniser, made: NDArray[np.float32], args: argparse.Namespace) -> None:
    scores, counts, rows = compare_all(folder, made)
    missing = int(np.isnan(made[:, 0]).sum())
    points = {target: value_at(scores, target) for target in (*ALSO, *TARGETS)}
    people = len(scores.pictures)
    draws = np.random.default_rng(SEED).multinomial(people, np.full(people, 1 / people), size=REPLICATES)
    rates = {target: rates_at(scores, value, draws) for target, value in points.items()}
    data_set = args.data_set.format(persons=len(set(folder.persons)), pictures=len(folder.names))
    thresholds = [
        _threshold(points[t], value_at(scores, REFER_AT * t), t, rates[t], scores, recogniser, data_set, args.date)
        for t in TARGETS
    ]
    args.data.mkdir(parents=True, exist_ok=True)
    (args.data / f"{recogniser.name}.json").write_text(write_thresholds(thresholds), encoding="utf-8")
    _write_rows(args.out / f"comparison-{recogniser.name}.csv.gz", folder, rows)
    facts = {
        "recogniser": recogniser.name,
        "model_sha256": recogniser.sha256,
        "preprocessing": recogniser.preprocessing,
        "date": args.date,
        "data_set": data_set,
        "pairs_sha256": folder.pairs_sha256,
        "pictures": len(folder.names),
        "without_face": missing,
        "mated": len(scores.mated),
        "non_mated": scores.non_mated,
        "versions": {name: version(name) for name in ("onnxruntime", "numpy", "opencv-python-headless")},
        "rates": {f"{target:g}": _rates(points[target], rates[target]) for target in sorted(points, reverse=True)},
        "mated_histogram": _histogram(np.histogram(scores.mated, len(counts), (-1.0, 1.0 + 1e-6))[0]),
        "non_mated_histogram": _histogram(counts),
    }
    (args.out / f"comparison-{recogniser.name}.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    text = _table(facts, points, rates, scores, missing)
    (args.out / f"comparison-{recogniser.name}.md").write_text(text, encoding="utf-8")
    print(text)


def _threshold(
    value: float,
    refer: float,
    target: float,
    rates: Rates,
    scores: Scores,
    recogniser: OnnxRecogniser,
    data_set: str,
    day: str,
) -> Threshold:
    return Threshold(
        value=value,
        refer_from=refer,
        target_fmr=target,
        fmr=rates.fmr,
        fmr_interval=rates.fmr_interval,
        fnmr=rates.fnmr,
        fnmr_interval=rates.fnmr_interval,
        mated=len(scores.mated),
        non_mated=scores.non_mated,
        recogniser=recogniser.name,
        model_sha256=recogniser.sha256,
        preprocessing=recogniser.preprocessing,
        data_set=data_set,
        date=day,
        source=f"scripts/thresholds.py, docs/results/comparison-{recogniser.name}.md",
        same_person=SAME_PERSON.get(recogniser.name),
    )


def _write_rows(path: Path, folder: Folder, rows: NDArray[np.float32]) -> None:
    """Row number of pairs.csv, mated, similarity (empty where a face was not found): no names, no features."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(("row", "mated", "similarity"))
    for index, (mated, value) in enumerate(zip(folder.mated, rows, strict=True), start=1):
        out.writerow((index, int(mated), "" if np.isnan(value) else f"{value:.5f}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def _rates(value: float, rates: Rates) -> dict[str, float | list[float]]:
    return {
        "similarity": value,
        "fmr": rates.fmr,
        "fmr_interval": [rates.fmr_interval.low, rates.fmr_interval.high],
        "fnmr": rates.fnmr,
        "fnmr_interval": [rates.fnmr_interval.low, rates.fnmr_interval.high],
    }


def _histogram(counts: NDArray[np.int64]) -> dict[str, int]:
    """Lower edge of each bin that is not empty, and its count."""
    return {f"{-1 + index * BIN:.3f}": int(count) for index, count in enumerate(counts) if count}


def _table(
    facts: dict[str, object], points: dict[float, float], rates: dict[float, Rates], scores: Scores, missing: int
) -> str:
    lines = [
        f"# {facts['recogniser']} on {facts['data_set']}",
        "",
        f"{facts['date']}; weights {facts['model_sha256']}; `{facts['preprocessing']}`. {len(scores.mated):,} mated and "
        f"{scores.non_mated:,} non-mated comparisons of single pictures; no face found in {missing} pictures. Intervals: "
        "95 %, bootstrapped by person. Made by `scripts/thresholds.py`.",
        "",
        "| target FMR | similarity | FMR | interval | FNMR | interval |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for target in sorted(points, reverse=True):
        one = rates[target]
        lines.append(
            f"| {target:g} | {points[target]:.4f} | {one.fmr:.2e} | {_span(one.fmr_interval, '.1e', 1)} "
            f"| {one.fnmr:.2%} | {_span(one.fnmr_interval, '.2f', 100)} % |"
        )
    return "\n".join(lines) + "\n"


def _span(interval: Interval, form: str, times: float) -> str:
    return f"{interval.low * times:{form}} .. {interval.high * times:{form}}"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lfw", type=Path, required=True, help="folder with images/ and pairs.csv")
    parser.add_argument("--recogniser", action="append", help="built-in name or recogniser file; default: all built-in")
    parser.add_argument("--out", type=Path, required=True, help="folder for scores and tables")
    parser.add_argument("--data", type=Path, default=SHIPPED, help="folder for the thresholds")
    parser.add_argument("--date", default=date.today().isoformat(), help="day of the measurement")
    parser.add_argument(
        "--data-set",
        default="Labeled Faces in the Wild (deep-funneled, {persons} persons, {pictures} pictures)",
        help="what to call the data set",
    )
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    folder = read_folder(args.lfw)
    try:
        store = ModelStore()
        for name in args.recogniser or BUILT_IN:
            recogniser = open_by_name(name, store)
            measure(folder, recogniser, templates(folder, recogniser, store), args)
    except SimregError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
