"""A verification made by hand, with curves as a short recording gives them; no face and no file is behind it."""

import math
from dataclasses import replace

from simreg.comparison.types import ComparisonDecision, ComparisonScore, Interval, Threshold
from simreg.decision.types import Decision, Outcome, Reason
from simreg.face.types import Box
from simreg.liveness.types import (
    Action,
    ActionResult,
    CheckResult,
    PadDecision,
    PadResult,
    Sample,
    SeenAction,
    State,
)
from simreg.result import CaptureSummary, ModelUse, ReferenceSummary, VerificationResult

FPS, DURATION_S = 15.0, 7.0

CHALLENGE = (
    ActionResult(Action.TURN_LEFT, True, 0.93, 2.07),
    ActionResult(Action.BLINK, True, 3.13, 3.4),
    ActionResult(Action.TURN_RIGHT, True, 4.4, 5.53),
)
UNASKED = SeenAction(Action.BLINK, 6.33, 6.53)
BLIND = (2.35, 2.75)
"""Seconds in which no face was seen."""


def hump(time_s: float, start_s: float, end_s: float) -> float:
    """One rounded rise from 0 to 1 and back."""
    share = (time_s - start_s) / (end_s - start_s)
    return math.sin(math.pi * share) ** 2 if 0 < share < 1 else 0.0


def sample_curves() -> tuple[Sample, ...]:
    """Two turns, two blinks, a little sway, and a moment without a face."""
    samples = []
    for index in range(int(DURATION_S * FPS) + 1):
        now = index / FPS
        if BLIND[0] < now < BLIND[1]:
            samples.append(Sample(now, None, None, None, None, None))
            continue
        yaw = 39 * hump(now, 0.5, 2.5) - 43 * hump(now, 3.95, 6.0) + 0.8 * math.sin(5 * now)
        pitch = 2 * math.sin(1.7 * now) + 3 * hump(now, 0.5, 2.5)
        shut = max(hump(now, 3.1, 3.45), 0.8 * hump(now, 6.25, 6.65))
        eyes = max(0.05, 1.0 + 0.05 * math.sin(7 * now) + 0.002 * abs(yaw) - 0.95 * shut)
        samples.append(Sample(now, yaw, pitch, eyes, 0.02 * math.sin(3 * now), 1 + 0.02 * math.sin(2 * now)))
    return tuple(samples)


def sample_checks() -> tuple[CheckResult, ...]:
    """One check of each kind of result."""
    passed, unknown = State.PASSED, State.NOT_ASSESSED
    return (
        CheckResult("face-present", passed, 0.953, 0.9, "A face was seen in 95% of the frames."),
        CheckResult("one-face", passed, 0.0, 0.15, "Only one person was seen.", above=False),
        CheckResult("same-person", passed, 0.74, 0.42, "The face stayed one person’s."),
        CheckResult("frame-times", passed, 0.067, 0.5, "Frames follow each other within 0.07 s.", above=False),
        CheckResult("frame-rate", passed, 14.97, 11.9, "15.0 frames a second."),
        CheckResult("not-flat", passed, 0.121, 0.075, "The turning face had depth, as a head has."),
        CheckResult("passive-pad", unknown, None, 0.6, "No passive PAD network is installed."),
        CheckResult("light", passed, 131.4, 40.0, "There is enough light on the face."),
        CheckResult("sharpness", passed, 0.46, 0.1, "The face is sharp."),
        CheckResult("size", passed, 172.0, 80.0, "The face is 172 pixels wide."),
    )


def sample_threshold() -> Threshold:
    """A threshold with all that is said about it."""
    return Threshold(
        value=0.3573,
        refer_from=0.312,
        target_fmr=1e-4,
        fmr=1.0e-4,
        fmr_interval=Interval(0.000094, 0.000107),
        fnmr=0.0259,
        fnmr_interval=Interval(0.0241, 0.0277),
        mated=242_257,
        non_mated=29_630_000,
        recogniser="mobilefacenet",
        model_sha256="4f1d" * 16,
        preprocessing="112x112-imagenet-mirror",
        data_set="LFW, 7,701 pictures",
        date="2026-11-20",
        source="docs/results/lfw.md",
    )


def sample_result() -> VerificationResult:
    """An attempt that was accepted, without pictures."""
    seen = tuple(SeenAction(a.action, a.start_s or 0.0, a.end_s or 0.0) for a in CHALLENGE)
    return VerificationResult(
        decision=Decision(
            Outcome.ACCEPT,
            (Reason("accepted", "A live person did what was asked and is the holder of the document.", ""),),
        ),
        liveness=PadResult(
            decision=PadDecision.BONA_FIDE,
            challenge=tuple(a.action for a in CHALLENGE),
            actions=CHALLENGE,
            seen=(*seen, UNASKED),
            checks=sample_checks(),
            fault=None,
            curves=sample_curves(),
        ),
        comparison=ComparisonScore(
            ComparisonDecision.MATCH, 0.7134, 6, sample_threshold(), "The live face and the portrait are one person’s."
        ),
        reference=ReferenceSummary(None, Box(141.0, 208.6, 262.0, 318.2), 71, 1280, 806, 90, 2, 112.4, 0.38, 148.2, 47.6),
        capture=CaptureSummary(106, DURATION_S, 14.97, 640, 480, "h264", "mov,mp4,m4a,3gp,3g2,mj2", 0, False),
        models=(
            ModelUse("blazeface-short-range.tflite", "ab12" * 16, "package index, mediapipe 0.10.21"),
            ModelUse("attention-mesh.tflite", "cd34" * 16, "package index, mediapipe 0.10.21"),
            ModelUse("mobilefacenet.onnx", "4f1d" * 16, "local folder"),
        ),
        timing_ms={"load": 412.0, "decode": 96.4, "observe": 301.2, "compare": 61.8, "total": 471.9},
        version="0.1.0",
    )


def refused_result() -> VerificationResult:
    """An attempt with a wrong movement, failed checks and a face that is not the portrait's."""
    result = sample_result()
    actions = (
        CHALLENGE[0],
        ActionResult(Action.BLINK, False, None, None),
        ActionResult(Action.TURN_RIGHT, False, None, None),
    )
    checks = (
        *result.liveness.checks[:5],
        CheckResult("not-flat", State.FAILED, 0.031, 0.075, "The turning face was as flat as a print.", suspicious=True),
        CheckResult("passive-pad", State.FAILED, 0.16, 0.6, "The picture looks like a presentation attack.", True, True),
        *result.liveness.checks[7:],
    )
    liveness = replace(result.liveness, decision=PadDecision.ATTACK, actions=actions, checks=checks, fault="wrong-action")
    reasons = (
        Reason("wrong-action", "The head was turned to the right when a blink was asked for.", "Follow the order shown."),
        Reason("flat-face", "The face in front of the camera was flat.", "Show your own face, not a picture of it."),
        Reason("non-match", "The live face is not like the document’s portrait.", "Check that the document is yours."),
    )
    comparison = replace(
        result.comparison,
        decision=ComparisonDecision.NON_MATCH,
        similarity=0.0821,
        text="The live face and the portrait are two people’s.",
    )
    return replace(result, decision=Decision(Outcome.REFUSE, reasons), liveness=liveness, comparison=comparison)


def referred_result() -> VerificationResult:
    """An attempt without a challenge and with a similarity just below the threshold."""
    result = sample_result()
    liveness = replace(result.liveness, decision=PadDecision.NOT_ASSESSED, challenge=(), actions=())
    reasons = (
        Reason(
            "no-challenge", "Nothing was asked for, so a live person cannot be shown.", "Record again with a challenge."
        ),
        Reason("similarity-in-doubt", "The faces are nearly but not quite alike enough.", "A person compares the faces."),
    )
    comparison = replace(result.comparison, similarity=0.35726, text="The similarity lies just below the threshold.")
    comparison = replace(comparison, decision=ComparisonDecision.NON_MATCH)
    return replace(result, decision=Decision(Outcome.REFER, reasons), liveness=liveness, comparison=comparison)
