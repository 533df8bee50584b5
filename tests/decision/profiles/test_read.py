from typing import Any

import pytest

from decision.profiles.files import MINE, mine, read, table
from simreg.decision.profiles.read import LARGEST, read_profile
from simreg.decision.profiles.rules import RULES
from simreg.decision.profiles.shelf import builtin
from simreg.decision.profiles.types import LockOut, Read
from simreg.errors import InputError


def refused(found: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read(found)
    assert "mine.toml" in caught.value.sentence
    assert caught.value.remedy
    return caught.value


def test_what_the_file_says_counts_and_the_rest_is_inherited() -> None:
    profile, base = mine(), builtin("kr")
    assert (profile.attempts, profile.retention.frames_s) == (2, 300)
    assert profile.lock_out == LockOut(4, 300, 3600)
    stated = {"attempts", "lock_out", "retention.frames"}
    for rule in RULES:
        if rule.name not in stated:
            assert rule.of(profile) == rule.of(base)
            assert profile.citation(rule.name) == base.citation(rule.name)
        assert profile.inherited(rule.name) is (rule.name not in stated)
    assert (profile.country, profile.based_on) == ("KR", "kr")


def test_every_value_says_where_it_comes_from_and_who_says_so() -> None:
    profile = mine()
    own = profile.citation("attempts")
    assert (own.source, own.where, own.verified, own.read) == ("A law", "Article 1", True, Read.TEXT)
    assert (own.url, own.given_by) == ("https://law.example/1", "mine")
    assert profile.citation("transactions").given_by == "kr"
    assert profile.citation("target_fmr").given_by == "default"


def test_notices_and_duties_come_on_top_and_alternatives_replace() -> None:
    base, found = builtin("kr"), table()
    profile = read(found)
    assert [one.code for one in profile.notices] == [one.code for one in base.notices]
    assert {one.code: one.words.en for one in profile.notices}["receipt"] == "You get a receipt."
    assert [one.code for one in profile.duties] == [*(one.code for one in base.duties), "tell"]
    assert profile.alternatives == base.alternatives
    found["alternatives"] = {"by-post": {"en": "By post.", "zh": "邮寄。", "source": "us", "where": "here"}}
    assert [one.code for one in read(found).alternatives] == ["by-post"]


def test_words_keep_the_order_of_the_set_and_none_has_a_word() -> None:
    profile = mine(channels=["web", "shop"], lines_per_person="unlimited", guardian_below_age="no rule")
    assert profile.channels == ("shop", "web")
    assert profile.lines_per_person is None
    assert profile.guardian_below_age is None
    assert mine(retention_agent="as long as the record").retention.agent_s is None


@pytest.mark.parametrize(
    ("rule", "value", "code"),
    [
        ("attempts", 0, "profile-out-of-range"),
        ("attempts", 11, "profile-out-of-range"),
        ("attempts", True, "profile-wrong-type"),
        ("attempts", 3.0, "profile-wrong-type"),
        ("attempts", "3", "profile-wrong-type"),
        ("attempt", 180, "profile-wrong-unit"),
        ("attempt", "180", "profile-wrong-unit"),
        ("attempt", "3 minutes", "profile-wrong-unit"),
        ("attempt", "3 h", "profile-out-of-range"),
        ("attempt", ["3 min"], "profile-wrong-unit"),
        ("target_fmr", "0.01 %", "profile-wrong-unit"),
        ("target_fmr", 0.1, "profile-out-of-range"),
        ("target_fmr", 0, "profile-out-of-range"),
        ("target_fmr", float("nan"), "profile-out-of-range"),
        ("target_fmr", True, "profile-wrong-type"),
        ("channels", "shop", "profile-wrong-type"),
        ("channels", [], "profile-wrong-type"),
        ("channels", [1], "profile-wrong-type"),
        ("channels", ["shop", "shop"], "profile-unknown-value"),
        ("channels", ["street"], "profile-unknown-value"),
        ("lines_beyond", "accept", "profile-unknown-value"),
        ("lines_beyond", 1, "profile-wrong-type"),
        ("lines_per_person", "none", "profile-wrong-type"),
        ("lines_per_person", 0, "profile-out-of-range"),
        ("keep_frames", 5, "profile-out-of-range"),
        ("separate_consent", False, "profile-no-consent"),
        ("separate_consent", 1, "profile-wrong-type"),
        ("lock_out", {"failures": 5, "within": "3 min"}, "profile-wrong-type"),
        ("lock_out", {"failures": 5, "within": "3 min", "for": 30}, "profile-wrong-unit"),
        ("lock_out", {"failures": 1, "within": "3 min", "for": "3 min"}, "profile-out-of-range"),
        ("filing_alarm", [2, 1], "profile-out-of-range"),
        ("filing_alarm", [1.5], "profile-wrong-type"),
        ("retention_frames", "31 days", "profile-out-of-range"),
        ("retention_reference", "2 days", "profile-out-of-range"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_its_place(rule: str, value: Any, code: str) -> None:
    error = refused(table(**{rule: value}))
    assert error.code == code
    assert f"rules.{rule.replace('retention_', 'retention.')}.value" in error.sentence


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        ({"capture": "3 min", "attempt": "2 min"}, "capture"),
        ({"case": "5 min", "attempt": "3 min"}, "case"),
        ({"actions": ["blink"]}, "actions"),
        ({"keep_frames": 1, "retention_frames": "0 s"}, "keep_frames"),
        ({"retention_frames": "2 days", "retention_record": "1 day", "retention_agent": "1 day"}, "retention.frames"),
        ({"retention_reference": "60 s"}, "retention.reference"),
        ({"retention_record": "5 days"}, "retention.agent"),
        ({"lock_out": {"failures": 5, "within": "1 h", "for": "3 min"}}, "lock_out"),
    ],
)
def test_contradictions_are_refused_at_the_rule_at_fault(rules: dict[str, Any], place: str) -> None:
    error = refused(table(**rules))
    assert error.code == "profile-contradiction"
    assert f"rules.{place} " in error.sentence


@pytest.mark.parametrize(
    "where", ["", "rules", "rules.retention", "rules.attempts", "sources.law", "title", "duties.tell"]
)
@pytest.mark.parametrize("key", ["similarity", "search", "line\nbreak", "", "k" * 100])
def test_an_unknown_key_is_refused_wherever_it_stands(where: str, key: str) -> None:
    found = table()
    inner = found
    for step in filter(None, where.split(".")):
        inner = inner[step]
    inner[key] = 1
    error = refused(found)
    assert error.code == "profile-unknown-key"
    assert where in error.sentence
    assert error.sentence.isprintable()


@pytest.mark.parametrize("key", ["value", "source", "where"])
def test_a_rule_without_value_or_citation_is_refused(key: str) -> None:
    found = table()
    del found["rules"]["attempts"][key]
    error = refused(found)
    assert error.code == "profile-missing-key"
    assert f"rules.attempts.{key}" in error.sentence


@pytest.mark.parametrize("key", ["name", "title", "as_of"])
def test_what_every_file_needs_is_missed(key: str) -> None:
    found = table()
    del found[key]
    assert refused(found).code == "profile-missing-key"


def test_without_a_base_every_rule_must_be_there() -> None:
    found = table()
    del found["based_on"]
    error = refused(found)
    assert error.code == "profile-missing-key"
    assert "based_on" in error.sentence


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("name", "Mine", "profile-wrong-type"),
        ("name", "../etc", "profile-wrong-type"),
        ("name", 7, "profile-wrong-type"),
        ("country", "Korea", "profile-wrong-type"),
        ("country", 82, "profile-wrong-type"),
        ("as_of", "November", "profile-wrong-type"),
        ("as_of", 2026, "profile-wrong-type"),
        ("based_on", "xx", "profile-unknown"),
        ("based_on", ["kr"], "profile-wrong-type"),
        ("title", "Mine", "profile-wrong-type"),
        ("title", {"en": "Mine"}, "profile-missing-key"),
        ("title", {"en": "Mine", "zh": " "}, "profile-wrong-type"),
        ("sources", [], "profile-wrong-type"),
        ("rules", [], "profile-wrong-type"),
        ("alternatives", {}, "profile-no-alternative"),
        ("alternatives", [], "profile-wrong-type"),
        ("notices", {"A B": {}}, "profile-wrong-type"),
        ("duties", {f"d{i}": {} for i in range(41)}, "profile-out-of-range"),
    ],
)
def test_a_head_that_does_not_fit_is_refused_by_its_key(key: str, value: Any, code: str) -> None:
    error = refused(table() | {key: value})
    assert error.code == code
    assert key in error.sentence


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": "nobody"}, "profile-unknown-source"),
        ({"source": ["law"]}, "profile-wrong-type"),
        ({"where": ""}, "profile-wrong-type"),
        ({"where": "line\nbreak"}, "profile-wrong-type"),
        ({"where": "w" * 501}, "profile-wrong-type"),
        ({"verified": "yes"}, "profile-wrong-type"),
        ({"source": "us", "verified": True}, "profile-contradiction"),
    ],
)
def test_a_citation_that_does_not_fit_is_refused(change: dict[str, Any], code: str) -> None:
    found = table()
    found["rules"]["attempts"] |= change
    error = refused(found)
    assert error.code == code
    assert "rules.attempts." in error.sentence


@pytest.mark.parametrize("url", ["law.example", "javascript:alert(1)", "https://a b", 'https://a"onload=x'])
def test_an_address_must_be_one(url: str) -> None:
    found = table()
    found["sources"]["law"]["url"] = url
    assert refused(found).code == "profile-wrong-type"


@pytest.mark.parametrize(
    "text", ["{", "name = ", 'name = "twice"' + MINE, "a = " + "[" * 100_000, "a = 1" + "0" * 5000, "#" * (LARGEST + 1)]
)
def test_what_is_not_toml_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_profile(text, "mine.toml", builtin)
    assert caught.value.code == "profile-unreadable"
    assert "mine.toml" in caught.value.sentence
