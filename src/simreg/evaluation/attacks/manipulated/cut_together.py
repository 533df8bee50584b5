"""cut-together: the holder's recorded movements, played on demand."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Frame
from simreg.evaluation.attacks.manipulated.footage import frames_of, numbered, runs, unrest
from simreg.evaluation.attacks.manipulated.joints import Piece, around, blended, cut, fitted, idle
from simreg.evaluation.attacks.types import Kind, Take
from simreg.liveness.types import Action

LEAST_IDLE_S, MOST_IDLE_S = 0.4, 1.6
"""Seconds at rest that a piece of the subject looking at the camera has."""


class CutTogether:
    """Rest and movements out of the take, in the order of the challenge but not of the take."""

    kind = Kind.MANIPULATED
    leaves_out = (
        "The library is one recording, so light, clothes and place always fit; the joints are looked for by machine "
        "at leisure, while a live attacker must wait for the prompt. Nothing is made by a neural network: a "
        "generated passage between two pieces would look smoother."
    )

    def __init__(self, *, blend: bool) -> None:
        self._blend = blend
        self.name = "cut-together-blended" if blend else "cut-together"
        joint = (
            "morphed into each other along the landmarks within a quarter of a second"
            if blend
            else "cut hard where the two sides are most alike"
        )
        self.imitates = (
            "An attacker with a library of the holder's recordings plays for each prompt the piece that shows the "
            f"movement asked for, and the holder at rest in between; the joints are {joint}."
        )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """None where a movement of the challenge is not seen whole, or the subject is never at rest."""
        calm = unrest(take)
        acted = _acted(take, calm, chance)
        if not acted:
            return None
        free = calm < 1
        for piece in acted:
            free[piece.starts.start : piece.stops.stop] = False
        stays = _stays(take, free) or _stays(take, calm < 1)
        if not stays:
            return None
        parts = fitted(take, _interleaved(acted, stays, chance))
        return numbered(blended(take, parts) if self._blend else cut(take, parts), take)


def _acted(take: Take, calm: NDArray[np.float32], chance: np.random.Generator) -> list[Piece]:
    """A piece for each movement of the challenge, another each time as far as there are others; none where one lacks."""
    library = {a: [p for s in take.seen if s.action is a and (p := around(take, s, calm))] for a in set(take.challenge)}
    left: dict[Action, list[Piece]] = {action: [] for action in library}
    chosen = []
    for action in take.challenge:
        if not library[action]:
            return []
        left[action] = left[action] or list(library[action])
        chosen.append(left[action].pop(int(chance.integers(len(left[action])))))
    return chosen


def _interleaved(acted: Sequence[Piece], stays: Sequence[range], chance: np.random.Generator) -> list[Piece]:
    """The movements with rest before the first, after the last and between, as far as it lasts.

    The latest rest comes first, so that the recording does not simply go on.
    """
    count = min(len(stays), len(acted) + 1)
    shown = sorted(chance.permutation(len(stays))[:count].tolist(), reverse=True)
    slots = sorted([0, len(acted), *range(1, len(acted))][:count])
    resting = {slot: idle(stays[number]) for slot, number in zip(slots, shown, strict=True)}
    both = [(resting.get(slot), piece) for slot, piece in enumerate([*acted, None])]
    return [piece for pair in both for piece in pair if piece is not None]


def _stays(take: Take, free: NDArray[np.bool_]) -> list[range]:
    """Stretches of these frames in pieces of `LEAST_IDLE_S` to `MOST_IDLE_S`, so that none is shown twice."""
    least, most = frames_of(take, LEAST_IDLE_S), frames_of(take, MOST_IDLE_S)
    whole = runs(free, least)
    pieces = [run[start : start + most] for run in whole for start in range(0, len(run), most)]
    return [piece for piece in pieces if len(piece) >= least]
