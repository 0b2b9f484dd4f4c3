"""Enquiries and provisions as rows: 情報提供等記録 of both sides."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from app.backend.intermediary.ports import OPEN, Enquiry, Provision, Value
from app.backend.intermediary.store.tables import enquiry_table, provision_table
from app.backend.intermediary.store.tools import Tools
from app.durable.cells import Cell
from app.durable.columns import written
from app.durable.many import insert_many
from app.durable.swift import any_of, fetched
from app.wire.letter import Letter
from app.wire.message import Message, decode, encode

_PROVISION = (
    "municipality",
    "process_number",
    "version",
    "permit_id",
    "requester",
    "request_digest",
    "content",
    "provided_at",
    "person",
    "file_id",
)


class _EnquiryContent(Message, frozen=True):
    addressee_number: str
    information: str
    tax_year: int
    reason: str
    answer: Letter | None
    task: str = ""
    items: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class _ProvisionContent(Message, frozen=True):
    information: str
    tax_year: int
    kind: str
    answer: Letter
    addressee_number: str = ""
    task: str = ""
    replica_version: int = 0
    told: tuple[tuple[str, Value], ...] = ()
    released_by: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class Records:
    """The record tables within one transaction."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._cells = tools.cells

    def enquiries(self, municipality: str, enquiry_ids: Sequence[str]) -> dict[str, Enquiry]:
        mine, asked = any_of(self._connection, enquiry_ids)
        words = f"SELECT enquiry_id FROM enquiry WHERE municipality = ? AND enquiry_id {mine}"  # noqa: S608 -- only marks
        known = [name for (name,) in fetched(self._connection, words, [municipality, *asked])]
        if not known:
            return {}
        columns = enquiry_table.c
        rows = self._connection.execute(
            select(enquiry_table).where(columns.municipality == municipality, columns.enquiry_id.in_(known))
        )
        return {row.enquiry_id: self.enquiry(row) for row in rows}

    def add_enquiries(self, enquiries: Sequence[Enquiry]) -> None:
        rows = [self._enquiry_row(one, 1) for one in enquiries]
        if rows:
            self._connection.execute(insert(enquiry_table), rows)

    def finish(self, enquiries: Sequence[Enquiry]) -> None:
        """An enquiry ends once: what has ended before stays as it is."""
        columns = enquiry_table.c
        here = (columns.municipality == bindparam("of"), columns.enquiry_id == bindparam("id"), columns.state == OPEN)
        changed = ("version", "state", "content", "done_at")
        rows: list[dict[str, Any]] = []
        for one in enquiries:
            row = self._enquiry_row(one, 2)
            rows.append({"of": one.municipality, "id": one.enquiry_id} | {f"to_{name}": row[name] for name in changed})
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in changed}
        self._connection.execute(update(enquiry_table).where(*here).values(**values), rows)

    def provisions(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, Provision]:
        mine, asked = any_of(self._connection, process_numbers)
        words = f"SELECT process_number FROM provision WHERE municipality = ? AND process_number {mine}"  # noqa: S608 -- only marks
        known = [number for (number,) in fetched(self._connection, words, [municipality, *asked])]
        if not known:  # as it is with all that come for the first time
            return {}
        columns = provision_table.c
        rows = self._connection.execute(
            select(provision_table).where(columns.municipality == municipality, columns.process_number.in_(known))
        )
        return {row.process_number: self.provision(row) for row in rows}

    def add_provisions(self, provisions: Sequence[Provision]) -> None:
        if not provisions:
            return
        plain = [
            (Cell(one.municipality, "provision", "content", one.process_number, 1), encode(_provision_content(one)))
            for one in provisions
        ]
        boxes = self._cells.seal_all(self._connection, plain)
        rows = [self._provision_row(one, box) for one, box in zip(provisions, boxes, strict=True)]
        insert_many(self._connection, provision_table, _PROVISION, rows)

    def _enquiry_row(self, one: Enquiry, version: int) -> dict[str, Any]:
        content = _EnquiryContent(
            addressee_number=one.addressee_number,
            information=one.information,
            tax_year=one.tax_year,
            reason=one.reason,
            answer=one.answer,
            task=one.task,
            items=one.items,
            since=one.since,
            until=one.until,
        )
        cell = Cell(one.municipality, "enquiry", "content", one.enquiry_id, version)
        return {
            "municipality": one.municipality,
            "enquiry_id": one.enquiry_id,
            "version": version,
            "process_number": one.process_number,
            "provider": one.provider,
            "request_digest": one.request_digest,
            "state": one.state,
            "content": self._cells.seal(self._connection, cell, encode(content)),
            "asked_at": one.asked_at,
            "done_at": one.done_at,
            "person": self._tools.person(one.municipality, one.addressee_number),
        }

    def enquiry(self, row: Row[Any]) -> Enquiry:
        cell = Cell(row.municipality, "enquiry", "content", row.enquiry_id, row.version)
        content = decode(self._cells.open(self._connection, cell, row.content), _EnquiryContent)
        done_at: datetime | None = row.done_at
        return Enquiry(
            municipality=row.municipality,
            enquiry_id=row.enquiry_id,
            process_number=row.process_number,
            addressee_number=content.addressee_number,
            provider=row.provider,
            information=content.information,
            tax_year=content.tax_year,
            request_digest=row.request_digest,
            state=row.state,
            reason=content.reason,
            answer=content.answer,
            asked_at=row.asked_at,
            done_at=done_at,
            task=content.task,
            items=content.items,
            since=content.since,
            until=content.until,
        )

    def _provision_row(self, one: Provision, box: bytes) -> tuple[Any, ...]:
        number = one.addressee_number
        return (
            one.municipality,
            one.process_number,
            1,
            one.permit_id,
            one.requester,
            one.request_digest,
            box,
            written(one.provided_at),
            self._tools.person(one.municipality, number) if number else None,
            one.file_id or None,
        )

    def provision(self, row: Row[Any]) -> Provision:
        cell = Cell(row.municipality, "provision", "content", row.process_number, row.version)
        content = decode(self._cells.open(self._connection, cell, row.content), _ProvisionContent)
        return Provision(
            municipality=row.municipality,
            process_number=row.process_number,
            requester=row.requester,
            permit_id=row.permit_id,
            request_digest=row.request_digest,
            information=content.information,
            tax_year=content.tax_year,
            kind=content.kind,
            answer=content.answer,
            provided_at=row.provided_at,
            addressee_number=content.addressee_number,
            task=content.task,
            replica_version=content.replica_version,
            file_id=row.file_id or "",
            told=content.told,
            released_by=content.released_by,
            since=content.since,
            until=content.until,
        )


def _provision_content(one: Provision) -> _ProvisionContent:
    return _ProvisionContent(
        information=one.information,
        tax_year=one.tax_year,
        kind=one.kind,
        answer=one.answer,
        addressee_number=one.addressee_number,
        task=one.task,
        replica_version=one.replica_version,
        told=one.told,
        released_by=one.released_by,
        since=one.since,
        until=one.until,
    )
