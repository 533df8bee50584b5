"""Keyed hashes: of identity numbers, and of requests that hold them. Without the key they cannot be tried out."""

import hashlib
import hmac
import unicodedata

from simreg.errors import InputError
from simreg.privacy.keys import Keys

_LONGEST = 64


def subject_hash(keys: Keys, identity_number: str) -> str:
    """HMAC-SHA256 of an identity number, in hexadecimal; writing it with spaces, dashes or small letters is the same.

    Raises InputError ``identity-number`` for one without letters or digits or beyond 64 of them, and never repeats it.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKC", identity_number).upper() if c.isalnum())
    if not 0 < len(plain) <= _LONGEST:
        sentence = f"The identity number has no letters or digits, or more than {_LONGEST}."
        raise InputError("identity-number", sentence, "Give it as it is on the document.")
    return keyed_hash(keys, "subject", plain.encode())


def keyed_hash(keys: Keys, use: str, data: bytes) -> str:
    """HMAC-SHA256 of data for one use, in hexadecimal (RFC 2104)."""
    return hmac.new(keys.hashing, use.encode() + b"\0" + data, hashlib.sha256).hexdigest()
