"""The whole edge over a registration whose clock is set by hand, and short ways through it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from httpx2 import Response

from service.desk import ACCEPT, KEYS, PICTURE, Desk, SeededChance
from simreg.api.app import Lifespan, create_app
from simreg.api.services import Services
from simreg.errors import InputError
from simreg.live.pool import Pool
from simreg.live.work import Judged, Verify
from simreg.result import VerificationResult
from simreg.service.access import Access, Scope
from simreg.service.webhooks import Webhooks
from simreg.settings import Settings
from simreg.storage.database import Database

Json = dict[str, Any]
ORDER: Json = {"profile": "test", "transaction": "new", "channel": "web", "line": "+8613800000001"}
PUBLIC = "https://sim.example"
PICTURE_TYPE = {"Content-Type": "image/jpeg"}
VIDEO_TYPE = {"Content-Type": "video/mp4"}


class StillPool:
    """A pool that judges recordings at once, as it is told to."""

    capacity, running, ready = 4, 0, True

    def __init__(self) -> None:
        self.result: VerificationResult | InputError = ACCEPT
        self.judged: list[Verify] = []
        self.bytes: list[bytes] = []

    async def verify(self, make: Callable[[int], Verify]) -> Judged:
        task = make(1)
        self.judged.append(task)
        self.bytes.append(task.recording.read_bytes())
        assert isinstance(task.recording, Path)
        if isinstance(self.result, InputError):
            raise self.result
        return Judged(1, self.result)


@dataclass
class House:
    """A server without a network, and those who call it."""

    database: Database
    settings: Settings = field(default_factory=lambda: Settings(profile="test", public_url=PUBLIC))
    pool: Any = field(default_factory=StillPool)
    lifespan: Lifespan | None = None
    address: str = "192.0.2.7"

    def __post_init__(self) -> None:
        self.desk = Desk(self.database)
        chance = SeededChance(7)
        self.services = Services(
            settings=self.settings,
            database=self.database,
            registration=self.desk.registration,
            access=Access(self.database, lambda: self.desk.now, chance, self.settings, PasswordHasher(1, 8, 1)),
            webhooks=Webhooks(self.database, KEYS, lambda: self.desk.now, chance),
            pool=cast("Pool", self.pool),
            clock=lambda: self.desk.now,
        )
        self.app = create_app(self.services, lifespan=self.lifespan)
        self.client = self.client_at(self.address)
        self.key = self.new_key(*Scope)

    def client_at(self, address: str) -> TestClient:
        """Somebody who calls from an address."""
        return TestClient(
            self.app, base_url=self.settings.public_url, client=(address, 5000), raise_server_exceptions=False
        )

    def new_key(self, *scopes: Scope) -> str:
        """An API key's secret."""
        return self.services.access.create_api_key("test", frozenset(scopes)).secret

    def operator(self, method: str, path: str, key: str | None = None, **more: Any) -> Response:
        """A call of the operator's system."""
        return self._call(method, path, key or self.key, **more)

    def subscriber(self, method: str, path: str, link: str, **more: Any) -> Response:
        """A call of the subscriber's page."""
        return self._call(method, f"/v1/subscriber/{path}", link, **more)

    def _call(self, method: str, path: str, token: str, **more: Any) -> Response:
        headers = {"Authorization": f"Bearer {token}"} | more.pop("headers", {})
        return self.client.request(method, path, headers=headers, **more)

    def opened(self, **values: Any) -> tuple[str, str]:
        """A new case and the token of its link."""
        made = self.operator("POST", "/v1/cases", json=ORDER | values)
        assert made.status_code == 201, made.text
        case_id = str(made.json()["id"])
        return case_id, str(self.operator("POST", f"/v1/cases/{case_id}/links").json()["token"])

    def referenced(self, **values: Any) -> tuple[str, str]:
        """A case with consent and reference, and its link."""
        case_id, link = self.opened(**values)
        assert self.subscriber("POST", "consent", link, json={"text_version": "1"}).status_code == 204
        given = self.subscriber("PUT", "reference", link, content=PICTURE, headers=PICTURE_TYPE)
        assert given.json() == {"problem": None, "quality": 80}
        return case_id, link

    def attempt(self, case_id: str, **values: Any) -> Json:
        """An attempt of the operator's system."""
        begun = self.operator("POST", f"/v1/cases/{case_id}/attempts", json=values)
        assert begun.status_code == 201, begun.text
        return cast("Json", begun.json())

    def record(self, attempt: Json, content: bytes = b"a film", token: str | None = None) -> Response:
        """Give the recording of an attempt."""
        path = f"/v1/attempts/{attempt['attempt']}/recording"
        return self._call("PUT", path, token or attempt["token"], content=content, headers=VIDEO_TYPE)

    def accepted(self, **values: Any) -> tuple[str, str]:
        """An accepted case and its link."""
        case_id, link = self.referenced(**values)
        assert self.record(self.attempt(case_id)).json()["state"] == "accepted"
        return case_id, link


def problem(answer: Response, status: int, code: str) -> Json:
    """The problem document of an answer, which must have this status and code."""
    told = cast("Json", answer.json())
    assert (answer.status_code, told["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert told["status"] == status
    assert told["type"] == f"urn:simreg:problem:{code}"
    assert all(told[name] for name in ("title", "detail", "remedy"))
    return told
