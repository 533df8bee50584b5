"""The list of what was made."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.evaluation.attacks.manifest import NAME, Row, read_manifest, write_manifest

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.builds(Row, *[TEXT] * 11), max_size=4))
def test_rows_come_back_as_they_were_written(tmp_path: Path, rows: list[Row]) -> None:
    write_manifest(tmp_path, rows)
    assert read_manifest(tmp_path) == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.binary(max_size=200))
def test_another_list_counts_as_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    assert read_manifest(tmp_path) == []


def test_a_list_with_other_columns_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("file,label\na.mp4,attack\n", encoding="utf-8")
    assert read_manifest(tmp_path) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_manifest(tmp_path / "no", [])
    assert caught.value.code == "output-unwritable"
