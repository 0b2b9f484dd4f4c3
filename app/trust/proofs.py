"""Checking proofs of the Merkle tree: inclusion and consistency, as RFC 9162 sections 2.1.3.2 and 2.1.4.2 decide."""

from collections.abc import Sequence

from app.trust.merkle import EMPTY_ROOT, node_hash


def root_of_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that leaf hash ``leaf`` at ``index`` of ``size`` leads to by ``path``; None when the path can't fit."""
    if not 0 <= index < size:
        return None
    place, last, top = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            top = node_hash(step, top)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            top = node_hash(top, step)
        place, last = place >> 1, last >> 1
    return top if last == 0 else None


def includes(root: bytes, size: int, leaf: bytes, index: int, path: Sequence[bytes]) -> bool:
    """Whether ``path`` proves that ``leaf`` stands at ``index`` under ``root``."""
    return root_of_inclusion(leaf, index, size, path) == root


def extends(first: tuple[int, bytes], second: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that the tree ``second`` (size, root) only added to the tree ``first``."""
    (old_size, old_root), (new_size, new_root) = first, second
    if old_size > new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    return _both_roots(old_size, new_size, proof, old_root) == (old_root, new_root)


def _both_roots(old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes) -> tuple[bytes, bytes] | None:
    """The two roots that ``proof`` leads to; None when it can't fit the sizes."""
    steps = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not steps:
        return None
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None
