"""What the service room takes and hands on besides cases."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simreg.decision.types import Reason
from simreg.documents.portrait import Portrait
from simreg.liveness.challenge import Challenge
from simreg.registration.types import Case
from simreg.storage.devices import SignedOrder


@dataclass(frozen=True, slots=True)
class Order:
    """What a case is to be opened for.

    ``profile`` is a profile's name, ``transaction`` and ``channel`` are among those it knows. ``agent`` is the actor
    (``staff:...``) or the operator's own name for whoever serves the subscriber. ``identity_number`` is never kept, only
    its keyed hash; a profile that limits lines per person needs it where a line is added. ``lines_elsewhere`` is how many
    lines the person has with other operators, ``risk`` the operator's own estimate from 0 to 1. ``signed`` is what an
    agent's device signed of it.
    """

    profile: str
    transaction: str
    channel: str
    line: str
    language: str = "en"
    iccid: str | None = None
    shop: str | None = None
    agent: str | None = None
    identity_number: str | None = field(default=None, repr=False)
    lines_elsewhere: int = 0
    risk: float | None = None
    signed: SignedOrder | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Once:
    """An Idempotency-Key: whose it is, the key, and the whole request that it belongs to."""

    api_key_id: str
    key: str
    request: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases, and where the next ones begin (None at the end)."""

    cases: tuple[Case, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ReferenceAnswer:
    """What became of a picture of the document: ``problem`` is None where its portrait is now the case's reference.

    ``quality`` is 0..100, None without a face.
    """

    case: Case
    problem: Reason | None
    quality: int | None


@dataclass(frozen=True, slots=True)
class AttemptOrder:
    """An attempt that may begin: the capture's token (told only now), which run of it, and its number among how many.

    ``challenge`` is None unless it is for a recording: a live capture is told each action when it is due.
    """

    token: str = field(repr=False)
    attempt_id: str
    run: int
    number: int
    of: int
    challenge: Challenge | None


@dataclass(frozen=True, slots=True)
class CaptureOrder:
    """What a capture is to do, for a token that was claimed.

    ``reference`` is for `service.portraits.unpack`. The movements may take ``capture_s`` seconds, all of it until
    ``deadline``. ``keep_frames`` frames at most are to be handed over for a reviewer. ``target_fmr``,
    ``least_face_px`` and ``least_frame_px`` are the profile's.
    """

    case_id: str
    attempt_id: str
    run: int
    number: int
    of: int
    line: str
    shop: str | None
    profile: str
    challenge: Challenge
    reference: bytes = field(repr=False)
    capture_s: int
    deadline: datetime
    keep_frames: int
    target_fmr: float
    least_face_px: int
    least_frame_px: int


@dataclass(frozen=True, slots=True)
class Abandoned:
    """An attempt that gave no result: ``code`` says why, in a word with dashes, such as ``time-out`` or ``stopped``."""

    code: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reviewer may see while it is kept: the portrait, frames as JPEG, and the curves' values for each frame."""

    reference: Portrait | None
    frames: tuple[bytes, ...]
    curves: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt: the JWS, the folio of its attempt, its record's index in the log, and that one's hash in base64url."""

    text: str = field(repr=False)
    folio: str
    index: int
    hash: str
