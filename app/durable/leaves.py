"""The tables of a Merkle log, one log per municipality: entries, sealed records, subtree hashes, head, checkpoints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    inspect,
    select,
    tuple_,
)
from sqlalchemy.exc import IntegrityError

from app.durable.absent import insert_if_absent
from app.durable.columns import Instant, written
from app.durable.many import insert_many
from app.durable.swift import done, fetched
from app.errors import LedgerError
from app.trust.merkle import HASH_SIZE, Growth, Node, ReadNodes, Tree, leaf_hash

_LEAF = ("municipality", "position", "entry", "sealed", "kind", "visit", "at")
_NODE = ("municipality", "level", "position", "hash")


@dataclass(frozen=True, slots=True)
class LeafTables:
    """The tables of one slice's (or terminal's) logs.

    ``leaf``: what stands in the log, beside it the sealed salt and record until they are lawfully deleted.
    ``node``: hashes of perfect subtrees of two leaves and more. ``head``: where the log ends, and its last checkpoint.
    ``checkpoint``: checkpoints that others have cosigned. The statements of every append are made once, as words.
    """

    leaf: Table
    node: Table
    head: Table
    checkpoint: Table
    find_head: str = field(init=False)
    move_head: str = field(init=False)

    def __post_init__(self) -> None:
        find = f"SELECT size, edge, checkpoint FROM {self.head.name} WHERE municipality = ?"  # noqa: S608 -- own table
        move = f"UPDATE {self.head.name} SET size = ?, edge = ?, checkpoint = ? WHERE municipality = ?"  # noqa: S608
        object.__setattr__(self, "find_head", find)
        object.__setattr__(self, "move_head", move)


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
    head = (growth.tree.size, b"".join(growth.tree.edge), checkpoint)
    done(connection, tables.move_head, (*head, municipality))


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
    held = " FOR UPDATE" if hold and connection.dialect.name == "postgresql" else ""
    rows = fetched(connection, tables.find_head + held, (municipality,))
    if not rows:
        return None
    ((size, edge, checkpoint),) = rows
    if size < 0 or len(edge) != size.bit_count() * HASH_SIZE:
        raise LedgerError(kind="head_differs", place=municipality)
    nodes = tuple(edge[offset : offset + HASH_SIZE] for offset in range(0, len(edge), HASH_SIZE))
    return Head(Tree(size, nodes), checkpoint)
