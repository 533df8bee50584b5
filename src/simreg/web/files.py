"""The built files by name, and the headers that they are sent with."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

PAGES = {"/": "try.html", "/r": "registration.html", "/receipt": "receipt.html"}
"""Path of a page to its file."""

PREFIX = "/web/"
"""Path below which the files are asked for, by name."""

COMPONENT = "portrait-capture.js"
"""The component as one file of its own, which an operator's page may import from another origin."""

PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "form-action 'none'",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
"""Headers of the pages. Nothing is inline, nothing comes from elsewhere, and no other page may frame them."""

FILE_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
"""Headers of the other files; they have fixed names, so that they are asked for anew, with their ETag."""

COMPONENT_HEADERS = {**FILE_HEADERS, "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""Headers of `COMPONENT`."""

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".md": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Built:
    """One built file: its bytes, media type, ETag (quoted, of its content) and headers."""

    name: str
    body: bytes = field(repr=False)
    media_type: str
    etag: str
    headers: dict[str, str]


def read(name: str) -> Built | None:
    """The built file of this name; None where there is none."""
    return _all().get(name)


@cache
def _all() -> dict[str, Built]:
    return {path.name: _built(path) for path in (files("simreg.web") / "built").iterdir() if path.is_file()}


def _built(path: Traversable) -> Built:
    body, suffix = path.read_bytes(), path.name[path.name.rfind(".") :]
    headers = PAGE_HEADERS if suffix == ".html" else COMPONENT_HEADERS if path.name == COMPONENT else FILE_HEADERS
    return Built(path.name, body, _KINDS[suffix], f'"{hashlib.sha256(body).hexdigest()[:32]}"', headers)
