"""What the server and its worker processes say to each other: frozen dataclasses, pickled by `multiprocessing`."""

from dataclasses import dataclass
from pathlib import Path

from simreg.documents.portrait import Portrait
from simreg.liveness.challenge import Challenge
from simreg.liveness.guidance import Guidance
from simreg.result import VerificationResult
from simreg.verification import Settings

Box = tuple[float, float, float, float]
"""Left, top, width and height as shares of the picture."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a profile asks of a capture besides what simreg itself does.

    ``target_fmr`` chooses the threshold, None for the engine's own, among those of the file ``thresholds``, None for
    simreg's; ``least_face_px`` is the width of the face, ``least_frame_px`` the shorter side of the frame.
    """

    target_fmr: float | None = None
    least_face_px: int = 0
    least_frame_px: int = 0
    thresholds: Path | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Begin:
    """A capture begins: what is asked, the document's portrait, the profile's limits, how many frames to keep."""

    capture: int
    challenge: Challenge
    reference: Portrait
    settings: Settings
    limits: Limits = NO_LIMITS
    keep: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """Look at one frame."""

    capture: int
    number: int
    time_s: float
    width: int
    height: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge a capture as it stands."""

    capture: int


@dataclass(frozen=True, slots=True)
class Forget:
    """A capture is over; nothing of it is kept."""

    capture: int


@dataclass(frozen=True, slots=True)
class FindPortrait:
    """Find the portrait in a picture of a document."""

    request: int
    picture: bytes


@dataclass(frozen=True, slots=True)
class Verify:
    """Judge a recording in a file against the document's portrait."""

    request: int
    reference: Portrait
    recording: Path
    challenge: Challenge
    settings: Settings
    limits: Limits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class Begun:
    """The worker is ready for the capture's frames."""

    capture: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A frame was looked at; ``enough`` says that no more are needed, and that the result follows unasked."""

    capture: int
    number: int
    guidance: Guidance
    face: Box | None
    enough: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The result of a capture or a recording, and the frames that were to be kept, as JPEG."""

    capture: int
    result: VerificationResult
    frames: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class PortraitFound:
    """What was found in a picture of a document."""

    request: int
    portrait: Portrait


@dataclass(frozen=True, slots=True)
class Failed:
    """A capture or a request cannot go on: an error's code, sentence and remedy."""

    capture: int
    code: str
    sentence: str
    remedy: str


Task = Begin | Look | Judge | Forget | FindPortrait | Verify
Answer = Begun | Looked | Judged | PortraitFound | Failed
