"""How a case comes to be, who may open it with a token, and what the subscriber agrees to."""

import hashlib
from datetime import timedelta

from sqlalchemy import Connection

from simreg.decision.profiles.types import Beyond, Counted, Profile, Transaction
from simreg.errors import AccessError, ConflictError, InputError, LimitError
from simreg.log.leaves import DeviceSigned
from simreg.privacy.hashing import keyed_hash, subject_hash
from simreg.registration.machine import opened
from simreg.registration.table import FINAL
from simreg.registration.types import Act, Case, State
from simreg.service.chance import new_folio, new_id, new_token, token_sha256, word
from simreg.service.leaves import of_change
from simreg.service.types import Once, Order
from simreg.service.words import checked_code, checked_language, checked_once, checked_order, checked_text
from simreg.service.work import Work
from simreg.storage import activations, cases, devices, freezes, idempotency, links
from simreg.storage.database import after_commit, lock
from simreg.storage.types import Link

SAME_LINE = frozenset({Transaction.REPLACE, Transaction.DEVICE_CHANGE, Transaction.RE_VERIFY, Transaction.UNLINK})
"""Transactions that add no line to a person's."""

SUBSCRIBER = "subscriber"
"""The actor behind a subscriber's link, and its kind."""


AFTERWARDS_S = 86_400
"""Seconds after a case's end in which its link still shows how it ended."""


class Opening(Work):
    """From the order to the camera."""

    def open_case(self, order: Order, actor: str, once: Once | None = None) -> Case:
        """Open a case for an order.

        With ``once`` the same request gives the same case, as it was when it was opened. Raises InputError for an order
        that the profile does not allow, LimitError ``lines-limit`` where the person has all the lines they may have,
        ConflictError ``idempotency-other-request``.
        """
        profile = self._profiles(checked_order(order).profile)
        _check_fits(order, profile)
        subject = None if order.identity_number is None else subject_hash(self._keys, order.identity_number)
        _check_named(order, profile, subject)
        with self._database.write() as tx:
            if once is None:
                return self._opened(tx, order, profile, subject, actor)
            digest = keyed_hash(self._keys, "request", checked_once(once).request)
            lock(tx, f"idempotency {once.api_key_id} {once.key}")
            given = idempotency.answer(tx, once.api_key_id, once.key, digest)
            if given is not None:
                return cases.case_from_json(given)
            case = self._opened(tx, order, profile, subject, actor)
            idempotency.remember(tx, once.api_key_id, once.key, digest, cases.case_as_json(case), case.created_at)
            return case

    def _opened(self, tx: Connection, order: Order, profile: Profile, subject: str | None, actor: str) -> Case:
        now = self._clock()
        new = Case(
            id=new_id(self._chance, "case"),
            folio=new_folio(self._chance),
            version=1,
            state=State.CREATED,
            profile=profile.name,
            transaction=order.transaction,
            channel=order.channel,
            line=order.line,
            language=order.language,
            created_at=now,
            changed_at=now,
            expires_at=now + timedelta(seconds=profile.case_s),
            iccid=order.iccid,
            shop=order.shop,
            agent=order.agent,
            subject_hash=subject,
            lines_elsewhere=order.lines_elsewhere,
            reviewers=2 if (order.risk or 0.0) > profile.two_reviewers_above else 1,
        )
        if freezes.of_line(tx, new.line) is not None:
            raise frozen()
        if beyond(tx, new, profile) and profile.lines_beyond is Beyond.REFUSE:
            raise lines_limit(profile)
        case, event = opened(new, actor)
        cases.add(tx, case, event)
        if subject is not None:
            lock(tx, f"subject {subject}")  # their salt is not destroyed meanwhile
        after_commit(tx, lambda: self.watch(event))
        self._tell(tx, case, event)
        self._record(tx, of_change(case, event, profile, self._commit(case)), now)
        if order.signed is not None:
            devices.signed(tx, case.id, order.signed)
            digest = hashlib.sha256(order.signed.message).hexdigest()
            self._record(tx, [DeviceSigned(case.id, actor, order.signed.device, digest)], now)
        return case

    def subscriber_link(self, case_id: str, actor: str) -> str:
        """A new token ``srl_...`` with which the subscriber reaches the case; told only now.

        Raises ConflictError ``case-over`` for a case that has ended.
        """
        token = new_token(self._chance, "srl")
        with self._database.write() as tx:
            case, now = self._held(tx, case_id), self._clock()
            if now >= case.expires_at or case.state in FINAL:
                raise ConflictError("case-over", f"The case is {case.state}.", "Open a new case.")
            good_until = now + timedelta(seconds=self._settings.link_s)
            if good_until >= case.expires_at:
                good_until = case.expires_at + timedelta(seconds=AFTERWARDS_S)
            nonce = word(self._chance, 20)
            links.add(tx, Link(token_sha256(token), case.id, SUBSCRIBER, nonce, case.line, actor, good_until))
        return token

    def subscriber_case(self, token: str) -> Case:
        """The case that a subscriber's token opens. Raises AccessError ``link-invalid``."""
        with self._database.read() as tx:
            link = links.find(tx, token_sha256(token), SUBSCRIBER)
            if link is None or link.expires_at <= self._clock():
                raise AccessError("link-invalid", "The link is not good, or no longer.", "Ask for a new link.")
            return cases.get(tx, link.case_id)

    def consent(
        self, case_id: str, actor: str, text_version: str, language: str | None = None, version: int | None = None
    ) -> Case:
        """The subscriber agreed to a text, in a language. Raises ConflictError."""
        text = checked_text(text_version, "The text's version", 64)
        with self._database.write() as tx:
            case = self._held(tx, case_id, version)
            spoken = case.language if language is None else checked_language(language)
            return self._change(tx, case, Act.CONSENT, actor, text=text, language=spoken)

    def choose_alternative(self, case_id: str, actor: str, reason: str, version: int | None = None) -> Case:
        """The subscriber chose the way without a face: ``rather-not`` or ``cannot``. Raises ConflictError."""
        return self._act(case_id, Act.CHOOSE_ALTERNATIVE, actor, version, reason=checked_code(reason))

    def withdraw(self, case_id: str, actor: str, version: int | None = None) -> Case:
        """The subscriber took the consent back; what was kept of the face is erased. Raises ConflictError."""
        return self._act(case_id, Act.WITHDRAW, actor, version)

    def cancel(self, case_id: str, actor: str, reason: str, version: int | None = None) -> Case:
        """The operator took the order back. Raises ConflictError."""
        return self._act(case_id, Act.CANCEL, actor, version, reason=checked_text(reason, "The reason"))


def beyond(tx: Connection, case: Case, profile: Profile) -> bool:
    """Whether the case's line would be one more than a person may have: here, or where the profile says so, anywhere.

    Nobody else can add a line of that person's until the transaction ends.
    """
    if profile.lines_per_person is None or case.subject_hash is None or case.transaction in SAME_LINE:
        return False
    lock(tx, f"subject {case.subject_hash}")
    here = activations.lines_of(tx, case.subject_hash, but=case.line)
    elsewhere = case.lines_elsewhere if profile.lines_counted is Counted.ALL_OPERATORS else 0
    return here + elsewhere >= profile.lines_per_person


def lines_limit(profile: Profile) -> LimitError:
    """The error for a line too many."""
    sentence = f"This person has the {profile.lines_per_person} lines that the rules allow."
    return LimitError("lines-limit", sentence, "End one of the other lines first.")


def _check_fits(order: Order, profile: Profile) -> None:
    if order.transaction not in profile.transactions:
        sentence = f"The profile {profile.name} has no such transaction."
        raise InputError("order-transaction", sentence, f"Give one of: {', '.join(profile.transactions)}.")
    if order.channel not in profile.channels:
        sentence = f"The profile {profile.name} has no such channel."
        raise InputError("order-channel", sentence, f"Give one of: {', '.join(profile.channels)}.")


def _check_named(order: Order, profile: Profile, subject: str | None) -> None:
    if subject is None and profile.lines_per_person is not None and order.transaction not in SAME_LINE:
        sentence = f"The profile {profile.name} limits the lines of a person, and the order does not say whose it is."
        raise InputError("order-identity", sentence, "Give the identity number; only its keyed hash is kept.")


def frozen() -> ConflictError:
    """The error for a line whose holder disputes something."""
    sentence = "The line is frozen: its holder disputes something."
    return ConflictError("line-frozen", sentence, "Settle it with the holder, then release the line.")
