"""What was found, as tables: the names of the columns, and rows of cells."""

from collections.abc import Iterable, Sequence

from simreg.inspection.numbers import Counted, Dimension, Numbers
from simreg.inspection.rates import Rate
from simreg.inspection.reconciliation import Finding
from simreg.inspection.unusual import Compared

Table = tuple[Sequence[str], Sequence[Sequence[object]]]

FINDING_COLUMNS = ("code", "line", "at", "row", "other_row", "case", "attempt", "agent", "shop")


def numbers_table(told: Numbers) -> Table:
    """All counts in one table; ``by`` and ``value`` say of what, and are ``all`` in the first row."""
    columns = ("by", "value", *(one.value for one in Counted))
    rows: list[Sequence[object]] = [("all", "all", *(told.all.get(one, 0) for one in Counted))]
    for dimension in Dimension:
        for value, tally in told.of[dimension]:
            rows.append((dimension.value, value, *(tally.get(one, 0) for one in Counted)))
    return columns, rows


def reasons_table(told: Numbers) -> Table:
    """Ended attempts by reason and outcome."""
    outcomes = sorted(told.outcomes)
    rows = [(code, *(by.get(one, 0) for one in outcomes)) for code, by in told.reasons]
    return ("reason", *outcomes), rows


def rates_table(told: Iterable[Rate]) -> Table:
    """Shares with their intervals."""
    rows = [(one.measure.value, one.hits, one.trials, one.share, one.low, one.high) for one in told]
    return ("measure", "hits", "of", "share", "low", "high"), rows


def unusual_table(told: Iterable[Compared]) -> Table:
    """Agents and shops against the others."""
    columns = ("sign", "who", "name", "hits", "of", "others_hits", "others_of", "chance", "after_holm", "unusual")
    rows = [
        (
            *(one.sign.value, one.who.value, one.name, one.hits, one.trials, one.other_hits, one.other_trials),
            *(one.chance, one.adjusted, "yes" if one.unusual else "no"),
        )
        for one in told
    ]
    return columns, rows


def finding_cells(one: Finding) -> Sequence[object]:
    """A finding's cells, as `FINDING_COLUMNS` names them."""
    return (
        *(one.code.value, one.line, one.at.isoformat(), one.row, one.other_row, one.case, one.attempt),
        *(one.agent, one.shop),
    )
