"""Papers of cases, and the letters that ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from app.backend.desk.ports.book import KeptPaper, PaperRequest
from app.backend.desk.store.book_tables import paper_table, request_table
from app.backend.desk.store.holdings import Holdings

_PAPER = ("version", "state", "changed_name", "changed_at", "promised_on")
_REQUEST = ("position", "version", "sent_on", "due_on", "state", "by_name", "reminded_on", "closed_at")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is sealed of a request."""

    papers: tuple[str, ...]
    note: str


class Papers(Holdings):
    """The part of a unit that keeps papers."""

    def papers(self, municipality: str, application_id: str) -> Mapping[str, KeptPaper]:
        columns = paper_table.c
        query = select(paper_table).where(
            columns.municipality == municipality, columns.application_id == application_id
        )
        return {row.paper: self._paper(row) for row in self._connection.execute(query.order_by(columns.paper))}

    def keep_paper(self, paper: KeptPaper) -> None:
        key = {"municipality": paper.municipality, "application_id": paper.application_id, "paper": paper.paper}
        row = f"{paper.application_id}/{paper.paper}"
        sealed = self._seal(paper_table, paper.municipality, row, paper.version, paper.label)
        values = {name: getattr(paper, name) for name in _PAPER}
        self._keep(paper_table, key, {**values, "sealed": sealed})

    def requests(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, tuple[PaperRequest, ...]]:
        columns = request_table.c
        query = select(request_table).where(
            columns.municipality == municipality, columns.application_id.in_(list(application_ids))
        )
        found: dict[str, tuple[PaperRequest, ...]] = {}
        for row in self._connection.execute(query.order_by(columns.position)):
            found[row.application_id] = (*found.get(row.application_id, ()), self._request(row))
        return found

    def keep_request(self, request: PaperRequest) -> None:
        key = {
            "municipality": request.municipality,
            "application_id": request.application_id,
            "position": request.position,
        }
        row = f"{request.application_id}/{request.position}"
        said = _Asked(request.papers, request.note)
        sealed = self._seal(request_table, request.municipality, row, request.version, said)
        values = {name: getattr(request, name) for name in _REQUEST[1:]}
        self._keep(request_table, key, {**values, "sealed": sealed})

    def passed_requests(self, day: date, limit: int) -> tuple[PaperRequest, ...]:
        columns = request_table.c
        query = select(request_table).where(columns.state == "open", columns.due_on < day)
        rows = self._connection.execute(
            query.order_by(columns.due_on, columns.application_id).limit(limit).with_for_update(skip_locked=True)
        )
        return tuple(self._request(row) for row in rows)

    def _paper(self, row: Row[Any]) -> KeptPaper:
        place = (row.municipality, f"{row.application_id}/{row.paper}", row.version)
        label = self._open(paper_table, place, row.sealed, str)
        values = {name: getattr(row, name) for name in _PAPER}
        return KeptPaper(row.municipality, row.application_id, row.paper, **values, label=label)

    def _request(self, row: Row[Any]) -> PaperRequest:
        place = (row.municipality, f"{row.application_id}/{row.position}", row.version)
        said = self._open(request_table, place, row.sealed, _Asked)
        values = {name: getattr(row, name) for name in _REQUEST}
        return PaperRequest(row.municipality, row.application_id, **values, papers=said.papers, note=said.note)
