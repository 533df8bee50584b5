"""The portrait in specimen documents, in photographs of made-up cards, and in plain pictures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from conftest import Weights
from documents.cards import Photograph, Scene, any_photograph, photograph, two_holders
from simreg.capture.frame import Image
from simreg.capture.picture import read_picture
from simreg.documents.portrait import Portrait, find_portrait
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh
from simreg.face.recogniser import OnnxRecogniser
from simreg.loading import DETECTOR, MESH, preprocessing
from simreg.models.recogniser_file import built_in_recogniser
from simreg.models.session import open_session

pytestmark = [pytest.mark.weights, pytest.mark.material]

WITHOUT_FACE = {"0_id-esp", "100_id-che", "100_id-mac", "100_id-si", "100_id-usa", "53_id-d", "77_card-cmw"}
TOO_SMALL = {"25_pass-uto"}
LYING = {"0_pass-lva": 270}
"""Specimens that are stored turned, and what turns them upright."""

PLACES = {
    "0_pass-lva": (521, 354), "100_id-rou": (97, 169), "100_pass-bdr": (329, 636), "100_pass-chn": (89, 136),
    "100_pass-cze": (116, 188), "100_pass-cze2": (113, 155), "100_pass-fin": (110, 170), "100_pass-hrv": (97, 215),
    "100_pass-isl": (95, 201), "100_pass-ltu": (97, 197), "100_pass-lux": (326, 506), "100_pass-polx": (102, 193),
    "100_pass-uto": (159, 262), "100_pass2-uto": (145, 317), "100_visa-polx": (90, 218), "100_visa-usa": (119, 231),
    "25_pass-uto": (46, 87), "33_id-usa": (52, 80), "43_pass-twn": (93, 169), "62_pass-pol": (94, 220),
    "79_pass-can": (94, 134), "79_pass-hun": (95, 197), "98_pass-nld": (85, 134),
}  # fmt: skip
"""Middle of each face in pixels of the file."""

Look = Callable[[Image], Portrait]


@dataclass(frozen=True)
class People:
    """Pictures of people, one of each, by number."""

    paths: list[Path]

    def __getitem__(self, index: int) -> Image:
        return read_picture(self.paths[index]).image


@pytest.fixture(scope="module")
def look(weights: Weights) -> Look:
    cv2.setNumThreads(1)
    detector, mesh = BlazeFace(open_session(weights.ready(DETECTOR))), AttentionMesh(open_session(weights.ready(MESH)))
    return lambda image: find_portrait(image, detector, mesh)


@pytest.fixture(scope="module")
def people(material: Path) -> People:
    folders = sorted(path for path in (material / "lfw" / "images").iterdir() if path.is_dir())
    order = np.random.default_rng(11).permutation(len(folders))
    return People([sorted(folders[i].glob("*.jpg"))[0] for i in order])


def place(portrait: Portrait) -> tuple[float, float]:
    """Middle of the face in pixels of the picture as it was given."""
    summary = portrait.summary
    assert summary.face_box is not None
    x, y = summary.face_box.centre
    width, height = summary.width, summary.height
    for _ in range(summary.rotation // 90):
        x, y = y, width - 1 - x
        width, height = height, width
    return x, y


@pytest.mark.parametrize("quarters", [0, 2, 1])
@pytest.mark.parametrize("stem", sorted(PLACES.keys() | WITHOUT_FACE))
def test_specimen(look: Look, material: Path, stem: str, quarters: int) -> None:
    path = next((material / "documents" / "specimens").glob(f"{stem}.*"))
    image = read_picture(path).image
    portrait = look(np.ascontiguousarray(np.rot90(image, -quarters)))
    if stem in WITHOUT_FACE:
        assert portrait.summary.problem == "reference-no-face"
        return
    assert portrait.summary.problem == ("reference-too-small" if stem in TOO_SMALL else None)
    assert (portrait.summary.rotation + 90 * quarters) % 360 == LYING.get(stem, 0)
    x, y = place(portrait)
    width, height = image.shape[1], image.shape[0]
    if quarters % 2:
        width, height = height, width
    for _ in range(quarters):
        x, y = y, width - 1 - x
        width, height = height, width
    assert portrait.summary.eye_distance is not None
    assert np.hypot(x - PLACES[stem][0], y - PLACES[stem][1]) < 0.3 * portrait.summary.eye_distance


def sees(portrait: Portrait, scene: Scene, how: Photograph) -> bool:
    """Whether the right portrait was found, the right way up."""
    summary = portrait.summary
    upright = (summary.rotation + 90 * how.turn) % 360 == 0
    return summary.problem is None and upright and scene.holds(*place(portrait))


def test_the_portrait_is_found_on_photographed_cards(look: Look, people: People) -> None:
    missed = []
    for seed in range(14):
        how = any_photograph(seed)
        how = replace(how, overlay=0.5 * how.overlay)
        scene = photograph(people[seed], how)
        if not sees(look(scene.image), scene, how):
            missed.append(seed)
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("seed", range(6))
def test_the_portrait_found_is_like_the_portrait_itself(look: Look, people: People, weights: Weights, seed: int) -> None:
    spec = built_in_recogniser("mobilefacenet")
    session = open_session(weights.ready(spec.file))
    recogniser = OnnxRecogniser(spec.name, spec.sha256, session, preprocessing(spec))
    how = replace(any_photograph(seed), overlay=0.2, halftone=False)
    found, plain = look(photograph(people[seed], how).image), look(people[seed])
    assert found.points is not None
    assert plain.points is not None
    one, other = (recogniser.template(recogniser.chip(p.image, p.points)) for p in (found, plain) if p.points is not None)
    assert float(one @ other) > 0.75


def test_the_cards_of_two_people_are_refused(look: Look, people: People) -> None:
    lying = Photograph(1, width=1600, height=1200, share=0.95, tilt=8, overlay=0.2)
    codes = [look(two_holders(people[i], people[i + 50], replace(lying, seed=i)).image).summary.problem for i in range(6)]
    assert codes.count("reference-several-faces") == 6


@pytest.mark.parametrize("seed", range(4))
def test_a_ghost_portrait_is_not_a_second_holder(look: Look, people: People, seed: int) -> None:
    how = Photograph(seed, share=0.9, ghost=0.75, overlay=0.1)
    scene = photograph(people[seed], how)
    assert sees(look(scene.image), scene, how)


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        (Photograph(3, width=240, height=180, share=0.7, overlay=0.1), "reference-too-small"),
        (Photograph(3, share=0.8, overlay=0.1, blur=7), "reference-blurred"),
    ],
)
def test_poor_photographs_have_a_reason(look: Look, people: People, how: Photograph, problem: str) -> None:
    portrait = look(photograph(people[how.seed], how).image)
    assert portrait.summary.problem == problem
    assert portrait.points is None


def test_a_dark_photograph_has_a_reason(look: Look, people: People) -> None:
    dark = photograph(people[3], Photograph(3, share=0.8, overlay=0.1)).image // 10
    assert look(dark).summary.problem == "reference-light"


@pytest.mark.parametrize("quarters", range(4))
def test_plain_portraits_stand_upright(look: Look, people: People, quarters: int) -> None:
    rotations = [look(np.ascontiguousarray(np.rot90(people[i], -quarters))).summary.rotation for i in range(100, 112)]
    assert set(rotations) == {(360 - 90 * quarters) % 360}


@pytest.mark.parametrize("seed", range(5))
def test_a_desk_without_a_portrait_has_none(look: Look, seed: int) -> None:
    nobody = np.random.default_rng(seed).integers(90, 160, (250, 250, 3), dtype=np.uint8)
    scene = photograph(nobody, replace(any_photograph(500 + seed), ghost=0.0))
    assert look(scene.image).summary.problem == "reference-no-face"
