"""In and out, and where each role begins."""

import re

from fastapi import Response
from fastapi.responses import RedirectResponse

from simreg.console.door import PATH, SESSION, SIGN_IN_FORM, end_cookie, same, set_cookie, slow_down
from simreg.console.pages import page, told
from simreg.console.visit import Desk, Visit
from simreg.errors import AccessError, LimitError, SimregError
from simreg.service.access import Role
from simreg.service.chance import SystemChance, new_token

HOMES = {
    Role.AGENT: f"{PATH}/cases",
    Role.REVIEWER: f"{PATH}/review",
    Role.COMPLIANCE_OFFICER: f"{PATH}/changes",
    Role.OPERATOR: f"{PATH}/changes",
    Role.INSPECTOR: f"{PATH}/inspect",
}
"""Where a role begins."""

_NEXT = re.compile(rf"{PATH}(/[a-z0-9_-]+){{1,4}}")


def form(desk: Desk, visit: Visit) -> Response:
    """The form to sign in with."""
    return _form(desk, visit, 200, None)


def enter(desk: Desk, visit: Visit) -> Response:
    """Let a member in. The form's word is in a cookie too, as no sign-in is there yet to hold it."""
    try:
        slow_down(desk, visit)
        if not same(visit.request.cookies.get(SIGN_IN_FORM, ""), visit.form.get("csrf", "")):
            raise AccessError("form-old", "The form is old or came from elsewhere.", "Send it anew.")
        signed = desk.access.sign_in(visit.text("name").lower(), visit.form.get("password", ""))
    except (AccessError, LimitError) as error:
        return _form(desk, visit, 429 if isinstance(error, LimitError) else 403, error)
    response = RedirectResponse(_next(visit.form.get("next")) or PATH, 303)
    set_cookie(desk, response, SESSION, signed.token)
    end_cookie(desk, response, SIGN_IN_FORM)
    return response


def refused(desk: Desk, visit: Visit, error: AccessError) -> Response:
    """The form, with why another way in did not lead here."""
    return _form(desk, visit, 403, error)


def home(_desk: Desk, visit: Visit) -> Response:
    """On to the pages of the role."""
    assert visit.signed is not None  # noqa: S101 - the door lets nobody else in
    return RedirectResponse(HOMES[Role(visit.signed.member.role)], 303)


def leave(desk: Desk, visit: Visit) -> Response:
    """Sign out."""
    return signed_out(desk, visit, f"{PATH}/sign-in?from=sign-out")


def signed_out(desk: Desk, visit: Visit, address: str) -> Response:
    """End the sign-in, and go on elsewhere."""
    assert visit.signed is not None  # noqa: S101
    desk.access.sign_out(visit.signed.token)
    response = RedirectResponse(address, 303)
    end_cookie(desk, response, SESSION)
    return response


def _form(desk: Desk, visit: Visit, status: int, error: SimregError | None) -> Response:
    word = new_token(SystemChance(), "csrf")
    response = page(
        visit,
        "sign_in.html.j2",
        status,
        problem=None if error is None else told(error, visit.texts),
        word=word,
        name=visit.text("name")[:64],
        next=_next(visit.form.get("next") or visit.query("next")),
        left=visit.query("from"),
        provider=desk.provider is not None,
    )
    set_cookie(desk, response, SIGN_IN_FORM, word)
    return response


def _next(address: str | None) -> str:
    """A page of ours to go on to; empty for anything else."""
    return address if address is not None and _NEXT.fullmatch(address) else ""
