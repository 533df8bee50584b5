"""What a field of a leaf can hold: enumerated words, ids, digests, commitments, small numbers; never a free text.

Every type here is bounded, and a leaf is held against its types when it is made and when it is read.
"""

import re
import types
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from simreg.decision.reasons import REASONS

_RANDOM = "[0-9abcdefghjkmnpqrstvwxyz]{20}"
MOST_ITEMS = 32
"""Items of the longest list."""

BESIDE = frozenset({"time-out", "restarts-used", "stopped", "choose-alternative", "withdraw", "cancel", "expire"})
"""Why an attempt ended before there was a result."""


@dataclass(frozen=True, slots=True)
class Matches:
    """A text that is matched as a whole."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from ``least`` to ``most``."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these words."""

    words: frozenset[str]


_MEMBER = f"staff_{_RANDOM}|[0-9]{{1,4}}"
CaseId = Annotated[str, Matches(f"case_{_RANDOM}")]
AttemptId = Annotated[str, Matches(f"att_{_RANDOM}")]
MemberId = Annotated[str, Matches(_MEMBER)]
Actor = Annotated[str, Matches(f"system|subscriber|trial|api:(key_{_RANDOM}|[0-9]{{1,4}})|staff:({_MEMBER})")]
"""Who did it. Numbers of up to four digits are for deployments and tests that count their keys and people."""

Folio = Annotated[str, Matches("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}(-[1-9][0-9]?)?")]
Digest = Annotated[str, Matches("[0-9a-f]{64}")]
"""A SHA-256 in hexadecimal, of something that is no person's: a profile, a network's weights, a text, a file."""

Commitment = Annotated[str, Matches("[0-9a-f]{64}")]
"""What `commitment.commit` makes of a line, a person's number, a shop or an agent with the subject's salt."""

Seed = Annotated[str, Matches("[0-9a-f]{64}")]
ReasonCode = Annotated[str, OneOf(frozenset(REASONS) | BESIDE)]
Number = Annotated[int, Between(1, 99)]
Count = Annotated[int, Between(0, 2**40)]


class WrongFieldError(ValueError):
    """A field does not hold what its type allows."""


Check = Callable[[Any], Any]
"""Gives the value as the leaf holds it, from what the leaf or its JSON has; raises WrongFieldError."""


_CHECKS: dict[type, dict[str, Check]] = {}


def checks(leaf: type) -> dict[str, Check]:
    """For each field of a leaf's class, what its values must be."""
    if leaf not in _CHECKS:
        hints = get_type_hints(leaf, include_extras=True)
        _CHECKS[leaf] = {one.name: check_of(hints[one.name]) for one in fields(leaf)}
    return _CHECKS[leaf]


def check_of(hint: Any) -> Check:
    """The check of a field's type. Raises TypeError for a type that is not bounded."""
    origin, given = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(given[0], given[1])
    if origin in (Union, types.UnionType) and len(given) == 2 and given[1] is type(None):
        inner = check_of(given[0])
        return lambda value: None if value is None else inner(value)
    if origin is tuple and len(given) == 2 and given[1] is Ellipsis:
        return _items(check_of(given[0]))
    if hint is bool:
        return _needs(lambda value: isinstance(value, bool), lambda value: value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        known = frozenset(one.value for one in hint)
        return _needs(lambda value: isinstance(value, str) and str(value) in known, hint)
    raise TypeError(f"a leaf cannot have a field of type {hint}")


def _annotated(base: type, bound: object) -> Check:
    if base is str and isinstance(bound, Matches):
        match = re.compile(bound.pattern).fullmatch
        return _needs(lambda value: type(value) is str and match(value) is not None, lambda value: value)
    if base is str and isinstance(bound, OneOf):
        words = bound.words
        return _needs(lambda value: type(value) is str and value in words, lambda value: value)
    if base is int and isinstance(bound, Between):
        least, most = bound.least, bound.most
        return _needs(lambda value: type(value) is int and least <= value <= most, lambda value: value)
    raise TypeError(f"a leaf cannot have a field of type {base} bounded by {bound}")


def _needs(fits: Callable[[Any], bool], made: Check) -> Check:
    def check(value: Any) -> Any:
        if not fits(value):
            raise WrongFieldError  # the value is never repeated: it may be what must not be here
        return made(value)

    return check


def _items(inner: Check) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, list | tuple) or len(value) > MOST_ITEMS:
            raise WrongFieldError
        return tuple(inner(one) for one in value)

    return check
