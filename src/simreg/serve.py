"""The server: puts all rooms together, runs them, and lets running captures end when it is told to go."""

import asyncio
import logging
import os
import socket
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from simreg.api.acts import portraits_of
from simreg.api.app import create_app
from simreg.api.rounds import rounds
from simreg.api.services import Services
from simreg.console.routes import console_routes
from simreg.decision.profiles.check import findings
from simreg.decision.profiles.shelf import builtin, load_file
from simreg.engine import Engine
from simreg.errors import ConflictError, InputError, SimregError
from simreg.inspection.desk import Inspector
from simreg.live.limits import engine_for
from simreg.live.pool import Pool
from simreg.live.work import Limits
from simreg.loading import load_engine
from simreg.models.files import sha256_of
from simreg.models.progress import ProgressSink
from simreg.service.access import Access
from simreg.service.chance import SystemChance
from simreg.service.changes import Changes, Kind
from simreg.service.devices import Devices
from simreg.service.inspecting import open_inspector
from simreg.service.leaves import policy_digest
from simreg.service.looked import Looked
from simreg.service.provider import Provider
from simreg.service.registration import known_profiles, open_keys, open_registration, utc_now
from simreg.service.second import Second
from simreg.service.vault import open_store
from simreg.service.webhooks import Webhooks
from simreg.settings import LOG_ORIGIN, Settings
from simreg.storage.database import Database, open_database

LARGEST_MESSAGE = 1 << 20
"""Bytes of a socket's message that are read at all; a frame may have a quarter of it."""

MESSAGES_WAITING = 4
CLOSING_S = 5

Say = Callable[[str], None]


def serve(settings: Settings, say: Say, progress: ProgressSink, *, open_page: bool = False) -> int:
    """Run the server until it is told to end: 0. ``say`` is told what happens. Raises `SimregError`."""
    _set_logs(settings)
    settings = replace(settings, workers=settings.workers or cores())
    known_profiles(settings)(settings.profile)
    _report_profiles(settings, say)
    _check_log_name(settings)
    with _listener(settings) as listener, _opened(settings) as database:
        say("Looking for the networks ...")
        # Fetches what is not here, once, and tells what is wrong with it by its name; the workers load their own.
        engine = engine_loader(settings)(progress=progress)
        _check_thresholds(settings, engine)
        check_changes(settings, database)
        _report_networks(engine, say)
        return asyncio.run(_run(settings, database, listener, say, open_page))


def _set_logs(settings: Settings) -> None:
    """One line a request comes of `api.edge`; what others would tell has addresses and whole paths in it."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(name)s %(levelname)s %(message)s")
    for name in ("uvicorn", "uvicorn.error", "websockets", "alembic", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)


def services(settings: Settings, database: Database, pool: Pool, loop: asyncio.AbstractEventLoop) -> Services:
    """Everything behind the routes; the pool asks its workers on this loop."""
    keys, chance = open_keys(settings), SystemChance()
    return Services(
        settings=settings,
        database=database,
        registration=open_registration(
            settings, database, keys, open_store(settings, keys), portraits_of(pool, lambda: loop)
        ),
        access=Access(database, utc_now, chance, settings),
        webhooks=Webhooks(database, keys, utc_now, chance),
        pool=pool,
        clock=utc_now,
    )


def _office(settings: Settings, database: Database) -> tuple[Second, Changes, Devices, Inspector]:
    chance = SystemChance()
    second = Second(database, utc_now, chance, settings, open_keys(settings))
    inspector = open_inspector(settings, Looked(database, utc_now))
    changes = Changes(database, utc_now, chance)
    return second, changes, Devices(database, utc_now, changes), inspector


def _provider(settings: Settings) -> Provider | None:
    return Provider(settings, open_keys(settings), utc_now, SystemChance()) if settings.oidc_issuer else None


def _check_log_name(settings: Settings) -> None:
    """A log that others see has a name of its own. Raises InputError ``log-unnamed``."""
    if settings.log_origin == LOG_ORIGIN and not settings.seen_here_only:
        sentence = "The log has no name of its own, and the server's address is one for others."
        raise InputError("log-unnamed", sentence, "Set SIMREG_LOG_ORIGIN, such as sim.example/log; it never changes.")


def check_changes(settings: Settings, database: Database) -> None:
    """What decides about people is used as two have agreed to it. Raises ConflictError ``change-unapproved``."""
    changes = Changes(database, utc_now, SystemChance())
    used = [changes.in_use(*one) for one in decisive(settings)]
    if waiting := [one for one in used if one is not None]:
        told = ", ".join(f"{one.kind} {one.target} ({one.value[:12]})" for one in waiting)
        sentence = f"Two people have to agree before this is used: {told}."
        remedy = "Two compliance officers or operators do so: simreg changes agree ID --as NAME, or on /staff/changes."
        raise ConflictError("change-unapproved", sentence, remedy)


def decisive(settings: Settings) -> Iterator[tuple[Kind, str, str]]:
    """The operator's own rules, thresholds and recogniser: what each is, and its digest."""
    for path in settings.profiles:
        profile = load_file(Path(path))
        yield Kind.POLICY, profile.name, policy_digest(profile)
    files = (Kind.THRESHOLD, settings.own_thresholds), (Kind.RECOGNISER, settings.own_recogniser)
    for kind, file in files:
        if file is not None:
            yield kind, kind.value, sha256_of(file)


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = open_database(settings.database)
    try:
        database.upgrade()
        yield database
    finally:
        database.close()


async def _run(settings: Settings, database: Database, listener: socket.socket, say: Say, open_page: bool) -> int:
    pool = Pool(engine_loader(settings), settings.workers, settings.captures)
    given = services(settings, database, pool, asyncio.get_running_loop())
    say(f"Starting {settings.workers} worker processes, for {pool.capacity} captures at once ...")
    await pool.start()
    try:
        office = _office(settings, database)
        identity = _provider(settings)
        staff = console_routes(given.registration, given.access, *office, settings, given.clock, identity=identity)
        server = Server(create_app(given, [staff]), given, say, open_page=open_page)
        with _running(given):
            await server.serve([listener])
    finally:
        await pool.stop()
    say("The server has ended.")
    return 0


@contextmanager
def _running(given: Services) -> Iterator[None]:
    """The rounds, while the server runs."""
    running = rounds(given)
    for one in running:
        one.start()
    try:
        yield
    finally:
        for one in running:
            one.stop()


class Server(uvicorn.Server):
    """Uvicorn that first lets captures end: at the first signal it drains, at the second it goes."""

    def __init__(self, app: FastAPI, given: Services, say: Say, *, open_page: bool = False) -> None:
        super().__init__(_config(app))
        self._given, self._say, self._open_page = given, say, open_page
        self._until: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say where."""
        await super().startup(sockets)
        settings = self._given.settings
        self._say(f"simreg is at {settings.public_url} (listens on {settings.host}, port {settings.port}).")
        self._say(f"Staff sign in at {settings.public_url}/staff. Control-C ends the server.")
        if self._open_page and _has_screen():
            await asyncio.to_thread(webbrowser.open, settings.public_url)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """A signal came."""
        if self._given.draining.is_set() or not self.started:
            self.should_exit = self.force_exit = True
        self._given.draining.set()

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second; True once the server is to close its sockets."""
        await super().on_tick(counter)
        if not self._given.draining.is_set():
            return self.should_exit
        running, now = self._given.places.captures, time.monotonic()
        if self._until is None:
            self._until = now + self._given.settings.drain_s
            self._say(f"Told to end: no new captures; {running} may end within {self._given.settings.drain_s} s.")
        return self.should_exit or not running or now > self._until


def _has_screen() -> bool:
    """Whether a browser would open in a window; in a terminal one would take the server's place."""
    return os.name == "nt" or sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_max_queue=MESSAGES_WAITING,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=CLOSING_S,
    )


def _listener(settings: Settings) -> socket.socket:
    """A socket bound to the address, which does not listen yet. Raises InputError ``port-taken``."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        sentence = f"The server cannot listen on {settings.host}, port {settings.port}: {error.strerror}."
        raise InputError("port-taken", sentence, "Give another one: simreg serve --port 8001.") from None
    return listener


def engine_loader(settings: Settings) -> partial[Engine]:
    """Loads the networks of these settings; worker processes are handed it."""
    return partial(load_engine, settings.own_recogniser, settings.own_thresholds)


def _report_networks(engine: Engine, say: Say) -> None:
    """Say whose scores decide, and what is not assessed for want of a network."""
    say(f"Faces are compared by {engine.recogniser.name}, threshold for an FMR of {engine.threshold.target_fmr:g}.")
    if engine.passive_pad is None:
        say("The networks for passive PAD are not here: no attempt can be accepted, all go to a reviewer.")


def _check_thresholds(settings: Settings, engine: Engine) -> None:
    """Refuse to begin with a profile whose target FMR no threshold was measured for."""
    for name in (settings.profile, *(load_file(Path(path)).name for path in settings.profiles)):
        try:
            limits = Limits(known_profiles(settings)(name).target_fmr, thresholds=settings.own_thresholds)
            engine_for(engine, limits)
        except SimregError as error:
            raise InputError(error.code, f"Profile {name}: {error.sentence}", error.remedy) from None


def _report_profiles(settings: Settings, say: Say) -> None:
    """Say what is lax or missing in the operator's own profiles."""
    for path in settings.profiles:
        profile = load_file(Path(path))
        base = None if profile.based_on is None else builtin(profile.based_on)
        for one in findings(profile, base):
            say(f"Profile {profile.name}, {one.rule}: {one.text}. [{one.code}]")
