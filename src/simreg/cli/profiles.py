"""``simreg profiles``: list, show, compare and check the country rules."""

import argparse
import json
import shutil
from typing import Any

from simreg.cli.profile_words import checked, compared, listed, shown
from simreg.decision.profiles.as_json import profile_as_json
from simreg.decision.profiles.check import Finding, findings
from simreg.decision.profiles.diff import differences
from simreg.decision.profiles.shelf import builtin, find, names
from simreg.decision.profiles.types import Profile

SOUND, LAX = 0, 1
"""Exit statuses of check."""

_WIDEST, _NARROWEST = 110, 60


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``profiles`` and its four commands; each sets ``func``, which returns the exit status."""
    profiles = commands.add_parser(
        "profiles", help="country rules: list, show, compare, check", description="Country rules as data."
    ).add_subparsers(dest="profiles_command", metavar="COMMAND", required=True)
    name = "name of a profile, or path of your own file"
    command = _add(profiles, "list", list_, "name the profiles that come with simreg")
    command = _add(profiles, "show", show, "show every rule of a profile and where it comes from")
    command.add_argument("name", metavar="NAME", help=name)
    command = _add(profiles, "diff", diff, "show in what two profiles differ")
    command.add_argument("first", metavar="A", help=name)
    command.add_argument("second", metavar="B", help=name)
    command = _add(
        *(profiles, "check", check, "say what is missing, or laxer than in the profile it is based on"),
        epilog="Exit status: 0 nothing found, 1 something is lax or missing, 2 the file cannot be used.",
    )
    command.add_argument("name", metavar="FILE", nargs="?", help=f"{name} (default: all that come with simreg)")


def _add(profiles: Any, name: str, func: Any, text: str, epilog: str | None = None) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = profiles.add_parser(name, help=text, description=text, epilog=epilog)
    command.add_argument("--json", action="store_true", help="print one JSON object instead of words")
    command.set_defaults(func=func)
    return command


def list_(options: argparse.Namespace) -> int:
    """Print every profile that comes with simreg: 0."""
    profiles = [builtin(name) for name in names()]
    facts = [
        {"name": one.name, "country": one.country, "title": {"en": one.title.en, "zh": one.title.zh}, "as_of": one.as_of}
        for one in profiles
    ]
    _print(options, {"profiles": facts}, listed(profiles))
    return SOUND


def show(options: argparse.Namespace) -> int:
    """Print every rule of a profile: 0."""
    profile = find(options.name)
    _print(options, profile_as_json(profile), shown(profile, _width()))
    return SOUND


def diff(options: argparse.Namespace) -> int:
    """Print in what two profiles differ: 0."""
    first, second = find(options.first), find(options.second)
    found = differences(first, second)
    facts = [{"rule": one.rule, "first": one.first, "second": one.second} for one in found]
    names_ = {"first": first.name, "second": second.name}
    _print(options, {**names_, "differences": facts}, compared(first, second, found, _width()))
    return SOUND


def check(options: argparse.Namespace) -> int:
    """Print what is lax or missing: 1 when there is something, else 0."""
    profiles = [find(options.name)] if options.name else [builtin(name) for name in names()]
    found = [(profile, _findings(profile)) for profile in profiles]
    facts = [
        {"name": profile.name, "findings": [{"code": f.code, "rule": f.rule, "text": f.text} for f in some]}
        for profile, some in found
    ]
    _print(options, {"profiles": facts}, "\n".join(checked(profile, some, _width()) for profile, some in found))
    return LAX if any(some for _, some in found) else SOUND


def _findings(profile: Profile) -> tuple[Finding, ...]:
    return findings(profile, None if profile.based_on is None else builtin(profile.based_on))


def _print(options: argparse.Namespace, facts: dict[str, Any], words: str) -> None:
    print(json.dumps(facts, ensure_ascii=False, indent=2) if options.json else words)


def _width() -> int:
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((100, 24)).columns))
