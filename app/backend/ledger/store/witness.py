"""The ledger slice's book: what it has witnessed, what did not hold, what was stamped."""

from sqlalchemy import Connection, delete, func, insert, select, update

from app.backend.ledger.ports import Alarm, Stamp, Witnessed
from app.backend.ledger.store.tables import alarm_table, stamp_table, witnessed_table
from app.durable.absent import insert_if_absent
from app.trust.note import NoteSignature, parse_note


class WitnessUnit:
    """See ``LedgerUnit``."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def newest(self, municipality: str, log: str) -> Witnessed | None:
        columns = witnessed_table.c
        row = self.connection.execute(
            select(witnessed_table)
            .where(columns.municipality == municipality, columns.log == log)
            .order_by(columns.size.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else Witnessed(row.municipality, row.log, row.size, row.after, row.note, row.at)

    def logs(self, municipality: str) -> tuple[Witnessed, ...]:
        columns = witnessed_table.c
        newest = (
            select(columns.log, func.max(columns.size).label("size"))
            .where(columns.municipality == municipality)
            .group_by(columns.log)
            .subquery()
        )
        rows = self.connection.execute(
            select(witnessed_table)
            .join(newest, (columns.log == newest.c.log) & (columns.size == newest.c.size))
            .where(columns.municipality == municipality)
            .order_by(columns.log)
        )
        return tuple(Witnessed(row.municipality, row.log, row.size, row.after, row.note, row.at) for row in rows)

    def alarms(self, municipality: str) -> tuple[Alarm, ...]:
        columns = alarm_table.c
        rows = self.connection.execute(
            select(alarm_table)
            .where(columns.municipality == municipality)
            .order_by(columns.at, columns.log, columns.kind, columns.size)
        )
        return tuple(Alarm(*(getattr(row, name) for name in Alarm.__slots__)) for row in rows)

    def add(self, witnessed: Witnessed) -> bool:
        values = {name: getattr(witnessed, name) for name in Witnessed.__slots__}
        return insert_if_absent(self.connection, witnessed_table, values)

    def cosign(self, where: tuple[str, str, int], text: str, line: NoteSignature) -> Witnessed | None:
        columns = witnessed_table.c
        here = (columns.municipality == where[0], columns.log == where[1], columns.size == where[2])
        row = self.connection.execute(select(witnessed_table).where(*here).with_for_update()).one_or_none()
        note = None if row is None else parse_note(row.note)
        if row is None or note is None or note.text != text:
            return None
        made = note.with_signature(line).to_bytes()
        self.connection.execute(update(witnessed_table).where(*here).values(note=made))
        return Witnessed(row.municipality, row.log, row.size, row.after, made, row.at)

    def places(self) -> tuple[tuple[str, str], ...]:
        columns = witnessed_table.c
        rows = self.connection.execute(select(columns.municipality, columns.log).distinct().order_by(*columns[:2]))
        return tuple((row.municipality, row.log) for row in rows)

    def stamp(self, municipality: str, log: str) -> Stamp | None:
        columns = stamp_table.c
        mine = (columns.municipality == municipality, columns.log == log)
        found = self.connection.execute(select(stamp_table).where(*mine).order_by(columns.at.desc()).limit(1))
        row = found.one_or_none()
        return None if row is None else Stamp(row.municipality, row.log, row.size, row.note, row.token, row.at)

    def add_stamp(self, stamp: Stamp) -> None:
        columns = stamp_table.c
        here = (columns.municipality == stamp.municipality, columns.log == stamp.log, columns.size == stamp.size)
        self.connection.execute(delete(stamp_table).where(*here))
        values = {name: getattr(stamp, name) for name in Stamp.__slots__}
        self.connection.execute(insert(stamp_table).values(**values))

    def set_back(self, municipality: str, log: str, size: int) -> tuple[Witnessed, ...]:
        columns = witnessed_table.c
        beyond = (columns.municipality == municipality, columns.log == log, columns.size > size)
        rows = self.connection.execute(select(witnessed_table).where(*beyond).order_by(columns.size)).all()
        self.connection.execute(delete(witnessed_table).where(*beyond))
        return tuple(Witnessed(row.municipality, row.log, row.size, row.after, row.note, row.at) for row in rows)

    def raise_alarm(self, alarm: Alarm) -> None:
        insert_if_absent(self.connection, alarm_table, {name: getattr(alarm, name) for name in Alarm.__slots__})


def stamps_of(connection: Connection, municipality: str, log: str) -> tuple[tuple[bytes, bytes], ...]:
    """Every stamp of a log, oldest first: the checkpoint and the token."""
    columns = stamp_table.c
    mine = (columns.municipality == municipality, columns.log == log)
    rows = connection.execute(select(columns.note, columns.token).where(*mine).order_by(columns.at))
    return tuple((row.note, row.token) for row in rows)
