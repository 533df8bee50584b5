"""Checkpoints: what a log says of itself at one size, as a signed note (c2sp.org/tlog-checkpoint)."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from simreg.errors import InputError
from simreg.log.keys import Signer, Verifier, decode64, encode64
from simreg.log.note import Note, Signed, parse_note, sign_note, verify_note
from simreg.log.tree import HASH_BYTES

MOST_SIZE = 2**53 - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which log, how many leaves it has, and the root of its tree."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text of its note."""
        return f"{self.origin}\n{self.size}\n{encode64(self.root)}\n"

    def signed(self, signer: Signer) -> Note:
        """The checkpoint as a note that the log signs."""
        return sign_note(self.text, signer)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text. Lines beyond the third are read over, as nobody can check what they say.

    Raises InputError ``checkpoint-malformed``.
    """
    lines = text.split("\n")
    root = decode64(lines[2]) if len(lines) >= 4 and lines[-1] == "" and all(lines[:-1]) else None
    if root is None or len(root) != HASH_BYTES or not _SIZE.fullmatch(lines[1]) or int(lines[1]) > MOST_SIZE:
        sentence = "The note is not a checkpoint: origin, size, root."
        raise InputError("checkpoint-malformed", sentence, "Give the checkpoint as it was published.")
    return Checkpoint(lines[0], int(lines[1]), root)


def open_checkpoint(data: bytes, log: Verifier, witnesses: Collection[Verifier] = ()) -> tuple[Checkpoint, list[Signed]]:
    """The checkpoint in bytes, if the log signed it, and when which known witnesses saw it.

    Raises InputError ``note-malformed``, ``note-unsigned``, ``note-signature``, ``checkpoint-malformed``, or
    ``checkpoint-origin`` for one of another log.
    """
    note = parse_note(data)
    verify_note(note, [log])
    signed = [one for one in verify_note(note, [log, *witnesses]) if one.at is not None]
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log.name:
        sentence = f"The checkpoint is of {checkpoint.origin}, not of {log.name}."
        raise InputError("checkpoint-origin", sentence, "Give the checkpoint of the log whose key this is.")
    return checkpoint, signed
