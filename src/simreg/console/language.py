"""In which language the pages are: chosen on them, else what the browser asks for."""

from fastapi import Request, Response

from simreg.console.texts import LANGUAGES
from simreg.console.visit import Desk

COOKIE = "simreg_language"


def chosen_language(request: Request) -> str:
    """``en`` or ``zh``."""
    for word in (request.query_params.get("language"), request.cookies.get(COOKIE)):
        if word in LANGUAGES:
            return word
    asked = (part.partition(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(","))
    return next((word for word in asked if word in LANGUAGES), "en")


def keep_language(desk: Desk, request: Request, response: Response) -> Response:
    """The response, which keeps the language where it was chosen by this request."""
    word = request.query_params.get("language")
    if word in LANGUAGES:
        response.set_cookie(COOKIE, word, max_age=31_536_000, path="/staff", secure=desk.secure, samesite="strict")
    return response
