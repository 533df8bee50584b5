"""An engine that looks at each picture once, for several attempts that are given the same frames side by side."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.engine import Engine
from simreg.face.types import Box, Detection, FaceDetector, Mesh, MeshFinder, PassivePad, Points, Recogniser, Region

T = TypeVar("T")


class Once:
    """Keeps what was made of pictures; with ``latest`` only of the picture that was last asked about."""

    def __init__(self, *, latest: bool = False) -> None:
        self._latest = latest
        self._pictures: dict[int, Image] = {}  # held, so that no other picture takes the same identity
        self._made: dict[tuple[int, Hashable], object] = {}

    def __call__(self, picture: Image, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of this picture for this key, made now if it is the first time."""
        if self._latest and id(picture) not in self._pictures:
            self._pictures.clear()
            self._made.clear()
        self._pictures[id(picture)] = picture
        if (id(picture), key) not in self._made:
            self._made[id(picture), key] = make()
        return self._made[id(picture), key]  # type: ignore[return-value]


class _Detector:
    def __init__(self, detector: FaceDetector) -> None:
        self._detector, self._once = detector, Once(latest=True)

    def detect(self, image: Image) -> list[Detection]:
        return self._once(image, None, lambda: self._detector.detect(image))


class _Mesh:
    def __init__(self, mesh: MeshFinder) -> None:
        self._mesh, self._once = mesh, Once(latest=True)

    def find(self, image: Image, region: Region) -> Mesh:
        return self._once(image, region, lambda: self._mesh.find(image, region))


class _Recogniser:
    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._chips, self._quick, self._templates = Once(), Once(), Once()
        self.name, self.sha256, self.preprocessing = recogniser.name, recogniser.sha256, recogniser.preprocessing

    def chip(self, image: Image, points: Points) -> Image:
        return self._chips(image, points.tobytes(), lambda: self._recogniser.chip(image, points))

    def quick_template(self, chip: Image) -> NDArray[np.float32]:
        return self._quick(chip, None, lambda: self._recogniser.quick_template(chip))

    def template(self, chip: Image, quick: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        return self._templates(chip, quick is None, lambda: self._recogniser.template(chip, quick))


class _PassivePad:
    def __init__(self, pad: PassivePad) -> None:
        self._pad, self._once = pad, Once()

    def score(self, image: Image, box: Box) -> float:
        return self._once(image, box, lambda: self._pad.score(image, box))


def shared(engine: Engine) -> Engine:
    """The same engine with a memory, for the attempts over one recording; it is thrown away after them."""
    return replace(
        engine,
        detector=_Detector(engine.detector),
        mesh=_Mesh(engine.mesh),
        recogniser=_Recogniser(engine.recogniser),
        passive_pad=None if engine.passive_pad is None else _PassivePad(engine.passive_pad),
    )
