"""Every code that the server can tell a subscriber has words in both languages."""

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simreg.decision.profiles.types import Transaction
from simreg.decision.reasons import REASONS
from simreg.liveness.guidance import HINTS, PROMPTS, Hint
from simreg.liveness.types import Action
from simreg.registration.types import State
from simreg.web import files

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "simreg"
TEXTS = ROOT / "web" / "src" / "texts"
LANGUAGES = ("en", "zh")

NOT_FOR_SUBSCRIBERS = {"attempt-unknown", "case-not-due", "reviewer-again", "reviewer-is-agent"}
"""Codes of the operator's acts in modules that serve both."""

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="the sources of the pages are not here")


def texts(part: str, language: str) -> Any:
    return json.loads((TEXTS / f"{part}.{language}.json").read_text(encoding="utf-8"))


def raises_or_sends(name: str) -> bool:
    return name == "error" or (name.endswith("Error") and name not in ("ValueError", "TypeError", "KeyError"))


def codes(*modules: str, called: Callable[[str], bool] = raises_or_sends, place: int = 0) -> set[str]:
    """Words at a place in the calls in modules that ``called`` takes: of errors raised and of error messages sent."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for one in modules for path in sorted(SOURCE.glob(one))]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    words = [call.args[place] for call in calls if called(name_of(call.func)) and len(call.args) > place]
    return {word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)}


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def abandoned() -> set[str]:
    """Why attempts end without a result."""
    return {"stopped"} | codes("**/*.py", called=lambda name: name == "Abandoned")


LIVE = codes(
    *("live/*.py", "registration/machine.py", "service/captures.py", "liveness/drawing.py"),
    *("api/places.py", "api/page_socket.py"),
) | codes("live/*.py", called=lambda name: name == "Failed", place=1)
HTTP = codes("registration/machine.py", "service/captures.py", "liveness/drawing.py", "capture/picture.py")


def test_codes_are_found() -> None:
    assert {"silence", "busy", "frame-clock", "token-invalid", "reference-gone", "locked-out"} <= LIVE
    assert {"taken-over", "too-many-sockets", "worker-lost", "internal"} <= LIVE
    assert {"picture-heic", "attempts-used", "actions-too-few"} <= HTTP
    assert {"stopped", "time-out", "restarts-used"} <= abandoned()


@pytest.mark.parametrize("language", LANGUAGES)
def test_hints_and_prompts(language: str) -> None:
    capture, page = texts("capture", language), texts("page", language)
    assert set(capture["hints"]) == {hint.value for hint in Hint} == {hint.value for hint in HINTS}
    assert set(capture["prompts"]) == {action.value for action in Action} == {action.value for action in PROMPTS}
    assert set(page["movements"]) == {action.value for action in Action}


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons(language: str) -> None:
    reasons = texts("answers", language)["reasons"]
    assert set(REASONS) | abandoned() <= set(reasons)
    assert all(one["text"] for one in reasons.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_of_the_capture(language: str) -> None:
    assert sorted(LIVE - NOT_FOR_SUBSCRIBERS - set(texts("capture", language)["troubles"])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_of_the_calls(language: str) -> None:
    assert sorted(HTTP - NOT_FOR_SUBSCRIBERS - {"link-invalid"} - set(texts("answers", language)["errors"])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_transactions_and_states(language: str) -> None:
    page = texts("page", language)
    assert set(page["transactions"]) == {one.value for one in Transaction}
    machine = (ROOT / "web" / "src" / "page" / "machine.ts").read_text(encoding="utf-8")
    assert all(f'case "{state.value}"' in machine for state in State)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_built_pages_carry_these_texts(language: str) -> None:
    scripts = "".join(one.body.decode() for name in ("registration.js", "shared.js") if (one := files.read(name)))
    for table in (texts("answers", language)["reasons"], texts("capture", language)["troubles"]):
        assert all(one["text"] in scripts for one in table.values())
