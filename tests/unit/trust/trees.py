"""A tree kept in a dictionary, for the tests of the ledger."""

from collections.abc import Mapping, Sequence

from app.trust.merkle import Node, Tree, grow, leaf_hash


class KeptTree:
    """Grows by ``app.trust.merkle`` and keeps every stored hash."""

    def __init__(self, entries: Sequence[bytes] = ()) -> None:
        self.tree = Tree()
        self.nodes: dict[Node, bytes] = {}
        self.add(entries)

    def add(self, entries: Sequence[bytes]) -> None:
        growth = grow(self.tree, [leaf_hash(entry) for entry in entries])
        self.tree = growth.tree
        assert not self.nodes.keys() & dict(growth.nodes).keys()
        self.nodes.update(growth.nodes)

    def read(self, nodes: Sequence[Node]) -> Mapping[Node, bytes]:
        return {node: self.nodes[node] for node in nodes if node in self.nodes}
