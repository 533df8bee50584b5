"""Each kind of fault is found, and nothing where there is none."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.inspection.network_file import NetworkRow
from simreg.inspection.reconciliation import UNCOVERED, Claim, Code, Terms, reconcile, settle

START = datetime(2026, 11, 1, tzinfo=UTC)
TERMS = Terms(START, START + timedelta(days=60))
LINE = "4915550001"


def at(hours: float) -> datetime:
    return START + timedelta(days=10, hours=hours)


def row(hours: float, number: int = 2, line: str = LINE) -> NetworkRow:
    return NetworkRow(number, line, at(hours))


def claim(hours: float, case: str = "case_a", *, accepted: bool = True, line: str = LINE) -> Claim:
    return Claim(line, at(hours), case, f"att_{case}" if accepted else None, accepted)


@pytest.mark.parametrize(
    ("rows", "claims", "codes"),
    [
        ([row(1)], [claim(0)], []),
        ([row(-0.05)], [claim(0)], []),  # clocks a little apart
        ([row(1)], [], [Code.NOT_IN_LOG]),
        ([row(1)], [claim(0, accepted=False)], [Code.REFUSED]),
        ([row(-5)], [claim(0)], [Code.BEFORE]),
        ([row(24 * 31)], [claim(0)], [Code.LATE]),
        ([row(1), row(2, 3)], [claim(0)], [Code.SECOND]),
        ([row(1), row(1, 3)], [claim(0)], [Code.REPEATED]),
        ([], [claim(0)], [Code.NOT_ACTIVATED]),
        ([row(1), row(50, 3)], [claim(0), claim(49, "case_b")], []),
        ([row(1), row(2, 3), row(3, 4)], [claim(0), claim(0.5, "case_b")], [Code.SECOND]),
        ([row(1)], [claim(-3, accepted=False), claim(0, "case_b")], []),
    ],
)
def test_findings_of_one_line(rows: list[NetworkRow], claims: list[Claim], codes: list[Code]) -> None:
    found = settle(rows, sorted(claims, key=lambda one: one.at), TERMS)
    late = [Code.NOT_ACTIVATED] if codes == [Code.LATE] else []
    assert sorted(one.code for one in found) == sorted([*codes, *late])


def test_a_case_just_accepted_is_not_yet_missed() -> None:
    soon = Claim(LINE, TERMS.until - timedelta(days=1), "case_a", "att_a", True)
    assert settle([], [soon], TERMS) == []


FAULTS = st.sampled_from([None, Code.NOT_IN_LOG, Code.REFUSED, Code.SECOND, Code.NOT_ACTIVATED])


@given(st.lists(st.tuples(FAULTS, st.floats(0, 24 * 20), st.floats(0.1, 24)), max_size=40))
def test_what_was_put_in_is_found_and_nothing_else(lines: list[tuple[Code | None, float, float]]) -> None:
    rows, claims, expected = [], [], []
    for number, (fault, begin, later) in enumerate(lines):
        line, case, place = f"49155{number:05}", f"case_{number}", 10 * number + 2
        if fault is not Code.NOT_IN_LOG:
            claims.append(claim(begin, case, accepted=fault is not Code.REFUSED, line=line))
        if fault is not Code.NOT_ACTIVATED:
            rows.append(row(begin + later, place, line))
        if fault is Code.SECOND:
            rows.append(row(begin + later + 1, place + 1, line))
        if fault is not None:
            expected.append((line, fault))
    rows.sort(key=lambda one: (one.line, one.at))
    claims.sort(key=lambda one: (one.line, one.at))
    found = list(reconcile(rows, claims, TERMS))
    assert sorted((one.line, one.code) for one in found) == sorted(expected)
    assert {one.row for one in found if one.code in UNCOVERED} <= {one.row for one in rows}


@given(st.lists(st.integers(0, 24 * 20), max_size=12), st.lists(st.integers(0, 24 * 20), max_size=12))
def test_never_more_activations_are_covered_than_were_accepted(given_rows: list[int], given_claims: list[int]) -> None:
    rows = [row(hours, number + 2) for number, hours in enumerate(sorted(set(given_rows)))]
    claims = [claim(hours, f"case_{number}") for number, hours in enumerate(sorted(set(given_claims)))]
    found = settle(rows, claims, TERMS)
    uncovered = [one for one in found if one.code in UNCOVERED]
    assert len(rows) - len(uncovered) <= len(claims)
    assert len({one.row for one in uncovered}) == len(uncovered)
    # as many as can be are covered: the most that any way to pair them reaches, by a simple greedy count
    free, most = [one.at for one in claims], 0
    for one in rows:
        fits = [each for each in free if each - TERMS.skew <= one.at <= each + TERMS.valid]
        if fits:
            free.remove(min(fits))
            most += 1
    assert len(rows) - len(uncovered) == most
