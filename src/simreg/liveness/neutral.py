"""The person's own neutral state, learnt while they look at the camera, and readings relative to it."""

from dataclasses import dataclass
from statistics import median

from simreg.face.types import Observation, ObservedFace

FRONTAL_YAW, FRONTAL_PITCH = 26.0, 25.0
"""Degrees within which a head counts as facing the camera while the neutral state is learnt."""

MOST_OFFSET = 12.0
"""Degrees by which a neutral head may be turned aside; the rest of a larger offset is counted as movement."""

NEAR_NEUTRAL = 12.0
"""Degrees from the neutral state within which a head counts as calm."""

STRAIGHT_FRAMES = 4
"""So many frames that look straight are assumed of everybody: a head seen only in passing has no neutral turn."""

SHUT = 0.6
"""Share of their open state below which eyes are not calm."""

MOUTH_CALM = 0.15
"""Mouth gap above the neutral one from which a mouth is open and teaches nothing of itself: where open-mouth is over."""

LEAST_FRAMES, LEAST_S = 4, 0.25
"""What it takes before a neutral state is known."""

MEMORY_S = 4.0
"""For how long a calm frame counts."""

LEAST_OPEN_EYE = 0.045
"""Native openness below which an eye cannot be called open, so that shut eyes never become somebody's neutral."""


@dataclass(frozen=True, slots=True)
class Neutral:
    """Medians over calm frames: degrees, native eye openness and mouth gap, face width in pixels."""

    yaw: float
    pitch: float
    left_eye: float
    right_eye: float
    mouth: float
    width: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One frame relative to the neutral state.

    ``yaw`` and ``pitch`` in degrees; ``eyes`` is the openness of the wider open eye over its own open state (1 = open,
    0 = shut); ``mouth`` the mouth gap above neutral; ``size`` the face width over the neutral one. ``head`` is the
    head's yaw as the camera sees it, which tells whether eyes can be judged.
    """

    time_s: float
    yaw: float
    pitch: float
    eyes: float
    mouth: float
    size: float
    head: float


@dataclass(frozen=True, slots=True)
class _Calm:
    time_s: float
    face: Neutral


@dataclass(frozen=True, slots=True)
class NeutralState:
    """What is known of the neutral state so far.

    ``neutral`` is None until enough calm frames were seen; ``stale`` says that the last of them are long past, so that
    another calm state is being learnt.
    """

    calm: tuple[_Calm, ...] = ()
    neutral: Neutral | None = None
    stale: bool = True


def learn(state: NeutralState, observation: Observation) -> NeutralState:
    """The state after one more frame; frames with a turned head, shut eyes or no face teach nothing."""
    face = observation.face
    lately = bool(state.calm) and observation.time_s - state.calm[-1].time_s <= MEMORY_S
    known = state.neutral if lately and not state.stale else None
    if face is None or not _is_calm(face, known):
        return state
    mouth = known.mouth if known is not None and face.mouth - known.mouth >= MOUTH_CALM else face.mouth
    seen = Neutral(face.pose.yaw, face.pose.pitch, face.eyes.left, face.eyes.right, mouth, face.width)
    oldest = observation.time_s - MEMORY_S
    calm = (*(c for c in state.calm if c.time_s >= oldest), _Calm(observation.time_s, seen))
    if len(calm) < LEAST_FRAMES or (known is None and calm[-1].time_s - calm[0].time_s < LEAST_S):
        return NeutralState(calm, state.neutral, stale=known is None)
    return NeutralState(calm, _middle([c.face for c in calm]), stale=False)


def relate(neutral: Neutral, observation: Observation) -> Reading | None:
    """The frame relative to the neutral state, or None without a face."""
    face = observation.face
    if face is None:
        return None
    eyes = max(face.eyes.left / neutral.left_eye, face.eyes.right / neutral.right_eye)
    return Reading(
        observation.time_s,
        face.pose.yaw - neutral.yaw,
        face.pose.pitch - neutral.pitch,
        max(0.0, eyes),
        face.mouth - neutral.mouth,
        face.width / neutral.width,
        face.pose.yaw,
    )


def _is_calm(face: ObservedFace, neutral: Neutral | None) -> bool:
    if abs(face.pose.yaw) > FRONTAL_YAW or abs(face.pose.pitch) > FRONTAL_PITCH:
        return False
    if min(face.eyes.left, face.eyes.right) < LEAST_OPEN_EYE:
        return False
    if neutral is None:
        return True
    if face.eyes.left < SHUT * neutral.left_eye and face.eyes.right < SHUT * neutral.right_eye:
        return False
    near = abs(face.pose.yaw - neutral.yaw) < NEAR_NEUTRAL and abs(face.pose.pitch - neutral.pitch) < NEAR_NEUTRAL
    return near and 0.8 < face.width / neutral.width < 1.25


def _middle(faces: list[Neutral]) -> Neutral:
    yaw = median([f.yaw for f in faces] + [0.0] * STRAIGHT_FRAMES)
    return Neutral(
        max(-MOST_OFFSET, min(MOST_OFFSET, yaw)),
        median([f.pitch for f in faces]),
        median([f.left_eye for f in faces]),
        median([f.right_eye for f in faces]),
        median([f.mouth for f in faces]),
        median([f.width for f in faces]),
    )
