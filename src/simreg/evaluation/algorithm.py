"""What a measurement was made of: one digest over all code and data that decide how pixels become an outcome.

It changes when the algorithm does, and not when a comment, a docstring or the layout of a line changes, so that a
recorded result tells whether it still holds (NIST SP 800-63A-4 asks for a test after each change of the algorithm).
"""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import simreg

PARTS = (
    "capture",
    "quality",
    "face",
    "liveness",
    "comparison",
    "documents",
    "decision/policy.py",
    "models/manifest.toml",
    "models/convert",
    "models/recognisers",
    "engine.py",
    "sampling.py",
    "verification.py",
)
"""Rooms and modules of the package, relative to it."""

_KINDS = {".py", ".toml", ".json", ".npy", ".npz"}
_UNIMPORTANT = {"ctx", "kind", "type_comment", "type_ignores", "type_params"}
"""Fields of Python's syntax tree that say nothing here, or are not there in every version of Python."""


def algorithm_digest(package: Path | None = None) -> str:
    """SHA-256, in hex, over the algorithm of the installed package, or of one in another folder."""
    root = package or Path(simreg.__path__[0])
    whole = hashlib.sha256()
    for path in algorithm_files(root):
        whole.update(f"{path.relative_to(root).as_posix()} {_digest(path)}\n".encode())
    return whole.hexdigest()


def algorithm_files(root: Path) -> list[Path]:
    """The files that the digest is made of, in a fixed order."""
    found: set[Path] = set()
    for part in PARTS:
        place = root / part
        found.update(path for path in (place.rglob("*") if place.is_dir() else [place]) if path.suffix in _KINDS)
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def _digest(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix == ".py":
        data = "\n".join(_meaning(ast.parse(data))).encode()
    return hashlib.sha256(data.replace(b"\r\n", b"\n") if path.suffix in {".toml", ".json"} else data).hexdigest()


def _meaning(node: ast.AST) -> Iterator[str]:
    """A line for each node and constant of a syntax tree, docstrings left out."""
    yield type(node).__name__
    for name, value in ast.iter_fields(node):
        if name in _UNIMPORTANT or value is None or value == []:
            continue
        yield f".{name}"
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, ast.AST):
                if not _is_sentence(item):
                    yield from _meaning(item)
            else:
                yield f"{type(item).__name__} {item!r}"
    yield "end"


def _is_sentence(node: ast.AST) -> bool:
    """Whether a statement is only a string: a docstring, or one below a constant."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
