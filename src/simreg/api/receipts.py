"""Receipts: for the operator's system, and for the subscriber, who has the picture of one to print as well."""

import io
from typing import Annotated, Any

import segno
from fastapi import APIRouter, Path, Response

from simreg.api.cases import ALWAYS
from simreg.api.problems import declared
from simreg.api.security import ReadsCases, SubscriberCase
from simreg.api.services import Given
from simreg.service.types import Receipt

JOSE = "application/jose"
SVG = "image/svg+xml"
_RECEIPT: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {JOSE: {"schema": {"type": "string"}}},
        "description": "A JWS with the record of the attempt and all that proves it.",
    }
}
_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {SVG: {"schema": {"type": "string"}}}, "description": "A QR code as SVG."}
}

router = APIRouter(prefix="/v1")


@router.get(
    "/cases/{case_id}/attempts/{number}/receipt",
    response_class=Response,
    tags=["attempts"],
    responses={**_RECEIPT, **declared(*ALWAYS, 404)},
)
def attempt_receipt(case_id: str, number: Annotated[int, Path(ge=1, le=99)], _: ReadsCases, given: Given) -> Response:
    """The receipt of an attempt that has ended."""
    return _sent(given.registration.receipt(case_id, number))


@router.get(
    "/subscriber/receipt",
    response_class=Response,
    tags=["subscriber"],
    responses={**_RECEIPT, **declared(400, 401, 404, 422, 429, 500, 503)},
)
def subscriber_receipt(case: SubscriberCase, given: Given) -> Response:
    """The receipt of the last attempt that has ended."""
    return _sent(given.registration.receipt(case.id))


@router.get(
    "/subscriber/receipt/qr",
    response_class=Response,
    tags=["subscriber"],
    responses={**_PICTURE, **declared(400, 401, 404, 422, 429, 500, 503)},
)
def subscriber_receipt_qr(case: SubscriberCase, given: Given) -> Response:
    """The receipt in short, to print: its folio, its place in the log, its hash, and where to look them up."""
    address, out = short(given.settings.public_url, given.registration.receipt(case.id)), io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", omitsize=True, border=4, light="#fff")
    return Response(out.getvalue(), media_type=SVG)


def short(public_url: str, receipt: Receipt) -> str:
    """The address that shows that a receipt's record is in the log, without what it says."""
    return f"{public_url}/receipt#{receipt.folio}.{receipt.index}.{receipt.hash}"


def _sent(receipt: Receipt) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="receipt-{receipt.folio}.jws"'}
    return Response(receipt.text, media_type=JOSE, headers=headers)
