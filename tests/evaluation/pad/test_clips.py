from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.evaluation.pad.clips import read_clips
from simreg.evaluation.pad.drawn import random_challenge
from simreg.evaluation.pad.types import Label
from simreg.liveness.pad import TURNS
from simreg.liveness.types import Action

HEAD = "file,label,species,challenge,reference\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def listed(folder: Path, text: str, name: str = "clips.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_read_with_paths_relative_to_their_list(folder: Path) -> None:
    path = listed(folder, HEAD + "a.mp4,bona-fide,,blink,id.png\nsub/b.mp4,attack,print,,\n")
    one, two = read_clips([path])
    assert (one.file, one.reference, one.label) == (folder / "a.mp4", folder / "id.png", Label.BONA_FIDE)
    assert (two.file, two.reference, two.species, two.kind) == (folder / "sub" / "b.mp4", None, "print", "presentation")
    assert (one.row, two.row, two.challenge, one.kind) == (1, 2, (), "")


@pytest.mark.parametrize("text", ['"turn-left,blink"', "turn-left blink", "turn-left; blink", "Turn-Left  BLINK"])
def test_actions_may_be_separated_in_several_ways(folder: Path, text: str) -> None:
    (one,) = read_clips([listed(folder, HEAD + f"a.mp4,bona-fide,,{text},\n")])
    assert one.challenge == (Action.TURN_LEFT, Action.BLINK)


def test_several_lists_make_one(folder: Path) -> None:
    first = listed(folder, HEAD + "a.mp4,bona-fide,,blink,\n", "one.csv")
    second = listed(folder, "label,file,species,kind\nattack,b.mp4,loop,manipulated\n", "two.csv")
    assert [(p.list_name, p.kind) for p in read_clips([first, second])] == [("one.csv", ""), ("two.csv", "manipulated")]


def test_conditions_are_words_and_a_group_is_one(folder: Path) -> None:
    text = "file,label,conditions,group,subject\na,bona-fide,glasses dim,women,anna\nb,bona-fide,,men,\n"
    one, two = read_clips([listed(folder, text)])
    assert (one.conditions, one.subject, two.conditions) == (("glasses", "dim"), "anna", ("men",))


def test_random_challenges_are_drawn_for_each_row_and_are_the_same_each_time(folder: Path) -> None:
    path = listed(folder, HEAD + "a.mp4,attack,print,random,\nb.mp4,attack,print,random,\n")
    found = read_clips([path], draws=4, actions=3)
    assert [(one.row, one.draw) for one in found] == [(row, draw) for row in (1, 2) for draw in (1, 2, 3, 4)]
    assert len({one.challenge for one in found}) > 4
    assert all(len(one.challenge) == 3 for one in found)
    assert found == read_clips([path], draws=4, actions=3)


def test_every_attack_may_be_asked_for_drawn_challenges(folder: Path) -> None:
    path = listed(folder, HEAD + "a.mp4,attack,print,blink,\nb.mp4,attack,print,,\nc.mp4,bona-fide,,blink,\n")
    found = read_clips([path], draws=2, redraw=True)
    assert [(one.row, one.draw) for one in found] == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 0)]
    assert found[-1].challenge == (Action.BLINK,)
    assert all(len(one.challenge) == 3 for one in found[:-1])


@given(st.text(max_size=20), st.integers(1, 8))
def test_a_drawn_challenge_never_asks_for_an_action_twice_in_a_row(seed: str, actions: int) -> None:
    drawn = random_challenge(seed, actions)
    assert len(drawn) == actions
    assert all(a is not b for a, b in pairwise(drawn))


def test_all_actions_are_drawn_and_always_a_turn() -> None:
    drawn = [random_challenge(str(number), 3) for number in range(200)]
    assert all(TURNS & set(challenge) for challenge in drawn)
    assert {action for challenge in drawn for action in challenge} == set(Action)
    assert {challenge[0] for challenge in drawn} == set(Action)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file-empty"),
        (HEAD, "clips-empty"),
        ("file,species\na,print\n", "clips-column-missing"),
        (HEAD + "a,live,,,\n", "clips-bad-row"),
        (HEAD + ",attack,print,,\n", "clips-bad-row"),
        (HEAD + "a,attack,,,\n", "clips-bad-row"),
        (HEAD + "a,bona-fide,print,,\n", "clips-bad-row"),
        (HEAD + "a,bona-fide,,random,\n", "clips-bad-row"),
        (HEAD + "a,attack,print,blink,b,c\n", "clips-bad-row"),
        (HEAD + "a,attack,print,wave,\n", "challenge-unknown-action"),
        (HEAD + 'a,attack,"print"x,,\n', "clips-unreadable"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(folder: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_clips([listed(folder, text)])
    assert caught.value.code == code


def test_the_row_is_named(folder: Path) -> None:
    with pytest.raises(InputError, match=r"clips\.csv, row 2: “wave” is not an action"):
        read_clips([listed(folder, HEAD + "a,attack,print,blink,\na,attack,print,wave,\n")])


@given(
    st.binary(max_size=200)
    | st.text(alphabet="file,label\n\r\"';random attackbona-fide\0é", max_size=120).map(str.encode)
)
@example(b"file,label\n" + b"a" * 140_000 + b",attack\n")
@example(b"file,label,label\na,attack,attack\n")
@example(b"\xef\xbb\xbffile,label\na,bona-fide\n")
def test_any_bytes_are_a_list_or_are_refused(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clips.csv"
        path.write_bytes(data)
        with suppress(InputError):
            assert read_clips([path])
