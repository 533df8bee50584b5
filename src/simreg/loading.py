"""Opens the networks: the edge between weights on disk and the rooms that look with them."""

import gc
from pathlib import Path

import cv2

from simreg.comparison.thresholds import check_fits, load_threshold, same_person, threshold_for
from simreg.comparison.types import Threshold
from simreg.engine import Engine
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh
from simreg.face.passive_pad import MiniFasNet
from simreg.face.recogniser import Adjustment, OnnxRecogniser, Preprocessing, preprocessing_of
from simreg.models.progress import ProgressSink
from simreg.models.recogniser_file import BUILT_IN, RecogniserSpec, built_in_recogniser, load_recogniser_file
from simreg.models.recogniser_session import open_recogniser
from simreg.models.session import open_session
from simreg.models.store import ModelStore
from simreg.result import ModelUse

DETECTOR, MESH = "blazeface-short-range.tflite", "attention-mesh.tflite"
PASSIVE_PAD = (("minifasnet-v2-2.7.pth", 2.7), ("minifasnet-v1se-4.0.pth", 4.0))
"""Networks and how many times the face's box they look at."""


def load_engine(
    recogniser: Path | None = None,
    threshold: Path | None = None,
    progress: ProgressSink | None = None,
    store: ModelStore | None = None,
) -> Engine:
    """Everything a verification looks with; weights that are not here are fetched.

    Without ``recogniser`` the best built-in one that can be had is used: MobileFaceNet, else dlib's. Without the
    networks for passive PAD that check stays not assessed. Raises `ModelError` and, for the operator's own files,
    `InputError`.
    """
    cv2.setNumThreads(1)
    store = store or ModelStore(progress=progress)
    spec = load_recogniser_file(recogniser) if recogniser is not None else _best_recogniser(store)
    faces = OnnxRecogniser(spec.name, spec.sha256, open_recogniser(spec, store), preprocessing(spec))
    held_against = _threshold(spec, threshold)
    check_fits(held_against, faces)
    pad_files = PASSIVE_PAD if all(store.available(name) for name, _ in PASSIVE_PAD) else ()
    networks = tuple((open_session(store.ready(name)), scale) for name, scale in pad_files)
    gc.freeze()  # what is loaded stays: the collector need not look through it again for every few frames
    used = [_use(store, name) for name in (DETECTOR, MESH, *(name for name, _ in pad_files))]
    source = store.origin(spec.file) if spec.built_in else "brought by the operator"
    return Engine(
        detector=BlazeFace(open_session(store.ready(DETECTOR))),
        mesh=AttentionMesh(open_session(store.ready(MESH))),
        recogniser=faces,
        passive_pad=MiniFasNet(networks) if networks else None,
        threshold=held_against,
        same_person=same_person(held_against),
        models=(*used, ModelUse(spec.name, spec.sha256, source)),
    )


def preprocessing(spec: RecogniserSpec) -> Preprocessing:
    """How pictures are prepared for a recogniser, and its features for comparison."""
    adjustment = Adjustment(spec.centre, spec.lengths, spec.length_power)
    layout = spec.alignment, spec.input_size, spec.colour, spec.mean, spec.std
    return preprocessing_of(*layout, mirror=spec.mirror, adjustment=adjustment)


def _best_recogniser(store: ModelStore) -> RecogniserSpec:
    specs = [built_in_recogniser(name) for name in BUILT_IN]
    return next((spec for spec in specs[:-1] if store.available(spec.file)), specs[-1])


def _threshold(spec: RecogniserSpec, given: Path | None) -> Threshold:
    path = given or spec.thresholds
    return load_threshold(path) if path is not None else threshold_for(spec.name)


def _use(store: ModelStore, name: str) -> ModelUse:
    return ModelUse(name, store.manifest.entry(name).sha256, store.origin(name))
