import threading
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest

from simreg.capture.ahead import ahead
from simreg.capture.frame import Frame
from simreg.errors import InputError


def frames(count: int, error: BaseException | None = None) -> Iterator[Frame]:
    for index in range(count):
        yield Frame(index, index / 15, np.zeros((2, 2, 3), np.uint8))
    if error is not None:
        raise error


def decoding() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "decode"]


@pytest.mark.parametrize("count", [0, 1, 3, 50])
@pytest.mark.parametrize("depth", [1, 8])
def test_all_frames_in_their_order(count: int, depth: int) -> None:
    assert [frame.index for frame in ahead(frames(count), depth)] == list(range(count))
    assert decoding() == []


def test_what_the_source_raises_comes_after_the_frames_before_it() -> None:
    broken = ahead(frames(20, InputError("capture-incomplete", "It breaks off.", "Again.")), 2)
    assert [frame.index for frame in islice(broken, 20)] == list(range(20))
    with pytest.raises(InputError, match="breaks off"):
        next(broken)
    assert decoding() == []


def test_closing_early_ends_the_thread() -> None:
    ahead_of = ahead(frames(1000), 2)
    assert next(ahead_of).index == 0
    ahead_of.close()
    assert decoding() == []
