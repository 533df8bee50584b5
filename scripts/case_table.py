"""Write docs/case-states.md from the code: every change that a case can go through.

With --check nothing is written; the exit status is 1 when the file is not what it would be.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from simreg.registration.table import FINAL, TABLE
from simreg.registration.types import Act, State

PAGE = Path(__file__).resolve().parent.parent / "docs" / "case-states.md"
HEAD = """# The states of a case

Written by `scripts/case_table.py` from the code; do not edit by hand. A case is one registration of one line. Each
change is made in one transaction with its event, and only from the version of the case that it was decided on. Once the
case's time is over nothing is allowed but `expire`.

| act | from | to | when |
| --- | --- | --- | --- |
"""
MIDDLE = """
What can happen in each state:

| state | acts |
| --- | --- |
"""


def page() -> str:
    """The whole file."""
    changes = [
        f"| `{act}` | {_words(s for s in State if s in change.before)} | {_words(change.after)} | {change.when} |"
        for act, change in TABLE.items()
    ]
    states = [f"| `{state}` | {_words(_acts(state)) or _end(state)} |" for state in State]
    return HEAD + "\n".join(changes) + "\n" + MIDDLE + "\n".join(states) + "\n"


def _acts(state: State) -> list[Act]:
    return [act for act, change in TABLE.items() if state in change.before]


def _end(state: State) -> str:
    return "none: final" if state in FINAL else ""


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def main(arguments: list[str]) -> int:
    """Write the file, or compare it."""
    if arguments == ["--check"]:
        same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
        if not same:
            sys.stderr.write("docs/case-states.md is not what the code says: run scripts/case_table.py\n")
        return 0 if same else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
