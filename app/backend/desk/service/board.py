"""期限の一覧: what falls due in the sections of who asks, and what is overdue; days as the law counts them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import structs

from app.backend.desk.ports import DeskBook, DeskUnit
from app.backend.desk.ports.book import CaseLine, Due, Holding
from app.backend.desk.service.shelf import READ, Shelf
from app.domain.act import act_of
from app.domain.call import Call
from app.wire.desk_book import ANYBODY
from app.wire.desk_case import AskBoard, Board, DueDay, DueRow

AHEAD = timedelta(days=28)
"""How far the board looks. Assumed."""
CLOCK, STEP, PAPERS = "clock", "step", "papers"


@dataclass(frozen=True, slots=True)
class _Around:
    """What names the rows."""

    lines: dict[str, CaseLine]
    holdings: dict[str, Holding]


class DueBoard:
    """Read for each look: what is due changes with the day, not with anything that is kept."""

    def __init__(self, book: DeskBook, shelf: Shelf) -> None:
        self._book = book
        self._shelf = shelf

    def board(self, call: Call, asked: AskBoard) -> Board:
        """What falls due up to four weeks from today. Looking is recorded."""
        reached = self._shelf.reached(call, READ)

        def look(unit: DeskUnit) -> Board:
            due = unit.due(call.municipality, reached, call.day + AHEAD)
            named = {one.application_id for one in due.clocks} | {one.application_id for one in due.requests}
            ids = tuple(named | {one.application_id for one in due.stages})
            around = _Around(dict(unit.lines(call.municipality, ids)), dict(unit.holdings(call.municipality, ids)))
            rows = [one for one in self._rows(due, around) if asked.owner in {ANYBODY, one.owner}]
            rows.sort(key=lambda one: (one.due_on, one.number, one.kind))
            unit.record(act_of(call, "board.viewed", entries=len(rows)))
            return Board(today=call.day, rows=tuple(rows), days=_days(rows))

        return self._book.write(look)

    def _rows(self, due: Due, around: _Around) -> Iterator[DueRow]:
        for clock in due.clocks:
            row = _row(around, clock.application_id, (CLOCK, clock.clock, clock.last_day))
            rules = {one.id: one for one in self._shelf.procedures[row.procedure].clocks}
            is_told = clock.clock in rules and rules[clock.clock].delay
            yield structs.replace(row, delay=is_told, delayed=clock.delayed_to is not None)
        for kept in due.stages:
            if kept.stage.due_on is not None:
                row = _row(around, kept.application_id, (STEP, kept.stage.step, kept.stage.due_on))
                yield structs.replace(row, owner=kept.stage.owner, owner_name=kept.owner_name)
        for request in due.requests:
            yield _row(around, request.application_id, (PAPERS, str(request.position), request.due_on))


def _row(around: _Around, application_id: str, what: tuple[str, str, date]) -> DueRow:
    line, holding = around.lines[application_id], around.holdings.get(application_id)
    kind, name, day = what
    return DueRow(
        application_id=application_id,
        number=line.number,
        procedure=line.procedure,
        kind=kind,
        what=name,
        due_on=day,
        owner="" if holding is None else holding.owner,
        owner_name="" if holding is None else holding.owner_name,
    )


def _days(rows: list[DueRow]) -> tuple[DueDay, ...]:
    counted = Counter((one.due_on, one.kind) for one in rows)
    return tuple(
        DueDay(day=day, clocks=counted[day, CLOCK], steps=counted[day, STEP], papers=counted[day, PAPERS])
        for day in sorted({day for day, _ in counted})
    )
