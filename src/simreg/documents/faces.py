"""The faces in the picture of a document: found with as few looks as it takes."""

from dataclasses import dataclass, field

from simreg.capture.frame import Image
from simreg.documents.search import Search, distinct, overlap, reduced, square_sides
from simreg.documents.upright import PLAIN_SCORE, Face, refined, settle
from simreg.face.types import Box, Detection, FaceDetector, MeshFinder

TURNS = (0, 1, 3, 2)
"""Quarters clockwise by which the picture is turned, in the order of trying."""

ENOUGH = 20.0
"""Eye distance in pixels of the whole picture of a face with which the search ends."""

MOST = 6
"""So many detections of one look, the best ones, are examined."""

DETECTOR_WIDTH = 2.6
"""Width of the detector's box over the eye distance."""

WELL_SEEN = 0.2
"""Width of a face over the square's side from which the detector misses hardly any."""

RIVAL = 0.6
"""Size over that of the portrait from which another face could be mistaken for it."""


def find_faces(image: Image, detector: FaceDetector, mesh: MeshFinder) -> list[Face]:
    """The faces that could be the document's portrait, the largest first; an empty list when there is none.

    The search goes from large squares to small ones and ends with the first face that is large enough. Then the picture
    is looked at once more so that no other face of about its size is overlooked.
    """
    small, factor = reduced(image)
    hunt = _Hunt(small, detector, mesh, square_sides(small.shape[1], small.shape[0]), ENOUGH / factor)
    hunt.run()
    faces = sorted(hunt.faces, key=lambda face: -face.eye_distance)
    return [refined(image, face, factor, mesh) for face in faces] if factor > 1 else faces


@dataclass
class _Hunt:
    """One search in one picture and the faces that it has found.

    ``sides`` of the squares to look at, the largest first, and ``enough``, the eye distance with which to end, in pixels.
    """

    image: Image
    detector: FaceDetector
    mesh: MeshFinder
    sides: list[float]
    enough: float
    faces: list[Face] = field(default_factory=list)

    def run(self) -> None:
        search = Search(self.image, self.detector)
        plain = [d for d in search.scan(self.sides[0], 0) if d.score >= PLAIN_SCORE]
        if self._examine(plain, 0):
            return self._find_rivals(search, self.sides[:1])
        for group in (self.sides[:2], *([side] for side in self.sides[2:])):
            for turn in TURNS:
                found = distinct([d for side in group for d in search.scan(side, turn)])
                if self._examine(found, turn):
                    return self._find_rivals(search, group)
        return None

    def _examine(self, found: list[Detection], turn: int) -> bool:
        """Settle what is not known yet; whether a face is known now with which the search can end."""
        for detection in found[:MOST]:
            if any(overlap(detection.box, _box(face)) for face in self.faces):
                continue
            face = settle(self.image, detection, turn, self.detector, self.mesh)
            if face is not None and not any(overlap(_box(face), _box(other)) for other in self.faces):
                self.faces.append(face)
        return any(face.eye_distance >= self.enough for face in self.faces)

    def _find_rivals(self, search: Search, group: list[float]) -> None:
        """Examine the other faces about as large as the largest one.

        The detector looks for them with the picture turned so that this one is upright, in the squares in which this one
        was found and in those in which faces of its size are seen well.
        """
        largest = max(self.faces, key=lambda face: face.eye_distance)
        width = DETECTOR_WIDTH * largest.eye_distance
        well = next((side for side in self.sides if width >= WELL_SEEN * side), self.sides[-1])
        found = distinct([d for side in {*group, well} for d in search.scan(side, largest.turn)])
        self._examine([d for d in found if d.box.width >= RIVAL * width], largest.turn)


def _box(face: Face) -> Box:
    """About the box that the detector gives to a face."""
    side = DETECTOR_WIDTH * face.eye_distance
    x, y = face.points[:, :2].mean(axis=0)
    return Box(float(x) - side / 2, float(y) - side / 2, side, side)
