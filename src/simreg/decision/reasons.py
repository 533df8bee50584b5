"""Every reason that a decision can give: its code, a sentence for the person, and what to do next."""

from simreg.decision.types import Reason

REASONS: dict[str, tuple[str, str]] = {
    "accepted": (
        "A live person followed the challenge and is the holder of the document.",
        "Nothing more is needed.",
    ),
    "challenge-none": (
        "No movements were asked for, so it cannot be told that a live person was there.",
        "Repeat with a challenge, or let a person look at the recording.",
    ),
    "challenge-wrong-action": (
        "A movement other than the one asked for was seen.",
        "Repeat, and do only what is asked, in the order in which it is asked.",
    ),
    "challenge-action-missing": (
        "Not all the movements that were asked for were seen.",
        "Repeat, and do each movement clearly and back to the middle before the next.",
    ),
    "challenge-too-late": (
        "A movement came later than it had to.",
        "Repeat, and do each movement when it is asked for.",
    ),
    "capture-no-face": (
        "No face was seen in the recording.",
        "Repeat with the face in the middle of the picture.",
    ),
    "capture-no-neutral": (
        "The face never looked straight into the camera.",
        "Repeat, and look straight into the camera before the first movement and between movements.",
    ),
    "face-left": ("The face was not in the picture all the time.", "Repeat, and stay in the picture until the end."),
    "several-faces": ("More than one face was seen.", "Repeat alone, with nobody else and no picture of a face in view."),
    "person-changed": (
        "The face did not stay the same person's.",
        "The same person must be before the camera from beginning to end.",
    ),
    "lines-beyond": ("This person has all the lines that the rules foresee.", "A person will look at it."),
    "capture-cut": ("The recording jumps, as where it was cut.", "Make one new recording without interruption."),
    "capture-frozen": ("The picture stands still.", "Make a new recording with a working camera."),
    "capture-repeats": (
        "Many frames repeat the one before.",
        "Make a new recording with more light and fewer programs running.",
    ),
    "capture-looped": ("A part of the recording is played twice.", "Make one new recording without interruption."),
    "frame-times": (
        "The times of the frames are not those of a camera's, or there are gaps.",
        "Make a new recording with fewer programs running.",
    ),
    "frame-rate": (
        "There are too few frames a second to see short movements.",
        "Make a new recording with at least 15 frames a second, with more light.",
    ),
    "flat-face": ("The face looks flat when it turns.", "Show the face itself, not a picture of it."),
    "turn-too-small": (
        "The head was not turned far enough, or not slowly enough, to see its depth.",
        "Repeat, and turn the head further.",
    ),
    "passive-pad": (
        "The face looks like a print or a screen.",
        "Show the face itself, in even light, without a picture or a screen.",
    ),
    "passive-pad-unsure": (
        "It cannot be told whether the face is a live person's or a picture's.",
        "Repeat in even light, a little further from the camera.",
    ),
    "passive-pad-missing": (
        "Prints and screens could not be looked for, as the passive PAD network is not installed.",
        "Install it (simreg models install), or let a person look at the recording.",
    ),
    "light": ("The light on the face is not good enough.", "Repeat with even light from the front."),
    "size": ("The face is too small in the picture.", "Repeat nearer to the camera."),
    "sharpness": ("The face is blurred.", "Repeat with a clean lens, more light and a steady camera."),
    "unsettled": ("It could not be settled from the recording.", "A person will look at it."),
    "capture-too-short": ("The recording is too short to be judged.", "Make a recording of at least three seconds."),
    "non-match": (
        "The face is not that of the document's portrait.",
        "Use your own document. If it is yours, ask for a person to look at it.",
    ),
    "near-threshold": (
        "The face is nearly, but not clearly, like the document's portrait.",
        "A person will compare the two.",
    ),
    "no-probe": (
        "No frame of the recording was good enough to compare.",
        "Repeat, and look straight into the camera with open eyes for a moment.",
    ),
    "reference-no-face": (
        "There is no portrait in the picture of the document.",
        "Photograph the side with the portrait.",
    ),
    "reference-too-small": ("The portrait is too small.", "Photograph the document from nearer, filling the picture."),
    "reference-blurred": ("The portrait is blurred.", "Photograph the document again, in focus and with a steady hand."),
    "reference-light": (
        "The portrait is too dark, too bright or covered by glare.",
        "Photograph it again without flash.",
    ),
    "reference-several-faces": (
        "There are several portraits of the same size in the picture.",
        "Photograph one document only.",
    ),
    "reference-turned": ("The portrait does not face the camera.", "Photograph the document from straight above."),
}
"""Text and remedy by code."""


def reason(code: str) -> Reason:
    """The reason with this code; an unknown code is a fault of the program (`KeyError`)."""
    text, remedy = REASONS[code]
    return Reason(code, text, remedy)
