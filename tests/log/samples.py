"""Leaves for tests: one of each kind, and any that there can be."""

from dataclasses import fields
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from simreg.liveness.types import Action, PadDecision
from simreg.log.fields import Between, Matches, OneOf
from simreg.log.keys import Kind, Signer
from simreg.log.leaves import KINDS, Attempt, CaseOpened, Consent, Leaf
from simreg.log.words import Band, Ended

CASE = "case_" + "0123456789" * 2
ATTEMPT = "att_" + "abcdefghjk" * 2
FOLIO = "8F3KQ-27XMB"
SOME = "ab" * 32
LOG = Signer("log.example/one", bytes(range(32)))
WITNESS = Signer("witness.example/w", bytes(range(1, 33)), Kind.COSIGNATURE)
AT = 1_790_000_000


def attempt(number: int = 1, line: str = SOME, outcome: Ended = Ended.ACCEPTED) -> Attempt:
    """An attempt; others have another number."""
    return Attempt(
        case=CASE,
        attempt=ATTEMPT,
        folio=f"{FOLIO}-{number}",
        number=number,
        line=line,
        actor="system",
        outcome=outcome,
        reasons=("accepted",),
        actions=(Action.TURN_LEFT, Action.BLINK),
        done=(Action.TURN_LEFT, Action.BLINK),
        policy=SOME,
        models=(SOME, SOME),
        threshold=SOME,
        liveness=PadDecision.BONA_FIDE,
        band=Band.MATCH,
    )


def consents(count: int) -> list[Leaf]:
    """So many different leaves."""
    return [Consent(CASE, "subscriber", f"{number:064x}") for number in range(count)]


OPENED = CaseOpened(CASE, FOLIO, "api:1", SOME, "new", "shop", SOME)  # type: ignore[arg-type]


def values(hint: Any) -> st.SearchStrategy[Any]:
    """All values that a field of a type can have."""
    origin, given = get_origin(hint), get_args(hint)
    if origin is Annotated:
        bound = given[1]
        if isinstance(bound, Between):
            return st.integers(bound.least, bound.most)
        if isinstance(bound, OneOf):
            return st.sampled_from(sorted(bound.words))
        assert isinstance(bound, Matches)
        return st.from_regex(rf"\A(?:{bound.pattern})\Z".replace(r"\Z", r"(?!\n)\Z"), fullmatch=True)
    if origin in (Union, UnionType):
        return st.none() | values(given[0])
    if origin is tuple:
        return st.lists(values(given[0]), max_size=4).map(tuple)
    if hint is bool:
        return st.booleans()
    assert issubclass(hint, StrEnum)
    return st.sampled_from(hint)


def leaves_of(kind: type[Leaf]) -> st.SearchStrategy[Leaf]:
    """All leaves of a kind."""
    hints = get_type_hints(kind, include_extras=True)
    return st.builds(kind, **{one.name: values(hints[one.name]) for one in fields(kind)})


ANY = st.sampled_from(sorted(KINDS)).flatmap(lambda name: leaves_of(KINDS[name]))
