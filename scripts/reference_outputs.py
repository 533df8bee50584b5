"""Records what the published networks give in the libraries that they were made for, for the tests of the conversion.

Each of the three parts needs a library that the product does without, so each runs in an environment of its own
(Python 3.11):

    pip install ai-edge-litert==2.3.0 && python scripts/reference_outputs.py detector blazeface-short-range.tflite
    pip install mediapipe==0.10.21    && python scripts/reference_outputs.py mesh attention-mesh.tflite
    pip install dlib-bin==20.0.1.post1 numpy && python scripts/reference_outputs.py dlib dlib-resnet.dat

The inputs are made by code: there is no real face in them.
"""

import argparse
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "convert"
Arrays = dict[str, Any]
LISTED = 7
"""Of the detector's 896 anchors each seventh is recorded."""


def blocks(side: int, block: int, seed: int) -> Any:
    """A picture of coloured blocks, uint8, (side, side, 3)."""
    count = -(-side // block)
    coarse = np.random.default_rng(seed).integers(0, 256, (count, count, 3), dtype=np.uint8)
    return coarse.repeat(block, axis=0).repeat(block, axis=1)[:side, :side]


def drawn_face(side: int, tilt: float) -> Any:
    """A face of plain ovals on a plain ground, uint8, (side, side, 3); the tilt is in radians."""
    rows, columns = (np.mgrid[0:side, 0:side] - side / 2) / (side / 2)
    across = columns * np.cos(tilt) + rows * np.sin(tilt)
    down = rows * np.cos(tilt) - columns * np.sin(tilt)
    picture = np.empty((side, side, 3))
    picture[:] = 96, 120, 140

    def oval(x: float, y: float, width: float, height: float, colour: tuple[int, int, int]) -> None:
        depth = (1 - np.hypot((across - x) / width, (down - y) / height)) * min(width, height) * side / 2
        cover = np.clip(depth + 0.5, 0, 1)[..., None]
        picture[:] = picture * (1 - cover) + np.array(colour) * cover

    oval(0, -0.1, 0.62, 0.82, (60, 40, 30))
    oval(0, 0.05, 0.5, 0.68, (222, 178, 150))
    for sign in (-1, 1):
        oval(sign * 0.21, -0.24, 0.14, 0.03, (70, 45, 35))
        oval(sign * 0.2, -0.08, 0.11, 0.055, (245, 245, 245))
        oval(sign * 0.2, -0.08, 0.05, 0.05, (80, 55, 40))
        oval(sign * 0.2, -0.08, 0.022, 0.022, (15, 10, 10))
        oval(sign * 0.07, 0.2, 0.04, 0.025, (150, 100, 85))
    oval(0, 0.08, 0.04, 0.16, (236, 196, 170))
    oval(0, 0.38, 0.2, 0.06, (180, 80, 80))
    oval(0, 0.38, 0.18, 0.012, (110, 40, 40))
    return np.round(picture).astype(np.uint8)


def detector(weights: Path) -> Arrays:
    """The detector in LiteRT: the picture and the raw outputs of some anchors."""
    from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-not-found]

    picture = blocks(128, 8, seed=1)
    interpreter = Interpreter(str(weights), num_threads=1)
    interpreter.allocate_tensors()
    values = (picture.astype(np.float32) / 127.5 - 1)[None]
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], values)
    interpreter.invoke()
    outputs = {one["name"]: interpreter.get_tensor(one["index"])[:, ::LISTED] for one in interpreter.get_output_details()}
    return {"picture": picture, "library": f"ai-edge-litert {version('ai-edge-litert')}", **outputs}


def mesh(weights: Path) -> Arrays:
    """The attention mesh in MediaPipe: the picture, the network's outputs and the 478 points made of them."""
    picture = drawn_face(192, tilt=0.2)
    raw = _run_mediapipe(_inference(weights) + _raw_outputs(), picture, OUTPUTS)
    outputs = {name: np.array(values, np.float32) for name, values in raw.items()}
    refined = _run_mediapipe(_inference(weights) + LANDMARKS, picture, ["landmarks"])
    points = [(one.x, one.y, one.z) for one in refined["landmarks"].landmark]
    outputs["points"] = np.array(points, np.float32) * 192
    return {"picture": picture, "library": f"mediapipe {version('mediapipe')}", **outputs}


OUTPUTS = ["mesh", "lips", "left_eye", "right_eye", "left_iris", "right_iris", "presence"]
LANDMARKS = """
    node { calculator: "TensorsToFaceLandmarksWithAttention"
      input_stream: "TENSORS:output" output_stream: "LANDMARKS:landmarks" }
"""


def _inference(weights: Path) -> str:
    """MediaPipe's own steps from the picture to the network's outputs."""
    return f"""
    input_stream: "picture"
    node {{ calculator: "ImageToTensorCalculator" input_stream: "IMAGE:picture" output_stream: "TENSORS:input"
      options {{ [mediapipe.ImageToTensorCalculatorOptions.ext] {{ output_tensor_width: 192 output_tensor_height: 192
        output_tensor_float_range {{ min: 0.0 max: 1.0 }} }} }} }}
    node {{ calculator: "TfLiteCustomOpResolverCalculator" output_side_packet: "OP_RESOLVER:resolver" }}
    node {{ calculator: "InferenceCalculatorCpu" input_stream: "TENSORS:input" output_stream: "TENSORS:output"
      input_side_packet: "OP_RESOLVER:resolver"
      options {{ [mediapipe.InferenceCalculatorOptions.ext] {{ model_path: "{weights.resolve()}"
        delegate {{ xnnpack {{ num_threads: 1 }} }} }} }} }}
    """


def _raw_outputs() -> str:
    """Steps that give each of the network's outputs as a list of numbers."""
    streams = " ".join(f'output_stream: "{name}_tensor"' for name in OUTPUTS)
    ranges = " ".join(f"ranges {{ begin: {place} end: {place + 1} }}" for place in range(len(OUTPUTS)))
    lists = "".join(
        f"""node {{ calculator: "TensorsToFloatsCalculator"
          input_stream: "TENSORS:{name}_tensor" output_stream: "FLOATS:{name}" }}"""
        for name in OUTPUTS
    )
    return f"""
    node {{ calculator: "SplitTensorVectorCalculator" input_stream: "output" {streams}
      options {{ [mediapipe.SplitVectorCalculatorOptions.ext] {{ {ranges} }} }} }}
    {lists}
    """


def _run_mediapipe(graph: str, picture: Any, streams: list[str]) -> dict[str, Any]:
    import mediapipe  # type: ignore[import-not-found]
    from mediapipe.python import packet_creator, packet_getter  # type: ignore[import-not-found]
    from mediapipe.python._framework_bindings import calculator_graph, resource_util  # type: ignore[import-not-found]

    resource_util.set_resource_dir(str(Path(mediapipe.__file__).parents[1]))
    running, found = calculator_graph.CalculatorGraph(graph_config=graph), {}

    def keep(name: str, packet: Any) -> None:
        is_list = name == "landmarks"
        found[name] = packet_getter.get_proto(packet) if is_list else packet_getter.get_float_list(packet)

    for stream in streams:
        running.observe_output_stream(stream, keep)
    running.start_run({})
    frame = packet_creator.create_image_frame(image_format=mediapipe.ImageFormat.SRGB, data=picture)
    running.add_packet_to_input_stream("picture", frame.at(0))
    running.close_all_packet_sources()
    running.wait_until_done()
    return found


def dlib_resnet(weights: Path) -> Arrays:
    """The recogniser in dlib: a picture of a face and its template."""
    import dlib  # type: ignore[import-not-found]

    picture = drawn_face(150, tilt=0.0)
    model = dlib.face_recognition_model_v1(str(weights))
    template = np.array(model.compute_face_descriptor(picture), np.float32)
    return {"picture": picture, "library": f"dlib-bin {version('dlib-bin')}", "template": template}


PARTS: dict[str, Callable[[Path], Arrays]] = {"detector": detector, "mesh": mesh, "dlib": dlib_resnet}


def main() -> int:
    """Record one part."""
    parser = argparse.ArgumentParser(description="Record reference outputs of a published network.")
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("weights", type=Path, help="the published file")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(FOLDER / f"{arguments.part}.npz", **PARTS[arguments.part](arguments.weights))
    return 0


if __name__ == "__main__":
    sys.exit(main())
