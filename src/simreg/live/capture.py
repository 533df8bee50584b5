"""One capture from the first message to the last: between a socket, the workers and the case."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from simreg.documents.portrait import Portrait
from simreg.errors import AccessError, InputError, LimitError, SimregError
from simreg.live import protocol
from simreg.live.frame_clock import FrameClock
from simreg.live.frames import FrameLimits, read_frame
from simreg.live.limits import check_frame
from simreg.live.pool import LiveCapture, Pool
from simreg.live.protocol import Close, Message
from simreg.live.work import NO_LIMITS, Failed, Judged, Limits, Look, Looked
from simreg.liveness.challenge import Challenge
from simreg.result import VerificationResult
from simreg.verification import Settings


class Socket(Protocol):
    """One WebSocket, already accepted."""

    async def receive(self) -> str | bytes | None:
        """The next message; None once the other side has gone."""
        ...

    async def send(self, message: Message) -> None:
        """Send a message; silently does nothing once the other side has gone."""
        ...

    async def close(self, code: Close) -> None:
        """Close it."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """What a capture token stands for: an attempt, its challenge, its reference, its limits and its seconds."""

    attempt: str
    run: int
    number: int
    of: int
    line: str
    challenge: Challenge
    reference: Portrait
    settings: Settings
    seconds: float
    keep: int
    limits: Limits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class Ended:
    """Where the case stands after the attempt."""

    state: str
    attempts_left: int
    folio: str


class Desk(Protocol):
    """The acts on the case; each is one transaction and may take its time, so they are called in threads."""

    def claim(self, token: str) -> Order:
        """Take the token, which works once. Raises `SimregError`."""
        ...

    def judged(
        self, order: Order, result: VerificationResult, reaction_ms: list[int], frames: tuple[bytes, ...]
    ) -> Ended:
        """The attempt has a result. Raises `SimregError`."""
        ...

    def abandoned(self, order: Order, code: str) -> Ended:
        """The attempt ends without one. Raises `SimregError`."""
        ...


@dataclass(frozen=True, slots=True)
class CaptureLimits:
    """Limits of one socket: seconds for the first message, for a place, between frames; frames a second at most."""

    hello_s: float = 10.0
    place_s: float = 120.0
    silence_s: float = 10.0
    wait_s: float = 1.0
    most_fps: float = 40.0
    frame: FrameLimits = field(default_factory=FrameLimits)


class CaptureOverError(Exception):
    """The capture ends here, with a message for the page if there is one."""

    def __init__(self, close: Close, message: Message | None = None) -> None:
        super().__init__(close.name)
        self.close, self.message = close, message


class CaptureSocket:
    """Serves one socket with `run`; ``answered`` and ``overtaken`` count frames."""

    def __init__(
        self,
        socket: Socket,
        pool: Pool,
        desk: Desk,
        limits: CaptureLimits = CaptureLimits(),
        draining: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._socket, self._pool, self._desk, self._limits = socket, pool, desk, limits
        self._draining, self._clock = draining, clock
        self._asked = False
        self.answered = self.overtaken = 0

    async def run(self) -> Close:
        """From the first message to the last; gives why the socket was closed. Never raises for what the page does."""
        try:
            close = await self._run()
        except CaptureOverError as end:
            if end.message is not None:
                await self._socket.send(end.message)
            close = end.close
        await self._socket.close(close)
        return close

    async def _run(self) -> Close:
        hello = await self._hello()
        place = await self._place()
        try:
            order = await self._claim(hello.token)
            await self._begin(place, order)
            await self._socket.send(
                protocol.ready(order.number, order.of, order.line, len(order.challenge), order.seconds)
            )
            return await self._capture(place, order)
        finally:
            place.close()

    async def _hello(self) -> protocol.Hello:
        try:
            first = await asyncio.wait_for(self._socket.receive(), self._limits.hello_s)
        except TimeoutError:
            raise CaptureOverError(Close.TIME) from None
        if first is None:
            raise CaptureOverError(Close.DONE)
        try:
            return protocol.read_hello(first)
        except InputError as wrong:
            raise _refused(Close.BAD_MESSAGE, wrong, again=False) from None

    async def _place(self) -> LiveCapture:
        """Wait until there is room; the token is not used up before that."""
        until = self._clock() + self._limits.place_s
        while True:
            if self._draining():
                raise CaptureOverError(Close.RESTART)
            place = self._pool.reserve()
            if place is not None:
                return place
            if self._clock() > until:
                sentence = "All places are taken. Please try again in a few minutes."
                raise CaptureOverError(Close.TOO_MANY, protocol.error("busy", sentence, again=True))
            await self._socket.send(protocol.wait(self._limits.wait_s))
            await asyncio.sleep(self._limits.wait_s)

    async def _claim(self, token: str) -> Order:
        try:
            return await asyncio.to_thread(self._desk.claim, token)
        except AccessError as wrong:
            raise _refused(Close.TOKEN, wrong, again=False) from None
        except LimitError as wrong:
            raise _refused(Close.TOO_MANY, wrong, again=True) from None
        except SimregError as wrong:
            raise _refused(Close.BAD_MESSAGE, wrong, again=False) from None

    async def _begin(self, place: LiveCapture, order: Order) -> None:
        try:
            await place.begin(order.challenge, order.reference, order.settings, order.limits, order.keep)
        except InputError as wrong:
            raise _refused(Close.BAD_MESSAGE, wrong, again=True) from None

    async def _capture(self, place: LiveCapture, order: Order) -> Close:
        """Frames in and answers out, side by side, until one of them ends."""
        frames = asyncio.create_task(self._frames(place, order))
        answers = asyncio.create_task(self._answers(place, order))
        try:
            await asyncio.wait({frames, answers}, return_when=asyncio.FIRST_COMPLETED)
            if frames.done() and not answers.done():
                await frames  # raises when the page did something wrong
                return await answers
            return await answers
        finally:
            for task in (frames, answers):
                task.cancel()
            await asyncio.gather(frames, answers, return_exceptions=True)

    async def _frames(self, place: LiveCapture, order: Order) -> None:
        """Take frames until the time is up; then the worker is asked for the result over what there is."""
        clock: FrameClock | None = None
        size, most = None, order.seconds * self._limits.most_fps
        end, count = self._clock() + order.seconds + self._limits.silence_s, 0
        while True:
            data = await self._next(min(end - self._clock(), self._limits.silence_s))
            if self._asked:  # the result is on its way: whoever leaves now does not escape it
                return
            if isinstance(data, str):
                await self._stop(data, order)
            try:
                message = read_frame(data.encode() if isinstance(data, str) else data, self._limits.frame)
                check_frame(message.width, message.height, order.limits)
                clock = clock or FrameClock.start(message.milliseconds, self._clock())
                clock, time_s = clock.at(message.milliseconds, self._clock())
            except InputError as wrong:
                too_large = wrong.code == "frame-too-large"
                raise _refused(Close.TOO_LARGE if too_large else Close.BAD_MESSAGE, wrong, again=True) from None
            size = size or (message.width, message.height)
            count += 1
            if size != (message.width, message.height) or count > most:
                sentence = "The camera's picture changed in the middle." if count <= most else "Too many frames came."
                raise CaptureOverError(Close.BAD_MESSAGE, protocol.error("frame-stream", sentence, again=True))
            if time_s > order.seconds:
                place.judge()
                await self._judging()
                return
            task = Look(place.number, message.number, time_s, message.width, message.height, message.jpeg)
            overtaken = place.look(task)
            if overtaken is not None:
                self.overtaken += 1
                await self._socket.send(protocol.dropped(overtaken))

    async def _judging(self) -> None:
        """The result is on its way; the page is told once."""
        if not self._asked:
            self._asked = True
            await self._socket.send(protocol.judging())

    async def _next(self, seconds: float) -> str | bytes:
        try:
            data = await asyncio.wait_for(self._socket.receive(), max(0.0, seconds))
        except TimeoutError:
            if self._asked:
                return ""
            sentence = "No picture came from the camera for a while."
            raise CaptureOverError(Close.TIME, protocol.error("silence", sentence, again=True)) from None
        if data is None and self._asked:
            return ""
        if data is None:
            raise CaptureOverError(
                Close.DONE
            )  # the connection is lost: the attempt may be taken up again with a new challenge
        return data

    async def _stop(self, text: str, order: Order) -> None:
        """The person has ended the capture."""
        try:
            protocol.is_stop(text)
        except InputError as wrong:
            raise _refused(Close.BAD_MESSAGE, wrong, again=True) from None
        ended = await self._told(lambda: self._desk.abandoned(order, "stopped"))
        raise CaptureOverError(Close.DONE, protocol.done(ended.state, [], ended.attempts_left, ended.folio))

    async def _answers(self, place: LiveCapture, order: Order) -> Close:
        while True:
            answer = await place.answers.get()
            if isinstance(answer, Looked):
                self.answered += 1
                await self._socket.send(protocol.seen(answer))
                if answer.enough:
                    await self._judging()
            elif isinstance(answer, Failed):
                raise CaptureOverError(Close.BAD_MESSAGE, protocol.error(answer.code, answer.sentence, again=True))
            else:
                return await self._ended(answer, order)

    async def _ended(self, judged: Judged, order: Order) -> Close:
        result = judged.result
        ended = await self._told(lambda: self._desk.judged(order, result, reactions(result), judged.frames))
        reasons = [(reason.code, reason.text) for reason in result.decision.reasons]
        await self._socket.send(protocol.done(ended.state, reasons, ended.attempts_left, ended.folio))
        return Close.DONE

    async def _told(self, act: Callable[[], Ended]) -> Ended:
        """Write down how the attempt ended, even when the page goes away meanwhile."""
        try:
            return await asyncio.shield(asyncio.to_thread(act))
        except SimregError as wrong:
            raise _refused(Close.BAD_MESSAGE, wrong, again=False) from None


def reactions(result: VerificationResult) -> list[int]:
    """Milliseconds from each action's falling due to the beginning of the movement, for those that were done."""
    done = [one for one in result.liveness.actions if one.passed]
    return [round(1000 * (one.start_s - one.due_s)) for one in done if one.start_s is not None and one.due_s is not None]


def _refused(close: Close, wrong: SimregError, *, again: bool) -> CaptureOverError:
    return CaptureOverError(close, protocol.error(wrong.code, f"{wrong.sentence} {wrong.remedy}", again=again))
