"""The page about an evaluation of presentation attack detection: one HTML file that needs nothing else."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from simreg.evaluation.pad.frames import pictures
from simreg.evaluation.pad.gain import failures
from simreg.evaluation.pad.rates import blockers
from simreg.evaluation.pad.types import Attempt
from simreg.evaluation.pad.words import Json, percent
from simreg.evaluation.report.bars import Bar, bars
from simreg.evaluation.report.page import render_page
from simreg.report.charts import figure
from simreg.report.texts import texts_for

MOST_SHOWN = 40
"""Failures of each sort whose curves are on the page; all of them are in attempts.csv."""


APCER_GOAL, BPCER_GOAL = 0.07, 0.05
"""Rates that the project wants to stay below; they are marked in the charts."""


def render_pad(figures: Json, attempts: Sequence[Attempt], *, with_images: bool = False) -> str:
    """The page as HTML text; frames of what was judged wrongly are in it only ``with_images``."""
    passed, held_up = failures(attempts)
    shown = [("Attacks that passed", passed), ("Bona fide presentations that did not pass", held_up)]
    kinds = dict.fromkeys(row["kind"] for row in figures["attacks"])
    context = {
        "figures": figures,
        "kinds": {kind: [row for row in figures["attacks"] if row["kind"] == kind] for kind in kinds},
        "people": {"all": figures["bona_fide"]} | figures["by_condition"],
        "checks": _active(figures["checks"]),
        "told": percent,
        "apcer_chart": lambda rows: _chart({row["species"]: row["apcer"] for row in rows}, "APCER", APCER_GOAL),
        "bpcer_chart": lambda rows: _chart({name: row["bpcer"] for name, row in rows.items()}, "BPCER", BPCER_GOAL),
        "failures": [(title, len(some), [_failure(one, with_images) for one in _spread(some)]) for title, some in shown],
        "most": MOST_SHOWN,
        "with_images": with_images,
    }
    return render_page("pad.html.j2", context, "simreg.evaluation.pad")


def _chart(rates: dict[str, Json], label: str, goal: float) -> Markup:
    rows = [
        Bar(name, rate["rate"], rate["interval"][0], rate["interval"][1], percent(rate))
        for name, rate in rates.items()
        if rate["trials"]
    ]
    return bars(rows, f"{label} with intervals", goal)


def _active(checks: Sequence[Json]) -> list[Json]:
    """Checks that stood in anybody's way."""
    return [check for check in checks if any(row["in_the_way"] for row in [check["bona_fide"], *check["attacks"]])]


def _spread(attempts: Sequence[Attempt]) -> list[Attempt]:
    """At most so many of them, from each species and subject in turn rather than from the first one only."""
    queues: dict[tuple[str, str], list[Attempt]] = {}
    for one in attempts:
        queues.setdefault((one.presentation.species, one.presentation.subject), []).append(one)
    order = sorted((place, index) for index, queue in enumerate(queues.values()) for place in range(len(queue)))
    lists = list(queues.values())
    return [lists[index][place] for place, index in order[:MOST_SHOWN]]


def _failure(one: Attempt, with_images: bool) -> dict[str, Any]:
    presentation, judged = one.presentation, one.judged
    texts = texts_for("en")
    checks = judged.pad.checks if judged.pad else ()
    in_the_way = blockers(judged)
    return {
        "file": presentation.file.name,
        "what": presentation.species or " ".join(presentation.conditions) or "bona fide",
        "challenge": ", ".join(texts.actions.names[action] for action in presentation.challenge) or "none",
        "outcome": judged.outcome or judged.error or "liveness only",
        "fault": judged.pad.fault if judged.pad else None,
        "in_the_way": sorted(in_the_way),
        "values": [(c.name, c.value, c.limit) for c in checks if c.name in in_the_way and c.value is not None],
        "figure": figure(judged.pad, judged.seconds, texts) if judged.pad else "",
        "pictures": pictures(presentation.file) if with_images and judged.pad else [],
    }
