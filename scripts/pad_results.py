"""Write docs/results/pad-YYYY-MM.* out of runs of `simreg evaluate pad`, each of which is one way of asking.

    python scripts/pad_results.py --run "challenge known=DIR" --run "challenge drawn=DIR" ... --out docs/results

Each DIR is what `--out` of a run was. Writes pad-<month>.csv.gz (every presentation, with the name of its run),
pad-<month>.json (what it was measured with) and pad-<month>.md (the tables). docs/pad.md tells how the runs were made.
"""

import argparse
import csv
import gzip
import io
import json
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from simreg.evaluation.pad.words import percent

Json = dict[str, Any]
PACKAGES = ("numpy", "opencv-python-headless", "onnxruntime", "av")


def read(folder: Path) -> Json:
    found: Json = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return found


def attacks(figures: Json) -> list[str]:
    lines = [
        "| species | kind | recordings | presentations | APCER | passed | IAPAR | what stood in the way (alone) |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in sorted(figures["attacks"], key=lambda one: (one["kind"], one["species"])):
        ways = [
            (one["in_the_way"], one["alone"], check["name"])
            for check in figures["checks"]
            for one in check["attacks"]
            if (one["kind"], one["species"]) == (row["kind"], row["species"]) and one["in_the_way"]
        ]
        told = ", ".join(
            f"{name} {stood}" + (f" ({alone})" if alone else "") for stood, alone, name in sorted(ways)[::-1]
        )
        passed = row["passed"]
        lines.append(
            f"| {row['species']} | {row['kind']} | {row['recordings']} | {passed['trials']} | {percent(row['apcer'])} "
            f"| {passed['errors']} | {percent(row['iapar'])} | {told or 'nothing'} |"
        )
    return lines


def bona_fide(figures: Json) -> list[str]:
    lines = [
        "| condition | subjects | presentations | BPCER | no response | FRR | held up subjects |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    rows = [("all", figures["bona_fide"]), *figures["by_condition"].items()]
    for name, row in rows:
        lines.append(
            f"| {name} | {row['subjects']} | {row['held_up']['trials']} | {percent(row['bpcer'])} "
            f"| {percent(row['bpnrr'])} | {percent(row['frr'])} | {row['subjects_held_up']} |"
        )
    return lines


def gains(figures: Json) -> list[str]:
    lines = [
        "| check | attacks that it stood in the way of | of these alone | bona fide held up | of these alone |",
        "| --- | --- | --- | --- | --- |",
    ]
    for check in figures["checks"]:
        stood = sum(one["in_the_way"] for one in check["attacks"])
        alone = sum(one["alone"] for one in check["attacks"])
        own = check["bona_fide"]
        if stood or own["in_the_way"]:
            lines.append(f"| {check['name']} | {stood} | {alone} | {own['in_the_way']} | {own['alone']} |")
    return lines


def page(runs: dict[str, Json], day: str) -> str:
    first = next(iter(runs.values()))
    lines = [
        "# Presentation attack detection: the figures",
        "",
        f"{day}; algorithm {first['algorithm_sha256']}. Intervals: Clopper and Pearson, 95 %. A rate without errors is "
        "shown as a bound. Written by `scripts/pad_results.py`; [pad.md](../pad.md) tells how, and what follows.",
    ]
    for name, figures in runs.items():
        lines += ["", f"## {name[:1].upper()}{name[1:]}"]
        if figures["attacks"]:
            lines += ["", *attacks(figures)]
        if figures["presentations"]["bona_fide"]:
            lines += ["", *bona_fide(figures)]
        lines += ["", *gains(figures)]
    return "\n".join(lines) + "\n"


def rows(folders: dict[str, Path]) -> bytes:
    """All presentations as one compressed table, the same bytes for the same rows."""
    found: list[dict[str, str]] = []
    for name, folder in folders.items():
        with (folder / "attempts.csv").open(encoding="utf-8", newline="") as file:
            found += [{"run": name} | row for row in csv.DictReader(file)]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in found for key in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return gzip.compress(text.getvalue().encode(), 9, mtime=0)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--run", action="append", required=True, metavar="NAME=DIR", help="may be given several times")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    parser.add_argument("--day", default=datetime.now(UTC).date().isoformat(), help="day of the runs")
    args = parser.parse_args(argv)
    folders = {name: Path(folder) for name, _, folder in (one.partition("=") for one in args.run)}
    runs = {name: read(folder) for name, folder in folders.items()}
    if len({figures["algorithm_sha256"] for figures in runs.values()}) != 1:
        print("The runs were not made with one algorithm.", file=sys.stderr)
        return 2
    first = next(iter(runs.values()))
    facts = {key: first[key] for key in ("version", "algorithm_sha256", "models", "threshold")} | {
        "day": args.day,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "runs": runs,
    }
    stem = args.out / f"pad-{args.day[:7]}"
    stem.with_suffix(".csv.gz").write_bytes(rows(folders))
    stem.with_suffix(".json").write_text(json.dumps(facts, separators=(",", ":")) + "\n", encoding="utf-8")
    stem.with_suffix(".md").write_text(page(runs, args.day), encoding="utf-8")
    print(page(runs, args.day))
    return 0


if __name__ == "__main__":
    sys.exit(main())
