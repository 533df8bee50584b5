"""The server as a process: how it begins, how it ends, and the commands beside it."""

import argparse
import asyncio
import io
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any, cast

import pytest

from api.house import House
from simreg import serve
from simreg.api.rounds import Round
from simreg.cli import keys, staff
from simreg.cli import serve as serve_command
from simreg.errors import InputError, SimregError
from simreg.models.progress import NullProgress
from simreg.settings import Settings, read_settings


def test_a_port_that_is_taken_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(port=taken.getsockname()[1], database=f"sqlite:///{tmp_path}/a.db")
        with pytest.raises(InputError) as error:
            serve.serve(settings, print, NullProgress())
    assert error.value.code == "port-taken"
    assert not (tmp_path / "a.db").exists()


def test_an_unknown_profile_is_told_first() -> None:
    with pytest.raises(SimregError) as error:
        serve.serve(Settings(profile="nowhere"), print, NullProgress())
    assert error.value.code == "profile-unknown"


def test_a_log_that_others_see_has_a_name_of_its_own() -> None:
    with pytest.raises(InputError) as error:
        serve.serve(Settings(public_url="https://sim.example"), print, NullProgress())
    assert error.value.code == "log-unnamed"


def test_lax_profiles_are_told(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "own.toml"
    path.write_text(
        'name = "own"\ntitle = { en = "Own", zh = "自有" }\nas_of = "2026-11"\nbased_on = "default"\n'
        '[sources.own]\ntitle = "mine"\nread = "own-choice"\n'
        '[rules.attempts]\nvalue = 9\nsource = "own"\nwhere = "more"\n'
    )
    serve._report_profiles(Settings(profiles=(str(path),)), said.append)
    assert any("attempts" in line and "[laxer]" in line for line in said)


@pytest.fixture
def server(house: House) -> tuple[serve.Server, House, list[str]]:
    said: list[str] = []
    server = serve.Server(house.app, house.services, said.append)
    server.started = True
    return server, house, said


def ticks(server: serve.Server) -> bool:
    """Whether the server is to end now."""
    return asyncio.run(server.on_tick(1))


def test_the_first_signal_drains_and_the_second_goes(server: tuple[serve.Server, House, list[str]]) -> None:
    running, house, said = server
    assert ticks(running) is False
    house.services.places.take("case_1", None, running, lambda: None)
    running.handle_exit(signal.SIGTERM, None)
    assert house.services.draining.is_set()
    assert ticks(running) is False
    assert "1 may end within 30 s" in said[0]
    house.services.places.free("case_1", running)
    assert ticks(running) is True
    assert len(said) == 1


def test_the_second_signal_waits_for_nobody(server: tuple[serve.Server, House, list[str]]) -> None:
    running, house, _ = server
    house.services.places.take("case_1", None, running, lambda: None)
    running.handle_exit(signal.SIGTERM, None)
    assert ticks(running) is False
    running.handle_exit(signal.SIGTERM, None)
    assert ticks(running) is True
    assert running.force_exit


def test_captures_that_do_not_end_are_not_waited_for(
    server: tuple[serve.Server, House, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    running, house, _ = server
    house.services.places.take("case_1", None, running, lambda: None)
    running.handle_exit(signal.SIGTERM, None)
    assert ticks(running) is False
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 31)
    assert ticks(running) is True


def test_a_round_goes_on_after_a_fault_and_ends_when_it_is_told(caplog: pytest.LogCaptureFixture) -> None:
    came = threading.Semaphore(0)

    def act() -> None:
        came.release()
        raise ValueError("secret words")

    running = Round("test", act, 0.001)
    running.start()
    assert all(came.acquire(timeout=5) for _ in range(2))
    running.stop()
    assert not running.is_alive()
    assert "ValueError at" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("options", "host", "port"),
    [([], "127.0.0.1", 9100), (["--host", "0.0.0.0", "--port", "9000"], "0.0.0.0", 9000)],  # noqa: S104
)
def test_options_go_before_the_environment(
    options: list[str], host: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Settings] = []

    def run(settings: Settings, *_: Any, **__: Any) -> int:
        seen.append(settings)
        return 0

    monkeypatch.setenv("SIMREG_PORT", "9100")
    monkeypatch.setattr(serve, "serve", run)
    top = argparse.ArgumentParser()
    serve_command.add_parser(top.add_subparsers())
    parsed = top.parse_args(["serve", *options])
    assert parsed.func(parsed) == 0
    assert (seen[0].host, seen[0].port, seen[0].public_url) == (host, port, f"http://localhost:{port}")


def test_the_public_url_is_kept_where_it_is_given() -> None:
    assert read_settings({"SIMREG_PORT": "9", "SIMREG_PUBLIC_URL": "https://s.example"}).public_url == "https://s.example"


def run(module: Any, *words: str) -> int:
    top = argparse.ArgumentParser()
    module.add_parser(top.add_subparsers())
    parsed = top.parse_args(list(words))
    return cast("int", parsed.func(parsed))


def test_keys_are_made_listed_and_revoked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIMREG_DATABASE", f"sqlite:///{tmp_path}/a.db")
    assert run(keys, "keys", "create", "billing", "--scope", "cases:read", "--scope", "cases:write") == 0
    made = capsys.readouterr().out
    secret, key_id = made.split()[-1], made.split()[0]
    assert secret.startswith("srk_")
    run(keys, "keys", "list")
    listed = capsys.readouterr().out
    assert "billing" in listed
    assert "cases:read, cases:write" in listed
    assert secret not in listed
    assert run(keys, "keys", "revoke", key_id) == 0
    run(keys, "keys", "list")
    assert "revoked" in capsys.readouterr().out
    with pytest.raises(InputError, match="no such scope"):
        run(keys, "keys", "create", "x", "--scope", "all")


def test_staff_are_made_and_disabled_and_no_password_is_an_argument(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIMREG_DATABASE", f"sqlite:///{tmp_path}/a.db")
    for words in (("create", "ann", "--role", "agent"), ("password", "ann")):
        monkeypatch.setattr(sys, "stdin", io.StringIO("a long password\n"))
        assert run(staff, "staff", *words) == 0
    assert run(staff, "staff", "disable", "ann") == 0
    run(staff, "staff", "list")
    shown = capsys.readouterr().out
    assert "ann  agent, disabled" in shown
    assert "a long password" not in shown
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    with pytest.raises(InputError):
        run(staff, "staff", "create", "bob", "--role", "agent")
    with pytest.raises(InputError, match="no such role"):
        run(staff, "staff", "create", "bob", "--role", "king")
