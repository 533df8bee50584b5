"""The live template, made of several probes, and its comparison with the reference's."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Template = NDArray[np.float32]
"""Features of a face, float32, shape (d,)."""


def live_template(templates: Sequence[Template], qualities: Sequence[float] | None = None) -> Template:
    """The mean of the probes' templates (length at most 1), weighted by their probe quality (0..1) if given.

    It is not made length 1 again: a comparison with it is the mean of the probes' similarities. A mean of length 1
    would raise all similarities, also of other persons, above those that the threshold was measured on; how much is in
    docs/comparison.md. Raises ValueError without templates.
    """
    if not templates:
        raise ValueError("a live template needs at least one probe")
    weights = np.ones(len(templates)) if qualities is None else np.asarray(qualities, np.float64)
    if not weights.sum() > 0:
        weights = np.ones(len(templates))
    return np.asarray(np.average(np.stack(templates), axis=0, weights=weights), np.float32)


def compare(reference: Template, live: Template) -> float:
    """Similarity of a reference's template and a live one, each of length at most 1: -1..1, higher is more alike."""
    return float(np.clip(np.dot(reference, live), -1, 1))
