"""The page shows what was measured."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_tables_of_the_page_are_those_of_the_readings() -> None:
    script = ROOT / "scripts" / "synthetic_truth.py"
    made = subprocess.run([sys.executable, script, "table"], check=True, capture_output=True, text=True, encoding="utf-8")
    page = (ROOT / "docs" / "pose-estimator.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in made.stdout.splitlines() if line.startswith("|")]
    assert len(rows) > 40
    assert [row for row in rows if row not in page] == []
