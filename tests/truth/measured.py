"""What is read against what is true, as rows of a table: (part, condition, quantity, true, read)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from simreg.demo.head import HeadState, Lamp
from simreg.face.pose import pose
from simreg.face.types import Points
from simreg.liveness.checks import not_flat, turn_shape
from simreg.liveness.types import Action
from synthetic.head import STRAIGHT
from synthetic.observed import face_of
from truth.camera import Camera, Place, picture
from truth.clock import RATES, Clock
from truth.moves import HALF_SHUT, blink, observed, seen
from truth.rendered import PITCHES, REST, Onlooker, gap

DISTANCES = (2.5, 3.5, 4.5, 7.0)
TURNS, TIPS = (-60, -40, -25, -10, 10, 25, 40, 60), (-40, -20, -10, 10, 20, 40)
LENGTHS = (0.08, 0.1, 0.15, 0.2, 0.3, 0.5)
PHASES = 20
RADII = {"plane": None, "paper bent round 1.0": 1.0, "paper bent round 0.6": 0.6}
OPENINGS = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.0)
LAMPS = (*(Lamp(yaw) for yaw in (-80, -60, -45, 0, 45, 60, 80)), Lamp(0, 60), Lamp(0, -60))
EXPOSURES = (0.15, 0.2, 0.3, 0.4, 0.6, 1.0, 1.5, 2.0)
WIDTHS = (80, 100, 150, 200, 300, 400)


@dataclass(frozen=True, slots=True)
class Row:
    """One value: ``read`` is None where no face was found, ``true`` where two things are only to be told apart."""

    part: str
    condition: str
    quantity: str
    true: float | None
    read: float | None


def of_landmarks() -> Iterator[Row]:
    """Pose of exact landmarks, by distance; pitch from where the same head looks straight."""
    for distance in DISTANCES:
        place: Place = (0.0, 0.0, distance)
        where, rest = f"{distance:g} face widths away", pose(Camera().head(place=place))
        for yaw in TURNS:
            yield Row("landmarks", where, "yaw", yaw, pose(Camera().head(STRAIGHT.but(yaw=yaw), place)).yaw)
        for pitch in TIPS:
            read = pose(Camera().head(STRAIGHT.but(pitch=pitch), place)).pitch
            yield Row("landmarks", where, "pitch", pitch, read - rest.pitch)


def share_seen(length_s: float, fps: float) -> float:
    """Share of the blinks of one length that are seen in exact landmarks, over all ways in which frames can fall."""
    ways = [Clock(fps, phase=phase / PHASES) for phase in range(PHASES)]
    counted = [[one.action for one in seen(observed([blink(length_s)], clock)).seen] for clock in ways]
    return sum(one.count(Action.BLINK) for one in counted) / PHASES


def of_blinks() -> Iterator[Row]:
    """Share of blinks that are seen; true is the share in which a frame shows the lids more than half shut."""
    for fps in RATES:
        for length in LENGTHS:
            true = min(1.0, HALF_SHUT * length * fps)
            yield Row("blinks", f"{fps:g} frames a second", f"{1000 * length:g} ms", true, share_seen(length, fps))


def of_surfaces() -> Iterator[Row]:
    """What not-flat and turn-shape measure of exact landmarks, 4.5 face widths away."""
    for name in ("head", *RADII):
        straight = face_of(_shown(name, 0))
        for yaw in (20, 25, 30, 40, 50, 60):
            turned = face_of(_shown(name, yaw))
            kept = turn_shape.shape(turned) / turn_shape.shape(straight)
            yield Row("surfaces", name, f"not-flat at {yaw}", None, not_flat.residual(straight, turned))
            yield Row("surfaces", name, f"turn-shape at {yaw}", None, kept)


def _shown(name: str, yaw: float) -> Points:
    camera = Camera()
    return camera.head(STRAIGHT.but(yaw=yaw)) if name == "head" else camera.see(picture(yaw, radius=RADII[name]))


def of_poses(name: str, onlooker: Onlooker) -> Iterator[Row]:
    """Pose of a rendered head, followed from where it looks straight."""
    for pitch in PITCHES:
        for side in (-1, 1):
            for yaw, one in onlooker.sweep(pitch, side).items():
                if side > 0 or yaw:
                    where = f"{name}, pitch {pitch:g}, yaw {yaw:g}"
                    yield Row("rendered pose", where, "yaw", yaw, None if one is None else one.yaw)
                    yield Row("rendered pose", where, "pitch", pitch, None if one is None else one.pitch)


def of_eyes(name: str, onlooker: Onlooker) -> Iterator[Row]:
    """Lids of a rendered head, both and each alone."""
    for yaw in (-25, 0, 25):
        for opening in OPENINGS:
            one = onlooker.read(HeadState(eyes=opening, yaw=yaw))
            where = f"{name}, yaw {yaw}, both"
            yield Row("rendered eyes", where, "left eye", gap(opening), one.left_eye)
            yield Row("rendered eyes", where, "right eye", gap(opening), one.right_eye)
    for eye in ("left_eye", "right_eye"):
        one = onlooker.read(replace(REST, **{eye: 0.0}))
        where = f"{name}, yaw 0, {eye.replace('_', ' ')} shut"
        yield Row("rendered eyes", where, "left eye", float(eye != "left_eye"), one.left_eye)
        yield Row("rendered eyes", where, "right eye", float(eye != "right_eye"), one.right_eye)


STATES = (("yaw", 0.0), ("yaw", 30.0), ("yaw", -30.0), ("pitch", 20.0), ("eyes", 0.5), ("eyes", 0.0))
"""What is looked at in every light and size."""


def of_lights(onlooker: Onlooker) -> Iterator[Row]:
    """Pose and eyes of a rendered head under lamps and exposures, relative to the same head at rest in the same light."""
    for lamp in LAMPS:
        head = onlooker.lit(lamp)
        rest = onlooker.look(head.render(REST))
        where = f"lamp at yaw {lamp.yaw:g}, pitch {lamp.pitch:g}: brightness {rest.brightness:.0f}"
        for what, true in STATES:
            one = onlooker.read(replace(REST, **{what: true}), head, rest)
            yield Row("light", where, what, gap(true) if what == "eyes" else true, getattr(one, what))
    for light in EXPOSURES:
        rest = onlooker.look(onlooker.head.render(HeadState(light=light)))
        where = f"light {light:g}: brightness {rest.brightness:.0f}"
        for what, true in STATES:
            one = onlooker.read(replace(REST, **{"light": light, what: true}), rest=rest)
            yield Row("exposure", where, what, gap(true) if what == "eyes" else true, getattr(one, what))


def of_sizes(onlooker: Onlooker) -> Iterator[Row]:
    """Pose and eyes of a rendered head of different sizes in the picture."""
    for width in WIDTHS:
        rest = onlooker.of_width(width)
        for what, true in STATES:
            one = onlooker.of_width(width, replace(REST, **{what: true}))
            read = getattr(one, what) - (getattr(rest, what) if what != "eyes" else 0)
            yield Row("size", f"{width} pixels wide", what, gap(true) if what == "eyes" else true, read)
        yield Row("size", f"{width} pixels wide", "width", width, rest.face.width)
