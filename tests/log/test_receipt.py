"""Receipts: true ones, and every way of making a false one; the single file says the same each time."""

import importlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from log import by_definition
from log.samples import AT, LOG, WITNESS, attempt, consents
from simreg.cli.receipt_words import told
from simreg.errors import InputError
from simreg.log.checkpoint import Checkpoint
from simreg.log.commitment import commit, opening_key
from simreg.log.keys import Signer
from simreg.log.leaves import entry_of
from simreg.log.note import Note, cosign
from simreg.log.receipt import Opened, Receipt, _url, _url64, make_receipt, parse_receipt
from simreg.log.receipt_check import SENTENCES, Code, Given, verify_receipt
from simreg.log.tiles import Tile
from simreg.log.tree import inclusion_proof, leaf_hash

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "verify_receipt.py"
SALT, LINE = bytes(range(32)), "+8613800000001"
MINE = 5
ENTRIES = [entry_of(leaf, AT + i * 600) for i, leaf in enumerate(consents(11))]
ENTRIES[MINE] = entry_of(attempt(1, commit(SALT, "line", LINE)), AT + MINE * 600)
OPENED = {"line": Opened(LINE, opening_key(SALT, "line"))}
OTHER = Signer(LOG.name, bytes(32))


def note(entries: list[bytes], signer: Signer = LOG) -> Note:
    return Checkpoint(signer.name, len(entries), by_definition.root(entries)).signed(signer)


def receipt(entries: list[bytes] = ENTRIES, index: int = MINE, signer: Signer = LOG, **other: Any) -> str:
    proof = tuple(by_definition.path(index, entries))
    given: dict[str, Any] = {"entry": entries[index], "index": index, "proof": proof, "opened": OPENED}
    given["checkpoint"] = note(entries, signer)
    return make_receipt(signer, **{**given, **other})


def forged(change: Any, text: str | None = None) -> str:
    """A receipt whose payload was changed, with the signature that it had."""
    head, body, signature = (text or receipt()).split(".")
    payload = json.loads(_url(body))
    change(payload)
    changed = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{head}.{_url64(changed.encode())}.{signature}"


@pytest.fixture(scope="module")
def single() -> ModuleType:
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        return importlib.import_module("verify_receipt")
    finally:
        sys.path.remove(str(SCRIPT.parent))


TRUST = Given(LOG.verifier, [WITNESS.verifier])
LATER = note([*ENTRIES, ENTRIES[0]])
ALTERED = [*ENTRIES[:MINE], ENTRIES[MINE].replace(b"accepted", b"referred", 1), *ENTRIES[MINE + 1 :]]
SWAPPED = [*ENTRIES[: MINE - 1], ENTRIES[MINE], ENTRIES[MINE - 1], *ENTRIES[MINE + 1 :]]
REMOVED = [*ENTRIES[:MINE], *ENTRIES[MINE + 1 :]]
PAST = entry_of(attempt(1, commit(SALT, "line", LINE)), AT)
BACK_DATED = [*ENTRIES, PAST]


def seen(at: int, entries: list[bytes] = ENTRIES) -> Note:
    return cosign(note(entries), WITNESS, at)


CASES: dict[str, tuple[str, Given, Code]] = {
    "true": (receipt(), TRUST, Code.VERIFIED),
    "true, first": (receipt(index=0, opened=None), TRUST, Code.VERIFIED),
    "true, of one": (receipt(ENTRIES[:1], 0, opened=None), TRUST, Code.VERIFIED),
    "true, and its own checkpoint": (receipt(), replace(TRUST, checkpoint=seen(AT).data), Code.VERIFIED),
    "true, and seen": (receipt(checkpoint=seen(AT + 9000)), TRUST, Code.VERIFIED),
    "no key": (receipt(), Given(), Code.KEY_NOT_GIVEN),
    "no link": (receipt(), replace(TRUST, checkpoint=LATER.data), Code.NOT_LINKED),
    "no receipt": ("a.b.c", TRUST, Code.MALFORMED),
    "nothing": ("", TRUST, Code.MALFORMED),
    "cut": (receipt()[:-9], TRUST, Code.MALFORMED),
    "another key": (receipt(signer=OTHER), TRUST, Code.OTHER_KEY),
    "wrong key given": (receipt(), Given(OTHER.verifier), Code.OTHER_KEY),
    "leaf altered": (forged(lambda p: p.update(leaf=p["leaf"].replace("match", "near"))), TRUST, Code.SIGNATURE),
    "time altered": (forged(lambda p: p.update(leaf=p["leaf"].replace(str(AT)[:6], "170000"))), TRUST, Code.SIGNATURE),
    "index altered": (forged(lambda p: p.update(index=4)), TRUST, Code.SIGNATURE),
    "signed by another in the log's name": (
        receipt(checkpoint=note(ENTRIES, OTHER)),
        TRUST,
        Code.CHECKPOINT,
    ),
    "checkpoint of another log": (
        receipt(checkpoint=note(ENTRIES, Signer("log.example/two", LOG.secret))),
        TRUST,
        Code.CHECKPOINT,
    ),
    "checkpoint altered": (
        receipt(checkpoint=Note(note(ENTRIES).text.replace("\n11\n", "\n12\n"), note(ENTRIES).signatures)),
        TRUST,
        Code.CHECKPOINT,
    ),
    "no leaf": (receipt([*ENTRIES[:MINE], b"[]", *ENTRIES[MINE + 1 :]]), TRUST, Code.LEAF),
    "leaf of no time": (receipt([*ENTRIES[:5], b'{"at":-1,"kind":"a"}', *ENTRIES[6:]]), TRUST, Code.LEAF),
    "altered before it was signed": (receipt(entry=ALTERED[MINE]), TRUST, Code.INCLUSION),
    "moved": (receipt(index=MINE - 1, entry=ENTRIES[MINE]), TRUST, Code.INCLUSION),
    "re-ordered": (receipt(checkpoint=note(SWAPPED)), TRUST, Code.INCLUSION),
    "removed": (receipt(checkpoint=note(REMOVED)), TRUST, Code.INCLUSION),
    "back-dated in its place": (receipt(entry=PAST), TRUST, Code.INCLUSION),
    "proof too long": (receipt(proof=[*by_definition.path(MINE, ENTRIES), bytes(32)]), TRUST, Code.INCLUSION),
    "proof too short": (receipt(proof=by_definition.path(MINE, ENTRIES)[:-1]), TRUST, Code.INCLUSION),
    "no proof": (receipt(proof=[b"short"]), TRUST, Code.INCLUSION),
    "another line": (receipt(opened={"line": Opened("+1", OPENED["line"].key)}), TRUST, Code.OPENED),
    "a line that is not in it": (receipt(index=0), TRUST, Code.OPENED),
    "later than it was seen": (receipt(checkpoint=seen(AT)), TRUST, Code.DATED_AHEAD),
    "back-dated": (
        receipt(BACK_DATED, len(ENTRIES)),
        replace(TRUST, checkpoint=seen(AT + 6600).data),
        Code.BACK_DATED,
    ),
    "wrong checkpoint": (receipt(), replace(TRUST, checkpoint=note(ENTRIES, OTHER).data), Code.OTHER_CHECKPOINT),
    "no checkpoint": (receipt(), replace(TRUST, checkpoint=b"?"), Code.OTHER_CHECKPOINT),
    "another history": (receipt(), replace(TRUST, checkpoint=note(SWAPPED).data), Code.FORK),
}


@pytest.mark.parametrize("name", CASES)
def test_a_receipt_is_judged(single: ModuleType, name: str) -> None:
    text, trust, code = CASES[name]
    verdict = verify_receipt(text, trust)
    assert verdict.code is code
    assert code in told(verdict)
    keys = [single.key_of(one.text) for one in trust.witnesses]
    key = None if trust.key is None else single.key_of(trust.key.text)
    theirs, read = single.verdict(text, key, keys, trust.checkpoint)
    assert theirs == code
    assert code in single.told(theirs, read)


def test_every_code_has_a_case_and_both_say_the_same_sentence(single: ModuleType) -> None:
    assert {code for _, _, code in CASES.values()} == set(Code) == set(SENTENCES)
    assert {str(code): sentence for code, sentence in SENTENCES.items()} == single.SENTENCES


def tiles(entries: list[bytes]) -> Any:
    def fetch(tile: Tile) -> bytes:
        if (tile.level, tile.index) != (0, 0) or tile.width > len(entries):
            raise InputError("tile-missing", "", "")
        return b"".join(map(leaf_hash, entries[: tile.width]))

    return fetch


def test_tiles_link_a_receipt_to_any_checkpoint() -> None:
    grown = [*ENTRIES, *ENTRIES[:4]]
    for entries, index in ((ENTRIES, MINE), (grown, MINE)):
        for checkpoint in (grown, ENTRIES, ENTRIES[:7], ENTRIES[:2]):
            trust = replace(TRUST, checkpoint=note(checkpoint).data, fetch=tiles(grown))
            assert verify_receipt(receipt(entries, index), trust).code is Code.VERIFIED
    forks = replace(TRUST, checkpoint=note([*SWAPPED, *ENTRIES[:4]]).data, fetch=tiles(grown))
    assert verify_receipt(receipt(), forks).code is Code.FORK
    missing = replace(TRUST, checkpoint=note(grown).data, fetch=tiles(ENTRIES))
    assert verify_receipt(receipt(), missing).code is Code.NOT_LINKED


def test_a_receipt_is_read_as_it_was_made() -> None:
    read: Receipt = parse_receipt(f"\n{receipt()}\n")
    assert (read.entry, read.index, dict(read.opened)) == (ENTRIES[MINE], MINE, OPENED)
    assert read.proof == inclusion_proof(lambda k, i: by_definition.root(ENTRIES[i << k : (i + 1) << k]), MINE, 11)
    assert LINE not in repr(read)
    assert len(receipt()) < 3000


@settings(max_examples=40)
@given(st.data())
def test_a_changed_receipt_is_never_true(single: ModuleType, data: st.DataObject) -> None:
    text = receipt()
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("Aa0_-.Z9").filter(lambda one: one != text[at]))
    changed = text[:at] + letter + text[at + 1 :]
    mine = verify_receipt(changed, TRUST).code
    assert mine is not Code.VERIFIED
    assert single.verdict(changed, single.key_of(LOG.verifier.text), [], None)[0] == mine


PAYLOADS = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda one: st.lists(one, max_size=3))


@settings(max_examples=60)
@given(st.sampled_from(["leaf", "index", "proof", "checkpoint", "opened", "v", "more"]), PAYLOADS | st.just({"line": {}}))
def test_whatever_is_in_a_receipt_both_refuse_it_alike(single: ModuleType, name: str, value: object) -> None:
    try:
        text = forged(lambda payload: payload.update({name: value}))
    except UnicodeEncodeError:
        return
    assert single.verdict(text, None, [], None)[0] == verify_receipt(text, Given()).code


@given(st.text(max_size=200))
def test_any_text_is_refused_alike(single: ModuleType, text: str) -> None:
    assert verify_receipt(text, TRUST).code == single.verdict(text, None, [], None)[0] == Code.MALFORMED


# --- the single file -------------------------------------------------------------------------------------------------

RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
"""Tests 1 to 3 of RFC 8032, section 7.1: public key, message, signature."""


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_its_signatures_are_those_of_the_standard(single: ModuleType, public: str, message: str, signature: str) -> None:
    given = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert single.signature_is_true(*given)
    assert not single.signature_is_true(given[0], given[1] + b"x", given[2])
    for at in range(0, 64, 7):
        changed = bytearray(given[2])
        changed[at] ^= 1
        assert not single.signature_is_true(given[0], given[1], bytes(changed))
    s = int.from_bytes(given[2][32:], "little") + single.ORDER
    assert not single.signature_is_true(given[0], given[1], given[2][:32] + s.to_bytes(32, "little"))
    assert not single.signature_is_true(b"\xff" * 32, given[1], given[2])
    assert not single.signature_is_true(given[0][:31], given[1], given[2])


@settings(max_examples=20)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.integers(0, 95), st.integers(0, 255))
def test_its_signatures_are_those_of_cryptography(
    single: ModuleType, secret: bytes, message: bytes, at: int, change: int
) -> None:
    signer = Signer("a", secret)
    both = bytearray(signer.verifier.public + signer.sign(message))
    both[at] ^= change
    public, signature = bytes(both[:32]), bytes(both[32:])
    theirs = replace(signer.verifier, public=public).verify(message, signature)
    assert single.signature_is_true(public, message, signature) == theirs
    assert theirs == (change == 0)


def test_it_runs_alone(tmp_path: Path) -> None:
    alone = tmp_path / "alone.py"
    alone.write_bytes(SCRIPT.read_bytes())
    (tmp_path / "receipt").write_text(receipt(), encoding="utf-8")
    (tmp_path / "fork").write_bytes(note(SWAPPED).data)

    def run(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(alone), *words]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return done.returncode, done.stdout

    status, said = run("receipt", "--key", LOG.verifier.text)
    assert (status, LINE in said, said.split()[0]) == (0, True, "VERIFIED")
    assert run("receipt")[0] == 3
    assert run("receipt", "--key", LOG.verifier.text, "--checkpoint", "fork")[0] == 1
    assert run("receipt", "--key", "rubbish")[0] == 2
    assert run("absent", "--key", LOG.verifier.text)[0] == 2


def test_the_page_that_verifies_is_tested_with_receipts_of_today() -> None:
    from log import browser_receipts

    assert browser_receipts.OUT.read_text("utf-8") == browser_receipts.text()
    assert len({one["code"] for one in browser_receipts.receipts()}) == 9
