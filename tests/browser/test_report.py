"""Reports as a person sees them: opened in a real Chromium, on a wide and a narrow window, light and dark.

The pages are those that the demonstration wrote: SIMREG_REPORTS names their folder. SIMREG_SCREENSHOTS names a folder
to keep pictures of them in.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.chromium import Chromium, find_chromium
from browser.page import Look, Page

FOLDER = os.environ.get("SIMREG_REPORTS")
REPORTS = sorted(Path(FOLDER).resolve().rglob("*.html")) if FOLDER else []

RESTED = "new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))"
"""Late messages have come, and what moves has come to rest."""

needs_reports = pytest.mark.skipif(not FOLDER, reason="no reports to open: SIMREG_REPORTS names no folder")


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine")
    with Chromium(program) as browser:
        yield Page(browser)


@needs_reports
def test_there_are_reports() -> None:
    assert REPORTS, f"no HTML file in {FOLDER}"


@needs_reports
@pytest.mark.parametrize("page", REPORTS, ids=lambda page: page.stem)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_a_report_renders(window: Page, page: Path, width: int, scheme: str) -> None:
    window.look(Look(width=width, scheme=scheme))
    visit = window.open(page.as_uri())
    window.evaluate(RESTED)
    _keep_picture(window, f"{page.stem}-{width}-{scheme}.png")
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith("data:")] == [page.as_uri()]
    assert window.evaluate("document.title.trim()")
    assert window.evaluate("document.documentElement.lang")
    assert window.evaluate("document.body.innerText.trim().length") > 200
    assert window.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the window"
    assert window.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0)")


@needs_reports
@pytest.mark.parametrize("page", REPORTS, ids=lambda page: page.stem)
def test_a_report_names_no_other_address(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    loaded = re.findall(
        r"""(?:src|srcset|action|data)\s*=\s*["']?(https?:)?//|url\(\s*["']?(?:https?:)?//|@import""", text
    )
    assert loaded == []


def _keep_picture(window: Page, name: str) -> None:
    folder = os.environ.get("SIMREG_SCREENSHOTS")
    if folder:
        window.screenshot(Path(folder) / name)


def test_the_browser_notices_what_it_must_notice(window: Page, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<title>x</title><img src='http://127.0.0.1:9/x.png'><script>console.error('no'); nothing()</script>")
    visit = window.open(bad.as_uri())
    window.evaluate(RESTED)
    assert "http://127.0.0.1:9/x.png" in visit.requests
    assert any("no" in complaint for complaint in visit.complaints)
    assert any("ReferenceError" in complaint for complaint in visit.complaints)
    window.screenshot(tmp_path / "bad.png")
    assert (tmp_path / "bad.png").read_bytes().startswith(b"\x89PNG")
