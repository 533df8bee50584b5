"""Reads a profile's file, strictly: what it says is checked, what it leaves out comes from the profile it is based on."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from simreg.decision.profiles.coherence import check_coherent
from simreg.decision.profiles.place import Place
from simreg.decision.profiles.rules import BY_NAME, RULES
from simreg.decision.profiles.sources import CITING, Sources, read_sources
from simreg.decision.profiles.types import Citation, Duty, Entry, Profile, Retention, Words
from simreg.errors import InputError

LARGEST = 1 << 18
"""Characters."""

_TOP = ("name", "country", "title", "as_of", "based_on", "sources", "rules", "alternatives", "notices", "duties")
_CODE = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_MOST_ENTRIES = 40


def read_profile(text: str, file: str, base: Callable[[str], Profile]) -> Profile:
    """The profile that a TOML text states.

    ``file`` is what to call it in errors, ``base`` gives the profile of a name and raises InputError for an unknown one.
    Raises InputError with the place in its sentence: ``profile-unreadable``, ``profile-unknown-key``,
    ``profile-missing-key``, ``profile-wrong-type``, ``profile-wrong-unit``, ``profile-out-of-range``,
    ``profile-unknown-value``, ``profile-unknown-source``, ``profile-no-alternative``, ``profile-no-consent``,
    ``profile-contradiction``.
    """
    if len(text) > LARGEST:
        raise InputError("profile-unreadable", f"{file} is too large for a profile.", "Give another file.")
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = str(error).rstrip(".") if not isinstance(error, RecursionError) else "it is nested too deeply"
        raise InputError("profile-unreadable", f"{file} is not TOML: {why}.", "Mend it at that place.") from error
    return profile_of(table, file, base)


def profile_of(table: Mapping[str, Any], file: str, base: Callable[[str], Profile]) -> Profile:
    """The profile that a table states; as `read_profile`."""
    place = Place(file)
    top = place.keys(table, _TOP, ("name", "title", "as_of"))
    name = code(place.below("name"), top["name"])
    based_on = _base(place, top, base)
    sources = read_sources(place.below("sources"), top.get("sources", {}), name)
    values, citations = _rules(place.below("rules"), top.get("rules", {}), based_on, sources)
    known = {} if based_on is None else {entry.code: entry for entry in based_on.notices}
    obliged = {} if based_on is None else {duty.code: duty for duty in based_on.duties}
    notices = _entries(place.below("notices"), top.get("notices", {}), sources)
    duties = _duties(place.below("duties"), top.get("duties", {}), sources)
    profile = Profile(
        name=name,
        country=_country(place.below("country"), top.get("country"), based_on),
        title=_words(place.below("title"), place.below("title").keys(top["title"], ("en", "zh"), ("en", "zh"))),
        as_of=_month(place.below("as_of"), top["as_of"]),
        based_on=None if based_on is None else based_on.name,
        alternatives=_alternatives(place.below("alternatives"), top.get("alternatives"), based_on, sources),
        notices=tuple((known | {entry.code: entry for entry in notices}).values()),
        duties=tuple((obliged | {duty.code: duty for duty in duties}).values()),
        citations=citations,
        **values,
    )
    check_coherent(profile, place)
    return profile


def code(place: Place, value: Any) -> str:
    """A name: lower-case words with dashes."""
    if not isinstance(value, str) or len(value) > 40 or not re.fullmatch(_CODE, value):
        place.refuse("profile-wrong-type", "must be lower-case words joined by dashes, such as mobile-id")
    return value


def _base(place: Place, top: dict[str, Any], base: Callable[[str], Profile]) -> Profile | None:
    if "based_on" not in top:
        return None
    here = place.below("based_on")
    try:
        return base(code(here, top["based_on"]))
    except InputError as error:
        if error.code == "profile-unknown":
            here.refuse(error.code, f"names no profile that comes with simreg. {error.remedy}".rstrip("."))
        raise


def _country(place: Place, value: Any, based_on: Profile | None) -> str | None:
    if value is None:
        return None if based_on is None else based_on.country
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{2}", value):
        place.refuse("profile-wrong-type", "must be a country's two letters (ISO 3166-1), such as KR")
    return value


def _month(place: Place, value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", value):
        place.refuse("profile-wrong-type", 'must be a month in quotes, such as "2026-11"')
    return value


def _words(place: Place, table: dict[str, Any]) -> Words:
    return Words(place.below("en").text(table["en"]), place.below("zh").text(table["zh"]))


def _rules(
    place: Place, table: Any, based_on: Profile | None, sources: Sources
) -> tuple[dict[str, Any], tuple[tuple[str, Citation], ...]]:
    """The values by field of the profile, and where each comes from."""
    stated = _by_name(place, table)
    values: dict[str, Any] = {}
    retention: dict[str, Any] = {}
    citations = []
    for rule in RULES:
        here = place.below(rule.name)
        into = retention if rule.path.startswith("retention.") else values
        key = rule.path.rpartition(".")[2]
        if rule.name in stated:
            one = here.keys(stated[rule.name], ("value", *CITING), ("value",))
            into[key] = here.below("value").read(rule.kind, one["value"])
            citations.append((rule.name, sources.citation(here, one)))
        elif based_on is not None:
            into[key] = rule.of(based_on)
            citations.append((rule.name, based_on.citation(rule.name)))
        else:
            here.refuse("profile-missing-key", "is missing, and there is no profile to take it from (based_on)")
    return values | {"retention": Retention(**retention)}, tuple(citations)


def _by_name(place: Place, table: Any) -> dict[str, Any]:
    """Rules by name, those of [rules.retention] as retention.frames and so on."""
    first = dict.fromkeys(name.partition(".")[0] for name in BY_NAME)
    stated = dict(place.keys(table, first))
    here = place.below("retention")
    known = [name.partition(".")[2] for name in BY_NAME if name.startswith("retention.")]
    kept = here.keys(stated.pop("retention", {}), known)
    return stated | {f"retention.{name}": one for name, one in kept.items()}


def _listed(place: Place, table: Any) -> dict[str, Any]:
    listed = place.table(table)
    if len(listed) > _MOST_ENTRIES:
        place.refuse("profile-out-of-range", f"must have at most {_MOST_ENTRIES} entries")
    return listed


def _entries(place: Place, table: Any, sources: Sources) -> tuple[Entry, ...]:
    found = []
    for key, value in _listed(place, table).items():
        name = code(place, key)
        here = place.below(name)
        one = here.keys(value, ("en", "zh", *CITING), ("en", "zh"))
        found.append(Entry(name, _words(here, one), sources.citation(here, one)))
    return tuple(found)


def _alternatives(place: Place, table: Any, based_on: Profile | None, sources: Sources) -> tuple[Entry, ...]:
    if table is None and based_on is not None:
        return based_on.alternatives
    found = _entries(place, {} if table is None else table, sources)
    if not found:
        place.refuse("profile-no-alternative", "must have at least one way without the face")
    return found


def _duties(place: Place, table: Any, sources: Sources) -> tuple[Duty, ...]:
    found = []
    for key, value in _listed(place, table).items():
        name = code(place, key)
        here = place.below(name)
        one = here.keys(value, ("text", *CITING), ("text",))
        found.append(Duty(name, here.below("text").text(one["text"]), sources.citation(here, one)))
    return tuple(found)
