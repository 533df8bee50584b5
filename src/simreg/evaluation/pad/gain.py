"""What each check catches and what it costs, out of results that are kept: nothing is judged again."""

from collections.abc import Sequence
from dataclasses import dataclass

from simreg.evaluation.pad.rates import CHALLENGE, blockers, by_species, of, response, share
from simreg.evaluation.pad.types import Attempt, Label, Rate, Response
from simreg.liveness.types import State


@dataclass(frozen=True, slots=True)
class Caught:
    """Of the presentations of one species: how often a check stood in the way, and how often nothing else did."""

    stood: int
    alone: int


@dataclass(frozen=True, slots=True)
class Without:
    """How all would go if a check were left out.

    ``check`` is its name, or ``challenge``; ``by_species`` the share of presentations that would pass, by kind and
    species; ``held_up`` the share of bona fide ones that would not. ``freed`` and ``let_in`` are what that changes: bona
    fide presentations that would pass, and attacks that would.
    """

    check: str
    by_species: dict[tuple[str, str], Rate]
    held_up: Rate
    freed: int
    let_in: int


def check_names(attempts: Sequence[Attempt]) -> list[str]:
    """The challenge and all checks, in their order."""
    checks = (check.name for one in attempts if one.judged.pad for check in one.judged.pad.checks)
    return [CHALLENGE, *dict.fromkeys(checks)]


def caught(attempts: Sequence[Attempt], check: str) -> Caught:
    """What a check did among these presentations."""
    ways = [blockers(one.judged) for one in attempts]
    return Caught(sum(check in way for way in ways), sum(way == {check} for way in ways))


def suspected(attempts: Sequence[Attempt], check: str) -> int:
    """How often a check spoke for an attack."""
    pads = (one.judged.pad for one in attempts if one.judged.pad)
    return sum(
        found.name == check and found.state is State.FAILED and found.suspicious for pad in pads for found in pad.checks
    )


def without(attempts: Sequence[Attempt], check: str) -> Without:
    """How all would go without this check: an attempt passes when nothing else stands in its way."""
    genuine = of(attempts, Label.BONA_FIDE)
    attacks = by_species(attempts)
    return Without(
        check=check,
        by_species={key: _passing(some, check) for key, some in attacks.items()},
        held_up=share([one.judged for one in genuine], lambda judged: not blockers(judged) <= {check}),
        freed=caught(genuine, check).alone,
        let_in=sum(caught(some, check).alone for some in attacks.values()),
    )


def _passing(attempts: Sequence[Attempt], check: str) -> Rate:
    return share([one.judged for one in attempts], lambda judged: blockers(judged) <= {check})


def failures(attempts: Sequence[Attempt]) -> tuple[list[Attempt], list[Attempt]]:
    """Attacks that passed, and bona fide presentations that did not."""
    passed = [one for one in of(attempts, Label.ATTACK) if response(one.judged) is Response.BONA_FIDE]
    held_up = [one for one in of(attempts, Label.BONA_FIDE) if response(one.judged) is not Response.BONA_FIDE]
    return passed, held_up
