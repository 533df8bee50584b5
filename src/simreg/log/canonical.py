"""Canonical JSON: one way only to write an object (RFC 8785, without fractions). What is signed and hashed is this."""

import json
from typing import Any, NoReturn

from simreg.errors import InputError

MOST_INTEGER = 2**53 - 1
"""The largest whole number that every reader of JSON reads exactly."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)


def canonical(value: object) -> bytes:
    """The bytes of a value made of objects with ASCII names, lists, strings, whole numbers, true, false and null.

    Raises TypeError for anything else, ValueError for a number or a text that JSON cannot carry to everybody.
    """
    _check(value)
    return write(value)


def write(value: object) -> bytes:
    """The bytes of a value of which it is known that `canonical` can write it; ASCII names sort alike everywhere."""
    return _ENCODER.encode(value).encode()


def parse_canonical(data: bytes, most: int) -> Any:
    """The value, if the bytes are its canonical JSON and at most so many. Raises InputError ``json-not-canonical``."""
    if len(data) > most:
        raise InputError("json-not-canonical", f"The JSON has more than {most} bytes.", "Give it as it was given out.")
    try:
        value = json.loads(data, parse_float=_fraction, parse_constant=_fraction)
        same = canonical(value) == data
    except (ValueError, TypeError, RecursionError):
        same = False
    if not same:
        raise InputError("json-not-canonical", "This is not canonical JSON.", "Give it as it was given out.")
    return value


def _check(value: object) -> None:
    if isinstance(value, bool | str) or value is None:
        return
    if isinstance(value, int):
        if abs(value) > MOST_INTEGER:
            raise ValueError("a number beyond 2**53")
    elif isinstance(value, list | tuple):
        for one in value:
            _check(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if not isinstance(name, str) or not name.isascii():
                raise TypeError("a name that is no ASCII text")
            _check(one)
    else:
        raise TypeError(f"{type(value).__name__} is not in canonical JSON")


def _fraction(_: str) -> NoReturn:
    raise ValueError("a fraction")
