"""Devices of the staff by the digest of their public key, and the orders that they signed."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, select

from simreg.storage.tables import DEVICES, SIGNED_ORDERS


@dataclass(frozen=True, slots=True)
class Device:
    """A device: SHA-256 of its public key in hexadecimal, whose it is, and the key (SPKI, DER)."""

    digest: str
    staff_id: str
    public_key: bytes = field(repr=False)
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class SignedOrder:
    """What a device signed when a case was opened: the message as bytes, and the signature (r and s, 64 bytes)."""

    device: str
    message: bytes = field(repr=False)
    signature: bytes = field(repr=False)


def add(tx: Connection, device: Device) -> None:
    """Insert a device, unless it is there."""
    if find(tx, device.digest) is None:
        values = {column.name: getattr(device, column.name) for column in DEVICES.columns}
        tx.execute(insert(DEVICES).values(values))


def find(tx: Connection, digest: str) -> Device | None:
    """The device of a digest."""
    row = tx.execute(select(DEVICES).where(DEVICES.c.digest == digest)).one_or_none()
    return None if row is None else Device(**row._mapping)


def signed(tx: Connection, case_id: str, order: SignedOrder) -> None:
    """Keep what a device signed."""
    values = {"device": order.device, "message": order.message, "signature": order.signature}
    tx.execute(insert(SIGNED_ORDERS).values(case_id=case_id, **values))


def order_of(tx: Connection, case_id: str) -> SignedOrder | None:
    """What a device signed when a case was opened."""
    row = tx.execute(select(SIGNED_ORDERS).where(SIGNED_ORDERS.c.case_id == case_id)).one_or_none()
    return None if row is None else SignedOrder(row.device, row.message, row.signature)
