"""Pictures of every page in every state, to be looked at, with what axe-core finds: `python scripts/page_pictures.py`.

The subscriber's pages come from `web/dev/shots.mjs`, with a stand-in for the server; the staff's pages from here, over a
database with made-up cases in all states. Both need Chromium, and Node with `npm ci` done in web/. In Chinese it also
takes a font with Chinese signs, such as Debian's fonts-noto-cjk. The exit status is 1 where something was found.
"""
# ruff: noqa: E402

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import uvicorn
from fastapi import Response

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import Chromium, find_chromium
from browser.page import Look, Page
from console.house import PASSWORD, House
from service.desk import ACCEPT, PICTURE, REFER, REFUSE
from simreg.registration.types import Case
from simreg.service.changes import Kind
from simreg.storage.database import open_database
from simreg.web import files

VARIANTS = tuple(
    f"{tongue}-{width}-{scheme}" for tongue in ("en", "zh") for width in (390, 1280) for scheme in ("light", "dark")
)
FEW = ("en-390-light", "zh-390-dark", "en-1280-dark", "zh-1280-light")
PORT = 8126
LOCALES = {"en": "en-GB", "zh": "zh-CN"}

Act = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """A page: who has signed in, where it is, and what is done there before it is looked at."""

    name: str
    who: str | None
    path: str
    acts: tuple[Act, ...] = ()


# --- the house --------------------------------------------------------------------------------------------------------


class Cases:
    """Cases in every state, opened one after the other in a shop."""

    def __init__(self, house: House) -> None:
        self._house, self._desk = house, house.desk
        self._registration = house.desk.registration
        self._agent, self._count = house.actor("ann"), 0
        house.desk.now = datetime.now(UTC) - timedelta(hours=2)

    def made(self) -> dict[str, Case]:
        """All of them, by name."""
        act, desk, agent = self._registration, self._desk, self._agent
        rex, sam = self._house.actor("rex"), self._house.actor("sam")
        made = {name: self._opened() for name in ("created", "withdrawn", "cancelled")}
        act.withdraw(made["withdrawn"].id, "subscriber")
        act.cancel(made["cancelled"].id, agent, "A digit of the number was wrong")
        made["alternative"] = self._opened(transaction="transfer")
        act.choose_alternative(made["alternative"].id, agent, "rather-not")
        made["consented"] = self._opened()
        act.consent(made["consented"].id, "subscriber", "1")
        made["referenced"] = self._referenced(transaction="replace")
        made["capturing"] = self._referenced()
        desk.begun(made["capturing"])
        made["again"] = desk.attempted(self._referenced(), REFUSE)
        made["refused"] = self._referenced()
        for _ in range(3):
            desk.attempted(act.case(made["refused"].id), REFUSE)
        made["accepted"] = desk.attempted(self._referenced(), ACCEPT)
        made["activated"] = desk.attempted(self._referenced(), ACCEPT)
        act.confirm_activation(made["activated"].id, "api:1")
        for name, risk in {"referred": 0.0, "two": 0.8, "mine": 0.9, "second": 0.9, "decided": 0.0}.items():
            made[name] = desk.attempted(self._referenced(profile="keeps", risk=risk), REFER, _frames())
        made["no-frames"] = desk.attempted(self._referenced(), REFER)
        act.review(made["mine"].id, rex, True, "Same person: the ears, and a mole on the left cheek.")
        act.review(made["second"].id, sam, True, "Same person.")
        act.review(made["decided"].id, sam, False, "Another person: ears and nose differ.")
        desk.now = datetime.now(UTC)
        made["referred"] = desk.attempted(self._referenced(profile="keeps", transaction="port"), REFER, _frames())
        return made

    def _opened(self, **values: object) -> Case:
        self._count += 1
        self._desk.later(120)
        line = f"+49155500000{self._count:02d}"
        return self._desk.opened(line, channel="shop", agent=self._agent, shop="Riverside 4", **values)  # type: ignore[arg-type]

    def _referenced(self, **values: object) -> Case:
        case = self._opened(**values)
        self._registration.consent(case.id, "subscriber", "1")
        return self._registration.set_reference(case.id, "subscriber", PICTURE).case


def _frames() -> tuple[bytes, ...]:
    """Two pictures with a drawn head."""
    drawn = []
    for aside in (0, 30):
        picture = np.full((480, 360, 3), (130, 110, 90), np.uint8)
        cv2.ellipse(picture, (180 + aside, 230), (90, 120), 0, 0, 360, (170, 190, 220), -1)
        drawn.append(cv2.imencode(".jpg", picture)[1].tobytes())
    return tuple(drawn)


@contextmanager
def serving(house: House) -> Iterator[None]:
    """The house's pages on `PORT`, while the context lasts."""

    @house.app.get("/web/icon.svg")
    def icon() -> Response:
        built = files.read("icon.svg")
        return Response(status_code=404) if built is None else Response(built.body, media_type=built.media_type)

    server = uvicorn.Server(uvicorn.Config(house.app, port=PORT, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.05)
        yield
    finally:
        server.should_exit = True
        thread.join()


# --- the staff's pages ------------------------------------------------------------------------------------------------


def send(selector: str) -> Act:
    """Click on what sends a form."""
    return lambda page: page.goes(selector)


def write(selector: str, text: str) -> Act:
    """Type into a field."""
    return lambda page: page.write(selector, text)


def staff_states(cases: dict[str, Case]) -> list[State]:
    """Every page of the staff."""
    by_agent = [name for name in cases if name not in ("mine", "second", "decided", "no-frames")]
    reviews = ("referred", "two", "mine", "second", "decided", "no-frames")
    case = {name: f"/staff/cases/{one.id}" for name, one in cases.items()}
    review = {name: f"/staff/review/{one.id}" for name, one in cases.items()}
    return [
        State("sign-in", None, "/staff/sign-in"),
        State("signed-out", None, "/staff/sign-in?from=sign-out"),
        State(
            "sign-in-wrong",
            None,
            "/staff/sign-in",
            (write("#name", "ann"), write("#password", "not this one"), send("button.main")),
        ),
        State("cases", "ann", "/staff/cases"),
        State("cases-none", "bea", "/staff/cases"),
        State("cases-found", "ann", "/staff/cases?line=%2B4915550000001"),
        State("cases-not-found", "ann", "/staff/cases?line=%2B999"),
        State("cases-bad-line", "ann", "/staff/cases?line=abc"),
        State("order", "ann", "/staff/cases/new"),
        State("order-lines-counted", "ann", "/staff/cases/new?profile=two-lines"),
        State(
            "order-problem",
            "ann",
            "/staff/cases/new?profile=two-lines",
            (write("#line", "+4915550009999"), send(".card button.main")),
        ),
        *(State(f"case-{name}", "ann", case[name]) for name in by_agent),
        State("link", "ann", case["created"], (send('form[action$="/link"] button'),)),
        State("queue", "rex", "/staff/review"),
        *(State(f"review-{name}", "rex", review[name]) for name in reviews),
        State("review-problem", "rex", review["referred"], (write("#reason", " "), send(".decide button.main"))),
        State("changes", "cora", "/staff/changes"),
        State("inspect-numbers", "ines", "/staff/inspect"),
        State("inspect-rates", "ines", "/staff/inspect/rates"),
        State("inspect-unusual", "ines", "/staff/inspect/unusual"),
        State("inspect-cases", "ines", "/staff/inspect/cases?size=5"),
        State("inspect-reconcile", "ines", "/staff/inspect/reconcile"),
        State("other-role", "rex", "/staff/cases"),
        State("not-found", "ann", "/staff/nothing"),
    ]


def staff_pictures(folder: Path, variants: tuple[str, ...], only: tuple[str, ...]) -> int:
    """Pictures of the staff's pages; how many faults were found."""
    axe = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    program = find_chromium()
    if program is None:
        raise SystemExit("no Chromium here")
    with tempfile.TemporaryDirectory() as scratch:
        database = open_database(f"sqlite:///{scratch}/staff.db")
        database.upgrade()
        house = House(database)
        house.changes.in_use(Kind.POLICY, "my-country", "5e" * 32)
        states = [one for one in staff_states(Cases(house).made()) if not only or one.name in only]
        with serving(house), Chromium(program) as browser:
            return sum(_look(house, browser, folder, variant, state, axe) for variant in variants for state in states)


def _look(house: House, browser: Chromium, folder: Path, variant: str, state: State, axe: str) -> int:
    """One picture; how many faults."""
    tongue, width, scheme = variant.split("-")
    page = Page(browser, Look(int(width), 860, scheme, LOCALES[tongue], calm=True))
    base = f"http://localhost:{PORT}"
    if state.who is not None:
        token = house.access.sign_in(state.who, PASSWORD).token
        page.ask("Network.setCookie", name="simreg_staff", value=token, url=f"{base}/staff")
    page.open(base + state.path)
    for act in state.acts:
        act(page)
    page.screenshot(folder / variant / f"{state.name}.png")
    found = [*page.violations(axe), *page.visit.complaints]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the window")
    found = [one for one in found if "Failed to load resource" not in one]
    page.close()
    for one in found:
        print(f"{variant} {state.name}: {one}")
    return len(found)


# --- the command ------------------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Take the pictures: 1 where something was found."""
    parser = argparse.ArgumentParser(description="Pictures of every page in every state.")
    parser.add_argument("names", nargs="*", metavar="STATE", help="states to picture (default: all)")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "pages", help="folder for the pictures")
    parser.add_argument("--pages", choices=("all", "subscriber", "staff"), default="all")
    parser.add_argument("--variants", nargs="*", default=FEW, help=f"of: {' '.join(VARIANTS)}; or all")
    given = parser.parse_args(arguments)
    variants = VARIANTS if list(given.variants) == ["all"] else tuple(given.variants)
    found = 0
    if given.pages != "subscriber":
        found += staff_pictures(given.out / "staff", variants, tuple(given.names))
    if given.pages != "staff":
        environ = os.environ | {"VARIANTS": " ".join(variants), "SHOTS": str((given.out / "subscriber").resolve())}
        done = subprocess.run(["node", "dev/shots.mjs", *given.names], cwd=ROOT / "web", env=environ, check=False)  # noqa: S603, S607
        found += done.returncode != 0
    print(f"The pictures are in {given.out}.")
    return int(found > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
