"""Write docs/settings.md from the code: every environment variable of the server.

With --check nothing is written; the exit status is 1 when the file is not what it would be.
"""

import sys
from pathlib import Path

from simreg.settings import table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
HEAD = """# Settings

Written by `scripts/settings_table.py` from the code; do not edit by hand. `simreg serve` and `simreg database` read them
from the environment.

"""


def main(arguments: list[str]) -> int:
    """Write the file, or compare it."""
    page = HEAD + table()
    if arguments == ["--check"]:
        same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page
        if not same:
            sys.stderr.write("docs/settings.md is not what the code says: run scripts/settings_table.py\n")
        return 0 if same else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
