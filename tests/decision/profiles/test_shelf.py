import dataclasses
import pickle
from pathlib import Path

import pytest

from decision.profiles.files import MINE
from decision.profiles.invariants import broken
from simreg.decision.profiles.check import findings
from simreg.decision.profiles.rules import BY_NAME, RULES
from simreg.decision.profiles.shelf import builtin, find, load_file, names
from simreg.decision.profiles.types import Counted, Document, Profile, Read, Reading, Retention, Transaction
from simreg.errors import InputError

YEAR = 366 * 86_400


def test_the_countries_asked_for_are_here_and_the_default_is_first() -> None:
    assert names()[0] == "default"
    assert {"cn", "kr", "vn", "id", "mx", "in"} <= set(names())


@pytest.mark.parametrize("name", names())
def test_what_must_hold_holds_for_every_profile(name: str) -> None:
    assert broken(builtin(name)) == []


@pytest.mark.parametrize("name", names())
def test_no_profile_keeps_frames_unless_a_rule_asks_for_it(name: str) -> None:
    profile = builtin(name)
    assert profile.keep_frames == 0 or profile.citation("keep_frames").read is not Read.OWN_CHOICE


@pytest.mark.parametrize("name", names())
def test_nothing_is_called_verified_that_no_lawyer_has_read(name: str) -> None:
    profile = builtin(name)
    told = [one.citation for one in (*profile.alternatives, *profile.notices)]
    citations = [*(one for _, one in profile.citations), *told, *(duty.citation for duty in profile.duties)]
    assert not any(one.verified for one in citations)


@pytest.mark.parametrize("name", names()[1:])
def test_a_country_is_based_on_the_default_and_nowhere_laxer(name: str) -> None:
    profile = builtin(name)
    assert (profile.name, profile.based_on) == (name, "default")
    assert profile.country == name.upper()
    assert findings(profile, builtin("default")) == ()


@pytest.mark.parametrize("name", names()[1:])
def test_a_country_takes_nothing_of_its_own_from_choice(name: str) -> None:
    profile = builtin(name)
    own = [citation for rule, citation in profile.citations if not profile.inherited(rule)]
    assert own
    assert all(citation.read is not Read.OWN_CHOICE for citation in own)


def test_the_default_has_the_numbers_to_start_from() -> None:
    default = builtin("default")
    assert (default.target_fmr, default.fnmr_goal, default.iapar_goal) == (1e-4, 0.01, 0.07)
    assert (default.attempts, default.attempt_s, default.capture_s, default.token_s) == (3, 180, 20, 600)
    assert dataclasses.astuple(default.lock_out) == (5, 180, 1800)
    assert (default.least_face_px, default.least_frame_px, default.keep_frames) == (150, 480, 0)
    assert default.retention == Retention(600, 600, 2 * YEAR, 2 * YEAR, None)
    assert default.filing_alarm == (80_000, 100_000)
    assert default.lines_per_person is None
    assert set(default.transactions) == set(Transaction)


@pytest.mark.parametrize(
    ("name", "lines", "counted"),
    [
        ("cn", 5, Counted.OPERATOR),
        ("id", 3, Counted.OPERATOR),
        ("mx", 10, Counted.ALL_OPERATORS),
        ("in", 9, Counted.ALL_OPERATORS),
        ("ph", 5, Counted.OPERATOR),
        ("kr", None, Counted.OPERATOR),
    ],
)
def test_lines_per_person(name: str, lines: int | None, counted: Counted) -> None:
    profile = builtin(name)
    assert (profile.lines_per_person, profile.lines_counted) == (lines, counted)


def test_what_single_countries_ask_for() -> None:
    assert builtin("cn").guardian_below_age == 14
    assert builtin("id").guardian_below_age == 17
    assert builtin("cn").retention.frames_s == 0
    assert builtin("kr").retention.agent_s == 10 * 86_400
    assert {one.code for one in builtin("kr").alternatives} == {"mobile-id", "register-copy"}
    assert builtin("kr").documents == (Document.IDENTITY_CARD, Document.DRIVING_LICENCE)
    assert builtin("mx").retention.reference_s == builtin("mx").attempt_s
    assert builtin("jp").document_readings == (Reading.CHIP,)
    assert Transaction.DEVICE_CHANGE in builtin("vn").transactions


def test_no_field_allows_a_search_or_a_score() -> None:
    words = {field.name for kind in (Profile, Retention) for field in dataclasses.fields(kind)} | set(BY_NAME)
    parts = {part for word in words for part in word.replace(".", "_").split("_")}
    assert not parts & {"search", "gallery", "watchlist", "identification", "n", "score", "similarity", "distance"}


def test_every_rule_is_a_field_and_every_field_of_a_profile_a_rule() -> None:
    apart = {"name", "country", "title", "as_of", "based_on", "alternatives", "notices", "duties", "citations"}
    fields = {field.name for field in dataclasses.fields(Profile)} - apart
    assert {rule.path.partition(".")[0] for rule in RULES} == fields
    kept = {rule.path.partition(".")[2] for rule in RULES if "." in rule.path}
    assert kept == {field.name for field in dataclasses.fields(Retention)}


def test_a_profile_can_be_handed_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(builtin("cn"))) == builtin("cn")  # noqa: S301
    assert hash(builtin("cn")) != hash(builtin("kr"))


# --- an operator's own file ------------------------------------------------------------------------------------------


def code_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_file(path)
    assert str(path) in caught.value.sentence
    return caught.value.code


def test_an_operators_file_is_found_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    assert find(str(path)) == load_file(path)
    assert find(str(path)).name == "mine"
    assert find("cn") is builtin("cn")


@pytest.mark.parametrize("name", ["xx", "", "CN", "de\nfault"])
def test_an_unknown_name_is_told_the_known_ones(name: str) -> None:
    with pytest.raises(InputError) as caught:
        find(name)
    assert caught.value.code == "profile-unknown"
    assert "default, cn" in caught.value.remedy


def test_an_operators_file_cannot_pass_for_one_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "kr.toml"
    path.write_text(MINE.replace('"mine"', '"kr"'), encoding="utf-8")
    assert code_of(path) == "profile-name-taken"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path / "missing.toml") == "profile-unreadable"
    assert code_of(tmp_path) == "profile-unreadable"
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    assert code_of(tmp_path / "bytes.toml") == "profile-unreadable"
    (tmp_path / "large.toml").write_bytes(b"#" * (2 << 20))
    assert code_of(tmp_path / "large.toml") == "profile-unreadable"
