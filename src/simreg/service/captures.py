"""From the document's portrait to the end of an attempt."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from simreg.decision.profiles.types import Beyond
from simreg.decision.reasons import reason
from simreg.decision.types import Outcome
from simreg.errors import AccessError, ConflictError, LimitError, NotFoundError
from simreg.liveness.challenge import Challenge
from simreg.liveness.drawing import draw_challenge
from simreg.liveness.types import Action
from simreg.registration.lock_out import locked_until
from simreg.registration.machine import check
from simreg.registration.types import Act, Case, Fact, State
from simreg.result import VerificationResult
from simreg.service.chance import new_id, new_token, token_sha256
from simreg.service.kept import kept_reason, kept_result, pack_curves
from simreg.service.leaves import of_attempt
from simreg.service.opening import beyond
from simreg.service.portraits import pack
from simreg.service.types import Abandoned, AttemptOrder, CaptureOrder, ReferenceAnswer
from simreg.service.words import is_id
from simreg.service.work import Work, known, rules_of
from simreg.storage import attempts, cases, links, sealed
from simreg.storage.types import AttemptRecord, Json, Link

ALL = frozenset(Action)
CAPTURE = "capture"

_ACT = {
    Outcome.ACCEPT: (Act.ATTEMPT_ACCEPTED, "accepted"),
    Outcome.REFER: (Act.ATTEMPT_REFERRED, "referred"),
    Outcome.REFUSE: (Act.ATTEMPT_FAILED, "failed"),
}


class Captures(Work):
    """The reference, and attempts with their runs."""

    def set_reference(self, case_id: str, actor: str, picture: bytes) -> ReferenceAnswer:
        """Find the portrait in a picture of the document, and keep it sealed if it can be compared.

        Otherwise the answer says why, and nothing is changed. Raises InputError for what is no picture, ConflictError.
        """
        with self._database.read() as tx:
            case = cases.get(tx, known(case_id))
            check(case, Act.SET_REFERENCE, self._clock())
        portrait = self._portraits(picture)  # takes its time: no transaction is held meanwhile
        quality = portrait.summary.quality
        if portrait.summary.problem is not None:
            return ReferenceAnswer(case, reason(portrait.summary.problem), quality)
        packed = pack(portrait)
        with self._database.write() as tx:
            case = self._change(tx, self._held(tx, case_id), Act.SET_REFERENCE, actor, quality=quality)
            until = self._clock() + timedelta(seconds=self.profile_of(case).retention.reference_s)
            sealed.put(tx, self._store, case.id, sealed.REFERENCE, [packed], case.changed_at, until)
        return ReferenceAnswer(case, None, quality)

    def begin_attempt(
        self, case_id: str, actor: str, possible: Collection[Action] = ALL, recorded: bool = False
    ) -> AttemptOrder:
        """Begin the next attempt, or go on with the one that runs, by a new run with a new challenge.

        ``possible`` are the actions that the subject can do; ``recorded`` tells the challenge, for a recording. An
        attempt that was restarted too often ends here, and the next begins. Raises ConflictError ``reference-gone``,
        LimitError ``locked-out`` or ``attempts-used``, InputError ``actions-too-few``.
        """
        with self._database.read() as tx:
            case = cases.get(tx, known(case_id))
        if case.state is State.CAPTURING and case.attempt is not None:
            try:
                return self.restart_attempt(case_id, actor, possible, recorded)
            except LimitError:
                self.end_attempt(case.attempt, case.restarts, Abandoned("restarts-used"))
        with self._database.write() as tx:
            case = self._held(tx, case_id)
            number, attempt_id = case.attempts + 1, new_id(self._chance, "att")
            facts: dict[str, Fact] = {"attempt": attempt_id, "number": number, "recorded": recorded}
            case = self._change(tx, case, Act.BEGIN_ATTEMPT, actor, **facts)
            token, attempt = self._run(tx, case, actor, possible, recorded)
            attempts.add(tx, attempt)
        return self._order(case, token, attempt)

    def restart_attempt(
        self, case_id: str, actor: str, possible: Collection[Action] = ALL, recorded: bool = False
    ) -> AttemptOrder:
        """A new run of the attempt that runs, with a new challenge; whatever the old run still sends is not taken.

        Raises ConflictError, LimitError ``restarts-used``.
        """
        with self._database.write() as tx:
            case = self._held(tx, case_id)
            facts: dict[str, Fact] = {"attempt": case.attempt, "number": case.attempts, "recorded": recorded}
            case = self._change(tx, case, Act.RESTART_ATTEMPT, actor, **facts)
            token, attempt = self._run(tx, case, actor, possible, recorded)
            attempts.put(tx, attempt)
        return self._order(case, token, attempt)

    def _run(
        self, tx: Connection, case: Case, actor: str, possible: Collection[Action], recorded: bool
    ) -> tuple[str, AttemptRecord]:
        """The attempt's new run, and the token of its capture."""
        profile, now = self.profile_of(case), self._clock()
        if not sealed.there(tx, case.id, sealed.REFERENCE, now):
            sentence = "The document's portrait is no longer kept."
            raise ConflictError("reference-gone", sentence, "Show the document again.")
        actions = frozenset(possible) & frozenset(profile.actions)
        challenge, bits = draw_challenge(self._chance.below, actions, profile.least_actions)
        deadline = now + timedelta(seconds=profile.token_s)
        attempt = AttemptRecord(
            id=str(case.attempt),
            case_id=case.id,
            number=case.attempts,
            run=case.restarts,
            recorded=recorded,
            challenge=tuple(challenge),
            entropy_bits=round(bits, 2),
            begun_at=now,
            deadline=deadline,
        )
        token = new_token(self._chance, "src")
        links.add(tx, Link(token_sha256(token), case.id, CAPTURE, _nonce(attempt), case.line, actor, deadline))
        return token, attempt

    def _order(self, case: Case, token: str, attempt: AttemptRecord) -> AttemptOrder:
        challenge = _challenge(attempt) if attempt.recorded else None
        of = self.profile_of(case).attempts
        return AttemptOrder(token, attempt.id, attempt.run, attempt.number, of, challenge)

    def capture_case(self, token: str, recorded: bool = False, attempt_id: str | None = None) -> Case:
        """The case that a capture's token is for, which stays good. Raises AccessError ``token-invalid``."""
        with self._database.read() as tx:
            link = self._capture_link(tx, token)
            case = cases.get(tx, link.case_id)
            self._bound(tx, link, case, recorded, attempt_id)
        return case

    def claim_capture(self, token: str, recorded: bool = False, attempt_id: str | None = None) -> CaptureOrder:
        """What the capture of a token is to do. A token is good once, for one run of one attempt of one line.

        ``recorded`` is how the capture comes, and must be how the attempt was begun; ``attempt_id``, where given, the
        attempt that the token must be for. Raises AccessError ``token-invalid``, and ConflictError ``reference-gone``.
        """
        with self._database.write() as tx:
            link, now = self._capture_link(tx, token), self._clock()
            case = self._held(tx, link.case_id)
            attempt = self._bound(tx, link, case, recorded, attempt_id)
            if not links.use(tx, link.token_sha256, now):
                raise _invalid()
            reference = sealed.get(tx, self._store, case.id, sealed.REFERENCE, now)
            if not reference:
                sentence = "The document's portrait is no longer kept."
                raise ConflictError("reference-gone", sentence, "Show the document again.")
            profile = self.profile_of(case)
            attempt = replace(attempt, claimed_at=now, deadline=now + timedelta(seconds=profile.attempt_s))
            attempts.put(tx, attempt)
        return CaptureOrder(
            case_id=case.id,
            attempt_id=attempt.id,
            run=attempt.run,
            number=attempt.number,
            of=profile.attempts,
            line=case.line,
            shop=case.shop,
            profile=profile.name,
            challenge=_challenge(attempt),
            reference=reference[0],
            capture_s=profile.capture_s,
            deadline=attempt.deadline,
            keep_frames=profile.keep_frames,
            target_fmr=profile.target_fmr,
            least_face_px=profile.least_face_px,
            least_frame_px=profile.least_frame_px,
        )

    def _capture_link(self, tx: Connection, token: str) -> Link:
        link = links.find(tx, token_sha256(token), CAPTURE)
        if link is None or link.expires_at <= self._clock() or link.used_at is not None:
            raise _invalid()
        return link

    def _bound(self, tx: Connection, link: Link, case: Case, recorded: bool, attempt_id: str | None) -> AttemptRecord:
        """The attempt that a capture's token is bound to, if case and attempt still stand where they did."""
        if case.attempt is None or case.state is not State.CAPTURING or case.line != link.line:
            raise _invalid()
        attempt = attempts.get(tx, case.attempt)
        if _nonce(attempt) != link.nonce or attempt.recorded is not recorded or self._clock() >= case.expires_at:
            raise _invalid()
        if attempt_id is not None and attempt_id != attempt.id:
            raise _invalid()
        return attempt

    def locked_until(self, case: Case) -> datetime | None:
        """When the next attempt of a case may begin; None where no lock-out holds."""
        rules, now = rules_of(self.profile_of(case)), self._clock()
        since = now - timedelta(seconds=rules.within_s + rules.for_s)
        with self._database.read() as tx:
            elsewhere = attempts.failures_elsewhere(tx, case.id, case.line, case.subject_hash, since)
        until = locked_until([*case.failures, *elsewhere], rules)
        return until if until is not None and now < until else None

    def end_attempt(
        self,
        attempt_id: str,
        run: int,
        ending: VerificationResult | Abandoned,
        reaction_ms: Sequence[int] = (),
        frames: Sequence[bytes] = (),
    ) -> Case:
        """End an attempt by its result, or without one.

        ``run`` is the run that ended; ``reaction_ms`` has a time for each action done, ``frames`` are JPEGs for the
        reviewer of a referred attempt, of which the profile's number is kept. Raises ConflictError ``run-over`` where
        another run has begun or the attempt has ended.
        """
        if not is_id(attempt_id):
            raise NotFoundError("attempt-unknown", "There is no attempt of this id.", "Check the id.")
        with self._database.write() as tx:
            case = self._held(tx, attempts.get(tx, attempt_id).case_id)
            attempt = attempts.get(tx, attempt_id)
            if attempt.ended_at is not None or attempt.run != run:
                sentence = "This run of the attempt is over."
                raise ConflictError("run-over", sentence, "Look at the case as it is now.")
            act, outcome, reasons = self._ending(tx, case, ending)
            codes = tuple(str(one["code"]) for one in reasons)
            facts: dict[str, Fact] = {"attempt": attempt.id, "number": attempt.number, "reasons": codes}
            after = self._change(tx, case, act, "system", **facts)
            ended = replace(
                attempt,
                ended_at=after.changed_at,
                outcome=outcome,
                reasons=reasons,
                result=kept_result(ending) if isinstance(ending, VerificationResult) else None,
                reaction_ms=tuple(round(one) for one in reaction_ms),
            )
            attempts.put(tx, ended)
            result, profile = ending if isinstance(ending, VerificationResult) else None, self.profile_of(after)
            self._record(tx, of_attempt(after, ended, "system", profile, self._commit(after), result), after.changed_at)
            if after.state is State.REFERRED and isinstance(ending, VerificationResult):
                self._keep(tx, after, ending, frames)
            return after

    def _ending(
        self, tx: Connection, case: Case, ending: VerificationResult | Abandoned
    ) -> tuple[Act, str, tuple[Json, ...]]:
        if isinstance(ending, Abandoned):
            return Act.ATTEMPT_ABANDONED, "abandoned", ({"code": ending.code, "text": "", "remedy": ""},)
        decision, profile = ending.decision, self.profile_of(case)
        reasons = tuple(kept_reason(one) for one in decision.reasons)
        if decision.outcome is Outcome.ACCEPT and profile.lines_beyond is Beyond.REFER and beyond(tx, case, profile):
            return *_ACT[Outcome.REFER], (kept_reason(reason("lines-beyond")),)
        return *_ACT[decision.outcome], reasons

    def _keep(self, tx: Connection, case: Case, result: VerificationResult, frames: Sequence[bytes]) -> None:
        """Keep what a reviewer may look at, for as long as the profile says."""
        profile, now = self.profile_of(case), case.changed_at
        sealed.put(tx, self._store, case.id, sealed.CURVES, [pack_curves(result)], now, case.expires_at)
        kept = list(frames)[: profile.keep_frames]
        until = now + timedelta(seconds=profile.retention.frames_s)
        if kept and until > now:
            sealed.put(tx, self._store, case.id, sealed.FRAME, kept, now, until)


def _challenge(attempt: AttemptRecord) -> Challenge:
    return tuple(Action(word_) for word_ in attempt.challenge)


def _nonce(attempt: AttemptRecord) -> str:
    """What binds a token to one run of one attempt."""
    return f"{attempt.id}/{attempt.run}"


def _invalid() -> AccessError:
    sentence = "The capture's token is not good, or no longer, or was used."
    return AccessError("token-invalid", sentence, "Begin or restart the attempt.")
