"""One-time codes of an authenticator app: TOTP (RFC 6238) with HMAC-SHA1, six digits, 30 seconds, as all apps take it."""

import base64
import hmac
from urllib.parse import quote

SECRET_BYTES = 20
STEP_S, DIGITS = 30, 6
APART = 1
"""Steps by which the clocks of server and phone may differ, either way."""


def code_at(secret: bytes, step: int) -> str:
    """The code of a step, counted in `STEP_S` since 1970 (HOTP, RFC 4226, section 5.3)."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    place = mac[-1] & 15
    number = int.from_bytes(mac[place : place + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: bytes, code: str, at: float, after: int) -> int | None:
    """The step that a code is of, None for a wrong one. A step up to ``after`` was used: no code works twice."""
    now = int(at) // STEP_S
    steps = range(now - APART, now + APART + 1)
    good = [
        step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), code.encode("utf-8", "replace"))
    ]
    return next((step for step in good if step > after), None)


def in_letters(secret: bytes) -> str:
    """The secret as it is typed into an app: base32 without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def address(secret: bytes, issuer: str, name: str) -> str:
    """The address that an app reads from a QR code."""
    label = f"{quote(issuer, safe='')}:{quote(name, safe='')}"
    return f"otpauth://totp/{label}?secret={in_letters(secret)}&issuer={quote(issuer, safe='')}"
