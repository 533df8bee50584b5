"""Draws the challenge of an attempt, and says how hard it is to guess."""

import math
from collections.abc import Callable, Collection

from simreg.errors import InputError
from simreg.liveness.challenge import Challenge, draw
from simreg.liveness.pad import TURNS
from simreg.liveness.types import Action

LEAST = 2
"""Actions that a subject must be able to do; with fewer nothing could be drawn."""


def draw_challenge(below: Callable[[int], int], possible: Collection[Action], count: int) -> tuple[Challenge, float]:
    """A challenge of ``count`` actions and its entropy in bits; ``below`` gives a random number from 0 to its bound - 1.

    Every sequence is as likely as another in which no action follows itself and, where the subject can turn the head,
    there is a turn. Raises InputError ``actions-too-few``.
    """
    actions = [action for action in Action if action in possible]
    if len(actions) < LEAST:
        sentence = "The subject cannot do enough of the movements."
        raise InputError("actions-too-few", sentence, "Choose the way without a face.")
    turns = TURNS & set(actions)
    while True:
        picks = [below(len(actions) - (place > 0)) for place in range(count)]
        drawn = draw(actions, picks)
        if not turns or turns & set(drawn):
            without = _sequences(len(actions) - len(turns), count) if turns else 0
            return drawn, math.log2(_sequences(len(actions), count) - without)


def _sequences(actions: int, count: int) -> int:
    """How many sequences there are in which no action follows itself."""
    return actions * int(max(actions - 1, 0) ** (count - 1))
