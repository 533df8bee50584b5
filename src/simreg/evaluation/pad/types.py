"""What is presented, what came of it, and rates with their intervals."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from simreg.comparison.types import Interval
from simreg.liveness.challenge import Challenge
from simreg.liveness.types import PadResult


class Label(StrEnum):
    """What a recording shows."""

    BONA_FIDE = "bona-fide"
    ATTACK = "attack"


class Response(StrEnum):
    """What the PAD subsystem answered (ISO/IEC 30107-3, 3.2).

    ``BONA_FIDE`` and ``ATTACK`` are the two classes; what did not follow the challenge is classed with the attacks, as
    it is refused, and so a subject whose movements were not found counts as an error too. ``NONE`` is a non-response:
    a file that cannot be read, no face, or a capture too poor to be judged.
    """

    BONA_FIDE = "bona-fide"
    ATTACK = "attack"
    NONE = "non-response"


@dataclass(frozen=True, slots=True)
class Presentation:
    """One row of the list: a recording, what it is, and how it is to be judged.

    ``list_name`` and ``row`` say where it stands (rows count from 1); ``species`` and ``kind`` are empty for bona fide;
    ``reference`` is None where only liveness is judged; ``subject`` says who it shows where that is told, so that
    intervals can be read with care; ``conditions`` are words such as ``glasses`` or ``dim``; ``draw`` is the number of
    the random challenge that was drawn for this row, 0 where the challenge was given.
    """

    list_name: str
    row: int
    file: Path
    label: Label
    species: str
    kind: str
    challenge: Challenge
    reference: Path | None
    subject: str
    conditions: tuple[str, ...]
    draw: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one presentation.

    ``pad`` is None where ``error`` is a code: the recording could not be read. ``outcome``, ``comparison`` and
    ``similarity`` are empty or None without a reference; ``reasons`` are codes; ``unsettled`` names the checks that had
    to be made and could not be; ``frames``, ``fps``, ``width`` and ``height`` are the capture's, ``seconds`` its length.
    """

    error: str | None
    pad: PadResult | None = None
    outcome: str = ""
    reasons: tuple[str, ...] = ()
    comparison: str = ""
    similarity: float | None = None
    unsettled: tuple[str, ...] = ()
    frames: int = 0
    seconds: float = 0.0
    fps: float = 0.0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """A presentation and what came of it."""

    presentation: Presentation
    judged: Judged


@dataclass(frozen=True, slots=True)
class Rate:
    """``errors`` of ``trials`` with the exact 95 % interval; ``value`` is None without a single trial."""

    errors: int
    trials: int
    interval: Interval

    @property
    def value(self) -> float | None:
        """The rate, 0..1."""
        return self.errors / self.trials if self.trials else None
