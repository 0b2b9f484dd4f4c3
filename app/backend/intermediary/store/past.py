"""Records of both sides by person, by file, by time; what was added to them; their deletion in portions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select

from app.backend.intermediary.ports import Enquiry, Provision
from app.backend.intermediary.ports.held import Expired, RecordMark
from app.backend.intermediary.store.records import Records
from app.backend.intermediary.store.tables import (
    case_table,
    enquiry_table,
    mark_table,
    note_table,
    provision_table,
    received_note_table,
)
from app.backend.intermediary.store.tools import Tools
from app.durable.among import among

_HANGING = (mark_table, note_table, received_note_table, case_table)
"""What goes with a record, by its 処理通番."""


class PastRows:
    """See ``PastUnit``."""

    def __init__(self, tools: Tools, records: Records) -> None:
        self._tools = tools
        self._records = records

    def asked(self, municipality: str, addressee_number: str) -> tuple[Enquiry, ...]:
        columns = enquiry_table.c
        mine = columns.person == self._tools.person(municipality, addressee_number)
        query = (
            select(enquiry_table).where(columns.municipality == municipality, mine).order_by(columns.asked_at.desc())
        )
        return tuple(self._records.enquiry(row) for row in self._tools.connection.execute(query))

    def provided(self, municipality: str, addressee_number: str) -> tuple[Provision, ...]:
        columns = provision_table.c
        mine = columns.person == self._tools.person(municipality, addressee_number)
        query = select(provision_table).where(columns.municipality == municipality, mine)
        rows = self._tools.connection.execute(query.order_by(columns.provided_at.desc()))
        return tuple(self._records.provision(row) for row in rows)

    def provided_from(self, municipality: str, file_id: str, limit: int) -> tuple[Provision, ...]:
        columns = provision_table.c
        query = select(provision_table).where(columns.municipality == municipality, columns.file_id == file_id)
        rows = self._tools.connection.execute(query.order_by(columns.provided_at).limit(limit))
        return tuple(self._records.provision(row) for row in rows)

    def by_process(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, Enquiry]:
        columns = enquiry_table.c
        mine = among(self._tools.connection, columns.process_number, list(process_numbers))
        rows = self._tools.connection.execute(select(enquiry_table).where(columns.municipality == municipality, mine))
        return {row.process_number: self._records.enquiry(row) for row in rows}

    def marks(self, municipality: str, process_numbers: Sequence[str]) -> tuple[RecordMark, ...]:
        columns = mark_table.c
        mine = among(self._tools.connection, columns.process_number, list(process_numbers))
        query = select(mark_table).where(columns.municipality == municipality, mine)
        rows = self._tools.connection.execute(query.order_by(columns.made_at, columns.mark_id)).all()
        return tuple(
            self._tools.open(municipality, "record_mark", (row.mark_id, 1, row.content), RecordMark) for row in rows
        )

    def mark(self, mark: RecordMark) -> None:
        values = {
            name: getattr(mark, name) for name in ("municipality", "mark_id", "process_number", "kind", "made_at")
        }
        content = self._tools.seal(mark.municipality, "record_mark", mark.mark_id, 1, mark)
        self._tools.connection.execute(insert(mark_table).values(**values, content=content))

    def expire(self, municipality: str, before: datetime, limit: int) -> Expired:
        asked = self._old(enquiry_table, municipality, enquiry_table.c.asked_at < before, limit)
        provided = self._old(provision_table, municipality, provision_table.c.provided_at < before, limit)
        # one that never led to a provision has no record of its own: its case is all that there is
        cases = self._old(case_table, municipality, case_table.c.asked_at < before, limit)
        counts = {
            "enquiry": self._delete(enquiry_table, municipality, asked),
            "provision": self._delete(provision_table, municipality, provided),
        }
        numbers = tuple(dict.fromkeys((*asked, *provided, *cases)))
        for table in _HANGING:
            self._delete(table, municipality, numbers)
        return Expired(counts, numbers)

    def forget_keys(self, municipality: str, month: str) -> int:
        names = {table.name for table in (enquiry_table, provision_table, *_HANGING)}
        cells, connection = self._tools.cells, self._tools.connection
        gone = [
            place
            for place in cells.months(connection)
            if place[0] == municipality and place[1] in names and place[2] < month
        ]
        for place in gone:
            cells.forget(connection, place)
        return len(gone)

    def _old(self, table: Table, municipality: str, is_old: Any, limit: int) -> list[str]:  # noqa: ANN401 -- a condition
        columns = table.c
        query = select(columns.process_number).where(columns.municipality == municipality, is_old)
        return list(self._tools.connection.execute(query.limit(limit)).scalars())

    def _delete(self, table: Table, municipality: str, numbers: Sequence[str]) -> int:
        if not numbers:
            return 0
        columns, connection = table.c, self._tools.connection
        removal = delete(table).where(
            columns.municipality == municipality, among(connection, columns.process_number, list(numbers))
        )
        return connection.execute(removal, execution_options={"preserve_rowcount": True}).rowcount
