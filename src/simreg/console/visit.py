"""What one request brings, and what every act of the staff gets at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request

from simreg.console.texts import Texts
from simreg.decision.profiles.types import Profile
from simreg.inspection.desk import Inspector
from simreg.limiter import Limiter
from simreg.service.access import Access, SignedIn
from simreg.service.changes import Changes
from simreg.service.devices import Devices
from simreg.service.provider import Provider
from simreg.service.registration import Registration
from simreg.service.second import Second
from simreg.service.work import Clock
from simreg.settings import Settings

TRIES = 20
"""Sign-ins and codes from one address in a minute, right ones and wrong ones."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with; ``profiles`` are those a case can be opened with, by name, the usual one first."""

    registration: Registration
    access: Access
    second: Second
    changes: Changes
    devices: Devices
    inspector: Inspector
    settings: Settings
    clock: Clock
    profiles: Mapping[str, Profile]
    provider: Provider | None = None
    tries: Limiter = field(default_factory=lambda: Limiter(TRIES))

    @property
    def secure(self) -> bool:
        """Whether cookies are for TLS only."""
        return self.settings.public_url.startswith("https:")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: its form (empty unless posted), the words in the reader's language, and who is signed in."""

    request: Request
    texts: Texts
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    signed: SignedIn | None = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def address(self) -> str:
        """Where it comes from."""
        return self.request.client.host if self.request.client is not None else "unknown"

    @property
    def actor(self) -> str:
        """Who acts, as it stands in a case's events."""
        return "" if self.signed is None else f"staff:{self.signed.member.id}"

    @property
    def case_id(self) -> str:
        """The case that the address names."""
        return str(self.request.path_params["case_id"])

    def text(self, name: str) -> str:
        """A field of the form without the space around it; empty where it is missing."""
        return self.form.get(name, "").strip()

    def version(self) -> int | None:
        """The version of the case that was on the page; one that is no number fits no case."""
        text = self.form.get("version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def query(self, name: str) -> str | None:
        """A word of the query; None where it is missing or empty."""
        return self.request.query_params.get(name, "").strip() or None
