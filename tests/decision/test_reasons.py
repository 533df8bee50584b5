import re

import pytest

from simreg.decision.reasons import REASONS, reason


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_is_a_code_a_sentence_and_a_remedy(code: str) -> None:
    given = reason(code)
    assert given.code == code
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    for sentence in (given.text, given.remedy):
        assert sentence.endswith(".")
        assert sentence[0].isupper()
        assert sentence.strip() == sentence


def test_no_two_reasons_say_the_same() -> None:
    assert len({text for text, _ in REASONS.values()}) == len(REASONS)


def test_an_unknown_code_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        reason("because")
