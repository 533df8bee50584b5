"""Fetch pip's own wheel from the package index, for a Python that came without pip: standard library only.

The user's pip settings hold as far as they matter here: index-url, cert and proxy, from PIP_... or pip's own files.
"""

from __future__ import annotations

import base64
import configparser
import hashlib
import html
import os
import re
import ssl
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

PYPI = "https://pypi.org/simple"


class NoPipError(Exception):
    """Why pip cannot be had."""


class Wheel(NamedTuple):
    """A wheel of pip that an index offers."""

    version: tuple[int, ...]
    url: str
    sha256: str


def settings_files() -> list[Path]:
    """Pip's configuration files, the one that counts most first."""
    home, named = Path.home(), os.environ.get("PIP_CONFIG_FILE")
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return [
        *([Path(named)] if named else []),
        config / "pip" / "pip.conf",
        home / ".pip" / "pip.conf",
        home / "Library" / "Application Support" / "pip" / "pip.conf",
        Path(os.environ.get("APPDATA") or home) / "pip" / "pip.ini",
        Path("/etc/pip.conf"),
    ]


def setting(name: str) -> str:
    """One of the user's pip settings; empty when it is not set."""
    told = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if told:
        return told
    for file in settings_files():
        parser = configparser.RawConfigParser()
        try:
            parser.read(file, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue
        for section in ("install", "global"):
            if parser.has_option(section, name):
                return parser.get(section, name).strip()
    return ""


def fetch(url: str) -> bytes:
    """Contents of an address; a name and password in it are sent, as pip does. Raises NoPipError."""
    parts = urlsplit(url)
    request = Request(  # noqa: S310
        urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])), headers={"Accept": "text/html, */*"}
    )
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    handlers: list[HTTPSHandler | ProxyHandler] = []
    try:
        handlers.append(HTTPSHandler(context=ssl.create_default_context(cafile=setting("cert") or None)))
        if setting("proxy"):
            handlers.append(ProxyHandler({"http": setting("proxy"), "https": setting("proxy")}))
        with build_opener(*handlers).open(request, timeout=60) as answer:
            return bytes(answer.read())
    except (OSError, URLError, ValueError) as error:
        raise NoPipError(f"{request.full_url} cannot be read: {error}.") from error


def offered(page: str, page_url: str, minor: int) -> list[Wheel]:
    """Wheels of pip that a page of the index offers for Python 3.minor; final releases that were not withdrawn."""
    found = []
    for tag in re.findall(r"<a\s[^>]*>", page):
        href = re.search(r"""href=["']([^"']+)["']""", tag)
        wheel = (
            re.search(r"pip-(\d+(?:\.\d+)*)-py3-none-any\.whl(?:#sha256=([0-9a-f]{64}))?$", href.group(1))
            if href
            else None
        )
        oldest = re.search(r">=\s*3\.(\d+)", html.unescape(tag))
        if href is None or wheel is None or "data-yanked" in tag or (oldest and int(oldest.group(1)) > minor):
            continue
        version = tuple(map(int, wheel.group(1).split(".")))
        found.append(Wheel(version, urljoin(page_url, html.unescape(href.group(1))), wheel.group(2) or ""))
    return found


def download_pip(folder: Path, minor: int) -> Path:
    """Put the newest wheel of pip for Python 3.minor into a folder. Raises NoPipError."""
    page_url = (setting("index-url") or PYPI).rstrip("/") + "/pip/"
    wheels = offered(fetch(page_url).decode("utf-8", "replace"), page_url, minor)
    if not wheels:
        raise NoPipError(f"{urlsplit(page_url).hostname} offers no wheel of pip.")
    newest = max(wheels)
    data = fetch(newest.url.partition("#")[0])
    if newest.sha256 and hashlib.sha256(data).hexdigest() != newest.sha256:
        raise NoPipError("The package index gave a wheel of pip of another SHA-256 than it promised.")
    place = folder / urlsplit(newest.url).path.rpartition("/")[2]
    place.write_bytes(data)
    return place
