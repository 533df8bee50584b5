"""How fast leaves are appended to a log of ten million, and how long its proofs take.

    python benchmarks/log_speed.py FOLDER [--leaves 10000000] [--measured 200000] [--batch 5000]

A SQLite database is filled in FOLDER (about 4 GB) by the shortest way, with the same hashes, tiles and index as
otherwise. Then leaves of attempts, with cases drawn at random, are appended by `append_many`, so many in each
transaction, on the disk after each (`synchronous = FULL`), one process, one thread; making the leaf objects is not
counted, encoding them is. Proofs are for leaves drawn at random, each in a transaction of its own, at the full size.
"""

import argparse
import os
import platform
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from simreg.liveness.types import Action, PadDecision
from simreg.log.leaves import Attempt, Consent, Leaf, entry_of
from simreg.log.tiles import HEIGHT, WIDTH
from simreg.log.tree import Frontier, grow, leaf_hash, verify_consistency, verify_inclusion
from simreg.log.words import Band, Ended
from simreg.storage import log
from simreg.storage.database import Database, open_database

AT = 1_790_000_000
NOW = datetime.fromtimestamp(AT, UTC)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PROOFS = 500
STEP = WIDTH * 400
A_DAY = 20_000
"""Leaves a day of the log that is there before."""


def word(chance: random.Random) -> str:
    number = chance.getrandbits(100)
    return "".join(ALPHABET[number >> 5 * i & 31] for i in range(20))


def fill(path: Path, leaves: int) -> None:
    """Leaves of consents, on the days before, `A_DAY` on each; the index over cases is made at the end."""
    case, text = "case_" + "0" * 20, "0" * 64
    pattern = entry_of(Consent(case, "subscriber", text), AT).decode()
    chance, frontier = random.Random(1), Frontier()
    first_day = AT // log.DAY - 1 - leaves // A_DAY
    upper: dict[tuple[int, int], list[bytes]] = {}
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("DROP INDEX ix_log_leaves_day_case_id")
    for start in range(0, leaves, STEP):
        base.execute("BEGIN")
        cases = ["case_" + word(chance) for _ in range(min(STEP, leaves - start))]
        entries = [pattern.replace(case, one).replace(text, f"{start + i:064x}").encode() for i, one in enumerate(cases)]
        hashes = [leaf_hash(entry) for entry in entries]
        frontier, complete = grow(frontier, hashes)
        rows = [
            (start + i, "consent", one, first_day + (start + i) // A_DAY, entry)
            for i, (one, entry) in enumerate(zip(cases, entries, strict=True))
        ]
        base.executemany("INSERT INTO log_leaves VALUES (?, ?, ?, ?, ?)", rows)
        full = (
            (0, (start + i) // WIDTH, b"".join(hashes[i : i + WIDTH])) for i in range(0, len(hashes) - WIDTH + 1, WIDTH)
        )
        base.executemany("INSERT INTO log_tiles VALUES (?, ?, ?)", full)
        for level, index, hashed in complete:
            if level % HEIGHT == 0:
                upper.setdefault((level // HEIGHT, index // WIDTH), []).append(hashed)
        base.execute("COMMIT")
    base.executemany("INSERT INTO log_tiles VALUES (?, ?, ?)", ((*place, b"".join(h)) for place, h in upper.items()))
    row = (1, frontier.size, b"".join(frontier.hashes), AT)
    base.execute("INSERT INTO log_frontier VALUES (?, ?, ?, ?)", row)
    base.execute("CREATE INDEX ix_log_leaves_day_case_id ON log_leaves (day, case_id)")
    base.close()


def attempts(chance: random.Random, count: int) -> Iterator[Leaf]:
    digest = "ab" * 32
    for _ in range(count):
        yield Attempt(
            case="case_" + word(chance),
            attempt="att_" + word(chance),
            folio="8F3KQ-27XMB-1",
            number=1,
            line=f"{chance.getrandbits(256):064x}",
            actor="system",
            outcome=Ended.FAILED,
            reasons=("non-match",),
            actions=(Action.TURN_LEFT, Action.BLINK, Action.TURN_RIGHT),
            done=(Action.TURN_LEFT, Action.BLINK, Action.TURN_RIGHT),
            policy=digest,
            models=(digest,) * 4,
            threshold=digest,
            liveness=PadDecision.BONA_FIDE,
            band=Band.NON_MATCH,
        )


def append(database: Database, count: int, batch: int) -> tuple[float, float]:
    """Wall and processor seconds for appending so many leaves, so many in a transaction."""
    chance, wall, cpu = random.Random(2), 0.0, 0.0
    for _ in range(0, count, batch):
        leaves = list(attempts(chance, batch))
        begun, worked = time.perf_counter(), time.process_time()
        with database.write() as tx:
            log.append_many(tx, leaves, NOW)
        wall += time.perf_counter() - begun
        cpu += time.process_time() - worked
    return wall, cpu


Times = list[tuple[float, float]]
"""Milliseconds by the clock, and of the processor."""

Prove = Callable[[Connection, int, int], tuple[bytes, ...]]


def proofs(database: Database) -> tuple[Times, Times]:
    """Times of proofs of inclusion and of consistency; each is verified, which is not counted."""
    chance = random.Random(3)
    inclusion: Times = []
    consistency: Times = []
    with database.read() as tx:
        end = log.frontier(tx)
    for _ in range(PROOFS):
        index = chance.randrange(end.size)
        proof = timed(inclusion, database, log.inclusion, index, end.size)
        between = timed(consistency, database, log.consistency, index + 1, end.size)
        with database.read() as tx:
            leaf, first = leaf_hash(log.entries(tx, index, index + 1)[0]), log.root_at(tx, index + 1)
        if not verify_inclusion(leaf, index, end.size, proof, end.root()):
            raise SystemExit("a proof of inclusion is false")
        if not verify_consistency(index + 1, first, end.size, end.root(), between):
            raise SystemExit("a proof of consistency is false")
    return inclusion, consistency


def timed(times: Times, database: Database, prove: Prove, first: int, size: int) -> tuple[bytes, ...]:
    begun, worked = time.perf_counter(), time.process_time()
    with database.read() as tx:
        made = prove(tx, first, size)
    times.append((1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)))
    return made


def told(name: str, times: Times) -> str:
    wall, cpu = sorted(one for one, _ in times), statistics.median(one for _, one in times)
    high = wall[int(0.99 * len(wall))]
    return f"{name}: median {statistics.median(wall):.2f} ms, 99th percentile {high:.2f} ms; processor {cpu:.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--leaves", type=int, default=10_000_000)
    parser.add_argument("--measured", type=int, default=200_000)
    parser.add_argument("--batch", type=int, default=5000)
    options = parser.parse_args()
    path = options.folder / "log.db"
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    begun = time.perf_counter()
    fill(path, options.leaves)
    system = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {system}")
    print(f"{options.leaves} leaves were there ({time.perf_counter() - begun:.0f} s to fill)")
    wall, cpu = append(database, options.measured, options.batch)
    rate, busy = options.measured / wall, options.measured / cpu
    print(
        f"appended {options.measured}, {options.batch} a transaction: {rate:.0f} a second ({busy:.0f} a processor second)"
    )
    one, _ = append(database, 300, 1)
    print(f"appended 300, each in its own transaction: {300 / one:.0f} a second")
    inclusion, consistency = proofs(database)
    print(told("inclusion", inclusion))
    print(told("consistency", consistency))
    database.close()
    print(f"{path.stat().st_size / 1e9:.2f} GB")


if __name__ == "__main__":
    main()
