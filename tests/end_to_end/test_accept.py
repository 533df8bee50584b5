"""From the link to the active line: the real server, real weights, and pictures of a real person."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from end_to_end.actor import ANN
from end_to_end.conftest import Windows
from end_to_end.house import House
from end_to_end.subscriber import Subscriber
from simreg.log.receipt import parse_receipt
from simreg.log.tree import leaf_hash

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.weights, pytest.mark.material]


def test_from_the_link_to_the_active_line(house: House, phone: Windows, portrait: bytes, tmp_path: Path) -> None:
    document = tmp_path / "document.png"
    document.write_bytes(portrait)
    case, link = house.opened()
    who = phone()
    who.opens(link)
    who.sees("consent")
    who.looks_right("consent")
    who.page.click("#agree")
    who.sees("document")
    who.looks_right("document")
    who.shows_document(document)
    who.sees("ready")
    who.looks_right("ready")
    who.begins(ANN)
    who.sees("accepted", 60)
    who.looks_right("accepted")
    told = house.result(case)
    assert (told["state"], told["accepted_by"]) == ("accepted", "face")
    (attempt,) = told["attempts"]
    assert len(attempt["reaction_ms"]) == 3
    assert who.page.read("#folio") == told["folio"]
    line = who.page.read("#line")
    house.call("POST", f"/v1/cases/{case}/activation", {})
    who.sees("activated")
    who.looks_right("activated")
    assert line in who.page.text()
    who.page.click("#my-data summary")
    who.page.shows(f'#my-data li[data-line="{line}"]')
    who.looks_right("my-data")
    who.page.click("[data-dispute]")
    who.page.click("[data-freeze]")
    who.page.shows("[data-frozen]")
    assert [one["line"] for one in house.call("GET", "/v1/freezes")["lines"]] == [line]
    house.call("DELETE", f"/v1/freezes/{line}")
    the_receipt_is_true(house, case, who, tmp_path)


def the_receipt_is_true(house: House, case: str, who: Subscriber, folder: Path) -> None:
    """Its file is verified by the browser, by the command and by the single file; its QR code leads to the record."""
    who.page.shows("#receipt-save")
    who.page.shows(".qr svg")
    text = house.text(f"/v1/cases/{case}/attempts/1/receipt")
    receipt, key = folder / "receipt.jws", house.text("/log/key").strip()
    receipt.write_text(text, encoding="ascii")
    assert "verified" in house.run("receipt", "verify", str(receipt), "--key", key).lower()
    single = [sys.executable, str(ROOT / "scripts" / "verify_receipt.py"), str(receipt), "--key", key]
    assert subprocess.run(single, capture_output=True, text=True, check=False).returncode == 0
    read = parse_receipt(text)
    leaf = base64.urlsafe_b64encode(leaf_hash(read.entry)).decode().rstrip("=")
    witness = ["--name", "witness.example/w", "--key-file", str(folder / "witness-key")]
    house.run("log", "key", *witness, "--for-witness")
    kept = ["--memory", str(folder / "memory"), "--out", str(folder / "cosigned")]
    house.run("witness", f"http://127.0.0.1:{house.port}/log", "--key", key, *witness, *kept, "--once")
    assert "witness.example/w" in (folder / "cosigned").read_text("utf-8")
    who.page.open(f"{house.url}/receipt#{read.leaf()['folio']}.{read.index}.{leaf}")
    who.page.shows('[data-short="found"]')
    who.page.choose_file("#file", receipt)
    who.page.shows('#outcome [data-code="verified"]')
    who.looks_right("receipt-verified")
    assert read.opened["line"].value in who.page.text()
    altered = folder / "altered.jws"
    altered.write_text(text[:200] + ("A" if text[200] != "A" else "B") + text[201:], encoding="ascii")
    who.page.choose_file("#file", altered)
    who.page.shows('#outcome .warn[data-code^="receipt-"]')
    who.looks_right("receipt-false")


def test_a_trial_by_keyboard_alone(house: House, phone: Windows) -> None:
    who = phone()
    who.opens(house.url)
    who.page.shows("main")
    who.looks_right("try")
    who.presses("#try")
    who.sees("consent")
    who.presses("#agree")
    who.sees("document")
    assert who.focused() == "title"
    who.presses("#own-face")
    who.page.shows("#shutter:not([disabled])")
    who.looks_right("document-camera")
    who.presses("#shutter")
    who.presses("#use-picture")
    who.sees("ready")
    who.presses("#cannot")
    who.page.shows("#movements")
    who.looks_right("cannot")
    names = who.page.evaluate("[...document.querySelectorAll('#movements input')].map((it) => it.name)")
    for action in ANN.cannot(names):
        who.presses(f"input[name={action}]", " ")
    who.presses("#save-cannot")
    who.presses("#begin")
    who.sees("accepted", 60)
    assert who.focused() == "title"
    who.sees("activated")  # in a trial the server does what the operator's system does
