"""Cut a list of bona fide presentations out of the material's long clips, each also as other cameras would record it.

    python scripts/bona_fide_clips.py --material ../shared/material --out FOLDER

FOLDER gets the recordings, the references and ``clips.csv`` for `simreg evaluate pad`.

**Which segments, and what is asked of them.** Nobody in the material was asked for anything, so what a segment is asked
for is what it shows. Were that read by simreg itself, every movement that it misses would be left out, and the errors
would look smaller than they are. So windows are cut by the clock alone, `WINDOW_S` each, and what they show comes from
elsewhere: closures of the eyes from the material's own list (readings of another program), other movements from
looking at the clips (`SHOWN`). A closure of up to `BLINK_S` is a blink, one from `CLOSED_S` on closed eyes, what lies
between is neither. A window is in the list when it shows such a movement after its first `LEAD_S` seconds, in which a
live capture would learn the neutral state, and does not begin with shut eyes; nothing is left out because of how it is
judged.

**What stays biased.** The people do not look at a prompt: they talk, grimace and look about, which makes it harder than
a real capture, and the other program's readings err, which counts against simreg. Nearly all that they show is blinks
and open mouths, which makes it easier: only one of them turns far enough. The reference is a frame of the same clip,
as far from the window as there is, so mated similarities are too high and the FRR speaks of liveness alone. There are
few people, and the variants of one segment share everything but the recording: intervals that take them as independent
are too narrow, so the number of subjects stands beside them.

**What is no bona fide presentation** is not in the list: no face or a cartoon for half of the time (`no-face`,
`face-then-none`, `none-then-face`), and a face of 60 to 70 pixels in an animated GIF (`still-small`,
`turns-profile-to-profile-small`), nearer than which a live capture would ask them to come.
"""

import argparse
import csv
import math
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from clip_table import _worth
from rich.progress import track

from simreg.capture.frame import Frame, Image
from simreg.capture.video import open_video
from simreg.engine import Engine
from simreg.face.observe import Observer, Track
from simreg.liveness.types import Action
from simreg.loading import load_engine

A = Action
WINDOW_S, LEAST_S, LEAD_S, TAIL_S = 7.0, 4.0, 0.6, 0.3
BLINK_S, CLOSED_S, APART_S = 0.5, 1.2, 0.6
LONG_SIDE, MOST_ACTIONS = 640, 3

SUBJECTS = {
    "approaches-recedes-talks": "man-with-map",
    "talks-recedes-blinks": "man-with-map",
}
"""Clips of one subject; every other clip shows somebody else."""

CONDITIONS = {
    "many-blinks-glasses": "glasses",
    "news-2": "glasses",
    "phone-talks-blinks-glasses": "glasses",
    "turns-both-ways-glasses": "glasses",
    "winks-glasses": "glasses",
    "shakes-and-closes-eyes": "beard",
    "talks": "dark-scene",
    "hand-before-face": "dark-scene",
}

SHOWN: dict[str, tuple[tuple[Action, int, int], ...]] = {
    "approaches-recedes-talks": ((A.OPEN_MOUTH, 288, 304), (A.OPEN_MOUTH, 338, 368), (A.APPROACH, 800, 880)),
    "talks-recedes-blinks": ((A.OPEN_MOUTH, 394, 412), (A.OPEN_MOUTH, 446, 486)),
    "turns-both-ways-glasses": ((A.OPEN_MOUTH, 118, 138),),
    "turns-slowly": (
        (A.TURN_RIGHT, 60, 110),
        (A.LOOK_UP, 165, 215),
        (A.LOOK_DOWN, 410, 470),
        (A.TURN_LEFT, 545, 594),
    ),
}
"""Movements besides those of the eyes, seen by looking at the clips: action, first and last frame."""

OWN_WINDOWS = {"turns-slowly": ((0, 260), (350, 595))}
"""Frames of windows where those by the clock would cut a slow turn in two."""

LIDS_SINK = {"turns-slowly"}
"""Where readings of the eyes come from a lowered head."""

PARTS = {"turns-slowly": (600, 40, 800, 600)}
"""x, y, width, height in pixels that are kept of a subject who stands further away than anybody before a phone."""

LEFT_OUT = {"no-face", "face-then-none", "none-then-face", "still-small", "turns-profile-to-profile-small"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A movement in seconds of the clip."""

    action: Action
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A window of a clip in seconds, and what it shows in order."""

    start_s: float
    end_s: float
    challenge: tuple[Action, ...]


def movements(name: str, closures: str, fps: float) -> list[Shown]:
    """What a clip shows, in the order of time; ``closures`` are frame ranges such as ``12-14 30-80``."""
    found = [Shown(action, first / fps, (last + 1) / fps) for action, first, last in SHOWN.get(name, ())]
    for first, last in [] if name in LIDS_SINK else re.findall(r"(\d+)-(\d+)", closures):
        seconds = (int(last) - int(first) + 1) / fps
        if last != first and not BLINK_S < seconds < CLOSED_S:  # a single frame may be misread
            action = A.BLINK if seconds <= BLINK_S else A.CLOSE_EYES
            found.append(Shown(action, int(first) / fps, int(first) / fps + seconds))
    return sorted(found, key=lambda one: one.start_s)


def windows(name: str, duration_s: float, fps: float) -> list[tuple[float, float]]:
    """Windows by the clock from the clip's beginning; what is left at its end joins the last one if it is short."""
    if name in OWN_WINDOWS:
        return [(first / fps, last / fps) for first, last in OWN_WINDOWS[name]]
    count = max(1, math.floor(duration_s / WINDOW_S + (1 - LEAST_S / WINDOW_S)))
    starts = [WINDOW_S * index for index in range(count)]
    return [(start, duration_s if start == starts[-1] else start + WINDOW_S) for start in starts]


def segments(name: str, closures: str, duration_s: float, fps: float) -> list[Segment]:
    """Windows that show a movement, each with up to `MOST_ACTIONS` of them: the same one is not asked for twice in a row,
    and movements that follow each other too quickly to be prompts are not asked for.
    """
    found, shown = [], movements(name, closures, fps)
    for start, end in windows(name, duration_s, fps):
        asked: list[Shown] = []
        if any(one.action is A.CLOSE_EYES and one.start_s < start + LEAD_S and one.end_s > start for one in shown):
            continue
        for one in shown:
            inside = start + LEAD_S <= one.start_s and one.end_s <= end - (0 if name in OWN_WINDOWS else TAIL_S)
            if inside and (
                not asked or (one.action is not asked[-1].action and one.start_s >= asked[-1].end_s + APART_S)
            ):
                asked.append(one)
        if asked:
            found.append(Segment(start, end, tuple(one.action for one in asked[:MOST_ACTIONS])))
    return found


def every(frames: Sequence[Frame], fps: float) -> Iterator[Frame]:
    """The frames that a camera of ``fps`` would have taken."""
    due = 0.0
    for frame in frames:
        if frame.time_s >= due - 0.25 / fps:
            due += 1 / fps
            yield frame


def dim(image: Image, index: int) -> Image:
    """Half the light, with the noise of a camera that amplifies it."""
    noise = np.random.default_rng(index).normal(0, 6, image.shape)
    return np.asarray(np.clip(image * 0.5 + noise, 0, 255), np.uint8)


def shaken(image: Image, time_s: float) -> Image:
    """A phone in a hand: it drifts and trembles by some hundredths of the picture, and turns by a degree or two."""
    height, width = image.shape[:2]

    def sway(*waves: tuple[float, float, float]) -> float:
        return sum(size * math.sin(2 * math.pi * rate * time_s + phase) for size, rate, phase in waves)

    x = width * sway((0.020, 0.4, 0.0), (0.006, 2.1, 1.0), (0.0015, 7.3, 2.0))
    y = height * sway((0.018, 0.5, 1.5), (0.006, 1.7, 0.3), (0.0015, 8.1, 0.9))
    turn = sway((1.4, 0.3, 0.7), (0.4, 1.9, 0.2))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.08)
    matrix[:, 2] += (x, y)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REFLECT), np.uint8)


def small(image: Image) -> Image:
    """At most 640 pixels a side, as a browser sends them."""
    scale = min(1.0, LONG_SIDE / max(image.shape[:2]))
    if scale == 1.0:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


H264 = ("libx264", {"crf": "20", "preset": "veryfast"}, ".mp4")
LOW_H264 = ("libx264", {"crf": "26", "preset": "veryfast", "tune": "zerolatency"}, ".mp4")
VP8 = ("libvpx", {"deadline": "realtime", "cpu-used": "6", "b": "900k", "crf": "16"}, ".webm")

VARIANTS: dict[str, tuple[float | None, tuple[str, dict[str, str], str], Callable[[Frame], Image]]] = {
    "as-filmed": (None, H264, lambda frame: frame.image),
    "15fps": (15.0, LOW_H264, lambda frame: small(frame.image)),
    "vp8": (15.0, VP8, lambda frame: small(frame.image)),
    "dim": (None, H264, lambda frame: dim(small(frame.image), frame.index)),
    "hand-held": (None, H264, lambda frame: shaken(small(frame.image), frame.time_s)),
    "640": (None, LOW_H264, lambda frame: small(frame.image)),
}
"""Frames a second (None as filmed), how it is encoded, and what is done to the frames."""


def encode(path: Path, frames: Sequence[Frame], variant: str) -> None:
    """Write frames as a variant, at their own times."""
    fps, (codec, options, _), picture = VARIANTS[variant]
    chosen = list(frames if fps is None else every(frames, fps))
    with av.open(str(path), "w") as output:
        stream: Any = output.add_stream(codec, rate=30, options=options)
        height, width = (side // 2 * 2 for side in picture(chosen[0]).shape[:2])
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for frame in chosen:
            taken = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture(frame)[:height, :width]), format="rgb24")
            taken.pts, taken.time_base = round(1000 * frame.time_s), Fraction(1, 1000)
            output.mux(stream.encode(taken))
        output.mux(stream.encode())


def reference(seen: Sequence[tuple[Frame, float]], segment: Segment) -> Image:
    """The best of the frames that lie further from the window than most do, or in its first quarter where the clip has
    no others; ``seen`` are frames with their worth as a portrait.
    """

    def away(frame: Frame) -> float:
        return max(segment.start_s - frame.time_s, frame.time_s - segment.end_s)

    furthest = max(away(frame) for frame, _ in seen)
    if furthest > 1.0:
        candidates = [one for one in seen if away(one[0]) >= furthest / 2]
    else:
        candidates = [one for one in seen if one[0].time_s <= segment.start_s + (segment.end_s - segment.start_s) / 4]
    return max(candidates or seen, key=lambda one: one[1])[0].image


def watch(path: Path, engine: Engine) -> tuple[list[Frame], list[tuple[Frame, float]]]:
    """All frames of a clip, and those with a face and their worth as a portrait."""
    observer, follow, frames, seen = Observer(engine.detector, engine.mesh), Track(), [], []
    x, y, width, height = PARTS.get(path.stem, (0, 0, 10**6, 10**6))
    with open_video(path) as source:
        for frame in source:
            image = np.ascontiguousarray(frame.image[y : y + height, x : x + width])
            frames.append(Frame(frame.index, frame.time_s, image))
            follow, found = observer.observe(follow, frames[-1])
            if found.face is not None:
                seen.append((frames[-1], _worth(found.face)))
    return frames, seen


def make(clip: dict[str, str], folder: Path, out: Path, engine: Engine) -> list[dict[str, str]]:
    """Rows of the list for one clip, whose recordings and references are written."""
    path, rows = folder / clip["file"], []
    frames, seen = watch(path, engine)
    fps = float(clip["fps"])
    for number, segment in enumerate(segments(path.stem, clip["eye_closures"], frames[-1].time_s, fps), 1):
        part = [frame for frame in frames if segment.start_s <= frame.time_s < segment.end_s]
        part = [Frame(index, frame.time_s - part[0].time_s, frame.image) for index, frame in enumerate(part)]
        portrait = out / f"{path.stem}-{number}.png"
        cv2.imwrite(str(portrait), cv2.cvtColor(reference(seen, segment), cv2.COLOR_RGB2BGR))
        for variant, (rate, (_, _, suffix), _) in VARIANTS.items():
            if (rate and fps < rate) or (variant == "640" and max(part[0].image.shape[:2]) <= LONG_SIDE):
                continue
            file = out / f"{path.stem}-{number}-{variant}{suffix}"
            encode(file, part, variant)
            rows.append(
                {
                    "file": file.name,
                    "label": "bona-fide",
                    "species": "",
                    "challenge": " ".join(segment.challenge),
                    "reference": portrait.name,
                    "subject": SUBJECTS.get(path.stem, path.stem),
                    "conditions": f"{variant} {CONDITIONS.get(path.stem, '')}".strip(),
                    "segment": f"{segment.start_s:.2f}-{segment.end_s:.2f}",
                }
            )
    return rows


def main() -> int:
    """Make the recordings and the list."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="", help="only clips whose names hold this")
    options = parser.parse_args()
    clips = options.material / "clips"
    options.out.mkdir(parents=True, exist_ok=True)
    with (clips / "clips.csv").open(newline="", encoding="utf-8") as file:
        listed = [row for row in csv.DictReader(file) if Path(row["file"]).stem not in LEFT_OUT]
    engine = load_engine()
    named = [row for row in listed if options.only in row["file"]]
    rows = [row for clip in track(named, "cutting clips") for row in make(clip, clips, options.out, engine)]
    with (options.out / "clips.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} presentations of {len({row['subject'] for row in rows})} subjects")
    return 0


if __name__ == "__main__":
    sys.exit(main())
