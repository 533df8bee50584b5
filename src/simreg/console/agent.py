"""The agent's list, and the form that opens a case."""

from dataclasses import replace

from fastapi import Response
from fastapi.responses import RedirectResponse

from simreg.console.device import signed_order
from simreg.console.door import PATH, STATUS, set_cookie
from simreg.console.mine import Listed, listed, of_line
from simreg.console.pages import page, told
from simreg.console.visit import Desk, Visit
from simreg.console.words import in_words
from simreg.decision.profiles.types import Channel, Counted, Profile
from simreg.errors import AccessError, ConflictError, InputError, SimregError
from simreg.service.chance import SystemChance, new_token
from simreg.service.types import Once, Order

SHOP = "simreg_shop"
"""Cookie with the shop in which the device stands."""

CHANNELS = (Channel.SHOP, Channel.DEALER)
"""Where agents are."""


def cases(desk: Desk, visit: Visit) -> Response:
    """The agent's cases of today, or all of one line."""
    line, shop, problem = visit.query("line"), _shop(visit), None
    try:
        found = listed(desk, visit, shop) if line is None else of_line(desk, line)
    except InputError as error:
        found, problem = Listed(()), told(error, visit.texts)
    attempts = {case.profile: desk.registration.profile_of(case).attempts for case in found.cases}
    status = 200 if problem is None else 422
    return page(
        visit, "cases.html.j2", status, line=line or "", shop=shop, found=found, attempts=attempts, problem=problem
    )


def order_form(desk: Desk, visit: Visit) -> Response:
    """The empty form."""
    return _form(desk, visit, _profile(desk, visit.query("profile")))


def order(desk: Desk, visit: Visit) -> Response:
    """Open a case. The same form sent twice opens one."""
    profile = _profile(desk, visit.text("profile"))
    try:
        once = Once(visit.actor, visit.form.get("once", ""), visit.body)
        wanted = replace(_order(visit, profile), signed=signed_order(desk, visit))
        case = desk.registration.open_case(wanted, visit.actor, once)
    except (AccessError, ConflictError, InputError) as error:
        return _form(desk, visit, profile, error)
    response = RedirectResponse(f"{PATH}/cases/{case.id}", 303)
    set_cookie(desk, response, SHOP, visit.text("shop").encode().hex())
    return response


def _order(visit: Visit, profile: Profile) -> Order:
    elsewhere = visit.text("lines_elsewhere")
    if elsewhere and not (elsewhere.isascii() and elsewhere.isdigit() and len(elsewhere) < 6):
        raise InputError("order-lines", "The number of lines elsewhere is not one.", "Give 0 to 10000.")
    return Order(
        profile=profile.name,
        transaction=visit.text("transaction"),
        channel=visit.text("channel"),
        line="".join(visit.text("line").split()),
        language=visit.text("language"),
        iccid="".join(visit.text("iccid").split()).upper() or None,
        shop=_own_shop(visit) or visit.text("shop") or None,
        agent=visit.actor,
        identity_number=visit.text("identity") or None,
        lines_elsewhere=int(elsewhere or 0),
    )


def _form(desk: Desk, visit: Visit, profile: Profile, error: SimregError | None = None) -> Response:
    status = 200 if error is None else next(number for kind, number in STATUS.items() if isinstance(error, kind))
    language = visit.texts.language
    limited = profile.lines_per_person is not None
    return page(
        visit,
        "order.html.j2",
        status,
        problem=None if error is None else told(error, visit.texts),
        profile=profile,
        profiles=[(one.name, in_words(one.title, language)) for one in desk.profiles.values()],
        channels=[channel for channel in CHANNELS if channel in profile.channels],
        identity=limited,
        elsewhere=limited and profile.lines_counted is Counted.ALL_OPERATORS,
        once=new_token(SystemChance(), "once"),
        filled={"language": language, "shop": _shop(visit)} | dict(visit.form),
        own_shop=_own_shop(visit),
        actor=visit.actor,
        signs=desk.settings.asks_device,
    )


def _profile(desk: Desk, name: str | None) -> Profile:
    if not name:
        return next(iter(desk.profiles.values()))
    if name not in desk.profiles:
        raise InputError("profile-unknown", "There are no such rules.", "Choose some from the list.")
    return desk.profiles[name]


def _shop(visit: Visit) -> str:
    """The agent's own shop, else the one in which the device stands."""
    if own := _own_shop(visit):
        return own
    try:
        return bytes.fromhex(visit.request.cookies.get(SHOP, "")).decode()[:64]
    except ValueError:
        return ""


def _own_shop(visit: Visit) -> str | None:
    return None if visit.signed is None else visit.signed.member.shop
