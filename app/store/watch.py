"""Looks whether this PC's own journal is still what was written: whole at first and each hour, its end every time."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from app.domain.clock import Clock
from app.durable.audit import audit, head_faults
from app.durable.leaves import nodes_of, read_head
from app.errors import LedgerError
from app.store.journal import TerminalJournal
from app.store.tables import LEAVES
from app.store.terminal import Terminal
from app.trust.merkle import load_tree

RECENT = 5000
"""How many records are looked at each time: some 20 ms, measured. A counter writes some 500 a day, assumed."""
WHOLE = timedelta(hours=1)
"""How often all are looked at. Assumed."""


class JournalWatch:
    """Watches one journal while the program runs."""

    def __init__(self, terminal: Terminal, journal: TerminalJournal, clock: Clock) -> None:
        self._terminal = terminal
        self._journal = journal
        self._clock = clock
        self._whole_at: datetime | None = None
        self._known: tuple[int, int, bytes] | None = None

    def look(self) -> None:
        """Errors: LedgerError, the first fault of the journal, ``journal_`` in front of its kind."""
        try:
            fault = self._terminal.database.read(self._looked)
        except LedgerError as error:
            fault = error
        if fault is not None:
            self._known = None
            kind = str(fault.data["kind"])
            raise LedgerError(kind=f"journal_{kind.removeprefix('log_')}", place=fault.data["place"])

    def _looked(self, connection: Connection) -> LedgerError | None:
        now, whole_at = self._clock.now(), self._whole_at
        is_due = whole_at is None or not timedelta() <= now - whole_at < WHOLE
        place, book, key = self._journal.municipality, self._journal.book, self._terminal.signing.public
        size = read_head(connection, LEAVES, place).tree.size
        if is_due or self._known is None or not self._is_same(connection, size, self._known):
            fault = next(audit(connection, book, place, key), None)
            self._whole_at = now if fault is None else None
        else:
            tree = load_tree(size, nodes_of(connection, LEAVES, place))
            fault = next(head_faults(connection, book, place, (tree, key)), None)
        first = max(0, size - RECENT)
        self._known = (first, size, self._digest(connection, first, size))
        return fault

    def _is_same(self, connection: Connection, size: int, known: tuple[int, int, bytes]) -> bool:
        """Whether what was looked at last is as it was, and nothing stands behind the end."""
        first, known_size, digest = known
        leaf = LEAVES.leaf.c
        last = select(func.max(leaf.position)).where(leaf.municipality == self._journal.municipality)
        if size < known_size or connection.execute(last).scalar() != size - 1:
            return False
        return self._digest(connection, first, known_size) == digest

    def _digest(self, connection: Connection, first: int, size: int) -> bytes:
        """Over every column of the rows from ``first`` to below ``size``, and over the stored hashes above them."""
        leaf, node, digest = LEAVES.leaf, LEAVES.node, hashlib.sha256()
        mine = leaf.c.municipality == self._journal.municipality
        rows = select(leaf).where(mine, leaf.c.position.between(first, size - 1)).order_by(leaf.c.position)
        end = (node.c.position + 1).bitwise_lshift(node.c.level)
        inner = (node.c.municipality == self._journal.municipality, end > first, end <= size)
        for query in (rows, select(node).where(*inner).order_by(node.c.level, node.c.position)):
            for row in connection.execute(query):
                digest.update(repr(tuple(row)).encode())
        return digest.digest()
