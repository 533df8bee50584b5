"""Attacks that are presented to the camera, rendered: prints, masks, screens."""

from simreg.evaluation.attacks.presentation import print_bent
from simreg.evaluation.attacks.presentation.cut_out import CutOut
from simreg.evaluation.attacks.presentation.eye_holes import EyeHoles
from simreg.evaluation.attacks.presentation.print_moved import PrintMoved
from simreg.evaluation.attacks.presentation.print_still import PrintStill
from simreg.evaluation.attacks.presentation.print_turned import PrintTurned
from simreg.evaluation.attacks.presentation.print_warped import PrintWarped
from simreg.evaluation.attacks.presentation.replay import REPLAYS
from simreg.evaluation.attacks.types import Species

SPECIES: tuple[Species, ...] = (
    PrintStill(),
    PrintMoved(),
    PrintTurned(),
    PrintWarped(),
    print_bent.UPRIGHT,
    print_bent.LEVEL,
    EyeHoles(),
    CutOut(),
    *REPLAYS,
)
"""One of each, in the order in which they are told."""
