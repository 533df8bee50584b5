"""The staff pages for tests: an application of nothing else, people who work there, and browsers for them."""

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from service.desk import KEYS, Desk, SeededChance, profile
from simreg.console.routes import console_routes
from simreg.decision.profiles.types import Profile
from simreg.inspection.desk import Inspector
from simreg.inspection.store import open_read_only
from simreg.service.access import Access, Role
from simreg.service.changes import Changes
from simreg.service.devices import Devices
from simreg.service.looked import Looked
from simreg.service.provider import Provider
from simreg.service.second import Second
from simreg.settings import Settings
from simreg.storage.database import Database

PASSWORD = "correct horse battery"  # noqa: S105
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PEOPLE = {
    "ann": Role.AGENT,
    "bea": Role.AGENT,
    "rex": Role.REVIEWER,
    "sam": Role.REVIEWER,
    "cora": Role.COMPLIANCE_OFFICER,
    "ines": Role.INSPECTOR,
    "otto": Role.OPERATOR,
}


@dataclass
class Browser:
    """A browser: it keeps cookies, follows no redirect, and sends forms with what their page had in them."""

    client: TestClient
    name: str | None = None

    def get(self, address: str, **headers: str) -> Response:
        return self.client.get(address, headers=headers, follow_redirects=False)

    def post(self, address: str, values: dict[str, str], *, body: bytes | None = None) -> Response:
        """A form sent with exactly these values."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        content = urlencode(values).encode() if body is None else body
        return self.client.post(address, content=content, headers=kind, follow_redirects=False)

    def send(self, page: str, address: str | None = None, /, **values: str) -> Response:
        """Open a page and send its form for ``address`` (the page's own unless said), filled in."""
        action = address or page
        return self.post(action, hidden(self.get(page).text, action) | values)

    def sign_in(self, name: str, password: str = PASSWORD, **values: str) -> Response:
        return self.send("/staff/sign-in", name=name, password=password, **values)


@dataclass
class House:
    """Registration, access and the pages, with everybody in `PEOPLE`."""

    database: Database
    settings: Settings = field(default_factory=Settings)
    desk: Desk = field(init=False)
    access: Access = field(init=False)
    second: Second = field(init=False)
    changes: Changes = field(init=False)
    devices: Devices = field(init=False)
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.database)
        self.access = Access(self.database, self.time, SeededChance(7), self.settings, QUICK)
        self.second = Second(self.database, self.time, SeededChance(8), self.settings, KEYS)
        self.changes = Changes(self.database, self.time, SeededChance(9))
        for name, role in PEOPLE.items():
            self.access.create_staff(name, role, PASSWORD)
        self.app = FastAPI()
        inspector = Inspector(open_read_only(self.database.url), Looked(self.database, self.time))
        self.devices = Devices(self.database, self.time, self.changes)
        office = self.second, self.changes, self.devices, inspector
        told = self.settings
        identity = Provider(told, KEYS, self.time, SeededChance(10)) if told.oidc_issuer else None
        router = console_routes(
            self.desk.registration, self.access, *office, told, self.time, offered(), identity=identity
        )
        self.app.include_router(router)

    def time(self) -> Any:
        return self.desk.now

    def browser(self) -> Browser:
        """Nobody's browser."""
        return Browser(TestClient(self.app, base_url="http://testserver"))

    def as_(self, name: str) -> Browser:
        """The browser of somebody who has signed in."""
        browser = self.browser()
        assert browser.sign_in(name).status_code == 303
        browser.name = name
        return browser

    def actor(self, name: str) -> str:
        """How somebody stands in a case's events."""
        return next(f"staff:{one.id}" for one in self.access.staff() if one.name == name)


def offered() -> dict[str, Profile]:
    """What agents can open cases with."""
    rules = {"test": profile("test"), "keeps": profile("keeps", keep_frames=2)}
    return rules | {"two-lines": profile("two-lines", lines_per_person=2)}


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with this action."""
    found = re.search(rf'<form[^>]*method="post" action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert found is not None, f"no form for {action}"
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', found[1])
    return {name: html.unescape(value) for name, value in fields}


def words(page: Response) -> str:
    """A page's text without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))
