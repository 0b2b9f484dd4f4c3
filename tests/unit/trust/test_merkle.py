"""The ledger's tree: published roots and proofs, another implementation's roots, and no proof of what is not so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from app.errors import LedgerError
from app.trust.merkle import (
    EMPTY_ROOT,
    Node,
    Tree,
    grow,
    leaf_hash,
    load_tree,
    prove_consistency,
    prove_inclusion,
)
from app.trust.proofs import extends, includes
from tests.unit.trust.trees import KeptTree

# The eight leaves, roots and proofs that the reference implementation of Certificate Transparency publishes.
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes(range(0x60, 0x70)))
ROOTS = [
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
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
SIZES = st.integers(1, 70)


def _entries(count: int) -> list[bytes]:
    return [b"entry %d" % number for number in range(count)]


def _roots(count: int) -> list[bytes]:
    kept, roots = KeptTree(), [EMPTY_ROOT]
    for entry in _entries(count):
        kept.add([entry])
        roots.append(kept.tree.root)
    return roots


BIG = KeptTree(_entries(70))
BIG_ROOTS = _roots(70)


def test_published_roots() -> None:
    assert [KeptTree(LEAVES[:size]).tree.root.hex() for size in range(9)] == ROOTS


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_published_inclusion_proofs(index: int, size: int) -> None:
    kept = KeptTree(LEAVES[:size])
    path = prove_inclusion(index, size, kept.read)
    assert [step.hex() for step in path] == INCLUSION[index, size]
    assert includes(bytes.fromhex(ROOTS[size]), size, leaf_hash(LEAVES[index]), index, path)


@pytest.mark.parametrize(("first", "second"), CONSISTENCY)
def test_published_consistency_proofs(first: int, second: int) -> None:
    proof = prove_consistency(first, second, KeptTree(LEAVES).read)
    assert [step.hex() for step in proof] == CONSISTENCY[first, second]
    assert extends((first, bytes.fromhex(ROOTS[first])), (second, bytes.fromhex(ROOTS[second])), proof)


@pytest.mark.parametrize("size", [*range(1, 40), 255, 256, 257, 1000])
def test_another_implementation_finds_the_same_root(size: int) -> None:
    oracle = InmemoryTree.init_from_entries(_entries(size), algorithm="sha256")
    assert KeptTree(_entries(size)).tree.root == oracle.get_root()


@given(st.lists(st.integers(0, 9), max_size=12))
def test_leaves_added_in_any_portions_make_the_same_tree(portions: list[int]) -> None:
    kept, entries = KeptTree(), _entries(sum(portions))
    done = 0
    for portion in portions:
        kept.add(entries[done : done + portion])
        done += portion
    assert kept.tree == KeptTree(entries).tree
    assert kept.nodes == KeptTree(entries).nodes


@given(SIZES)
def test_a_tree_is_found_again_from_its_stored_hashes(size: int) -> None:
    assert load_tree(size, BIG.read) == KeptTree(_entries(size)).tree


def test_an_append_stores_few_hashes() -> None:
    size = (1 << 40) - 1
    tree = Tree(size, tuple(bytes([number]) * 32 for number in range(40)))
    assert len(grow(tree, [b"\x00" * 32]).nodes) == 41


@given(SIZES, st.data())
def test_every_leaf_is_proved_in_every_later_tree_and_nowhere_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaf, root = leaf_hash(_entries(70)[index]), BIG_ROOTS[size]
    path = prove_inclusion(index, size, BIG.read)
    assert includes(root, size, leaf, index, path)
    assert not includes(root, size, leaf_hash(b"other"), index, path)
    for elsewhere in {index - 1, index + 1, size}:
        assert not includes(root, size, leaf, elsewhere, path)
    assert not includes(root, size, leaf, index, (*path, leaf))
    if path:
        assert not includes(root, size, leaf, index, path[:-1])
        broken = data.draw(st.integers(0, len(path) - 1))
        assert not includes(root, size, leaf, index, (*path[:broken], bytes(32), *path[broken + 1 :]))


@given(SIZES, st.data())
def test_every_tree_is_proved_to_extend_every_earlier_one_and_no_other(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size))
    old, new = (first, BIG_ROOTS[first]), (size, BIG_ROOTS[size])
    proof = prove_consistency(first, size, BIG.read)
    assert extends(old, new, proof)
    assert not extends((first, bytes(32)), new, proof)
    assert not extends(old, (size, bytes(32)), proof) or first == 0
    assert not extends(old, new, (*proof, bytes(32)))
    if first < size:
        assert not extends(new, old, proof)
    if proof:
        broken = data.draw(st.integers(0, len(proof) - 1))
        assert not extends(old, new, (*proof[:broken], bytes(32), *proof[broken + 1 :]))
        assert not extends(old, new, proof[:-1])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=8), st.integers(0, 40), st.integers(0, 40))
def test_invented_proofs_prove_nothing(proof: list[bytes], one: int, other: int) -> None:
    assert not includes(BIG_ROOTS[40], 40, leaf_hash(b"invented"), one, proof)
    first, second = sorted((one, other))
    forged = (second, leaf_hash(b"invented"))
    assert not extends((first, BIG_ROOTS[first]), forged, proof) or (first == 0 and not proof)


def test_no_proof_is_made_of_what_is_not_there() -> None:
    for index, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(LedgerError):
            prove_inclusion(index, size, BIG.read)
    with pytest.raises(LedgerError):
        prove_consistency(6, 5, BIG.read)


def test_a_store_that_lost_a_hash_says_which() -> None:
    kept = KeptTree(_entries(8))
    del kept.nodes[Node(1, 1)]
    with pytest.raises(LedgerError) as lost:
        prove_inclusion(0, 8, kept.read)
    assert lost.value.data["kind"] == "node_missing"
    assert "level=1, position=1" in str(lost.value.data["place"])
