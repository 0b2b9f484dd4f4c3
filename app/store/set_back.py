"""The desk was restored from a backup: what it declares is followed, and what it no longer has is sent again."""

import hashlib
import logging
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.act import Act
from app.domain.clock import Clock
from app.durable.absent import insert_if_absent
from app.durable.outbox import DONE, WAITING, OutboxItem
from app.errors import LedgerError
from app.services.ports.seat import Session
from app.store.guardians import follow_guardians
from app.store.journal import TerminalJournal
from app.store.memos import read_message, write_message
from app.store.tables import OUTBOX, delivered, seen_checkpoint
from app.store.terminal import Terminal
from app.trust.checkpoint import Checkpoint, open_checkpoint
from app.trust.note import NoteKey
from app.trust.proofs import extends
from app.trust.restored import RESTORED, Restored, open_restored
from app.wire.desk import Restorations
from app.wire.message import Message

log = logging.getLogger(__name__)

KEPT = timedelta(days=35)
"""How long what the desk has taken can be sent again: longer than an office goes back by a daily backup. Assumed."""
_FOLLOWED = "restorations_followed"


class _Followed(Message, frozen=True):
    digests: tuple[str, ...] = ()


def keep_delivered(connection: Connection, item: OutboxItem, at: datetime) -> None:
    """Keep an item as it was sent, in the transaction that closes it; what is older than ``KEPT`` is forgotten."""
    connection.execute(delete(delivered).where(delivered.c.at < at - KEPT))
    insert_if_absent(connection, delivered, {"item_id": item.item_id, "body": item.body, "at": at})


def followed(connection: Connection) -> int:
    """How many declared restores this PC has followed."""
    return len(_followed(connection).digests)


class SetBack:
    """Follows declared restores of the desk's log; each counts once, and stands in this terminal's journal."""

    def __init__(self, terminal: Terminal, journal: TerminalJournal, clock: Clock) -> None:
        self._terminal = terminal
        self._journal = journal
        self._clock = clock

    def follow(self, session: Session, said: Restorations, key: NoteKey, seen: Checkpoint | None) -> int | None:
        """Go back with the desk; how much of the journal it has now, None when nothing new is declared.

        What it took within ``KEPT`` waits again, under the same keys: what it still has it takes only once. Errors:
        LedgerError for a statement that is not the desk's or that two guardians have not signed, for other guardians
        than this PC knows, or a log that does not go on from what it declares kept.
        """
        known = self._terminal.database.read(_followed).digests
        fresh = [one for one in said.restorations if _digest(one.statement) not in known]
        if not fresh:
            return None
        guardians = self._terminal.database.write(lambda connection: follow_guardians(connection, said.guardians))
        now, goes_back = open_checkpoint(said.checkpoint.encode(), key), False
        for one in fresh:
            restored = open_restored(one.statement.encode(), key, guardians)
            if not extends((restored.kept.size, restored.kept.root), (now.size, now.root), one.consistency):
                raise LedgerError(kind="log_forked", place=restored.kept.size)
            if seen is not None and restored.covers(seen):
                seen, goes_back = restored.kept, True
            self._journal.write(self._act(session, restored))
        digests = (*known, *(_digest(one.statement) for one in fresh))
        size = min(said.size, self._journal.size)
        at = self._clock.now()

        def keep(connection: Connection) -> None:
            write_message(connection, _FOLLOWED, _Followed(digests=digests))
            if goes_back:
                connection.execute(delete(seen_checkpoint).where(seen_checkpoint.c.origin == now.origin))
                values = {"origin": now.origin, "size": now.size, "note": said.checkpoint.encode(), "at": at}
                connection.execute(insert(seen_checkpoint).values(**values))
            _send_again(connection, at)

        self._terminal.database.write(keep)
        log.warning("the desk was restored, as two guardians declare", extra={"size": now.size})
        return size

    def _act(self, session: Session, restored: Restored) -> Act:
        actor, (first, second) = session.actor, restored.approvers
        what = (("first", first), ("kept", restored.kept.size), ("lost", restored.lost), ("second", second))
        return Act(RESTORED, self._clock.now(), actor.municipality, actor.staff_id, actor.terminal, "", what=what)


def _send_again(connection: Connection, at: datetime) -> None:
    for row in connection.execute(select(delivered)).all():
        here = (OUTBOX.c.item_id == row.item_id, OUTBOX.c.state == DONE)
        again = {"state": WAITING, "body": row.body, "attempts": 0, "next_at": at, "lease_until": at}
        connection.execute(update(OUTBOX).where(*here).values(**again))


def _followed(connection: Connection) -> _Followed:
    return read_message(connection, _FOLLOWED, _Followed) or _Followed()


def _digest(statement: str) -> str:
    return hashlib.sha256(statement.encode()).hexdigest()
