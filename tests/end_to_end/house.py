"""The real server in a process of its own, behind a network that can be cut, and the operator's system that calls it."""

import base64
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError

from sqlalchemy import Update, update

from end_to_end.proxy import Proxy
from simreg.storage.database import open_database
from simreg.storage.tables import CASES, LINKS

Json = dict[str, Any]
PASSWORD = "correct horse battery staple"  # noqa: S105
ORDER: Json = {"transaction": "new", "channel": "web", "language": "en"}
PROFILES: Mapping[str, Mapping[str, int | str]] = {
    "once": {"attempts": 1, "keep_frames": 3},
    "hurried": {"capture": "5 s"},
}
"""Profiles of the operator's own, and what they have otherwise than the default."""

NUMBERS = count(15_550_000_001)
START_S = 90.0


class House:
    """`simreg serve` with real weights, a database and a key of its own; a context manager."""

    def __init__(self, folder: Path, models: Path, **settings: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.network = Proxy(self.port)
        self._folder, self._settings = folder, settings
        self._models = models
        self._log: list[str] = []
        self._up = threading.Event()

    def __enter__(self) -> Self:
        self.network.__enter__()
        self.url = f"http://localhost:{self.network.port}"
        key_file, log_key_file = self._secret("key"), self._secret("log-key")
        own = {
            "database": f"sqlite:///{self._folder / 'simreg.db'}",
            "key_file": str(key_file),
            "key_store": f"sqlite:///{self._folder / 'keys.db'}",
            "log_key_file": str(log_key_file),
            "port": str(self.port),
            "public_url": self.url,
            "models": str(self._models),
            "profiles": ",".join(str(self._profile(name, rules)) for name, rules in PROFILES.items()),
            "sweep_s": "1",
        }
        rest = {name: value for name, value in os.environ.items() if not name.startswith("SIMREG_")}
        self._environ = rest | {f"SIMREG_{name.upper()}": value for name, value in (own | self._settings).items()}
        self.key = self.run("keys", "create", "end to end").split()[-1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "simreg.cli.main", "serve"], env=self._environ, stderr=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._read, name="server's words", daemon=True).start()
        assert self._up.wait(START_S), "the server does not start:\n" + "".join(self._log)
        assert "simreg is at" in self.log, self.log
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.network.__exit__(kind, error, traceback)

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return "".join(self._log)

    def run(self, *words: str, stdin: str = "") -> str:
        """Another command of simreg on the server's database; what it prints."""
        command = [sys.executable, "-m", "simreg.cli.main", *words]
        done = subprocess.run(command, env=self._environ, input=stdin, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def call(self, method: str, path: str, body: Json | bytes | None = None, token: str | None = None) -> Any:
        """A call of the operator's system, or with ``token`` of somebody else; what the answer has, None without."""
        kind = "image/png" if isinstance(body, bytes) else "application/json"
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token or self.key}"} | ({} if data is None else {"Content-Type": kind})
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                told = answer.read()
        except HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None
        return json.loads(told) if told else None

    def text(self, path: str) -> str:
        """What lies at an address, for the operator's system."""
        headers = {"Authorization": f"Bearer {self.key}"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return str(answer.read().decode())

    def opened(self, **order: Any) -> tuple[str, str]:
        """A new case for a line of its own, and the address of its link."""
        made = self.call("POST", "/v1/cases", ORDER | {"line": f"+49{next(NUMBERS)}"} | order)
        return made["id"], self.call("POST", f"/v1/cases/{made['id']}/links")["url"]

    def referenced(self, portrait: bytes, **order: Any) -> tuple[str, str]:
        """A case with consent and the portrait of the document, and the address of its link."""
        case, url = self.opened(**order)
        self.call("POST", "/v1/subscriber/consent", {"text_version": "2026-11"}, token=url.split("#")[1])
        assert self.call("PUT", f"/v1/cases/{case}/reference", portrait)["problem"] is None
        return case, url

    def result(self, case: str) -> Mapping[str, Any]:
        """Where a case stands, with its attempts."""
        return dict(self.call("GET", f"/v1/cases/{case}/result"))

    def comes_to(self, case: str, state: str, seconds: float = 20) -> None:
        """Wait until a case is in a state."""
        until = time.monotonic() + seconds
        while (now := self.result(case)["state"]) != state:
            assert time.monotonic() < until, f"the case is {now}, not {state}"
            time.sleep(0.05)

    def ages(self, case: str) -> None:
        """Time passes for a case until it is over; no setting makes it as brief as a test."""
        self._puts_back(update(CASES).where(CASES.c.id == case))

    def forgets_links(self, case: str) -> None:
        """Time passes until its links are over, too."""
        self._puts_back(update(LINKS).where(LINKS.c.case_id == case))

    def _puts_back(self, change: Update) -> None:
        database = open_database(self._environ["SIMREG_DATABASE"])
        with database.write() as tx:
            tx.execute(change.values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        database.close()

    def staff(self, name: str, role: str) -> None:
        """Somebody who may sign in with `PASSWORD`."""
        self.run("staff", "create", name, "--role", role, stdin=PASSWORD + "\n")

    def _secret(self, name: str) -> Path:
        path = self._folder / name
        path.write_text(base64.b64encode(os.urandom(32)).decode())
        path.chmod(0o600)
        return path

    def _profile(self, name: str, rules: Mapping[str, int | str]) -> Path:
        path = self._folder / f"{name}.toml"
        head = f'name = "{name}"\ntitle = {{ en = "{name}", zh = "测试" }}\nas_of = "2026-11"\nbased_on = "default"\n'
        own = '[sources.own]\ntitle = "tests"\nread = "own-choice"\n'
        parts = [
            f'[rules.{rule}]\nvalue = {json.dumps(value)}\nsource = "own"\nwhere = "here"\n'
            for rule, value in rules.items()
        ]
        path.write_text(head + own + "".join(parts), encoding="utf-8")
        return path

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._log.append(line)
            if "simreg is at" in line:
                self._up.set()
        self._up.set()
