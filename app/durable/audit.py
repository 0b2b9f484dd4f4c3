"""Audits a stored ledger: rows against the tree, records against their entries, the tree against its checkpoint."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection

from app.durable.leaves import nodes_of, read_head
from app.durable.logbook import DELETED, KeptRecord, LogBook, place_of, places_of, record_at
from app.errors import LedgerError
from app.trust.act_record import act_of_record
from app.trust.checkpoint import Checkpoint, log_key, open_own, origin_of
from app.trust.merkle import Tree, grow, leaf_hash
from app.trust.sign import VerifyKey

_PORTION = 500


@dataclass
class _Deleted:
    """Places without a record, and those of which the log itself says that they were deleted."""

    empty: list[int] = field(default_factory=list)
    said: list[tuple[int, int]] = field(default_factory=list)

    def unsaid(self) -> list[int]:
        """Places that nobody has recorded to have deleted."""
        return [place for place in self.empty if not any(first <= place <= last for first, last in self.said)]


def audit(
    connection: Connection, book: LogBook, municipality: str, key: VerifyKey, seen: Checkpoint | None = None
) -> Iterator[LedgerError]:
    """Every fault of one log, in order; nothing when all is as it was written.

    ``key``: the log's public key; ``seen``: what somebody outside remembers of it, which must still hold. Kinds:
    ``leaf_missing``, ``record_sealed``, ``record_differs``, ``record_missing`` (deleted, but nobody recorded it),
    ``node_differs``, ``head_differs``, ``root_differs``, ``log_rolled_back``, ``log_forked``, those of a checkpoint.
    """
    tree, kept, deleted, at_seen = Tree(), book.kept(connection, municipality), _Deleted(), Tree()
    while portion := list(islice(kept, _PORTION)):
        for place, found in enumerate(portion, tree.size):
            if found.position != place:
                yield LedgerError(kind="leaf_missing", place=place_of(book.log, municipality, place))
                return
            yield from _record_faults(connection, book, municipality, (found, deleted))
        if seen is not None and tree.size < seen.size <= tree.size + len(portion):
            at_seen = grow(tree, [leaf_hash(found.entry) for found in portion[: seen.size - tree.size]]).tree
        tree, faults = _grown(connection, book, municipality, (tree, portion))
        yield from faults
    for place in deleted.unsaid():
        yield LedgerError(kind="record_missing", place=place_of(book.log, municipality, place))
    yield from head_faults(connection, book, municipality, (tree, key))
    yield from _memory_faults(place_of(book.log, municipality, tree.size), tree, at_seen, seen)


def _memory_faults(place: str, tree: Tree, at_seen: Tree, seen: Checkpoint | None) -> Iterator[LedgerError]:
    """The log against what somebody remembers. ``at_seen``: its tree as large as it was then."""
    if seen is None:
        return
    if tree.size < seen.size:
        yield LedgerError(kind="log_rolled_back", place=place)
    elif at_seen.root != seen.root:
        yield LedgerError(kind="log_forked", place=place)


def _grown(
    connection: Connection, book: LogBook, municipality: str, step: tuple[Tree, Sequence[KeptRecord]]
) -> tuple[Tree, list[LedgerError]]:
    """The tree with a portion more, and the stored subtree hashes that are not its own."""
    tree, portion = step
    growth = grow(tree, [leaf_hash(found.entry) for found in portion])
    inner = {node: made for node, made in growth.nodes if node.level}
    stored = nodes_of(connection, book.tables, municipality)(list(inner))
    wrong = [node for node, made in inner.items() if stored.get(node) != made]
    origin = origin_of(book.log, municipality)
    faults = [LedgerError(kind="node_differs", place=f"{origin}:{node.level}/{node.position}") for node in wrong]
    return growth.tree, faults


def _record_faults(
    connection: Connection, book: LogBook, municipality: str, looked: tuple[KeptRecord, _Deleted]
) -> Iterator[LedgerError]:
    kept, deleted = looked
    if kept.sealed is None:
        deleted.empty.append(kept.position)
        return
    try:
        record = record_at(connection, book, municipality, kept)
        act = act_of_record(record)
    except LedgerError as fault:
        yield fault
        return
    if act.kind == DELETED:
        deleted.said += places_of(act)
    said = (act.kind, act.visit, act.municipality, kept.at if record.band is None else record.band.kept_at)
    if said != (kept.kind, kept.visit, municipality, kept.at):
        yield LedgerError(kind="record_differs", place=place_of(book.log, municipality, kept.position))


def head_faults(
    connection: Connection, book: LogBook, municipality: str, made: tuple[Tree, VerifyKey]
) -> Iterator[LedgerError]:
    """Where a log says that it ends, against the tree that its rows make."""
    tree, key = made
    try:
        head = read_head(connection, book.tables, municipality)
    except LedgerError:
        yield LedgerError(kind="head_differs", place=place_of(book.log, municipality, tree.size))
        return
    if tree != head.tree:
        yield LedgerError(kind="head_differs", place=place_of(book.log, municipality, tree.size))
    if not head.checkpoint and not tree.size:
        return
    try:
        said, _ = open_own(head.checkpoint, log_key(origin_of(book.log, municipality), key))
    except LedgerError as fault:
        yield fault
        return
    if (said.size, said.root) != (tree.size, tree.root):
        yield LedgerError(kind="root_differs", place=place_of(book.log, municipality, said.size))
