"""Who comes in: cookies, roles, the word that goes with every form, and errors told as pages."""

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from simreg.console.language import chosen_language, keep_language
from simreg.console.pages import HEADERS, page, told
from simreg.console.texts import texts_for
from simreg.console.uploads import fields, is_multipart
from simreg.console.visit import Desk, Visit
from simreg.errors import AccessError, ConflictError, InputError, LimitError, NotFoundError, SimregError
from simreg.service.access import Role, SignedIn

SESSION, SIGN_IN_FORM = "simreg_staff", "simreg_sign_in"
"""Cookies: the sign-in's token, and the word of the form before there is one."""

PATH = "/staff"
SECOND = "/second"
WAITING = frozenset({SECOND, "/sign-out"})
"""What is open before the second factor is given."""

MOST_BODY, MOST_FIELDS = 64 * 1024, 50

EVERYBODY: frozenset[Role] = frozenset()
"""No sign-in is asked for."""

STATUS: dict[type[SimregError], int] = {
    LimitError: 429,
    ConflictError: 409,
    NotFoundError: 404,
    AccessError: 403,
    InputError: 422,
}

_LOG = logging.getLogger(__name__)

Act = Callable[[Desk, Visit], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """One address: its method, its path below `PATH`, which roles may come, and what it does.

    ``data`` marks what a page asks for itself: errors are then a status without a page. ``most`` is the largest form, in
    bytes; only a page that says so takes files.
    """

    method: str
    path: str
    roles: frozenset[Role]
    act: Act
    data: bool = False
    most: int = MOST_BODY


def answer(desk: Desk, wanted: Page, request: Request, body: bytes | None) -> Response:
    """The answer to a request: the page's own, or one that says what is wrong and how to go on.

    ``body`` is None where it is too large. Nothing is done for a form without its word.
    """
    visit = Visit(request, texts_for(chosen_language(request)))
    try:
        visit = _visit(desk, wanted, visit, body)
        response = wanted.act(desk, visit)
    except SimregError as error:
        response = _wrong(wanted, visit, error)
    except Exception as fault:
        _LOG.exception("A page of the staff failed: %s", type(fault).__name__)
        response = _wrong(wanted, visit, SimregError("fault", *visit.texts.frame.fault))
    response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
    return keep_language(desk, request, response)


def slow_down(desk: Desk, visit: Visit) -> None:
    """Count one try to come in. Raises LimitError ``sign-in-often`` where there are too many from one address."""
    if desk.tries.count(visit.address) is not None:
        raise LimitError("sign-in-often", "Too many sign-ins came from here.", "Wait a minute.")


def set_cookie(desk: Desk, response: Response, name: str, value: str) -> None:
    """A cookie for these pages only, which no script can read and no other site can send; it ends with the browser."""
    response.set_cookie(name, value, path=PATH, secure=desk.secure, httponly=True, samesite="strict")


def end_cookie(desk: Desk, response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path=PATH, secure=desk.secure, httponly=True, samesite="strict")


def same(one: str, other: str) -> bool:
    """Whether two secret words are the same and not empty, in a time that does not tell where they differ."""
    return bool(one) and hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _visit(desk: Desk, wanted: Page, visit: Visit, body: bytes | None) -> Visit:
    """The visit with who is signed in and what the form says. Raises AccessError, InputError."""
    request, signed = visit.request, None
    if wanted.roles:
        signed = desk.access.session(request.cookies.get(SESSION, ""))
    form, files = _form(wanted, request, body)
    visit = Visit(request, visit.texts, form, body or b"", signed, files)
    if signed is not None:
        request.state.signed = signed  # so that an error's page has its head
        _check(wanted, visit, signed)
    return visit


def _check(wanted: Page, visit: Visit, signed: SignedIn) -> None:
    if signed.waits and wanted.path not in WAITING:
        raise AccessError("second-missing", "The code of your app is missing.", "Give it.")
    if signed.member.role not in wanted.roles:
        raise AccessError("role", "This page is not for your role.", "Go to your own pages.")
    if wanted.method == "POST" and not same(signed.csrf, visit.form.get("csrf", "")):
        raise AccessError("form-old", "The form is old or came from elsewhere.", "Open the page again, and send it anew.")


def _form(wanted: Page, request: Request, body: bytes | None) -> tuple[dict[str, str], dict[str, bytes]]:
    if request.method != "POST":
        return {}, {}
    if body is None:
        raise InputError("form-large", "The form is too large.", "Write less.")
    kind = request.headers.get("content-type", "")
    if is_multipart(kind) and wanted.most > MOST_BODY:
        return fields(kind, body, MOST_FIELDS)
    if not kind.startswith("application/x-www-form-urlencoded"):
        return {}, {}
    try:
        given = dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
        )
    except ValueError:
        raise InputError("form-unreadable", "The form cannot be read.", "Open the page again.") from None
    return given, {}


def _wrong(wanted: Page, visit: Visit, error: SimregError) -> Response:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)
    over = error.code == "session-over"
    waits = error.code == "second-missing"
    if wanted.data:
        return Response(status_code=401 if over or waits else status)
    if over:
        request = visit.request
        back = f"?next={quote(request.url.path)}" if request.method == "GET" and request.url.path != PATH else ""
        return RedirectResponse(f"{PATH}/sign-in{back}", 303)
    if waits:
        return RedirectResponse(PATH + SECOND, 303)
    signed = getattr(visit.request.state, "signed", None)
    known = Visit(visit.request, visit.texts, signed=signed)
    return page(known, "error.html.j2", status, problem=told(error, visit.texts), here=PATH)
