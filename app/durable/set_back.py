"""A log that was set back by a restore says so itself: from where to where, and which two people declare it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.act import Act
from app.domain.clock import Clock
from app.durable.audit import audit
from app.durable.leaves import read_head
from app.durable.logbook import LogBook
from app.durable.pen import Pen
from app.trust.checkpoint import origin_of, read_checkpoint
from app.trust.guardianship import Signers
from app.trust.note import parse_note
from app.trust.restored import RESTORED, Restored, declare
from app.trust.sign import SigningKey, VerifyKey

UNKNOWN = 10**18
"""How far a log may have been seen when nobody can say: the store that was replaced can't be read."""


@dataclass(frozen=True, slots=True)
class SetBack:
    """A log that a restore set back: ``kept`` of ``lost`` leaves are there; ``lost`` may be ``UNKNOWN``."""

    origin: str
    kept: int
    lost: int


@dataclass(frozen=True, slots=True)
class Declaring:
    """Who declares a restore, and how long each log had been, by origin; a log that is missing: nobody can say.

    ``signers``: two guardians with the keys that they sign the statements with.
    """

    signers: Signers
    sizes: Mapping[str, int]


def sizes_of(connection: Connection, book: LogBook) -> dict[str, int]:
    """Size of each log of a slice, by origin."""
    places = book.municipalities(connection)
    return {origin_of(book.log, place): read_head(connection, book.tables, place).tree.size for place in places}


def audited_sizes(connection: Connection, book: LogBook, key: VerifyKey) -> dict[str, int]:
    """Likewise, each log proved. Errors: LedgerError, the first fault."""
    for place in book.municipalities(connection):
        for fault in audit(connection, book, place, key):
            raise fault
    return sizes_of(connection, book)


def declare_all(
    connection: Connection, logs: tuple[LogBook, Pen, SigningKey], said: Declaring, clock: Clock
) -> tuple[SetBack, ...]:
    """Write into each log of a slice that went back what was lost and who declares it."""
    book, pen, signing = logs
    return tuple(
        back
        for place in book.municipalities(connection)
        for back in _declare_one(connection, (book, place), (pen, signing), (said, clock))
    )


def _declare_one(
    connection: Connection, log: tuple[LogBook, str], by: tuple[Pen, SigningKey], what: tuple[Declaring, Clock]
) -> Iterator[SetBack]:
    (book, place), (pen, signing), (said, clock) = log, by, what
    head, origin = read_head(connection, book.tables, place), origin_of(book.log, place)
    size, lost = head.tree.size, said.sizes.get(origin, UNKNOWN)
    if size == 0 or lost <= size:
        return
    kept, at = read_checkpoint(parse_note(head.checkpoint)), clock.now()
    first, second = (name for name, _ in said.signers)
    statement = declare(Restored(kept, lost, (first, second), at), signing, said.signers).decode()
    fields = (("first", first), ("kept", size), ("lost", lost), ("second", second), ("statement", statement))
    pen.write(connection, Act(RESTORED, at, place, first, "", "", visit=RESTORED, what=fields))
    yield SetBack(origin, size, lost)
