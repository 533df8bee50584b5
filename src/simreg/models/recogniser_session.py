"""Loads the network of a recogniser and sees that it is what its file says."""

from pathlib import Path

import numpy as np
import onnxruntime

from simreg.errors import ModelError
from simreg.models.recogniser_file import RecogniserSpec
from simreg.models.session import open_session
from simreg.models.store import ModelStore


def open_recogniser(spec: RecogniserSpec, store: ModelStore, threads: int = 1) -> onnxruntime.InferenceSession:
    """A session that takes (1, 3, S, S) float32 and gives (1, N) float32, S and N as in ``spec``.

    Raises ModelError as `ModelStore.path` and `open_session` do, and ``recogniser-unfit``.
    """
    if spec.built_in:
        return open_session(store.ready(spec.file), threads)
    session = open_session(store.ready_file(Path(spec.file), spec.sha256), threads)
    blank = np.zeros((1, 3, spec.input_size, spec.input_size), np.float32)
    try:
        shapes = [output.shape for output in session.run(None, {session.get_inputs()[0].name: blank})]
        why = f"gives {shapes}" if shapes != [(1, spec.template_length)] else ""
    except Exception as error:  # onnxruntime's own exceptions share no root below Exception
        why = f"cannot be run on that: {str(error).splitlines()[0]}"
    if why:
        raise ModelError(
            "recogniser-unfit",
            f"{spec.file} should make (1, {spec.template_length}) of {blank.shape}, but {why}.",
            "Correct the recogniser file, or export the network with one input and one output of these shapes.",
        )
    return session
