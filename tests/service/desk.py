"""A registration for tests: a clock that is set by hand, chance from a seed, and the synthetic subject's document."""

import atexit
import random
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from simreg.decision.profiles.shelf import builtin
from simreg.decision.profiles.types import Beyond, Counted, LockOut, Profile, Retention, Transaction
from simreg.decision.reasons import reason
from simreg.decision.types import Decision, Outcome
from simreg.documents.portrait import Portrait
from simreg.errors import InputError
from simreg.log.keys import Signer
from simreg.privacy.keys import Keys, keys_of
from simreg.privacy.seal import Sealer
from simreg.registration.types import Case
from simreg.result import VerificationResult
from simreg.service.registration import Registration
from simreg.service.types import AttemptOrder, Order
from simreg.settings import Settings
from simreg.storage.database import Database
from simreg.storage.key_store import KeyStore, open_key_store
from synthetic.attempt import plain
from synthetic.reference import portrait

KEYS: Keys = keys_of(bytes(range(32)))
SIGNER = Signer("sim.example/log", bytes(range(32, 64)))
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PICTURE, PICTURE_WITHOUT_FACE = b"a document", b"no face"
DAY = 86_400
FRAMES = (b"jpeg one", b"jpeg two", b"jpeg three")
CODES = {Outcome.ACCEPT: "accepted", Outcome.REFER: "near-threshold", Outcome.REFUSE: "non-match"}


@cache
def profile(name: str = "test", **values: Any) -> Profile:
    """The default profile with numbers that tests rely on, and these values."""
    common: dict[str, Any] = {
        "transactions": tuple(Transaction),
        "lines_per_person": None,
        "lines_counted": Counted.OPERATOR,
        "lines_beyond": Beyond.REFUSE,
        "attempts": 3,
        "attempt_s": 180,
        "token_s": 600,
        "case_s": 86_400,
        "lock_out": LockOut(5, 180, 1800),
        "least_actions": 3,
        "least_face_px": 60,
        "least_frame_px": 120,
        "keep_frames": 0,
        "retention": Retention(600, 600, 10**8, 10**8, None),
        "two_reviewers_above": 0.5,
    }
    return replace(builtin("default"), name=name, **common | values)


PROFILES: dict[str, dict[str, Any]] = {
    "keeps": {"keep_frames": 2},
    "two-lines": {"lines_per_person": 2},
    "two-lines-everywhere": {"lines_per_person": 2, "lines_counted": Counted.ALL_OPERATORS},
    "two-lines-refer": {"lines_per_person": 2, "lines_beyond": Beyond.REFER},
    "locks": {"attempts": 10, "lock_out": LockOut(2, 180, 1800)},
    "forgets": {"retention": Retention(600, 600, 10 * DAY, 10 * DAY, None)},
    "forgets-in-two-steps": {"retention": Retention(600, 600, 10 * DAY, 20 * DAY, None)},
    "strict": {"target_fmr": 1e-5, "least_face_px": 150, "least_frame_px": 480},
    "test": {},
}


def find_profile(name: str) -> Profile:
    """The profiles of these tests."""
    if name not in PROFILES:
        raise InputError("profile-unknown", "There is no such profile.", "Give another.")
    return profile(name, **PROFILES[name])


def look(picture: bytes) -> Portrait:
    """The synthetic subject's portrait, or none."""
    return portrait() if picture == PICTURE else portrait(problem="reference-no-face")


@cache
def key_store() -> KeyStore:
    """A key store that all tests of a process share, in memory where the machine has such a folder."""
    memory = Path("/dev/shm")  # noqa: S108
    folder = tempfile.mkdtemp(prefix="simreg-keys-", dir=memory if memory.is_dir() else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_key_store(f"sqlite:///{folder}/keys.db", Sealer.wrapping(KEYS))


@cache
def result(outcome: Outcome) -> VerificationResult:
    """A result with this outcome."""
    return replace(plain(), decision=Decision(outcome, (reason(CODES[outcome]),)))


ACCEPT, REFER, REFUSE = (result(outcome) for outcome in Outcome)


class SeededChance:
    """The same random numbers each time."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def below(self, bound: int) -> int:
        return self._random.randrange(bound)


@dataclass
class Desk:
    """A registration, and short ways through it."""

    database: Database
    now: datetime = START
    seed: int = 1
    portraits: Any = look
    settings: Settings = field(default_factory=Settings)
    store: KeyStore = field(default_factory=lambda: key_store())
    registration: Registration = field(init=False)

    def __post_init__(self) -> None:
        self.registration = Registration(
            self.database,
            find_profile,
            KEYS,
            self.store,
            SIGNER,
            lambda: self.now,
            SeededChance(self.seed),
            self.settings,
            self.portraits,
        )

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def opened(self, line: str = "+8613800000001", profile: str = "test", **values: Any) -> Case:
        """A new case."""
        return self.registration.open_case(Order(profile, *_kind(values), line, **values), "api:1")

    def referenced(self, **values: Any) -> Case:
        """A case with consent and reference."""
        case = self.opened(**values)
        self.registration.consent(case.id, "subscriber", "1")
        return self.registration.set_reference(case.id, "subscriber", PICTURE).case

    def begun(self, case: Case) -> AttemptOrder:
        """An attempt that has begun."""
        return self.registration.begin_attempt(case.id, "subscriber")

    def attempted(self, case: Case, outcome: VerificationResult, frames: tuple[bytes, ...] = FRAMES) -> Case:
        """An attempt from beginning to end."""
        order = self.registration.claim_capture(self.begun(case).token)
        return self.registration.end_attempt(order.attempt_id, order.run, outcome, (900, 1200, 700), frames)

    def accepted(self, **values: Any) -> Case:
        """An accepted case."""
        return self.attempted(self.referenced(**values), ACCEPT)


def _kind(values: dict[str, Any]) -> tuple[str, str]:
    return values.pop("transaction", "new"), values.pop("channel", "web")
