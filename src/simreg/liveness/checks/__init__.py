"""The checks on a capture, one file each."""

from collections.abc import Callable

from simreg.liveness.checks import (
    continuity,
    face_present,
    frame_rate,
    frame_times,
    freeze,
    light,
    loop,
    not_flat,
    one_face,
    passive_pad,
    repeats,
    same_person,
    sharpness,
    size,
    turn_shape,
)
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

Check = Callable[[Evidence], CheckResult]

CHECKS: tuple[Check, ...] = tuple(
    module.check
    for module in (
        face_present,
        one_face,
        same_person,
        continuity,
        freeze,
        repeats,
        loop,
        frame_times,
        frame_rate,
        not_flat,
        turn_shape,
        passive_pad,
        light,
        size,
        sharpness,
    )
)
"""All checks, in the order in which they are told."""
