"""Personal columns: sealed with one data key per municipality, table and month, each wrapped by the master key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Transaction,
    delete,
    inspect,
    select,
    update,
)

from app.domain.clock import Clock, business_date
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.errors import WrongKey
from app.trust.seal import new_key, open_all, open_sealed, seal, seal_all

Place = tuple[str, str, str]
"""Municipality, table, month: what one data key is for."""

_MONTH_SIZE = 6
_FORMAT = "1"


class Cell(NamedTuple):
    """Where a sealed value stands: it opens nowhere else. ``version``: the row's version when it was written."""

    municipality: str
    table: str
    column: str
    row: str
    version: int


class Wrapping(Protocol):
    """Keys that wrap data keys, by version; versions grow with each rotation, also while the store is open."""

    def newest(self) -> int:
        """The version that new data keys are wrapped under."""
        ...

    def key(self, version: int) -> Secret:
        """Errors: WrongKey for a version that there is not."""
        ...


@dataclass(frozen=True, slots=True)
class OneKey:
    """A wrapping key that is never rotated."""

    master: Secret
    version: int

    def newest(self) -> int:
        return self.version

    def key(self, version: int) -> Secret:  # noqa: ARG002 -- as its protocol: another version does not open
        return self.master


def key_table(metadata: MetaData) -> Table:
    """The slice's table of wrapped data keys."""
    return Table(
        "data_key",
        metadata,
        Column("municipality", String(6), primary_key=True),
        Column("table_name", String(64), primary_key=True),
        Column("month", String(6), primary_key=True),
        Column("key_version", Integer, nullable=False),
        Column("wrapped", LargeBinary, nullable=False),
    )


def has_keys(connection: Connection, keys: Table) -> bool:
    """Whether the store has a table of data keys at all."""
    return inspect(connection).has_table(keys.name)


class Cells:
    """Seals and opens the personal columns of one slice."""

    def __init__(self, keys: Table, master: Secret | Wrapping, clock: Clock, master_version: int = 1) -> None:
        self._keys = keys
        self._wrapping: Wrapping = OneKey(master, master_version) if isinstance(master, Secret) else master
        self._clock = clock
        self._open: dict[Place, Secret] = {}
        self._unsettled: dict[Place, tuple[Transaction | None, Secret | None]] = {}

    def seal(self, connection: Connection, cell: Cell, plain: bytes) -> bytes:
        """``plain`` sealed for ``cell``: six digits of month, then the box."""
        return self.seal_all(connection, [(cell, plain)])[0]

    def seal_all(self, connection: Connection, values: Sequence[tuple[Cell, bytes]]) -> list[bytes]:
        """As ``seal``, for values of one table of one municipality: their key is looked for once."""
        first, day = values[0][0], business_date(self._clock.now())
        month = f"{day.year:04}{day.month:02}"
        key = self._key(connection, first.municipality, first.table, month, make=True)
        boxes = seal_all(key, [(plain, _context(cell)) for cell, plain in values])
        return [month.encode() + box for box in boxes]

    def open(self, connection: Connection, cell: Cell, box: bytes) -> bytes:
        """What was sealed for ``cell``. Errors: WrongKey when it was sealed for another place or changed."""
        return self.open_all(connection, [(cell, box)])[0]

    def open_all(self, connection: Connection, values: Sequence[tuple[Cell, bytes]]) -> list[bytes]:
        """As ``open`` for each, in order; each key is taken out once."""
        of_place: dict[Place, list[int]] = {}
        for at, (cell, box) in enumerate(values):
            place = (cell.municipality, cell.table, box[:_MONTH_SIZE].decode(errors="replace"))
            of_place.setdefault(place, []).append(at)
        opened = [b""] * len(values)
        for place, positions in of_place.items():
            key = self._key(connection, *place, make=False)
            boxes = [(values[at][1][_MONTH_SIZE:], _context(values[at][0])) for at in positions]
            for at, plain in zip(positions, open_all(key, boxes), strict=True):
                opened[at] = plain
        return opened

    def seal_value(self, connection: Connection, cell: Cell, value: object) -> bytes:
        """``value`` (a message or plain data) as JSON, sealed."""
        return self.seal(connection, cell, msgspec.json.encode(value))

    def rewrap(self, connection: Connection, new_master: Secret, new_version: int) -> int:
        """Wrap every data key under ``new_master`` (rotation); the number of keys. Sealed columns stay as they are.

        Those that already are of ``new_version`` stay too: a rotation that was cut off goes on.
        """
        table = self._keys
        rows = connection.execute(select(table).where(table.c.key_version != new_version).with_for_update()).all()
        for row in rows:
            place = (row.municipality, row.table_name, row.month)
            key = self._unwrapped(place, row.wrapped, row.key_version)
            wrapped = seal(new_master, key.reveal(), _wrapping(*place, new_version))
            same = (table.c.municipality == place[0]) & (table.c.table_name == place[1]) & (table.c.month == place[2])
            connection.execute(update(table).where(same).values(wrapped=wrapped, key_version=new_version))
        return len(rows)

    def versions(self, connection: Connection) -> frozenset[int]:
        """Which versions of the wrapping key data keys are wrapped under."""
        return frozenset(connection.execute(select(self._keys.c.key_version).distinct()).scalars())

    def months(self, connection: Connection) -> tuple[Place, ...]:
        """What there are data keys for."""
        keys = self._keys.c
        rows = connection.execute(select(keys.municipality, keys.table_name, keys.month)).all()
        return tuple((row.municipality, row.table_name, row.month) for row in rows)

    def forget(self, connection: Connection, place: Place) -> None:
        """Delete a data key: what was sealed with it opens nowhere and never again."""
        keys = self._keys.c
        same = (keys.municipality == place[0]) & (keys.table_name == place[1]) & (keys.month == place[2])
        connection.execute(delete(self._keys).where(same))
        self._open.pop(place, None)
        self._unsettled.pop(place, None)

    def _key(self, connection: Connection, municipality: str, table: str, month: str, *, make: bool) -> Secret:
        place = (municipality, table, month)
        found = self._open.get(place) or self._just_made(connection, place)
        if found is not None:
            return found
        found = self._stored(connection, place)
        if found is None and make:
            self._make(connection, place)
            found = self._stored(connection, place)
        if found is None:
            raise WrongKey
        if place in self._unsettled:
            self._unsettled[place] = (self._unsettled[place][0], found)
        if self._is_settled(place):
            self._open[place] = found
        return found

    def _just_made(self, connection: Connection, place: Place) -> Secret | None:
        """The key that this very transaction made, so that a bulk load does not read it back for each cell."""
        maker, key = self._unsettled.get(place, (None, None))
        return key if maker is not None and maker.is_active and maker is connection.get_transaction() else None

    def _is_settled(self, place: Place) -> bool:
        """Whether the key's row can't be rolled back any more: only then may it be kept in memory."""
        maker, _ = self._unsettled.get(place, (None, None))
        if maker is not None and maker.is_active:
            return False
        self._unsettled.pop(place, None)
        return True

    def _stored(self, connection: Connection, place: Place) -> Secret | None:
        keys = self._keys.c
        row = connection.execute(
            select(keys.wrapped, keys.key_version).where(
                keys.municipality == place[0], keys.table_name == place[1], keys.month == place[2]
            )
        ).one_or_none()
        if row is None:
            return None
        return self._unwrapped(place, row.wrapped, row.key_version)

    def _unwrapped(self, place: Place, wrapped: bytes, version: int) -> Secret:
        return Secret(open_sealed(self._wrapping.key(version), wrapped, _wrapping(*place, version)))

    def _make(self, connection: Connection, place: Place) -> None:
        version = self._wrapping.newest()
        wrapped = seal(self._wrapping.key(version), new_key().reveal(), _wrapping(*place, version))
        names = dict(zip(("municipality", "table_name", "month"), place, strict=True))
        row = {**names, "key_version": version, "wrapped": wrapped}
        if insert_if_absent(connection, self._keys, row):
            self._unsettled[place] = (connection.get_transaction(), None)


def _context(cell: Cell) -> tuple[str, ...]:
    municipality, table, column, row, version = cell
    return (_FORMAT, municipality, table, column, row, str(version))


def _wrapping(municipality: str, table: str, month: str, version: int) -> tuple[str, ...]:
    return ("data_key", municipality, table, month, str(version))
