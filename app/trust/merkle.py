"""The Merkle tree of RFC 6962: hashing, growth by stored subtree hashes, and which hashes a proof needs.

Only perfect subtrees are stored, each once and for ever: node (level, position) covers the leaves from
position × 2^level to below (position + 1) × 2^level. Level 0 holds the leaf hashes. The rest is folded from them.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.errors import LedgerError

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves. Source: RFC 6962 section 2.1, published."""


class Node(NamedTuple):
    """Where a perfect subtree stands."""

    level: int
    position: int


ReadNodes = Callable[[Sequence[Node]], Mapping[Node, bytes]]
"""Fetches stored subtree hashes, all at once."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree as far as growth needs it: its size and the hashes of its perfect subtrees from left to right."""

    size: int = 0
    edge: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The Merkle tree hash."""
        return fold(self.edge) if self.edge else EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Growth:
    """The tree after an append, and the subtree hashes (leaves included) that came into being."""

    tree: Tree
    nodes: tuple[tuple[Node, bytes], ...]


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def leaf_hashes(entries: Sequence[bytes]) -> list[bytes]:
    """The leaf hash of each of many entries."""
    sha256 = hashlib.sha256
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """One hash over neighbouring perfect subtrees of falling size, at least one."""
    top = hashes[-1]
    for left in reversed(hashes[:-1]):
        top = node_hash(left, top)
    return top


def grow(tree: Tree, hashes: Sequence[bytes], level: int = 0) -> Growth:
    """Append leaf hashes; O(log n) for one. ``level``: the hashes are those of perfect subtrees of 2^level leaves.

    The size of ``tree`` must then be a multiple of 2^level; nodes below ``level`` are not told.
    """
    edge, made = list(tree.edge), []
    for index, leaf in enumerate(hashes, tree.size >> level):
        node, top = Node(level, index), leaf
        made.append((node, top))
        while node.position & 1:
            node, top = Node(node.level + 1, node.position >> 1), node_hash(edge.pop(), top)
            made.append((node, top))
        edge.append(top)
    return Growth(Tree(tree.size + (len(hashes) << level), tuple(edge)), tuple(made))


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The hash of a perfect subtree over 2^n leaf hashes."""
    row, sha256 = list(hashes), hashlib.sha256
    while len(row) > 1:
        row = [sha256(b"\x01" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def edge_nodes(size: int) -> tuple[Node, ...]:
    """Where the perfect subtrees of a tree of ``size`` leaves stand, from left to right."""
    return _perfect(0, size)


def load_tree(size: int, read: ReadNodes) -> Tree:
    """The tree of the first ``size`` leaves, from stored hashes. Errors: LedgerError when the store lacks one."""
    nodes = edge_nodes(size)
    stored = read(nodes)
    try:
        return Tree(size, tuple(stored[node] for node in nodes))
    except KeyError as error:
        raise LedgerError(kind="node_missing", place=str(error.args[0])) from error


def inclusion_plan(index: int, size: int) -> tuple[tuple[Node, ...], ...]:
    """What the audit path of leaf ``index`` in a tree of ``size`` consists of: each hash is a fold of stored nodes."""
    if not 0 <= index < size:
        raise LedgerError(kind="no_such_index", place=index)
    steps, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            steps.append(_perfect(middle, high))
            high = middle
        else:
            steps.append(_perfect(low, middle))
            low = middle
    return tuple(reversed(steps))


def consistency_plan(first: int, second: int) -> tuple[tuple[Node, ...], ...]:
    """What the proof that ``first`` leaves became ``second`` leaves consists of; as ``inclusion_plan``."""
    if not 0 <= first <= second:
        raise LedgerError(kind="no_such_size", place=first)
    if first in {0, second}:
        return ()
    steps, low, high, whole = [], 0, second, True
    while first < high:
        middle = low + _split(high - low)
        if first <= middle:
            steps.append(_perfect(middle, high))
            high = middle
        else:
            steps.append(_perfect(low, middle))
            low, whole = middle, False
    if not whole:
        steps.append(_perfect(low, high))
    return tuple(reversed(steps))


def prove(plan: Sequence[Sequence[Node]], read: ReadNodes) -> tuple[bytes, ...]:
    """The hashes of a plan, from stored ones. Errors: LedgerError when the store lacks one."""
    stored = read([node for step in plan for node in step])
    try:
        return tuple(fold([stored[node] for node in step]) for step in plan)
    except KeyError as error:
        raise LedgerError(kind="node_missing", place=str(error.args[0])) from error


def prove_inclusion(index: int, size: int, read: ReadNodes) -> tuple[bytes, ...]:
    """The audit path (RFC 6962 section 2.1.1), the leaf's neighbour first."""
    return prove(inclusion_plan(index, size), read)


def prove_last(first: int, size: int, read: ReadNodes) -> list[tuple[bytes, ...]]:
    """The audit paths of all leaves from ``first`` on, each hash of the tree looked at once."""
    stored = read([node for index in {first, size - 1} for step in inclusion_plan(index, size) for node in step])
    return _Paths(stored, read, first).below(0, size, ())


def prove_consistency(first: int, second: int, read: ReadNodes) -> tuple[bytes, ...]:
    """The consistency proof (RFC 6962 section 2.1.2)."""
    return prove(consistency_plan(first, second), read)


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _perfect(low: int, high: int) -> tuple[Node, ...]:
    """The perfect subtrees that cover ``low`` to below ``high``, where ``low`` is a multiple of their largest."""
    nodes, rest = [], high - low
    while rest:
        level = rest.bit_length() - 1
        nodes.append(Node(level, low >> level))
        low += 1 << level
        rest -= 1 << level
    return tuple(nodes)


class _Paths:
    """Walks a tree once and gives the audit paths of its last leaves."""

    def __init__(self, stored: Mapping[Node, bytes], read: ReadNodes, first: int) -> None:
        self._stored = stored
        self._read = read
        self._first = first

    def below(self, low: int, high: int, above: tuple[bytes, ...]) -> list[tuple[bytes, ...]]:
        """The paths of the leaves ``low`` to below ``high``; ``above``: their common end."""
        if high - low == 1:
            return [above]
        middle = low + _split(high - low)
        right = self.below(middle, high, (self._hash(low, middle), *above))
        if middle <= self._first:
            return right
        return self.below(low, middle, (self._hash(middle, high), *above)) + right

    def _hash(self, low: int, high: int) -> bytes:
        width = high - low
        level = width.bit_length() - 1
        if width == 1 << level and (found := self._stored.get(Node(level, low >> level))) is not None:
            return found
        nodes = _perfect(low, high)
        if any(node not in self._stored for node in nodes):
            self._stored = {**self._stored, **self._read(nodes)}
        return fold([self._stored[node] for node in nodes])
