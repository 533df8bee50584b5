"""What a profile lacks, or has laxer than the profile that it is based on."""

import math
from dataclasses import dataclass

from simreg.decision.profiles.rules import RULES, Lax, Rule
from simreg.decision.profiles.types import Beyond, Counted, Profile, Read

LEAST_BITS = 5.0
"""Fewer than 32 equally likely challenges can be answered by a few recordings made beforehand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is lax or missing: a stable code, the rule that it is about, and a sentence."""

    code: str
    rule: str
    text: str


def challenge_bits(profile: Profile) -> float:
    """Entropy in bits of the shortest challenge, for a person who can do every movement."""
    choices = len(profile.actions)
    return math.log2(choices) + (profile.least_actions - 1) * math.log2(max(choices - 1, 1))


def findings(profile: Profile, base: Profile | None) -> tuple[Finding, ...]:
    """What is lax or missing, in the order of the rules; ``base`` is what the profile is based on."""
    found = [] if base is None else _laxer(profile, base)
    if (bits := challenge_bits(profile)) < LEAST_BITS:
        text = f"a challenge has only {bits:.1f} bits; more movements, or more to draw them from, make it harder to film"
        found.append(Finding("few-challenges", "least_actions", text))
    asked = profile.citation("keep_frames").read is not Read.OWN_CHOICE
    if profile.keep_frames and not asked:
        text = f"{profile.keep_frames} frames are kept for a reviewer, and no rule is cited that asks for it"
        found.append(Finding("frames-unasked", "keep_frames", text))
    return tuple(found)


def _laxer(profile: Profile, base: Profile) -> list[Finding]:
    found = []
    for rule in RULES:
        here, there = rule.of(profile), rule.of(base)
        why = _lock_out(profile, base) if rule.name == "lock_out" else _why_laxer(rule, here, there)
        if why:
            had = f"{rule.kind.words(here)}, where {base.name} has {rule.kind.words(there)}"
            found.append(Finding("laxer", rule.name, f"{had}: {why}"))
    found += _lines(profile, base)
    offered = {entry.code for entry in profile.alternatives}
    for entry in base.alternatives:
        if entry.code not in offered and not any(_of_a_rule(one.citation.read) for one in profile.alternatives):
            text = f"{base.name} offers the way without the face “{entry.code}”, this profile does not"
            found.append(Finding("alternative-gone", "alternatives", text))
    return found


def _of_a_rule(read: Read) -> bool:
    return read is not Read.OWN_CHOICE


def _why_laxer(rule: Rule, here: object, there: object) -> str | None:
    if isinstance(here, tuple) and isinstance(there, tuple):
        changed = {Lax.ADDED: set(here) - set(there), Lax.REMOVED: set(there) - set(here)}.get(rule.lax)
        return f"{', '.join(sorted(changed))} {rule.lax}" if changed else None
    a, b = _number(rule, here), _number(rule, there)
    if a is None or b is None or a == b:
        return None
    if rule.lax is Lax.EITHER:
        return "longer than needed" if a > b else "shorter than it must be kept"
    laxer = (rule.lax is Lax.HIGHER and a > b) or (rule.lax is Lax.LOWER and a < b)
    return "laxer" if laxer else None


def _number(rule: Rule, value: object) -> float | None:
    if value is None:
        return rule.none
    return float(value) if isinstance(value, int | float) else None


def _lock_out(profile: Profile, base: Profile) -> str | None:
    here, there = profile.lock_out, base.lock_out
    laxer = here.failures > there.failures or here.within_s < there.within_s or here.for_s < there.for_s
    return "laxer" if laxer else None


def _lines(profile: Profile, base: Profile) -> list[Finding]:
    """How lines are counted and what follows: laxer only where the base has a limit at all."""
    if base.lines_per_person is None:
        return []
    found = []
    if base.lines_counted is Counted.ALL_OPERATORS and profile.lines_counted is Counted.OPERATOR:
        text = f"only the operator's own lines count, where {base.name} counts those of all operators"
        found.append(Finding("laxer", "lines_counted", text))
    if base.lines_beyond is Beyond.REFUSE and profile.lines_beyond is Beyond.REFER:
        text = f"a line too many is referred to a person, where {base.name} refuses it"
        found.append(Finding("laxer", "lines_beyond", text))
    return found
