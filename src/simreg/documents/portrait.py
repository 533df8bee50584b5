"""Finds the document's portrait and says whether it can be compared."""

from dataclasses import dataclass

from simreg.capture.frame import Image
from simreg.documents.cut_out import CutOut, cut_out
from simreg.documents.faces import RIVAL, find_faces
from simreg.documents.ghost import SAME_PICTURE, likeness
from simreg.documents.sharpness import portrait_sharpness
from simreg.face.eyes import eye_distance
from simreg.face.observe import box_of, face_patch
from simreg.face.pose import pose
from simreg.face.types import FaceDetector, MeshFinder, Points
from simreg.quality.exposure import Exposure, exposure
from simreg.quality.unified import LIMIT, PortraitQuality, portrait_quality
from simreg.result import ReferenceSummary

PALE = 0.25
"""Contrast over that of the portrait below which another face is no portrait, whoever it shows."""

FAINT, ALIKE = 0.5, 0.4
"""Contrast and likeness of a ghost portrait so faint that its likeness suffers."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """The reference.

    ``image`` is the part of the picture around the portrait, upright, or the whole picture as it was given when there is
    no face; ``points`` are the landmarks in pixels of ``image``, None when the portrait cannot be compared.
    """

    summary: ReferenceSummary
    image: Image
    points: Points | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A face that may be the portrait, and what is measured of it."""

    face: CutOut
    eye_distance: float
    light: Exposure
    sharpness: float

    @property
    def prominence(self) -> float:
        """How much it is the portrait: size times contrast."""
        return self.eye_distance * self.light.contrast


def find_portrait(image: Image, detector: FaceDetector, mesh: MeshFinder) -> Portrait:
    """The portrait in a picture of a face or of a whole document, in any of four orientations.

    A portrait that is missing, not the only one or too poor is a result: the summary's ``problem`` is then
    ``reference-no-face``, ``-several-faces``, ``-too-small``, ``-light``, ``-blurred`` or ``-turned``.
    """
    candidates = [_candidate(cut_out(image, face)) for face in find_faces(image, detector, mesh)]
    if not candidates:
        height, width = image.shape[:2]
        nothing = ReferenceSummary("reference-no-face", None, None, width, height, 0, 0, None, None, None, None)
        return Portrait(nothing, image, None)
    main = max(candidates, key=lambda one: one.prominence)
    quality = _quality(main)
    problem = _problem(quality)
    if any(_is_rival(main, other) for other in candidates if other is not main):
        problem = "reference-several-faces"
    summary = ReferenceSummary(
        problem=problem,
        face_box=box_of(main.face.in_whole),
        quality=quality.unified,
        width=main.face.width,
        height=main.face.height,
        rotation=main.face.rotation,
        faces=len(candidates),
        eye_distance=main.eye_distance,
        sharpness=main.sharpness,
        brightness=main.light.brightness,
        contrast=main.light.contrast,
    )
    return Portrait(summary, main.face.image, main.face.points if problem is None else None)


def _candidate(face: CutOut) -> _Candidate:
    light = exposure(face_patch(face.image, box_of(face.points)))
    return _Candidate(face, eye_distance(face.points), light, portrait_sharpness(face))


def _quality(candidate: _Candidate) -> PortraitQuality:
    head = pose(candidate.face.points)
    return portrait_quality(
        eye_distance=candidate.eye_distance,
        sharpness=candidate.sharpness,
        contrast=candidate.light.contrast,
        clipped=candidate.light.clipped,
        yaw=head.yaw,
        pitch=head.pitch,
    )


def _problem(quality: PortraitQuality) -> str | None:
    """The first thing that keeps a portrait from being compared."""
    problems = (
        (quality.eye_distance, "reference-too-small"),
        (quality.clipped, "reference-light"),
        (quality.contrast, "reference-light"),
        (quality.sharpness, "reference-blurred"),
        (quality.pose, "reference-turned"),
    )
    return next((code for worth, code in problems if worth < LIMIT), None)


def _is_rival(main: _Candidate, other: _Candidate) -> bool:
    """Whether another face is as much a portrait as the main one, and not its ghost."""
    contrast = other.light.contrast / max(main.light.contrast, 1e-9)
    if other.eye_distance < RIVAL * main.eye_distance or contrast < PALE:
        return False
    return likeness(main.face, other.face) < (ALIKE if contrast < FAINT else SAME_PICTURE)
