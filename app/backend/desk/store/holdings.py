"""Whose cases are and where they go; which cases a page of the book shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.exc import IntegrityError

from app.backend.desk.ports import Case
from app.backend.desk.ports.book import CaseLine, Handover, Holding, Wanted
from app.backend.desk.store.book_tables import handover_table, holding_table
from app.backend.desk.store.cases import Cases
from app.backend.desk.store.kept import Kept
from app.backend.desk.store.tables import application_table
from app.errors import Refused

MOST_HANDOVERS = 200
"""Hand-overs in one list; the newest come first. Assumed."""
_HOLDING = ("version", "section", "owner", "owner_name", "since", "channel")
_GIVEN = (
    "version", "application_id", "from_section", "to_section", "given_by", "given_name", "given_at", "state",
    "taken_by", "taken_name", "taken_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """What is sealed of a hand-over."""

    note: str
    answer: str


class Holdings(Kept, Cases):
    """The part of a unit that keeps who has a case."""

    def in_book(self, municipality: str, wanted: Wanted) -> tuple[str, ...]:
        of, held = application_table.c, holding_table.c
        joined = (held.municipality == of.municipality) & (held.application_id == of.application_id)
        query = select(of.application_id).outerjoin_from(application_table, holding_table, joined)
        query = query.where(of.municipality == municipality, of.procedure.in_(list(wanted.procedures)))
        if wanted.states:
            query = query.where(of.state.in_(list(wanted.states)))
        if wanted.owner is not None:
            nobody = or_(held.owner.is_(None), held.owner == "")
            query = query.where(held.owner == wanted.owner if wanted.owner else nobody)
        if wanted.since is not None:
            query = query.where(of.receipt_date >= wanted.since)
        if wanted.until is not None:
            query = query.where(of.receipt_date <= wanted.until)
        if wanted.number:
            query = query.where(of.number.endswith(wanted.number, autoescape=True))
        ordered = query.order_by(of.receipt_date.desc(), of.number.desc()).limit(wanted.limit)
        return tuple(self._connection.execute(ordered).scalars())

    def lines(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, CaseLine]:
        of = application_table.c
        query = select(of.application_id, of.number, of.procedure, of.state, of.author)
        found = query.where(of.municipality == municipality, of.application_id.in_(list(application_ids)))
        rows = self._connection.execute(found).all()
        return {row.application_id: CaseLine(*row) for row in rows}

    def book_cases(self, municipality: str, application_ids: Sequence[str]) -> tuple[Case, ...]:
        of = application_table.c
        query = select(application_table).where(
            of.municipality == municipality, of.application_id.in_(list(application_ids))
        )
        rows = {row.application_id: row for row in self._connection.execute(query)}
        return self._cases(municipality, [rows[one] for one in application_ids if one in rows], with_answers=False)

    def holdings(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, Holding]:
        columns = holding_table.c
        query = select(holding_table).where(
            columns.municipality == municipality, columns.application_id.in_(list(application_ids))
        )
        return {
            row.application_id: Holding(
                municipality, row.application_id, **{name: getattr(row, name) for name in _HOLDING}
            )
            for row in self._connection.execute(query)
        }

    def keep_holding(self, holding: Holding) -> None:
        key = {"municipality": holding.municipality, "application_id": holding.application_id}
        self._keep(holding_table, key, {name: getattr(holding, name) for name in _HOLDING})

    def handover(self, municipality: str, handover_id: str) -> Handover | None:
        columns = handover_table.c
        query = select(handover_table).where(columns.municipality == municipality, columns.handover_id == handover_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else self._given(row)

    def handovers(self, municipality: str, application_id: str) -> tuple[Handover, ...]:
        columns = handover_table.c
        query = select(handover_table).where(
            columns.municipality == municipality, columns.application_id == application_id
        )
        rows = self._connection.execute(query.order_by(columns.given_at, columns.handover_id))
        return tuple(self._given(row) for row in rows)

    def handovers_of(self, municipality: str, sections: Sequence[str], given_by: str) -> tuple[Handover, ...]:
        columns, mine = handover_table.c, list(sections)
        concerns = or_(columns.to_section.in_(mine), columns.from_section.in_(mine), columns.given_by == given_by)
        query = select(handover_table).where(columns.municipality == municipality, concerns)
        rows = self._connection.execute(query.order_by(columns.given_at.desc()).limit(MOST_HANDOVERS))
        return tuple(self._given(row) for row in rows)

    def keep_handover(self, handover: Handover) -> None:
        key = {"municipality": handover.municipality, "handover_id": handover.handover_id}
        said = _Said(handover.note, handover.answer)
        sealed = self._seal(handover_table, handover.municipality, handover.handover_id, handover.version, said)
        values = {name: getattr(handover, name) for name in _GIVEN}
        try:
            self._keep(handover_table, key, {**values, "sealed": sealed})
        except IntegrityError as error:
            if "ck_handover_other_person" not in str(error.orig):
                raise
            raise Refused("second_person") from error

    def _given(self, row: Row[Any]) -> Handover:
        place = (row.municipality, row.handover_id, row.version)
        said = self._open(handover_table, place, row.sealed, _Said)
        values = {name: getattr(row, name) for name in _GIVEN}
        return Handover(row.municipality, row.handover_id, **values, note=said.note, answer=said.answer)
