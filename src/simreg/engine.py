"""The networks that a verification looks with, and what their results are held against."""

from dataclasses import dataclass

from simreg.comparison.types import Threshold
from simreg.face.types import FaceDetector, MeshFinder, PassivePad, Recogniser
from simreg.result import ModelUse


@dataclass(frozen=True, slots=True)
class Engine:
    """``passive_pad`` is None where no such network is installed; ``same_person`` is the similarity below which two
    frames of one capture are taken for two persons; ``models`` are told in the result.
    """

    detector: FaceDetector
    mesh: MeshFinder
    recogniser: Recogniser
    passive_pad: PassivePad | None
    threshold: Threshold
    same_person: float
    models: tuple[ModelUse, ...]
