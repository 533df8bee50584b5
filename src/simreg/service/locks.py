"""Wrong passwords and codes in a row lock a member for a time."""

from dataclasses import replace
from datetime import datetime, timedelta

from simreg.errors import AccessError
from simreg.storage.types import StaffMember

FAILURES, LOCKED_S = 5, 900
"""Wrong ones in a row after which a member cannot sign in, and for how many seconds."""


def counted(member: StaffMember, good: bool, now: datetime) -> StaffMember:
    """The member after a right or a wrong one."""
    if good:
        return replace(member, failures=0, locked_until=None)
    failures = member.failures + 1
    until = now + timedelta(seconds=LOCKED_S) if failures >= FAILURES else None
    return replace(member, failures=0 if until else failures, locked_until=until)


def locked() -> AccessError:
    """The error for a member who is."""
    sentence = "Too many wrong passwords or codes."
    return AccessError("sign-in-locked", sentence, f"Try again in {LOCKED_S // 60} minutes.")
