"""When a frame was taken: as the page says, as far as that can be believed."""

from dataclasses import dataclass

from simreg.errors import InputError

MOST_APART_S = 2.0
"""Seconds by which the page's clock may run ahead of arrival, or frames may be held up on their way, in a row."""

LEAST_STEP_S = 0.001


@dataclass(frozen=True, slots=True)
class FrameClock:
    """Times of the frames so far, in seconds since the first one.

    ``first_ms`` is the page's time of the first frame, ``first_s`` when it arrived; ``earliest_s`` is the least delay
    of arrival against the page's clock that was seen.
    """

    first_ms: int
    first_s: float
    earliest_s: float = 0.0
    last_s: float = -1.0

    @staticmethod
    def start(milliseconds: int, arrived_s: float) -> "FrameClock":
        """The clock of a capture whose first frame has arrived just now."""
        return FrameClock(milliseconds, arrived_s)

    def at(self, milliseconds: int, arrived_s: float) -> "tuple[FrameClock, float]":
        """The clock after one more frame, and the frame's time in seconds, which always rises.

        The page's clock tells frames apart better than their arrival, which the network bunches. It may not drift: what
        it says must lie within `MOST_APART_S` of the arrival, counted from the quickest frame so far. Raises `InputError`
        ``frame-clock`` otherwise.
        """
        said, came = (milliseconds - self.first_ms) / 1000, arrived_s - self.first_s
        delay = came - said
        earliest = min(self.earliest_s, delay)
        if delay - earliest > MOST_APART_S or earliest < -MOST_APART_S:
            sentence = "The times of the frames do not agree with their arrival."
            raise InputError(
                "frame-clock", sentence, "Close other programs, come nearer to the wireless network, and try again."
            )
        time_s = max(said, self.last_s + LEAST_STEP_S)
        return FrameClock(self.first_ms, self.first_s, earliest, time_s), max(0.0, time_s)
