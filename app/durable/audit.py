"""Audits a stored ledger: rows against the tree, records against their entries, the tree against its checkpoint."""

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection

from app.durable.leaves import nodes_of, read_head
from app.durable.logbook import KeptRecord, LogBook, place_of
from app.errors import LedgerError
from app.trust.checkpoint import log_key, open_checkpoint, origin_of
from app.trust.merkle import Tree, grow, leaf_hash
from app.trust.sign import VerifyKey

_PORTION = 500


def audit(connection: Connection, book: LogBook, municipality: str, key: VerifyKey) -> Iterator[LedgerError]:
    """Every fault of one log, in order; nothing when all is as it was written. ``key``: the log's public key."""
    tree, kept = Tree(), book.kept(connection, municipality)
    while portion := list(islice(kept, _PORTION)):
        for place, found in enumerate(portion, tree.size):
            if found.position != place:
                yield LedgerError(kind="leaf_missing", place=place_of(book.log, municipality, place))
                return
            yield from _record_faults(connection, book, municipality, found)
        tree, faults = _grown(connection, book, municipality, (tree, portion))
        yield from faults
    yield from _head_faults(connection, book, municipality, (tree, key))


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


def _record_faults(connection: Connection, book: LogBook, municipality: str, kept: KeptRecord) -> Iterator[LedgerError]:
    if kept.sealed is None:
        return
    try:
        act = book.act(connection, municipality, kept)
    except LedgerError as fault:
        yield fault
        return
    if (act.kind, act.visit, act.municipality) != (kept.kind, kept.visit, municipality):
        yield LedgerError(kind="record_differs", place=place_of(book.log, municipality, kept.position))


def _head_faults(
    connection: Connection, book: LogBook, municipality: str, made: tuple[Tree, VerifyKey]
) -> Iterator[LedgerError]:
    tree, key = made
    head = read_head(connection, book.tables, municipality)
    if tree != head.tree:
        yield LedgerError(kind="head_differs", place=place_of(book.log, municipality, tree.size))
    if not head.checkpoint and not tree.size:
        return
    try:
        said = open_checkpoint(head.checkpoint, log_key(origin_of(book.log, municipality), key))
    except LedgerError as fault:
        yield fault
        return
    if (said.size, said.root) != (tree.size, tree.root):
        yield LedgerError(kind="root_differs", place=place_of(book.log, municipality, said.size))
