"""Attempts of a synthetic subject, judged from the first frame to the decision."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from simreg.capture.frame import Frame
from simreg.decision.types import Outcome
from simreg.engine import Engine
from simreg.liveness.challenge import Challenge
from simreg.liveness.types import Action
from simreg.result import VerificationResult
from simreg.verification import Attempt, Settings
from synthetic.engine import synthetic_engine
from synthetic.head import STRAIGHT
from synthetic.picture import Shot
from synthetic.reference import portrait
from synthetic.script import Subject, film

A = Action
CHALLENGE: Challenge = (A.TURN_LEFT, A.BLINK, A.TURN_RIGHT)
OTHER = STRAIGHT.but(x=280, y=50, width=50, person=2)
ACCEPT, REFER, REFUSE = Outcome.ACCEPT, Outcome.REFER, Outcome.REFUSE


def follows(*actions: Action, fps: float = 15.0) -> list[Shot]:
    """A subject who does these actions, or those of the challenge."""
    return Subject(fps=fps).follow(actions or CHALLENGE).shots


def judge(
    frames: Sequence[Frame],
    challenge: Challenge = CHALLENGE,
    *,
    person: float = 1.0,
    problem: str | None = None,
    engine: Engine | None = None,
    with_images: bool = False,
    **settings: Any,
) -> VerificationResult:
    """The result of these frames against a person's portrait (or one with a problem), with `Settings` of these values."""
    attempt = Attempt(engine or synthetic_engine(), challenge, Settings(**settings))
    for frame in frames:
        attempt.step(frame)
    summary = attempt.capture_summary("frames")
    return attempt.finish(portrait(person, problem), summary, with_images=with_images)


@cache
def plain() -> VerificationResult:
    """The holder who does what is asked."""
    return judge(film(follows()))


def codes(result: VerificationResult) -> list[str]:
    """Codes of the reasons, in their order."""
    return [reason.code for reason in result.decision.reasons]


def accepted(result: VerificationResult) -> bool:
    """Whether the attempt was accepted."""
    return result.decision.outcome is ACCEPT
