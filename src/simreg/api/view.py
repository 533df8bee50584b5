"""A case as the subscriber's page shows it."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from simreg.api.answers import ReasonAnswer
from simreg.api.services import Services
from simreg.api.trial import is_trial
from simreg.decision.profiles.durations import told
from simreg.decision.profiles.types import Entry, Profile
from simreg.registration.machine import acts_possible
from simreg.registration.types import Act, Case, State, Way
from simreg.service.work import rules_of
from simreg.storage.types import AttemptRecord

SUBSCRIBERS = (
    Act.CONSENT,
    Act.SET_REFERENCE,
    Act.BEGIN_ATTEMPT,
    Act.RESTART_ATTEMPT,
    Act.CHOOSE_ALTERNATIVE,
    Act.WITHDRAW,
)
"""Acts of the subscriber."""


MOST_REASONS = 3
"""Reasons that a subscriber is told, the weightiest first: without a face most other checks could not pass either."""


class Told(BaseModel):
    """Words in both languages."""

    en: str
    zh: str


class EntryView(Told):
    """An alternative to the face, or a notice."""

    code: str


class Kept(BaseModel):
    """What is kept how long; 0 is not at all."""

    what: Literal["frames", "reference", "record", "receipt"]
    seconds: int
    how_long: Told


class ProfileView(BaseModel):
    """The rules that the subscriber is told."""

    name: str
    title: Told
    guardian_below_age: int | None
    actions: list[str]
    retention: list[Kept]
    alternatives: list[EntryView]
    notices: list[EntryView]


class AttemptsView(BaseModel):
    """Attempts begun, how many there are in all, and how often the one that runs may be taken up again."""

    used: int
    of: int
    restarts_left: int


class ConsentView(BaseModel):
    """The text that was agreed to."""

    text_version: str | None


class Outcome(BaseModel):
    """What came of the attempt that ended last."""

    attempt: int
    outcome: str
    ended_at: datetime
    reasons: list[ReasonAnswer]


class ResultView(BaseModel):
    """Where the case stands."""

    state: State
    folio: str
    line: str
    accepted_by: Way | None
    result: Outcome | None


class CaseView(BaseModel):
    """A case; `now` is the server's time, `next` what the subscriber can do."""

    case: str
    folio: str
    state: State
    version: int
    line: str
    transaction: str
    channel: str
    language: str
    demo: bool
    now: datetime
    expires_at: datetime
    locked_until: datetime | None
    profile: ProfileView
    attempts: AttemptsView
    consent: ConsentView
    accepted_by: Way | None
    result: Outcome | None
    next: list[Act]


def case_view(given: Services, case: Case) -> CaseView:
    """The case of a subscriber."""
    now, profile = given.clock(), given.registration.profile_of(case)
    rules, possible = rules_of(profile), acts_possible(case, now)
    return CaseView(
        case=case.id,
        folio=case.folio,
        state=case.state,
        version=case.version,
        line=case.line,
        transaction=case.transaction,
        channel=case.channel,
        language=case.language,
        demo=is_trial(given, case),
        now=now,
        expires_at=case.expires_at,
        locked_until=given.registration.locked_until(case),
        profile=_profile_view(profile),
        attempts=AttemptsView(used=case.attempts, of=rules.attempts, restarts_left=rules.restarts - case.restarts),
        consent=ConsentView(text_version=case.consent),
        accepted_by=case.accepted_by,
        result=_outcome(given, case),
        next=[act for act in SUBSCRIBERS if act in possible],
    )


def result_view(given: Services, case: Case) -> ResultView:
    """The result of a subscriber."""
    result = _outcome(given, case)
    return ResultView(state=case.state, folio=case.folio, line=case.line, accepted_by=case.accepted_by, result=result)


def _outcome(given: Services, case: Case) -> Outcome | None:
    ended = [one for one in given.registration.attempts(case.id) if one.ended_at is not None] if case.attempts else []
    return _told(ended[-1]) if ended else None


def _told(attempt: AttemptRecord) -> Outcome | None:
    if attempt.ended_at is None or attempt.outcome is None:
        return None
    reasons = [ReasonAnswer(**reason) for reason in attempt.reasons[:MOST_REASONS]]
    return Outcome(attempt=attempt.number, outcome=attempt.outcome, ended_at=attempt.ended_at, reasons=reasons)


def _profile_view(profile: Profile) -> ProfileView:
    kept = profile.retention
    return ProfileView(
        name=profile.name,
        title=Told(en=profile.title.en, zh=profile.title.zh),
        guardian_below_age=profile.guardian_below_age,
        actions=[action.value for action in profile.actions],
        retention=[
            _kept("frames", kept.frames_s if profile.keep_frames else 0),
            _kept("reference", kept.reference_s),
            _kept("record", kept.record_s),
            _kept("receipt", kept.receipt_s),
        ],
        alternatives=[_entry(one) for one in profile.alternatives],
        notices=[_entry(one) for one in profile.notices],
    )


def _kept(what: Literal["frames", "reference", "record", "receipt"], seconds: int) -> Kept:
    return Kept(what=what, seconds=seconds, how_long=Told(en=told(seconds), zh=told(seconds, "zh")))


def _entry(entry: Entry) -> EntryView:
    return EntryView(code=entry.code, en=entry.words.en, zh=entry.words.zh)
