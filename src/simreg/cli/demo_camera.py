"""simreg demo --camera: the user follows a challenge before their own camera, prompted in the terminal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from simreg.capture.frame import Frame, Image
from simreg.capture.picture import read_picture
from simreg.cli.verify import EXIT_STATUS
from simreg.cli.words import told
from simreg.demo.folder import make_folder
from simreg.documents.portrait import find_portrait
from simreg.engine import Engine
from simreg.errors import InputError
from simreg.liveness.challenge import Challenge
from simreg.output import write_text
from simreg.report.page import render_report
from simreg.result import CaptureSummary
from simreg.verification import Attempt

PAGE = "camera.html"
STAND_IN = (
    "No document was given (--reference), so a picture of yourself from this capture stands for its portrait: "
    "the comparison then shows only that it works."
)


@dataclass(frozen=True, slots=True)
class Watched:
    """How many frames came, the time of the last, and the first one with a face that looked straight ahead."""

    frames: int
    last_s: float
    first: Image
    straight: Image | None


def on_camera(
    frames: Iterable[Frame], engine: Engine, challenge: Challenge, reference: Path | None, folder: Path, language: str
) -> tuple[int, Path]:
    """Prompt, judge and report; the exit status of `simreg verify`, and the page."""
    given = read_picture(reference).image if reference is not None else None
    make_folder(folder)
    attempt = Attempt(engine, challenge)
    watched = watch(frames, attempt, print)
    picture = next(image for image in (given, watched.straight, watched.first) if image is not None)
    portrait = find_portrait(picture, engine.detector, engine.mesh)
    result = attempt.finish(portrait, _summary(watched))
    page = folder / PAGE
    notes = () if given is not None else (STAND_IN,)
    write_text(page, render_report(result, notes=notes, language=language))
    print("\n".join(["", told(result), *notes, f"Report: {page}"]))
    return EXIT_STATUS[result.decision.outcome], page


def watch(frames: Iterable[Frame], attempt: Attempt, say: Callable[[str], object]) -> Watched:
    """Give every frame to the attempt and say what it asks for, until nothing more is to come."""
    said, first, straight, last_s, count = "", None, None, 0.0, 0
    for frame in frames:
        guidance = attempt.step(frame)
        first = frame.image if first is None else first
        if straight is None and guidance.action is not None:
            straight = frame.image
        count, last_s = count + 1, frame.time_s
        if guidance.text and guidance.text != said:
            said = guidance.text
            say(said)
        if guidance.finished:
            break
    if first is None:
        raise InputError("camera-unavailable", "The camera gave no picture.", "Close other programs that use it.")
    return Watched(count, last_s, first, straight)


def _summary(watched: Watched) -> CaptureSummary:
    height, width = watched.first.shape[:2]
    fps = (watched.frames - 1) / watched.last_s if watched.last_s > 0 else 0.0
    return CaptureSummary(watched.frames, watched.last_s, fps, width, height, "camera", "camera", 0, mirrored=False)
