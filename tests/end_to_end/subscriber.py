"""A subscriber at their page: what they do, and what they see."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from browser.page import Page
from end_to_end.actor import Person

NOISE = ("Failed to load resource", "WebSocket connection to", "net::ERR")
"""What the browser itself says of an answer that is an error, or of a network that is gone."""

PICTURES = os.environ.get("SIMREG_SCREENSHOTS")


class Subscriber:
    """Works with a page; ``axe`` is the source of axe-core, with which `looks_right` looks at it."""

    def __init__(self, page: Page, axe: str) -> None:
        self.page, self._axe = page, axe

    def opens(self, link: str) -> None:
        """Open the link of a case, or the trial page."""
        self.page.open("about:blank")  # so that another fragment is another page
        self.page.open(link)

    def sees(self, screen: str, seconds: float = 20) -> None:
        """Wait for a screen."""
        self.page.shows(f'main[data-state="{screen}"]', seconds)

    def camera(self, state: str, seconds: float = 20) -> None:
        """Wait until the capture has come to a state."""
        self.page.shows(f'portrait-capture[data-state="{state}"]', seconds)

    def prompted(self, step: int = 0, seconds: float = 20) -> str:
        """Wait until a movement is asked for, after so many others; which one."""
        it = 'document.querySelector("portrait-capture")?.dataset'
        return str(self.page.wait(f"Number({it}?.step) >= {step} && {it}.prompt", seconds))

    def trouble(self) -> str:
        """Code of what stands in the capture's way."""
        return str(self.page.evaluate('document.querySelector("portrait-capture").dataset.trouble'))

    def leaves_out(self, person: Person) -> None:
        """Say which movements the person cannot do."""
        self.page.click("#cannot")
        self.page.shows("#movements")
        names = "[...document.querySelectorAll('#movements input:not(:checked)')].map((it) => it.name)"
        for action in person.cannot(self.page.evaluate(names)):
            self.page.click(f"input[name={action}]")
        self.page.click("#save-cannot")

    def shows_document(self, picture: Path) -> None:
        """Give the picture of the document as a file."""
        self.sees("document")
        self.page.choose_file("#file", picture)
        self.page.click("#use-picture")

    def begins(self, person: Person) -> None:
        """Begin the capture that is offered, without what the person cannot do."""
        self.page.shows("#begin")
        self.leaves_out(person)
        self.page.click("#begin")

    def reasons(self) -> Sequence[str]:
        """Codes of the reasons that are shown."""
        self.page.shows("#reasons")
        codes = "[...document.querySelectorAll('[data-reason]')].map((it) => it.dataset.reason)"
        return list(self.page.evaluate(codes))

    def presses(self, selector: str, key: str = "Enter") -> None:
        """Go on by the tabulator until an element has the focus, and press a key there."""
        self.page.shows(selector)
        here = f"seek({json.dumps(selector)}) === document.activeElement"
        for _ in range(60):
            if self.page.evaluate(here):
                self.page.press(key)
                return
            self.page.press("Tab")
        raise AssertionError(f"no way to {selector} by the tabulator")

    def focused(self) -> str | None:
        """The id of the element that has the focus."""
        found = self.page.evaluate("document.activeElement?.id")
        return None if found is None else str(found)

    def looks_right(self, name: str) -> None:
        """axe-core finds nothing, nothing reaches beyond the window, and the console is quiet."""
        page = self.page
        if PICTURES:
            page.screenshot(Path(PICTURES) / f"{name}.png")
        assert list(page.violations(self._axe)) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"
        assert [one for one in page.visit.complaints if not any(noise in one for noise in NOISE)] == []
