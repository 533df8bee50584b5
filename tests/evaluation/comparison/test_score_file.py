import gzip
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.evaluation.comparison.score_file import MARK, read_scores, write_scores
from simreg.evaluation.comparison.types import ScoreTable

from .made_up import scores


def written(folder: Path, table: ScoreTable, name: str = "scores.csv") -> Path:
    write_scores(folder / name, table)
    return folder / name


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_scores(path)
    assert caught.value.remedy
    return caught.value


def as_rows(table: ScoreTable) -> list[tuple[str, str, bool, str, int, int]]:
    names = table.pairs.names
    return [
        (names[a], names[b], bool(m), f"{s:.6f}", int(table.acquired[a]), int(table.acquired[b]))
        for (a, b), m, s in zip(table.pairs.pictures.tolist(), table.pairs.mated, table.similarity, strict=True)
    ]


@pytest.mark.parametrize("name", ["scores.csv", "scores.csv.gz"])
@given(seed=st.integers(0, 10**6), failing=st.sampled_from([0.0, 0.2, 1.0]))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int, failing: float
) -> None:
    table = scores(seed, people=5, failing=failing)
    back = read_scores(written(tmp_path_factory.mktemp("scores"), table, name))
    assert back.origin == table.origin
    assert as_rows(back) == as_rows(table)


def test_names_with_commas_quotes_and_hashes_survive(tmp_path: Path) -> None:
    table = scores(1, people=3)
    odd = tuple(f'# "p",{number}/é.jpg' for number in range(len(table.pairs.names)))
    table = replace(table, pairs=replace(table.pairs, names=odd))
    assert as_rows(read_scores(written(tmp_path, table))) == as_rows(table)


def test_packed_scores_do_not_depend_on_the_time(tmp_path: Path) -> None:
    one = written(tmp_path, scores(1), "one.csv.gz")
    assert one.read_bytes() == written(tmp_path, scores(1), "two.csv.gz").read_bytes()
    assert gzip.decompress(one.read_bytes()).decode().startswith(MARK)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (MARK, "# something else", "scores-head"),
        (MARK + "\n", "", "scores-head"),
        ("# recogniser: synthetic\n", "", "scores-head"),
        ("# model_sha256: 5e", "# model_sha256: 5g", "scores-head"),
        ("# date: 2026", "# date: x026", "scores-head"),
        ("# data_set: made up", "# data_set: ", "scores-head"),
        ("reference,probe,mated,similarity,status", "reference,probe,similarity,status", "scores-columns"),
        ("p0/0.jpg,p1/1.jpg,0", "p0/0.jpg,p1/1.jpg,maybe", "scores-value"),
        (",compared", ",well", "scores-value"),
        (",compared", ",probe-no-face", "scores-value"),
        ("compared\n", "compared,more\n", "scores-row"),
        ("p0/0.jpg,p1/1.jpg,0,", "p0/0.jpg,p1/1.jpg,0,7", "scores-value"),
        ("p0/0.jpg,p1/1.jpg,0,", "p0/0.jpg,p1/1.jpg,0,x", "scores-value"),
        ("p0/0.jpg,p1/1.jpg,0,", "p1/1.jpg,p1/1.jpg,0,", "scores-value"),
        ("p0/0.jpg,p1/1.jpg,0,", "p2/2.jpg,p0/0.jpg,0,", "scores-twice"),
    ],
)
def test_damaged_scores_are_refused_by_their_fault(tmp_path: Path, old: str, new: str, code: str) -> None:
    table = scores(11, people=4)
    picked = np.array([[0, 1], [0, 2], [1, 2]])
    pairs = replace(table.pairs, names=("p0/0.jpg", "p1/1.jpg", "p2/2.jpg"), pictures=picked, mated=np.zeros(3, bool))
    small = replace(table, pairs=pairs, similarity=np.array([0.1, 0.2, 0.3]), acquired=np.zeros(3, np.int64))
    path = written(tmp_path, small)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    error = refused(path)
    assert error.code == code
    assert path.name in error.sentence


def test_a_score_of_another_evaluation_never_joins(tmp_path: Path) -> None:
    one, other = written(tmp_path, scores(1), "one.csv"), written(tmp_path, scores(2), "two.csv")
    one.write_text(one.read_text() + other.read_text())
    assert refused(one).code == "scores-mixed"


def test_a_picture_cannot_both_fail_and_be_compared(tmp_path: Path) -> None:
    path = written(tmp_path, scores(3))
    lines = path.read_text().splitlines()
    reference, probe, mated, *_ = lines[-1].split(",")
    path.write_text("\n".join([*lines[:-1], f"{reference},{probe},{mated},,probe-no-face"]) + "\n")
    assert refused(path).code == "scores-value"


def test_nan_is_no_similarity(tmp_path: Path) -> None:
    path = written(tmp_path, scores(3))
    lines = path.read_text().splitlines()
    reference, probe, mated, *_ = lines[-1].split(",")
    path.write_text("\n".join([*lines[:-1], f"{reference},{probe},{mated},nan,compared"]) + "\n")
    assert refused(path).code == "scores-value"


def test_scores_without_rows_or_in_no_text_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, scores(3))
    path.write_text("\n".join(path.read_text().splitlines()[:9]) + "\n")
    assert refused(path).code == "scores-empty"
    path.write_bytes(b"\xff\xfe" * 9)
    assert refused(path).code == "scores-unreadable"
    assert refused(tmp_path / "none.csv").code == "scores-unreadable"


def test_a_folder_cannot_be_written_over(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_scores(tmp_path, scores(1))
    assert caught.value.code == "output-unwritable"


@given(st.integers(0, 400), st.binary(max_size=6))
def test_no_damage_makes_more_than_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, place: int, data: bytes
) -> None:
    path = written(tmp_path_factory.mktemp("scores"), scores(3, people=3))
    whole = path.read_bytes()
    path.write_bytes(whole[:place] + data + whole[place + 1 :])
    with suppress(InputError):
        assert len(read_scores(path).similarity)
