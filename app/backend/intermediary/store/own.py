"""The table of what residents were given of their own information, sealed, found by person."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Index, LargeBinary, Row, String, Table, insert, select

from app.backend.intermediary.service.own import OwnProvision, OwnUnit
from app.backend.intermediary.store.tables import METADATA
from app.backend.intermediary.store.tools import Tools
from app.domain.act import Act
from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.pen import Pen
from app.trust.tokens import EXACT_SIZE

T = TypeVar("T")

own_table = Table(
    "own_provision",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("request_id", String(64), primary_key=True),
    Column("person", LargeBinary(EXACT_SIZE), nullable=False),
    Column("provided_at", Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
Index("ix_own_provision_person", own_table.c.municipality, own_table.c.person, own_table.c.provided_at)


class OwnStore:
    """See ``OwnBook``; on the intermediary's own store."""

    def __init__(self, database: Database, cells: Cells, answers: Answers, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells, self._answers, self._pen, self._index_key = cells, answers, pen, index_key

    def write(self, work: Callable[[OwnUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[OwnUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> OwnUnit:
        return _Unit(Tools(connection, self._cells, self._answers, self._pen, self._index_key))


class _Unit:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def known(self, municipality: str, request_ids: Sequence[str]) -> dict[str, OwnProvision]:
        columns = own_table.c
        query = select(own_table).where(columns.municipality == municipality, columns.request_id.in_(request_ids))
        return {row.request_id: self._opened(row) for row in self._connection.execute(query).all()}

    def add(self, provisions: Sequence[OwnProvision]) -> None:
        rows = [
            {
                "municipality": one.municipality,
                "request_id": one.request_id,
                "person": self._tools.person(one.municipality, one.addressee_number),
                "provided_at": one.provided_at,
                "content": self._tools.seal(one.municipality, own_table.name, one.request_id, 1, one),
            }
            for one in provisions
        ]
        if rows:
            self._connection.execute(insert(own_table), rows)

    def of(self, municipality: str, addressee_number: str, limit: int) -> tuple[OwnProvision, ...]:
        columns, person = own_table.c, self._tools.person(municipality, addressee_number)
        query = select(own_table).where(columns.municipality == municipality, columns.person == person)
        rows = self._connection.execute(query.order_by(columns.provided_at.desc()).limit(limit)).all()
        return tuple(self._opened(row) for row in rows)

    def record(self, acts: Sequence[Act]) -> None:
        if acts:
            self._tools.pen.write_all(self._connection, acts)

    def _opened(self, row: Row[Any]) -> OwnProvision:
        sealed = (row.request_id, 1, row.content)
        return self._tools.open(row.municipality, own_table.name, sealed, OwnProvision)
