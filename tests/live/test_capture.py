"""One capture over a socket, with real worker processes and the synthetic engine."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from live import film as live_film
from simreg.capture.frame import Frame
from simreg.errors import AccessError
from simreg.live.capture import CaptureLimits, CaptureSocket, Ended, Order
from simreg.live.pool import Pool
from simreg.live.protocol import Close, Message
from simreg.live.work import Limits
from simreg.result import VerificationResult
from simreg.verification import Settings
from synthetic.attempt import CHALLENGE, follows
from synthetic.reference import portrait
from synthetic.script import film

HELLO = json.dumps({"type": "hello", "version": 1, "token": "src_good"})
QUICK = CaptureLimits(hello_s=0.2, place_s=0.3, silence_s=0.3, wait_s=0.05)


class Desk:
    """Writes down what the capture tells the case."""

    def __init__(self, **order: Any) -> None:
        self.told: list[str] = []
        self.result: VerificationResult | None = None
        self.reactions: list[int] = []
        self.frames: tuple[bytes, ...] = ()
        whole: dict[str, Any] = {
            "attempt": "a1",
            "run": 0,
            "number": 1,
            "of": 3,
            "line": "+4912345",
            "challenge": CHALLENGE,
            "reference": portrait(),
            "settings": Settings(),
            "seconds": 60.0,
            "keep": 0,
        }
        self.order = Order(**(whole | order))

    def claim(self, token: str) -> Order:
        if token != "src_good":  # noqa: S105
            raise AccessError("token-unknown", "This link is not known.", "Ask for a new one.")
        self.told.append("claimed")
        return self.order

    def judged(
        self, order: Order, result: VerificationResult, reaction_ms: list[int], frames: tuple[bytes, ...]
    ) -> Ended:
        self.told.append("judged")
        self.result, self.reactions, self.frames = result, reaction_ms, frames
        return Ended({"accept": "accepted", "refer": "referred", "refuse": "refused"}[result.decision.outcome], 2, "F-1")

    def abandoned(self, order: Order, code: str) -> Ended:
        self.told.append(code)
        return Ended("referenced", 2, "F-1")


class Page:
    """A page that keeps at most two frames unanswered; ``then`` is what it does after the last one."""

    def __init__(self, frames: Sequence[str | bytes], first: str | bytes = HELLO, then: str | None = "wait") -> None:
        self.messages: list[str | bytes] = [first, *frames]
        self.then = then
        self.sent: list[Message] = []
        self.closed: Close | None = None
        self._room = asyncio.Semaphore(2)
        self._end = asyncio.Event()

    async def receive(self) -> str | bytes | None:
        if not self.messages:
            if self.then == "wait":
                await self._end.wait()
            return None
        if isinstance(self.messages[0], bytes):
            await self._room.acquire()
        return self.messages.pop(0)

    async def send(self, message: Message) -> None:
        json.dumps(message)
        self.sent.append(message)
        if message["type"] in ("seen", "dropped"):
            self._room.release()

    async def close(self, code: Close) -> None:
        self.closed = code
        self._end.set()

    def last(self) -> Message:
        return self.sent[-1]

    def types(self) -> list[object]:
        return [message["type"] for message in self.sent]


class FilmClock:
    """The server's clock keeps step with the film, so that a test need not wait for it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1 / 30  # it is asked twice for each frame of a film of 15 frames a second
        return self.now


@asynccontextmanager
async def workers(count: int = 1, each: int = 4) -> AsyncIterator[Pool]:
    pool = Pool(live_film.engine, count, each, live_film.decode)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.stop()


def messages(frames: Sequence[Frame]) -> list[bytes]:
    return [live_film.message(frame) for frame in frames]


def run(test: Callable[[Pool], Awaitable[None]], count: int = 1, each: int = 4) -> None:
    async def go() -> None:
        async with workers(count, each) as pool:
            await asyncio.wait_for(test(pool), 60)

    asyncio.run(go())


async def served(pool: Pool, page: Page, desk: Desk, **changed: Any) -> Close:
    limits = changed.pop("limits", replace(QUICK, silence_s=5.0))
    return await CaptureSocket(page, pool, desk, limits, clock=FilmClock(), **changed).run()


def test_the_holder_who_follows_is_accepted_and_told_so() -> None:
    async def test(pool: Pool) -> None:
        page, desk = Page(messages(film(follows()))), Desk()
        assert await served(pool, page, desk) is Close.DONE
        last = page.last()
        assert (last["type"], last["state"], last["attempts_left"], last["folio"]) == ("done", "accepted", 2, "F-1")
        assert "accepted" in str(last["reasons"])
        assert desk.told == ["claimed", "judged"]
        assert page.types()[0] == "ready"
        assert page.types().count("judging") == 1
        assert len(desk.reactions) == len(CHALLENGE)
        assert all(value >= 0 for value in desk.reactions)
        assert desk.frames == ()
        assert pool.running == 0

    run(test)


def test_each_action_is_named_only_after_the_one_before_was_done() -> None:
    async def test(pool: Pool) -> None:
        page = Page(messages(film(follows())))
        await served(pool, page, Desk())
        named: list[object] = []
        for message in page.sent:
            if message["type"] == "seen" and message["action"] is not None:
                assert message["action"] == CHALLENGE[int(str(message["step"]))]
                named.append(message["action"])
        assert list(dict.fromkeys(named)) == list(CHALLENGE)

    run(test)


def test_another_person_is_refused_with_the_reason() -> None:
    async def test(pool: Pool) -> None:
        page = Page(messages(film(follows())))
        await served(pool, page, Desk(reference=portrait(2.0)))
        assert page.last()["state"] == "refused"
        assert "non-match" in json.dumps(page.last())

    run(test)


def test_who_leaves_before_the_end_is_not_judged_and_frees_the_place() -> None:
    async def test(pool: Pool) -> None:
        page, desk = Page(messages(film(follows()))[:20], then=None), Desk()
        assert await served(pool, page, desk) is Close.DONE
        assert desk.told == ["claimed"]
        assert pool.running == 0

    run(test)


def test_who_leaves_while_the_server_judges_does_not_escape() -> None:
    async def test(pool: Pool) -> None:
        page, desk = Page(messages(film(follows())), then=None), Desk(reference=portrait(2.0))
        await served(pool, page, desk)
        assert desk.told == ["claimed", "judged"]

    run(test)


def test_time_that_runs_out_is_a_result() -> None:
    async def test(pool: Pool) -> None:
        page, desk = Page(messages(film(follows()))), Desk(seconds=3.0)
        await served(pool, page, desk)
        assert desk.result is not None
        assert not all(action.passed for action in desk.result.liveness.actions)
        assert page.last()["type"] == "done"

    run(test)


def test_a_person_can_stop() -> None:
    async def test(pool: Pool) -> None:
        page, desk = Page([*messages(film(follows()))[:5], '{"type": "stop"}']), Desk()
        assert await served(pool, page, desk) is Close.DONE
        assert desk.told == ["claimed", "stopped"]

    run(test)


def test_frames_are_kept_only_as_many_as_are_asked_for() -> None:
    async def test(pool: Pool) -> None:
        desk = Desk(keep=2)
        await served(pool, Page(messages(film(follows()))), desk)
        assert len(desk.frames) == 2
        assert all(frame.startswith(b"\xff\xd8") for frame in desk.frames)

    run(test)


@pytest.mark.parametrize(
    ("first", "rest", "close", "code"),
    [
        ('{"type": "hi"}', [], Close.BAD_MESSAGE, "hello-expected"),
        (HELLO.replace("good", "bad"), [], Close.TOKEN, "token-unknown"),
        (HELLO, [b"12345678nothing"], Close.BAD_MESSAGE, "frame-unreadable"),
        (HELLO, [b"0" * 300_000], Close.TOO_LARGE, "frame-too-large"),
        (HELLO, ['{"type": "dance"}'], Close.BAD_MESSAGE, "message-unknown"),
        (HELLO, [], Close.TIME, "silence"),
    ],
)
def test_a_page_that_errs_is_told_why(first: str, rest: list[bytes], close: Close, code: str) -> None:
    async def test(pool: Pool) -> None:
        page = Page(rest, first)
        assert await served(pool, page, Desk(), limits=QUICK) is close
        assert page.closed is close
        assert page.last()["type"] == "error"
        assert page.last()["code"] == code
        assert pool.running == 0

    run(test)


def test_frames_of_changing_size_end_the_capture() -> None:
    async def test(pool: Pool) -> None:
        frames = film(follows())[:3]
        odd = Frame(3, 0.3, frames[0].image[:200].copy())
        page = Page([*messages(frames), live_film.message(odd)])
        assert await served(pool, page, Desk()) is Close.BAD_MESSAGE
        assert page.last()["code"] == "frame-stream"

    run(test)


def test_a_frame_smaller_than_the_profile_wants_ends_the_capture_in_words() -> None:
    async def test(pool: Pool) -> None:
        page, desk = Page(messages(film(follows()))[:1]), Desk(limits=Limits(least_frame_px=480))
        assert await served(pool, page, desk) is Close.BAD_MESSAGE
        assert (page.last()["code"], page.last()["again"]) == ("frame-too-small", True)
        assert desk.told == ["claimed"]

    run(test)


def test_a_full_house_says_wait_and_does_not_use_the_token_up() -> None:
    async def test(pool: Pool) -> None:
        place = pool.reserve()
        assert place is not None
        page, desk = Page([]), Desk()
        assert await served(pool, page, desk, limits=QUICK) is Close.TOO_MANY
        assert page.types()[0] == "wait"
        assert page.last()["code"] == "busy"
        assert desk.told == []
        place.close()
        assert await served(pool, Page(messages(film(follows()))), desk) is Close.DONE

    run(test, each=1)


def test_while_the_server_is_going_down_nobody_begins() -> None:
    async def test(pool: Pool) -> None:
        desk = Desk()
        assert await served(pool, Page([]), desk, draining=lambda: True) is Close.RESTART
        assert desk.told == []

    run(test)


def test_captures_side_by_side_do_not_touch_each_other() -> None:
    async def test(pool: Pool) -> None:
        pages = [Page(messages(film(follows()))) for _ in range(3)]
        desks = [Desk(), Desk(reference=portrait(2.0)), Desk()]
        await asyncio.gather(*(served(pool, page, desk) for page, desk in zip(pages, desks, strict=True)))
        assert [page.last()["state"] for page in pages] == ["accepted", "refused", "accepted"]

    run(test, count=2, each=2)


def test_a_worker_that_dies_is_replaced_and_its_captures_are_told() -> None:
    async def test(pool: Pool) -> None:
        page = Page(messages(film(follows()))[:10])
        task = asyncio.create_task(served(pool, page, Desk()))
        while "seen" not in page.types():
            await asyncio.sleep(0.01)
        pool._processes[0].process.kill()
        assert await task is Close.BAD_MESSAGE
        assert page.last()["code"] == "worker-lost"
        while not pool.ready:
            await asyncio.sleep(0.01)
        assert await served(pool, Page(messages(film(follows()))), Desk()) is Close.DONE

    run(test)
