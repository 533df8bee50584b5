"""A case as its agent sees it, and what an agent can do with it. No picture is ever among it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import segno
from fastapi import Response
from fastapi.responses import JSONResponse, RedirectResponse
from markupsafe import Markup

from simreg.console.door import PATH, STATUS
from simreg.console.mine import shown_case
from simreg.console.pages import page, render, told
from simreg.console.sign_in import signed_out
from simreg.console.visit import Desk, Visit
from simreg.console.words import in_words, reason_words
from simreg.errors import ConflictError, InputError, SimregError
from simreg.registration.machine import acts_possible
from simreg.registration.table import FINAL
from simreg.registration.types import Act, Case, State

PARTS = ("live", "acts", "slip")
"""Parts of the page that are made anew when the case changes."""

ENDED = frozenset({State.REFERENCED, State.REFUSED, State.REFERRED})
"""States in which the last attempt's reasons say what led there."""


def show(desk: Desk, visit: Visit) -> Response:
    """The case's page."""
    return _page(desk, visit, shown_case(desk, visit))


def follow(desk: Desk, visit: Visit) -> Response:
    """What changed since the version that the page has; nothing (204) where nothing did."""
    case = shown_case(desk, visit)
    if visit.query("version") == str(case.version):
        return Response(status_code=204)
    values = _values(desk, visit, case)
    parts = {name: render(visit, f"part_{name}.html.j2", **values) for name in PARTS}
    over = case.state in FINAL
    said = values["heading"][0]
    return JSONResponse({"version": case.version, "state": case.state, "over": over, "said": said, "parts": parts})


def link(desk: Desk, visit: Visit) -> Response:
    """A new link for the subscriber's phone, as a QR code; it is shown only now."""
    case = shown_case(desk, visit)
    try:
        token = desk.registration.subscriber_link(case.id, visit.actor)
    except ConflictError as error:
        return _page(desk, visit, desk.registration.case(case.id), error)
    address = f"{desk.settings.public_url}/r#{token}"
    code = segno.make(address, error="m", micro=False)
    drawing = Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704 - made of squares
    until = min(case.expires_at, desk.clock() + timedelta(seconds=desk.settings.link_s))
    values = _values(desk, visit, case) | {"address": address, "drawing": drawing, "until": until}
    return page(visit, "link.html.j2", here=f"{PATH}/cases/{case.id}", **values)


def hand_over(desk: Desk, visit: Visit) -> Response:
    """To the subscriber's page in this tab. The agent is signed out first: the device leaves the agent's hands."""
    case = shown_case(desk, visit)
    try:
        token = desk.registration.subscriber_link(case.id, visit.actor)
    except ConflictError as error:
        return _page(desk, visit, desk.registration.case(case.id), error)
    return signed_out(desk, visit, f"/r#{token}")


def choose_alternative(desk: Desk, visit: Visit) -> Response:
    """The subscriber, in person, chose the way without a face."""
    return _done(
        desk,
        visit,
        lambda: desk.registration.choose_alternative(visit.case_id, visit.actor, visit.text("reason"), visit.version()),
    )


def finish_alternative(desk: Desk, visit: Visit) -> Response:
    """The agent looked at person and document."""
    accept = _accepts(visit)
    document, note = visit.text("document"), visit.text("note")
    return _done(
        desk,
        visit,
        lambda: desk.registration.finish_alternative(visit.case_id, visit.actor, accept, document, note, visit.version()),
    )


def cancel(desk: Desk, visit: Visit) -> Response:
    """The order is taken back."""
    return _done(
        desk,
        visit,
        lambda: desk.registration.cancel(visit.case_id, visit.actor, visit.text("reason"), visit.version()),
    )


def back(_desk: Desk, visit: Visit) -> Response:
    """To the case's page, from an address that was meant for a form."""
    return RedirectResponse(f"{PATH}/cases/{shown_id(visit)}", 303)


def shown_id(visit: Visit) -> str:
    """The id as far as it may stand in an address."""
    return "".join(letter for letter in visit.case_id if letter.isascii() and (letter.isalnum() or letter == "_"))


def _accepts(visit: Visit) -> bool:
    decision = visit.form.get("decision")
    if decision not in ("accept", "refuse"):
        raise InputError("text-code", "The form does not say what you decided.", "Open the page again.")
    return decision == "accept"


def _done(desk: Desk, visit: Visit, act: Callable[[], Case]) -> Response:
    """Do it and show the case, or show it with what stood in the way and what was written."""
    case = shown_case(desk, visit)
    try:
        act()
    except (ConflictError, InputError) as error:
        return _page(desk, visit, desk.registration.case(case.id), error)
    return RedirectResponse(f"{PATH}/cases/{case.id}", 303)


def _page(desk: Desk, visit: Visit, case: Case, error: SimregError | None = None) -> Response:
    status = 200 if error is None else next(number for kind, number in STATUS.items() if isinstance(error, kind))
    problem = None if error is None else told(error, visit.texts)
    values = _values(desk, visit, case)
    return page(visit, "case.html.j2", status, here=f"{PATH}/cases/{case.id}", problem=problem, **values)


def _values(desk: Desk, visit: Visit, case: Case) -> dict[str, Any]:
    """Everything that the case's templates name."""
    profile, now, texts = desk.registration.profile_of(case), desk.clock(), visit.texts
    ended = [one for one in desk.registration.attempts(case.id) if one.ended_at is not None]
    last = ended[-1] if ended and case.state in ENDED else None
    again = case.state is State.REFERENCED and last is not None
    return {
        "case": case,
        "of": profile.attempts,
        "heading": texts.case.again if again else texts.case.states[case.state],
        "reasons": [] if last is None else [(one["code"], *reason_words(one, texts)) for one in last.reasons],
        "locked_until": case.locked_until if case.locked_until is not None and now < case.locked_until else None,
        "can": acts_possible(case, now),
        "acts": Act,
        "linked": case.state not in FINAL and now < case.expires_at,
        "over": case.state in FINAL,
        "documents": profile.documents,
        "ways": [in_words(entry.words, texts.language) for entry in profile.alternatives],
        "filled": visit.form,
    }
