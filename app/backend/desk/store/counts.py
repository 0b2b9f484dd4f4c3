"""Counts without persons: minutes and keys of steps, answers to alerts, steps of cases; and what counters tell."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from app.backend.desk.ports.review import AlertCount, Measured, Passage, ToldCounter
from app.backend.desk.store.cases import Cases
from app.backend.desk.store.review_tables import alert_table, measure_table, told_table
from app.backend.desk.store.tables import application_table
from app.durable.absent import insert_if_absent

MOST_CASES = 5000
"""Cases in one report; the newest are taken. Assumed."""
_BATCH = 500
_STEP, _ALERT = ("day", "procedure", "step", "unit", "value"), ("month", "kind", "answer")


class Counts(Cases):
    """The part of a unit that counts."""

    def count_step(self, municipality: str, measured: Measured) -> None:
        self._count(measure_table, {name: getattr(measured, name) for name in _STEP}, municipality, measured.count)

    def measured(self, municipality: str, since: date, until: date) -> tuple[Measured, ...]:
        columns = measure_table.c
        query = select(measure_table).where(
            columns.municipality == municipality, columns.day >= since, columns.day <= until
        )
        rows = self._connection.execute(query).mappings()
        return tuple(Measured(**{name: row[name] for name in (*_STEP, "count")}) for row in rows)

    def count_alert(self, municipality: str, count: AlertCount) -> None:
        self._count(alert_table, {name: getattr(count, name) for name in _ALERT}, municipality, count.count)

    def alert_counts(self, municipality: str, since: date, until: date) -> tuple[AlertCount, ...]:
        columns = alert_table.c
        query = select(alert_table).where(
            columns.municipality == municipality, columns.month >= since, columns.month <= until
        )
        rows = self._connection.execute(query.order_by(columns.month, columns.kind, columns.answer)).mappings()
        return tuple(AlertCount(**{name: row[name] for name in (*_ALERT, "count")}) for row in rows)

    def tell(self, told: ToldCounter) -> None:
        columns = told_table.c
        mine = (columns.municipality == told.municipality, columns.terminal == told.terminal)
        self._connection.execute(delete(told_table).where(*mine))
        row = {name: getattr(told, name) for name in ToldCounter.__slots__}
        self._connection.execute(insert(told_table).values(**row))

    def told(self, municipality: str, department: str) -> tuple[ToldCounter, ...]:
        columns = told_table.c
        query = select(told_table).where(columns.municipality == municipality, columns.department == department)
        rows = self._connection.execute(query.order_by(columns.terminal))
        return tuple(ToldCounter(**row._mapping) for row in rows)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def passages(self, municipality: str, procedures: Sequence[str], since: datetime, until: datetime) -> list[Passage]:
        columns = application_table.c
        query = select(columns.application_id, columns.procedure).where(
            columns.municipality == municipality,
            columns.procedure.in_(list(procedures)),
            columns.reached_at >= since,
            columns.reached_at < until,
        )
        rows = self._connection.execute(query.order_by(columns.reached_at.desc()).limit(MOST_CASES)).all()
        found: list[Passage] = []
        for at in range(0, len(rows), _BATCH):
            part = rows[at : at + _BATCH]
            steps = self._steps(municipality, [row.application_id for row in part])
            for place, row in enumerate(part, at):
                found += [
                    Passage(row.procedure, place, one.step, one.outcome, one.at, one.reason)
                    for one in steps.get(row.application_id, ())
                ]
        return found

    def _count(self, table: Table, key: dict[str, Any], municipality: str, count: int) -> None:
        """Add to the row of ``key``; made if it is not there."""
        key = {"municipality": municipality, **key}
        if insert_if_absent(self._connection, table, {**key, "count": count}):
            return
        same = [table.c[name] == value for name, value in key.items()]
        self._connection.execute(update(table).where(*same).values(count=table.c["count"] + count))
