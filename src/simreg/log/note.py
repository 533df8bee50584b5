"""Signed notes: a text and lines of signatures below it (c2sp.org/signed-note)."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from simreg.errors import InputError
from simreg.log.keys import Kind, Signer, Verifier, check_name, decode64, encode64

MOST_BYTES = 131_072
MOST_SIGNATURES = 64
ID_BYTES = 4
TIME_BYTES = 8
_LINE = re.compile(r"— ([^ \n]+) ([A-Za-z0-9+/]+=*)")


@dataclass(frozen=True, slots=True)
class Signature:
    """One line: whose key says to have signed, the id of the key, and the bytes that it made."""

    name: str
    key_id: bytes
    data: bytes

    @property
    def line(self) -> str:
        """The line as it stands in the note, with its end."""
        return f"— {self.name} {encode64(self.key_id + self.data)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a line's end, and its signatures. Nothing in it is to be believed unverified."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def data(self) -> bytes:
        """The note as it is handed round, in UTF-8."""
        return (self.text + "\n" + "".join(one.line for one in self.signatures)).encode()


@dataclass(frozen=True, slots=True)
class Signed:
    """A verified signature: by whom, and for a witness's when, in seconds since 1970."""

    by: Verifier
    at: int | None


def parse_note(data: bytes) -> Note:
    """The note in bytes. Raises InputError ``note-malformed``; no signature is verified."""
    if len(data) > MOST_BYTES:
        raise _malformed(f"The note has more than {MOST_BYTES} bytes.")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise _malformed("The note is not UTF-8.") from None
    if any(character < " " and character != "\n" for character in whole):
        raise _malformed("The note has control characters.")
    text, border, below = whole.rpartition("\n\n")
    if not border or not below.endswith("\n"):
        raise _malformed("The note has no signatures below an empty line.")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise _malformed(f"The note has more than {MOST_SIGNATURES} signatures.")
    return Note(text + "\n", tuple(_signature(line) for line in lines))


def sign_note(text: str, *signers: Signer) -> Note:
    """The text, signed. Raises InputError ``note-malformed`` for a text that no note can carry."""
    note = Note(text, tuple(Signature(one.name, one.verifier.id, one.sign(text.encode())) for one in signers))
    if not text.endswith("\n") or parse_note(note.data) != note:
        raise _malformed("A note cannot carry this text.")
    return note


def cosign(note: Note, signer: Signer, at: int) -> Note:
    """The note with a witness's signature that it was seen at a time, in seconds (c2sp.org/tlog-cosignature, v1)."""
    if signer.kind is not Kind.COSIGNATURE:
        raise TypeError("a witness signs with a key of its own kind")
    signed = at.to_bytes(TIME_BYTES, "big") + signer.sign(_seen(note.text, at))
    signature = Signature(signer.name, signer.verifier.id, signed)
    others = tuple(one for one in note.signatures if (one.name, one.key_id) != (signature.name, signature.key_id))
    return Note(note.text, (*others, signature))


def verify_note(note: Note, verifiers: Collection[Verifier]) -> tuple[Signed, ...]:
    """The signatures by keys that are known; those of others are passed over.

    Raises InputError ``note-signature`` where one of a known key is false, and ``note-unsigned`` where there is none.
    """
    known = {(one.name, one.id): one for one in verifiers}
    found = []
    for signature in note.signatures:
        by = known.get((signature.name, signature.key_id))
        if by is None:
            continue
        at = _verified(note.text, signature, by)
        found.append(Signed(by, at))
    if not found:
        sentence = "No key that is known signed the note."
        raise InputError("note-unsigned", sentence, "Give the key of whoever has to have signed it.")
    return tuple(found)


def _verified(text: str, signature: Signature, by: Verifier) -> int | None:
    """When a witness signed, None for a key of notes."""
    message, data, at = text.encode(), signature.data, None
    if by.kind is Kind.COSIGNATURE:
        at, data = int.from_bytes(data[:TIME_BYTES], "big"), data[TIME_BYTES:]
        message = _seen(text, at)
    if not by.verify(message, data):
        sentence = f"The signature of {by.name} is false."
        raise InputError("note-signature", sentence, "Do not believe the note; ask where it came from.")
    return at


def _seen(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _signature(line: str) -> Signature:
    match = _LINE.fullmatch(line)
    data = decode64(match[2]) if match else None
    if match is None or data is None or len(data) <= ID_BYTES:
        raise _malformed("A line below the note is no signature.")
    try:
        return Signature(check_name(match[1]), data[:ID_BYTES], data[ID_BYTES:])
    except InputError:
        raise _malformed("A signature's name is not one.") from None


def _malformed(sentence: str) -> InputError:
    return InputError("note-malformed", sentence, "Give the note as it was published.")
