from typing import Any

import pytest

from decision.profiles.files import mine, read, table
from simreg.decision.profiles.check import challenge_bits, findings
from simreg.decision.profiles.shelf import builtin
from simreg.decision.profiles.types import Profile


def found(profile: Profile, base: str = "kr") -> dict[str, str]:
    """Codes by rule."""
    return {one.rule: one.code for one in findings(profile, builtin(base))}


def test_a_profile_that_only_tightens_is_sound() -> None:
    assert found(mine()) == {}
    tighter: dict[str, Any] = {
        "attempts": 1,
        "target_fmr": 1e-5,
        "lines_per_person": 1,
        "least_actions": 4,
        "guardian_below_age": 18,
        "two_reviewers_above": 0.2,
        "least_face": 200,
        "retention_agent": "1 day",
        "document_readings": ["chip"],
    }
    assert found(mine(**tighter)) == {}


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("attempts", 5),
        ("attempt", "5 min"),
        ("capture", "60 s"),
        ("token", "20 min"),
        ("case", "2 days"),
        ("least_actions", 2),
        ("actions", ["turn-left", "turn-right", "blink", "look-up"]),
        ("target_fmr", 0.001),
        ("fnmr_goal", 0.05),
        ("iapar_goal", 0.1),
        ("least_face", 100),
        ("least_frame", 240),
        ("two_reviewers_above", 0.9),
        ("retention_frames", "1 h"),
        ("retention_reference", "1 h"),
        ("retention_record", "5 years"),
        ("retention_record", "1 year"),
        ("retention_receipt", "5 years"),
        ("retention_agent", "11 days"),
        ("retention_agent", "as long as the record"),
        ("lock_out", {"failures": 6, "within": "3 min", "for": "30 min"}),
        ("lock_out", {"failures": 5, "within": "2 min", "for": "30 min"}),
        ("lock_out", {"failures": 5, "within": "3 min", "for": "20 min"}),
    ],
)
def test_what_is_laxer_than_the_base_is_found(rule: str, value: Any) -> None:
    name = rule.replace("retention_", "retention.")
    assert found(mine(**{rule: value})) == {name: "laxer"}


@pytest.mark.parametrize(
    ("base", "rule", "value"),
    [
        ("cn", "lines_per_person", 6),
        ("cn", "lines_per_person", "unlimited"),
        ("cn", "lines_beyond", "refer"),
        ("cn", "guardian_below_age", 13),
        ("cn", "guardian_below_age", "no rule"),
        ("mx", "lines_counted", "operator"),
        ("jp", "document_readings", ["picture", "chip"]),
    ],
)
def test_what_is_laxer_than_a_countrys_rule_is_found(base: str, rule: str, value: Any) -> None:
    profile = read(table(**{rule: value}) | {"based_on": base})
    assert found(profile, base)[rule] == "laxer"


def test_an_alternative_that_goes_is_found_unless_a_rule_says_so() -> None:
    alone = {"by-post": {"en": "By post.", "zh": "邮寄。", "source": "us", "where": "cheaper"}}
    here = findings(read(table() | {"alternatives": alone}), builtin("kr"))
    assert [one.code for one in here] == ["alternative-gone"] * 2
    assert "mobile-id" in here[0].text
    alone["by-post"]["source"] = "law"
    assert findings(read(table() | {"alternatives": alone}), builtin("kr")) == ()


def test_frames_that_no_rule_asks_for_are_found() -> None:
    profile = mine(keep_frames=2)
    assert [one.code for one in findings(profile, builtin("kr"))] == ["laxer", "frames-unasked"]
    asked = table(keep_frames=2)
    asked["rules"]["keep_frames"]["source"] = "law"
    assert [one.code for one in findings(read(asked), None)] == []


def test_too_few_challenges_are_found() -> None:
    profile = mine(actions=["turn-left", "blink"], least_actions=8)
    assert challenge_bits(profile) == 1.0
    assert "few-challenges" in {one.code for one in findings(profile, None)}
    assert challenge_bits(builtin("default")) == pytest.approx(8.6, abs=0.05)


def test_a_finding_says_both_values_in_words() -> None:
    (one,) = findings(mine(retention_reference="1 h"), builtin("kr"))
    assert one.text == "1 hour, where kr has 10 minutes: laxer"
