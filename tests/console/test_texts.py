"""Both languages say everything, and the look is the house's."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import simreg
from service.desk import START
from simreg.console.files import NAMES
from simreg.console.texts import CHINESE, ENGLISH, Texts
from simreg.console.words import moment, reason_words, waited
from simreg.decision.profiles.types import Channel, Document, Transaction
from simreg.decision.reasons import REASONS
from simreg.registration.types import State, Way
from simreg.service.access import Role
from simreg.web import files

SOURCE = Path(simreg.__file__).parent
BY_CODE = {"errors", "reasons"}
"""Tables that need not have the same codes: the server has words in English of its own."""


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the path to it."""
    if is_dataclass(value):
        for one in fields(value):
            if path or one.name not in BY_CODE:
                yield from leaves(getattr(value, one.name), f"{path}.{one.name}")
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from leaves(one, f"{path}[{key}]")
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from leaves(one, f"{path}({number})")
    else:
        yield path, value


def names_in(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_texts_with_the_same_names_in_them() -> None:
    english, chinese = dict(leaves(ENGLISH)), dict(leaves(CHINESE))
    assert english.keys() == chinese.keys()
    assert {path for path in english if names_in(english[path]) != names_in(chinese[path])} == set()
    empty = {path for texts in (english, chinese) for path, text in texts.items() if not text.strip()}
    assert empty <= {".reason_unknown(1)"}


def test_chinese_is_chinese_and_english_is_english() -> None:
    same = {".languages[en]", ".languages[zh]", ".frame.language", ".reason_unknown(1)", ".language"}
    for path, text in leaves(CHINESE):
        assert path in same or re.search(r"[\u4e00-\u9fff]", text), path
    for path, text in leaves(ENGLISH):
        assert path in same or not re.search(r"[\u4e00-\u9fff]", text), path


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=lambda texts: texts.language)
def test_every_word_of_the_domain_has_its_words(texts: Texts) -> None:
    tables: list[tuple[Mapping[Any, Any], type[StrEnum]]] = [
        (texts.case.states, State),
        (texts.case.short, State),
        (texts.case.ways, Way),
        (texts.transactions, Transaction),
        (texts.channels, Channel),
        (texts.documents, Document),
        (texts.frame.roles, Role),
    ]
    for table, kind in tables:
        assert set(table) == set(kind)
    assert set(texts.review.bands) == {"match", "near", "non-match", "not-assessed"}


def test_every_reason_has_words_in_both_languages() -> None:
    assert set(CHINESE.reasons) == set(REASONS) | set(ENGLISH.reasons)
    for code in CHINESE.reasons:
        text, remedy = REASONS.get(code, ("", ""))
        kept = {"code": code, "text": text, "remedy": remedy}
        for texts in (ENGLISH, CHINESE):
            assert reason_words(kept, texts)[0] not in ("", texts.reason_unknown[0])
    assert reason_words({"code": "new-one", "text": "Said.", "remedy": ""}, CHINESE) == ("Said.", "")
    assert reason_words({"code": "new-one", "text": "", "remedy": ""}, CHINESE) == CHINESE.reason_unknown


def test_every_error_that_staff_can_meet_is_told_in_chinese() -> None:
    sources = [
        *("registration/machine.py", "privacy/hashing.py", "storage/cases.py"),
        *(f"service/{name}.py" for name in ("opening", "decisions", "looking", "words", "work")),
        *(f"console/{path.name}" for path in (SOURCE / "console").glob("*.py")),
    ]
    pattern = re.compile(r'(?:Conflict|Limit|Access|Input|NotFound)Error\(\s*"([a-z-]+)"')
    raised = {code for name in sources for code in pattern.findall((SOURCE / name).read_text(encoding="utf-8"))}
    assert len(raised) > 20
    never = {"attempt-unknown", "line-unknown", "link-invalid", "restarts-used", "picture-gone"}
    assert raised - never - set(CHINESE.errors) == set()
    assert set(ENGLISH.errors) <= set(CHINESE.errors)


def test_times_are_told_in_one_unit() -> None:
    cases = [(0, "1 minute"), (90, "1 minute"), (150, "2 minutes"), (7300, "2 hours"), (200_000, "2 days")]
    assert [waited(START, START + timedelta(seconds=s), "en") for s, _ in cases] == [text for _, text in cases]
    assert waited(START, START + timedelta(hours=3), "zh") == "3 小时"
    assert str(moment(START)) == '<time datetime="2026-11-23T09:00:00+00:00">2026-11-23 09:00 UTC</time>'


def test_the_colours_are_those_of_the_subscriber_s_page() -> None:
    built = files.read("page.css")
    assert built is not None
    ours = (SOURCE / "console" / "static" / "console.css").read_text(encoding="utf-8")
    colour = re.compile(r"--([a-z-]+): ?(#[0-9a-f]{3,6})\b")
    theirs = colour.findall(built.body.decode())
    assert len(theirs) > 20
    assert [one for one in theirs if one not in colour.findall(ours)] == []


def test_the_files_are_there_and_small() -> None:
    for package, place, _ in NAMES.values():
        assert 0 < (SOURCE.parent / package.replace(".", "/") / place).stat().st_size < 16_000
