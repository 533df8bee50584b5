import csv
import gzip
import io
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.evaluation.comparison import pairs as module
from simreg.evaluation.comparison.pairs import all_pairs, check_pictures, read_pairs, with_all_non_mated

from .made_up import album

HEAD = "reference,probe,mated\n"


def listed(folder: Path, text: str | bytes) -> Path:
    path = folder / "pairs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def code(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_pairs(path)
    assert caught.value.remedy
    return caught.value.code


def test_a_list_is_read_in_order(tmp_path: Path) -> None:
    found = read_pairs(listed(tmp_path, HEAD + "a/1.jpg,a/2.jpg,1\n\nb/1.jpg,a/1.jpg,0\n"))
    assert found.names == ("a/1.jpg", "a/2.jpg", "b/1.jpg")
    assert found.pictures.tolist() == [[0, 1], [2, 0]]
    assert found.mated.tolist() == [True, False]
    assert found.source.startswith("pairs.csv sha256 ")


def test_other_columns_their_order_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    found = read_pairs(listed(tmp_path, "\ufeffmated, probe,note,reference\r\n1,b.jpg,x,a.jpg\r\n".encode()))
    assert (found.names, found.mated.tolist()) == (("a.jpg", "b.jpg"), [True])


def test_a_packed_list_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv.gz"
    path.write_bytes(gzip.compress((HEAD + "a.jpg,b.jpg,0\n").encode()))
    assert read_pairs(path).names == ("a.jpg", "b.jpg")
    path.write_bytes(path.read_bytes()[:-9])
    assert code(path) == "pairs-unreadable"
    path.write_bytes(b"not packed")
    assert code(path) == "pairs-unreadable"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "pairs-columns"),
        ("reference,probe\na,b\n", "pairs-columns"),
        ("reference,probe,mated,mated\na,b,1,1\n", "pairs-columns"),
        (HEAD, "pairs-empty"),
        (HEAD + "a,b\n", "pairs-row"),
        (HEAD + "a,b,1,2\n", "pairs-row"),
        (HEAD + "a,b,yes\n", "pairs-mated"),
        (HEAD + "a,b,\n", "pairs-mated"),
        (HEAD + "a,b,2\n", "pairs-mated"),
        (HEAD + "a,a,1\n", "pairs-itself"),
        (HEAD + "a,b,1\nc,d,0\nb,a,1\n", "pairs-twice"),
        (HEAD + "/etc/passwd,b,1\n", "pairs-picture"),
        (HEAD + "C:\\a.jpg,b,1\n", "pairs-picture"),
        (HEAD + "a/../../b.jpg,b,1\n", "pairs-picture"),
        (HEAD + "a\\..\\b.jpg,b,1\n", "pairs-picture"),
        (HEAD + ",b,1\n", "pairs-picture"),
        (HEAD + '"a\nb",c,1\n', "pairs-picture"),
        ((HEAD + "é,b,1\n").encode("latin-1"), "pairs-unreadable"),
        ((HEAD + "a\x00,b,1\n").encode(), "pairs-picture"),
        (HEAD + "a" * 200_000 + ",b,1\n", "pairs-unreadable"),
    ],
)
def test_a_wrong_list_is_refused_by_its_fault(tmp_path: Path, text: str | bytes, expected: str) -> None:
    found = code(listed(tmp_path, text))
    assert found == expected or (found == "pairs-unreadable" and b"\x00" in (text if isinstance(text, bytes) else b""))


def test_a_list_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    assert code(tmp_path / "none.csv") == "pairs-unreadable"
    assert code(tmp_path) == "pairs-unreadable"


def test_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Line 4 of pairs\.csv"):
        read_pairs(listed(tmp_path, HEAD + "a,b,1\nb,c,1\na,c,x\n"))


names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8).filter(
    lambda name: ".." not in name and not name.startswith(("/", "\\")) and name[1:2] != ":"
)


@given(st.dictionaries(st.tuples(names, names).filter(lambda two: two[0] < two[1]), st.booleans(), min_size=1))
def test_whatever_is_listed_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[tuple[str, str], bool]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("reference", "probe", "mated"), *((a, b, int(m)) for (a, b), m in wanted.items())])
    found = read_pairs(listed(tmp_path_factory.mktemp("pairs"), out.getvalue()))
    back = [(found.names[one], found.names[other]) for one, other in found.pictures.tolist()]
    assert dict(zip(back, found.mated.tolist(), strict=True)) == wanted


@given(st.binary(max_size=60))
def test_no_list_whatever_is_in_it_makes_more_than_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = listed(tmp_path_factory.mktemp("pairs"), HEAD.encode() + data)
    with suppress(InputError):
        assert len(read_pairs(path).mated)


def test_all_pairs_of_a_folder(tmp_path: Path) -> None:
    found = all_pairs(album(tmp_path, persons=3, pictures=2))
    assert len(found.names) == 6
    assert len(found.mated) == 15
    assert int(found.mated.sum()) == 3
    assert all(
        (found.names[one][:2] == found.names[other][:2]) == same
        for (one, other), same in zip(found.pictures.tolist(), found.mated, strict=True)
    )


def test_the_listed_mated_pairs_with_all_others(tmp_path: Path) -> None:
    images = album(tmp_path / "images", persons=3, pictures=2)
    found = with_all_non_mated(read_pairs(listed(tmp_path, HEAD + "p1/0.png,p1/1.png,1\np1/0.png,p2/0.png,0\n")), images)
    assert found.mated.tolist() == [True] + 12 * [False]
    assert [found.names[number] for number in found.pictures[0]] == ["p1/0.png", "p1/1.png"]
    assert len(np.unique(found.pictures, axis=0)) == 13
    with pytest.raises(InputError) as caught:
        with_all_non_mated(read_pairs(listed(tmp_path, HEAD + "p1/0.png,p1/9.png,1\n")), images)
    assert caught.value.code == "picture-unknown"


def test_a_folder_that_does_not_say_who_is_who_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no two pictures"):
        all_pairs(tmp_path)
    with pytest.raises(InputError, match="not a folder"):
        all_pairs(tmp_path / "none")
    album(tmp_path, persons=2, pictures=2)
    monkeypatch.setattr(module, "MOST", 5)
    with pytest.raises(InputError, match="6 comparisons are more"):
        all_pairs(tmp_path)
    (tmp_path / "loose.jpg").write_bytes(b"")
    with pytest.raises(InputError, match="no person's folder"):
        all_pairs(tmp_path)


def test_pictures_that_are_not_there_are_named(tmp_path: Path) -> None:
    found = read_pairs(listed(tmp_path, HEAD + "a.jpg,b.jpg,1\na.jpg,c.jpg,0\n"))
    with pytest.raises(InputError, match=r"a\.jpg and 2 more") as caught:
        check_pictures(found, tmp_path)
    assert caught.value.code == "picture-unknown"
    with pytest.raises(InputError, match="not a folder"):
        check_pictures(found, tmp_path / "none")
