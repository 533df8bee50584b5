"""Moves the landmarks of lids and lips in the picture."""

import numpy as np

from simreg.demo.expression import between_lips
from simreg.demo.surface import Floats, Triangles
from simreg.evaluation.attacks.manipulated.piecewise import net
from simreg.face.mesh_refinement import LEFT_EYE, LIPS, RIGHT_EYE

LID_FOLLOWS = (1.0, 0.75, 0.2)
"""How far the edge of the upper lid, its fold and the skin above it go along with a shutting eye."""

JAW_DROP = 0.6
"""How far a wide open mouth lowers the chin, in widths of the mouth."""

INNER_LIPS = [*LIPS[20:31].tolist(), *LIPS[31:40][::-1].tolist()]
"""Inner edge of the lips, all round, from the right corner along the lower lip."""


def shut_eyes(places: Floats, share: float) -> None:
    """Move the lids' upper edge down to the lower one, and the fold and the skin above it some of the way."""
    for eye in (RIGHT_EYE, LEFT_EYE):
        drop = (places[eye[1:8]] - places[eye[9:16]]) * share
        for ring, follows in enumerate(LID_FOLLOWS):
            places[eye[16 * ring + 9 : 16 * ring + 16]] += drop * follows


def open_mouth(places: Floats, share: float) -> None:
    """Lower the lower lip and the chin, less towards the corners of the mouth and the cheeks."""
    right, left, lip = places[[INNER_LIPS[0], INNER_LIPS[10], INNER_LIPS[5]]].copy()
    across = left - right
    half = float(np.linalg.norm(across)) / 2
    down = np.array([-across[1], across[0]]) / (2 * half)
    offset = places - (right + left) / 2
    below, aside = offset @ down, offset @ across / (2 * half)
    goes = np.clip(below / max(float((lip - (right + left) / 2) @ down), 1.0), 0, 1) * np.exp(
        -((aside / (2 * half)) ** 2)
    )
    upper = LIPS.reshape(4, 20)[:, 11:].ravel()
    goes[upper] = 0
    lower = LIPS.reshape(4, 20)[:, 1:10].ravel()
    goes[lower] = np.sqrt(np.maximum(0, 1 - (aside[lower] / half) ** 2))
    places += (JAW_DROP * 2 * half * share * goes)[:, None] * down


def face_net(places: Floats) -> Triangles:
    """Triangles between the landmarks of the skin, shape (468, 2), with none between the lips."""
    apart = places.copy()
    open_mouth(apart, 0.5)
    triangles = net(apart)
    return triangles[~between_lips(triangles)]
