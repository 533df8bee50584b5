from pathlib import Path
from typing import Protocol

import numpy as np
import pytest

from simreg.models.manifest import load_manifest
from simreg.models.recogniser_file import BUILT_IN, built_in_recogniser
from simreg.models.session import open_session

pytestmark = pytest.mark.weights


class Weights(Protocol):
    def ready(self, name: str) -> Path: ...


@pytest.mark.parametrize("name", [entry.name for entry in load_manifest().entries if entry.is_network])
def test_every_network_loads(weights: Weights, name: str) -> None:
    assert open_session(weights.ready(name)).get_inputs()[0].type == "tensor(float)"


@pytest.mark.parametrize("name", BUILT_IN)
def test_recognisers_are_what_their_files_say(weights: Weights, name: str) -> None:
    spec = built_in_recogniser(name)
    session = open_session(weights.ready(spec.file))
    blank = np.zeros((1, 3, spec.input_size, spec.input_size), np.float32)
    (templates,) = session.run(None, {session.get_inputs()[0].name: blank})
    assert templates.shape == (1, spec.template_length)
