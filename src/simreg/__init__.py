"""simreg: portrait matching for phone-number registration.

`verify` judges a recording against a document; `Attempt` does the same frame by frame while the person is still there.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime reports its use to its maker unless this is set before it starts

__version__ = "0.1.0"

from simreg.as_json import result_as_json
from simreg.capture.frame import Frame
from simreg.capture.picture import decode_picture, read_picture
from simreg.capture.video import open_video
from simreg.documents.portrait import Portrait, find_portrait
from simreg.engine import Engine
from simreg.errors import InputError, ModelError, SimregError
from simreg.liveness.challenge import parse_challenge
from simreg.liveness.guidance import Guidance, Hint
from simreg.liveness.types import Action
from simreg.loading import load_engine
from simreg.result import CaptureSummary, VerificationResult
from simreg.verification import Attempt, Settings
from simreg.verify_files import verify

__all__ = [
    "Action",
    "Attempt",
    "CaptureSummary",
    "Engine",
    "Frame",
    "Guidance",
    "Hint",
    "InputError",
    "ModelError",
    "Portrait",
    "Settings",
    "SimregError",
    "VerificationResult",
    "decode_picture",
    "find_portrait",
    "load_engine",
    "open_video",
    "parse_challenge",
    "read_picture",
    "result_as_json",
    "verify",
]
