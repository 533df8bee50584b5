"""A session that answers with what it was given, in the place of a network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Port:
    """Name and shape of an input or output."""

    name: str
    shape: tuple[int, ...]


class FakeSession:
    """Gives the same outputs, or those that a function makes of the input; keeps what it was asked."""

    def __init__(self, outputs: Mapping[str, Array] | Callable[[Array], Array], input_name: str = "input") -> None:
        self._outputs = outputs
        self._input = input_name
        self.runs: list[tuple[Sequence[str] | None, Array]] = []

    def get_inputs(self) -> list[Port]:
        return [Port(self._input, (1, 3, 1, 1))]

    def get_outputs(self) -> list[Port]:
        if callable(self._outputs):
            return [Port("output", (1, 1))]
        return [Port(name, value.shape) for name, value in self._outputs.items()]

    def run(self, names: Sequence[str] | None, feeds: Mapping[str, Array]) -> list[Array]:
        fed = feeds[self._input]
        self.runs.append((names, fed))
        if callable(self._outputs):
            return [self._outputs(fed)]
        return [self._outputs[name] for name in (names or list(self._outputs))]
