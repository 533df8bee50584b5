"""What no profile may say, as one rule would contradict another."""

from simreg.decision.profiles.place import Place
from simreg.decision.profiles.types import Profile


def check_coherent(profile: Profile, place: Place) -> None:
    """Refuse contradictions; raises InputError ``profile-contradiction`` at the rule that is at fault."""
    kept = profile.retention
    contradictions = {
        "capture": (profile.capture_s > profile.attempt_s, "is longer than the attempt that it is a part of"),
        "case": (
            profile.case_s < profile.attempts * profile.attempt_s,
            "is over before its attempts could be made",
        ),
        "actions": (len(profile.actions) < 2, "must have at least two to draw from, as none follows itself"),
        "keep_frames": (
            profile.keep_frames > 0 and kept.frames_s == 0,
            "says that frames are kept, and retention.frames that none is kept for any time",
        ),
        "retention.frames": (kept.frames_s > kept.record_s, "keeps the face longer than the record"),
        "retention.reference": (
            kept.reference_s > kept.record_s or kept.reference_s < profile.attempt_s,
            "must be as long as an attempt, and not longer than the record",
        ),
        "retention.agent": (
            kept.agent_s is not None and kept.agent_s > kept.record_s,
            "shows the agent a case longer than its record is kept",
        ),
        "lock_out": (
            profile.lock_out.for_s < profile.lock_out.within_s,
            "locks for less time than that in which failures are counted",
        ),
    }
    for rule, (wrong, why) in contradictions.items():
        if wrong:
            place.below("rules").below(rule).refuse("profile-contradiction", why)
