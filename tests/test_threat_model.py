"""The threat model names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"\btest_\w+")


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = set(NAME.findall((ROOT / "docs" / "threat-model.md").read_text("utf-8")))
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^\s*(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(named) > 40
    assert named - there == set()


def test_nothing_is_claimed_without_a_test_or_the_word_none() -> None:
    rows = [line for line in (ROOT / "docs" / "threat-model.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    claims = [row for row in rows if not row.startswith(("| tries", "| ---"))]
    assert len(claims) > 25
    for row in claims:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4, row
        assert all(cells), row
        assert NAME.search(cells[3]) or cells[3].startswith("none"), row
