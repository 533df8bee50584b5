"""The demonstration's portrait as a head and as a print, and the networks that look at them."""

import pytest

from conftest import Weights
from demo.made_up import Onlooker
from simreg.demo.subject import PORTRAIT, Subject, make_subject


@pytest.fixture(scope="session")
def onlooker(weights: Weights) -> Onlooker:
    return Onlooker(weights)


@pytest.fixture(scope="session")
def subject(weights: Weights, onlooker: Onlooker) -> Subject:
    weights.path(PORTRAIT)
    return make_subject(weights.store, onlooker.detector, onlooker.mesh)
