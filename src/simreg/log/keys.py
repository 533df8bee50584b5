"""Keys of logs and witnesses: Ed25519 (RFC 8032), named, with the texts in which they are handed round.

A *verifier* is the public half, written ``NAME+ID+BASE64``; a *signer* the private one, ``PRIVATE+KEY+NAME+ID+BASE64``
(c2sp.org/signed-note). The id is four bytes of a hash, by which a signature says whose it is; it proves nothing.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from simreg.errors import InputError

MOST_NAME = 200
KEY_BYTES = 32
SIGNATURE_BYTES = 64
_ID = re.compile(r"[0-9a-f]{8}")
_PRIVATE = "PRIVATE+KEY+"


class Kind(IntEnum):
    """What a key signs: notes, or what a witness saw and when."""

    NOTE = 1
    COSIGNATURE = 4


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name. Raises InputError ``key-malformed`` for a name that a note cannot carry."""

    name: str
    public: bytes
    kind: Kind = Kind.NOTE

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != KEY_BYTES:
            raise _malformed(f"The key has not {KEY_BYTES} bytes.")

    @property
    def id(self) -> bytes:
        """Four bytes that stand for name, kind and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key as one word."""
        return f"{self.name}+{self.id.hex()}+{encode64(bytes([self.kind]) + self.public)}"

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name; the secret is its 32 bytes and never shown."""

    name: str
    secret: bytes = field(repr=False)
    kind: Kind = Kind.NOTE

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.secret) != KEY_BYTES:
            raise _malformed(f"The key has not {KEY_BYTES} bytes.")

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self._key().public_key().public_bytes_raw(), self.kind)

    @property
    def text(self) -> str:
        """The key as one word, which must be kept secret."""
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{encode64(bytes([self.kind]) + self.secret)}"

    def sign(self, message: bytes) -> bytes:
        """The signature of 64 bytes over the message."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)


def parse_verifier(text: str) -> Verifier:
    """The public key that is written as one word. Raises InputError ``key-malformed``."""
    name, key_id, kind, key = _parts(text)
    return _checked(Verifier(name, key, kind), key_id)


def parse_signer(text: str) -> Signer:
    """The private key that is written as one word; it is never repeated. Raises InputError ``key-malformed``."""
    if not text.startswith(_PRIVATE):
        raise _malformed("This is not a private key.")
    name, key_id, kind, key = _parts(text.removeprefix(_PRIVATE))
    signer = Signer(name, key, kind)
    _checked(signer.verifier, key_id)
    return signer


def check_name(name: str) -> str:
    """The name, if a note can carry it. Raises InputError ``key-malformed``."""
    fits = 0 < len(name) <= MOST_NAME and "+" not in name and name.isprintable() and not any(map(str.isspace, name))
    if not fits:
        raise _malformed("The key's name is empty, too long, or has a space, a + or an invisible character.")
    return name


def encode64(data: bytes) -> str:
    """Base64 (RFC 4648, section 4)."""
    return base64.b64encode(data).decode()


def decode64(text: str) -> bytes | None:
    """The bytes, None for what is not their one base64 text."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if encode64(data) == text else None


def _parts(text: str) -> tuple[str, bytes, Kind, bytes]:
    parts = text.split("+", 2)
    data = decode64(parts[2]) if len(parts) == 3 and len(text) <= 2 * MOST_NAME else None
    if data is None or len(data) != 1 + KEY_BYTES or not _ID.fullmatch(parts[1]) or data[0] not in tuple(Kind):
        raise _malformed("This is not NAME+ID+BASE64 of an Ed25519 key.")
    return parts[0], bytes.fromhex(parts[1]), Kind(data[0]), data[1:]


def _checked(verifier: Verifier, key_id: bytes) -> Verifier:
    if verifier.id != key_id:
        raise _malformed("The key's id does not fit name and key.")
    return verifier


def _malformed(sentence: str) -> InputError:
    return InputError("key-malformed", sentence, "Give the key as its owner published it.")
