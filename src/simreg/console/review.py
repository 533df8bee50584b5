"""The reviewer's queue, and a referred case with everything that helps to decide about it."""

from datetime import datetime
from typing import Any

import cv2
from fastapi import Response
from fastapi.responses import RedirectResponse

from simreg.console.door import PATH, STATUS
from simreg.console.evidence import shown
from simreg.console.pages import page, told
from simreg.console.visit import Desk, Visit
from simreg.console.words import reason_words, waited
from simreg.decision.profiles.durations import told as told_time
from simreg.errors import ConflictError, InputError, NotFoundError, SimregError
from simreg.registration.types import Act, Case, State
from simreg.report.texts import texts_for as report_texts
from simreg.service.types import Evidence

ON_A_PAGE = 50
QUALITY = 92


def queue(desk: Desk, visit: Visit) -> Response:
    """Cases that wait, oldest first."""
    cursor, now, language = visit.query("cursor"), desk.clock(), visit.texts.language
    found = desk.registration.referred(ON_A_PAGE, cursor)
    waits = {case.id: waited(_since(desk, case), now, language) for case in found.cases}
    mine = {case.id for case in found.cases if _decided_by(case, visit.actor)}
    return page(visit, "queue.html.j2", cases=found.cases, waits=waits, mine=mine, cursor=cursor, more=found.cursor)


def show(desk: Desk, visit: Visit) -> Response:
    """A case; that it was looked at is written down."""
    return _page(desk, visit)


def decide(desk: Desk, visit: Visit) -> Response:
    """The reviewer's decision, of the case as it was on the page."""
    decision, reason = visit.form.get("decision"), visit.text("reason")
    try:
        if decision not in ("accept", "refuse"):
            raise InputError("text-code", "The form does not say what you decided.", "Open the page again.")
        desk.registration.review(visit.case_id, visit.actor, decision == "accept", reason, visit.version())
    except (ConflictError, InputError) as error:
        return _page(desk, visit, error)
    return RedirectResponse(f"{PATH}/review", 303)


def reference(desk: Desk, visit: Visit) -> Response:
    """The portrait on the document, as JPEG."""
    portrait = _evidence(desk, visit).reference
    if portrait is None:
        raise _gone()
    bgr = cv2.cvtColor(portrait.image, cv2.COLOR_RGB2BGR)
    return _picture(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes())


def frame(desk: Desk, visit: Visit) -> Response:
    """A frame of the capture, counted from 1, as it was kept."""
    number = str(visit.request.path_params["number"])
    frames = _evidence(desk, visit).frames
    if number not in {str(known + 1) for known in range(len(frames))}:
        raise _gone()
    return _picture(frames[int(number) - 1])


def _picture(jpeg: bytes) -> Response:
    return Response(jpeg, media_type="image/jpeg", headers={"Content-Security-Policy": "default-src 'none'; sandbox"})


def _evidence(desk: Desk, visit: Visit) -> Evidence:
    """What is kept of a case that this reviewer may decide about. Raises ConflictError ``review-over``."""
    return desk.registration.evidence(visit.case_id, visit.actor)


def _page(desk: Desk, visit: Visit, error: SimregError | None = None) -> Response:
    case = desk.registration.case(visit.case_id)
    status = 200 if error is None else next(number for kind, number in STATUS.items() if isinstance(error, kind))
    problem = None if error is None else told(error, visit.texts)
    waits = case.state is State.REFERRED and not _decided_by(case, visit.actor)
    values = _values(desk, visit, case) if waits else _over(desk, case)
    template = "review.html.j2" if waits else "reviewed.html.j2"
    here = f"{PATH}/review/{case.id}"
    return page(visit, template, status, here=here, case=case, problem=problem, **values)


def _values(desk: Desk, visit: Visit, case: Case) -> dict[str, Any]:
    texts, profile = visit.texts, desk.registration.profile_of(case)
    words = report_texts(texts.language)
    attempts = desk.registration.attempts(case.id)
    attempt = next((one for one in reversed(attempts) if one.outcome == "referred"), None)
    evidence = desk.registration.evidence(case.id, visit.actor)
    return {
        "wait": waited(_since(desk, case), desk.clock(), texts.language),
        "reasons": [] if attempt is None else [(one["code"], *reason_words(one, texts)) for one in attempt.reasons],
        "attempt": None if attempt is None else shown(attempt, evidence.curves, texts),
        "of": profile.attempts,
        "reference": evidence.reference is not None,
        "frames": len(evidence.frames),
        "keeps": profile.keep_frames > 0,
        "kept_for": told_time(profile.retention.frames_s, texts.language),
        "second": bool(case.reviews),
        "written": visit.text("reason"),
        "curve_words": words.curves,
        "check_words": words.checks,
    }


def _over(desk: Desk, case: Case) -> dict[str, Any]:
    """What a reviewer sees of a case that no longer waits, or waits for somebody else only: no picture."""
    still = case.state is State.REFERRED
    return {"yours": still, "names": {} if still else {f"staff:{one.id}": one.name for one in desk.access.staff()}}


def _decided_by(case: Case, actor: str) -> bool:
    return any(review.reviewer == actor for review in case.reviews)


def _since(desk: Desk, case: Case) -> datetime:
    """Since when a case has waited: since it was referred, not since the first of two reviews."""
    if not case.reviews:
        return case.changed_at
    events = desk.registration.events(case.id)
    return next((event.at for event in events if event.act is Act.ATTEMPT_REFERRED), case.changed_at)


def _gone() -> NotFoundError:
    return NotFoundError("picture-gone", "The picture is no longer kept.", "Decide without it.")
