"""Health, readiness, and what is counted."""

from dataclasses import replace

import pytest

from api.house import House, problem
from service.desk import REFUSE
from simreg.service.access import Scope
from simreg.settings import Settings
from simreg.storage.database import Database


def test_alive_and_ready(house: House) -> None:
    assert house.client.get("/v1/health").json()["status"] == "ok"
    assert house.client.get("/v1/ready").json() == {"status": "ready", "captures": 0, "capacity": 4}


def test_not_ready_without_workers_database_or_while_it_ends(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.pool.ready = False
    problem(house.client.get("/v1/ready"), 503, "workers-missing")
    house.pool.ready = True
    monkeypatch.setattr(house.database, "ready", lambda: False)
    problem(house.client.get("/v1/ready"), 503, "database-unready")
    house.services.draining.set()
    problem(house.client.get("/v1/ready"), 503, "draining")
    assert house.client.get("/v1/health").status_code == 200


def test_counts(house: House) -> None:
    house.services.webhooks.create("https://hooks.example/")
    house.accepted()
    case_id, _ = house.referenced(line="+8613800000002")
    house.pool.result = REFUSE
    house.record(house.attempt(case_id))
    text = house.operator("GET", "/metrics").text
    for line in (
        'simreg_case_changes_total{act="open",state="created"} 2.0',
        'simreg_case_changes_total{act="attempt-accepted",state="accepted"} 1.0',
        'simreg_case_changes_total{act="attempt-failed",state="referenced"} 1.0',
        'simreg_attempts_total{outcome="accepted"} 1.0',
        'simreg_attempts_total{outcome="failed"} 1.0',
        "simreg_captures_capacity 4.0",
        "simreg_captures_running 0.0",
    ):
        assert line in text.splitlines()
    assert "simreg_webhooks_pending 0.0" not in text
    assert not [word for word in (case_id, "8613800000", "192.0.2.7", "test") if word in text]


def test_a_change_that_is_taken_back_is_not_counted(house: House) -> None:
    case_id, _ = house.opened()
    problem(house.operator("POST", f"/v1/cases/{case_id}/activation"), 409, "act-not-possible")
    assert "confirm-activation" not in house.operator("GET", "/metrics").text


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("192.0.2.7", 401)])
def test_a_trial_server_tells_its_counts_to_its_own_machine(database: Database, address: str, status: int) -> None:
    house = House(database, replace(Settings(), profile="test"), address=address)
    assert house.client.get("/metrics").status_code == status


def test_any_other_server_needs_a_key_even_from_its_own_machine(database: Database, house: House) -> None:
    assert house.client_at("127.0.0.1").get("/metrics").status_code == 401
    assert house.operator("GET", "/metrics", house.new_key(Scope.METRICS_READ)).status_code == 200
