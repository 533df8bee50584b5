"""Measures how alike frames of one recording are, and frames of two persons: where the same-person check draws its line.

    python scripts/same_person.py --clips ../shared/material/clips --out docs/results

For each recording the samples are taken that a verification takes, and their weakest link is found as the check does.
Then, as if another person had stepped in, each sample of every other person's recording is held against them. Writes
comparison-same-person.csv (a row for each recording) and comparison-same-person.md.
"""

import argparse
import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from rich.progress import track
from thresholds import SAME_PERSON, networks, open_by_name

from simreg.capture.video import open_video
from simreg.comparison.thresholds import threshold_for
from simreg.engine import Engine
from simreg.face.observe import Observer, Track
from simreg.liveness.checks.same_person import FREEDOM, MOST_APART, weakest_link
from simreg.liveness.evidence import TimedTemplate
from simreg.models.recogniser_file import BUILT_IN
from simreg.models.store import ModelStore
from simreg.sampling import Sampler

SAME_SUBJECT = (
    ("face-then-none", "none-then-face", "smiles-one-blink"),
    ("approaches-recedes-talks", "talks-recedes-blinks"),
)
"""Recordings that show one person."""

LONGEST_S = 20.0
"""Seconds of a recording that a stranger's frame is held against: more frames make a chance likeness likelier."""


@dataclass(frozen=True, slots=True)
class Samples:
    """One recording as one recogniser sees it."""

    clip: str
    templates: tuple[TimedTemplate, ...]


def sample(clip: Path, engines: list[Engine]) -> list[Samples]:
    """The samples of a recording for each engine; they share detector and mesh."""
    observer, state = Observer(engines[0].detector, engines[0].mesh), Track()
    samplers = [Sampler(engine) for engine in engines]
    with open_video(clip) as source:
        for frame in source:
            state, seen = observer.observe(state, frame)
            for sampler in samplers:
                sampler.see(frame, seen)
    for sampler in samplers:
        sampler.flush()
    return [Samples(clip.stem, tuple(one.timed for one in sampler.samples)) for sampler in samplers]


def link(before: tuple[TimedTemplate, ...], now: TimedTemplate) -> float:
    """How well a frame is linked to those before it."""
    near = [t for t in before if abs(t.yaw - now.yaw) <= MOST_APART] or [before[-1]]
    alike = [float(t.template @ now.template) for t in near]
    return min(max(alike), 1 - (1 - min(alike)) / FREEDOM)


def subject(clip: str) -> str:
    return next((group[0] for group in SAME_SUBJECT if clip in group), clip)


def swaps(recordings: list[Samples]) -> list[float]:
    """The link of every sample to a whole capture of another person."""
    return [
        link(tuple(t for t in one.templates if t.time_s < LONGEST_S), stranger)
        for one in recordings
        for other in recordings
        if subject(one.clip) != subject(other.clip)
        for stranger in other.templates
    ]


def table(by_name: dict[str, list[Samples]]) -> str:
    lines = [
        "# Frames of one recording, and of two persons",
        "",
        "Weakest link of each recording, and the link of a stranger's frame to a recording of up to 20 s; made by "
        "`scripts/same_person.py`.",
        "",
        "| recogniser | recordings | weakest link: lowest, 10 %, median | strangers | link: median, 99 %, 99.9 %, highest"
        " | limit | recordings below | strangers from the limit on |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, recordings in by_name.items():
        weakest = np.array([value for one in recordings if (value := weakest_link(one.templates)) is not None])
        strangers, limit = np.array(swaps(recordings)), SAME_PERSON[name]
        own = ", ".join(f"{value:.3f}" for value in np.quantile(weakest, (0, 0.1, 0.5)))
        other = ", ".join(f"{value:.3f}" for value in np.quantile(strangers, (0.5, 0.99, 0.999, 1)))
        lines.append(
            f"| {name} | {len(weakest)} | {own} | {len(strangers):,} | {other} | {limit:g} "
            f"| {np.count_nonzero(weakest < limit)} | {np.mean(strangers >= limit):.2%} |"
        )
    return "\n".join(lines) + "\n"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clips", type=Path, required=True, help="folder with recordings")
    parser.add_argument("--out", type=Path, required=True, help="folder for the tables")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    store = ModelStore()
    detector, mesh = networks(store)
    engines = [Engine(detector, mesh, open_by_name(name, store), None, threshold_for(name), 0.0, ()) for name in BUILT_IN]
    clips = sorted(path for path in args.clips.iterdir() if path.suffix in {".mp4", ".mov", ".gif", ".webm"})
    found = [sample(clip, engines) for clip in track(clips, description="recordings")]
    by_name = {name: [row[i] for row in found if row[i].templates] for i, name in enumerate(BUILT_IN)}
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / "comparison-same-person.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("clip", "samples", "least_yaw", "most_yaw", *(f"weakest_link_{name}" for name in BUILT_IN)))
        for row in zip(*by_name.values(), strict=True):
            yaws = [t.yaw for t in row[0].templates]
            links = [weakest_link(one.templates) for one in row]
            written = ("" if value is None else f"{value:.4f}" for value in links)
            out.writerow((row[0].clip, len(yaws), round(min(yaws)), round(max(yaws)), *written))
    text = table(by_name)
    (args.out / "comparison-same-person.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
