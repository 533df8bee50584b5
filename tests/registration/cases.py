"""Cases for tests of the machine, and facts that fit each act."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from simreg.registration.types import Act, Case, Fact, Review, Rules, State, Way

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RULES = Rules(attempts=3, restarts=2, failures=5, within_s=180, for_s=1800)
ACTS = [act for act in Act if act is not Act.OPEN]

FACTS: dict[Act, dict[str, Fact]] = {
    Act.CONSENT: {"text": "1", "language": "en"},
    Act.SET_REFERENCE: {"quality": 80},
    Act.BEGIN_ATTEMPT: {"attempt": "att_1", "number": 1, "recorded": False},
    Act.RESTART_ATTEMPT: {"attempt": "att_1", "number": 1, "recorded": False},
    Act.ATTEMPT_ACCEPTED: {"attempt": "att_1", "number": 1, "reasons": ("accepted",)},
    Act.ATTEMPT_REFERRED: {"attempt": "att_1", "number": 1, "reasons": ("near-threshold",)},
    Act.ATTEMPT_FAILED: {"attempt": "att_1", "number": 1, "reasons": ("non-match",)},
    Act.ATTEMPT_ABANDONED: {"attempt": "att_1", "number": 1, "reasons": ("time-out",)},
    Act.CHOOSE_ALTERNATIVE: {"reason": "rather-not"},
    Act.ALTERNATIVE_ACCEPTED: {"document": "passport", "note": ""},
    Act.ALTERNATIVE_REFUSED: {"document": "passport", "note": ""},
    Act.REVIEW: {"accept": True, "reason": "the same person"},
    Act.CONFIRM_ACTIVATION: {"line": "+8613800000001", "attempt": "att_1"},
    Act.WITHDRAW: {},
    Act.CANCEL: {"reason": "the subscriber left"},
    Act.EXPIRE: {},
}


def new_case(**values: Any) -> Case:
    """A case as it begins, with these values."""
    common: dict[str, Any] = {
        "id": "case_1",
        "folio": "8F3KQ-27XMB",
        "version": 1,
        "state": State.CREATED,
        "profile": "default",
        "transaction": "new",
        "channel": "web",
        "line": "+8613800000001",
        "language": "en",
        "created_at": START,
        "changed_at": START,
        "expires_at": START + timedelta(days=1),
    }
    return Case(**common | values)


def moments() -> st.SearchStrategy[datetime]:
    """Times around a case's life."""
    return st.integers(-60, 2 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))


def any_cases() -> st.SearchStrategy[Case]:
    """Cases in any state, possible or not."""
    return st.builds(
        new_case,
        state=st.sampled_from(State),
        attempts=st.integers(0, 4),
        restarts=st.integers(0, 3),
        attempt=st.none() | st.just("att_1"),
        failures=st.lists(moments(), max_size=6).map(tuple),
        reviewers=st.integers(1, 2),
        reviews=st.lists(
            st.builds(Review, st.sampled_from("ab"), st.booleans(), st.just("-"), moments()), max_size=2
        ).map(tuple),
        accepted_by=st.none() | st.sampled_from(Way),
    )
