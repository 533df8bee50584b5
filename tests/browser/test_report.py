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

FOLDER = os.environ.get("SIMREG_REPORTS")
REPORTS = sorted(Path(FOLDER).resolve().rglob("*.html")) if FOLDER else []

needs_reports = pytest.mark.skipif(not FOLDER, reason="no reports to open: SIMREG_REPORTS names no folder")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine")
    with Chromium(program) as browser:
        yield browser


@needs_reports
def test_there_are_reports() -> None:
    assert REPORTS, f"no HTML file in {FOLDER}"


@needs_reports
@pytest.mark.parametrize("page", REPORTS, ids=lambda page: page.stem)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_a_report_renders(chromium: Chromium, page: Path, width: int, scheme: str) -> None:
    visit = chromium.open(page.as_uri(), width=width, scheme=scheme)
    _keep_picture(chromium, f"{page.stem}-{width}-{scheme}.png")
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith("data:")] == [page.as_uri()]
    assert chromium.evaluate("document.title.trim()")
    assert chromium.evaluate("document.documentElement.lang")
    assert chromium.evaluate("document.body.innerText.trim().length") > 200
    assert chromium.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the window"
    assert chromium.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0)")


@needs_reports
@pytest.mark.parametrize("page", REPORTS, ids=lambda page: page.stem)
def test_a_report_names_no_other_address(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    loaded = re.findall(
        r"""(?:src|srcset|action|data)\s*=\s*["']?(https?:)?//|url\(\s*["']?(?:https?:)?//|@import""", text
    )
    assert loaded == []


def _keep_picture(chromium: Chromium, name: str) -> None:
    folder = os.environ.get("SIMREG_SCREENSHOTS")
    if folder:
        chromium.screenshot(Path(folder) / name)


def test_the_browser_notices_what_it_must_notice(chromium: Chromium, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<title>x</title><img src='http://127.0.0.1:9/x.png'><script>console.error('no'); nothing()</script>")
    visit = chromium.open(bad.as_uri())
    assert "http://127.0.0.1:9/x.png" in visit.requests
    assert any("no" in complaint for complaint in visit.complaints)
    assert any("ReferenceError" in complaint for complaint in visit.complaints)
    chromium.screenshot(tmp_path / "bad.png")
    assert (tmp_path / "bad.png").read_bytes().startswith(b"\x89PNG")
