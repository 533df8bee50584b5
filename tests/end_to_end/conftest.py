"""One server, one browser and one person before its camera for all tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import pytest

from browser.chromium import Chromium, find_chromium
from browser.page import Look, Page
from conftest import ROOT, absent
from end_to_end.actor import ANN, Actor, Picture, load
from end_to_end.house import House
from end_to_end.stage import Stage
from end_to_end.subscriber import Subscriber

PHONE = Look(width=390, height=844)
NETWORKS = ("blazeface-short-range.tflite", "attention-mesh.tflite", "mobilefacenet.onnx")


class Weights(Protocol):
    def path(self, name: str) -> Path: ...


class Film(dict[int, Picture]):
    """The frames of a clip by number."""


@pytest.fixture(scope="session")
def chromium_program() -> str:
    return find_chromium() or absent("no Chromium on this machine")


@pytest.fixture(scope="session")
def models(weights: Weights, material: Path) -> Path:
    """The folder of the weights."""
    for name in NETWORKS:
        weights.path(name)
    return material / "models"


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which the front end's own tests bring."""
    file = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
    return file.read_text(encoding="utf-8") if file.is_file() else absent("no axe-core here: cd web && npm ci")


@pytest.fixture(scope="session")
def ann(material: Path) -> Film:
    return Film(load(ANN, material / "clips"))


@pytest.fixture(scope="session")
def portrait(ann: Film) -> bytes:
    """The picture in Ann's document: another moment of the same clip."""
    return png(ann[ANN.rest[0] + 60])


@pytest.fixture(scope="session")
def somebody_else(material: Path) -> bytes:
    """The picture in another person's document."""
    film = cv2.VideoCapture(str(material / "clips" / "one-blink.mp4"))
    _, picture = film.read()
    return png(np.asarray(picture, np.uint8))


def png(picture: Picture) -> bytes:
    return cv2.imencode(".png", picture)[1].tobytes()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, models: Path, chromium_program: str) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("house"), models) as house:
        yield house


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory, ann: Film) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("camera") / "camera.y4m", Actor(ANN, ann)) as stage:
        yield stage


@pytest.fixture(scope="session")
def browser(chromium_program: str, camera: Stage) -> Iterator[Chromium]:
    with Chromium(chromium_program, *camera.options) as browser:
        yield browser


@pytest.fixture
def stage(camera: Stage, ann: Film) -> Stage:
    """Ann is before the camera."""
    camera.enter(Actor(ANN, ann))
    return camera


class Windows(Protocol):
    """Opens a page on a phone; ``camera`` is whether it may be used, ``beside`` the page in the tab next to it."""

    def __call__(
        self, look: Look = PHONE, beside: Subscriber | None = None, camera: str = "granted", at: House | None = None
    ) -> Subscriber: ...


@pytest.fixture
def phone(browser: Chromium, stage: Stage, house: House, axe: str) -> Iterator[Windows]:
    pages: list[Page] = []

    def open_window(
        look: Look = PHONE, beside: Subscriber | None = None, camera: str = "granted", at: House | None = None
    ) -> Subscriber:
        page = Page(browser, look, None if beside is None else beside.page)
        pages.append(page)
        page.allow("camera", camera, (at or house).url)
        stage.watch(page)
        return Subscriber(page, axe)

    yield open_window
    house.network.mend()
    for page in reversed(pages):
        stage.forget(page)
        page.close()
