"""Every rule of a profile: its name in a file, where the profile holds it, its kind, and which way it grows lax."""

from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from simreg.decision.profiles.durations import UNITS
from simreg.decision.profiles.kinds import Duration, Kind, Lock, OneOf, Rising, Share, SomeOf, Whole, Yes
from simreg.decision.profiles.types import Beyond, Channel, Counted, Document, Profile, Reading, Transaction
from simreg.liveness.types import Action

_MIN, _H, _DAY, _YEAR = UNITS["min"], UNITS["h"], UNITS["days"], UNITS["years"]
_FOR, _LINES, _TRIES, _CHECKS, _PEOPLE, _KEPT = (
    *("What it is for", "Lines", "Attempts", "Checks"),
    *("People", "What is kept"),
)
_NO_END = float("inf")


class Lax(StrEnum):
    """Which change away from the profile it is based on makes a rule laxer."""

    NEVER = "never"
    HIGHER = "higher"
    LOWER = "lower"
    EITHER = "either"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``group`` and ``label`` are for a terminal; ``field`` is where the profile holds it, where that is not its name;
    ``none`` is what None counts as in a comparison.
    """

    name: str
    group: str
    label: str
    kind: Kind
    lax: Lax = Lax.NEVER
    field: str = ""
    none: float = 0.0

    @property
    def path(self) -> str:
        """Where the profile holds the value."""
        return self.field or self.name

    def of(self, profile: Profile) -> Any:
        """The rule's value in a profile."""
        return attrgetter(self.path)(profile)


RULES: tuple[Rule, ...] = (
    Rule("transactions", _FOR, "transactions", SomeOf(Transaction)),
    Rule("channels", _FOR, "channels", SomeOf(Channel)),
    Rule("documents", _FOR, "documents", SomeOf(Document)),
    Rule("document_readings", _FOR, "portrait read off", SomeOf(Reading), Lax.ADDED),
    Rule("lines_per_person", _LINES, "lines per person", Whole(1, 1000, none="unlimited"), Lax.HIGHER, none=_NO_END),
    Rule("lines_counted", _LINES, "lines counted", OneOf(Counted)),
    Rule("lines_beyond", _LINES, "lines beyond that", OneOf(Beyond)),
    Rule("attempts", _TRIES, "attempts a case", Whole(1, 10), Lax.HIGHER),
    Rule("attempt", _TRIES, "an attempt, at most", Duration(30, 15 * _MIN), Lax.HIGHER, "attempt_s"),
    Rule("capture", _TRIES, "its movements, at most", Duration(5, 5 * _MIN), Lax.HIGHER, "capture_s"),
    Rule("token", _TRIES, "a capture token lives", Duration(30, _H), Lax.HIGHER, "token_s"),
    Rule("case", _TRIES, "a case lives", Duration(5 * _MIN, 60 * _DAY), Lax.HIGHER, "case_s"),
    Rule("lock_out", _TRIES, "lock-out", Lock(Whole(2, 50), Duration(30, _DAY), Duration(_MIN, 30 * _DAY))),
    Rule("least_actions", _CHECKS, "movements, at least", Whole(2, 8), Lax.LOWER),
    Rule("actions", _CHECKS, "drawn from", SomeOf(Action), Lax.REMOVED),
    Rule("target_fmr", _CHECKS, "target FMR", Share(1e-7, 0.01), Lax.HIGHER),
    Rule("fnmr_goal", _CHECKS, "goal for FNMR", Share(1e-4, 0.1), Lax.HIGHER),
    Rule("iapar_goal", _CHECKS, "goal for IAPAR", Share(1e-4, 0.2), Lax.HIGHER),
    Rule("least_face", _CHECKS, "face, at least", Whole(60, 1000, " pixels wide"), Lax.LOWER, "least_face_px"),
    Rule("least_frame", _CHECKS, "frame, at least", Whole(120, 2160, " pixels, short side"), Lax.LOWER, "least_frame_px"),
    Rule("separate_consent", _PEOPLE, "separate consent", Yes("profile-no-consent", "no face without its own consent")),
    Rule("guardian_below_age", _PEOPLE, "guardian below the age", Whole(1, 25, none="no rule"), Lax.LOWER),
    Rule("two_reviewers_above", _PEOPLE, "two reviewers above", Share(0, 1, " risk"), Lax.HIGHER),
    Rule("keep_frames", _KEPT, "frames for a reviewer", Whole(0, 4), Lax.HIGHER),
    Rule("retention.frames", _KEPT, "frames, at most", Duration(0, 30 * _DAY), Lax.HIGHER, "retention.frames_s"),
    Rule("retention.reference", _KEPT, "portrait, at most", Duration(30, _DAY), Lax.HIGHER, "retention.reference_s"),
    Rule("retention.record", _KEPT, "record after service", Duration(_DAY, 30 * _YEAR), Lax.EITHER, "retention.record_s"),
    Rule(
        "retention.receipt", _KEPT, "receipt after service", Duration(_DAY, 30 * _YEAR), Lax.EITHER, "retention.receipt_s"
    ),
    Rule(
        "retention.agent",
        _KEPT,
        "agent sees the case",
        Duration(_H, 30 * _YEAR, none="as long as the record"),
        Lax.HIGHER,
        "retention.agent_s",
        _NO_END,
    ),
    Rule("filing_alarm", _KEPT, "alarm at stored faces", Rising(1, 10**9, 4)),
)
"""All rules, in the order in which they are shown."""

BY_NAME = {rule.name: rule for rule in RULES}
"""The same by name."""
