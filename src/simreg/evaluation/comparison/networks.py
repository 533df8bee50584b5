"""Opens the networks that templates are made with, here or in another process."""

from dataclasses import dataclass
from pathlib import Path

import cv2

from simreg.comparison.thresholds import check_fits, load_threshold, threshold_for
from simreg.comparison.types import Threshold
from simreg.errors import InputError, ModelError
from simreg.evaluation.comparison.acquire import Networks
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh
from simreg.face.recogniser import OnnxRecogniser
from simreg.face.types import Recogniser
from simreg.loading import DETECTOR, MESH, preprocessing
from simreg.models.recogniser_file import BUILT_IN, RecogniserSpec, built_in_recogniser, load_recogniser_file
from simreg.models.recogniser_session import open_recogniser
from simreg.models.session import open_session
from simreg.models.store import ModelStore


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens detector, mesh and the recogniser of this name: a built-in one, or the path of a recogniser file."""

    recogniser: str

    def __call__(self, store: ModelStore | None = None) -> Networks:
        """The open networks. Raises `ModelError` for weights that cannot be had or do not fit."""
        cv2.setNumThreads(1)
        store = store or ModelStore()
        faces = open_by_name(self.recogniser, store)
        digests = tuple(store.manifest.entry(name).sha256 for name in (DETECTOR, MESH))
        return Networks(*open_finders(store), faces, digests)


def open_finders(store: ModelStore) -> tuple[BlazeFace, AttentionMesh]:
    """Detector and mesh."""
    return BlazeFace(open_session(store.ready(DETECTOR))), AttentionMesh(open_session(store.ready(MESH)))


def open_by_name(name: str, store: ModelStore) -> OnnxRecogniser:
    """A built-in recogniser, or that of an operator's file."""
    spec = spec_by_name(name)
    return OnnxRecogniser(spec.name, spec.sha256, open_recogniser(spec, store), preprocessing(spec))


def spec_by_name(name: str) -> RecogniserSpec:
    """The description of a built-in recogniser or of an operator's file.

    Raises InputError ``unknown-recogniser``, and ModelError ``bad-recogniser-file``.
    """
    if name in BUILT_IN:
        return built_in_recogniser(name)
    if not name.endswith(".toml"):
        remedy = f"Name one of {', '.join(BUILT_IN)}, or your own description of one (.toml)."
        raise InputError("unknown-recogniser", f"No recogniser is called {name}.", remedy)
    return load_recogniser_file(Path(name))


def best_recogniser(store: ModelStore) -> str:
    """The name of the better built-in recogniser that can be had."""
    return next((name for name in BUILT_IN[:-1] if store.available(built_in_recogniser(name).file)), BUILT_IN[-1])


def threshold_in_use(name: str, given: Path | None, recogniser: Recogniser) -> Threshold | None:
    """The threshold that a verification with this recogniser would use; None where none has been measured yet.

    Raises ModelError ``threshold-other-model`` for one that does not fit.
    """
    path = given or spec_by_name(name).thresholds
    try:
        threshold = load_threshold(path) if path is not None else threshold_for(recogniser.name)
    except ModelError:
        return None
    check_fits(threshold, recogniser)
    return threshold
