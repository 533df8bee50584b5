"""The protocol's messages."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.live import protocol
from simreg.live.work import Looked
from simreg.liveness.guidance import Guidance, Hint
from simreg.liveness.types import Action

DOCS = Path(__file__).resolve().parents[2] / "docs" / "capture-protocol.md"


def hello(**changed: object) -> str:
    return json.dumps({"type": "hello", "version": 1, "token": "src_x"} | changed)


def test_the_first_message_brings_the_token() -> None:
    assert protocol.read_hello(hello()).token == "src_x"  # noqa: S105


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (hello(type="hi"), "hello-expected"),
        (hello(token=7), "hello-expected"),
        (hello(token=""), "hello-expected"),
        (hello(token="x" * 201), "hello-expected"),
        (hello(version=2), "protocol-version"),
        (hello(token="x" * 3000), "message-unreadable"),
        ("[]", "message-unreadable"),
        ("[" * 2000, "message-unreadable"),
        (b"\x00\x01", "message-unreadable"),
    ],
)
def test_anything_else_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(InputError) as error:
        protocol.read_hello(text)
    assert error.value.code == code


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_odd_messages_give_errors_with_a_code(data: str | bytes) -> None:
    with pytest.raises(InputError):
        protocol.read_hello(data)


def test_an_action_is_named_only_when_it_is_due() -> None:
    waiting = Looked(1, 4, Guidance(None, 0, 3, 0.0, Hint.LOOK_STRAIGHT, finished=False), None, enough=False)
    assert protocol.seen(waiting)["action"] is None
    due = Looked(1, 5, Guidance(Action.BLINK, 1, 3, 0.456, None, finished=False), (0.1, 0.2, 0.3, 0.4), enough=False)
    told = protocol.seen(due)
    assert (told["action"], told["step"], told["done"], told["guidance"]) == ("blink", 1, 0.46, None)
    assert set(map(str, Action)) & set(json.dumps(told).split('"')) == {"blink"}


def test_the_documentation_names_every_message_hint_action_and_close_code() -> None:
    text = DOCS.read_text(encoding="utf-8")
    words = [*Hint, *Action, "ready", "wait", "seen", "dropped", "judging", "done", "error"]
    assert [word for word in words if str(word) not in text] == []
    assert [code for code in protocol.Close if f"| {int(code)} |" not in text] == []
