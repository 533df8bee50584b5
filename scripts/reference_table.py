"""Looks for the portrait in all specimen documents and in made-up cards, and writes what came of it.

    python scripts/reference_table.py --material ../shared/material --out docs/results

Each specimen is shown in four orientations and three tilts (reference-portraits-2026-11.csv). Each card is made by code
around a portrait and photographed in its own way; the template of the portrait found is compared with that of the
portrait itself (reference-cards-2026-11.csv). Times are processor time of this machine.
"""

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from simreg.capture.frame import Image
from simreg.capture.picture import read_picture
from simreg.documents.portrait import Portrait, find_portrait
from simreg.engine import Engine
from simreg.loading import load_engine
from simreg.result import ReferenceSummary

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from documents.cards import any_photograph, photograph

ORIENTATIONS, TILTS = (0, 90, 180, 270), (0, 20, -20)
DESK = (120, 110, 100)
"""Colour around a tilted document."""

Row = dict[str, object]


def tilted(image: Image, degrees: float) -> tuple[Image, NDArray[np.float64]]:
    """The picture turned clockwise on a larger sheet, and the affine map, shape (2, 3), into it."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(width * cos + height * sin) + 1, int(width * sin + height * cos) + 1
    matrix[:, 2] += (wide - width) / 2, (high - height) / 2
    turned = cv2.warpAffine(image, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderValue=DESK)
    return np.asarray(turned, np.uint8), np.asarray(matrix, np.float64)


def timed(image: Image, engine: Engine) -> tuple[Portrait, float]:
    """The portrait, and the milliseconds of processor time it took."""
    start = time.process_time()
    portrait = find_portrait(image, engine.detector, engine.mesh)
    return portrait, 1000 * (time.process_time() - start)


def centre_as_given(summary: ReferenceSummary) -> tuple[float, float] | None:
    """Middle of the face in pixels of the picture before it was turned upright."""
    if summary.face_box is None:
        return None
    x, y = summary.face_box.centre
    width, height = summary.width, summary.height
    for _ in range(summary.rotation // 90):
        x, y = y, width - 1 - x
        width, height = height, width
    return x, y


def specimen_rows(path: Path, engine: Engine) -> Iterable[Row]:
    """A row for each way in which a specimen is shown."""
    whole = read_picture(path).image
    for tilt in TILTS:
        sheet, matrix = tilted(whole, tilt)
        back = np.asarray(cv2.invertAffineTransform(matrix), np.float64)
        for orientation in ORIENTATIONS:
            shown = np.ascontiguousarray(np.rot90(sheet, -orientation // 90))
            portrait, milliseconds = timed(shown, engine)
            place = _on_document(portrait.summary, orientation, sheet.shape, back)
            yield {
                "file": path.name,
                "orientation": orientation,
                "tilt": tilt,
                **_found(portrait.summary),
                "face_x": "" if place is None else round(place[0]),
                "face_y": "" if place is None else round(place[1]),
                "ms": f"{milliseconds:.0f}",
            }


def _on_document(
    summary: ReferenceSummary, orientation: int, shape: tuple[int, ...], back: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Middle of the face in pixels of the specimen's file."""
    place = centre_as_given(summary)
    if place is None:
        return None
    x, y = place
    for turn in range(orientation // 90, 0, -1):
        before_height = shape[0] if turn % 2 else shape[1]
        x, y = y, before_height - 1 - x
    return np.asarray(back @ np.array([x, y, 1.0]))


def card_row(seed: int, portrait: Image, engine: Engine) -> Row:
    """What came of one card with this portrait."""
    how = any_photograph(seed)
    scene = photograph(portrait, how)
    found, milliseconds = timed(scene.image, engine)
    place = centre_as_given(found.summary)
    return {
        "card": seed,
        "width": how.width,
        "height": how.height,
        "card_share": f"{how.share:.2f}",
        "orientation": 90 * how.turn,
        "tilt": f"{how.tilt:.0f}",
        "grey": how.grey,
        "halftone": how.halftone,
        "ghost": how.ghost,
        "overlay": f"{how.overlay:.2f}",
        **_found(found.summary),
        "right_portrait": place is not None and scene.holds(*place),
        "upright": place is not None and (found.summary.rotation + 90 * how.turn) % 360 == 0,
        "similarity": _similarity(found, portrait, engine),
        "ms": f"{milliseconds:.0f}",
    }


def _similarity(found: Portrait, portrait: Image, engine: Engine) -> str:
    plain = find_portrait(portrait, engine.detector, engine.mesh)
    if found.points is None or plain.points is None:
        return ""
    faces = ((found.image, found.points), (plain.image, plain.points))
    one, other = (engine.recogniser.template(engine.recogniser.chip(*face)) for face in faces)
    return f"{float(one @ other):.3f}"


def _found(summary: ReferenceSummary) -> Row:
    measured = summary.eye_distance is not None and summary.sharpness is not None and summary.contrast is not None
    return {
        "problem": summary.problem or "",
        "rotation": summary.rotation,
        "faces": summary.faces,
        "eye_distance": f"{summary.eye_distance:.1f}" if measured else "",
        "sharpness": f"{summary.sharpness:.2f}" if measured else "",
        "contrast": f"{summary.contrast:.0f}" if measured else "",
        "quality": "" if summary.quality is None else summary.quality,
    }


def portraits(folder: Path) -> list[Path]:
    """One picture of each person, in a fixed order that is not the alphabet's."""
    people = sorted(path for path in folder.iterdir() if path.is_dir())
    order = np.random.default_rng(11).permutation(len(people))
    return [sorted(people[i].glob("*.jpg"))[0] for i in order]


def write(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def tell(title: str, rows: list[Row]) -> None:
    """Print how often each result came, and the times."""
    problems = Counter(str(row["problem"] or "found") for row in rows)
    times = np.quantile([float(str(row["ms"])) for row in rows], (0.5, 0.9, 1))
    print(f"{title}: {dict(problems.most_common())}; ms median, 90 %, most: {times.round().tolist()}")


def main() -> int:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cards", type=int, default=120)
    args = parser.parse_args()
    engine = load_engine()
    files = sorted(p for p in (args.material / "documents" / "specimens").iterdir() if p.suffix in {".jpg", ".png"})
    specimens = [row for path in track(files, description="specimens") for row in specimen_rows(path, engine)]
    write(args.out / "reference-portraits-2026-11.csv", specimens)
    tell("specimens", specimens)
    people = portraits(args.material / "lfw" / "images")[: args.cards]
    cards = [card_row(i, read_picture(path).image, engine) for i, path in enumerate(track(people, description="cards"))]
    write(args.out / "reference-cards-2026-11.csv", cards)
    tell("cards", cards)
    alike = [float(str(row["similarity"])) for row in cards if row["similarity"]]
    right = sum(bool(row["right_portrait"]) and bool(row["upright"]) and not row["problem"] for row in cards)
    print(f"right portrait, upright: {right} of {len(cards)}")
    print(
        f"similarity to the portrait itself, least, 5 %, median: {np.quantile(alike, (0, 0.05, 0.5)).round(2).tolist()}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
