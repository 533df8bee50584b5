"""A sheet in space, flat or bent about one direction, as a camera sees it.

Paper and screens bend about one direction at most (they do not stretch), so a sheet is a curve drawn out along a line.
Units are face widths from the middle of the face on the sheet: x to the image's right, y down, z away from the camera;
poses and camera are those of `simreg.demo.head`.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.demo.head import FACE_SHARE, HeadState, rotation

Floats = NDArray[np.float32]

DISTANCE = 4.5
"""Face widths from the camera to the middle of a sheet at scale 1."""

REACH, STEPS = 4.0, 257
"""How far a curve is known to each side, and in how many places."""

BLOCK = 8
"""Pixels between the places at which rays meet the sheet; in between they are interpolated."""

LIGHT = np.array([-0.35, -0.65, -0.68])
"""Towards the lamp, in the camera's frame."""

AMBIENT = 0.55
"""Share of the light that comes from everywhere."""


@dataclass(frozen=True, slots=True)
class Bend:
    """How a sheet is bent: ``heights`` float64 (STEPS,), z over the distance from the middle along ``degrees``.

    0 degrees bends from left to right, as round an upright cylinder, 90 from top to bottom.
    """

    heights: NDArray[np.float64]
    degrees: float = 0.0


PLACES = np.linspace(-REACH, REACH, STEPS)
FLAT = Bend(np.zeros(STEPS))


STEEPEST = np.radians(75)
"""How far round a cylinder a sheet goes to each side; from there on it is straight."""


def cylinder(radius: float, degrees: float = 0.0) -> Bend:
    """Bent away from the camera round a cylinder of this radius."""
    inside = np.minimum(np.abs(PLACES) / radius, np.sin(STEEPEST))
    round_ = radius * (1 - np.sqrt(1 - inside**2))
    return Bend(round_ + np.tan(STEEPEST) * np.maximum(np.abs(PLACES) - radius * np.sin(STEEPEST), 0), degrees)


@dataclass(frozen=True, slots=True)
class View:
    """What each pixel of a picture sees of a sheet, all float32 (height, width).

    ``u`` and ``v`` are the place on the sheet, measured along it; ``shade`` the light on it over that on a sheet that
    faces the camera; ``shine`` 0..1, how nearly the lamp's mirror image stands there; ``there`` 1 where the sheet's
    front is met at all, else 0, None where it is met everywhere.
    """

    u: Floats
    v: Floats
    shade: Floats
    shine: Floats
    there: Floats | None = None


def view(state: HeadState, bend: Bend, width: int, height: int) -> View:
    """What a camera sees of the sheet in this state; places that no ray meets are far off the sheet."""
    turn = rotation(state.yaw, state.pitch, state.roll)
    size = FACE_SHARE * height
    x = (np.arange(-BLOCK, width + BLOCK, BLOCK) + BLOCK / 2 - 0.5 - width / 2 - state.x * size) / (size * DISTANCE)
    y = (np.arange(-BLOCK, height + BLOCK, BLOCK) + BLOCK / 2 - 0.5 - height / 2 - state.y * size) / (size * DISTANCE)
    dx, dy = np.meshgrid(x, y)
    rays = np.stack([dx, dy, np.ones_like(dx)], axis=-1)
    across, slope, u, v, met = _meet(-DISTANCE / state.scale * turn[2], rays @ turn, bend)
    normal = np.stack([slope * across[0], slope * across[1], -np.ones_like(slope)], axis=-1) @ turn.T
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    lamp = LIGHT / np.linalg.norm(LIGHT)
    bright = AMBIENT + (1 - AMBIENT) * np.maximum(normal @ lamp, 0)
    half = lamp - rays / np.linalg.norm(rays, axis=-1, keepdims=True)
    half /= np.linalg.norm(half, axis=-1, keepdims=True)
    shine = np.maximum((normal * half).sum(axis=-1), 0) ** 60
    facing = AMBIENT - (1 - AMBIENT) * lamp[2]
    there = None
    if not met.all():
        u, v, bright, shine = (_spread(part, met) for part in (u, v, bright, shine))
        there = np.clip(BLOCK * (_fine(met.astype(np.float64), width, height) - 0.5) + 0.5, 0, 1)
    u_fine, v_fine, shade, shine_fine = (_fine(part, width, height) for part in (u, v, bright / facing, shine))
    return View(u_fine, v_fine, shade, shine_fine, there)


def project(state: HeadState, places: NDArray[np.float64], width: int, height: int) -> NDArray[np.float64]:
    """Pixels, shape (n, 2), of places in the sheet's frame, shape (n, 3)."""
    seen = places @ rotation(state.yaw, state.pitch, state.roll).T
    size = FACE_SHARE * height
    sight = size * DISTANCE / (DISTANCE / state.scale + seen[:, 2])
    middle = np.array([width / 2 + state.x * size, height / 2 + state.y * size])
    return np.asarray(middle + seen[:, :2] * sight[:, None])


def _meet(
    camera: NDArray[np.float64], rays: NDArray[np.float64], bend: Bend
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Where rays from the camera, (..., 3) in the sheet's frame, meet it, by Newton's method from the flat sheet on.

    Gives the direction of the bend, the slope along it, u, v, and whether the sheet's front is met.
    """
    angle = np.radians(bend.degrees)
    across, along = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    slopes = np.gradient(bend.heights, PLACES)
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(1, (slopes[1:] + slopes[:-1]) / 2) * np.diff(PLACES))])
    lengths -= lengths[STEPS // 2]
    start, step, deep = camera[:2] @ across, rays[..., :2] @ across, rays[..., 2]
    far = -camera[2] / np.maximum(deep, 0.05)
    for _ in range(6 if bend.heights.any() else 0):
        place = start + far * step
        gap = camera[2] + far * deep - np.interp(place, PLACES, bend.heights)
        change = deep - np.interp(place, PLACES, slopes) * step
        far = far - gap / np.maximum(change, 0.05)
    place = start + far * step
    other = camera[:2] @ along + far * (rays[..., :2] @ along)
    length, slope = np.interp(place, PLACES, lengths), np.interp(place, PLACES, slopes)
    gap = camera[2] + far * deep - np.interp(place, PLACES, bend.heights)
    met = (far > 0) & (np.abs(gap) < 0.01) & (deep - slope * step > 0)
    return across, slope, length * across[0] + other * along[0], length * across[1] + other * along[1], met


def _spread(values: NDArray[np.float64], met: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The values, and where none is known the mean of those beside it, or what is far off the sheet."""
    weights = cv2.blur(met.astype(np.float64), (3, 3))
    beside = cv2.blur(values * met, (3, 3)) / np.maximum(weights, 1e-6)
    return np.where(met, values, np.where(weights > 1e-6, beside, 1e3))


def _fine(coarse: NDArray[np.float64], width: int, height: int) -> Floats:
    """From one value a block to one a pixel."""
    size = coarse.shape[1] * BLOCK, coarse.shape[0] * BLOCK
    fine = cv2.resize(coarse.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(fine[BLOCK : BLOCK + height, BLOCK : BLOCK + width])
