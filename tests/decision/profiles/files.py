"""Profiles' files made up for tests."""

import copy
import tomllib
from typing import Any

from simreg.decision.profiles.read import profile_of
from simreg.decision.profiles.shelf import builtin
from simreg.decision.profiles.types import Profile

MINE = """
name = "mine"
title = { en = "Mine", zh = "我的" }
as_of = "2026-11"
based_on = "kr"

[sources.law]
title = "A law"
read = "text"
url = "https://law.example/1"

[sources.us]
title = "Our own choice"
read = "own-choice"

[rules.attempts]
value = 2
source = "law"
where = "Article 1"
verified = true

[rules.lock_out]
value = { failures = 4, within = "5 min", for = "1 h" }
source = "us"
where = "stricter"

[rules.retention.frames]
value = "5 min"
source = "us"
where = "shorter"

[notices.receipt]
en = "You get a receipt."
zh = "您会得到凭证。"
source = "law"
where = "Article 2"

[duties.tell]
text = "Tell people."
source = "law"
where = "Article 3"
"""


def table(**rules: Any) -> dict[str, Any]:
    """The file's table; with rules by name (retention_frames for retention.frames) of our own choice."""
    found = copy.deepcopy(tomllib.loads(MINE))
    for name, value in rules.items():
        put(found, name, value)
    return found


def put(found: dict[str, Any], name: str, value: Any) -> None:
    stated = {"value": value, "source": "us", "where": "a test"}
    if name.startswith("retention_"):
        found["rules"].setdefault("retention", {})[name.removeprefix("retention_")] = stated
    else:
        found["rules"][name] = stated


def read(found: dict[str, Any]) -> Profile:
    return profile_of(found, "mine.toml", builtin)


def mine(**rules: Any) -> Profile:
    """The profile with rules of its own."""
    return read(table(**rules))
