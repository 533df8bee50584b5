"""A worker process: one engine, many captures, one frame at a time."""

import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from simreg.capture.frame import Frame, Image
from simreg.capture.limits import DEFAULT_LIMITS
from simreg.capture.picture import decode_picture
from simreg.capture.video import open_video
from simreg.documents.portrait import Portrait, find_portrait
from simreg.engine import Engine
from simreg.errors import SimregError
from simreg.live.frames import decode_frame
from simreg.live.limits import check_frame, engine_for, held_to, nearer
from simreg.live.work import (
    Answer,
    Begin,
    Begun,
    Box,
    Failed,
    FindPortrait,
    Forget,
    Judge,
    Judged,
    Look,
    Looked,
    PortraitFound,
    Task,
    Verify,
)
from simreg.result import VerificationResult
from simreg.verification import Attempt
from simreg.verify_files import verify_recording

LEAST_S = 2.5
"""Seconds that a capture lasts at least, so that all checks can be made."""

Decode = Callable[[bytes, int, int], Image]
"""An encoded frame, its declared width and height, to pixels."""


class _Capture:
    """One capture as the worker follows it."""

    def __init__(self, engine: Engine, decode: Decode, task: Begin) -> None:
        self._decode = decode
        self._portrait = task.reference
        self._limits = task.limits
        self._attempt = Attempt(engine_for(engine, task.limits), task.challenge, task.settings)
        self._keep = task.keep
        self._frames: list[bytes] = []
        self._done = -1
        self._count = 0

    def look(self, task: Look) -> Looked:
        """The next frame; of an action's last frame the JPEG is kept, if frames are kept at all."""
        frame = Frame(self._count, task.time_s, self._decode(task.jpeg, task.width, task.height))
        self._count += 1
        guidance = nearer(self._attempt.step(frame), self._attempt.last, self._limits)
        if guidance.done > self._done and guidance.action is not None:
            self._done = guidance.done
            if len(self._frames) < self._keep:
                self._frames.append(task.jpeg)
        enough = guidance.finished and task.time_s >= LEAST_S
        return Looked(task.capture, task.number, guidance, self._face(), enough)

    def judge(self, capture: int) -> Judged:
        """The result over all frames so far."""
        result = self._attempt.finish(self._portrait, self._attempt.capture_summary("live", "jpeg"))
        return Judged(capture, held_to(result, self._limits), tuple(self._frames))

    def _face(self) -> Box | None:
        seen = self._attempt.last
        if seen is None or seen.face is None:
            return None
        box = seen.face.box
        return box.left / seen.width, box.top / seen.height, box.width / seen.width, box.height / seen.height


class Worker:
    """Does one task after the other; what goes wrong with one capture does not touch the others."""

    def __init__(self, engine: Engine, decode: Decode = decode_frame) -> None:
        self._engine, self._decode = engine, decode
        self._captures: dict[int, _Capture] = {}

    def do(self, task: Task) -> Answer | None:
        """The answer to a task; None where none is due."""
        number = task.request if isinstance(task, FindPortrait | Verify) else task.capture
        try:
            return self._do(task)
        except SimregError as error:
            self._captures.pop(number, None)
            return Failed(number, error.code, error.sentence, error.remedy)
        except Exception:
            # The fault is the program's. Its words stay here: they may hold what was read out of a picture.
            self._captures.pop(number, None)
            return Failed(number, "internal", "Something went wrong here.", "Try again; tell the operator if it goes on.")

    def _do(self, task: Task) -> Answer | None:
        match task:
            case Begin():
                self._captures[task.capture] = _Capture(self._engine, self._decode, task)
                return Begun(task.capture)
            case Look():
                known = self._captures.get(task.capture)
                return known.look(task) if known is not None else None
            case Judge():
                return self._captures.pop(task.capture).judge(task.capture) if task.capture in self._captures else None
            case Forget():
                self._captures.pop(task.capture, None)
                return None
            case FindPortrait():
                return PortraitFound(task.request, portrait_in(self._engine, task.picture))
            case Verify():
                return Judged(task.request, _verified(self._engine, task))


def portrait_in(engine: Engine, picture: bytes) -> Portrait:
    """The portrait in an encoded picture. Raises `InputError`."""
    return find_portrait(decode_picture(picture).image, engine.detector, engine.mesh)


def _verified(engine: Engine, task: Verify) -> VerificationResult:
    with open_video(task.recording, DEFAULT_LIMITS) as source:
        check_frame(source.info.width, source.info.height, task.limits)
    given = task.reference, task.recording, task.challenge, task.settings, DEFAULT_LIMITS
    return held_to(verify_recording(engine_for(engine, task.limits), *given), task.limits)


def run(connection: Connection, make_engine: Callable[[], Engine], decode: Decode = decode_frame) -> None:
    """The worker's main loop; it ends when the server sends None, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to end
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    worker = Worker(make_engine(), decode)
    try:
        connection.send(None)  # ready
        while (task := connection.recv()) is not None:
            answer = worker.do(task)
            if answer is not None:
                connection.send(answer)
            if isinstance(answer, Looked) and answer.enough:  # before the frames of others: this one is waited for
                connection.send(worker.do(Judge(answer.capture)))
    except (EOFError, OSError):
        return
