"""The agent's device: registered here, and what it signs."""

from fastapi import Response
from fastapi.responses import RedirectResponse

from simreg.console.door import PATH
from simreg.console.pages import page, told
from simreg.console.visit import Desk, Visit
from simreg.errors import SimregError
from simreg.storage.devices import SignedOrder

HERE = f"{PATH}/device"


def show(desk: Desk, visit: Visit) -> Response:
    """Whether the member has a device, and a way to register this one."""
    return _page(desk, visit, 200, None)


def register(desk: Desk, visit: Visit) -> Response:
    """Propose this device."""
    assert visit.signed is not None  # noqa: S101 - the door lets nobody else in
    try:
        desk.devices.register(visit.signed.member, visit.text("key"))
    except SimregError as error:
        return _page(desk, visit, 422, error)
    return RedirectResponse(HERE, 303)


def signed_order(desk: Desk, visit: Visit) -> SignedOrder | None:
    """What the agent's device signed of the form; None where devices are not asked for. Raises AccessError."""
    if visit.signed is None or not desk.settings.asks_device:
        return None
    return desk.devices.verified(visit.signed.member, dict(visit.form))


def _page(desk: Desk, visit: Visit, status: int, error: SimregError | None) -> Response:
    assert visit.signed is not None  # noqa: S101
    member = visit.signed.member
    problem = None if error is None else told(error, visit.texts)
    return page(
        visit,
        "device.html.j2",
        status,
        here=HERE,
        problem=problem,
        registered=desk.devices.of(member),
        waiting=desk.devices.waiting(member),
    )
