import pytest

from simreg.report.formats import apart, milliseconds, number, one_of, percent, plain, seconds, short_digest


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (float("inf"), "∞"),
        (0.0, "0"),
        (-0.0001, "−0.0001"),
        (0.74, "0.74"),
        (0.7134, "0.713"),
        (25.0, "25"),
        (-43.21, "−43.2"),
        (1234567.8, "1,234,568"),
        (100.0, "100"),
        (1e-9, "1.00e−09"),
    ],
)
def test_numbers(value: float | None, written: str) -> None:
    assert number(value) == written


def test_a_value_just_below_its_limit_does_not_read_like_it() -> None:
    assert apart(0.35726, 0.3573) == ("0.35726", "0.3573")
    assert apart(24.99999, 25.0) == ("24.99999", "25")
    assert apart(0.5, 0.5) == ("0.5", "0.5")
    assert apart(0.71, 0.36) == ("0.71", "0.36")
    assert apart(None, 0.36) == ("–", "0.36")


@pytest.mark.parametrize(
    ("rate", "said"),
    [(1e-4, ("1", "10,000")), (1.04e-4, ("1", "9,600")), (0.0259, ("1", "39")), (0.25, ("25", "100"))],
)
def test_a_rate_as_so_many_of_so_many(rate: float, said: tuple[str, str]) -> None:
    assert one_of(rate) == said


def test_rates_times_names_and_digests() -> None:
    assert percent(0.0001) == "0.01 %"
    assert percent(None) == "–"
    assert seconds(2.0) == "2.00 s"
    assert milliseconds(61.84) == "61.8 ms"
    assert milliseconds(1234.5) == "1.23 s"
    assert plain("not-flat") == "Not flat"
    assert plain("") == ""
    assert short_digest("ab" * 32) == "abababababab…"
