"""Sealing of what must not be readable where it lies: AES-256-GCM, bound to what it belongs to (NIST SP 800-38D)."""

import os
from dataclasses import dataclass, field
from typing import Protocol, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from simreg.errors import InputError
from simreg.privacy.keys import Keys

NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: with which key, its nonce of 12 bytes, and the ciphertext with its tag of 16 bytes."""

    key_id: str
    nonce: bytes
    ciphertext: bytes = field(repr=False)


class Wrapper(Protocol):
    """Seals keys: the deployment's own key does it, or a key that never leaves the machine that keeps it."""

    @property
    def key_id(self) -> str:
        """Which key it is."""
        ...

    def seal(self, data: bytes, *belongs_to: str | int) -> Sealed:
        """Seal a key so that it opens only as what it belongs to."""
        ...

    def open(self, sealed: Sealed, *belongs_to: str | int) -> bytes:
        """The key again. Raises InputError ``sealed-unreadable``."""
        ...


class Sealer:
    """Seals with one key of 32 bytes; the nonce is drawn anew each time."""

    def __init__(self, key_id: str, key: bytes) -> None:
        self.key_id = key_id
        self._cipher = AESGCM(key)

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """Seals with the deployment's key."""
        return cls(keys.id, keys.sealing)

    @classmethod
    def wrapping(cls, keys: Keys) -> Self:
        """Wraps other keys with the deployment's key."""
        return cls(keys.id, keys.wrapping)

    def seal(self, data: bytes, *belongs_to: str | int) -> Sealed:
        """Seal data so that they open only as what they belong to, such as a case's id, a kind and a number."""
        nonce = os.urandom(NONCE_BYTES)
        return Sealed(self.key_id, nonce, self._cipher.encrypt(nonce, data, bound(belongs_to)))

    def open(self, sealed: Sealed, *belongs_to: str | int) -> bytes:
        """The data. Raises InputError ``sealed-unreadable`` for another key, another owner, or altered data."""
        try:
            if sealed.key_id != self.key_id:
                raise InvalidTag
            return self._cipher.decrypt(sealed.nonce, sealed.ciphertext, bound(belongs_to))
        except InvalidTag:
            sentence = "What was sealed cannot be opened: the key is another one, or it was altered."
            raise InputError("sealed-unreadable", sentence, "Give the deployment's own key, or take it anew.") from None


def bound(belongs_to: tuple[str | int, ...]) -> bytes:
    """What binds sealed data to an owner: the parts with their lengths, so that no two owners look the same."""
    parts = [str(part).encode() for part in belongs_to]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
