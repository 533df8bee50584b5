"""A small part of the attack bench, held against what was recorded of it.

    python scripts/pad_subset.py --material ../shared/material --check
    python scripts/pad_subset.py --material ../shared/material --write

Takes a few seconds out of a few clips, makes attacks of some species out of them, and judges all. With --write the
result becomes docs/results/pad-subset.csv; with --check the exit status is 1 when more than `NOISE` of the rows come out
otherwise than recorded, or several attacks pass that were stopped. Networks give slightly other numbers on other
processors, and encoders other bytes, so single rows may change sides.
"""

import argparse
import csv
import sys
import tempfile
from pathlib import Path

import cv2
from clip_table import FITTING, best_frame

from simreg.cli.main import main as simreg
from simreg.loading import load_engine

Rows = list[dict[str, str]]

ROOT = Path(__file__).resolve().parent.parent
RECORDED = ROOT / "docs" / "results" / "pad-subset.csv"
CLIPS = ("long-closures-winks.mp4", "turns-slowly.mp4", "phone-talks-blinks-glasses.mp4", "one-blink.mp4")
SPECIES = (
    *("print-turned", "print-bent-upright", "replay-phone"),
    *("cut-together", "looped-video", "person-swapped-holder-acts"),
)
SECONDS = 6
COLUMNS = ("file", "species", "challenge", "response", "outcome", "reasons")
NOISE = 0.1
"""Share of the rows that may come out otherwise."""


def judged(material: Path, work: Path) -> Rows:
    """Make the attacks in a folder and judge them and the clips."""
    engine = load_engine()
    with (work / "clips.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("file", "label", "species", "challenge", "reference"))
        for name in CLIPS:
            clip, picture = (material / "clips" / name).resolve(), work / f"{Path(name).stem}.png"
            best_frame(clip, engine, picture)
            out.writerow((clip, "bona-fide", "", FITTING[name], picture))
    made, species = work / "made", ",".join(SPECIES)
    for words in (
        ["attacks", "make", "--clips", work / "clips.csv", "--out", made, "--species", species, "--seconds", SECONDS],
        ["evaluate", "pad", "--clips", made / "clips.csv", "--out", work / "judged"],
    ):
        status = simreg([*map(str, words), "--quiet"])
        if status:
            sys.exit(status)
    with (work / "judged" / "attempts.csv").open(encoding="utf-8", newline="") as file:
        return [{name: row[name] for name in COLUMNS} for row in csv.DictReader(file)]


def different(recorded: Rows, found: Rows) -> tuple[list[str], list[str]]:
    """Rows whose response is another than recorded, and attacks among them that pass now."""
    before = {(row["species"], row["file"]): row["response"] for row in recorded}
    changed, let_in = [], []
    for row in found:
        was, now = before.get((row["species"], row["file"]), "not there"), row["response"]
        if was != now:
            text = f"{row['species'] or 'bona fide'} {row['file']}: {now} ({row['reasons']}), recorded {was}"
            changed.append(text)
            if row["species"] and now == "bona-fide":
                let_in.append(text)
    gone = len(before) - len(found)
    return changed + [f"{gone} rows are not there any more"] * (gone > 0), let_in


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--material", type=Path, required=True)
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--check", action="store_true")
    how.add_argument("--write", action="store_true")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        found = judged(args.material, Path(folder))
    if args.write:
        with RECORDED.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            out.writeheader()
            out.writerows(found)
        return 0
    with RECORDED.open(encoding="utf-8", newline="") as file:
        changed, let_in = different(list(csv.DictReader(file)), found)
    print("\n".join([f"{len(found)} rows, {len(changed)} of them otherwise than recorded.", *changed]))
    return 1 if len(let_in) > 1 or len(changed) > NOISE * len(found) else 0


if __name__ == "__main__":
    sys.exit(main())
