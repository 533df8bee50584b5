"""The built pages: small, self-contained, strict about scripts, and ready to be sent."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from simreg.web import files

BUILT = Path(files.__file__).parent / "built"
NAMES = sorted(path.name for path in BUILT.iterdir())
SCRIPTS = [name for name in NAMES if name.endswith(".js")]
PAGES = [name for name in NAMES if name.endswith(".html")]

MOST_COMPONENT = 40_000
MOST_PAGE = 60_000
"""Bytes when gzipped: the component alone, and all that the subscriber's page loads."""

NAMESPACES = ("http://www.w3.org/",)
"""Names in drawings, which no browser ever asks for."""


def text(name: str) -> str:
    return (BUILT / name).read_text(encoding="utf-8")


def size(*names: str) -> int:
    return sum(len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in names)


def imports(name: str) -> set[str]:
    """The files that a script loads, with those that they load."""
    found = set(re.findall(r"""(?:from|import)\s*\(?["'`]\./([\w.-]+)["'`]""", text(name)))
    return {name}.union(*(imports(one) for one in found))


class Tags(HTMLParser):
    """Collects tags with their attributes, and whatever stands inside script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside = ""
        self._raw = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._raw = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._raw = False

    def handle_data(self, data: str) -> None:
        if self._raw:
            self.inside += data.strip()


def test_the_component_is_one_small_file() -> None:
    assert imports(files.COMPONENT) == {files.COMPONENT}
    assert size(files.COMPONENT) < MOST_COMPONENT


def test_the_subscribers_page_stays_small() -> None:
    assert size("registration.html", "page.css", *imports("registration.js")) < MOST_PAGE


@pytest.mark.parametrize("page", PAGES)
def test_pages_have_nothing_inline_and_load_only_files_that_are_there(page: str) -> None:
    tags = Tags(text(page))
    assert tags.inside == ""
    for tag, attributes in tags.tags:
        assert tag != "style"
        assert not {name for name in attributes if name.startswith("on") or name == "style"}
        for name in ("src", "href"):
            address = attributes.get(name)
            assert address is None or address.removeprefix("web/") in NAMES, address
    assert [one for tag, one in tags.tags if tag == "html"] == [{"lang": "en"}]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith(".md")])
def test_no_address_outside(name: str) -> None:
    found = re.findall(r"(?:https?:|wss?:)?//[\w-]+\.[\w./-]+", text(name))
    assert [one for one in found if not one.startswith(NAMESPACES)] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_keep_to_the_policy(script: str) -> None:
    code = text(script)
    for forbidden in (r"\beval\(", r"new Function\(", r"\bdocument\.write\(", r"style=\"", r"style='", r"localStorage"):
        assert re.search(forbidden, code) is None, forbidden
    assert "sourceMappingURL" not in code


@pytest.mark.parametrize("name", NAMES)
def test_no_path_of_the_machine_that_built_it(name: str) -> None:
    assert (
        re.search(r"node_modules|file://|(?<![\w.])/(?:home|root|tmp|Users|work|build)/|[A-Z]:\\\\", text(name)) is None
    )


def test_pages_and_files_have_their_headers() -> None:
    for path, name in files.PAGES.items():
        page = files.read(name)
        assert page is not None, path
        assert page.media_type == "text/html; charset=utf-8"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self';")
        assert "unsafe" not in page.headers["Content-Security-Policy"]
    component, other = files.read(files.COMPONENT), files.read("page.css")
    assert component is not None
    assert other is not None
    assert component.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in other.headers


def test_every_file_has_a_kind_and_an_etag_of_its_own() -> None:
    built = [files.read(name) for name in NAMES]
    assert all(one is not None and one.body for one in built)
    assert len({one.etag for one in built if one is not None}) == len(NAMES)


@pytest.mark.parametrize("name", ["", "nothing.js", "../files.py", "built", "/etc/passwd", "web/page.css"])
def test_what_is_not_built_is_not_given(name: str) -> None:
    assert files.read(name) is None
