"""Write docs/reason-codes.md from the code: every reason of a decision, and every error that input can cause.

With --check nothing is written; the exit status is 1 when the file is not what it would be.
"""

import ast
import sys
from pathlib import Path

from simreg.decision.reasons import REASONS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reason-codes.md"
ERRORS = {
    **dict.fromkeys(("InputError", "ModelError", "ConflictError", "LimitError", "AccessError", "NotFoundError"), 2),
    "SimregError": 1,
}
HEAD = """# Reason codes

Written by `scripts/reason_codes.py` from the code; do not edit by hand. Codes are stable: programs may rely on them.
The sentences are for people and may change.

## Reasons of a decision

In `decision.reasons` of the result, weightiest first.

| code | sentence | remedy |
| --- | --- | --- |
"""
MIDDLE = """
## Errors

Input, usage or weights that cannot be worked with. No decision is made; code, sentence and remedy go to standard error.

| code | exit status | sentence |
| --- | --- | --- |
"""


def raised(tree: ast.AST) -> dict[tuple[str, int], str]:
    """Codes and exit statuses of the errors that a module makes, with the sentence of each."""
    found = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ERRORS
            and len(node.args) > 1
        ):
            text = sentence(node.args[1], tree)
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found[part.value, ERRORS[node.func.id]] = text
    return found


def sentence(node: ast.expr, tree: ast.AST) -> str:
    """Text of a literal, or of the name that one was given just before; dots for what is filled in or made elsewhere."""
    if isinstance(node, ast.Name):
        given = [one for one in ast.walk(tree) if isinstance(one, ast.Assign) and one.lineno < node.lineno]
        given = [one for one in given if any(isinstance(to, ast.Name) and to.id == node.id for to in one.targets)]
        node = max(given, key=lambda one: one.lineno).value if given else node
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)


def error_rows() -> list[str]:
    """A row for each code of an error: its exit status, and what it says."""
    found: dict[tuple[str, int], str] = {}
    for path in sorted((ROOT / "src" / "simreg").rglob("*.py")):
        for key, text in raised(ast.parse(path.read_text(encoding="utf-8"))).items():
            found[key] = max(found.get(key, ""), text, key=len)
    return [f"| `{code}` | {status} | {text} |" for (code, status), text in sorted(found.items())]


def page() -> str:
    """The whole file."""
    reasons = [f"| `{code}` | {text} | {remedy} |" for code, (text, remedy) in sorted(REASONS.items())]
    return HEAD + "\n".join(reasons) + "\n" + MIDDLE + "\n".join(error_rows()) + "\n"


def main(arguments: list[str]) -> int:
    """Write the file, or compare it."""
    if arguments == ["--check"]:
        same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
        if not same:
            sys.stderr.write("docs/reason-codes.md is not what the code says: run scripts/reason_codes.py\n")
        return 0 if same else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
