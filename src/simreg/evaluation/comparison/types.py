"""What an evaluation of the comparison is made of: pairs of pictures, their scores, and error rates."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from simreg.comparison.types import Interval

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

RULE_OF_THREE = 3.0
"""None in n trials: with 95 % confidence the rate is at most about 3/n ("rule of 3" of ISO/IEC 19795-1)."""


class Acquired(IntEnum):
    """What became of a picture: a template, or one of two ways of failing to acquire (ISO/IEC 19795-1: FTA)."""

    TEMPLATE = 0
    NO_FACE = 1
    UNREADABLE = 2

    @property
    def word(self) -> str:
        """As files have it."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Comparisons to be made.

    ``names`` are pictures, relative to their folder, with forward slashes; ``pictures`` the numbers of reference and
    probe, shape (n, 2); ``mated`` whether both show one person, shape (n,). ``source`` says where the list is from.
    """

    names: tuple[str, ...]
    pictures: Numbers
    mated: Flags
    source: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What scores were made of and with; they are worth nothing without it."""

    recogniser: str
    model_sha256: str
    preprocessing: str
    data_set: str
    pairs: str
    date: str
    version: str


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Every comparison that was to be made, and what came of it.

    ``similarity`` has shape (n,), -1..1 in steps of a millionth, NaN where a picture of the pair was not acquired;
    ``acquired`` says for each picture what became of it, as a number of `Acquired`.
    """

    origin: Origin
    pairs: Pairs
    similarity: Floats
    acquired: Numbers


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Scores by person, as rates are made of them; persons are numbers below ``people``.

    ``mated`` are similarities, shape (m,), and ``mated_persons`` whose they are; ``non_mated`` are similarities, falling,
    shape (n,), and ``non_mated_persons`` the two persons of each, shape (n, 2). The same of the comparisons that a
    failure to acquire prevented. ``pictures`` are the persons of all pictures, ``failed_pictures`` of those not acquired.
    """

    people: int
    mated: Floats
    mated_persons: Numbers
    non_mated: Floats
    non_mated_persons: Numbers
    mated_failed: Numbers
    non_mated_failed: Numbers
    pictures: Numbers
    failed_pictures: Numbers


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of errors among trials with its 95 % interval.

    ``value`` is None without trials and without errors; in the latter case ``at_most`` bounds it (rule of three).
    """

    errors: int
    trials: int
    interval: Interval

    @property
    def value(self) -> float | None:
        """Errors over trials, 0..1, where at least one error was seen."""
        return self.errors / self.trials if self.errors else None

    @property
    def at_most(self) -> float | None:
        """3/n where no error was seen in n trials."""
        return min(1.0, RULE_OF_THREE / self.trials) if self.trials and not self.errors else None
