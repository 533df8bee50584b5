"""The messages of the capture's WebSocket, version 1: what goes up and what comes down (docs/capture-protocol.md)."""

import json
from dataclasses import dataclass
from enum import IntEnum

from simreg.errors import InputError
from simreg.live.work import Looked

VERSION = 1
MOST_TEXT = 2048
"""Characters of a text message."""

Message = dict[str, object]

RELOAD = "Reload the page."


class Close(IntEnum):
    """Why a socket was closed."""

    DONE = 1000
    RESTART = 1012
    BAD_MESSAGE = 4400
    TOKEN = 4401
    ORIGIN = 4403
    TIME = 4408
    TOO_LARGE = 4413
    TOO_MANY = 4429


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message: the capture token."""

    token: str


def read_hello(text: str | bytes) -> Hello:
    """The first message. Raises `InputError` ``hello-expected`` or ``protocol-version``."""
    message = _read(text)
    token = message.get("token")
    if message.get("type") != "hello" or not isinstance(token, str) or not 0 < len(token) <= 200:
        raise InputError("hello-expected", "The capture did not begin as it should.", RELOAD)
    if message.get("version") != VERSION:
        raise InputError("protocol-version", f"The server speaks version {VERSION} of the capture protocol.", RELOAD)
    return Hello(token)


def is_stop(text: str) -> bool:
    """Whether a later text message ends the capture. Raises `InputError` ``message-unknown`` for any other."""
    if _read(text).get("type") != "stop":
        raise InputError("message-unknown", "The page sent what the server does not understand.", RELOAD)
    return True


def ready(number: int, of: int, line: str, actions: int, seconds: float) -> Message:
    """Frames may come."""
    return {"type": "ready", "attempt": number, "of": of, "line": line, "actions": actions, "seconds": seconds}


def wait(seconds: float) -> Message:
    """The house is full; the server says when there is room."""
    return {"type": "wait", "seconds": seconds}


def seen(looked: Looked) -> Message:
    """What one frame showed, and what is asked now; an action is named only once it is due."""
    guidance = looked.guidance
    return {
        "type": "seen",
        "frame": looked.number,
        "guidance": guidance.hint.value if guidance.hint is not None else None,
        "action": guidance.action.value if guidance.action is not None else None,
        "step": guidance.done,
        "of": guidance.total,
        "done": round(guidance.extent, 2),
        "face": None if looked.face is None else [round(share, 3) for share in looked.face],
    }


def dropped(number: int) -> Message:
    """A frame that a newer one overtook."""
    return {"type": "dropped", "frame": number}


def judging() -> Message:
    """All frames are in."""
    return {"type": "judging"}


def done(state: str, reasons: list[tuple[str, str]], attempts_left: int, folio: str) -> Message:
    """The attempt's outcome; ``reasons`` are codes and sentences."""
    told = [{"code": code, "text": text} for code, text in reasons]
    return {"type": "done", "state": state, "reasons": told, "attempts_left": attempts_left, "folio": folio}


def error(code: str, text: str, *, again: bool) -> Message:
    """The capture cannot go on; ``again`` says that another one may help."""
    return {"type": "error", "code": code, "text": text, "again": again}


def _read(text: str | bytes) -> Message:
    try:
        message = json.loads(text) if isinstance(text, str) and len(text) <= MOST_TEXT else None
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise InputError("message-unreadable", "The page sent what cannot be read.", RELOAD)
    return message
