"""Sign-in by the operator's identity provider."""

from fastapi import Response
from fastapi.responses import RedirectResponse

from simreg.console.door import PATH, SESSION, end_cookie, set_cookie, slow_down
from simreg.console.pages import page
from simreg.console.sign_in import refused
from simreg.console.visit import Desk, Visit
from simreg.errors import AccessError, NotFoundError
from simreg.service.provider import Provider

KEPT = "simreg_provider"


def begin(desk: Desk, _visit: Visit) -> Response:
    """To the provider. Its answer comes from elsewhere, so this one cookie is lax."""
    begun = _provider(desk).begin()
    response = RedirectResponse(begun.address, 303)
    response.set_cookie(KEPT, begun.kept, path=PATH, secure=desk.secure, httponly=True, samesite="lax", max_age=600)
    return response


def back(desk: Desk, visit: Visit) -> Response:
    """Back from the provider. The page goes on by itself: a strict cookie is not sent on the way from elsewhere."""
    slow_down(desk, visit)
    try:
        name = _provider(desk).finish(visit.request.cookies.get(KEPT, ""), visit.request.query_params)
        signed = desk.access.sign_in_by_provider(name)
    except AccessError as error:
        response = refused(desk, visit, error)
        end_cookie(desk, response, KEPT)
        return response
    response = page(visit, "signed_in.html.j2", here=PATH)
    set_cookie(desk, response, SESSION, signed.token)
    end_cookie(desk, response, KEPT)
    return response


def _provider(desk: Desk) -> Provider:
    if desk.provider is None:
        raise NotFoundError("page-unknown", "There is no such page.", "Check the address.")
    return desk.provider
