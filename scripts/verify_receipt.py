"""Verify a receipt of a simreg log with Python 3.11 or later and nothing else: no package, no network, no clock.

    python verify_receipt.py RECEIPT --key VKEY [--witness VKEY]... [--checkpoint FILE]

VKEY is the log's public key as the operator or the regulator published it. The exit status is 0 for a true receipt, 1 for
a false one, 2 for files that cannot be used, 3 where something is missing to tell. What is checked is in docs/log.md; the
signatures are Ed25519 (RFC 8032, section 5.1.7), the tree is that of RFC 9162, section 2.1.
"""

import argparse
import base64
import binascii
import hashlib
import hmac
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

SLACK_S = 300
MOST_BYTES = 131_072
LATEST = 253_402_300_799
"""The last second of the year 9999."""

SENTENCES = {
    "verified": "The record is in the log, as the receipt says.",
    "key-not-given": "The receipt agrees with itself, but only with the key that it brought along. "
    "Give the key that the operator or the regulator published.",
    "checkpoint-not-linked": "The receipt is true for its own checkpoint, but nothing shows how that and the one given "
    "belong together. Give the log's tiles, or have the receipt made anew.",
    "receipt-malformed": "This is not a receipt, or not all of it.",
    "receipt-other-key": "The receipt was signed with another key than the one given.",
    "receipt-signature": "The receipt's signature is false: it was altered, or the log did not make it.",
    "checkpoint-false": "The log did not sign the receipt's checkpoint, or it is another log's.",
    "leaf-malformed": "The record in the receipt is not one of a log.",
    "inclusion-false": "The record is not where the receipt says: it was altered, moved, or never was in the log.",
    "opened-false": "A value that the receipt shows is not the one that was recorded.",
    "dated-ahead": "The record's time is later than a witness saw it.",
    "back-dated": "The record's time is before a checkpoint that a witness saw without it.",
    "given-checkpoint-false": "The checkpoint that was given is not one that the log signed.",
    "checkpoint-fork": "The log has shown two histories: that of the receipt and that of the checkpoint given.",
}
UNDECIDED = {"key-not-given", "checkpoint-not-linked"}


class MalformedError(Exception):
    """Something is not written as it must be."""


class UntrueError(Exception):
    """A signature that had to be true is not."""


# --- Ed25519 ---------------------------------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
"""x/z and y/z on the curve, and x*y/z: (x, y, z, t)."""


def added(a: Point, b: Point) -> Point:
    left, right = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    cross, depth = 2 * D * a[3] * b[3], 2 * a[2] * b[2]
    e, f, g, h = right - left, depth - cross, depth + cross, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = added(total, point)
        point, number = added(point, point), number >> 1
    return total


def point_of(data: bytes) -> Point:
    """The point in 32 bytes: y, and the lowest bit of x above it."""
    whole = int.from_bytes(data, "little")
    y, sign = whole & (1 << 255) - 1, whole >> 255
    if y >= P:
        raise MalformedError
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        raise MalformedError
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def bytes_of(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_is_true(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether s*B - k*A is R, where k is SHA-512 over R, A and the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    first, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        return False
    try:
        x, y, z, t = point_of(public)
    except MalformedError:
        return False
    k = int.from_bytes(hashlib.sha512(first + public + message).digest(), "little") % ORDER
    return bytes_of(added(times(s, BASE), times(k, (P - x, y, z, P - t)))) == first


# --- texts -----------------------------------------------------------------------------------------------------------


class Key(NamedTuple):
    """A public key: its name, whether it is a witness's, and its 32 bytes."""

    name: str
    witness: bool
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that stand for all of it in a signature."""
        kind = b"\x04" if self.witness else b"\x01"
        return hashlib.sha256(self.name.encode() + b"\n" + kind + self.public).digest()[:4]


def key_of(text: str) -> Key:
    name, _, rest = text.partition("+")
    key_id, _, key = rest.partition("+")
    data = decoded(key)
    if not re.fullmatch("[0-9a-f]{8}", key_id) or len(data) != 33 or data[0] not in (1, 4) or not is_name(name):
        raise MalformedError
    made = Key(name, data[0] == 4, data[1:])
    if made.id.hex() != key_id:
        raise MalformedError
    return made


def is_name(text: str) -> bool:
    return 0 < len(text) <= 200 and "+" not in text and text.isprintable() and not any(map(str.isspace, text))


def decoded(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedError from None
    if base64.b64encode(data).decode() != text:
        raise MalformedError
    return data


def url_decoded(text: str) -> bytes:
    return decoded(text.translate({ord("-"): "+", ord("_"): "/"}) + "=" * (-len(text) % 4))


def no_fraction(_: str) -> NoReturn:
    raise MalformedError


def json_of(data: bytes) -> Any:
    """The value of canonical JSON, in which there is one way only to write it."""
    try:
        value = json.loads(data, parse_float=no_fraction, parse_constant=no_fraction)
        again = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    except (ValueError, RecursionError):
        raise MalformedError from None
    if again != data or len(data) > 65_536 or not in_bounds(value):
        raise MalformedError
    return value


def in_bounds(value: Any) -> bool:
    """Whether all names are ASCII and all numbers below 2**53."""
    if isinstance(value, dict):
        return all(name.isascii() and in_bounds(one) for name, one in value.items())
    if isinstance(value, list):
        return all(map(in_bounds, value))
    return isinstance(value, bool | str) or value is None or abs(value) < 2**53


# --- checkpoints -----------------------------------------------------------------------------------------------------


class Checkpoint(NamedTuple):
    """A log's size and root, and when witnesses saw them."""

    size: int
    root: bytes
    seen: list[tuple[str, int]]


def checkpoint_of(data: bytes, log: Key, witnesses: list[Key]) -> Checkpoint:
    """The checkpoint in a note, if the log signed it and no signature of a known witness is false."""
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise MalformedError from None
    text, border, below = whole.rpartition("\n\n")
    lines = below[:-1].split("\n")
    if not border or below[-1:] != "\n" or len(lines) > 64 or any(c < " " and c != "\n" for c in whole):
        raise MalformedError
    signed, seen = False, []
    known = {(one.name, one.id): one for one in (*witnesses, log)}
    for line in lines:
        match = re.fullmatch(r"— ([^ \n]+) ([A-Za-z0-9+/]+=*)", line)
        if match is None or not is_name(match[1]):
            raise MalformedError
        signature = decoded(match[2])
        if len(signature) <= 4:
            raise MalformedError
        by = known.get((match[1], signature[:4]))
        if by is not None:
            at = signed_at(text + "\n", by, signature[4:])
            signed = signed or by == log
            seen += [] if at is None else [(by.name, at)]
    return Checkpoint(*size_and_root(text, log.name, signed), seen)


def signed_at(text: str, by: Key, signature: bytes) -> int | None:
    """When a witness signed, None for a log. Raises UntrueError for a false signature."""
    at = None
    if by.witness:
        at, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        text = f"cosignature/v1\ntime {at}\n{text}"
    if not signature_is_true(by.public, text.encode(), signature):
        raise UntrueError
    return at


def size_and_root(text: str, origin: str, signed: bool) -> tuple[int, bytes]:
    lines = text.split("\n")
    if not signed or len(lines) < 3 or not all(lines) or lines[0] != origin:
        raise UntrueError
    root = decoded(lines[2])
    if not re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]) or int(lines[1]) >= 2**53 or len(root) != 32:
        raise MalformedError
    return int(lines[1]), root


# --- the receipt -----------------------------------------------------------------------------------------------------


class Receipt(NamedTuple):
    """What a receipt says, unverified."""

    key: Key
    entry: bytes
    number: int
    proof: list[bytes]
    checkpoint: bytes
    opened: dict[str, dict[str, str]]
    signed: bytes
    signature: bytes


def receipt_of(text: str) -> Receipt:
    """The receipt in a text, unverified. Raises MalformedError."""
    try:
        head, body, signature = text.strip().split(".")
        header, payload = json_of(url_decoded(head)), json_of(url_decoded(body))
        proof, opened, index = payload["proof"], payload.get("opened", {}), payload["index"]
        well = (
            set(header) == {"alg", "kid", "typ"}
            and (header["alg"], header["typ"], payload["v"]) == ("Ed25519", "simreg-receipt", 1)
            and set(payload) - {"opened"} == {"v", "leaf", "index", "proof", "checkpoint"}
            and isinstance(proof, list)
            and len(proof) <= 64
            and type(index) is int
            and index >= 0
        )
        if not well or not all(map(is_opened, opened.values())):
            raise MalformedError
        return Receipt(
            key_of(header["kid"]),
            payload["leaf"].encode(),
            index,
            [bytes_or_none(one) for one in proof],
            payload["checkpoint"].encode(),
            opened,
            f"{head}.{body}".encode(),
            url_decoded(signature),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise MalformedError from None


def is_opened(one: Any) -> bool:
    return set(one) == {"value", "key"} and len(bytes.fromhex(one["key"])) == 32 and isinstance(one["value"], str)


def bytes_or_none(text: str) -> bytes:
    """The 32 bytes of a hash, or what is surely none."""
    try:
        data = decoded(text)
    except MalformedError:
        return b""
    return data if len(data) == 32 else b""


def root_by(receipt: Receipt, size: int) -> bytes | None:
    """The root to which the proof leads, None where it is too long or too short."""
    hashed = hashlib.sha256(b"\x00" + receipt.entry).digest()
    at, last = receipt.number, size - 1
    if at > last:
        return None
    for beside in receipt.proof:
        if last == 0:
            return None
        if at % 2 or at == last:
            hashed = hashlib.sha256(b"\x01" + beside + hashed).digest()
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            hashed = hashlib.sha256(b"\x01" + hashed + beside).digest()
        at, last = at // 2, last // 2
    return hashed if last == 0 else None


def verdict(text: str, key: Key | None, witnesses: list[Key], given: bytes | None) -> tuple[str, Receipt | None]:
    """The code of what was found, and the receipt as far as it could be read."""
    try:
        receipt = receipt_of(text)
    except MalformedError:
        return "receipt-malformed", None
    log = key or receipt.key
    if receipt.key != log:
        return "receipt-other-key", receipt
    if not signature_is_true(log.public, receipt.signed, receipt.signature):
        return "receipt-signature", receipt
    try:
        own = checkpoint_of(receipt.checkpoint, log, witnesses)
    except (MalformedError, UntrueError):
        return "checkpoint-false", receipt
    code = content(receipt, own) or (other(receipt, own, log, witnesses, given) if given is not None else None)
    return code or ("verified" if key else "key-not-given"), receipt


def content(receipt: Receipt, own: Checkpoint) -> str | None:
    """What is false in the receipt itself."""
    try:
        leaf = json_of(receipt.entry)
    except MalformedError:
        return "leaf-malformed"
    if not isinstance(leaf, dict) or not isinstance(leaf.get("kind"), str):
        return "leaf-malformed"
    if type(leaf.get("at")) is not int or not 0 <= leaf["at"] <= LATEST:
        return "leaf-malformed"
    if root_by(receipt, own.size) != own.root:
        return "inclusion-false"
    for name, one in receipt.opened.items():
        if leaf.get(name) != hmac.new(bytes.fromhex(one["key"]), one["value"].encode(), hashlib.sha256).hexdigest():
            return "opened-false"
    return "dated-ahead" if any(leaf["at"] > at + SLACK_S for _, at in own.seen) else None


def other(receipt: Receipt, own: Checkpoint, log: Key, witnesses: list[Key], given: bytes) -> str | None:
    """What a checkpoint that came another way says against the receipt."""
    try:
        checkpoint = checkpoint_of(given, log, witnesses)
    except (MalformedError, UntrueError):
        return "given-checkpoint-false"
    if checkpoint.size == own.size:
        return None if checkpoint.root == own.root else "checkpoint-fork"
    at = json_of(receipt.entry)["at"]
    if checkpoint.size <= receipt.number and any(at < seen - SLACK_S for _, seen in checkpoint.seen):
        return "back-dated"
    return "checkpoint-not-linked"


# --- the command -----------------------------------------------------------------------------------------------------


def told(code: str, receipt: Receipt | None) -> str:
    head = "VERIFIED" if code == "verified" else "NOT DECIDED" if code in UNDECIDED else "FALSE"
    lines = [f"{head} [{code}]", f"  {SENTENCES[code]}"]
    if receipt is not None and head != "FALSE":
        leaf = json_of(receipt.entry)
        leaf["at"] = datetime.fromtimestamp(leaf["at"], UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        leaf.update((name, one["value"]) for name, one in receipt.opened.items())
        lines += ["", *(f"  {name:<12}{shown(value)}" for name, value in leaf.items() if name != "v")]
        lines += [f"  {'record':<12}{receipt.number} of the log {receipt.key.name}"]
    return "\n".join(lines)


def shown(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "".join(character if character.isprintable() else "?" for character in text)


def read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise MalformedError
    return data


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify a receipt of a simreg log.")
    parser.add_argument("receipt", type=Path, metavar="RECEIPT")
    parser.add_argument("--key", metavar="VKEY", help="the log's public key")
    parser.add_argument("--witness", action="append", default=[], metavar="VKEY", help="a witness's; again for each")
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="a checkpoint that came another way")
    options = parser.parse_args(arguments)
    try:
        key = key_of(options.key) if options.key else None
        witnesses = [key_of(one) for one in options.witness]
        given = read(options.checkpoint) if options.checkpoint else None
        text = read(options.receipt).decode("utf-8", "replace")
    except (OSError, MalformedError) as error:
        print(f"A key or a file cannot be used. {error}".strip(), file=sys.stderr)
        return 2
    code, receipt = verdict(text, key, witnesses, given)
    print(told(code, receipt))
    return 0 if code == "verified" else 3 if code in UNDECIDED else 1


if __name__ == "__main__":
    sys.exit(main())
