"""The relay's tables: sealed enquiries, and the outbox that carries them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    literal_column,
    select,
    update,
)

from app.backend.relay.ports import HELD, Claimed, Delay, Enquiry, GivenUp, RelayUnit, Stopped, Unread
from app.backend.relay.service.section import SectionUnit
from app.domain.act import Act
from app.domain.call import Call
from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.columns import Instant, written
from app.durable.engine import Database
from app.durable.many import insert_many
from app.durable.news import Ear, News
from app.durable.outbox import DEAD, WAITING, Outbox, OutboxItem, lay_all, outbox_table
from app.durable.pen import Pen
from app.durable.swift import any_of, fetched_in_one
from app.durable.tables import SliceTables
from app.errors import AppError, Conflict, DataFault
from app.trust.tokens import exact_token
from app.wire.message import Message, decode, encode

A = TypeVar("A", bound=Message)
T = TypeVar("T")
U = TypeVar("U")

METADATA = MetaData()
TABLES = SliceTables(METADATA)
OUTBOX = outbox_table(METADATA)
_DEAD = OUTBOX.c.state == literal_column(f"'{DEAD}'")
Index("ix_outbox_dead", OUTBOX.c.sequence, postgresql_where=_DEAD, sqlite_where=_DEAD)
HISTORY = "app.backend.relay.migrations"

enquiry_table = Table(
    "enquiry",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("enquiry_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("accepted_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_enquiry_newest", "municipality", "procedure", "accepted_at"),
)


_KEPT = {"enquiry_id": False, "version": False, "content": True}
"""What is read of a row, and whether bytes stand there."""


class _Kept(NamedTuple):
    municipality: str
    enquiry_id: str
    version: int
    content: bytes


class RelayStore:
    """The relay's book. ``spread``: for the waits between tries, not for secrets."""

    def __init__(
        self, database: Database, cells: Cells, answers: Answers, pen: Pen, index_key: Secret, spread: Random
    ) -> None:
        self._database = database
        self._cells = cells
        self._answers = answers
        self._pen = pen
        self._index_key = index_key
        self._outbox = Outbox(OUTBOX, spread)
        self._news = News()

    def write(self, work: Callable[[RelayUnit], T]) -> T:
        return self._told(work, lambda tools: _Unit(tools, self._outbox))

    def read(self, work: Callable[[RelayUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def write_section(self, work: Callable[[SectionUnit], T]) -> T:
        """See ``SectionBook``."""
        return self._told(work, lambda tools: _SectionUnit(tools, self._outbox))

    def listen(self, municipality: str, enquiry_ids: Sequence[str]) -> Ear:
        """See ``RelayBook``."""
        return self._news.listen([(municipality, name) for name in enquiry_ids])

    def _told(self, work: Callable[[U], T], unit: Callable[["_Tools"], U]) -> T:
        """``work`` in a transaction; once it is committed, who listens hears what has changed."""
        changed: set[tuple[str, str]] = set()

        def whole(connection: Connection) -> T:
            changed.clear()  # an earlier try was rolled back
            return work(unit(self._tools(connection, changed)))

        outcome = self._database.write(whole)
        self._news.tell(changed)
        return outcome

    def _unit(self, connection: Connection) -> RelayUnit:
        return _Unit(self._tools(connection), self._outbox)

    def _tools(self, connection: Connection, changed: set[tuple[str, str]] | None = None) -> "_Tools":
        own = (self._cells, self._answers, self._pen, self._index_key)
        return _Tools(connection, *own, set() if changed is None else changed)


class _Tools:
    """``changed``: takes up the municipality and id of each enquiry of which a new version is written."""

    def __init__(
        self,
        connection: Connection,
        cells: Cells,
        answers: Answers,
        pen: Pen,
        index_key: Secret,
        changed: set[tuple[str, str]],
    ) -> None:
        self.changed = changed
        self.connection = connection
        self.answers = answers
        self.pen = pen
        self._cells = cells
        self._index_key = index_key

    def token(self, one: Enquiry, field: str, value: str) -> str:
        return exact_token(self._index_key, one.municipality, field, value).hex()

    def sealed(self, one: Enquiry) -> bytes:
        return self._cells.seal(self.connection, _cell(one.municipality, one.enquiry_id, one.version), encode(one))

    def sealed_all(self, several: Sequence[Enquiry]) -> list[bytes]:
        """As ``sealed`` for each, in order; those of a municipality together."""
        boxes = [b""] * len(several)
        for municipality in dict.fromkeys(one.municipality for one in several):
            mine = [at for at, one in enumerate(several) if one.municipality == municipality]
            values = [
                (_cell(municipality, several[at].enquiry_id, several[at].version), encode(several[at])) for at in mine
            ]
            for at, box in zip(mine, self._cells.seal_all(self.connection, values), strict=True):
                boxes[at] = box
        return boxes

    def rows(self, municipality: str, enquiry_ids: Sequence[str]) -> list["_Kept"]:
        """Those that are there."""
        marks, asked = any_of(self.connection, enquiry_ids)
        words = f"SELECT {', '.join(_KEPT)} FROM enquiry WHERE municipality = ? AND enquiry_id {marks}"  # noqa: S608 -- own columns
        found = fetched_in_one(self.connection, words, [municipality, *asked], _KEPT)
        return [_Kept(municipality, *row) for row in found]

    def opened_all(self, rows: Sequence["_Kept"]) -> list[Enquiry]:
        """As ``opened`` for each row of enquiries, in order. Errors: that of the first that can't be read."""
        boxes = [(_cell(row.municipality, row.enquiry_id, row.version), row.content) for row in rows]
        return [decode(plain, Enquiry) for plain in self._cells.open_all(self.connection, boxes)]

    def opened(self, municipality: str, enquiry_id: str, version: int, box: bytes) -> Enquiry:
        return decode(self._cells.open(self.connection, _cell(municipality, enquiry_id, version), box), Enquiry)

    def read(self, items: Sequence[OutboxItem]) -> Iterator[tuple[OutboxItem, tuple[str, str], Enquiry | AppError]]:
        """Each item with its municipality, its enquiry's id, and the enquiry or why it can't be read."""
        named = [(item, item.body.decode(errors="replace").partition("/")) for item in items]
        places = [(item, (first, last)) for item, (first, _, last) in named]
        rows: dict[tuple[str, str], _Kept] = {}
        for municipality in dict.fromkeys(place[0] for _, place in places):
            names = [place[1] for _, place in places if place[0] == municipality]
            rows |= {(municipality, row.enquiry_id): row for row in self.rows(municipality, names)}
        try:
            known = dict(zip(rows, self.opened_all(list(rows.values())), strict=True))
        except AppError:
            known = {}  # one of them can't be read: each for itself
        for item, place in places:
            yield item, place, known.get(place) or self._opened(rows.get(place))

    def _opened(self, row: "_Kept | None") -> Enquiry | AppError:
        if row is None:
            return DataFault(what="row_missing", place="enquiry")
        try:
            return self.opened(row.municipality, row.enquiry_id, row.version, row.content)
        except AppError as error:
            return error


class _Unit:
    def __init__(self, tools: _Tools, outbox: Outbox) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._outbox = outbox
        self.given_up: GivenUp = _GivenUp(tools, outbox)

    def kept(self, municipality: str, enquiry_ids: Sequence[str]) -> dict[str, Enquiry]:
        rows = self._tools.rows(municipality, enquiry_ids)
        return {one.enquiry_id: one for one in self._tools.opened_all(rows)}

    def add(self, enquiries: Sequence[Enquiry]) -> None:
        rows = [
            (one.municipality, one.enquiry_id, one.version, one.procedure, one.state, box, at, at)
            for one, box in zip(enquiries, self._tools.sealed_all(enquiries), strict=True)
            for at in (written(one.accepted_at),)
        ]
        if rows:
            insert_many(self._connection, enquiry_table, list(enquiry_table.c.keys()), rows)
        items = []
        for one in enquiries:
            subject = self._tools.token(one, "subject", one.subject.business_number)
            body = f"{one.municipality}/{one.enquiry_id}".encode()
            items.append((self._item(one), subject, "enquiry", body, one.accepted_at))
        lay_all(self._connection, OUTBOX, items)

    def delays(self, enquiries: Sequence[Enquiry]) -> dict[str, Delay]:
        if not enquiries:
            return {}
        items = {self._item(one): one.enquiry_id for one in enquiries}
        columns = OUTBOX.c
        rows = self._connection.execute(
            select(columns.item_id, columns.next_at, columns.attempts, columns.cause).where(
                columns.item_id.in_(items), columns.state == WAITING
            )
        )
        return {items[row.item_id]: Delay(row.next_at, row.attempts, row.cause) for row in rows}

    def recall(self, now: datetime, latest: datetime) -> None:
        self._outbox.hurry(self._connection, now, latest)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Claimed | Unread]:
        found: list[Claimed | Unread] = []
        for item, place, one in self._tools.read(self._outbox.claim(self._connection, now, lease, limit)):
            found.append(Claimed(item, one) if isinstance(one, Enquiry) else Unread(item, *place, one.code))
        return found

    def put(self, enquiries: Sequence[Enquiry], at: datetime) -> None:
        if not enquiries:
            return
        columns = enquiry_table.c
        here = (
            columns.municipality == bindparam("of"),
            columns.enquiry_id == bindparam("id"),
            columns.version == bindparam("before"),
        )
        rows = [
            {
                "of": one.municipality,
                "id": one.enquiry_id,
                "before": one.version - 1,
                "to_version": one.version,
                "to_state": one.state,
                "to_content": box,
                "to_changed_at": at,
            }
            for one, box in zip(enquiries, self._tools.sealed_all(enquiries), strict=True)
        ]
        names = ("version", "state", "content", "changed_at")
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
        changed = self._connection.execute(update(enquiry_table).where(*here).values(**values), rows)
        if changed.rowcount != len(rows):
            raise Conflict(version=0)
        self._tools.changed.update((one.municipality, one.enquiry_id) for one in enquiries)

    def done(self, items: Sequence[OutboxItem]) -> None:
        if items:
            self._outbox.done(self._connection, *(item.item_id for item in items))

    def again(self, item: OutboxItem, now: datetime, next_at: datetime | None, cause: str) -> None:
        if next_at is None:
            next_at = self._outbox.later(self._connection, item, now, cause)
            if cause != HELD:
                return
        self._outbox.postpone(self._connection, item, next_at, cause, aside=cause == HELD)

    def dead(self, item: OutboxItem, cause: str) -> None:
        self._outbox.dead(self._connection, item.item_id, cause)

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        return tuple(receipt.to_bytes().decode() for receipt in self._tools.pen.write_all(self._connection, acts))

    def note(self, acts: Sequence[Act]) -> None:
        self._tools.pen.note_all(self._connection, acts)

    def _item(self, one: Enquiry) -> str:
        return self._tools.token(one, "item", one.enquiry_id)


class _SectionUnit(_Unit):
    def newest(self, municipality: str, procedure: str, limit: int, without: Sequence[str]) -> tuple[Enquiry, ...]:
        columns = enquiry_table.c
        which = (columns.municipality == municipality, columns.procedure == procedure, columns.state.not_in(without))
        query = select(enquiry_table).where(*which).order_by(columns.accepted_at.desc()).limit(limit)
        opened = self._tools.opened
        return tuple(
            opened(municipality, row.enquiry_id, row.version, row.content) for row in self._connection.execute(query)
        )

    def drop(self, enquiry: Enquiry) -> None:
        self._outbox.done(self._connection, self._item(enquiry))


class _GivenUp:
    def __init__(self, tools: _Tools, outbox: Outbox) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._outbox = outbox

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._tools.answers.once(self._connection, call, message, gives, work)

    def items(self, municipality: str) -> tuple[Stopped, ...]:
        read = self._tools.read(self._outbox.open_items(self._connection, dead_only=True))
        mine = [(item, place[1], one) for item, place, one in read if place[0] == municipality]
        return tuple(Stopped(item, name, one if isinstance(one, Enquiry) else None) for item, name, one in mine)

    def revive(self, item: OutboxItem, now: datetime) -> bool:
        return self._outbox.revive(self._connection, item.item_id, now)

    def close(self, item: OutboxItem) -> bool:
        return self._outbox.close_dead(self._connection, item.item_id)


def _cell(municipality: str, enquiry_id: str, version: int) -> Cell:
    return Cell(municipality, "enquiry", "content", enquiry_id, version)
