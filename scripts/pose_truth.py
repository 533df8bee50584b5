"""Holds pose estimators against heads made by code, whose pose is known exactly, and against turned prints.

    python scripts/pose_truth.py measure    heads and prints of many persons -> docs/results/pose-estimator-readings.csv
    python scripts/pose_truth.py table      the tables of docs/pose-estimator.md, out of that file

The persons are the demonstration's portrait and frontal frames and pictures in SIMREG_MATERIAL (or
../shared/material). Of them only angles are kept: readings relative to the same head's own frontal state.
"""

import argparse
import csv
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Frame, Image
from simreg.capture.picture import read_picture
from simreg.demo.head import Head, HeadState
from simreg.demo.portrait import head_surface
from simreg.demo.subject import PORTRAIT
from simreg.demo.surface import printed
from simreg.face import pose as current
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh
from simreg.face.observe import Observer, Track
from simreg.face.types import ObservedFace, Points
from simreg.models.session import open_session
from simreg.models.store import ModelStore

ROOT = Path(__file__).resolve().parent.parent
READINGS = ROOT / "docs" / "results" / "pose-estimator-readings.csv"

CLIPS = (
    *("turns-slowly", "grimaces-blinks", "many-blinks-glasses", "one-blink", "phone-talks-blinks-glasses"),
    *("shakes-and-closes-eyes", "smiles-one-blink", "talks-head-swings", "talks-moderate-turns"),
    *("turns-both-ways-glasses", "winks-glasses", "wink-turns-tilts", "approaches-recedes-talks"),
)
"""Clips of different persons who look into the camera at some moment."""

PICTURES = 12
"""Persons taken from pictures of LFW: the first who are frontal, alone and at least `LEAST_WIDTH` pixels wide."""

LEAST_WIDTH, WORK_WIDTH = 85.0, 120.0
DEPTHS = (0.9, 1.0, 1.15)
RADII = {"flat print": None, "print bent 1.0": 1.0, "print bent 0.6": 0.6}
TURNS, TIPS = (0.0, 10.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0), (0.0, 10.0, 20.0, 30.0)
HOLDING_STILL = (0.0, 25.0, 40.0)

Angles = tuple[float, float]
Rotation = NDArray[np.float64]


def angles(turned: Rotation) -> Angles:
    back = turned[:, 2]
    return tuple(np.degrees([np.arctan2(-back[0], np.hypot(back[1], back[2])), np.arctan2(back[1], back[2])]).tolist())


def fitted(seen: NDArray[np.float64], shape: NDArray[np.float64]) -> Rotation:
    """Kabsch's rotation from the shape to what is seen, both (n, 3)."""
    left, _, right = np.linalg.svd((seen - seen.mean(axis=0)).T @ (shape - shape.mean(axis=0)))
    return np.asarray(left @ np.diag([1.0, 1.0, np.sign(np.linalg.det(left @ right))]) @ right)


def two_lines(points: Points, _: Points) -> Angles:
    """Cheek to cheek and forehead to chin in the mesh's 3D."""
    across = (points[454] - points[234]).astype(np.float64)
    down = (points[152] - points[10]).astype(np.float64)
    across /= np.linalg.norm(across)
    down -= across * (across @ down)
    down /= np.linalg.norm(down)
    return angles(np.stack([across, down, np.cross(across, down)], axis=1))


def average_head(points: Points, _: Points) -> Angles:
    """The project's: rigid landmarks on an average head."""
    seen = current.pose(points)
    return seen.yaw, seen.pitch


def own_head(points: Points, neutral: Points) -> Angles:
    """Rigid landmarks on the subject's own neutral mesh."""
    rigid = current._RIGID
    return angles(fitted(points[rigid].astype(np.float64), neutral[rigid].astype(np.float64)))


def plane_only(points: Points, _: Points) -> Angles:
    """Rigid landmarks on an average head by x and y alone, in scaled orthography."""
    seen = points[current._RIGID, :2].astype(np.float64)
    affine = np.linalg.lstsq(current._HEAD, seen - seen.mean(axis=0), rcond=None)[0].T
    left, _, right = np.linalg.svd(affine, full_matrices=False)
    rows = left @ right
    return angles(np.vstack([rows, np.cross(*rows)]))


def nose_offset(points: Points, _: Points) -> Angles:
    """The tip of the nose against the cheek line by x and y alone; yaw only."""
    line = (points[454, :2] - points[234, :2]).astype(np.float64)
    offset = (points[1, :2] - (points[234, :2] + points[454, :2]) / 2) @ line / (line @ line)
    return float(np.degrees(np.arctan2(offset, 0.69))), 0.0


ESTIMATORS: dict[str, Callable[[Points, Points], Angles]] = {
    "average head": average_head,
    "own head": own_head,
    "two lines": two_lines,
    "x and y": plane_only,
    "nose offset": nose_offset,
}


class Eye:
    """Looks at single pictures and at sequences."""

    def __init__(self, store: ModelStore) -> None:
        detector = BlazeFace(open_session(store.ready("blazeface-short-range.tflite")))
        self._observer = Observer(detector, AttentionMesh(open_session(store.ready("attention-mesh.tflite"))))

    def look(self, image: Image) -> ObservedFace | None:
        """The face in one picture."""
        return self._observer.observe(Track(), Frame(0, 0.0, image))[1].face

    def follow(self, head: Head, states: list[HeadState]) -> list[ObservedFace | None]:
        """The face in each frame of a movement."""
        track, faces = Track(), []
        for index, state in enumerate(states):
            track, seen = self._observer.observe(track, Frame(index, index / 15, head.render(state, shot=index)))
            faces.append(seen.face)
        return faces


def persons(eye: Eye, store: ModelStore, material: Path) -> Iterator[tuple[Image, Points]]:
    """Frontal portraits in which the face is `WORK_WIDTH` pixels wide, with their landmarks."""
    pictures = [read_picture(store.path(PORTRAIT)).image]
    clips = [next((material / "clips").glob(name + ".*")) for name in CLIPS]
    pictures += [best for clip in clips if (best := most_frontal(eye, clip)) is not None]
    pictures += frontal_pictures(eye, material / "lfw" / "images")
    for picture in pictures:
        face = eye.look(picture)
        if face is None:
            continue
        scale = WORK_WIDTH / face.width
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        large = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=way), np.uint8)
        left, top = (max(0, int(v * scale - 260)) for v in face.box.centre)
        part = np.ascontiguousarray(large[top : top + 520, left : left + 520])
        seen = eye.look(part)
        if seen is not None:
            yield part, seen.points


def most_frontal(eye: Eye, clip: Path) -> Image | None:
    source = cv2.VideoCapture(str(clip))
    best, found = np.inf, None
    for index in range(200):
        there, frame = source.read()
        if not there:
            break
        image = np.asarray(frame[..., ::-1].copy(), np.uint8)
        face = eye.look(image) if index % 4 == 0 else None
        if face is not None and (badness := abs(face.pose.yaw) + 60 * face.mouth) < best:
            best, found = badness, image
    return found


def frontal_pictures(eye: Eye, folder: Path) -> list[Image]:
    found: list[Image] = []
    for path in sorted(folder.glob("*/*_0001.jpg")):
        image = read_picture(path).image
        face = eye.look(image)
        if face is None or face.width < LEAST_WIDTH or face.mouth > 0.1:
            continue
        if abs(face.pose.yaw) < 3 and abs(face.pose.roll) < 8:
            found.append(image)
        if len(found) == PICTURES:
            break
    return found


def sweeps(depth: float) -> Iterator[list[HeadState]]:
    """Ways out from the frontal state, as a head moves; tipped at the same time only where ``depth`` is 1."""
    for side in (1, -1):
        yield [HeadState(yaw=side * angle) for angle in TURNS]
        yield [HeadState(pitch=side * angle) for angle in TIPS]
        for tip in (-15.0, 15.0) if depth == 1 else ():
            yield [HeadState(yaw=side * angle, pitch=tip) for angle in TURNS if angle <= 40]


def print_sweeps() -> Iterator[list[HeadState]]:
    """Turned, tipped, and both at once."""
    for side in (1, -1):
        for down in (0.0, 0.5, -0.5):
            yield [HeadState(yaw=side * angle, pitch=down * angle) for angle in np.arange(0, 60.1, 15)]
        yield [HeadState(pitch=side * angle) for angle in np.arange(0, 45.1, 15)]


def measure(eye: Eye, store: ModelStore, material: Path) -> None:
    READINGS.parent.mkdir(parents=True, exist_ok=True)
    with READINGS.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        names = [f"{name} {axis}" for name in ESTIMATORS for axis in ("yaw", "pitch")]
        out.writerow(["kind", "person", "depth", "yaw", "pitch", *names])
        for number, (picture, points) in enumerate(persons(eye, store, material)):
            print(f"person {number}", file=sys.stderr)
            for depth in DEPTHS:
                head = Head(head_surface(picture, points, depth))
                for way in sweeps(depth):
                    out.writerows(read(eye, head, way, ("head", number, depth)))
            head = Head(head_surface(picture, points))
            for angle in HOLDING_STILL:
                out.writerows(read(eye, head, still(angle), ("still", number, 1.0)))
            for kind, radius in RADII.items():
                paper = Head(printed(picture, points, head.surface.room, radius))
                for way in print_sweeps():
                    out.writerows(read(eye, paper, way, (kind, number, 0.0)))


def still(angle: float) -> list[HeadState]:
    """The frontal state, then one pose seen ten times from hardly different places."""
    random = np.random.default_rng(0)
    jitter = random.normal(0, 0.01, (10, 3))
    return [HeadState(), *(HeadState(yaw=angle, x=x, y=y, scale=1 + s) for x, y, s in jitter.tolist())]


def read(eye: Eye, head: Head, way: list[HeadState], label: tuple[str, int, float]) -> Iterator[list[object]]:
    """One row for each state in which a face was seen; readings are relative to the head's frontal state."""
    frontal = eye.follow(head, [HeadState()])[0]
    if frontal is None:
        return
    zero = {name: estimate(frontal.points, frontal.points) for name, estimate in ESTIMATORS.items()}
    for state, face in zip(way, eye.follow(head, way), strict=True):
        row: list[object] = [*label, f"{state.yaw:g}", f"{state.pitch:g}"]
        for name, estimate in ESTIMATORS.items():
            seen = (None, None) if face is None else estimate(face.points, frontal.points)
            row += ["" if a is None else f"{a - z:.1f}" for a, z in zip(seen, zero[name], strict=True)]
        yield row


class Table:
    """The readings, as columns."""

    def __init__(self) -> None:
        with READINGS.open(newline="") as file:
            rows = list(csv.DictReader(file))
        self._text = {name: np.array([row[name] for row in rows]) for name in rows[0]}
        self.kind, self.person = self._text["kind"], self._text["person"]
        self.depth, self.yaw, self.pitch = (self.column(name) for name in ("depth", "yaw", "pitch"))

    def column(self, name: str) -> NDArray[np.float64]:
        """Numbers of one column, NaN where there is none."""
        return np.array([float(value) if value else np.nan for value in self._text[name]])


def spread(values: NDArray[np.float64]) -> str:
    known = values[np.isfinite(values)]
    return f"{known.mean():.1f} ± {known.std():.1f}"


def table() -> None:
    t = Table()
    yaw_table(t)
    pose_table(t)
    print_table(t)


def yaw_table(t: Table) -> None:
    print(
        "Yaw read at a true yaw, both sides, all depths, mean ± standard deviation; noise of a head that keeps still:\n"
    )
    print_header("estimator", *(f"{a:g}" for a in TURNS[1:]), "RMS error 10 to 30", "noise at 25")
    level = (t.kind == "head") & (t.pitch == 0)
    for name in ESTIMATORS:
        seen = t.column(f"{name} yaw")
        cells = [spread((seen * np.sign(t.yaw))[level & (np.abs(t.yaw) == a)]) for a in TURNS[1:]]
        near = level & (np.abs(t.yaw) >= 10) & (np.abs(t.yaw) <= 30)
        error = np.sqrt(np.nanmean((seen - t.yaw)[near] ** 2))
        groups = [(t.kind == "still") & (t.person == p) & (t.yaw == 25) for p in np.unique(t.person)]
        noise = np.median([np.nanstd(seen[g]) for g in groups])
        print_row(name, *cells, f"{error:.1f}", f"{noise:.1f}")


def pose_table(t: Table) -> None:
    print("\nYaw read at a true 30 by depth of the head and with the head tipped; pitch read at a true pitch:\n")
    depths = [f"depth {depth}" for depth in DEPTHS]
    print_header("estimator", *depths, "tipped -15", "tipped 15", *(f"pitch {a:g}" for a in TIPS[1:]))
    head = t.kind == "head"
    at = head & (np.abs(t.yaw) == 30)
    for name in list(ESTIMATORS)[:-1]:
        turned, tipped = t.column(f"{name} yaw") * np.sign(t.yaw), t.column(f"{name} pitch") * np.sign(t.pitch)
        cells = [spread(turned[at & (t.pitch == 0) & (t.depth == d)]) for d in DEPTHS]
        cells += [spread(turned[at & (t.pitch == p)]) for p in (-15, 15)]
        cells += [spread(tipped[head & (t.yaw == 0) & (np.abs(t.pitch) == p)]) for p in TIPS[1:]]
        print_row(name, *cells)


def print_table(t: Table) -> None:
    print(
        "\nPrints: yaw read, median / 95th percentile, at each turn; share of the ways in which it reaches what the same"
    )
    print("estimator reads at a head's true 25, up to a turn of 45 and of 60; the same for prints tipped as well:\n")
    turns = (15, 30, 45, 60)
    print_header("estimator", "kind", *map(str, turns), "reached to 45", "to 60", "tipped: to 45", "to 60", "pitch 45")
    for name in ESTIMATORS:
        seen, up = np.abs(t.column(f"{name} yaw")), np.abs(t.column(f"{name} pitch"))
        limit = float(np.nanmean(seen[(t.kind == "head") & (t.pitch == 0) & (np.abs(t.yaw) == 25)]))
        for kind in RADII:
            level = (t.kind == kind) & (t.yaw != 0) & (t.pitch == 0)
            tipped = (t.kind == kind) & (t.yaw != 0) & (t.pitch != 0)
            cells = [quantiles(seen[level & (np.abs(t.yaw) == a)]) for a in turns]
            cells += [reached(t, seen, way, limit, most) for way in (level, tipped) for most in (45, 60)]
            print_row(name, kind, *cells, quantiles(up[(t.kind == kind) & (t.yaw == 0) & (np.abs(t.pitch) == 45)]))


def quantiles(values: NDArray[np.float64]) -> str:
    return "{:.0f} / {:.0f}".format(*np.nanquantile(values, [0.5, 0.95]))


def reached(t: Table, seen: NDArray[np.float64], way: NDArray[np.bool_], limit: float, most: float) -> str:
    """Share of the ways, one for each person, side and tip, in which a reading reaches the limit."""
    keys = list(zip(t.person.tolist(), np.sign(t.yaw).tolist(), np.sign(t.yaw * t.pitch).tolist(), strict=True))
    at = np.flatnonzero(way & (np.abs(t.yaw) <= most))
    ways = {keys[i] for i in at}
    passed = {keys[i] for i in at if seen[i] >= limit}
    return f"{len(passed) / len(ways):.0%}"


def print_header(*names: str) -> None:
    print_row(*names)
    print_row(*("---" for _ in names))


def print_row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("measure", "table"))
    if parser.parse_args().what == "table":
        table()
        return 0
    cv2.setNumThreads(1)
    material = Path(os.environ.get("SIMREG_MATERIAL", ROOT.parent / "shared" / "material"))
    store = ModelStore()
    measure(Eye(store), store, material)
    table()
    return 0


if __name__ == "__main__":
    sys.exit(main())
