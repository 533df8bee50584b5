"""What the page has to say in every language.

Names in braces are filled in by the page. A word that names a value of the result is looked up by that value.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from simreg.comparison.types import ComparisonDecision
from simreg.decision.types import Outcome
from simreg.liveness.types import Action, PadDecision, State


@dataclass(frozen=True, slots=True)
class OutcomeTexts:
    """The top of the page."""

    heading: str
    outcomes: Mapping[Outcome, str]
    reasons: str
    no_reasons: str
    next_step: str
    notes: str
    liveness: str
    liveness_decisions: Mapping[PadDecision, str]
    comparison: str
    comparison_decisions: Mapping[ComparisonDecision, str]
    checks: str
    passed_of: str


@dataclass(frozen=True, slots=True)
class ActionTexts:
    """What was asked and what was seen."""

    heading: str
    names: Mapping[Action, str]
    action: str
    result: str
    when: str
    span: str
    extent: str
    extents: Mapping[Action, str]
    passed: str
    missed: str
    no_challenge: str
    unasked: str
    no_unasked: str
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CurveTexts:
    """The curves over time."""

    heading: str
    none: str
    yaw: str
    pitch: str
    eyes: str
    mouth: str
    size: str
    to_left: str
    to_right: str
    up: str
    down: str
    own_open: str
    own_neutral: str
    no_face: str
    time: str
    label: str
    label_action: str
    legend_passed: str
    legend_unasked: str
    legend_no_face: str
    legend_limit: str
    caption: str
    summary: str
    curve: str
    lowest: str
    highest: str
    at: str


@dataclass(frozen=True, slots=True)
class CheckTexts:
    """The table of checks."""

    heading: str
    none: str
    check: str
    state: str
    measured: str
    names: Mapping[str, str]
    states: Mapping[State, str]
    suspicious: str
    at_least: str
    at_most: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class ComparisonTexts:
    """The comparison, its scale, and what its threshold is worth."""

    heading: str
    label: str
    label_unscored: str
    threshold_mark: str
    refer_mark: str
    match_zone: str
    non_match_zone: str
    similarity: str
    worth: str
    worth_none: str
    worth_unknown: str
    missed: str
    missed_none: str
    population: str
    probes: str
    recogniser: str
    model: str
    preprocessing: str
    threshold: str
    refer_from: str
    target_fmr: str
    fmr: str
    fnmr: str
    rate: str
    data_set: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class ReferenceTexts:
    """The document's portrait."""

    heading: str
    problem: str
    face_box: str
    box: str
    box_label: str
    no_box: str
    picture: str
    rotation: str
    turned: str
    faces: str
    eye_distance: str
    quality: str
    of_hundred: str
    sharpness: str
    brightness: str
    contrast: str


@dataclass(frozen=True, slots=True)
class CaptureTexts:
    """The recording, the models and the run."""

    heading: str
    frames: str
    duration: str
    fps: str
    a_second: str
    picture: str
    codec: str
    container: str
    rotation: str
    turned: str
    mirrored: str
    yes: str
    no: str
    models: str
    no_models: str
    model: str
    source: str
    digest: str
    timing: str
    timings: Mapping[str, str]
    version: str


@dataclass(frozen=True, slots=True)
class PictureTexts:
    """Whether the page shows faces, and which."""

    absent: str
    present: str
    heading: str
    reference: str
    probe: str


@dataclass(frozen=True, slots=True)
class Texts:
    """All fixed words of the page in one language."""

    language: str
    title: str
    outcome: OutcomeTexts
    actions: ActionTexts
    curves: CurveTexts
    checks: CheckTexts
    comparison: ComparisonTexts
    reference: ReferenceTexts
    capture: CaptureTexts
    pictures: PictureTexts
