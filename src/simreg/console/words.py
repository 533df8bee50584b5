"""Cases, reasons, times and profiles as people read them."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from simreg.console.texts import Texts
from simreg.console.texts.types import Pair
from simreg.decision.profiles.durations import told
from simreg.decision.profiles.shelf import builtin, load_file, names
from simreg.decision.profiles.types import Profile, Words
from simreg.settings import Settings

MINUTE, HOUR, DAY = 60, 3600, 86_400


def moment(at: datetime) -> Markup:
    """A time in UTC, which the script of the pages writes anew in the reader's own time zone."""
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), f"{at:%Y-%m-%d %H:%M} UTC")


def waited(since: datetime, now: datetime, language: str) -> str:
    """How long something has waited, in one unit and at least a minute: "12 minutes"."""
    seconds = max(MINUTE, int((now - since).total_seconds()))
    unit = next(unit for unit in (DAY, HOUR, MINUTE) if seconds >= unit)
    return told(seconds // unit * unit, language)


def reason_words(reason: Mapping[str, Any], texts: Texts) -> Pair:
    """A reason that was kept: our words by its code, else those kept with it."""
    found = texts.reasons.get(str(reason["code"]))
    if found is not None:
        return found
    return (str(reason["text"]), str(reason["remedy"])) if reason["text"] else texts.reason_unknown


def in_words(words: Words, language: str) -> str:
    """One of a profile's texts."""
    return words.zh if language == "zh" else words.en


def offered(settings: Settings) -> dict[str, Profile]:
    """The profiles that a case can be opened with: the usual one first, then the operator's own, then the others."""
    own = {profile.name: profile for profile in (load_file(Path(path)) for path in settings.profiles)}
    known = own | {name: builtin(name) for name in names()}
    first = {settings.profile: known[settings.profile]} if settings.profile in known else {}
    return first | known
