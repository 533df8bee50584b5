"""What is kept of a result for years: what was decided and why, without anything by which a face could be known."""

import json
import math
import zlib
from dataclasses import asdict
from typing import Any

from simreg.comparison.types import ComparisonDecision, ComparisonScore
from simreg.decision.types import Reason
from simreg.liveness.checks import same_person
from simreg.liveness.types import CheckResult, State
from simreg.result import VerificationResult
from simreg.storage.types import Json

DIGITS = 2
"""Significant digits of the numbers that are kept."""

COMPARING = frozenset({same_person.NAME})
"""Checks whose value is a comparison score."""


def kept_result(result: VerificationResult) -> Json:
    """The result without scores, curves, pictures and texts; numbers to `DIGITS` significant digits."""
    pad, capture = result.liveness, result.capture
    return {
        "outcome": result.decision.outcome.value,
        "reasons": [reason.code for reason in result.decision.reasons],
        "liveness": {
            "decision": pad.decision.value,
            "fault": pad.fault,
            "actions": [{"action": one.action.value, "passed": one.passed} for one in pad.actions],
            "checks": [_check(check) for check in pad.checks],
        },
        "comparison": _comparison(result.comparison),
        "reference": {"quality": result.reference.quality, "problem": result.reference.problem},
        "capture": {
            "frames": capture.frames,
            "duration_s": _rounded(capture.duration_s),
            "width": capture.width,
            "height": capture.height,
            "codec": capture.codec,
            "container": capture.container,
        },
        "models": [asdict(model) for model in result.models],
        "version": result.version,
    }


def kept_reason(reason: Reason) -> Json:
    """A reason by code, text and remedy."""
    return {"code": reason.code, "text": reason.text, "remedy": reason.remedy}


def band(score: ComparisonScore) -> str:
    """On which side of the threshold a similarity lies: ``match``, ``near``, ``non-match`` or ``not-assessed``."""
    if score.decision is not ComparisonDecision.NON_MATCH or score.similarity is None:
        return score.decision.value
    return "near" if score.similarity >= score.threshold.refer_from else "non-match"


def pack_curves(result: VerificationResult) -> bytes:
    """The evidence curves for a reviewer, to be sealed."""
    names = ("time_s", "yaw", "pitch", "eyes", "mouth", "size")
    samples = [[_shown(getattr(sample, name)) for name in names] for sample in result.liveness.curves]
    return zlib.compress(json.dumps({"names": names, "samples": samples}).encode())


def unpack_curves(data: bytes) -> tuple[dict[str, Any], ...]:
    """The curves again, ``{name: value}`` for each frame. The bytes are our own, authenticated by their seal."""
    curves = json.loads(zlib.decompress(data))
    return tuple(dict(zip(curves["names"], sample, strict=True)) for sample in curves["samples"])


def _check(check: CheckResult) -> Json:
    value = None if check.name in COMPARING else _rounded(check.value)
    limit = None if check.name in COMPARING else _rounded(check.limit)
    told = {"name": check.name, "state": check.state.value, "value": value, "limit": limit, "above": check.above}
    return told | ({"suspicious": True} if check.suspicious and check.state is State.FAILED else {})


def _comparison(score: ComparisonScore) -> Json:
    held = score.threshold
    return {
        "decision": score.decision.value,
        "band": band(score),
        "probes": score.probes,
        "threshold": {
            "target_fmr": held.target_fmr,
            "recogniser": held.recogniser,
            "model_sha256": held.model_sha256,
            "preprocessing": held.preprocessing,
        },
    }


def _rounded(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}")


def _shown(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 3)
