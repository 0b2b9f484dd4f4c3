"""What lists of leaves spare themselves gives the same tree and the same proofs as leaf by leaf; pymerkle agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion
from pymerkle.proof import MerkleProof

from app.trust.merkle import Tree, grow, leaf_hash, perfect_root, prove_consistency, prove_inclusion, prove_last
from tests.unit.trust.trees import KeptTree


def _entries(count: int) -> list[bytes]:
    return [number.to_bytes(2, "big") for number in range(count)]


@given(st.integers(1, 200), st.data())
def test_the_proofs_of_a_portion_are_those_of_its_leaves(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size - 1))
    kept = KeptTree(_entries(size))
    assert prove_last(first, size, kept.read) == [
        prove_inclusion(index, size, kept.read) for index in range(first, size)
    ]


@given(st.integers(0, 5), st.integers(0, 40), st.integers(0, 30))
def test_whole_subtrees_make_the_same_tree_as_their_leaves(level: int, before: int, more: int) -> None:
    width = 1 << level
    hashes = [leaf_hash(entry) for entry in _entries((before + more) * width)]
    tops = [perfect_root(hashes[start : start + width]) for start in range(0, len(hashes), width)]
    tree = grow(Tree(), hashes[: before * width]).tree
    whole = grow(tree, tops[before:], level)
    plain = grow(tree, hashes[before * width :])
    assert whole.tree == plain.tree
    assert dict(whole.nodes) == {node: made for node, made in plain.nodes if node.level >= level}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21, 64, 65])
def test_another_implementation_accepts_our_proofs(size: int) -> None:
    kept, oracle = KeptTree(_entries(size)), InmemoryTree(algorithm="sha256")
    for entry in _entries(size):
        oracle.append_entry(entry)
    for index in range(size):
        ours = prove_inclusion(index, size, kept.read)
        theirs = oracle.prove_inclusion(index + 1, size)
        assert [bytes.fromhex(step) for step in theirs.serialize()["path"]][1:] == list(ours)
        verify_inclusion(leaf_hash(_entries(size)[index]), kept.tree.root, _as_theirs(theirs, ours))
    for first in range(1, size):
        assert prove_consistency(first, size, kept.read)
        verify_consistency(oracle.get_root(first), kept.tree.root, oracle.prove_consistency(first, size))


def _as_theirs(proof: MerkleProof, path: tuple[bytes, ...]) -> MerkleProof:
    """Their proof with our hashes behind its leaf."""
    told = proof.serialize()
    told["path"] = [told["path"][0], *(step.hex() for step in path)]
    return MerkleProof.deserialize(told)
