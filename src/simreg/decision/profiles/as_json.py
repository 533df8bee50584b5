"""A profile as JSON: every rule with its value, its words and where it comes from."""

from typing import Any

from simreg.decision.profiles.rules import RULES
from simreg.decision.profiles.types import Citation, Profile, Words


def profile_as_json(profile: Profile) -> dict[str, Any]:
    """The profile as one object of plain values; times are seconds."""
    return {
        "name": profile.name,
        "country": profile.country,
        "title": _words(profile.title),
        "as_of": profile.as_of,
        "based_on": profile.based_on,
        "rules": {
            rule.name: {
                "value": rule.kind.plain(rule.of(profile)),
                "words": rule.kind.words(rule.of(profile)),
                "citation": _citation(profile.citation(rule.name)),
            }
            for rule in RULES
        },
        "alternatives": [
            {"code": entry.code, **_words(entry.words), "citation": _citation(entry.citation)}
            for entry in profile.alternatives
        ],
        "notices": [
            {"code": entry.code, **_words(entry.words), "citation": _citation(entry.citation)}
            for entry in profile.notices
        ],
        "duties": [
            {"code": duty.code, "text": duty.text, "citation": _citation(duty.citation)} for duty in profile.duties
        ],
    }


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "source": citation.source,
        "where": citation.where,
        "read": citation.read.value,
        "verified": citation.verified,
        "url": citation.url,
        "given_by": citation.given_by,
    }
