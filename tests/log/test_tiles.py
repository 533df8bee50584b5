"""Tiles: their paths, what lies in them, and proofs out of nothing but them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from log import by_definition
from simreg.errors import InputError
from simreg.log.tiles import Tile, TileNodes, pack_entries, parse_path, tiles_of, unpack_entries, width_at
from simreg.log.tree import consistency_proof, inclusion_proof, leaf_hash, range_hash

SIZE = 70_000
ENTRIES = [b"%d" % number for number in range(SIZE)]


def hashes_at(level: int) -> list[bytes]:
    if level == 0:
        return [leaf_hash(entry) for entry in ENTRIES]
    below = hashes_at(level - 1)
    for _ in range(8):
        below = [by_definition.node(*below[i : i + 2]) for i in range(0, len(below) - 1, 2)]
    return below


LEVELS = [hashes_at(level) for level in range(3)]


def fetch(tile: Tile) -> bytes:
    assert tile.level is not None
    return b"".join(LEVELS[tile.level][tile.index * 256 : tile.index * 256 + tile.width])


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(None, 1000, 8), "tile/entries/x001/000.p/8"),
        (Tile(63, 5, 255), "tile/63/005.p/255"),
        (Tile(2, 999), "tile/2/999"),
    ],
)
def test_paths_are_those_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_path(path) == tile


@given(st.none() | st.integers(0, 63), st.integers(0, 2**40), st.integers(1, 256))
def test_every_path_is_read_as_it_was_written(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert parse_path(tile.path) == tile


@given(st.text() | st.from_regex(r"tile/[0-9a-z]{0,3}/(x?[0-9]{1,3}/){0,2}[0-9]{1,4}(\.p/[0-9]{1,4})?", fullmatch=True))
def test_what_is_read_is_the_only_way_to_write_it(path: str) -> None:
    tile = parse_path(path)
    assert tile is None or tile.path == path


@pytest.mark.parametrize(
    "path",
    [
        *("tile/0/x000/001", "tile/00/001", "tile/64/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/08"),
        *("tile/0/1", "tile/0/../000", "tile/0/000/", "/tile/0/000", "tile/-1/000", "tile/0/٠٠٠", "tile/0/000\n"),
    ],
)
def test_other_paths_are_none(path: str) -> None:
    assert parse_path(path) is None


def test_the_tiles_of_a_tree_are_those_of_the_specification() -> None:
    tiles = tiles_of(SIZE)
    assert [one for one in tiles if one.width < 256] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert len(tiles) == 273 + 1 + 1 + 1 + 1
    assert tiles_of(256) == [Tile(0, 0), Tile(1, 0, 1)]
    assert tiles_of(0) == []
    assert (width_at(SIZE, 0, 273), width_at(SIZE, 0, 274), width_at(SIZE, None, 0)) == (112, 0, 256)


@settings(max_examples=15)
@given(st.integers(1, SIZE).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_proofs_out_of_tiles_are_those_of_the_tree(place: tuple[int, int]) -> None:
    index, size = place
    nodes = TileNodes(size, fetch)
    root = range_hash(nodes, 0, size)
    assert by_definition.included(LEVELS[0][index], index, size, inclusion_proof(nodes, index, size), root)
    first = range_hash(TileNodes(index + 1, fetch), 0, index + 1)
    assert by_definition.begins(index + 1, first, size, root, consistency_proof(nodes, index + 1, size))


def test_each_tile_is_fetched_once_and_few_of_them() -> None:
    fetched: list[Tile] = []

    def counted(tile: Tile) -> bytes:
        fetched.append(tile)
        return fetch(tile)

    nodes = TileNodes(SIZE, counted)
    inclusion_proof(nodes, 31_337, SIZE)
    inclusion_proof(nodes, 31_338, SIZE)
    assert len(fetched) == len(set(fetched)) <= 6


def test_a_tile_of_another_length_is_refused() -> None:
    nodes = TileNodes(3, lambda _: bytes(64))
    with pytest.raises(InputError, match="64 bytes"):
        inclusion_proof(nodes, 0, 3)


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_bundles_are_read_as_they_were_written(entries: list[bytes]) -> None:
    assert unpack_entries(pack_entries(entries), len(entries)) == entries


@given(st.binary(max_size=40), st.integers(0, 4))
def test_any_bytes_are_a_bundle_or_refused(data: bytes, width: int) -> None:
    try:
        entries = unpack_entries(data, width)
    except InputError:
        return
    assert (pack_entries(entries), len(entries)) == (data, width)


def test_an_entry_too_long_for_a_bundle_is_refused() -> None:
    with pytest.raises(ValueError, match="65535"):
        pack_entries([bytes(65_536)])
