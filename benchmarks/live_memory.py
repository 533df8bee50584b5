"""Whether a server's memory stays flat over many captures.

    pip install '.[server]'
    python benchmarks/live_memory.py --material FOLDER [--captures 2000] [--at-once 4] --csv FILE

One case after another, a few at once, each with all of its way: order, link, consent, reference, attempt, capture over a
WebSocket, outcome in the database. The networks are the real ones and so are the frames; only the capture's clock is
quickened (quick_server.py), so that a capture of seven seconds takes as long as the processor needs for it. Every so many
captures the resident memory of the server and of each worker process is written down, with threads and open files.
Flat means: the mean over the last quarter is at most 5 % or 8 MB above that over the second; the first quarter is
left out, as pools fill and threads begin.
"""

import argparse
import asyncio
import csv
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from live_client import Capture, Office, Server, started
from live_material import FPS, Film, load_films

from simreg.loading import load_engine

MOST_SHARE, MOST_MB = 0.05, 8.0
SERVER = Path(__file__).with_name("quick_server.py")

Row = dict[str, float]


@dataclass
class Walk:
    """All captures, and what was read between them."""

    server: Server
    films: Sequence[Film]
    captures: int
    every: int
    database: Path
    rows: list[Row] = field(default_factory=list)
    states: "Counter[str]" = field(default_factory=Counter)
    frames: int = 0

    async def run(self, at_once: int) -> None:
        """Do all captures, ``at_once`` side by side."""
        self._begun, self._done, self._began = 0, 0, time.monotonic()
        self._read()
        await asyncio.gather(*(self._one_after_another() for _ in range(at_once)))

    async def _one_after_another(self) -> None:
        office = Office(self.server)
        while self._begun < self.captures:
            number, self._begun = self._begun, self._begun + 1
            film = self.films[number % len(self.films)]
            link = await asyncio.to_thread(office.referenced, film)
            token = await asyncio.to_thread(office.attempt, link, film)
            told = await Capture(self.server, film, number % (FPS // 2), hurried=True).run(token)
            self.states[told.state] += 1
            self.frames += len(told.trips)
            self._done += 1
            if self._done % self.every == 0:
                self._read()

    def _read(self) -> None:
        row: Row = {"captures": self._done, "seconds": round(time.monotonic() - self._began, 1)}
        for name, process in zip(_names(self.server), self.server.processes(), strict=True):
            row |= {f"{name}_mb": _resident_mb(process)}
        own = self.server.processes()[0]
        row["server_threads"] = len(list(Path(f"/proc/{own}/task").iterdir()))
        row["server_files"] = len(list(Path(f"/proc/{own}/fd").iterdir()))
        row["database_mb"] = round(sum(one.stat().st_size for one in self.database.glob("simreg.db*")) / 1e6, 1)
        self.rows.append(row)
        print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)


def _names(server: Server) -> list[str]:
    return ["server", *(f"worker_{number + 1}" for number in range(len(server.processes()) - 1))]


def _resident_mb(process: int) -> float:
    line = next(one for one in Path(f"/proc/{process}/status").read_text().splitlines() if one.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1024, 1)


def flat(rows: Sequence[Row]) -> bool:
    """Print for each process how its memory went; whether all stayed flat."""
    quarter, good = max(1, (len(rows) - 1) // 4), True
    for name in (name for name in rows[0] if name.endswith("_mb") and name != "database_mb"):
        values = [row[name] for row in rows]
        early, late = statistics.mean(values[quarter : 2 * quarter + 1]), statistics.mean(values[-quarter:])
        good &= late - early <= max(MOST_MB, MOST_SHARE * early)
        print(f"{name}: {values[0]:.0f} at first, {early:.1f} in the second quarter, {late:.1f} in the last")
    return good


def main() -> int:
    """Measure; 0 if memory stays flat."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--captures", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--csv", type=Path, required=True)
    options = parser.parse_args()
    films = load_films(options.material, load_engine())
    with tempfile.TemporaryDirectory(prefix="simreg-memory-") as name:
        folder = Path(name)
        with started(folder, options.at_once, sys.executable, os.fspath(SERVER)) as server:
            walk = Walk(server, films, options.captures, options.every, folder)
            asyncio.run(walk.run(options.at_once))
    with options.csv.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(walk.rows[0]))
        writer.writeheader()
        writer.writerows(walk.rows)
    print(f"{walk.frames} frames; outcomes {dict(walk.states)}")
    return 0 if flat(walk.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
