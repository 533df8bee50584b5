"""The page on profiles says what the code does."""

import re
from pathlib import Path

import simreg.decision.profiles
from simreg.decision.profiles.check import findings
from simreg.decision.profiles.kinds import OneOf, SomeOf
from simreg.decision.profiles.read import read_profile
from simreg.decision.profiles.rules import RULES
from simreg.decision.profiles.shelf import builtin

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "profiles.md").read_text(encoding="utf-8")
ROOM = Path(simreg.decision.profiles.__file__).parent


def section(title: str) -> dict[str, str]:
    """The rows of the table under a heading, by their first cell."""
    text = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]*?) \|", text, re.MULTILINE))


def test_the_page_has_every_rule_in_order_with_its_words() -> None:
    rows = section("Rules")
    assert list(rows) == [rule.name for rule in RULES]
    for rule in RULES:
        if isinstance(rule.kind, OneOf | SomeOf):
            assert rows[rule.name] == ", ".join(rule.kind.words_known)


def test_the_page_has_every_error_code() -> None:
    raised = {
        code for module in ROOM.glob("*.py") for code in re.findall(r'"(profile-[a-z-]+)"', module.read_text("utf-8"))
    }
    assert set(section("Error codes")) == raised


def test_the_example_is_a_profile_and_sound() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    profile = read_profile(example, "example.toml", builtin)
    assert profile.retention.frames_s == 300
    assert findings(profile, builtin("kr")) == ()
