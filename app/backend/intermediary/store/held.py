"""Marks and cases as rows: what is held back for a person, and why; who it is about is sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from app.backend.intermediary.ports.held import OPEN_CASES, Case, Flag
from app.backend.intermediary.store.tables import case_table, flag_table
from app.backend.intermediary.store.tools import ANYBODY, Tools
from app.durable.among import among
from app.durable.swift import any_of, fetched
from app.errors import Conflict


class FlagRows:
    """See ``FlagUnit``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def held(self, municipality: str, addressee_numbers: Sequence[str]) -> tuple[Flag, ...]:
        columns, connection = flag_table.c, self._tools.connection
        persons = [ANYBODY, *{self._tools.person(municipality, number) for number in addressee_numbers}]
        marks, asked = any_of(connection, persons)
        words = f"SELECT 1 FROM flag WHERE municipality = ? AND person {marks} AND is_set LIMIT 1"  # noqa: S608 -- only marks
        if not fetched(connection, words, [municipality, *asked]):  # nearly nobody is marked
            return ()
        mine = (columns.municipality == municipality, among(connection, columns.person, persons))
        return self._opened(connection.execute(select(flag_table).where(*mine, columns.is_set)).all())

    def listed(self, municipality: str) -> tuple[Flag, ...]:
        columns = flag_table.c
        query = select(flag_table).where(columns.municipality == municipality).order_by(columns.changed_at.desc())
        return self._opened(self._tools.connection.execute(query).all())

    def one(self, municipality: str, flag_id: str) -> Flag | None:
        columns = flag_table.c
        query = select(flag_table).where(columns.municipality == municipality, columns.flag_id == flag_id)
        found = self._opened(self._tools.connection.execute(query.with_for_update()).all())
        return found[0] if found else None

    def keep(self, flag: Flag) -> None:
        place, number, version = flag.municipality, flag.addressee_number, flag.version
        values = {
            "version": version,
            "kind": flag.kind,
            "person": self._tools.person(place, number) if number else ANYBODY,
            "is_set": flag.is_set,
            "content": self._tools.seal(place, "flag", flag.flag_id, version, flag),
            "changed_at": flag.cleared_at or flag.set_at,
        }
        columns, connection = flag_table.c, self._tools.connection
        if version == 1:
            connection.execute(insert(flag_table).values(municipality=place, flag_id=flag.flag_id, **values))
            return
        here = (columns.municipality == place, columns.flag_id == flag.flag_id, columns.version == version - 1)
        change = update(flag_table).where(*here).values(**values)
        if connection.execute(change, execution_options={"preserve_rowcount": True}).rowcount != 1:
            raise Conflict(version=version)

    def _opened(self, rows: Sequence[Row[Any]]) -> tuple[Flag, ...]:
        return tuple(
            self._tools.open(row.municipality, "flag", (row.flag_id, row.version, row.content), Flag) for row in rows
        )


class CaseRows:
    """See ``CaseUnit``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def many(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, Case]:
        marks, asked = any_of(self._tools.connection, process_numbers)
        words = f"SELECT process_number FROM release_case WHERE municipality = ? AND process_number {marks}"  # noqa: S608 -- only marks
        known = [number for (number,) in fetched(self._tools.connection, words, [municipality, *asked])]
        if not known:
            return {}
        columns = case_table.c
        mine = among(self._tools.connection, columns.process_number, known)
        rows = self._tools.connection.execute(select(case_table).where(columns.municipality == municipality, mine))
        return {one.process_number: one for one in self._opened(rows.all())}

    def waiting(self, municipality: str, owners: Sequence[str]) -> tuple[Case, ...]:
        columns = case_table.c
        mine = (columns.municipality == municipality, columns.owner.in_(owners), columns.state.in_(OPEN_CASES))
        query = select(case_table).where(*mine).order_by(columns.due_at, columns.process_number)
        return self._opened(self._tools.connection.execute(query).all())

    def due(self, now: datetime, limit: int) -> tuple[Case, ...]:
        columns = case_table.c
        query = select(case_table).where(columns.state.in_(OPEN_CASES), columns.due_at <= now)
        query = query.order_by(columns.due_at).limit(limit).with_for_update(skip_locked=True)
        return self._opened(self._tools.connection.execute(query).all())

    def add(self, cases: Sequence[Case]) -> None:
        for case in cases:
            self._tools.connection.execute(insert(case_table).values(self._values(case)))

    def keep(self, case: Case) -> None:
        columns, connection = case_table.c, self._tools.connection
        here = (columns.municipality == case.municipality, columns.process_number == case.process_number)
        change = update(case_table).where(*here, columns.version == case.version - 1).values(self._values(case))
        if connection.execute(change, execution_options={"preserve_rowcount": True}).rowcount != 1:
            raise Conflict(version=case.version)

    def _values(self, case: Case) -> dict[str, Any]:
        names = ("municipality", "process_number", "version", "owner", "state", "requester", "request_digest")
        values = {name: getattr(case, name) for name in (*names, "asked_at", "due_at", "done_at")}
        content = self._tools.seal(case.municipality, "release_case", case.process_number, case.version, case)
        return values | {"content": content}

    def _opened(self, rows: Sequence[Row[Any]]) -> tuple[Case, ...]:
        return tuple(
            self._tools.open(row.municipality, "release_case", (row.process_number, row.version, row.content), Case)
            for row in rows
        )
