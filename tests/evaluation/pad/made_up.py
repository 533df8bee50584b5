"""Attempts made of states, and lossless recordings of the synthetic subject."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import pytest
from hypothesis import strategies as st

from simreg.capture.frame import Frame
from simreg.evaluation.pad.types import Attempt, Judged, Label, Presentation
from simreg.liveness import pad
from simreg.liveness.challenge import Challenge
from simreg.liveness.checks import not_flat
from simreg.liveness.types import Action, CheckResult, PadDecision, PadResult, State
from synthetic.head import STRAIGHT
from synthetic.picture import Shot, draw

NAMES = ("continuity", "light", not_flat.NAME, "passive-pad")
SUSPICIOUS = {"continuity", not_flat.NAME, "passive-pad"}
TURN: Challenge = (Action.TURN_LEFT, Action.BLINK)


def presentation(label: Label = Label.ATTACK, species: str = "print", **changes: Any) -> Presentation:
    attack = label is Label.ATTACK
    values: dict[str, Any] = {
        "list_name": "clips.csv",
        "row": 1,
        "file": Path("one.mp4"),
        "label": label,
        "species": species if attack else "",
        "kind": "presentation" if attack else "",
        "challenge": TURN,
        "reference": Path("portrait.png"),
        "subject": "",
        "conditions": (),
    }
    return Presentation(**(values | changes))


def check(name: str, state: State) -> CheckResult:
    failed = state is State.FAILED
    return CheckResult(name, state, 0.5, 0.5, "A sentence.", True, failed and name in SUSPICIOUS)


def judged(
    states: dict[str, State] | None = None, fault: str | None = None, challenge: Challenge = TURN, outcome: str = ""
) -> Judged:
    """What comes of checks in these states (all others passed), as the liveness rooms decide."""
    checks = tuple(check(name, (states or {}).get(name, State.PASSED)) for name in NAMES)
    decision = decided(challenge, fault, checks)
    reasons = (f"challenge-{fault}",) if fault else ()
    usual = {PadDecision.BONA_FIDE: "accept", PadDecision.ATTACK: "refuse", PadDecision.NOT_ASSESSED: "refer"}[decision]
    return Judged(
        error=None,
        pad=PadResult(decision, challenge, (), (), checks, fault, ()),
        outcome=outcome or usual,
        reasons=reasons,
        unsettled=tuple(
            c.name for c in checks if c.state is State.NOT_ASSESSED and pad.required(challenge, c, frozenset())
        ),
    )


def _stands_open(challenge: Challenge, one: CheckResult) -> bool:
    return one.state is State.NOT_ASSESSED and pad.required(challenge, one, frozenset())


def decided(challenge: Challenge, fault: str | None, checks: Sequence[CheckResult]) -> PadDecision:
    """As the project decides: what the sums here are held against."""
    return pad._decide(challenge, fault, checks, frozenset())


PASSED = judged()
CUT = judged({"continuity": State.FAILED})
DARK = judged({"light": State.FAILED})
UNREADABLE = Judged("file-missing")


@st.composite
def anything_judged(give: st.DrawFn) -> Judged:
    if give(st.integers(0, 9)) == 0:
        return UNREADABLE
    states = {name: give(st.sampled_from(list(State))) for name in NAMES}
    fault = give(st.sampled_from([None, None, "wrong-action", "action-missing"]))
    return judged(states, fault, give(st.sampled_from([TURN, (Action.BLINK,), ()])))


@st.composite
def anything_attempted(give: st.DrawFn) -> list[Attempt]:
    sort = st.sampled_from([(Label.BONA_FIDE, ""), (Label.ATTACK, "print"), (Label.ATTACK, "replay")])
    pairs = give(st.lists(st.tuples(sort, anything_judged()), max_size=25))
    return [Attempt(presentation(label, species), one) for (label, species), one in pairs]


def record(path: Path, frames: Sequence[Frame]) -> Path:
    """Frames as a recording that gives back every pixel."""
    if "libx264rgb" not in av.codecs_available:
        pytest.skip("this PyAV has no lossless RGB encoder")
    with av.open(str(path), "w") as output:
        stream: Any = output.add_stream("libx264rgb", rate=15, options={"crf": "0", "preset": "ultrafast"})
        stream.height, stream.width = frames[0].image.shape[:2]
        stream.pix_fmt = "rgb24"
        stream.codec_context.time_base = Fraction(1, 1000)
        for frame in frames:
            picture = av.VideoFrame.from_ndarray(frame.image, format="rgb24")
            picture.pts, picture.time_base = round(1000 * frame.time_s), Fraction(1, 1000)
            output.mux(stream.encode(picture))
        output.mux(stream.encode())
    return path


def portrait_file(path: Path, person: float = 1.0) -> Path:
    """A picture of the synthetic subject."""
    cv2.imwrite(str(path), cv2.cvtColor(draw(Shot((STRAIGHT.but(person=person),))), cv2.COLOR_RGB2BGR))
    return path
