import string
from dataclasses import fields, is_dataclass
from importlib import import_module

import pytest

from simreg.comparison.types import ComparisonDecision
from simreg.decision.types import Outcome
from simreg.errors import InputError
from simreg.liveness.checks import CHECKS
from simreg.liveness.types import Action, PadDecision, State
from simreg.report.texts import CHINESE, ENGLISH, Texts, texts_for


def flat(texts: object, path: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    assert is_dataclass(texts)
    for field in fields(texts):
        value, name = getattr(texts, field.name), f"{path}.{field.name}"
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, dict):
            found |= {f"{name}.{key}": word for key, word in value.items()}
        else:
            found |= flat(value, name)
    return found


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_holes() -> None:
    english, chinese = flat(ENGLISH), flat(CHINESE)
    for name in english.keys() & chinese.keys():
        assert holes(english[name]) == holes(chinese[name]), name
    assert english.keys() == chinese.keys()


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_value_of_the_result_has_a_word(texts: Texts) -> None:
    assert set(texts.outcome.outcomes) == set(Outcome)
    assert set(texts.outcome.liveness_decisions) == set(PadDecision)
    assert set(texts.outcome.comparison_decisions) == set(ComparisonDecision)
    assert set(texts.actions.names) == set(texts.actions.extents) == set(Action)
    assert set(texts.checks.states) == set(State)
    assert {"wrong-action", "action-missing", "too-late"} <= set(texts.actions.faults)
    assert all(word.strip() for word in flat(texts).values())


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_check_has_a_name(texts: Texts) -> None:
    names = {import_module(check.__module__).NAME for check in CHECKS}
    assert len(names) > 10
    assert set(texts.checks.names) == names


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        texts_for("xx")
    assert caught.value.code == "unknown-language"
