"""Where chance comes from: the operating system's, or a twin in tests."""

import hashlib
import secrets
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is easily taken for another."""


class Chance(Protocol):
    """Random numbers that nobody can guess."""

    def below(self, bound: int) -> int:
        """A whole number from 0 to ``bound`` - 1."""
        ...


class SystemChance:
    """The operating system's random numbers."""

    def below(self, bound: int) -> int:
        """A whole number from 0 to ``bound`` - 1."""
        return secrets.randbelow(bound)


def word(chance: Chance, length: int) -> str:
    """A random word of so many letters, 5 bits each."""
    return "".join(ALPHABET[chance.below(len(ALPHABET))] for _ in range(length))


def new_id(chance: Chance, prefix: str) -> str:
    """An id that is never drawn twice: 100 bits after the prefix."""
    return f"{prefix}_{word(chance, 20).lower()}"


def new_token(chance: Chance, prefix: str) -> str:
    """A secret token: 200 bits after the prefix."""
    return f"{prefix}_{word(chance, 40).lower()}"


def new_folio(chance: Chance) -> str:
    """A number for receipts, 50 bits: 8F3KQ-27XMB."""
    return f"{word(chance, 5)}-{word(chance, 5)}"


def token_sha256(token: str) -> str:
    """What is kept of a token: its SHA-256 in hexadecimal. Tokens are random, so it cannot be tried out."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
