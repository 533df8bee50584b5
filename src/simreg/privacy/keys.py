"""The deployment's key: where it is read from, and the keys for each use that are made of it."""

import base64
import binascii
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from simreg.errors import InputError

KEY_BYTES = 32
_LARGEST = 4096
_USES = ("sealing", "hashing", "wrapping")


@dataclass(frozen=True, slots=True)
class Keys:
    """One key for each use, 32 bytes each; ``id`` names them without telling them. They are never shown."""

    id: str
    sealing: bytes = field(repr=False)
    hashing: bytes = field(repr=False)
    wrapping: bytes = field(repr=False)


def keys_of(secret: bytes) -> Keys:
    """The keys that are made of a deployment's secret of 32 bytes (HKDF-SHA256, RFC 5869)."""
    if len(secret) != KEY_BYTES:
        raise _unusable(f"The key has {len(secret)} bytes, not {KEY_BYTES}.")
    return Keys(_derive(secret, "id")[:6].hex(), *(_derive(secret, use) for use in _USES))


def parse_secret(text: str) -> bytes:
    """The secret out of its base64 text. Raises InputError ``key-unusable``; the text is never repeated."""
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise _unusable("The key is not base64.") from None


def read_secret(path: Path) -> bytes:
    """The secret out of a file that only its owner can read. Raises InputError ``key-unusable`` or ``key-open``."""
    try:
        with path.open("rb") as file:
            facts = os.fstat(file.fileno())
            text = file.read(_LARGEST)
    except OSError as error:
        raise _unusable(f"The key file {path} cannot be read: {error.strerror}.") from None
    if os.name == "posix" and (facts.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or facts.st_uid not in (0, os.geteuid())):
        sentence = f"Others than its owner can use the key file {path}."
        raise InputError("key-open", sentence, f"chmod 600 {path}, and let it belong to whoever runs simreg.")
    return parse_secret(text.decode("ascii", "replace"))


def make_secret(path: Path) -> None:
    """Write a new secret into a file that only its owner can read; an existing file is left as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")


def _derive(secret: bytes, use: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"simreg {use} 1".encode()).derive(secret)


def _unusable(sentence: str) -> InputError:
    return InputError("key-unusable", sentence, "Give 32 random bytes in base64: openssl rand -base64 32.")
