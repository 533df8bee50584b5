"""The network's list is believed in nothing."""

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError, LimitError
from simreg.inspection.exports import csv_lines, guarded
from simreg.inspection.network_file import MOST_BYTES, SENTENCES, BadRow, NetworkRow, read_network

HEAD = b"line,activated_at,agent,shop\n"
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def read(text: bytes, zone: timezone | None = None) -> list[NetworkRow | BadRow]:
    return list(read_network(io.BytesIO(text), zone))


def test_rows_are_read_as_tables_write_them() -> None:
    rows = read(
        b"\xef\xbb\xbfShop;Activated_At;Line\r\n"
        b"North;2026-11-24T09:30:00Z;+49 155 500-01\r\n\r\n"
        b'"a ""b""";2026-11-24 10:30:00+01:00;(49)15550001\r\n'
    )
    assert rows == [NetworkRow(2, "4915550001", AT, None, "North"), NetworkRow(4, "4915550001", AT, None, 'a "b"')]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (b"", "row-fields"),
        (b"4915550001", "row-fields"),
        (b"abc,2026-11-24T09:30:00Z,,", "row-line"),
        (b"5.2E+11,2026-11-24T09:30:00Z,,", "row-rounded"),
        ("４９１５５".encode() + b",2026-11-24T09:30:00Z,,", "row-line"),
        (b"4915550001,yesterday,,", "row-time"),
        (b"4915550001,0001-01-01T00:00:00+23:59,,", "row-time"),
        (b"4915550001,2026-11-24T09:30:00,,", "row-zone"),
        (b"4915550001,2026-11-24T09:30:00Z," + b"x" * 65 + b",", "row-text"),
        ("4915550001,2026-11-24T09:30:00Z,a\u202eb,".encode(), "row-text"),
        (b"4915550001,2026-11-24T09:30:00Z,\0,", "row-nul"),
        (b"4915550001,2026-11-24T09:30:00Z,\xff,", "row-encoding"),
        (b'4915550001,2026-11-24T09:30:00Z,"a,', "row-quotes"),
        (b"x" * 100_000, "row-long"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_are_read(row: bytes, code: str) -> None:
    good = b"4915550002,2026-11-24T09:30:00Z,,\n"
    rows = read(HEAD + (row or b"1") + b"\n" + good)
    assert rows == [BadRow(2, code), NetworkRow(3, "4915550002", AT)]
    assert code in SENTENCES


def test_a_zone_for_the_file_is_used_where_a_time_has_none() -> None:
    [row] = read(HEAD + b"4915550001,2026-11-24T17:30:00,,\n", timezone(timedelta(hours=8)))
    assert isinstance(row, NetworkRow)
    assert row.at == AT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "csv-empty"),
        (b"\n\n", "csv-empty"),
        (b"number,time\n", "csv-columns"),
        (b"line,line,activated_at\n", "csv-columns"),
        ("line,activated_at\n".encode("utf-16"), "csv-encoding"),
        (b"PK\x03\x04\0\0", "csv-encoding"),
    ],
)
def test_a_file_that_is_none_is_refused(text: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.code == code


def test_a_file_without_end_is_ended() -> None:
    rows = read_network(io.BytesIO(HEAD + b"4915550001,2026-11-24T09:30:00Z,,\n" * 5), most=3)
    with pytest.raises(LimitError):
        list(rows)


@given(st.binary(max_size=3 * MOST_BYTES))
def test_any_bytes_are_rows_or_told_to_be_none(data: bytes) -> None:
    for row in read_network(io.BytesIO(HEAD + data)):
        assert isinstance(row, NetworkRow) or row.code in SENTENCES


@given(st.text(max_size=20))
def test_no_exported_cell_is_a_formula(text: str) -> None:
    cell = guarded(text)
    assert not cell.lstrip(" \u00a0\ufeff").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%"))
    assert cell in (text, f"'{text}")


def test_exports_are_csv() -> None:
    lines = list(csv_lines(("a", "b"), [("x,y", 1), ("=1+1", None), ('"', 0.5)]))
    assert lines == ["a,b\r\n", '"x,y",1\r\n', "'=1+1,\r\n", '"""",0.5\r\n']
