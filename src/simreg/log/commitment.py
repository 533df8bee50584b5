"""Commitments: what can be recognised again by whoever knows the value and the salt, and by nobody else.

A subject's salt is 32 random bytes, kept apart from the log. When it is destroyed nobody can ever tell what was
committed to, not by trying all numbers either.
"""

import hashlib
import hmac

SALT_BYTES = 32


def opening_key(salt: bytes, field: str) -> bytes:
    """The key by which one field of one subject can be checked, and no other: a receipt may tell it. 32 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return hmac.new(salt, b"simreg log " + field.encode(), hashlib.sha256).digest()


def commit(salt: bytes, field: str, value: str) -> str:
    """The commitment to a field's value with a subject's salt, as a leaf holds it."""
    return commitment_with(opening_key(salt, field), value)


def commitment_with(key: bytes, value: str) -> str:
    """The commitment to a value with the key of its field: HMAC-SHA256 in hexadecimal (RFC 2104)."""
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def digest(text: str) -> str:
    """SHA-256 of a text that is no person's, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
