from pathlib import Path

import numpy as np
import pytest

from simreg.errors import InputError
from simreg.evaluation.comparison.persons import FOLDERS, MATED_PAIRS, groups_of, persons_of, read_groups
from simreg.evaluation.comparison.types import Pairs


def pairs(*rows: tuple[str, str, int]) -> Pairs:
    names = tuple(dict.fromkeys(name for row in rows for name in row[:2]))
    pictures = np.array([[names.index(one), names.index(other)] for one, other, _ in rows])
    return Pairs(names, pictures, np.array([bool(mated) for *_, mated in rows]), "made up")


def test_a_folder_is_a_person() -> None:
    found = persons_of(pairs(("a/1", "a/2", 1), ("a/1", "b/1", 0)))
    assert found.taken_from == FOLDERS
    assert (found.of_pictures.tolist(), found.count) == ([0, 0, 1], 2)


@pytest.mark.parametrize(
    "rows",
    [
        [("document/1", "selfie/1", 1), ("document/1", "selfie/2", 0), ("document/2", "selfie/2", 1)],
        [("1", "1b", 1), ("1", "2", 0), ("2", "2b", 1)],
        [("x/1", "x/1b", 1), ("x/1", "x/2", 0), ("x/2", "x/2b", 1)],
    ],
)
def test_where_folders_are_no_persons_the_mated_pairs_say_who_is_who(rows: list[tuple[str, str, int]]) -> None:
    found = persons_of(pairs(*rows))
    assert found.taken_from == MATED_PAIRS
    assert found.count == 2
    one, other, third, fourth = found.of_pictures.tolist()
    assert [one, third] == [other, fourth]
    assert one != third


def test_pairs_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(InputError, match="listed as non-mated") as caught:
        persons_of(pairs(("1", "2", 1), ("2", "3", 1), ("1", "3", 0)))
    assert caught.value.code == "pairs-contradict"


def group_file(folder: Path, text: str | bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("person,group\nanna,x\nanna,x\n", "groups-twice"),
        ("person,group\n", "groups-empty"),
        ("person\nanna\n", "groups-columns"),
        ("person,group\nanna\n", "groups-row"),
        ("person,group\nanna,\n", "groups-value"),
        ("person,group\n ,x\n", "groups-value"),
        (b"person,group\n\xff,x\n", "groups-unreadable"),
    ],
)
def test_a_wrong_list_of_groups_is_refused(tmp_path: Path, text: str | bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_groups(group_file(tmp_path, text))
    assert caught.value.code == code


def test_persons_are_called_as_their_folders_or_pictures(tmp_path: Path) -> None:
    listed = pairs(("set/anna/1.jpg", "set/anna/2.jpg", 1), ("set/anna/1.jpg", "set/bo/1.jpg", 0))
    stated = read_groups(group_file(tmp_path, "person,group\nanna,x\nset/bo,y\nnobody,z\n"))
    found = groups_of(stated, listed, persons_of(listed))
    assert [found.names[number] for number in found.of_persons] == ["x", "y"]
    loose = pairs(("1a.jpg", "1b.jpg", 1), ("2a.jpg", "2b.jpg", 1), ("1a.jpg", "2a.jpg", 0))
    found = groups_of({"1a": "x", "1b.jpg": "x"}, loose, persons_of(loose))
    assert sorted(found.of_persons.tolist()) == [-1, 0]


def test_groups_that_do_not_fit_are_refused() -> None:
    loose = pairs(("1a", "1b", 1), ("1a", "2a", 0))
    with pytest.raises(InputError) as caught:
        groups_of({"other": "x"}, loose, persons_of(loose))
    assert caught.value.code == "groups-nobody"
    with pytest.raises(InputError) as caught:
        groups_of({"1a": "x", "1b": "y"}, loose, persons_of(loose))
    assert caught.value.code == "groups-contradict"
