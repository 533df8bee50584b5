"""The acts on a case that a live capture needs."""

from simreg.api.page_socket import PageSocket
from simreg.api.security import refused
from simreg.api.services import Services
from simreg.errors import AccessError
from simreg.live.capture import Ended, Order
from simreg.live.work import Limits
from simreg.registration.types import Case
from simreg.result import VerificationResult
from simreg.service.portraits import unpack
from simreg.service.types import Abandoned, CaptureOrder
from simreg.settings import Settings as ServerSettings
from simreg.verification import Settings


class CaseDesk:
    """One for each socket; called in threads. `free` is to be called at the end."""

    def __init__(self, given: Services, page: PageSocket, address: str) -> None:
        self._given, self._page, self._address = given, page, address
        self._case: str | None = None

    def claim(self, token: str) -> Order:
        """Take the token. Raises AccessError ``token-invalid``, LimitError ``too-many-sockets``, ConflictError."""
        registration = self._given.registration
        try:
            case = registration.capture_case(token)
            self._given.places.take(case.id, case.shop, self, self._page.let_go)
            self._case = case.id
            order = registration.claim_capture(token)
        except AccessError as error:
            raise refused(self._given, self._address, error) from None
        return Order(
            attempt=order.attempt_id,
            run=order.run,
            number=order.number,
            of=order.of,
            line=order.line,
            challenge=order.challenge,
            reference=unpack(order.reference),
            settings=Settings(),
            seconds=order.capture_s,
            keep=order.keep_frames,
            limits=limits_of(order, self._given.settings),
        )

    def judged(
        self, order: Order, result: VerificationResult, reaction_ms: list[int], frames: tuple[bytes, ...]
    ) -> Ended:
        """The attempt has a result. Raises ConflictError ``run-over``."""
        return _ended(order, self._given.registration.end_attempt(order.attempt, order.run, result, reaction_ms, frames))

    def abandoned(self, order: Order, code: str) -> Ended:
        """The attempt ends without one. Raises ConflictError ``run-over``."""
        return _ended(order, self._given.registration.end_attempt(order.attempt, order.run, Abandoned(code)))

    def free(self) -> None:
        """The capture is over."""
        if self._case is not None:
            self._given.places.free(self._case, self)


def limits_of(order: CaptureOrder, settings: ServerSettings) -> Limits:
    """The profile's limits as a worker wants them."""
    return Limits(order.target_fmr, order.least_face_px, order.least_frame_px, settings.own_thresholds)


def _ended(order: Order, case: Case) -> Ended:
    return Ended(case.state.value, max(0, order.of - order.number), f"{case.folio}-{order.number}")
