"""Writes acts into a ledger in the transaction of the act, and gives the receipt that belongs into the answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Connection

from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.time_band import TimeBand
from app.durable.cells import Cell
from app.durable.leaves import Head, LeafTables, NewLeaf, lock_head, nodes_of, store_growth
from app.errors import LedgerError
from app.trust.act_record import record_of
from app.trust.checkpoint import Checkpoint, log_key, open_own, origin_of, sign_checkpoint
from app.trust.merkle import Growth, Node, Tree, edge_nodes, grow, leaf_hash, prove_last
from app.trust.receipt import Receipt
from app.trust.record import encode_record, entry_of, new_salt
from app.trust.sign import SigningKey


class Sealer(Protocol):
    """Seals cells of one log; ``Cells`` for a slice."""

    def seal_all(self, connection: Connection, values: Sequence[tuple[Cell, bytes]]) -> list[bytes]: ...


ReadBand = Callable[[Connection], TimeBand]
"""What is known of time beside the clock, read in the transaction of an append."""


@dataclass(frozen=True, slots=True)
class _Appended:
    """What one log got in one transaction."""

    head: Head
    growth: Growth
    leaves: Sequence[NewLeaf]
    checkpoint: bytes


class Pen:
    """Appends to the logs of one slice or terminal. ``log``: the slice's name, or ``terminal.<name>``.

    ``band``: for a terminal, which has heard the backend's time; a slice goes by what its own log signed last.
    """

    def __init__(
        self,
        log: str,
        tables: LeafTables,
        cells: Sealer,
        signing: SigningKey,
        clock: Clock,
        band: ReadBand | None = None,
    ) -> None:
        self._log = log
        self._tables = tables
        self._cells = cells
        self._signing = signing
        self._clock = clock
        self._band = band
        self._own: dict[str, tuple[bytes, Checkpoint, datetime | None]] = {}

    def write(self, connection: Connection, act: Act) -> Receipt:
        """Append ``act``; it counts, and so does its receipt, once the transaction is committed."""
        return self.write_all(connection, [act])[0]

    def write_all(self, connection: Connection, acts: Sequence[Act]) -> tuple[Receipt, ...]:
        """Append acts of one transaction, in order, under one checkpoint per municipality; receipts in the same order.

        Other writers of the same log wait until the transaction ends. On PostgreSQL two transactions that write the
        logs of two municipalities can stand in each other's way; ``Database.write`` then tries again.
        Errors: LedgerError when the log does not end as it was signed, or something stands where it goes on.
        """
        receipts: dict[int, Receipt] = {}
        for municipality, places in _by_municipality(acts).items():
            own = self._append(connection, municipality, [acts[place] for place in places])
            receipts |= zip(places, self._receipts(connection, municipality, own), strict=True)
        return tuple(receipts[place] for place in range(len(acts)))

    def note_all(self, connection: Connection, acts: Sequence[Act]) -> None:
        """As ``write_all`` where nobody is given a receipt: proving each leaf is a third of an append, measured."""
        for municipality, places in _by_municipality(acts).items():
            self._append(connection, municipality, [acts[place] for place in places])

    def _append(self, connection: Connection, municipality: str, acts: Sequence[Act]) -> "_Appended":
        head, origin = lock_head(connection, self._tables, municipality), origin_of(self._log, municipality)
        signed = self._last_signed(head, origin)
        band = self._own_band(signed) if self._band is None else self._band(connection)
        leaves = self._leaves(connection, acts, head.tree.size, band)
        growth = grow(head.tree, [leaf_hash(leaf.entry) for leaf in leaves])
        checkpoint = self._signed(origin, growth.tree, band.kept_at)
        store_growth(connection, self._tables, municipality, leaves, (growth, checkpoint))
        return _Appended(head, growth, leaves, checkpoint)

    def _receipts(self, connection: Connection, municipality: str, made: "_Appended") -> Iterator[Receipt]:
        stored, known = nodes_of(connection, self._tables, municipality), _known(made.head, made.growth)

        def read(nodes: Sequence[Node]) -> Mapping[Node, bytes]:
            missing = [node for node in nodes if node not in known]
            return known | dict(stored(missing)) if missing else known

        first = made.head.tree.size
        paths = prove_last(first, made.growth.tree.size, read)
        for position, (leaf, path) in enumerate(zip(made.leaves, paths, strict=True), first):
            yield Receipt(leaf.entry, position, path, made.checkpoint)

    def _last_signed(self, head: Head, origin: str) -> datetime | None:
        """When the log signed last. Errors: LedgerError when its last checkpoint is not what it signed."""
        if not head.tree.size and not head.checkpoint:
            return None
        known = self._own.get(origin)
        if known is None or known[0] != head.checkpoint:
            known = (head.checkpoint, *open_own(head.checkpoint, log_key(origin, self._signing.public)))
        _, said, at = known
        if (said.size, said.root) != (head.tree.size, head.tree.root):
            raise LedgerError(kind="head_differs", place=origin)
        return at

    def _signed(self, origin: str, tree: Tree, at: datetime) -> bytes:
        """The checkpoint of ``tree``; remembered, so that the same bytes need not be proved at the next append."""
        checkpoint = sign_checkpoint(origin, tree, self._signing, at)
        whole_s = at.astimezone(UTC).replace(microsecond=0)
        self._own[origin] = (checkpoint, Checkpoint(origin, tree.size, tree.root), whole_s)
        return checkpoint

    def _own_band(self, signed: datetime | None) -> TimeBand:
        return TimeBand(self._clock.now(), "", int(self._clock.monotonic() * 1000), signed)

    def _leaves(self, connection: Connection, acts: Sequence[Act], first: int, band: TimeBand) -> list[NewLeaf]:
        plain = [(new_salt(), encode_record(record_of(act, self._log, band))) for act in acts]
        cells = [record_cell(act.municipality, place) for place, act in enumerate(acts, first)]
        sealed = self._cells.seal_all(connection, [(cell, s + r) for cell, (s, r) in zip(cells, plain, strict=True)])
        return [
            NewLeaf(entry_of(salt, record), box, act.kind, act.visit, band.kept_at)
            for act, (salt, record), box in zip(acts, plain, sealed, strict=True)
        ]


def record_cell(municipality: str, position: int) -> Cell:
    """Where the sealed salt and record of a leaf stand."""
    return Cell(municipality, "leaf", "sealed", str(position), 1)


def _by_municipality(acts: Sequence[Act]) -> dict[str, list[int]]:
    """Places in ``acts`` of each municipality, in order; the municipalities sorted, so that all lock them alike."""
    places: dict[str, list[int]] = {}
    for place, act in enumerate(acts):
        places.setdefault(act.municipality, []).append(place)
    return dict(sorted(places.items()))


def _known(head: Head, growth: Growth) -> dict[Node, bytes]:
    """The subtree hashes that are at hand after an append: the old edge and all that came into being."""
    return dict(growth.nodes) | dict(zip(edge_nodes(head.tree.size), head.tree.edge, strict=True))
