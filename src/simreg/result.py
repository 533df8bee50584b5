"""The result of one verification: what the Python call returns, what ``--json`` prints and what the report shows."""

from dataclasses import dataclass, replace

from simreg.capture.frame import Image
from simreg.comparison.types import ComparisonScore
from simreg.decision.types import Decision
from simreg.face.types import Box
from simreg.liveness.types import PadResult


@dataclass(frozen=True, slots=True)
class ReferenceSummary:
    """The document's portrait as found: box in pixels of the upright picture, and its quality.

    ``problem`` is None for a portrait that can be compared, else a reason code; ``rotation`` is by how many degrees
    clockwise the picture was turned to be upright (0, 90, 180, 270); ``faces`` how many portraits were seen;
    ``eye_distance`` in pixels; ``sharpness`` as in `documents/sharpness.py`, ``brightness`` and ``contrast`` as in
    `ObservedFace`; ``quality`` 0..100.
    """

    problem: str | None
    face_box: Box | None
    quality: int | None
    width: int
    height: int
    rotation: int
    faces: int
    eye_distance: float | None
    sharpness: float | None
    brightness: float | None
    contrast: float | None


@dataclass(frozen=True, slots=True)
class CaptureSummary:
    """The capture as it was read: counts, seconds, frames a second, pixels, codec and container as named by FFmpeg."""

    frames: int
    duration_s: float
    fps: float
    width: int
    height: int
    codec: str
    container: str
    rotation: int
    mirrored: bool


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A network that took part: its name, the digest of its published weights, and where they came from."""

    name: str
    sha256: str
    source: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Face pictures for a report that was asked to hold them; they are never in the JSON."""

    reference: Image | None
    probes: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """Everything that is said about one attempt. ``timing_ms`` has ``load`` and, without it, ``total``."""

    decision: Decision
    liveness: PadResult
    comparison: ComparisonScore
    reference: ReferenceSummary
    capture: CaptureSummary
    models: tuple[ModelUse, ...]
    timing_ms: dict[str, float]
    version: str
    pictures: Pictures | None = None

    def timed(self, timing_ms: dict[str, float]) -> "VerificationResult":
        """The same result with these times in milliseconds."""
        return replace(self, timing_ms=timing_ms)
