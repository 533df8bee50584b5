"""One row for each presentation: attempts.csv."""

import csv
import io
from collections.abc import Sequence

from simreg.evaluation.pad.rates import blockers, response
from simreg.evaluation.pad.types import Attempt, Judged
from simreg.liveness.types import CheckResult


def as_csv(attempts: Sequence[Attempt]) -> str:
    """All attempts with outcome, reasons, actions, and the state and value of each check."""
    names = list(dict.fromkeys(check.name for one in attempts for check in _checks(one.judged)))
    rows = [_row(one) | _check_columns(one.judged, names) for one in attempts]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(one: Attempt) -> dict[str, object]:
    presentation, judged, pad = one.presentation, one.judged, one.judged.pad
    return {
        "list": presentation.list_name,
        "row": presentation.row,
        "draw": presentation.draw or "",
        "file": presentation.file.name,
        "label": presentation.label.value,
        "species": presentation.species,
        "kind": presentation.kind,
        "subject": presentation.subject,
        "conditions": " ".join(presentation.conditions),
        "challenge": " ".join(presentation.challenge),
        "response": response(judged).value,
        "outcome": judged.outcome,
        "error": judged.error or "",
        "liveness": pad.decision.value if pad else "",
        "fault": (pad.fault or "") if pad else "",
        "reasons": " ".join(judged.reasons),
        "in_the_way": " ".join(sorted(blockers(judged))),
        "comparison": judged.comparison,
        "similarity": _number(judged.similarity),
        "actions_passed": " ".join(a.action for a in pad.actions if a.passed) if pad else "",
        "seen": " ".join(f"{s.action}@{s.start_s:.2f}" for s in pad.seen) if pad else "",
        "seconds": f"{judged.seconds:.2f}",
        "fps": f"{judged.fps:.2f}",
        "width": judged.width,
        "height": judged.height,
    }


def _check_columns(judged: Judged, names: Sequence[str]) -> dict[str, object]:
    by_name = {check.name: check for check in _checks(judged)}
    columns: dict[str, object] = {}
    for name in names:
        check = by_name.get(name)
        columns[name] = check.state.value if check else ""
        columns[f"{name}:value"] = _number(check.value) if check else ""
    return columns


def _checks(judged: Judged) -> tuple[CheckResult, ...]:
    return judged.pad.checks if judged.pad else ()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
