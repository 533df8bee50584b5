"""Routes of the operator's system: attempts, and recordings for them."""

import asyncio
import tempfile
from pathlib import Path
from typing import IO

from fastapi import APIRouter, Request

from simreg.api import bodies
from simreg.api.acts import begin_attempt, room
from simreg.api.answers import AttemptAnswer, ResultAnswer
from simreg.api.cases import ALWAYS
from simreg.api.desk import limits_of
from simreg.api.problems import declared
from simreg.api.security import CaptureToken, WritesCaptures, actor, address, refused
from simreg.api.services import Given, Services
from simreg.errors import AccessError
from simreg.live.work import Judged, Verify
from simreg.service.portraits import unpack
from simreg.service.types import CaptureOrder
from simreg.verification import Settings

CHUNK = 1_000_000

router = APIRouter(prefix="/v1", tags=["attempts"], responses=declared(*ALWAYS))


@router.post(
    "/cases/{case_id}/attempts",
    status_code=201,
    responses=declared(404, 409, 413, 415),
    dependencies=[bodies.JSON_ONLY],
)
def new_attempt(case_id: str, key: WritesCaptures, given: Given, body: bodies.NewAttempt | None = None) -> AttemptAnswer:
    """Begin an attempt, or a new run of the one that runs. For a recording the challenge is told whole."""
    body = body or bodies.NewAttempt()
    order = begin_attempt(given, case_id, actor(key), body.cannot, recorded=body.recorded)
    path = f"/v1/attempts/{order.attempt_id}/recording" if body.recorded else "/v1/capture"
    return AttemptAnswer(
        attempt=order.attempt_id,
        token=order.token,
        url=given.settings.public_url + path,
        number=order.number,
        of=order.of,
        recorded=body.recorded,
        challenge=None if order.challenge is None else [action.value for action in order.challenge],
    )


@router.put(
    "/attempts/{attempt_id}/recording",
    responses=declared(404, 409, 413, 415),
    openapi_extra=bodies.binary(*bodies.RECORDINGS),
)
async def put_recording(attempt_id: str, request: Request, token: CaptureToken, given: Given) -> ResultAnswer:
    """Give the recording of an attempt that was begun for one. The token works once; the answer has the outcome."""
    try:
        await asyncio.to_thread(given.registration.capture_case, token, True, attempt_id)
    except AccessError as error:
        raise refused(given, address(request), error) from None
    bodies.check_type(request, bodies.RECORDINGS)
    with room(given.heavy), tempfile.NamedTemporaryFile(prefix="simreg-", suffix=".capture") as file:
        await _store(request, file)
        order = await asyncio.to_thread(given.registration.claim_capture, token, True, attempt_id)
        judged = await _judge(given, order, Path(file.name))
    ended = given.registration.end_attempt
    await asyncio.to_thread(ended, order.attempt_id, order.run, judged.result, (), judged.frames)
    return await asyncio.to_thread(_result, given, order.case_id)


async def _store(request: Request, file: IO[bytes]) -> None:
    """Write the body into a file, a piece at a time; its size is held at the edge."""
    waiting = bytearray()
    async for piece in request.stream():
        waiting += piece
        if len(waiting) >= CHUNK:
            await asyncio.to_thread(file.write, bytes(waiting))
            waiting.clear()
    await asyncio.to_thread(file.write, bytes(waiting))
    await asyncio.to_thread(file.flush)


async def _judge(given: Services, order: CaptureOrder, path: Path) -> Judged:
    asked = unpack(order.reference), path, order.challenge, Settings(), limits_of(order, given.settings)
    return await given.pool.verify(lambda number: Verify(number, *asked))


def _result(given: Services, case_id: str) -> ResultAnswer:
    return ResultAnswer.of(given.registration.case(case_id), given.registration.attempts(case_id))
