"""The tables of staff cards, of what they were asked, and of one-time passes."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, LargeBinary, Row, String, Table, delete, insert, select

from app.backend.staff.ports import Challenge, OneTimePass, StaffKey
from app.backend.staff.store.tables import METADATA
from app.durable.columns import Instant
from app.trust.second_factor import Factor

key_table = Table(
    "staff_key",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("key_id", String(64), primary_key=True),
    Column("staff_id", String(32), nullable=False),
    Column("label", String(64), nullable=False),
    Column("credential_id", LargeBinary, nullable=False),
    Column("attested", LargeBinary, nullable=False),
    Column("counter", BigInteger, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("registered_by", String(32), nullable=False),
    Column("approved_by", String(32), nullable=False),
    Column("revoked_at", Instant),
    Index("ix_staff_key_person", "municipality", "staff_id"),
)
challenge_table = Table(
    "challenge",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("challenge_id", String(32), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("staff_digest", String(64), nullable=False),
    Column("terminal", String(40), nullable=False),
    Column("value", LargeBinary(32), nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)
pass_table = Table(
    "one_time_pass",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("digest", LargeBinary(32), nullable=False),
    Column("issued_by", String(32), nullable=False),
    Column("expires_at", Instant, nullable=False),
)


class KeyTables:
    """See ``KeyUnit``."""

    _connection: Connection

    def keys(self, municipality: str, staff_id: str) -> tuple[StaffKey, ...]:
        columns = key_table.c
        mine = columns.municipality == municipality, columns.staff_id == staff_id
        return self._keys(*mine)

    def waiting_keys(self, municipality: str) -> tuple[StaffKey, ...]:
        columns = key_table.c
        return self._keys(columns.municipality == municipality, columns.approved_by == "", columns.revoked_at.is_(None))

    def key(self, municipality: str, key_id: str) -> StaffKey | None:
        columns = key_table.c
        return next(iter(self._keys(columns.municipality == municipality, columns.key_id == key_id)), None)

    def put_key(self, key: StaffKey) -> None:
        columns = key_table.c
        self._connection.execute(
            delete(key_table).where(columns.municipality == key.municipality, columns.key_id == key.key_id)
        )
        values = {name: getattr(key, name) for name in StaffKey.__slots__ if name != "factor"}
        factor = {name: getattr(key.factor, name) for name in Factor.__slots__}
        self._connection.execute(insert(key_table).values(**values, **factor))

    def add_challenge(self, challenge: Challenge) -> None:
        values = {name: getattr(challenge, name) for name in Challenge.__slots__}
        self._connection.execute(insert(challenge_table).values(**values))

    def take_challenge(self, municipality: str, challenge_id: str) -> Challenge | None:
        columns = challenge_table.c
        mine = columns.municipality == municipality, columns.challenge_id == challenge_id
        row = self._connection.execute(select(challenge_table).where(*mine)).one_or_none()
        if row is None or self._connection.execute(delete(challenge_table).where(*mine)).rowcount != 1:
            return None
        return Challenge(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def forget_challenges(self, before: datetime) -> None:
        self._connection.execute(delete(challenge_table).where(challenge_table.c.expires_at < before))

    def put_pass(self, one: OneTimePass) -> None:
        self._drop_pass(one.municipality, one.staff_id)
        values = {name: getattr(one, name) for name in OneTimePass.__slots__}
        self._connection.execute(insert(pass_table).values(**values))

    def take_pass(self, municipality: str, staff_id: str) -> OneTimePass | None:
        columns = pass_table.c
        mine = columns.municipality == municipality, columns.staff_id == staff_id
        row = self._connection.execute(select(pass_table).where(*mine)).one_or_none()
        if row is None or self._drop_pass(municipality, staff_id) != 1:
            return None
        return OneTimePass(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def _drop_pass(self, municipality: str, staff_id: str) -> int:
        columns = pass_table.c
        dropping = delete(pass_table).where(columns.municipality == municipality, columns.staff_id == staff_id)
        return self._connection.execute(dropping).rowcount

    def _keys(self, *where: Any) -> tuple[StaffKey, ...]:  # noqa: ANN401 -- SQLAlchemy's conditions
        columns = key_table.c
        query = select(key_table).where(*where).order_by(columns.registered_at, columns.key_id)
        return tuple(_key(row) for row in self._connection.execute(query))


def _key(row: Row[Any]) -> StaffKey:
    return StaffKey(
        municipality=row.municipality,
        key_id=row.key_id,
        staff_id=row.staff_id,
        label=row.label,
        factor=Factor(row.credential_id, row.attested, row.counter),
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        approved_by=row.approved_by,
        revoked_at=row.revoked_at,
    )
