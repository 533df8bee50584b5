"""same-person: the face is one person's from the first frame to the last."""

from collections.abc import Sequence
from itertools import pairwise

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence, TimedTemplate
from simreg.liveness.types import CheckResult

NAME = "same-person"
MOST_APART = 25.0
"""Degrees of yaw up to which two frames of one person compare well."""


def check(evidence: Evidence) -> CheckResult:
    """Lowest similarity of a template to those before it that show the head nearly as it is then."""
    lowest = weakest_link(evidence.templates)
    if lowest is None:
        return not_assessed(NAME, evidence.same_person, "There were too few usable frames to compare with each other.")
    return at_least(
        NAME,
        lowest,
        evidence.same_person,
        "The face stayed the same person's.",
        "The face did not stay the same person's.",
        suspicious=True,
    )


def weakest_link(templates: Sequence[TimedTemplate]) -> float | None:
    """How well the worst template is linked to the others: each by its best similarity to an earlier one within
    `MOST_APART` degrees, or to the one just before it where none is that near. None with fewer than two.
    """
    if len(templates) < 2:
        return None
    links = []
    for index, (before, now) in enumerate(pairwise(templates), start=1):
        near = [t for t in templates[:index] if abs(t.yaw - now.yaw) <= MOST_APART] or [before]
        links.append(max(float(t.template @ now.template) for t in near))
    return min(links)
