"""The thresholds that come with simreg or with an operator, each of which fits one recogniser only."""

from collections.abc import Sequence
from pathlib import Path

from simreg.comparison.threshold_file import read_thresholds
from simreg.comparison.types import Threshold
from simreg.errors import InputError, ModelError
from simreg.face.types import Recogniser

DEFAULT_FMR = 1e-4
"""Target FMR where none is asked for."""

_DATA = Path(__file__).with_name("data")
_LARGEST = 1 << 20


def threshold_for(recogniser: str, target_fmr: float = DEFAULT_FMR) -> Threshold:
    """The threshold that comes with simreg for a recogniser of this name.

    Raises ModelError ``threshold-none`` where none was measured, and InputError ``threshold-target`` for another target
    FMR than those measured.
    """
    known = {path.stem: path for path in _DATA.glob("*.json")}
    if recogniser not in known:
        raise ModelError(
            "threshold-none",
            f"No threshold has been measured for the recogniser {recogniser}: its similarities cannot be judged.",
            "Give a threshold file for it; simreg calibrate makes one.",
        )
    path = known[recogniser]
    return _pick(read_thresholds(path.read_text(encoding="utf-8"), path.name), target_fmr, path.name)


def load_threshold(path: Path, target_fmr: float | None = None) -> Threshold:
    """The threshold of an operator's file: of the only entry, or of the one with the target FMR (1e-4 unless given).

    Raises InputError ``threshold-unreadable``, ``threshold-damaged`` or ``threshold-target``.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("threshold-unreadable", f"{path} is too large for a threshold file.", "Give another file.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise InputError(
            "threshold-unreadable", f"The threshold file {path} cannot be read: {why}.", "Check the path and the file."
        ) from error
    found = read_thresholds(text, str(path))
    if target_fmr is None and len(found) == 1:
        return found[0]
    return _pick(found, DEFAULT_FMR if target_fmr is None else target_fmr, str(path))


def check_fits(threshold: Threshold, recogniser: Recogniser) -> None:
    """Refuse a threshold that was measured with other weights or other preprocessing than the recogniser's.

    Raises ModelError ``threshold-other-model``.
    """
    if threshold.model_sha256 != recogniser.sha256:
        what = f"with weights {threshold.model_sha256[:12]}, but {recogniser.name} has {recogniser.sha256[:12]}"
    elif threshold.preprocessing != recogniser.preprocessing:
        what = f"with the preprocessing {threshold.preprocessing}, but {recogniser.name} has {recogniser.preprocessing}"
    else:
        return
    raise ModelError(
        "threshold-other-model",
        f"The threshold for {threshold.recogniser} was measured {what}.",
        "Give a threshold file that was made with this recogniser; simreg calibrate makes one.",
    )


def same_person(threshold: Threshold) -> float:
    """The similarity below which two frames of one capture are taken for two persons.

    Where it was not measured it is where referral begins: frames of one capture are more alike than two pictures are.
    """
    return threshold.refer_from if threshold.same_person is None else threshold.same_person


def _pick(found: Sequence[Threshold], target_fmr: float, name: str) -> Threshold:
    for threshold in found:
        if threshold.target_fmr == target_fmr:
            return threshold
    held = ", ".join(f"{threshold.target_fmr:g}" for threshold in found)
    raise InputError(
        "threshold-target",
        f"{name} holds no threshold for a target FMR of {target_fmr:g}.",
        f"Ask for one of: {held}.",
    )
