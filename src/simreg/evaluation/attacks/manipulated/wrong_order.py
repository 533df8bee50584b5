"""wrong-order: the right movements of the holder in another order than asked."""

from collections.abc import Iterator, Sequence

import numpy as np

from simreg.capture.frame import Frame
from simreg.evaluation.attacks.manipulated.footage import frames_of, interval, numbered, occurrences, runs, unrest
from simreg.evaluation.attacks.manipulated.joints import Piece, around, cut, fitted, idle
from simreg.evaluation.attacks.types import Kind, Take
from simreg.liveness.types import SeenAction

LEAST_IDLE_S = 0.4
"""Seconds at rest that a piece of the subject looking at the camera needs."""


class WrongOrder:
    """The take's movements, cut apart at rest and put together in an order that does not hold the challenge."""

    name = "wrong-order"
    kind = Kind.MANIPULATED
    imitates = (
        "A recording of the holder that shows all movements asked for is cut apart between them, and the pieces are "
        "played in another order, with clean cuts where the pictures are most alike."
    )
    leaves_out = "All pieces come from one recording, so light, clothes and place fit better than most attackers' would."

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """None where the challenge has no other order, or the take does not show it with rest somewhere."""
        calm = unrest(take)
        stays = runs(calm < 1, frames_of(take, LEAST_IDLE_S))
        if not stays or len(set(take.challenge)) < 2:
            return None
        for way in occurrences(take.seen, take.challenge):
            pieces = [around(take, seen, calm) for seen in way]
            whole = [piece for piece in pieces if piece is not None]
            if len(whole) == len(pieces):
                parts = _other_order(take, idle(max(stays, key=len)), whole, chance)
                if parts is not None:
                    return numbered(cut(take, parts), take)
        return None


def _other_order(take: Take, stay: Piece, pieces: list[Piece], chance: np.random.Generator) -> list[range] | None:
    """The pieces after a stretch at rest in some order in which the challenge is not seen."""
    for _ in range(3 * len(pieces)):
        order = chance.permutation(len(pieces)).tolist()
        parts = fitted(take, [stay, *(pieces[i] for i in order)])
        if not occurrences(shown(take, parts), take.challenge):
            return parts
    return None


def shown(take: Take, parts: Sequence[range]) -> list[SeenAction]:
    """The take's movements, whole or not, as they come when these stretches are played."""
    found: list[SeenAction] = []
    shift = 0.0
    for part in parts:
        first, last = take.frames[part.start].time_s, take.frames[part.stop - 1].time_s
        touched = [seen for seen in take.seen if seen.end_s >= first and seen.start_s <= last]
        found += [SeenAction(s.action, shift + s.start_s - first, shift + s.end_s - first) for s in touched]
        shift += last - first + interval(take)
    return found
