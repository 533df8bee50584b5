"""Counts, samples, rates, and who is named as unusual."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.inspection.numbers import GONE, NONE, Counted, Dimension, count
from simreg.inspection.rates import Measure, rates
from simreg.inspection.rows import About, Told
from simreg.inspection.sample import draw
from simreg.inspection.unusual import ALPHA, Rules, Sign, Trial, compare, trials

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SEED = "ab" * 32


def told(kind: str, hours: float = 0, case: str = "case_a", about: About | None = None, **values: object) -> Told:
    return Told(int(hours * 100), AT + timedelta(hours=hours), kind, "system", case, about, **values)  # type: ignore[arg-type]


def about(shop: str | None = "s", agent: str | None = "a", line: str = "+49155") -> About:
    return About("test", "new", "web", line, shop, agent, None)


WORDS = {
    "case-opened": ("",),
    "attempt": ("accepted", "failed"),
    "decision": ("accepted", "refused"),
    "activation": ("on", "off"),
    "case-ended": ("expired", "alternative"),
    "review": ("accept",),
}
KINDS = st.sampled_from([(kind, word) for kind, words in WORDS.items() for word in words])


@given(st.lists(st.tuples(KINDS, st.integers(0, 100), st.sampled_from(["s", "t", None]), st.booleans()), max_size=60))
def test_counts_are_those_that_one_counts_by_hand(rows: list[tuple[tuple[str, str], int, str | None, bool]]) -> None:
    leaves = [
        told(kind, hours, about=None if gone else about(shop), word=word) for (kind, word), hours, shop, gone in rows
    ]
    found = count(leaves, UTC)
    assert found.all.get(Counted.OPENED, 0) == sum(one.kind == "case-opened" for one in leaves)
    assert found.all.get(Counted.ACCEPTED, 0) == sum((one.kind, one.word) == ("decision", "accepted") for one in leaves)
    assert found.all.get(Counted.ENDED, 0) == sum((one.kind, one.word) == ("case-ended", "expired") for one in leaves)
    assert found.all.get(Counted.ACTIVATED, 0) == sum((one.kind, one.word) == ("activation", "on") for one in leaves)
    for dimension in Dimension:
        assert Counter(found.all) == sum((Counter(tally) for _, tally in found.of[dimension]), Counter())
    assert {value for value, _ in found.of[Dimension.SHOP]} <= {"s", "t", GONE, NONE}
    days = [value for value, _ in found.of[Dimension.DAY]]
    assert days == sorted(days)


# --- samples ---------------------------------------------------------------------------------------------------------


@given(st.sets(st.text("abc0", min_size=1, max_size=6), max_size=30), st.integers(1, 40))
def test_whoever_knows_the_seed_draws_the_same(cases: set[str], size: int) -> None:
    drawn = draw(SEED, cases, size)
    assert draw(SEED, sorted(cases, reverse=True), size) == drawn
    assert len(drawn) == min(size, len(cases))
    assert set(drawn) <= cases
    assert draw(SEED, cases, size + 1)[: len(drawn)] == drawn


def test_each_case_is_as_likely_as_any_other() -> None:
    cases = [f"case_{number}" for number in range(20)]
    hits = Counter(one for seed in range(3000) for one in draw(f"{seed:064x}", cases, 5))
    assert all(abs(hits[one] - 750) < 120 for one in cases)  # 5 standard deviations


@pytest.mark.parametrize(("seed", "size"), [("", 1), ("AB" * 32, 1), ("ab" * 31, 1), (SEED, 0), (SEED, 1001)])
def test_no_sample_of_what_is_none(seed: str, size: int) -> None:
    with pytest.raises(InputError):
        draw(seed, ["case_a"], size)


# --- rates -----------------------------------------------------------------------------------------------------------


def test_each_case_counts_once() -> None:
    rows = [
        told("attempt", 0, "case_a", word="failed", number=1),
        told("attempt", 1, "case_a", word="accepted", number=2),
        told("decision", 1, "case_a", word="accepted", by="face"),
        told("attempt", 2, "case_b", word="referred", number=1),
        told("review", 3, "case_b", word="accept"),
        told("decision", 3, "case_b", word="refused", by="review"),
        told("attempt", 4, "case_c", word="failed", number=1),
        told("case-ended", 5, "case_c", word="alternative"),
        told("decision", 6, "case_c", word="accepted", by="alternative"),
    ]
    found = {one.measure: (one.hits, one.trials) for one in rates(rows)}
    assert found[Measure.FIRST_FAILED] == (2, 3)
    assert found[Measure.FIRST_REFERRED] == (1, 3)
    assert found[Measure.AGAIN] == (1, 3)
    assert found[Measure.REFUSED] == (1, 3)
    assert found[Measure.WITHOUT_FACE] == (1, 2)
    assert found[Measure.REVIEW_ACCEPTS] == (0, 1)
    assert found[Measure.FAILED_THEN_ACCEPTED] == (1, 2)
    assert all(0 <= one.low <= (one.share or 0) <= one.high <= 1 for one in rates(rows))
    assert [one.share for one in rates([])] == [None] * len(Measure)


# --- who is unusual --------------------------------------------------------------------------------------------------


def test_where_all_are_alike_hardly_anybody_is_ever_named() -> None:
    chance = random.Random(11)
    looks = 400
    named = 0
    for _ in range(looks):
        given_ = [Trial(Sign.FAILURES, f"a{n % 12}", f"s{n % 5}", chance.random() < 0.15) for n in range(600)]
        named += any(one.unusual for one in compare(given_))
    assert named <= looks * ALPHA + 6  # 3 standard deviations of so many looks


def test_who_fails_three_times_as_often_is_named_and_nobody_else() -> None:
    chance = random.Random(12)
    share = {f"a{n}": 0.1 for n in range(12)} | {"a3": 0.4}
    given_ = [Trial(Sign.FAILURES, who, None, chance.random() < share[who]) for who in share for _ in range(150)]
    assert {one.name for one in compare(given_) if one.unusual} == {"a3"}


def test_few_cases_name_nobody() -> None:
    given_ = [Trial(Sign.FAILURES, "a", None, True)] * 19 + [Trial(Sign.FAILURES, "b", None, False)] * 1000
    assert [one.name for one in compare(given_)] == ["b"]


def test_a_second_case_of_the_line_within_a_day_is_a_repeat() -> None:
    rows = [
        told("case-opened", 0, "case_a", about()),
        told("decision", 1, "case_a", about(), word="accepted", by="face"),
        told("case-opened", 2, "case_b", about()),
        told("case-opened", 40, "case_c", about()),
        told("case-opened", 40.01, "case_d", about(line="+49166")),
    ]
    found = list(trials(rows, Rules(UTC)))
    assert [one.hit for one in found if one.sign is Sign.REPEATS] == [False, True, False, False]
    assert [one.hit for one in found if one.sign is Sign.HASTE] == [False, False, True]
    assert [one.hit for one in found if one.sign is Sign.ODD_HOURS] == [False, False, True, True]
