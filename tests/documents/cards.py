"""Pictures of identity cards made by code around any portrait, for tests and measurements.

The same portrait and the same `Photograph` make the same picture.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image

WIDTH, HEIGHT = 1012, 638
"""The card in pixels before it is photographed (ID-1 at 300 dots an inch)."""

PORTRAIT = (56, 150, 270, 346)
"""Left, top, width and height of the portrait on the card."""

Generator = np.random.Generator


@dataclass(frozen=True, slots=True)
class Photograph:
    """How a card is printed and photographed.

    ``share`` is the card's longer side over the picture's width; ``turn`` quarters clockwise, ``tilt`` degrees clockwise,
    ``slant`` 0..0.15 how much perspective; ``ghost`` the ghost portrait's size over the portrait's, 0 for none;
    ``overlay`` 0..1 how strong guilloche and hologram lie over the portrait; ``blur`` in pixels of the picture.
    """

    seed: int
    width: int = 1280
    height: int = 960
    share: float = 0.8
    turn: int = 0
    tilt: float = 0.0
    slant: float = 0.0
    grey: bool = False
    halftone: bool = False
    ghost: float = 0.0
    overlay: float = 0.3
    clutter: bool = True
    blur: float = 0.0
    jpeg: int = 85


@dataclass(frozen=True, slots=True)
class Scene:
    """The picture, and where the portrait is in it: its corners, shape (4, 2), pixels."""

    image: Image
    corners: NDArray[np.float64]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the portrait."""
        return cv2.pointPolygonTest(self.corners.astype(np.float32), (x, y), False) >= 0


def any_photograph(seed: int) -> Photograph:
    """One of many ways to photograph a card, by its number."""
    rng = np.random.default_rng([7, seed])
    width, height = [(1280, 960), (960, 1280), (1920, 1080), (3000, 4000), (800, 600)][int(rng.integers(5))]
    turn, across = int(rng.integers(4)), width
    if turn % 2 == 0 and height < width:
        across = int(min(width, 1.3 * height))
    if turn % 2 == 1:
        across = int(min(width, height) * 1.05)
    least = max(0.34, 340 / width)
    return Photograph(
        seed=seed,
        width=width,
        height=height,
        share=float(rng.uniform(least, max(least, 0.9 * across / width))),
        turn=turn,
        tilt=float(rng.uniform(-25, 25)) if rng.random() < 0.6 else 0.0,
        slant=float(rng.uniform(0, 0.12)),
        grey=bool(rng.random() < 0.3),
        halftone=bool(rng.random() < 0.3),
        ghost=float(rng.choice([0.0, 0.3, 0.45, 0.6, 0.75])),
        overlay=float(rng.uniform(0, 0.7)),
        clutter=bool(rng.random() < 0.7),
        jpeg=int(rng.integers(70, 95)),
    )


def photograph(portrait: Image, how: Photograph) -> Scene:
    """A card with this portrait (any size; the face in its middle), lying on a desk."""
    return place([card(portrait, how)], how)


def place(cards: list[Image], how: Photograph) -> Scene:
    """One or two cards on a desk, the second beside the first and of the same size; the corners are the first one's."""
    rng = np.random.default_rng([2, how.seed])
    desk = _desk(how, rng)
    share = how.share / (1 if len(cards) == 1 else 2.1)
    shift = rng.uniform(-0.2, 0.2, 2) * max(0.0, 1 - how.share) * (how.width, how.height)
    corners = []
    for index, one in enumerate(cards):
        beside = 0.0 if len(cards) == 1 else (index - 0.5) * share * 1.05
        matrix = _view(how, share, rng.uniform(-1, 1, (4, 2)), beside, shift)
        size = (how.width, how.height)
        smaller = _reduced(one, share * how.width)
        shrink = np.diag([WIDTH / smaller.shape[1], HEIGHT / smaller.shape[0], 1.0])
        seen = cv2.warpPerspective(smaller, matrix @ shrink, size)
        mask = cv2.warpPerspective(np.full(smaller.shape[:2], 255, np.uint8), matrix @ shrink, size)[..., None] / 255.0
        desk = desk * (1 - mask) + seen * mask
        left, top, wide, high = PORTRAIT
        frame = np.array([[left, top], [left + wide, top], [left + wide, top + high], [left, top + high]], np.float64)
        corners.append(cv2.perspectiveTransform(frame[None], matrix)[0])
    return Scene(_camera(desk, how, rng), corners[0])


def card(portrait: Image, how: Photograph) -> Image:
    """The printed card: uint8, shape (638, 1012, 3)."""
    rng = np.random.default_rng([1, how.seed])
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    tint = rng.uniform(185, 235, 3).astype(np.float32)
    sheet = tint + (x / WIDTH)[..., None] * rng.uniform(-30, 20, 3).astype(np.float32)
    lines = _guilloche(x, y, rng)
    sheet += 9 * lines[..., None]
    left, top, width, height = PORTRAIT
    face = cv2.resize(_cropped(portrait), (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    if how.grey:
        face = np.repeat(face.mean(axis=2, keepdims=True), 3, axis=2)
    if how.halftone:
        face = _halftone(face)
    face += 28 * how.overlay * lines[top : top + height, left : left + width, None]
    face += 90 * how.overlay * _hologram(width, height, rng)
    sheet[top : top + height, left : left + width] = face
    if how.ghost:
        _add_ghost(sheet, face, how.ghost, rng)
    printed = np.asarray(np.clip(sheet, 0, 255), np.uint8)
    _print_text(printed, how.ghost, rng)
    return printed


def two_holders(one: Image, other: Image, how: Photograph) -> Scene:
    """The cards of two people side by side."""
    return place([card(one, how), card(other, replace(how, seed=how.seed + 1))], how)


def _cropped(portrait: Image) -> Image:
    """The middle of a picture in the shape of a passport photograph."""
    height, width = portrait.shape[:2]
    wide = 0.54 * min(width, height)
    high = wide * PORTRAIT[3] / PORTRAIT[2]
    left, top = int((width - wide) / 2), int(0.51 * height - high / 2)
    return portrait[max(0, top) : int(top + high), left : int(left + wide)]


def _guilloche(x: NDArray[np.float32], y: NDArray[np.float32], rng: Generator) -> NDArray[np.float32]:
    """Fine waved lines, -1..1."""
    a, b, c = rng.uniform(40, 120, 3)
    wave = y + 18 * np.sin(x / a) + 9 * np.sin(x / b + y / c)
    other = x * 0.6 + y + 25 * np.sin(y / b)
    return np.asarray((np.sin(wave / 1.9) + np.sin(other / 2.6)) / 2, np.float32)


def _hologram(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    """A patch of shifting colours over a corner of the portrait, -0.3..1."""
    y, x = np.mgrid[:height, :width]
    u, v = rng.uniform(0.1, 0.9, 2) * (width, height)
    far = np.hypot(x - u, y - v) / (0.45 * width)
    phase = rng.uniform(0, 6, 3)
    colours = 0.4 + 0.6 * np.sin((x + y)[..., None] / 30 + phase)
    return np.asarray(np.clip(1 - far, 0, 1)[..., None] * colours, np.float32)


def _halftone(face: NDArray[np.float32]) -> NDArray[np.float32]:
    """The picture as a print of dots."""
    y, x = np.mgrid[: face.shape[0], : face.shape[1]]
    dots = 38 * np.sin((x + y) * 1.35) * np.sin((x - y) * 1.35)
    return np.asarray(face + dots[..., None], np.float32)


def _add_ghost(sheet: NDArray[np.float32], face: NDArray[np.float32], size: float, rng: Generator) -> None:
    """The same portrait once more, smaller and paler, at the right."""
    width, height = int(PORTRAIT[2] * size), int(PORTRAIT[3] * size)
    small = cv2.resize(face, (width, height), interpolation=cv2.INTER_AREA).mean(axis=2, keepdims=True)
    left, top = WIDTH - width - 40, 120
    under = sheet[top : top + height, left : left + width]
    strength = float(rng.uniform(0.35, 0.75))
    sheet[top : top + height, left : left + width] = under + strength * (small - 190)


def _print_text(sheet: Image, ghost: float, rng: Generator) -> None:
    ink = (40.0, 40.0, 60.0)
    letters = np.array(list("ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789"))
    cv2.putText(sheet, "REPUBLIC OF UTOPIA - IDENTITY CARD", (56, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.1, ink, 3)
    for row in range(8):
        most = 18 if ghost < 0.5 else 13
        word = "".join(rng.choice(letters, int(rng.integers(6, most))))
        y = 150 + 45 * row
        cv2.putText(sheet, word[:5].lower(), (360, y - 18), cv2.FONT_HERSHEY_SIMPLEX, 0.4, ink, 1)
        cv2.putText(sheet, word, (360, y + 6), cv2.FONT_HERSHEY_SIMPLEX, 0.8, ink, 2)
    for row in range(2):
        line = "".join(rng.choice([*letters, "<", "<", "<"], 36))
        cv2.putText(sheet, line, (40, 560 + 45 * row), cv2.FONT_HERSHEY_DUPLEX, 1.15, ink, 2)


def _desk(how: Photograph, rng: Generator) -> NDArray[np.float64]:
    """A grained surface, with papers and things on it when there is to be clutter."""
    shape = (how.height, how.width)
    colour = rng.uniform(50, 200, 3)
    grain = cv2.resize(rng.normal(0, 1, (how.height // 3, how.width // 40)), shape[::-1], interpolation=cv2.INTER_CUBIC)
    desk = np.clip(colour + 9 * grain[..., None], 0, 255).astype(np.uint8)
    for _ in range(12 if how.clutter else 0):
        middle = tuple(int(v) for v in rng.uniform(0, 1, 2) * shape[::-1])
        size = tuple(float(v) for v in rng.uniform(0.05, 0.4, 2) * how.width)
        colour = rng.uniform(20, 250, 3)
        if rng.random() < 0.4:
            cv2.circle(desk, middle, int(size[0] / 3), colour.tolist(), -1)
            continue
        box = cv2.boxPoints((middle, size, float(rng.uniform(0, 180)))).astype(np.int32)
        cv2.fillConvexPoly(desk, box, colour.tolist())
        for line in range(6):
            place = (middle[0] - 60, middle[1] + 22 * line - 60)
            cv2.putText(desk, "lorem ipsum dolor", place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, (30, 30, 30), 1)
    return desk.astype(np.float64)


def _view(
    how: Photograph, share: float, jitter: NDArray[np.float64], beside: float, shift: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The homography from the card to the picture."""
    scale = share * how.width / WIDTH
    corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float64)
    angle = np.radians(90 * how.turn + how.tilt)
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    flat = (corners - (WIDTH / 2, HEIGHT / 2) + (beside / share * WIDTH, 0)) * scale
    slanted = flat + jitter * how.slant * HEIGHT * scale
    there = slanted @ turned.T + (how.width / 2, how.height / 2) + shift
    return np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), there.astype(np.float32)), np.float64)


def _reduced(one: Image, width: float) -> Image:
    """The card at about the size at which it will be seen, so that its print is not aliased."""
    factor = min(1.0, 1.2 * width / WIDTH)
    size = (round(WIDTH * factor), round(HEIGHT * factor))
    return np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.uint8)


def _camera(scene: NDArray[np.float64], how: Photograph, rng: Generator) -> Image:
    """Uneven light, blur, noise and JPEG."""
    y, x = np.mgrid[: how.height, : how.width]
    light = 1 + 0.15 * np.sin(x / how.width * 2 + rng.uniform(0, 6)) + 0.1 * np.sin(y / how.height * 3)
    picture = scene * light[..., None]
    if how.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), how.blur)
    noise = rng.normal(0, 2.5, (how.height, how.width, 1)) if how.width < 2000 else 0.0
    pixels = np.clip(picture + noise, 0, 255).astype(np.uint8)
    _, coded = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, how.jpeg])
    read = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    assert read is not None
    return np.ascontiguousarray(read[..., ::-1], np.uint8)
