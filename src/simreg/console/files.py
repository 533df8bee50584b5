"""The style sheets and the script of these pages."""

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import Response

from simreg.console.visit import Desk, Visit
from simreg.errors import NotFoundError

NAMES = {
    "console.css": ("simreg.console", "static/console.css", "text/css; charset=utf-8"),
    "console.js": ("simreg.console", "static/console.js", "text/javascript; charset=utf-8"),
    "drawings.css": ("simreg.report", "templates/drawings.css", "text/css; charset=utf-8"),
}
"""What is served, by name: package, place in it, media type. The drawings look as those of the report do."""


def serve(_desk: Desk, visit: Visit) -> Response:
    """One of `NAMES`; not sent again to who has it."""
    name = str(visit.request.path_params["name"])
    if name not in NAMES:
        raise NotFoundError("page-unknown", "There is no such page.", "Check the address.")
    body, tag = _read(name)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if visit.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=NAMES[name][2])


@cache
def _read(name: str) -> tuple[bytes, str]:
    package, place, _ = NAMES[name]
    body = (files(package) / place).read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
