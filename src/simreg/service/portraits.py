"""The reference on its way: found in a picture, packed to be sealed, unpacked where it is compared.

Only the part of the picture around the portrait is kept, with the landmarks found in it, so that nothing is looked for
twice and no whole document is stored.
"""

import json
import struct
from collections.abc import Callable
from dataclasses import asdict
from itertools import pairwise

import cv2
import numpy as np

from simreg.capture.picture import decode_picture
from simreg.documents.portrait import Portrait, find_portrait
from simreg.engine import Engine
from simreg.face.types import Box
from simreg.result import ReferenceSummary

PortraitFinder = Callable[[bytes], Portrait]
"""Finds the portrait in a picture's bytes; raises `InputError` for what is no picture."""

_HEAD = struct.Struct(">III")


def portrait_finder(engine: Engine) -> PortraitFinder:
    """A finder that looks with these networks."""

    def find(picture: bytes) -> Portrait:
        return find_portrait(decode_picture(picture).image, engine.detector, engine.mesh)

    return find


def pack(portrait: Portrait) -> bytes:
    """A portrait that can be compared, as bytes: summary, landmarks (float32), and the picture as PNG."""
    assert portrait.points is not None  # noqa: S101 - a portrait with a problem is never kept
    summary = json.dumps(asdict(portrait.summary)).encode()
    points = np.ascontiguousarray(portrait.points, dtype="<f4").tobytes()
    bgr = np.ascontiguousarray(portrait.image[:, :, ::-1])
    picture = cv2.imencode(".png", bgr, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
    return _HEAD.pack(len(summary), len(points), len(picture)) + summary + points + picture


def unpack(data: bytes) -> Portrait:
    """The portrait again. The bytes are our own, authenticated by their seal."""
    lengths = _HEAD.unpack_from(data)
    ends = np.cumsum([_HEAD.size, *lengths])
    summary, points, picture = (data[a:b] for a, b in pairwise(ends))
    values = json.loads(summary)
    box = values.pop("face_box")
    bgr = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    return Portrait(
        summary=ReferenceSummary(face_box=None if box is None else Box(**box), **values),
        image=np.ascontiguousarray(np.asarray(bgr, np.uint8)[:, :, ::-1]),
        points=np.frombuffer(points, "<f4").reshape(-1, 3).astype(np.float32),
    )
