"""The sources that a profile's file names, and the citations that refer to them."""

import re
from dataclasses import dataclass
from typing import Any

from simreg.decision.profiles.kinds import OneOf
from simreg.decision.profiles.place import Place
from simreg.decision.profiles.types import Citation, Read

CITING = ("source", "where", "verified")
"""Keys with which every rule and entry says where it comes from."""


@dataclass(frozen=True, slots=True)
class Source:
    """A law, a standard or our own choice; ``url`` of a page about it, or None."""

    title: str
    read: Read
    url: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of one file by key; ``profile`` is the name of the profile that the file states."""

    profile: str
    by_key: dict[str, Source]

    def citation(self, place: Place, table: dict[str, Any]) -> Citation:
        """What a rule's or an entry's table says about where it comes from."""
        place.keys(table, table, ("source", "where"))
        key = place.below("source").text(table["source"])
        source = self.by_key.get(key)
        if source is None:
            known = ", ".join(self.by_key) or "none"
            place.below("source").refuse("profile-unknown-source", f"names no source of this file; its sources: {known}")
        verified = place.below("verified").yes_or_no(table.get("verified", False))
        if verified and source.read is not Read.TEXT:
            place.below("verified").refuse(
                "profile-contradiction",
                f"cannot be true, as the source {key} was not read itself (read = “{source.read}”)",
            )
        where = place.below("where").text(table["where"])
        return Citation(source.title, where, verified, source.read, source.url, self.profile)


def read_sources(place: Place, table: Any, profile: str) -> Sources:
    """The table of sources."""
    found = {}
    for key, value in place.table(table).items():
        here = place.below(key if re.fullmatch(r"[a-z0-9-]{1,40}", key) else ascii(key[:40]))
        one = here.keys(value, ("title", "read", "url"), ("title", "read"))
        url = here.below("url").text(one["url"]) if "url" in one else None
        if url is not None and not re.fullmatch(r"https?://[^\s<>\"]+", url):
            here.below("url").refuse("profile-wrong-type", "must be an address that begins with https:// or http://")
        found[key] = Source(
            here.below("title").text(one["title"]), here.below("read").read(OneOf(Read), one["read"]), url
        )
    return Sources(profile, found)
