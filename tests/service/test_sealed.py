"""What is kept of a face: sealed, for its time, and not after an accept."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from service.desk import ACCEPT, FRAMES, KEYS, PICTURE, PICTURE_WITHOUT_FACE, REFER, REFUSE, Desk, result
from simreg.comparison.score import assess
from simreg.decision.types import Outcome
from simreg.errors import ConflictError, InputError
from simreg.privacy.seal import Sealed, Sealer
from simreg.registration.types import State
from simreg.result import VerificationResult
from simreg.service.kept import DIGITS, band, kept_result, pack_curves, unpack_curves
from simreg.service.portraits import pack, unpack
from simreg.storage import sealed
from simreg.storage.database import Database
from simreg.storage.tables import METADATA, SEALED
from synthetic.engine import synthetic_threshold
from synthetic.reference import portrait

IDENTITY = "11010519491231002X"


def kinds(database: Database) -> list[str]:
    with database.read() as tx:
        return sorted(tx.scalars(select(SEALED.c.kind)))


def test_a_portrait_is_the_same_after_packing() -> None:
    before, after = portrait(), unpack(pack(portrait()))
    assert after.summary == before.summary
    assert before.points is not None
    assert after.points is not None
    np.testing.assert_array_equal(after.points, before.points)
    np.testing.assert_array_equal(after.image, before.image)
    assert after.points.dtype == np.float32


def test_the_capture_gets_the_reference_and_nobody_else_can_read_it(database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced()
    capture = desk.registration.claim_capture(desk.begun(case).token)
    assert capture.reference == pack(portrait())
    with database.read() as tx:
        row = tx.execute(select(SEALED)).one()
        key = desk.store.find(row.key_id, case.id, row.kind)
        assert key is not None
        for other, owner in ((KEYS.sealing, case.id), (KEYS.wrapping, case.id), (key, "case_other")):
            with pytest.raises(InputError):
                Sealer(row.key_id, other).open(
                    Sealed(row.key_id, row.nonce, row.ciphertext), owner, row.kind, row.sequence
                )
        with pytest.raises(InputError):
            desk.store.find(row.key_id, "case_other", row.kind)
        assert sealed.get(tx, desk.store, case.id, "reference", desk.now) == (capture.reference,)
    assert capture.reference[:200] not in row.ciphertext


def test_the_reference_is_gone_after_its_time(database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced()
    order = desk.begun(case)
    desk.later(599)
    assert desk.registration.sweep_sealed() == 0
    desk.later(1)
    with pytest.raises(ConflictError) as caught:  # it counts as gone even before it is erased
        desk.registration.restart_attempt(case.id, "subscriber")
    assert caught.value.code == "reference-gone"
    assert desk.registration.sweep_sealed() >= 1
    assert kinds(database) == []
    desk.registration.end_attempt(order.attempt_id, 0, REFUSE)
    with pytest.raises(ConflictError, match="Show the document again"):
        desk.begun(case)
    desk.registration.set_reference(case.id, "subscriber", PICTURE)
    assert desk.begun(case).number == 2


@pytest.mark.parametrize(
    ("profile", "outcome", "left"),
    [
        ("test", ACCEPT, []),
        ("keeps", ACCEPT, ["reference"]),
        ("test", REFER, ["curves", "reference"]),
        ("keeps", REFER, ["curves", "frame", "frame", "reference"]),
        ("test", REFUSE, ["reference"]),
        ("keeps", REFUSE, ["reference"]),
    ],
)
def test_what_is_left_after_an_attempt(
    profile: str, outcome: VerificationResult, left: list[str], database: Database
) -> None:
    desk = Desk(database)
    desk.attempted(desk.referenced(profile=profile), outcome)
    assert kinds(database) == left


def test_a_review_ends_what_was_kept_for_it_unless_the_profile_keeps_it(database: Database) -> None:
    desk = Desk(database)
    for profile, left in (("test", []), ("keeps", ["curves", "frame", "frame", "reference"])):
        case = desk.attempted(desk.referenced(profile=profile), REFER)
        assert desk.registration.review(case.id, "staff:1", True, "the same person").state is State.ACCEPTED
        assert kinds(database) == left
    desk.later(600)
    desk.registration.sweep_sealed()
    assert kinds(database) == ["curves"]
    desk.later(86_400)
    desk.registration.sweep_sealed()
    assert kinds(database) == []


@pytest.mark.parametrize("way", ["withdraw", "cancel", "alternative", "expire", "refuse"])
def test_ends_without_an_accept_erase_at_once(way: str, database: Database) -> None:
    desk = Desk(database)
    case = desk.attempted(desk.referenced(profile="keeps"), REFER)
    take = desk.registration
    if way == "expire":
        desk.later(86_400)
        assert take.expire_due() == 1
    else:
        {
            "withdraw": lambda: take.withdraw(case.id, "subscriber"),
            "cancel": lambda: take.cancel(case.id, "api:1", "left"),
            "alternative": lambda: take.choose_alternative(case.id, "subscriber", "rather-not"),
            "refuse": lambda: take.review(case.id, "staff:1", False, "another person"),
        }[way]()
    assert kinds(database) == []


def test_a_reviewer_sees_what_is_kept_and_the_look_is_written_down(database: Database) -> None:
    desk = Desk(database)
    case = desk.attempted(desk.referenced(profile="keeps"), REFER)
    evidence = desk.registration.evidence(case.id, "staff:1")
    assert evidence.reference is not None
    assert evidence.frames == FRAMES[:2]
    assert len(evidence.curves) == len(REFER.liveness.curves)
    assert {"time_s", "yaw", "eyes"} <= evidence.curves[0].keys()
    assert [(look.actor, look.at) for look in desk.registration.looks(case.id)] == [("staff:1", desk.now)]
    desk.later(601)
    assert desk.registration.evidence(case.id, "staff:2").frames == ()


@pytest.mark.parametrize("outcome", [ACCEPT, REFUSE])
def test_nobody_sees_the_evidence_of_a_case_that_waits_for_no_reviewer(
    outcome: VerificationResult, database: Database
) -> None:
    desk = Desk(database)
    case = desk.attempted(desk.referenced(profile="keeps"), outcome)
    with pytest.raises(ConflictError) as caught:
        desk.registration.evidence(case.id, "staff:1")
    assert caught.value.code == "review-over"
    assert desk.registration.looks(case.id) == []


def test_who_has_decided_does_not_see_the_evidence_again(database: Database) -> None:
    desk = Desk(database)
    case = desk.attempted(desk.referenced(profile="keeps", risk=0.9), REFER)
    assert desk.registration.review(case.id, "staff:1", True, "the same person").state is State.REFERRED
    with pytest.raises(ConflictError, match="your review"):
        desk.registration.evidence(case.id, "staff:1")
    assert desk.registration.evidence(case.id, "staff:2").frames == FRAMES[:2]
    assert [look.actor for look in desk.registration.looks(case.id)] == ["staff:2"]


def test_a_picture_without_a_portrait_keeps_and_changes_nothing(database: Database) -> None:
    desk = Desk(database)
    case = desk.opened()
    case = desk.registration.consent(case.id, "subscriber", "1")
    answer = desk.registration.set_reference(case.id, "subscriber", PICTURE_WITHOUT_FACE)
    assert answer.problem is not None
    assert (answer.problem.code, answer.case) == ("reference-no-face", case)
    assert kinds(database) == []


# --- what is kept for years ------------------------------------------------------------------------------------------

FORBIDDEN = {"similarity", "score", "template", "embedding", "image", "picture", "pictures", "landmarks", "points"} | {
    *("face_box", "box", "curves", "samples", "yaw", "pitch", "eyes", "frames_jpeg", "text", "same_person", "value_exact")
}


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a JSON value, with the last key that led to it."""
    yield path, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield from walk(one, key)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from walk(one, path)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_biometric_is_kept_of_a_result(outcome: Outcome) -> None:
    kept = kept_result(result(outcome))
    keys = {key for key, _ in walk(kept)}
    assert keys & FORBIDDEN == set()
    numbers = [value for _, value in walk(kept) if isinstance(value, float)]
    assert all(value == float(f"{value:.{DIGITS}g}") for value in numbers)
    similarity = result(outcome).comparison.similarity
    assert similarity is not None
    assert not any(abs(value - similarity) < 1e-4 for value in numbers)
    checks = {check["name"]: check for check in kept["liveness"]["checks"]}
    assert checks["same-person"]["value"] is None
    assert checks["face-present"]["value"] is not None
    assert kept["comparison"]["band"] == "match"


def test_what_a_failed_check_speaks_for_is_kept_for_the_reviewer() -> None:
    from dataclasses import replace

    from simreg.liveness.types import CheckResult, State

    made = [
        CheckResult("not-flat", State.FAILED, 0.1, 0.5, "", above=True, suspicious=True),
        CheckResult("blur", State.FAILED, 0.1, 0.5, "", above=True),
        CheckResult("loop", State.PASSED, 0.1, 0.5, "", above=False, suspicious=True),
    ]
    pad = replace(REFER.liveness, checks=tuple(made))
    kept = kept_result(replace(REFER, liveness=pad))["liveness"]["checks"]
    assert [(one["above"], one.get("suspicious", False)) for one in kept] == [(True, True), (True, False), (False, False)]


def test_bands_tell_on_which_side_a_score_lies() -> None:
    held = synthetic_threshold(value=0.5, refer_from=0.4)
    assert [band(assess(one, 3, held)) for one in (0.7, 0.5, 0.45, 0.4, 0.1, None)] == [
        *("match", "match", "near", "near", "non-match", "not-assessed")
    ]


def test_curves_come_back() -> None:
    curves = unpack_curves(pack_curves(REFER))
    assert [one["time_s"] for one in curves] == [round(s.time_s, 3) for s in REFER.liveness.curves]
    assert curves[0]["eyes"] is None


def test_no_table_holds_an_identity_number_a_token_or_a_face(
    database: Database, url: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk(database)
    case = desk.referenced(profile="keeps", identity_number=IDENTITY)
    link = desk.registration.subscriber_link(case.id, "api:1")
    order = desk.begun(case)
    capture = desk.registration.claim_capture(order.token)
    desk.registration.end_attempt(capture.attempt_id, capture.run, REFER, (900,), FRAMES)
    secrets = [IDENTITY, link, order.token, *(frame.decode() for frame in FRAMES), "face_box"]
    with database.read() as tx:
        text = repr([row for table in METADATA.sorted_tables for row in tx.execute(select(table))])
    assert case.subject_hash is not None
    assert case.subject_hash in text
    assert [secret for secret in secrets if secret in text or secret in caplog.text] == []
    if url.startswith("sqlite"):
        raw = b"".join(path.read_bytes() for path in tmp_path.glob("simreg.db*"))
        assert [secret for secret in secrets if secret.encode() in raw] == []


def test_what_is_handed_about_shows_nothing_secret(database: Database) -> None:
    desk = Desk(database)
    order = desk.begun(desk.referenced())
    capture = desk.registration.claim_capture(order.token)
    assert order.token not in repr(order)
    assert "reference" not in repr(capture)
