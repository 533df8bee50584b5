"""How two profiles differ."""

from dataclasses import dataclass

from simreg.decision.profiles.rules import RULES
from simreg.decision.profiles.types import Profile


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule, or a list of entries, in which two profiles differ: its name, its label, and both values in words."""

    rule: str
    label: str
    first: str
    second: str


def differences(first: Profile, second: Profile) -> tuple[Difference, ...]:
    """Rules with other values, and alternatives, notices and duties that only one of the two has."""
    found = [
        Difference(rule.name, rule.label, rule.kind.words(rule.of(first)), rule.kind.words(rule.of(second)))
        for rule in RULES
        if rule.of(first) != rule.of(second)
    ]
    for name in ("alternatives", "notices", "duties"):
        here = {entry.code: _said(entry) for entry in getattr(first, name)}
        there = {entry.code: _said(entry) for entry in getattr(second, name)}
        if here != there:
            found.append(Difference(name, name, _only(here, there), _only(there, here)))
    return tuple(found)


def _said(entry: object) -> object:
    return getattr(entry, "words", None) or getattr(entry, "text", None)


def _only(here: dict[str, object], there: dict[str, object]) -> str:
    return ", ".join(code for code, said in here.items() if there.get(code) != said) or "nothing of its own"
