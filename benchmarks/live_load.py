"""Load a server with captures at once, as pages would, and see how many it takes.

    pip install '.[server]'
    python benchmarks/live_load.py --material FOLDER [--captures 6] [--rounds 3] [--most 24] [--csv FILE]
    python benchmarks/live_load.py --material FOLDER --url https://... --key srk_...

Opens cases through the API, sets references, and then runs so many captures at once over WebSockets: JPEG frames of
real clips (long side 640, quality 0.8), 15 a second, at most two unanswered. An actor watches what the server asks for
and plays the part of the clip that shows it. Captures begin within a second of each other. Then there is one capture
more, and one more, until twice fewer than 95 % of the frames are answered or a verdict takes longer than 0.5 s.

What is printed: the share of the camera's frames that were answered (those that the page held back, as two were on their
way, and those that the server dropped count against it); the time from a frame to its answer; the time from the frame
that ended the last action to the outcome (from when it was sent, and from when it was answered); the outcomes; processor
time. The client runs on the same machine unless --url says otherwise, and takes its share: all frames are encoded before.
The outcomes are no measure of simreg: where the actor goes on elsewhere in a clip there is a cut.
"""

import argparse
import asyncio
import csv
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from live_client import Capture, Office, Server, Told, started
from live_material import FPS, Film, load_films

from simreg.loading import load_engine

LEAST_ANSWERED, LONGEST_S = 0.95, 0.5

TRIES = 2
"""How often a number may fail before it counts as too many: a machine that is shared stalls now and then."""


@dataclass(frozen=True, slots=True)
class Level:
    """So many captures at once: what came of all of them, seconds that it took, cores that server and client used."""

    captures: int
    told: tuple[Told, ...]
    seconds: float
    server_cores: float | None
    client_cores: float

    @property
    def answered(self) -> float:
        """Share of the camera's frames that were answered."""
        return sum(len(one.trips) for one in self.told) / max(1, sum(one.due for one in self.told))

    @property
    def verdicts(self) -> list[float]:
        """Seconds from the last action's end to the outcome; endless for one that never came."""
        return [float("inf") if one.from_sent is None else one.from_sent for one in self.told]

    @property
    def good(self) -> bool:
        """Whether it is what was aimed at."""
        return self.answered >= LEAST_ANSWERED and max(self.verdicts) <= LONGEST_S

    def row(self) -> dict[str, object]:
        """The figures, milliseconds for times."""
        trips = [trip for one in self.told for trip in one.trips]
        after = [one.from_answered for one in self.told if one.from_answered is not None]
        states = Counter(one.state for one in self.told)
        return {
            "captures": self.captures,
            "runs": len(self.told),
            "frames_due": sum(one.due for one in self.told),
            "answered_percent": round(100 * self.answered, 2),
            "held_back": sum(one.held for one in self.told),
            "dropped": sum(one.dropped for one in self.told),
            "trip_p50_ms": _ms(trips, 0.5),
            "trip_p95_ms": _ms(trips, 0.95),
            "verdict_p50_ms": _ms(self.verdicts, 0.5),
            "verdict_p95_ms": _ms(self.verdicts, 0.95),
            "verdict_max_ms": _ms(self.verdicts, 1),
            "after_answer_max_ms": _ms(after, 1),
            "server_cores": "" if self.server_cores is None else round(self.server_cores, 2),
            "client_cores": round(self.client_cores, 2),
            "outcomes": " ".join(f"{state}:{count}" for state, count in sorted(states.items())),
            "waited": sum(one.waited > 0 for one in self.told),
        }


def _ms(seconds: Sequence[float], share: float) -> float | str:
    if not seconds or max(seconds) == float("inf"):
        return "never"
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


async def level(server: Server, office: Office, films: Sequence[Film], captures: int, rounds: int) -> Level:
    """Run so many captures at once, ``rounds`` times."""
    chance, told = random.Random(captures), list[Told]()
    seconds = client = served = 0.0
    for round_ in range(rounds):
        films_now = [films[(round_ + place) % len(films)] for place in range(captures)]
        links = [await asyncio.to_thread(office.referenced, film) for film in films_now]
        tokens = [
            await asyncio.to_thread(office.attempt, link, film) for link, film in zip(links, films_now, strict=True)
        ]
        before, began, own = sum(server.cpu_s()), time.monotonic(), time.process_time()

        async def one(film: Film, token: str) -> Told:
            await asyncio.sleep(chance.random())
            page = Capture(server, film, chance.randrange(FPS // 2))
            try:
                return await page.run(token)
            except (OSError, TimeoutError):
                return page.told

        told += await asyncio.gather(*map(one, films_now, tokens))
        seconds += time.monotonic() - began
        client += time.process_time() - own
        served += sum(server.cpu_s()) - before
    cores = served / seconds if server.process is not None else None
    return Level(captures, tuple(told), seconds, cores, client / seconds)


async def levels(server: Server, films: Sequence[Film], options: argparse.Namespace) -> list[Level]:
    """From the number asked for upwards until it is too many."""
    office, found = Office(server), list[Level]()
    await level(server, office, films, min(2, options.captures), 1)  # warm up: not counted
    for captures in range(options.captures, options.most + 1):
        for _ in range(TRIES):
            found.append(await level(server, office, films, captures, options.rounds))
            print("  ".join(f"{name} {value}" for name, value in found[-1].row().items()), flush=True)
            if found[-1].good:
                break
        else:
            break
    return found


def report(found: Sequence[Level]) -> None:
    """What it comes to."""
    good = [one.captures for one in found if one.good]
    first = next((one for one in found if one.good), found[0])
    verdicts = [seconds for one in found if one.good for seconds in one.verdicts]
    if not good:
        print(f"\n{first.captures} captures at once are too many for this machine.")
        return
    more = max(good) - first.captures
    end = "" if not found[-1].good else " (the end of this measurement, not of what fits)"
    print(f"\n{first.captures} captures at once fit, and {more} more{end}.")
    print(f"Median verdict over all that fit: {1000 * statistics.median(verdicts):.0f} ms.")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{cores} cores; the client took {first.client_cores:.2f} of them at {first.captures} captures.")


def main() -> int:
    """Measure; 0 if the number asked for fits."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--captures", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=24)
    parser.add_argument("--url")
    parser.add_argument("--key", default=os.environ.get("SIMREG_MEASURE_KEY", ""))
    parser.add_argument("--csv", type=Path)
    options = parser.parse_args()
    films = load_films(options.material, load_engine())
    each = statistics.mean(len(jpeg) for film in films for jpeg in film.frames)
    print(f"{len(films)} clips, {each / 1024:.0f} KiB a frame; load of the machine before: {os.getloadavg()[0]:.2f}")
    with ExitStack() as stack:
        if options.url:
            server = Server(options.url.rstrip("/"), options.key)
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="simreg-load-"))
            server = stack.enter_context(started(Path(folder), options.most))
        found = asyncio.run(levels(server, films, options))
    report(found)
    if options.csv:
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(found[0].row()))
            writer.writeheader()
            writer.writerows(one.row() for one in found)
    return 0 if any(one.good for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
