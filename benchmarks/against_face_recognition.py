"""Time simreg against face_recognition (dlib) on the same clip in the same run.

    pip install . dlib-bin "setuptools<81" face_recognition_models==0.3.0
    pip install --no-deps face_recognition==1.3.0
    python benchmarks/against_face_recognition.py CLIP REFERENCE [--peer-frames 15] [--rounds 5]

The clip is brought to 5 s of 640x480 at 15 frames a second, the form in which a browser's capture arrives. simreg does
all of a verification: decoding, the face in every frame, actions, checks, passive PAD, templates, the reference and the
comparison. The peer does what its users do for a frame: locate the face, find its 68 landmarks, encode it; frames are
handed to it decoded. Its time is the median over a few frames; simreg's is the median over rounds, without loading: once
as it runs by itself, with decoding and templates beside the frames, and once held to one core.
Prints milliseconds, which differ from machine to machine, and the ratio, which hardly does. Peak memory is simreg's,
read before the peer is loaded.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

import av
import cv2
import numpy as np

from simreg.capture.frame import Image
from simreg.capture.video import open_video
from simreg.liveness.types import Action
from simreg.loading import load_engine
from simreg.verify_files import verify

Timing = tuple[float, dict[str, float]]

WIDTH, HEIGHT, FPS, SECONDS = 640, 480, 15, 5


def standard_clip(source: Path, target: Path) -> list[Image]:
    """Write the first 5 s of a clip as 640x480, 15 frames a second, H.264; returns the frames as written."""
    frames: list[Image] = []
    with open_video(source) as video:
        for frame in video:
            if frame.time_s * FPS >= len(frames) and len(frames) < FPS * SECONDS:
                frames.append(_fitted(frame.image))
    if len(frames) < FPS * SECONDS:
        frames += frames[::-1][: FPS * SECONDS - len(frames)]
    with av.open(str(target), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for image in frames:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        out.mux(stream.encode(None))
    return frames


def _fitted(image: Image) -> Image:
    scale = min(WIDTH / image.shape[1], HEIGHT / image.shape[0])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    canvas = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    top, left = (HEIGHT - small.shape[0]) // 2, (WIDTH - small.shape[1]) // 2
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return canvas


def ours(reference: Path, clip: Path, rounds: int) -> Timing:
    """Median milliseconds of a verification without loading, and the parts of that run."""
    engine = load_engine()
    runs = [verify(reference, clip, (Action.BLINK,), engine=engine).timing_ms for _ in range(rounds + 1)][1:]
    runs.sort(key=lambda run: run["total"])
    return statistics.median(run["total"] for run in runs), runs[len(runs) // 2]


def _on_one_core(run: Callable[[], Timing]) -> Timing:
    """What a run gives when the process may use one core only, where the system can be told so."""
    if not hasattr(os, "sched_setaffinity"):
        return run()
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        return run()
    finally:
        os.sched_setaffinity(0, cores)


def peers(frames: list[Image]) -> float:
    """Median milliseconds that face_recognition takes for a frame."""
    import face_recognition

    times = []
    for image in frames:
        start = time.perf_counter()
        places = face_recognition.face_locations(image)
        face_recognition.face_landmarks(image, places)
        face_recognition.face_encodings(image, places)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times[1:])


def main() -> int:
    """Run both and print the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clip", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--peer-frames", type=int, default=15)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mp4"
        frames = standard_clip(options.clip, clip)
        free = ours(options.reference, clip, options.rounds)
        held = _on_one_core(lambda: ours(options.reference, clip, options.rounds))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer = peers(frames[:: max(1, len(frames) // options.peer_frames)])
    print(f"face_recognition     {peer:6.1f} ms a frame")
    for name, (total, parts) in (("simreg", free), ("simreg, one core", held)):
        each = total / len(frames)
        print(f"{name:<20} {each:6.2f} ms a frame, {total:.0f} ms in all; ratio {peer / each:.1f}")
        print("  " + ", ".join(f"{part} {value:.0f} ms" for part, value in parts.items()))
    print(f"peak memory of simreg {memory:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
