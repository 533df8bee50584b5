"""An agent's device signs the cases that are opened on it, once somebody else has agreed to it."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from console.house import Browser, House, hidden
from simreg.log.leaves import DeviceSigned, StaffChanged, read_entry
from simreg.service.devices import message_of
from simreg.settings import Settings
from simreg.storage import devices, log
from simreg.storage.database import Database

ORDER = {"line": "+491555000111", "transaction": "new", "channel": "shop", "language": "en", "shop": "north"}
Key = ec.EllipticCurvePrivateKey


@pytest.fixture
def house(database: Database) -> House:
    return House(database, Settings(device_keys="on"))


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def public(key: Key) -> str:
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def signature(key: Key, form: dict[str, str], agent: str) -> str:
    """As the browser makes it: r and s, 32 bytes each."""
    r, s = decode_dss_signature(key.sign(message_of({**form, "agent": agent}), ec.ECDSA(SHA256())))
    return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()


def registered(house: House, name: str = "ann") -> tuple[Browser, Key]:
    """Somebody whose device was agreed to."""
    browser, key = house.as_(name), new_key()
    assert browser.send("/staff/device", key=public(key)).status_code == 303
    [waits] = house.changes.waiting()
    officer = house.as_("cora")
    assert officer.send("/staff/changes", f"/staff/changes/{waits.id}", decision="agree").status_code == 303
    return browser, key


def sent(house: House, browser: Browser, key: Key | None, name: str = "ann", **changed: str) -> int:
    """Send an order; what the key signs is as it is, ``changed`` is changed afterwards."""
    page = "/staff/cases/new"
    form = hidden(browser.get(page).text.replace(" data-sign=", ' data-x="" data-sign='), page) | ORDER
    if key is not None:
        form["signature"] = signature(key, form, house.actor(name))
    return browser.post(page, form | changed).status_code


def test_a_registered_device_opens_cases_and_the_log_has_its_signature(house: House) -> None:
    browser, key = registered(house)
    assert sent(house, browser, key) == 303
    [case] = house.desk.registration.cases().cases
    with house.database.read() as tx:
        kept = devices.order_of(tx, case.id)
        found = [read_entry(one)[0] for one in log.entries(tx, 0, log.frontier(tx).size)]
    assert kept is not None
    assert b"+491555000111" in kept.message
    [leaf] = [one for one in found if isinstance(one, DeviceSigned)]
    digest = hashlib.sha256(base64.b64decode(public(key))).hexdigest()
    assert (leaf.case, leaf.device, leaf.message) == (case.id, digest, hashlib.sha256(kept.message).hexdigest())
    assert [one.change for one in found if isinstance(one, StaffChanged)][-1] == "device"


def test_without_a_device_no_case_is_opened(house: House) -> None:
    browser = house.as_("ann")
    assert sent(house, browser, new_key()) == 403
    browser.send("/staff/device", key=public(new_key()))
    assert sent(house, browser, new_key()) == 403  # it waits for somebody to agree
    assert house.desk.registration.cases().cases == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"line": "+491555000222"},
        {"transaction": "replace"},
        {"once": "another"},
        {"signature": ""},
        {"signature": "AAAA"},
        {"signature": base64.b64encode(bytes(64)).decode()},
        {"signature": base64.b64encode(b"\xff" * 64).decode()},
        {"signature": "é"},
    ],
)
def test_what_was_not_signed_is_not_opened(changed: dict[str, str], house: House) -> None:
    browser, key = registered(house)
    assert sent(house, browser, key, **changed) == 403
    assert house.desk.registration.cases().cases == ()


def test_another_key_and_another_agent_s_device_are_no_use(house: House) -> None:
    browser, key = registered(house)
    assert sent(house, browser, new_key()) == 403
    bea, _ = registered(house, "bea")
    assert sent(house, bea, key, "bea") == 403
    assert sent(house, bea, key, "ann") == 403


def test_nobody_agrees_to_their_own_device_and_a_new_one_takes_its_place(house: House) -> None:
    browser, key = registered(house)
    house.desk.later(1)
    newer = new_key()
    browser.send("/staff/device", key=public(newer))
    [waits] = house.changes.waiting()
    assert browser.post(f"/staff/changes/{waits.id}", {"decision": "agree"}).status_code == 403
    assert sent(house, browser, key) == 303  # the old one until then
    house.as_("otto").send("/staff/changes", f"/staff/changes/{waits.id}", decision="agree")
    assert sent(house, browser, key, once="x") == 403
    assert sent(house, browser, newer) == 303


@pytest.mark.parametrize("kind", ["rsa", "p384", "junk", "empty", "huge"])
def test_other_keys_are_refused(kind: str, house: House) -> None:
    spki = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    made: dict[str, bytes] = {
        "rsa": rsa.generate_private_key(65537, 2048).public_key().public_bytes(*spki),
        "p384": ec.generate_private_key(ec.SECP384R1()).public_key().public_bytes(*spki),
        "junk": b"not a key",
        "empty": b"",
        "huge": bytes(5000),
    }
    answer = house.as_("ann").send("/staff/device", key=base64.b64encode(made[kind]).decode())
    assert answer.status_code == 422
    assert 'data-problem="device-key"' in answer.text


def test_where_devices_are_not_asked_for_nothing_is_signed(database: Database) -> None:
    house = House(database)
    assert sent(house, house.as_("ann"), None) == 303
    [case] = house.desk.registration.cases().cases
    with database.read() as tx:
        assert devices.order_of(tx, case.id) is None
