"""Receipts: one leaf with all that proves it, as a JWS that its holder keeps (RFC 7515, RFC 8037, RFC 9864).

The header names the log's key, the payload has the entry as it is in the log, its index, its inclusion proof, and the
checkpoint that the proof leads to. What only its holder is to see, such as their line, is *opened*: the value beside the
key of its commitment. The form is in docs/log.md.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simreg.errors import InputError
from simreg.log.canonical import canonical, parse_canonical
from simreg.log.keys import Signer, Verifier, decode64, encode64, parse_verifier
from simreg.log.leaves import LATEST
from simreg.log.note import Note

VERSION = 1
TYPE = "simreg-receipt"
ALGORITHM = "Ed25519"
MOST_BYTES = 65_536
MOST_PROOF = 64


@dataclass(frozen=True, slots=True)
class Opened:
    """A value that the leaf commits to, and the key of its commitment."""

    value: str = field(repr=False)
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says, unverified: the key that is said to have signed it, the entry, and its proof."""

    key: Verifier
    entry: bytes
    index: int
    proof: tuple[bytes, ...]
    checkpoint: bytes
    opened: Mapping[str, Opened]
    signed: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    def leaf(self) -> dict[str, Any]:
        """The fields of the entry. Raises InputError ``json-not-canonical``."""
        leaf = parse_canonical(self.entry, MOST_BYTES)
        well = isinstance(leaf, dict) and isinstance(leaf.get("kind"), str) and type(leaf.get("at")) is int
        if not well or not 0 <= leaf["at"] <= LATEST:
            raise InputError("json-not-canonical", "This is no leaf of a log.", "Give the receipt as it was given out.")
        return dict(leaf)


def make_receipt(
    signer: Signer,
    entry: bytes,
    index: int,
    proof: Sequence[bytes],
    checkpoint: Note,
    opened: Mapping[str, Opened] | None = None,
) -> str:
    """The receipt of an entry, which lies at an index of the tree that the checkpoint speaks of."""
    payload: dict[str, object] = {
        "v": VERSION,
        "leaf": entry.decode(),
        "index": index,
        "proof": [encode64(one) for one in proof],
        "checkpoint": checkpoint.data.decode(),
    }
    if opened:
        payload["opened"] = {name: {"value": one.value, "key": one.key.hex()} for name, one in opened.items()}
    header = {"alg": ALGORITHM, "kid": signer.verifier.text, "typ": TYPE}
    signed = f"{_url64(canonical(header))}.{_url64(canonical(payload))}"
    return f"{signed}.{_url64(signer.sign(signed.encode()))}"


def parse_receipt(text: str) -> Receipt:
    """The receipt in a text. Raises InputError ``receipt-malformed``; nothing is verified."""
    parts = text.strip().split(".")
    if len(parts) != 3 or len(text) > 2 * MOST_BYTES:
        raise _malformed()
    try:
        header = parse_canonical(_url(parts[0]), MOST_BYTES)
        payload = parse_canonical(_url(parts[1]), MOST_BYTES)
        if set(header) != {"alg", "kid", "typ"} or (header["alg"], header["typ"]) != (ALGORITHM, TYPE):
            raise _malformed()
        if set(payload) - {"opened"} != {"v", "leaf", "index", "proof", "checkpoint"} or payload["v"] != VERSION:
            raise _malformed()
        return Receipt(
            key=parse_verifier(header["kid"]),
            entry=payload["leaf"].encode(),
            index=_whole(payload["index"]),
            proof=_proof(payload["proof"]),
            checkpoint=payload["checkpoint"].encode(),
            opened={name: _opened(one) for name, one in payload.get("opened", {}).items()},
            signed=f"{parts[0]}.{parts[1]}".encode(),
            signature=_url(parts[2]),
        )
    except (InputError, AttributeError, KeyError, TypeError, ValueError):
        raise _malformed() from None


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise _malformed()
    return value


def _proof(given: object) -> tuple[bytes, ...]:
    if not isinstance(given, list) or len(given) > MOST_PROOF:
        raise _malformed()
    hashes = [decode64(one) for one in given]
    return tuple(one if one is not None and len(one) == 32 else b"" for one in hashes)


def _opened(given: dict[str, str]) -> Opened:
    if set(given) != {"value", "key"} or len(bytes.fromhex(given["key"])) != 32 or not isinstance(given["value"], str):
        raise _malformed()
    return Opened(given["value"], bytes.fromhex(given["key"]))


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _url(text: str) -> bytes:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _malformed() from None
    if _url64(data) != text:
        raise _malformed()
    return data


def _malformed() -> InputError:
    return InputError("receipt-malformed", "This is not a receipt.", "Give it whole, as it was given out.")
