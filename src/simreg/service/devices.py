"""The agents' devices: each has a key that never leaves it, which a second person has agreed to, and signs its orders."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from simreg.errors import AccessError, InputError
from simreg.service.changes import Changes, Kind
from simreg.service.work import Clock
from simreg.storage import devices, proposals
from simreg.storage.database import Database
from simreg.storage.devices import Device, SignedOrder
from simreg.storage.proposals import Proposal
from simreg.storage.types import StaffMember

SIGNED = ("agent", "channel", "line", "once", "profile", "transaction")
"""Fields of an order that its device signs, in this order. ``once`` is drawn for each form, so none is signed twice."""

MOST_KEY, SIGNATURE_BYTES = 256, 64


class Devices:
    """Registers devices, and verifies what they sign: ECDSA on P-256 with SHA-256 (FIPS 186-5)."""

    def __init__(self, database: Database, clock: Clock, changes: Changes) -> None:
        self._database, self._clock, self._changes = database, clock, changes

    def register(self, member: StaffMember, public_key: str) -> Proposal:
        """Propose a device for a member: its key as SPKI in base64. Somebody else has to agree.

        Raises InputError ``device-key``, ConflictError ``change-none``.
        """
        key = _decoded(public_key)
        if not isinstance(_loaded(key), ec.EllipticCurvePublicKey):
            raise _bad_key()
        digest = hashlib.sha256(key).hexdigest()
        with self._database.write() as tx:
            devices.add(tx, Device(digest, member.id, key, self._clock()))
        return self._changes.propose(Kind.DEVICE, member.name, digest, f"staff:{member.id}")

    def of(self, member: StaffMember) -> str | None:
        """The digest of a member's device that was agreed to."""
        with self._database.read() as tx:
            return proposals.current(tx, Kind.DEVICE, member.name)

    def waiting(self, member: StaffMember) -> bool:
        """Whether a device of a member waits for somebody to agree."""
        return any((one.kind, one.target) == (Kind.DEVICE, member.name) for one in self._changes.waiting())

    def verified(self, member: StaffMember, form: Mapping[str, str]) -> SignedOrder:
        """What the member's device signed of a form. Raises AccessError ``device-missing`` or ``device-signature``."""
        digest = self.of(member)
        with self._database.read() as tx:
            device = None if digest is None else devices.find(tx, digest)
        if device is None or device.staff_id != member.id:
            sentence = "This device is not registered for you."
            raise AccessError("device-missing", sentence, "Register it, and have a compliance officer agree.")
        message = message_of({**form, "agent": f"staff:{member.id}"})
        try:
            signature = base64.b64decode(form.get("signature", ""), validate=True)
            if len(signature) != SIGNATURE_BYTES:
                raise ValueError("length")
            r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
            key = _loaded(device.public_key)
            assert isinstance(key, ec.EllipticCurvePublicKey)  # noqa: S101 - it was when it was registered
            key.verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
        except (ValueError, binascii.Error, InvalidSignature):
            sentence = "The order was not signed by your registered device."
            raise AccessError("device-signature", sentence, "Use that device, or register this one.") from None
        return SignedOrder(device.digest, message, signature)


def message_of(form: Mapping[str, str]) -> bytes:
    """What is signed of a form: canonical JSON of `SIGNED`."""
    values = {name: form.get(name, "") for name in SIGNED}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "replace")


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _bad_key() from None
    if not 0 < len(key) <= MOST_KEY:
        raise _bad_key()
    return key


def _loaded(key: bytes) -> object:
    try:
        loaded = load_der_public_key(key)
    except (ValueError, UnsupportedAlgorithm):
        raise _bad_key() from None
    if isinstance(loaded, ec.EllipticCurvePublicKey) and not isinstance(loaded.curve, ec.SECP256R1):
        raise _bad_key()
    return loaded


def _bad_key() -> InputError:
    return InputError("device-key", "This is not a key that a device can have.", "Make it on the page for devices.")
