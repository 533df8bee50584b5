"""Which change is allowed from which state, and what it may lead to."""

from dataclasses import dataclass

from simreg.registration.types import Act, State

FINAL = frozenset({State.ACTIVATED, State.EXPIRED, State.WITHDRAWN, State.CANCELLED})
"""States that nothing leads out of."""

OPEN = frozenset(State) - FINAL - {State.REFUSED}
"""States of a case that still runs. A refused one has its result, and only the way without a face leads on."""


@dataclass(frozen=True, slots=True)
class Change:
    """One act: from which states, to which states, and the names of the facts that its event tells."""

    before: frozenset[State]
    after: tuple[State, ...]
    facts: frozenset[str]
    when: str


def _change(before: frozenset[State], after: tuple[State, ...], facts: str, when: str) -> Change:
    return Change(before, after, frozenset(facts.split()), when)


def _of(*states: State) -> frozenset[State]:
    return frozenset(states)


TABLE: dict[Act, Change] = {
    Act.OPEN: _change(_of(), (State.CREATED,), "profile transaction channel line shop agent reviewers", "an order came"),
    Act.CONSENT: _change(
        _of(State.CREATED), (State.CONSENTED,), "text language", "the subscriber agreed to the text that is named"
    ),
    Act.SET_REFERENCE: _change(
        _of(State.CONSENTED, State.REFERENCED),
        (State.REFERENCED,),
        "quality",
        "a portrait was found, good enough to compare",
    ),
    Act.BEGIN_ATTEMPT: _change(
        _of(State.REFERENCED), (State.CAPTURING,), "attempt number recorded", "attempts are left, and no lock-out holds"
    ),
    Act.RESTART_ATTEMPT: _change(
        _of(State.CAPTURING), (State.CAPTURING,), "attempt number recorded", "the connection was lost; a new challenge"
    ),
    Act.ATTEMPT_ACCEPTED: _change(
        _of(State.CAPTURING), (State.ACCEPTED,), "attempt number reasons", "a live person, and the document's holder"
    ),
    Act.ATTEMPT_REFERRED: _change(
        _of(State.CAPTURING), (State.REFERRED,), "attempt number reasons", "a person has to look at it"
    ),
    Act.ATTEMPT_FAILED: _change(
        _of(State.CAPTURING),
        (State.REFERENCED, State.REFUSED),
        "attempt number reasons",
        "refused by what was seen; refused for good when no attempt is left",
    ),
    Act.ATTEMPT_ABANDONED: _change(
        _of(State.CAPTURING),
        (State.REFERENCED, State.REFUSED),
        "attempt number reasons",
        "out of time, stopped, or restarted too often; counts as an attempt, but not for the lock-out",
    ),
    Act.CHOOSE_ALTERNATIVE: _change(
        _of(
            State.CREATED,
            State.CONSENTED,
            State.REFERENCED,
            State.CAPTURING,
            State.REFERRED,
            State.REFUSED,
        ),
        (State.ALTERNATIVE,),
        "reason",
        "the subscriber would rather not, or cannot do the movements",
    ),
    Act.ALTERNATIVE_ACCEPTED: _change(
        _of(State.ALTERNATIVE), (State.ACCEPTED,), "document note", "an agent looked at person and document"
    ),
    Act.ALTERNATIVE_REFUSED: _change(
        _of(State.ALTERNATIVE), (State.REFUSED,), "document note", "an agent looked at person and document"
    ),
    Act.REVIEW: _change(
        _of(State.REFERRED),
        (State.ACCEPTED, State.REFUSED, State.REFERRED),
        "accept reason",
        "stays referred after the first of two reviewers; the second must be another person, and both must accept",
    ),
    Act.CONFIRM_ACTIVATION: _change(
        _of(State.ACCEPTED), (State.ACTIVATED,), "line attempt", "the operator switched the line on"
    ),
    Act.WITHDRAW: _change(OPEN, (State.WITHDRAWN,), "", "the subscriber takes the consent or the order back"),
    Act.CANCEL: _change(OPEN, (State.CANCELLED,), "reason", "the operator takes the order back"),
    Act.EXPIRE: _change(OPEN, (State.EXPIRED,), "", "the case's time is over"),
}
"""All that can happen to a case."""
