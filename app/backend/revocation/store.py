"""The revocation slice's table: the lists as fetched, sealed whole; of who was asked about it keeps nothing."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Column, Connection, Integer, LargeBinary, MetaData, String, Table, delete, select, update

from app.backend.revocation.ports import KeptList, RevocationUnit
from app.domain.act import Act
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.pen import Pen
from app.durable.tables import SliceTables

T = TypeVar("T")

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.revocation.migrations"
_EVERYBODY = ""
"""A list is of no municipality: its data key stands under no code."""

list_table = Table(
    "revocation_list",
    METADATA,
    Column("place", String(400), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("fetched_at", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)


class RevocationStore:
    """The revocation slice's book."""

    def __init__(self, database: Database, cells: Cells, pen: Pen) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen

    def write(self, work: Callable[[RevocationUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, self._cells, self._pen)))

    def read(self, work: Callable[[RevocationUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection, self._cells, self._pen)))


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, pen: Pen) -> None:
        self._connection = connection
        self._cells = cells
        self._pen = pen

    def kept(self, place: str) -> KeptList | None:
        row = self._connection.execute(select(list_table).where(list_table.c.place == place)).one_or_none()
        if row is None:
            return None
        body = self._cells.open(self._connection, _cell(place, row.version), row.body)
        return KeptList(place, row.made_at, row.until, row.fetched_at, body)

    def keep(self, kept: KeptList) -> None:
        columns = list_table.c
        query = select(columns.version, columns.made_at).where(columns.place == kept.place).with_for_update()
        known = self._connection.execute(query).one_or_none()
        if known is not None and known.made_at > kept.made_at:
            return
        version = 1 if known is None else known.version + 1
        values = {
            "version": version,
            "made_at": kept.made_at,
            "until": kept.until,
            "fetched_at": kept.fetched_at,
            "body": self._cells.seal(self._connection, _cell(kept.place, version), kept.body),
        }
        if known is None and insert_if_absent(self._connection, list_table, {"place": kept.place, **values}):
            return
        here = (columns.place == kept.place, columns.version == version - 1)
        self._connection.execute(update(list_table).where(*here).values(**values))

    def keep_only(self, places: Sequence[str]) -> None:
        self._connection.execute(delete(list_table).where(list_table.c.place.not_in(places)))

    def record(self, act: Act) -> str:
        return self._pen.write(self._connection, act).to_bytes().decode()


def _cell(place: str, version: int) -> Cell:
    return Cell(_EVERYBODY, "revocation_list", "body", place, version)
