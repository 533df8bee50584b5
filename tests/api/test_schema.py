"""schemathesis calls every route as its description allows, and as it does not, and finds nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from starlette.types import Receive, Scope, Send

from api.house import House
from simreg.api.app import create_app
from simreg.api.bodies import RECORDINGS
from simreg.api.metrics import Metrics
from simreg.api.services import Services
from simreg.settings import Settings
from simreg.storage.database import open_database

EXAMPLES = 10

CONFIG = """
[checks]
positive_data_acceptance.expected-statuses = [200, 201, 204, 401, 403, 404, 409, 415, 422, 429]
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429]
"""
"""Ids, tokens and states are guessed, and some words are looked at further in: what fits may still be refused."""


schemathesis.serializer.alias([kind for kind in RECORDINGS if kind.startswith("video")], "application/octet-stream")

_open: list[House] = []


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """The server that is open while the tests run; the routes are known before that."""
    await _open[-1].app(scope, receive, send)


def _description() -> Any:
    parts = SimpleNamespace(settings=Settings(), metrics=Metrics(), registration=SimpleNamespace())
    return create_app(cast("Services", parts)).openapi()


schema = schemathesis.openapi.from_dict(_description(), config=SchemathesisConfig.from_str(CONFIG))
schema.app = app


class Unlimited:
    """Counts nothing."""

    def count(self, _: str) -> None:
        """Let everything through."""


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory, upgraded: Path) -> Iterator[House]:
    """A server that takes any number of wrong tokens."""
    database = open_database(f"sqlite:///{shutil.copy(upgraded, tmp_path_factory.mktemp('schema') / 'simreg.db')}")
    house = House(database)
    house.services.__dict__["failures"] = Unlimited()
    _open.append(house)
    yield house
    database.close()


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_route_does_as_it_is_described(case: Any, open_house: House) -> None:
    for frozen in open_house.desk.registration.freezes():
        open_house.desk.registration.release(frozen.line, "api:1")
    case_id, link = open_house.referenced() if "subscriber" in case.path else open_house.opened()
    sent = case.path_parameters or {}
    if "case_id" in sent and len(str(sent["case_id"])) % 2:
        case.path_parameters = sent | {"case_id": case_id}
    attempt = case.path.endswith("/recording")
    token = "src_x" if attempt else link if "subscriber" in case.path else open_house.key
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
