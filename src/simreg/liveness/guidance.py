"""What to show the person now: the action that is due, how far it has come, and what is in the way."""

from dataclasses import dataclass
from enum import StrEnum

from simreg.face.types import Observation, ObservedFace
from simreg.liveness.actions import RULES
from simreg.liveness.challenge import Progress
from simreg.liveness.checks import light, size
from simreg.liveness.neutral import FRONTAL_PITCH, FRONTAL_YAW, LEAST_OPEN_EYE
from simreg.liveness.types import Action

NEAREST = 0.75
"""Share of the picture's width or height that a face may fill."""


class Hint(StrEnum):
    """What the person should mend."""

    NO_FACE = "no-face"
    SEVERAL_FACES = "several-faces"
    TOO_FAR = "too-far"
    TOO_NEAR = "too-near"
    TOO_DARK = "too-dark"
    TOO_BRIGHT = "too-bright"
    LOOK_STRAIGHT = "look-straight"
    OPEN_EYES = "open-eyes"
    TURN_BACK = "turn-back"
    WRONG_WAY = "wrong-way"


HINTS: dict[Hint, str] = {
    Hint.NO_FACE: "Bring your face into the picture.",
    Hint.SEVERAL_FACES: "Only one person, please.",
    Hint.TOO_FAR: "Come nearer.",
    Hint.TOO_NEAR: "Go back a little.",
    Hint.TOO_DARK: "Find more light.",
    Hint.TOO_BRIGHT: "Turn away from the bright light.",
    Hint.LOOK_STRAIGHT: "Look straight into the camera.",
    Hint.OPEN_EYES: "Open your eyes.",
    Hint.TURN_BACK: "Now back to the middle.",
    Hint.WRONG_WAY: "That was another movement.",
}

PROMPTS: dict[Action, str] = {
    Action.TURN_LEFT: "Turn your head to your left.",
    Action.TURN_RIGHT: "Turn your head to your right.",
    Action.LOOK_UP: "Raise your chin.",
    Action.LOOK_DOWN: "Lower your chin.",
    Action.BLINK: "Blink once.",
    Action.CLOSE_EYES: "Close your eyes for a second.",
    Action.OPEN_MOUTH: "Open your mouth wide.",
    Action.APPROACH: "Come nearer to the camera.",
}


@dataclass(frozen=True, slots=True)
class Guidance:
    """``action`` is due now (None before the neutral state is known, and at the end); ``done`` of ``total`` actions are
    done; ``extent`` is how far the due one has come (0..1); ``hint`` what is in the way; ``finished`` is True when
    nothing more is to come.
    """

    action: Action | None
    done: int
    total: int
    extent: float
    hint: Hint | None
    finished: bool

    @property
    def text(self) -> str:
        """One sentence for the person; empty when there is nothing to say."""
        if self.hint is not None:
            return HINTS[self.hint]
        return PROMPTS[self.action] if self.action is not None else ""


def guide(observation: Observation | None, progress: Progress, neutral_known: bool) -> Guidance:
    """Guidance after the frame that was last observed (None before the first)."""
    finished = progress.fault is not None or progress.complete
    action = progress.due if neutral_known and progress.returning is None else None
    extent = 0.0
    if action is not None:
        value = progress.excursion(action).value or 0.0
        extent = min(1.0, max(0.0, value / RULES[action].enter))
    hint = None if progress.complete else _hint(observation, progress, neutral_known)
    return Guidance(action, len(progress.results), len(progress.challenge), extent, hint, finished)


def _hint(observation: Observation | None, progress: Progress, neutral_known: bool) -> Hint | None:
    if progress.fault == "wrong-action":
        return Hint.WRONG_WAY
    if observation is None or observation.face is None:
        return Hint.NO_FACE
    if observation.faces > 1:
        return Hint.SEVERAL_FACES
    picture = _picture(observation.face, observation)
    if picture is not None:
        return picture
    if not neutral_known:
        return _before_neutral(observation.face)
    return Hint.TURN_BACK if progress.returning is not None and progress.due is not None else None


def _picture(face: ObservedFace, observation: Observation) -> Hint | None:
    if face.width < size.LEAST_WIDTH:
        return Hint.TOO_FAR
    if face.box.width > NEAREST * observation.width or face.box.height > NEAREST * observation.height:
        return Hint.TOO_NEAR if face.occlusion else None
    if face.brightness < light.DARKEST:
        return Hint.TOO_DARK
    return Hint.TOO_BRIGHT if face.brightness > light.BRIGHTEST else None


def _before_neutral(face: ObservedFace) -> Hint | None:
    if abs(face.pose.yaw) > FRONTAL_YAW or abs(face.pose.pitch) > FRONTAL_PITCH:
        return Hint.LOOK_STRAIGHT
    return Hint.OPEN_EYES if min(face.eyes.left, face.eyes.right) < LEAST_OPEN_EYE else Hint.LOOK_STRAIGHT
