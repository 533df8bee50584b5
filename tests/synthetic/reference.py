"""The synthetic subject's document."""

from simreg.documents.portrait import Portrait
from simreg.face.observe import box_of
from simreg.result import ReferenceSummary
from synthetic.head import STRAIGHT, landmarks
from synthetic.picture import HEIGHT, WIDTH, Shot, draw


def portrait(person: float = 1.0, problem: str | None = None) -> Portrait:
    """The portrait of this person, or one that cannot be compared for this reason."""
    head = STRAIGHT.but(person=person)
    points = landmarks(head)
    summary = ReferenceSummary(
        problem=problem,
        face_box=box_of(points),
        quality=80,
        width=WIDTH,
        height=HEIGHT,
        rotation=0,
        faces=1,
        eye_distance=50.0,
        sharpness=0.5,
        brightness=120.0,
        contrast=40.0,
    )
    return Portrait(summary, draw(Shot((head,))), points if problem is None else None)
