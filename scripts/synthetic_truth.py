"""Holds what is read of a subject made by code against what is true of it.

    python scripts/synthetic_truth.py measure    one minute -> docs/results/synthetic-truth-2026-11.csv
    python scripts/synthetic_truth.py table      the tables of docs/pose-estimator.md, out of that file

The subject is that of tests/truth: exact landmarks seen by a pinhole camera, and the demonstration's portrait as a head,
rendered and looked at with the networks, once as it is and once mirrored. Nothing of a person is kept but numbers.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from simreg.capture.picture import read_picture  # noqa: E402
from simreg.demo.subject import PORTRAIT  # noqa: E402
from simreg.face.detector import BlazeFace  # noqa: E402
from simreg.face.mesh import AttentionMesh  # noqa: E402
from simreg.face.observe import Observer  # noqa: E402
from simreg.models.session import open_session  # noqa: E402
from simreg.models.store import ModelStore  # noqa: E402
from truth import measured  # noqa: E402
from truth.measured import Row  # noqa: E402
from truth.rendered import Onlooker, gap  # noqa: E402

READINGS = ROOT / "docs" / "results" / "synthetic-truth-2026-11.csv"


def onlookers() -> dict[str, Onlooker]:
    """The networks, looking at the portrait's head and at its mirror image's."""
    store = ModelStore()
    detector = BlazeFace(open_session(store.ready("blazeface-short-range.tflite")))
    observer = Observer(detector, AttentionMesh(open_session(store.ready("attention-mesh.tflite"))))
    portrait = read_picture(store.path(PORTRAIT)).image
    return {"portrait": Onlooker(observer, portrait), "mirror": Onlooker(observer, portrait, mirror=True)}


def rows() -> Iterator[Row]:
    yield from measured.of_landmarks()
    yield from measured.of_blinks()
    yield from measured.of_surfaces()
    heads = onlookers()
    for name, onlooker in heads.items():
        yield from measured.of_poses(name, onlooker)
        yield from measured.of_eyes(name, onlooker)
    yield from measured.of_lights(heads["portrait"])
    yield from measured.of_sizes(heads["portrait"])


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def measure() -> None:
    READINGS.parent.mkdir(parents=True, exist_ok=True)
    with READINGS.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["part", "condition", "quantity", "true", "read"])
        for row in rows():
            out.writerow([row.part, row.condition, row.quantity, number(row.true), number(row.read)])


def recorded() -> list[Row]:
    with READINGS.open(newline="") as file:
        lines = list(csv.DictReader(file))
    known = [[float(line[name]) if line[name] else None for name in ("true", "read")] for line in lines]
    return [
        Row(line["part"], line["condition"], line["quantity"], true, read)
        for line, (true, read) in zip(lines, known, strict=True)
    ]


def table() -> None:
    found = recorded()
    for one in (landmark_table, blink_table, surface_table, pose_table, eye_table, light_table):
        one(found)
        print()


def landmark_table(found: list[Row]) -> None:
    ours = {(r.condition, r.quantity, r.true): r.read for r in found if r.part == "landmarks"}
    columns = [
        ("yaw", 10.0),
        ("yaw", 25.0),
        ("yaw", 40.0),
        ("yaw", 60.0),
        *(("pitch", a) for a in (-40.0, -20.0, 20.0, 40.0)),
    ]
    print_header("exact landmarks read", *(f"{what} {true:g}" for what, true in columns))
    for where in dict.fromkeys(key[0] for key in ours):
        print_row(where, *(f"{ours[where, what, true]:.1f}" for what, true in columns))


def surface_table(found: list[Row]) -> None:
    ours = {(r.condition, r.quantity): r.read for r in found if r.part == "surfaces"}
    turns = (20, 25, 30, 40, 50, 60)
    print_header("not-flat / turn-shape at a turn of", *map(str, turns))
    for name in dict.fromkeys(key[0] for key in ours):
        print_row(
            name, *(f"{ours[name, f'not-flat at {a}']:.3f} / {ours[name, f'turn-shape at {a}']:.2f}" for a in turns)
        )


def pose_table(found: list[Row]) -> None:
    print_header("rendered head", "0 to 10", "20", "30", "40", "50", "lost to 40", "lost at 50, 60")
    ours = [row for row in found if row.part == "rendered pose"]
    for what in ("yaw", "pitch"):
        for least, most in ((0, 15), (30, 30)):
            level = [row for row in ours if row.quantity == what and least <= abs(angle(row, "pitch")) <= most]
            cells = [spread([r for r in level if a <= abs(angle(r, "yaw")) <= b]) for a, b in TURNED]
            lost = [f"{sum(r.read is None for r in level if a <= abs(angle(r, 'yaw')) <= b)}" for a, b in LOST]
            print_row(f"{what}, raised or lowered by {'0 to 15' if most == 15 else '30'}", *cells, *lost)


TURNED, LOST = ((0, 10), (20, 20), (30, 30), (40, 40), (50, 50)), ((0, 40), (50, 60))


def angle(row: Row, name: str) -> float:
    return float(row.condition.split(name)[1].split(",")[0])


def spread(found: list[Row]) -> str:
    """Root mean square and largest error."""
    errors = np.array([row.read - row.true for row in found if row.read is not None and row.true is not None])
    return f"{np.sqrt(np.mean(errors**2)):.1f} ({np.abs(errors).max():.1f})"


def blink_table(found: list[Row]) -> None:
    ours = {(row.condition, row.quantity): row for row in found if row.part == "blinks"}
    rates, lengths = (list(dict.fromkeys(key[i] for key in ours)) for i in (0, 1))
    print_header("share of blinks seen", *lengths)
    for rate in rates:
        print_row(rate, *(f"{ours[rate, length].read:.0%}" for length in lengths))


def eye_table(found: list[Row]) -> None:
    ours = [row for row in found if row.part == "rendered eyes" and row.condition.endswith("both")]
    gaps = sorted({row.true for row in ours if row.true is not None}, reverse=True)
    print_header("true gap of the lids", *(f"{gap:.2f}" for gap in gaps))
    for side in ("left eye", "right eye"):
        print_row(f"{side} reads", *(quantiles([r for r in ours if r.quantity == side and r.true == g]) for g in gaps))


def quantiles(found: list[Row]) -> str:
    values = [row.read for row in found if row.read is not None]
    return f"{np.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def light_table(found: list[Row]) -> None:
    print_header("light", "yaw at 30", "yaw at -30", "pitch at 20", "eyes half shut", "eyes shut")
    for part in ("light", "exposure", "size"):
        ours = [row for row in found if row.part == part]
        for where in dict.fromkeys(row.condition for row in ours):
            at = {(r.quantity, r.true): r.read for r in ours if r.condition == where}
            angles = [at[key] for key in (("yaw", 30.0), ("yaw", -30.0), ("pitch", 20.0))]
            eyes = [at["eyes", round(gap(opening), 3)] for opening in (0.5, 0.0)]
            print_row(where, *(f"{v:.0f}" for v in angles if v is not None), *(f"{v:.2f}" for v in eyes if v is not None))


def print_header(*names: str) -> None:
    print_row(*names)
    print_row(*("---" for _ in names))


def print_row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("measure", "table"))
    if parser.parse_args().what == "measure":
        cv2.setNumThreads(1)
        measure()
    table()
    return 0


if __name__ == "__main__":
    sys.exit(main())
