"""The second factor: set up at the first sign-in, asked for at each."""

import segno
from fastapi import Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from simreg.console.door import PATH, SECOND, slow_down
from simreg.console.pages import page, told
from simreg.console.visit import Desk, Visit
from simreg.errors import AccessError, LimitError, SimregError


def show(desk: Desk, visit: Visit) -> Response:
    """The form for a code; before there is a second factor, what the app needs as well."""
    return _form(desk, visit, 200, None)


def give(desk: Desk, visit: Visit) -> Response:
    """Take a code. The codes for a lost phone are shown once, when the first one was right."""
    assert visit.signed is not None  # noqa: S101 - the door lets nobody else in
    signed, code = visit.signed, visit.text("code")
    try:
        slow_down(desk, visit)
        if desk.second.is_set_up(signed.member):
            desk.second.check(signed.token, signed.member, code)
            return RedirectResponse(PATH, 303)
        codes = desk.second.confirm(signed.token, signed.member, code)
    except (AccessError, LimitError) as error:
        return _form(desk, visit, 429 if isinstance(error, LimitError) else 403, error)
    return page(visit, "second_codes.html.j2", here=PATH, codes=codes)


def _form(desk: Desk, visit: Visit, status: int, error: SimregError | None) -> Response:
    assert visit.signed is not None  # noqa: S101
    if not visit.signed.waits:
        return RedirectResponse(PATH, 303)
    drawing = letters = None
    if not desk.second.is_set_up(visit.signed.member):
        enrolment = desk.second.begin(visit.signed.member)
        code = segno.make(enrolment.address, error="m", micro=False)
        drawing = Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704 - squares
        letters = " ".join(enrolment.letters[at : at + 4] for at in range(0, len(enrolment.letters), 4))
    problem = None if error is None else told(error, visit.texts)
    return page(visit, "second.html.j2", status, here=PATH + SECOND, problem=problem, drawing=drawing, letters=letters)
