"""What must hold for every profile, whoever wrote it."""

from simreg.decision.profiles.rules import RULES
from simreg.decision.profiles.types import Profile


def broken(profile: Profile) -> list[str]:
    """Names of what does not hold."""
    kept = profile.retention
    holds = {
        "a way without the face": bool(profile.alternatives),
        "both languages": all(
            one.words.en.strip() and one.words.zh.strip() for one in (*profile.alternatives, *profile.notices)
        ),
        "consent": profile.separate_consent is True,
        "face not longer than record": max(kept.frames_s, kept.reference_s) <= kept.record_s,
        "face for a short time": kept.frames_s <= 30 * 86_400 and kept.reference_s <= 86_400,
        "portrait as long as an attempt": kept.reference_s >= profile.attempt_s,
        "0 to 4 frames": 0 <= profile.keep_frames <= 4 and not (profile.keep_frames and not kept.frames_s),
        "attempts": 1 <= profile.attempts <= 10,
        "movements fit into the attempt": 0 < profile.capture_s <= profile.attempt_s,
        "attempts fit into the case": profile.attempts * profile.attempt_s <= profile.case_s,
        "a challenge": profile.least_actions >= 2 and len(set(profile.actions)) >= 2,
        "a threshold": 0 < profile.target_fmr <= 0.01,
        "a citation for every rule": [name for name, _ in profile.citations] == [rule.name for rule in RULES],
        "citations say something": all(one.source and one.where for _, one in profile.citations),
    }
    return [name for name, held in holds.items() if not held]
