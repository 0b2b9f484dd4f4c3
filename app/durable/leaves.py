"""The tables of a Merkle log, one log per municipality: entries, sealed records, subtree hashes, head, checkpoints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Update,
    bindparam,
    inspect,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError

from app.durable.absent import insert_if_absent
from app.durable.columns import Instant, written
from app.durable.many import insert_many
from app.errors import LedgerError
from app.trust.merkle import HASH_SIZE, Growth, Node, ReadNodes, Tree, leaf_hash

_WHOSE = "whose"
_LEAF = ("municipality", "position", "entry", "sealed", "kind", "visit", "at")
_NODE = ("municipality", "level", "position", "hash")


@dataclass(frozen=True, slots=True)
class LeafTables:
    """The tables of one slice's (or terminal's) logs.

    ``leaf``: what stands in the log, beside it the sealed salt and record until they are lawfully deleted.
    ``node``: hashes of perfect subtrees of two leaves and more. ``head``: where the log ends, and its last checkpoint.
    ``checkpoint``: checkpoints that others have cosigned. The statements of every append are made once.
    """

    leaf: Table
    node: Table
    head: Table
    checkpoint: Table
    find_head: Select[Any] = field(init=False)
    hold_head: Select[Any] = field(init=False)
    move_head: Update = field(init=False)

    def __post_init__(self) -> None:
        mine = self.head.c.municipality == bindparam(_WHOSE)
        find = select(self.head).where(mine)
        moved: dict[str, Any] = {name: bindparam(name) for name in ("size", "edge", "checkpoint")}
        object.__setattr__(self, "find_head", find)
        object.__setattr__(self, "hold_head", find.with_for_update())
        object.__setattr__(self, "move_head", update(self.head).where(mine).values(**moved))


@dataclass(frozen=True, slots=True)
class NewLeaf:
    """What an append brings besides the entry: all of it codes and identifiers, but for the sealed record."""

    entry: bytes
    sealed: bytes
    kind: str
    visit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ends. ``checkpoint``: its last signed checkpoint, empty before the first leaf."""

    tree: Tree
    checkpoint: bytes


def leaf_tables(metadata: MetaData) -> LeafTables:
    """The tables of the ledger in a slice's metadata."""
    leaf = Table(
        "leaf",
        metadata,
        Column("municipality", String(6), primary_key=True),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("entry", LargeBinary, nullable=False),
        Column("sealed", LargeBinary),
        Column("kind", String(64), nullable=False),
        Column("visit", String(64), nullable=False),
        Column("at", Instant, nullable=False),
    )
    Index("ix_leaf_visit", leaf.c.municipality, leaf.c.visit, leaf.c.position)
    node = Table(
        "leaf_node",
        metadata,
        Column("municipality", String(6), primary_key=True),
        Column("level", Integer, primary_key=True, autoincrement=False),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("hash", LargeBinary, nullable=False),
    )
    head = Table(
        "leaf_head",
        metadata,
        Column("municipality", String(6), primary_key=True),
        Column("size", BigInteger, nullable=False),
        Column("edge", LargeBinary, nullable=False),
        Column("checkpoint", LargeBinary, nullable=False),
    )
    checkpoint = Table(
        "leaf_checkpoint",
        metadata,
        Column("municipality", String(6), primary_key=True),
        Column("size", BigInteger, primary_key=True, autoincrement=False),
        Column("note", LargeBinary, nullable=False),
        Column("at", Instant, nullable=False),
    )
    return LeafTables(leaf, node, head, checkpoint)


def has_leaves(connection: Connection, tables: LeafTables) -> bool:
    """Whether the store has the tables of a ledger at all."""
    return inspect(connection).has_table(tables.head.name)


def lock_head(connection: Connection, tables: LeafTables, municipality: str) -> Head:
    """The end of the log, held until the transaction ends: appends to one log come one after the other."""
    held = _head(connection, tables, municipality, hold=True)
    if held is None:
        empty = {"municipality": municipality, "size": 0, "edge": b"", "checkpoint": b""}
        insert_if_absent(connection, tables.head, empty)
        held = _head(connection, tables, municipality, hold=True)
    return held or Head(Tree(), b"")


def read_head(connection: Connection, tables: LeafTables, municipality: str) -> Head:
    """The end of the log as this transaction sees it; an empty one where nothing was written yet."""
    return _head(connection, tables, municipality, hold=False) or Head(Tree(), b"")


def store_growth(
    connection: Connection,
    tables: LeafTables,
    municipality: str,
    leaves: Sequence[NewLeaf],
    grown: tuple[Growth, bytes],
) -> None:
    """Write new leaves, their subtree hashes and the new head. ``grown``: the growth and its signed checkpoint.

    Errors: LedgerError ``leaf_exists`` when something stands where the log goes on.
    """
    growth, checkpoint = grown
    first = growth.tree.size - len(leaves)
    rows = [
        (municipality, position, leaf.entry, leaf.sealed, leaf.kind, leaf.visit, written(leaf.at))
        for position, leaf in enumerate(leaves, first)
    ]
    nodes = [(municipality, *node, made) for node, made in growth.nodes if node.level]
    try:
        insert_many(connection, tables.leaf, _LEAF, rows)
        if nodes:
            insert_many(connection, tables.node, _NODE, nodes)
    except IntegrityError as error:
        raise LedgerError(kind="leaf_exists", place=f"{municipality}:{first}") from error
    head = {"size": growth.tree.size, "edge": b"".join(growth.tree.edge), "checkpoint": checkpoint}
    connection.execute(tables.move_head, head | {_WHOSE: municipality})


def nodes_of(connection: Connection, tables: LeafTables, municipality: str) -> ReadNodes:
    """Reads the stored subtree hashes of one log, all of a proof in two queries."""

    def read(nodes: Sequence[Node]) -> Mapping[Node, bytes]:
        found = _leaf_hashes(connection, tables, municipality, [node.position for node in nodes if not node.level])
        inner = [(node.level, node.position) for node in nodes if node.level]
        columns = tables.node.c
        if inner:
            rows = connection.execute(
                select(columns.level, columns.position, columns.hash).where(
                    columns.municipality == municipality, tuple_(columns.level, columns.position).in_(inner)
                )
            )
            found |= {Node(row.level, row.position): row.hash for row in rows}
        return found

    return read


def _leaf_hashes(
    connection: Connection, tables: LeafTables, municipality: str, positions: Sequence[int]
) -> dict[Node, bytes]:
    if not positions:
        return {}
    columns = tables.leaf.c
    rows = connection.execute(
        select(columns.position, columns.entry).where(
            columns.municipality == municipality, columns.position.in_(positions)
        )
    )
    return {Node(0, row.position): leaf_hash(row.entry) for row in rows}


def _head(connection: Connection, tables: LeafTables, municipality: str, *, hold: bool) -> Head | None:
    query = tables.hold_head if hold else tables.find_head
    row = connection.execute(query, {_WHOSE: municipality}).one_or_none()
    if row is None:
        return None
    if row.size < 0 or len(row.edge) != row.size.bit_count() * HASH_SIZE:
        raise LedgerError(kind="head_differs", place=municipality)
    edge = tuple(row.edge[offset : offset + HASH_SIZE] for offset in range(0, len(row.edge), HASH_SIZE))
    return Head(Tree(row.size, edge), row.checkpoint)
