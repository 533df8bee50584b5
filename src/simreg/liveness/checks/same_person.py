"""same-person: the face is one person's from the first frame to the last.

Each frame must be like one before it. That alone is a chain, which leads from one person to another through a face that
is faded over; so any two frames must be like each other as well, less closely, as light and a hand before the face part
them too.
"""

from collections.abc import Sequence

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence, TimedTemplate
from simreg.liveness.types import CheckResult

NAME = "same-person"
MOST_APART = 25.0
"""Degrees of yaw up to which two frames of one person compare well."""

FREEDOM = 1.5
"""How many times as unlike any two frames may be as one and the likest before it."""


def check(evidence: Evidence) -> CheckResult:
    """How well the worst template is linked to the others."""
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
    """How well the worst template is linked to those before it within `MOST_APART` degrees, or to the one just before
    it where none is that near: by its best similarity, or by its worst with the difference from 1 over `FREEDOM`, the
    lower of the two. None with fewer than two.
    """
    links = []
    for index, now in enumerate(templates[1:], start=1):
        before = templates[:index]
        near = [one for one in before if abs(one.yaw - now.yaw) <= MOST_APART] or before[-1:]
        alike = [float(one.template @ now.template) for one in near]
        links.append(min(max(alike), 1 - (1 - min(alike)) / FREEDOM))
    return min(links, default=None)
