"""The tree against published vectors, against its definition, and against proofs that are false."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from log import by_definition
from simreg.log.tree import (
    EMPTY,
    Frontier,
    consistency_proof,
    grow,
    inclusion_proof,
    leaf_hash,
    range_hash,
    verify_consistency,
    verify_inclusion,
)

CT = [bytes.fromhex(one) for one in "- 00 10 2021 3031 40414243 5051525354555657".replace("-", "").split(" ")] + [
    bytes.fromhex("606162636465666768696a6b6c6d6e6f")
]
"""The eight entries with which Certificate Transparency's implementations are tested."""

CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CT_PATH_OF_FIRST = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]


def entries(size: int) -> list[bytes]:
    return [b"%d" % number for number in range(size)]


class Perfect:
    """The nodes of a tree, straight from the definition."""

    def __init__(self, given: list[bytes]) -> None:
        self.entries = given

    def __call__(self, level: int, index: int) -> bytes:
        inside = self.entries[index << level : (index + 1) << level]
        assert len(inside) == 1 << level
        return by_definition.root(inside)


def grown(given: list[bytes]) -> Frontier:
    return grow(Frontier(), map(leaf_hash, given))[0]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_the_published_ones(size: int) -> None:
    assert grown(CT[:size]).root().hex() == CT_ROOTS[size]
    assert by_definition.root(CT[:size]).hex() == CT_ROOTS[size]


def test_the_proofs_are_the_published_ones() -> None:
    nodes = Perfect(CT)
    assert [one.hex() for one in inclusion_proof(nodes, 0, 8)] == CT_PATH_OF_FIRST
    assert [one.hex() for one in consistency_proof(nodes, 1, 8)] == CT_PATH_OF_FIRST


@given(st.lists(st.binary(max_size=4), max_size=40), st.integers(0, 40))
def test_leaf_by_leaf_and_many_at_once_is_the_same_tree(given: list[bytes], at: int) -> None:
    one = Frontier()
    for entry in given:
        one = one.append(leaf_hash(entry))
    begun = grown(given[:at])
    more, complete = grow(begun, map(leaf_hash, given[at:]))
    assert one == more == grown(given)
    assert one.root() == by_definition.root(given)
    assert one.root() != EMPTY or not given
    assert all(hashed == Perfect(given)(level, index) for level, index, hashed in complete)
    assert len(complete) == sum((len(given) >> k) - (begun.size >> k) for k in range(1, 8))


@settings(max_examples=40)
@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_a_leaf_is_proven_where_it_is_and_nowhere_else(place: tuple[int, int]) -> None:
    index, size = place
    given = entries(size)
    proof, root = inclusion_proof(Perfect(given), index, size), by_definition.root(given)
    assert list(proof) == by_definition.path(index, given)
    leaf = leaf_hash(given[index])
    for verify in (verify_inclusion, by_definition.included):
        assert verify(leaf, index, size, proof, root)
        assert not verify(leaf_hash(b"other"), index, size, proof, root)
        assert not verify(leaf, index, size, proof, leaf) or size == 1
        assert not verify(leaf, index, size, [*proof, leaf], root)
        assert not verify(leaf, size, size, proof, root)
        assert not verify(leaf, -1, size, proof, root)
        assert not any(verify(leaf, other, size, proof, root) for other in range(size) if other != index)
        for i in range(len(proof)):
            assert not verify(leaf, index, size, [*proof[:i], *proof[i + 1 :]], root)
            assert not verify(leaf, index, size, [*proof[:i], b"\x00" * 32, *proof[i + 1 :]], root)


@settings(max_examples=40)
@given(st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_tree_is_proven_to_be_the_beginning_of_another(sizes: tuple[int, int]) -> None:
    first, second = sizes
    given = entries(second)
    proof = consistency_proof(Perfect(given), first, second)
    roots = by_definition.root(given[:first]), by_definition.root(given)
    other = by_definition.root([b"other", *given[1:]][:first])
    if first:
        assert list(proof) == by_definition.subproof(first, given)
    for verify in (verify_consistency, by_definition.begins):
        assert verify(first, roots[0], second, roots[1], proof)
        assert not verify(first, roots[0], second, roots[1], [*proof, roots[0]])
        if first:
            assert not verify(first, other, second, roots[1], proof)
            assert not verify(first, roots[0], second, other, proof)
            assert not verify(second + 1, roots[0], second, roots[1], proof)
        for i in range(len(proof)):
            assert not verify(first, roots[0], second, roots[1], [*proof[:i], *proof[i + 1 :]])
            assert not verify(first, roots[0], second, roots[1], [*proof[:i], b"\x00" * 32, *proof[i + 1 :]])


@given(st.integers(0, 20), st.integers(0, 20), st.lists(st.sampled_from([bytes([i]) * 32 for i in range(3)]), max_size=6))
def test_the_two_verifiers_agree_on_any_proof(first: int, second: int, proof: list[bytes]) -> None:
    a, b = bytes(32), b"\x01" * 32
    assert verify_inclusion(a, first, second, proof, b) == by_definition.included(a, first, second, proof, b)
    for old, new in ((a, b), (a, a), (EMPTY, b)):
        mine = verify_consistency(first, old, second, new, proof)
        assert mine == by_definition.begins(first, old, second, new, proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 3)])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(Perfect(entries(size)), index, size)


def test_there_is_no_proof_from_the_larger_to_the_smaller() -> None:
    with pytest.raises(ValueError, match="larger"):
        consistency_proof(Perfect(entries(3)), 3, 2)


@pytest.mark.parametrize(("size", "hashes"), [(1, ()), (0, (bytes(32),)), (-1, ()), (1, (b"short",))])
def test_a_frontier_fits_its_size(size: int, hashes: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier(size, hashes)


def test_a_range_is_the_root_over_it() -> None:
    given = entries(23)
    assert range_hash(Perfect(given), 16, 23) == by_definition.root(given[16:23])
