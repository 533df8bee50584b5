"""Captures that a program changed between camera and server, one species a file.

They are made of the pixels of bona fide clips; no neural network generates any.
"""

from simreg.evaluation.attacks.manipulated.animated import AnimatedPhotograph
from simreg.evaluation.attacks.manipulated.cut_together import CutTogether
from simreg.evaluation.attacks.manipulated.face_swapped import FaceSwapOverlay
from simreg.evaluation.attacks.manipulated.frozen import FrozenVideo
from simreg.evaluation.attacks.manipulated.looped import LoopedVideo
from simreg.evaluation.attacks.manipulated.person_swapped import PersonSwapped
from simreg.evaluation.attacks.manipulated.replayed import ReplayedRecording
from simreg.evaluation.attacks.manipulated.two_faces import TwoFaces
from simreg.evaluation.attacks.manipulated.warped_still import WarpedStill
from simreg.evaluation.attacks.manipulated.wrong_order import WrongOrder
from simreg.evaluation.attacks.types import Species

SPECIES: tuple[Species, ...] = (
    ReplayedRecording(),
    WrongOrder(),
    CutTogether(blend=False),
    CutTogether(blend=True),
    FrozenVideo(grain=False),
    FrozenVideo(grain=True),
    LoopedVideo(ping_pong=False),
    LoopedVideo(ping_pong=True),
    PersonSwapped(attacker_acts=True, fade=False),
    PersonSwapped(attacker_acts=True, fade=True),
    PersonSwapped(attacker_acts=False, fade=False),
    PersonSwapped(attacker_acts=False, fade=True),
    WarpedStill(),
    AnimatedPhotograph(),
    FaceSwapOverlay(),
    TwoFaces(larger=False),
    TwoFaces(larger=True),
)
"""All manipulated captures, in the order in which they are made."""
