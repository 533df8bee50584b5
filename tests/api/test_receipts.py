"""Receipts and the log over HTTP: who gets what, and that it is true."""

import base64
import hashlib
import re
from xml.etree import ElementTree

import pytest

from api.house import House
from service.desk import REFUSE, SIGNER
from simreg.log.checkpoint import parse_checkpoint
from simreg.log.note import parse_note
from simreg.log.receipt import parse_receipt
from simreg.log.receipt_check import Code, Given, verify_receipt
from simreg.log.tiles import Tile
from simreg.log.tree import leaf_hash
from simreg.service.access import Scope
from simreg.service.types import Receipt


def refused_twice(house: House) -> tuple[str, str]:
    """A case with two failed attempts, and its link."""
    case_id, link = house.referenced()
    for _ in range(2):
        house.desk.attempted(house.desk.registration.case(case_id), REFUSE)
    return case_id, link


def test_the_operator_s_system_gets_each_attempt_s_receipt(house: House) -> None:
    case_id, _ = refused_twice(house)
    for number in (1, 2):
        answer = house.operator("GET", f"/v1/cases/{case_id}/attempts/{number}/receipt")
        assert answer.headers["content-type"] == "application/jose"
        assert answer.headers["cache-control"] == "no-store"
        assert re.fullmatch(r'attachment; filename="receipt-[0-9A-Z-]+\.jws"', answer.headers["content-disposition"])
        assert verify_receipt(answer.text, Given(SIGNER.verifier, [])).code is Code.VERIFIED
        assert parse_receipt(answer.text).leaf()["number"] == number
    assert house.operator("GET", f"/v1/cases/{case_id}/attempts/3/receipt").json()["code"] == "receipt-none"
    assert house.operator("GET", f"/v1/cases/{case_id}/attempts/0/receipt").status_code == 422


def test_the_subscriber_gets_the_last_one_and_its_picture(house: House) -> None:
    case_id, link = house.referenced()
    assert house.subscriber("GET", "receipt", link).json()["code"] == "receipt-none"
    assert house.subscriber("GET", "receipt/qr", link).status_code == 404
    house.desk.attempted(house.desk.registration.case(case_id), REFUSE)
    answer = house.subscriber("GET", "receipt", link)
    assert verify_receipt(answer.text, Given(SIGNER.verifier, [])).code is Code.VERIFIED
    picture = house.subscriber("GET", "receipt/qr", link)
    assert picture.headers["content-type"] == "image/svg+xml"
    drawing = ElementTree.fromstring(picture.content)  # noqa: S314 - our own
    assert {one.tag.rpartition("}")[2] for one in drawing.iter()} == {"svg", "path"}  # the page draws nothing else
    assert "viewBox" in drawing.attrib


def test_what_is_printed_leads_to_the_record_and_tells_nothing_of_it(house: House) -> None:
    case_id, _ = refused_twice(house)
    receipt = house.desk.registration.receipt(case_id)
    assert isinstance(receipt, Receipt)
    hashed = base64.urlsafe_b64decode(receipt.hash + "=")
    assert hashed == leaf_hash(parse_receipt(receipt.text).entry)
    size = parse_checkpoint(parse_note(house.client.get("/log/checkpoint").content).text).size
    tile = house.client.get(f"/log/{Tile(0, 0, size).path}").content
    assert tile[receipt.index * 32 :][:32] == hashed


def test_anybody_reads_hashes_and_only_who_may_reads_entries(house: House) -> None:
    refused_twice(house)
    assert house.client.get("/log/checkpoint").status_code == 404
    house.desk.registration.sign_checkpoint()
    note = house.client.get("/log/checkpoint")
    size = parse_checkpoint(parse_note(note.content).text).size
    assert house.client.get("/log/key").text == SIGNER.verifier.text + "\n"
    hashes = house.client.get(f"/log/{Tile(0, 0, size).path}")
    assert len(hashes.content) == 32 * size
    assert "immutable" in hashes.headers["cache-control"]
    entries = f"/log/{Tile(None, 0, size).path}"
    assert house.client.get(entries).status_code == 401
    assert house.operator("GET", entries, house.new_key(Scope.CASES_READ)).status_code == 403
    bundle = house.operator("GET", entries, house.new_key(Scope.LOG_READ))
    first = bundle.content[2 : 2 + int.from_bytes(bundle.content[:2], "big")]
    assert hashlib.sha256(b"\0" + first).digest() == hashes.content[:32]
    assert "no-store" in bundle.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["tile/0/001", "tile/0/000.p/0", "tile/0/000.p/9999", "tile/99/000", "tile/entriesx/000", "x"]
)
def test_what_is_not_there_is_not_found(path: str, house: House) -> None:
    refused_twice(house)
    assert house.client.get(f"/log/{path}").status_code == 404


def test_the_entries_are_shut_whatever_the_path_looks_like(house: House) -> None:
    refused_twice(house)
    for path in ("tile//entries/000.p/5", "tile/./entries/000.p/5", "tile/%65ntries/000.p/5", "tile/entries//000.p/5"):
        answer = house.client.get(f"/log/{path}")
        assert answer.status_code in (401, 404)
        assert b"case_" not in answer.content
