"""How a page is made of a template, and the headers it is sent with."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from simreg.console.texts import LANGUAGES, Texts
from simreg.console.visit import Visit
from simreg.console.words import moment
from simreg.errors import SimregError

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "form-action 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of everything below /staff: nothing is kept, nothing is inline, nothing comes from elsewhere."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in the reader's language; ``code`` is the same in all of them."""

    code: str
    text: str
    remedy: str


def told(error: SimregError, texts: Texts) -> Problem:
    """An error in the reader's language; one without words there is told in English."""
    return Problem(error.code, *texts.errors.get(error.code, (error.sentence, error.remedy)))


def page(visit: Visit, template: str, status: int = 200, *, here: str | None = None, **values: Any) -> HTMLResponse:
    """A page; ``here`` is where it is asked for again in another language, the request's own path unless said."""
    text = render(visit, template, here=here or visit.request.url.path, **values)
    return HTMLResponse(text, status)


def render(visit: Visit, template: str, **values: Any) -> str:
    """A template as text."""
    other = next(word for word in LANGUAGES if word != visit.texts.language)
    return _environment().get_template(template).render(t=visit.texts, other=other, signed=visit.signed, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("simreg.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = moment
    return environment
