"""What is behind an attack: a room out of focus, and whoever holds the thing up."""

import cv2
import numpy as np

from simreg.evaluation.attacks.presentation.camera import HEIGHT, WIDTH
from simreg.evaluation.attacks.presentation.sheet import Floats

SKIN = np.array([[224, 178, 150], [198, 146, 116], [150, 104, 78], [104, 70, 52]], np.float32)
"""Tones of the hands that hold things."""


def room(chance: np.random.Generator) -> Floats:
    """Light from a room: a lit wall with things before it, and the trunk of a person in the middle."""
    wall = chance.uniform(90, 200) * (1 + chance.uniform(-0.12, 0.12, 3))
    x, y = np.meshgrid(np.linspace(-1, 1, WIDTH), np.linspace(-1, 1, HEIGHT))
    lit = 1 - 0.25 * chance.uniform(-1, 1) * x - 0.2 * y
    picture = (lit[..., None] * wall).astype(np.float32)
    for _ in range(chance.integers(3, 7)):
        left, top = chance.integers((-40, -60), (WIDTH, HEIGHT * 2 // 3))
        wide, tall = chance.integers(30, 200, 2)
        colour = chance.uniform(20, 230) * (1 + chance.uniform(-0.14, 0.14, 3))
        cv2.rectangle(picture, (int(left), int(top)), (int(left + wide), int(top + tall)), colour.tolist(), -1)
    cloth = chance.uniform(15, 150) * (1 + chance.uniform(-0.15, 0.15, 3))
    middle = int(WIDTH * chance.uniform(0.44, 0.56))
    cv2.ellipse(picture, (middle, HEIGHT + 40), (230, 250), 0, 0, 360, cloth.tolist(), -1)
    soft = cv2.GaussianBlur(picture, (0, 0), chance.uniform(4, 8))
    uneven = chance.normal(0, 2, (60, 80, 3)).astype(np.float32)
    rough = cv2.resize(uneven, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(soft + rough, np.float32).clip(4, 250)
