"""Which leaves an act leaves in the log: pure, and without anything by which a person could be known."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache

from simreg.comparison.types import Threshold
from simreg.decision.profiles.types import Channel, Profile, Transaction
from simreg.liveness.types import Action
from simreg.log import leaves
from simreg.log.commitment import digest
from simreg.log.leaves import Leaf
from simreg.log.words import Band, By, End, Ended, Result
from simreg.registration.types import Act, Case, Event, State
from simreg.result import VerificationResult
from simreg.service.kept import band
from simreg.storage.types import AttemptRecord

Commit = Callable[[str, str], str]
"""The commitment to a field's value with the subject's salt."""

_ENDS = {
    Act.WITHDRAW: End.WITHDRAWN,
    Act.CANCEL: End.CANCELLED,
    Act.EXPIRE: End.EXPIRED,
    Act.CHOOSE_ALTERNATIVE: End.ALTERNATIVE,
}
_DECIDED = {State.ACCEPTED: Result.ACCEPTED, State.REFUSED: Result.REFUSED}


def of_change(case: Case, event: Event, profile: Profile, commit: Commit) -> Iterator[Leaf]:
    """The leaves of a change, but for the end of an attempt, which has `of_attempt`."""
    actor = event.actor
    match event.act:
        case Act.OPEN:
            yield _opened(case, actor, profile, commit)
        case Act.CONSENT:
            yield leaves.Consent(case.id, actor, digest(f"{case.consent} {case.language}"))
        case Act.ALTERNATIVE_ACCEPTED | Act.ALTERNATIVE_REFUSED:
            yield leaves.Decision(case.id, actor, _DECIDED[case.state], By.ALTERNATIVE)
        case Act.REVIEW:
            mine = case.reviews[-1]
            yield leaves.Review(case.id, actor, mine.accept, commit("reason", mine.reason))
            if case.state in _DECIDED:
                yield leaves.Decision(case.id, actor, _DECIDED[case.state], By.REVIEW, case.attempt)
        case Act.CONFIRM_ACTIVATION:
            yield leaves.Activation(case.id, actor, commit("line", case.line), attempt=case.accepted_attempt)
        case act if act in _ENDS:
            yield leaves.CaseEnded(case.id, actor, _ENDS[act])


def of_attempt(
    case: Case,
    attempt: AttemptRecord,
    actor: str,
    profile: Profile,
    commit: Commit,
    result: VerificationResult | None = None,
) -> Iterator[Leaf]:
    """The leaves of an attempt that has ended, with or without a result, and of what it decided."""
    yield leaves.Attempt(
        case=case.id,
        attempt=attempt.id,
        folio=f"{case.folio}-{attempt.number}",
        number=attempt.number,
        line=commit("line", case.line),
        actor=actor,
        outcome=Ended(str(attempt.outcome)),
        reasons=tuple(str(one["code"]) for one in attempt.reasons),
        actions=tuple(Action(one) for one in attempt.challenge),
        done=() if result is None else tuple(one.action for one in result.liveness.actions if one.passed),
        policy=policy_digest(profile),
        models=() if result is None else tuple(dict.fromkeys(model.sha256 for model in result.models)),
        threshold=None if result is None else threshold_digest(result.comparison.threshold),
        liveness=None if result is None else result.liveness.decision,
        band=None if result is None else Band(band(result.comparison)),
    )
    if case.state in _DECIDED:
        yield leaves.Decision(case.id, actor, _DECIDED[case.state], By.FACE, attempt.id)


@cache
def policy_digest(profile: Profile) -> str:
    """SHA-256 of a profile's rules, in hexadecimal: another rule is another digest."""
    return _digest(asdict(profile))


def threshold_digest(threshold: Threshold) -> str:
    """SHA-256 of a threshold with what it was measured on, in hexadecimal."""
    return _digest(asdict(threshold))


def _opened(case: Case, actor: str, profile: Profile, commit: Commit) -> Leaf:
    given = {name: getattr(case, name) for name in ("shop", "agent") if getattr(case, name) is not None}
    if case.subject_hash is not None:
        given["subject"] = case.subject_hash
    return leaves.CaseOpened(
        case=case.id,
        folio=case.folio,
        actor=actor,
        policy=policy_digest(profile),
        transaction=Transaction(case.transaction),
        channel=Channel(case.channel),
        line=commit("line", case.line),
        **{name: commit(name, value) for name, value in given.items()},
    )


def _digest(facts: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()
