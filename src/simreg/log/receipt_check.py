"""Whether a receipt is true: each question in its turn, and one code for the first that is answered with no."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from simreg.errors import InputError
from simreg.log.checkpoint import Checkpoint, open_checkpoint
from simreg.log.commitment import commitment_with
from simreg.log.keys import Verifier
from simreg.log.note import Signed
from simreg.log.receipt import Receipt, parse_receipt
from simreg.log.tiles import Tile, TileNodes
from simreg.log.tree import consistency_proof, leaf_hash, verify_consistency, verify_inclusion

SLACK_S = 300
"""Seconds by which the clocks of a log and a witness may differ."""


class Code(StrEnum):
    """What was found; `SENTENCES` says it to a person."""

    VERIFIED = "verified"
    KEY_NOT_GIVEN = "key-not-given"
    NOT_LINKED = "checkpoint-not-linked"
    MALFORMED = "receipt-malformed"
    OTHER_KEY = "receipt-other-key"
    SIGNATURE = "receipt-signature"
    CHECKPOINT = "checkpoint-false"
    LEAF = "leaf-malformed"
    INCLUSION = "inclusion-false"
    OPENED = "opened-false"
    DATED_AHEAD = "dated-ahead"
    BACK_DATED = "back-dated"
    OTHER_CHECKPOINT = "given-checkpoint-false"
    FORK = "checkpoint-fork"


UNDECIDED = frozenset({Code.KEY_NOT_GIVEN, Code.NOT_LINKED})
"""Nothing is false, but something that was needed to be sure is missing."""

SENTENCES = {
    Code.VERIFIED: "The record is in the log, as the receipt says.",
    Code.KEY_NOT_GIVEN: "The receipt agrees with itself, but only with the key that it brought along. "
    "Give the key that the operator or the regulator published.",
    Code.NOT_LINKED: "The receipt is true for its own checkpoint, but nothing shows how that and the one given "
    "belong together. Give the log's tiles, or have the receipt made anew.",
    Code.MALFORMED: "This is not a receipt, or not all of it.",
    Code.OTHER_KEY: "The receipt was signed with another key than the one given.",
    Code.SIGNATURE: "The receipt's signature is false: it was altered, or the log did not make it.",
    Code.CHECKPOINT: "The log did not sign the receipt's checkpoint, or it is another log's.",
    Code.LEAF: "The record in the receipt is not one of a log.",
    Code.INCLUSION: "The record is not where the receipt says: it was altered, moved, or never was in the log.",
    Code.OPENED: "A value that the receipt shows is not the one that was recorded.",
    Code.DATED_AHEAD: "The record's time is later than a witness saw it.",
    Code.BACK_DATED: "The record's time is before a checkpoint that a witness saw without it.",
    Code.OTHER_CHECKPOINT: "The checkpoint that was given is not one that the log signed.",
    Code.FORK: "The log has shown two histories: that of the receipt and that of the checkpoint given.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found; the receipt, its checkpoint and when witnesses saw it, as far as it came."""

    code: Code
    receipt: Receipt | None = None
    checkpoint: Checkpoint | None = None
    seen: tuple[Signed, ...] = ()

    @property
    def sentence(self) -> str:
        """The verdict for a person."""
        return SENTENCES[self.code]


@dataclass(frozen=True, slots=True)
class Given:
    """What the verifier trusts and brings along.

    ``key`` the log's, ``witnesses`` theirs, ``checkpoint`` a note that came another way than the receipt, and ``fetch``
    gives the log's tiles, to link the two.
    """

    key: Verifier | None = None
    witnesses: Collection[Verifier] = ()
    checkpoint: bytes | None = None
    fetch: Callable[[Tile], bytes] | None = None


def verify_receipt(text: str, given: Given) -> Verdict:
    """Whether the receipt in a text is true. Nothing is raised for a false one."""
    try:
        receipt = parse_receipt(text)
    except InputError:
        return Verdict(Code.MALFORMED)
    key = given.key or receipt.key
    if receipt.key != key:
        return Verdict(Code.OTHER_KEY, receipt)
    if not key.verify(receipt.signed, receipt.signature):
        return Verdict(Code.SIGNATURE, receipt)
    try:
        checkpoint, seen = open_checkpoint(receipt.checkpoint, key, given.witnesses)
    except InputError:
        return Verdict(Code.CHECKPOINT, receipt)
    code = _content(receipt, checkpoint, seen) or _other(receipt, checkpoint, key, given)
    if code is None:
        code = Code.VERIFIED if given.key else Code.KEY_NOT_GIVEN
    return Verdict(code, receipt, checkpoint, tuple(seen))


def _content(receipt: Receipt, checkpoint: Checkpoint, seen: Collection[Signed]) -> Code | None:
    """What is false in the receipt itself."""
    try:
        leaf = receipt.leaf()
    except InputError:
        return Code.LEAF
    hashed = leaf_hash(receipt.entry)
    if not verify_inclusion(hashed, receipt.index, checkpoint.size, receipt.proof, checkpoint.root):
        return Code.INCLUSION
    if any(leaf.get(name) != commitment_with(one.key, one.value) for name, one in receipt.opened.items()):
        return Code.OPENED
    if any(leaf["at"] > one.at + SLACK_S for one in seen if one.at is not None):
        return Code.DATED_AHEAD
    return None


def _other(receipt: Receipt, own: Checkpoint, key: Verifier, given: Given) -> Code | None:
    """What the checkpoint that was given says against the receipt."""
    if given.checkpoint is None:
        return None
    try:
        other, seen = open_checkpoint(given.checkpoint, key, given.witnesses)
    except InputError:
        return Code.OTHER_CHECKPOINT
    if other.size == own.size and other.root != own.root:
        return Code.FORK
    if other.size <= receipt.index and any(receipt.leaf()["at"] < one.at - SLACK_S for one in seen if one.at is not None):
        return Code.BACK_DATED
    if other.size == own.size:
        return None
    return _linked(min(own, other, key=_size), max(own, other, key=_size), given)


def _size(checkpoint: Checkpoint) -> int:
    return checkpoint.size


def _linked(first: Checkpoint, second: Checkpoint, given: Given) -> Code | None:
    """Whether the tiles show the smaller tree to be the beginning of the larger."""
    if given.fetch is None:
        return Code.NOT_LINKED
    try:
        proof = consistency_proof(TileNodes(second.size, given.fetch), first.size, second.size)
    except InputError:
        return Code.NOT_LINKED
    return None if verify_consistency(first.size, first.root, second.size, second.root, proof) else Code.FORK
