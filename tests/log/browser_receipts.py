"""Receipts true and false for the tests of the page that verifies them: `python tests/log/browser_receipts.py`.

They are written into web/tests/receipts.json, with what scripts/verify_receipt.py says of each.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from log import by_definition  # noqa: E402
from log import test_receipt as made  # noqa: E402
from log.samples import LOG  # noqa: E402
from simreg.log.checkpoint import Checkpoint  # noqa: E402
from simreg.log.receipt import Opened  # noqa: E402
from simreg.log.tree import leaf_hash  # noqa: E402

OUT = ROOT / "web" / "tests" / "receipts.json"
SIZE = 600
KEY = LOG.verifier.text
ENTRIES, MINE = made.ENTRIES, made.MINE
PROOF = tuple(by_definition.path(MINE, ENTRIES))
single = importlib.import_module("verify_receipt")


def row(name: str, text: str, key: str | None = KEY) -> dict[str, Any]:
    """A receipt with its name, the key that it is verified by, and the code that is right."""
    code, _ = single.verdict(text, single.key_of(key) if key else None, [], None)
    return {"name": name, "text": text, "key": key, "code": code}


def receipts() -> list[dict[str, Any]]:
    """All of them."""
    no_record = [*ENTRIES[:MINE], b"[]", *ENTRIES[MINE + 1 :]]
    other_line = {"line": Opened("+8613800000002", made.OPENED["line"].key)}
    return [
        row("true", made.receipt()),
        row("true, with no key given", made.receipt(), None),
        row("of a log of one record", made.receipt([ENTRIES[MINE]], 0)),
        row("with nothing opened", made.receipt(opened={})),
        row("of another log's key", made.receipt(signer=made.OTHER)),
        row("altered after it was signed", made.forged(lambda one: one.update(index=4))),
        row("with another record in its place", made.receipt(made.ALTERED, checkpoint=made.note(ENTRIES))),
        row(
            "with two records in each other's place", made.receipt(made.SWAPPED, MINE - 1, checkpoint=made.note(ENTRIES))
        ),
        row("of a record that was removed", made.receipt(checkpoint=made.note(made.REMOVED))),
        row("at another place", made.receipt(index=MINE + 1)),
        row("with the proof turned round", made.receipt(proof=PROOF[::-1])),
        row("with a proof that is too short", made.receipt(proof=PROOF[:-1])),
        row("with another log's checkpoint", made.receipt(checkpoint=made.note(ENTRIES, made.OTHER))),
        row("with a line that is not the one recorded", made.receipt(opened=other_line)),
        row("of something that is no record", made.receipt(no_record)),
        row("that is empty", ""),
        row("that is some text", "a.b.c"),
        row("that is cut off", made.receipt()[:-20]),
    ]


def tree() -> dict[str, Any]:
    """A log of `SIZE` entries as its checkpoint and tiles."""
    entries = [f"entry {number}".encode() for number in range(SIZE)]
    hashes = [leaf_hash(one) for one in entries]
    roots = b"".join(by_definition.root(entries[at : at + 256]) for at in (0, 256))
    tiles = {
        "tile/0/000": b"".join(hashes[:256]),
        "tile/0/001": b"".join(hashes[256:512]),
        "tile/0/002.p/88": b"".join(hashes[512:]),
        "tile/1/000.p/2": roots,
    }
    note = Checkpoint(LOG.name, SIZE, by_definition.root(entries)).signed(LOG)
    return {"checkpoint": note.data.decode(), "size": SIZE, "tiles": {name: data.hex() for name, data in tiles.items()}}


def text() -> str:
    """What the file has to be."""
    told = {"receipts": receipts(), "key": KEY, "tree": tree()}
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    OUT.write_text(text(), encoding="utf-8")
