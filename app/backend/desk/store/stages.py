"""Steps of long cases, the periods that the office keeps, and what of them falls due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, select

from app.backend.desk.ports.book import Due, KeptClock, KeptStage
from app.backend.desk.store.book_tables import clock_table, request_table, stage_table
from app.backend.desk.store.papers import Papers
from app.backend.desk.store.tables import application_table
from app.domain.application import State
from app.domain.case_track import Stage

MOST_DUE = 2000
"""Rows of one kind on the board; the soonest come first. Assumed."""
_UNDER_WAY = tuple(state.value for state in State if not state.final and state is not State.DRAFT)
_STAGE = ("step", "owner", "started_on", "due_on", "done_on", "done_by")
_CLOCK = ("clock", "version", "started_on", "due_on", "delayed_to", "delayed_name", "delayed_at")


@dataclass(frozen=True, slots=True)
class _Found:
    """What is sealed of a step."""

    outcome: str
    note: str


class Stages(Papers):
    """The part of a unit that keeps steps and periods."""

    def stages(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, Mapping[str, KeptStage]]:
        columns = stage_table.c
        query = select(stage_table).where(
            columns.municipality == municipality, columns.application_id.in_(list(application_ids))
        )
        found: dict[str, dict[str, KeptStage]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.application_id, {})[row.step] = self._stage(row)
        return found

    def keep_stage(self, kept: KeptStage) -> None:
        stage = kept.stage
        key = {"municipality": kept.municipality, "application_id": kept.application_id, "step": stage.step}
        row = f"{kept.application_id}/{stage.step}"
        sealed = self._seal(stage_table, kept.municipality, row, kept.version, _Found(stage.outcome, kept.note))
        names = {"owner_name": kept.owner_name, "done_name": kept.done_name}
        values = {name: getattr(stage, name) for name in _STAGE[1:]}
        self._keep(stage_table, key, {"version": kept.version, **values, **names, "sealed": sealed})

    def clocks(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, Mapping[str, KeptClock]]:
        columns = clock_table.c
        query = select(clock_table).where(
            columns.municipality == municipality, columns.application_id.in_(list(application_ids))
        )
        found: dict[str, dict[str, KeptClock]] = {}
        for row in self._connection.execute(query.order_by(columns.due_on)):
            found.setdefault(row.application_id, {})[row.clock] = self._clock(row)
        return found

    def keep_clock(self, kept: KeptClock) -> None:
        key = {"municipality": kept.municipality, "application_id": kept.application_id, "clock": kept.clock}
        row = f"{kept.application_id}/{kept.clock}"
        sealed = self._seal(clock_table, kept.municipality, row, kept.version, kept.reason)
        values = {name: getattr(kept, name) for name in _CLOCK[1:]}
        self._keep(clock_table, key, {**values, "sealed": sealed})

    def due(self, municipality: str, procedures: Sequence[str], until: date) -> Due:
        of = application_table.c
        mine = (of.municipality == municipality, of.procedure.in_(list(procedures)))
        clock, stage, request = clock_table.c, stage_table.c, request_table.c
        last = func.coalesce(clock.delayed_to, clock.due_on)
        clocks = self._rows(clock_table, (*mine, of.state.in_(_UNDER_WAY), last <= until), last)
        is_open = (stage.done_on.is_(None), stage.due_on <= until, of.state != State.WITHDRAWN.value)
        stages = self._rows(stage_table, (*mine, *is_open), stage.due_on)
        asked = (request.state == "open", request.due_on <= until, of.state.in_(_UNDER_WAY))
        requests = self._rows(request_table, (*mine, *asked), request.due_on)
        return Due(
            tuple(self._clock(row) for row in clocks),
            tuple(self._stage(row) for row in stages),
            tuple(self._request(row) for row in requests),
        )

    def _rows(self, table: Table, where: tuple[ColumnElement[bool], ...], by: ColumnElement[Any]) -> Sequence[Row[Any]]:
        of = application_table.c
        joined = (table.c.municipality == of.municipality) & (table.c.application_id == of.application_id)
        query = select(table).join(application_table, joined).where(*where)
        return self._connection.execute(query.order_by(by, table.c.application_id).limit(MOST_DUE)).all()

    def _stage(self, row: Row[Any]) -> KeptStage:
        place = (row.municipality, f"{row.application_id}/{row.step}", row.version)
        found = self._open(stage_table, place, row.sealed, _Found)
        stage = Stage(**{name: getattr(row, name) for name in _STAGE}, outcome=found.outcome)
        names = (row.owner_name, row.done_name)
        return KeptStage(row.municipality, row.application_id, row.version, stage, *names, found.note)

    def _clock(self, row: Row[Any]) -> KeptClock:
        place = (row.municipality, f"{row.application_id}/{row.clock}", row.version)
        reason = self._open(clock_table, place, row.sealed, str)
        values = {name: getattr(row, name) for name in _CLOCK}
        return KeptClock(row.municipality, row.application_id, **values, reason=reason)
