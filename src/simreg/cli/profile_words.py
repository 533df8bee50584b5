"""Profiles in plain words for a terminal."""

import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import chop_cells

from simreg.decision.profiles.check import Finding
from simreg.decision.profiles.diff import Difference
from simreg.decision.profiles.rules import RULES
from simreg.decision.profiles.types import Citation, Duty, Entry, Profile, Read

_LABEL = 26


def listed(profiles: Iterable[Profile]) -> str:
    """One line a profile."""
    return "\n".join(f"{one.name:<9}{one.title.en} ({one.title.zh}), as of {one.as_of}" for one in profiles)


def shown(profile: Profile, width: int) -> str:
    """Every rule with its value and where it comes from, then the texts, the operator's duties, and the sources."""
    page = _Page(profile, width)
    lines = [
        f"{profile.title.en} ({profile.title.zh}): {profile.name}, as of {profile.as_of}",
        *_standing(profile, width),
    ]
    for group, rules in groupby(RULES, key=lambda rule: rule.group):
        lines += ["", group]
        for rule in rules:
            lines += page.row(rule.label, rule.kind.words(rule.of(profile)), profile.citation(rule.name))
    lines += ["", "Ways without the face, offered before the camera opens", *page.entries(profile.alternatives)]
    lines += ["", "What the subscriber is told", *page.entries(profile.notices)]
    lines += ["", "What the operator must see to itself"]
    for duty in profile.duties:
        lines += page.row(duty.code, duty.text, duty.citation)
    return "\n".join([*lines, "", "Sources", *page.sources()])


def compared(first: Profile, second: Profile, found: Sequence[Difference], width: int) -> str:
    """What differs, one rule after the other."""
    if not found:
        return f"{first.name} and {second.name} say the same."
    lines = [f"{first.name} ({first.title.en}) and {second.name} ({second.title.en})"]
    mark = max(len(first.name), len(second.name)) + 2
    for one in found:
        lines += ["", one.label]
        lines += _hanging(f"  {first.name:<{mark}}{one.first}", width, mark + 2)
        lines += _hanging(f"  {second.name:<{mark}}{one.second}", width, mark + 2)
    return "\n".join(lines)


def checked(profile: Profile, found: Sequence[Finding], width: int) -> str:
    """What is lax or missing, and how much of the profile a lawyer has verified."""
    base = "" if profile.based_on is None else f", based on {profile.based_on}"
    verdict = "nothing lax or missing" if not found else f"{len(found)} to look at"
    lines = [f"{profile.name} ({profile.title.en}{base}): {verdict}. {_verified(profile)}"]
    for one in found:
        lines += _hanging(f"  {one.rule}: {one.text}. [{one.code}]", width, 4)
    return "\n".join(lines)


def _standing(profile: Profile, width: int) -> list[str]:
    based_on = "Based on nothing else." if profile.based_on is None else f"Based on {profile.based_on}."
    return textwrap.wrap(f"{based_on} {_verified(profile)} This is no legal advice.", width)


def _verified(profile: Profile) -> str:
    cited = [*(one for _, one in profile.citations), *(one.citation for one in _all_entries(profile))]
    ruled = [one for one in cited if one.read is not Read.OWN_CHOICE]
    done = sum(one.verified for one in ruled)
    chosen = len(cited) - len(ruled)
    return f"A lawyer has verified {done} of {len(ruled)} facts taken from rules; {chosen} are own choices."


def _all_entries(profile: Profile) -> list[Entry | Duty]:
    return [*profile.alternatives, *profile.notices, *profile.duties]


class _Page:
    """Rows of one profile's page; gives each source the number under which it is listed at the end."""

    def __init__(self, profile: Profile, width: int) -> None:
        self._profile = profile
        self._width = width
        self._numbers: dict[tuple[str, Read, str | None], int] = {}

    def row(self, label: str, value: str, citation: Citation, *more: str) -> list[str]:
        """A value with its label, further lines, and where it comes from."""
        lines = _hanging(f"  {label:<{_LABEL - 2}}{value}", self._width, _LABEL)
        lines += [" " * _LABEL + part for one in more for part in chop_cells(one, self._width - _LABEL)]
        return lines + _hanging(" " * _LABEL + self._origin(citation), self._width, _LABEL + 2)

    def entries(self, entries: Iterable[Entry]) -> list[str]:
        """Texts in both languages."""
        rows = (self.row(one.code, one.words.en, one.citation, one.words.zh) for one in entries)
        return [line for row in rows for line in row]

    def sources(self) -> list[str]:
        """All sources by number, and how each was read."""
        lines = []
        for (title, read, url), number in self._numbers.items():
            how = "its text was read" if read is Read.TEXT else "read second-hand"
            lines += _hanging(f"  [{number}] {title}; {how}", self._width, 6)
            lines += [] if url is None else [f"      {url}"]
        return lines or ["  none"]

    def _origin(self, citation: Citation) -> str:
        inherited = citation.given_by != self._profile.name
        if citation.read is Read.OWN_CHOICE:
            return f"[{f'{citation.given_by}: ' if inherited else ''}own choice] {citation.where}"
        number = self._numbers.setdefault((citation.source, citation.read, citation.url), len(self._numbers) + 1)
        verified = "verified" if citation.verified else "not verified"
        return f"[{f'{citation.given_by}: ' if inherited else ''}{number}, {verified}] {citation.where}"


def _hanging(text: str, width: int, indent: int) -> list[str]:
    lead = len(text) - len(text.lstrip(" "))
    return textwrap.wrap(
        text[lead:], width, initial_indent=" " * lead, subsequent_indent=" " * indent, break_on_hyphens=False
    )
