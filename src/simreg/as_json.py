"""The result as one JSON object with stable keys (README.md, "What it prints")."""

import math
from typing import Any

from simreg.comparison.types import ComparisonScore
from simreg.decision.types import Decision
from simreg.liveness.types import PadResult
from simreg.result import CaptureSummary, ReferenceSummary, VerificationResult

Json = dict[str, Any]


def result_as_json(result: VerificationResult) -> Json:
    """The whole result; face pictures are never in it. A number that is not finite becomes null."""
    return {
        "decision": _decision(result.decision),
        "liveness": _liveness(result.liveness),
        "comparison": _comparison(result.comparison),
        "reference": _reference(result.reference),
        "capture": _capture(result.capture),
        "models": [{"name": m.name, "sha256": m.sha256, "source": m.source} for m in result.models],
        "timing_ms": {name: round(value, 1) for name, value in result.timing_ms.items()},
        "version": result.version,
    }


def _number(value: float | None, digits: int = 4) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, digits)


def _decision(decision: Decision) -> Json:
    reasons = [{"code": r.code, "text": r.text, "remedy": r.remedy} for r in decision.reasons]
    return {"outcome": decision.outcome.value, "reasons": reasons}


def _liveness(pad: PadResult) -> Json:
    return {
        "decision": pad.decision.value,
        "challenge": [action.value for action in pad.challenge],
        "actions": [
            {"action": a.action.value, "passed": a.passed, "start_s": _number(a.start_s, 3), "end_s": _number(a.end_s, 3)}
            for a in pad.actions
        ],
        "checks": [
            {
                "name": check.name,
                "state": check.state.value,
                "value": _number(check.value),
                "limit": _number(check.limit),
                "text": check.text,
            }
            for check in pad.checks
        ],
        "seen": [
            {"action": s.action.value, "start_s": _number(s.start_s, 3), "end_s": _number(s.end_s, 3)} for s in pad.seen
        ],
        "fault": pad.fault,
    }


def _comparison(score: ComparisonScore) -> Json:
    threshold = score.threshold
    return {
        "decision": score.decision.value,
        "similarity": _number(score.similarity),
        "probes": score.probes,
        "text": score.text,
        "threshold": {
            "value": _number(threshold.value),
            "refer_from": _number(threshold.refer_from),
            "target_fmr": threshold.target_fmr,
            "fmr": threshold.fmr,
            "fnmr": threshold.fnmr,
            "recogniser": threshold.recogniser,
            "model_sha256": threshold.model_sha256,
            "preprocessing": threshold.preprocessing,
            "data_set": threshold.data_set,
            "source": threshold.source,
        },
    }


def _reference(reference: ReferenceSummary) -> Json:
    box = reference.face_box
    return {
        "problem": reference.problem,
        "face_box": None if box is None else [_number(v, 1) for v in (box.left, box.top, box.width, box.height)],
        "quality": reference.quality,
        "width": reference.width,
        "height": reference.height,
        "rotation": reference.rotation,
        "faces": reference.faces,
        "eye_distance": _number(reference.eye_distance, 1),
        "sharpness": _number(reference.sharpness, 3),
        "brightness": _number(reference.brightness, 1),
        "contrast": _number(reference.contrast, 1),
    }


def _capture(capture: CaptureSummary) -> Json:
    return {
        "frames": capture.frames,
        "duration_s": _number(capture.duration_s, 3),
        "fps": _number(capture.fps, 2),
        "width": capture.width,
        "height": capture.height,
        "codec": capture.codec,
        "container": capture.container,
        "rotation": capture.rotation,
        "mirrored": capture.mirrored,
    }
