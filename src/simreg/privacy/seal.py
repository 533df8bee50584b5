"""Sealing of what must not be readable where it lies: AES-256-GCM, bound to what it belongs to (NIST SP 800-38D)."""

import os
from dataclasses import dataclass, field

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


class Sealer:
    """Seals with one key; the nonce is drawn anew each time."""

    def __init__(self, keys: Keys) -> None:
        self._key_id = keys.id
        self._cipher = AESGCM(keys.sealing)

    def seal(self, data: bytes, *belongs_to: str | int) -> Sealed:
        """Seal data so that they open only as what they belong to, such as a case's id, a kind and a number."""
        nonce = os.urandom(NONCE_BYTES)
        return Sealed(self._key_id, nonce, self._cipher.encrypt(nonce, data, _bound(belongs_to)))

    def open(self, sealed: Sealed, *belongs_to: str | int) -> bytes:
        """The data. Raises InputError ``sealed-unreadable`` for another key, another owner, or altered data."""
        try:
            if sealed.key_id != self._key_id:
                raise InvalidTag
            return self._cipher.decrypt(sealed.nonce, sealed.ciphertext, _bound(belongs_to))
        except InvalidTag:
            sentence = "What was sealed cannot be opened: the key is another one, or it was altered."
            raise InputError("sealed-unreadable", sentence, "Give the deployment's own key, or take it anew.") from None


def _bound(belongs_to: tuple[str | int, ...]) -> bytes:
    """The parts with their lengths, so that no two different owners look the same."""
    parts = [str(part).encode() for part in belongs_to]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
