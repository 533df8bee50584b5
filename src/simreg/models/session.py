"""Sessions of onnxruntime, set up for small networks that run side by side."""

from pathlib import Path

import onnxruntime

from simreg.errors import ModelError


def open_session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """Load a network for the CPU, with ``threads`` threads that sleep when there is nothing to do.

    Raises ModelError ``weights-unusable``.
    """
    onnxruntime.disable_telemetry_events()  # for a program that had imported it before simreg
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no root below Exception
        raise ModelError(
            "weights-unusable",
            f"onnxruntime cannot load {path.name}: {str(error).splitlines()[0]}",
            "Run `simreg models check`, and see that onnxruntime is recent.",
        ) from error
