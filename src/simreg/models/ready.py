"""Published weights to networks that onnxruntime runs fast, with converters that are loaded only when needed."""

import hashlib
from functools import cache
from pathlib import Path

import simreg
from simreg.errors import ModelError


@cache
def converter_version() -> str:
    """Short digest of the converters' own source: what they make is made again whenever they change."""
    digest = hashlib.sha256(simreg.__version__.encode())
    for folder in ("convert", "minifasnet"):
        for path in sorted(Path(__file__).with_name(folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def make_ready(name: str, data: bytes) -> bytes:
    """ONNX, made to run fast, of a published file; its name tells the format.

    Formats: .tflite, .dat (dlib), .pth (MiniFASNet) and .onnx.

    Raises ModelError ``not-a-network`` for other formats, and what the converter raises.
    """
    from simreg.models import convert, minifasnet

    match Path(name).suffix:
        case ".tflite":
            data = convert.convert_tflite(data)
        case ".dat":
            data = convert.convert_dlib_resnet(data)
        case ".pth":
            data = minifasnet.convert_minifasnet(data)
        case ".onnx":
            pass
        case _:
            raise ModelError("not-a-network", f"{name} holds no network.", "Ask for one of the networks.")
    return convert.speed_up(data)
