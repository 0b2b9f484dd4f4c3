"""Applications: sealed content, steps, answers; who may not take a step is decided by the rows themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from app.backend.desk.ports import Case, Content, Taken
from app.backend.desk.store.sealed import Sealed
from app.backend.desk.store.tables import answer_table, application_table, counter_table, step_table
from app.durable.absent import insert_if_absent
from app.errors import Conflict, Refused
from app.wire.desk import AnswerMark

MOST_WAITING = 500
"""Cases in one queue; the oldest come first, the rest follows when they are done. Assumed."""

_ROW = (
    "application_id", "municipality", "visit_id", "procedure", "procedure_version", "state", "number", "receipt_date",
    "reached_at", "waiting_since", "author", "version", "content_version",
)  # fmt: skip
_CHECK, _DECISION = "reception_check", "decision"
"""Steps whose persons stand in the row itself, under a constraint that no procedure's data can loosen."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What is sealed of a step: free text, findings looked at, by what right it was decided, what is to be mended."""

    reason: str
    note: str
    looked: tuple[str, ...]
    level: str = ""
    deputy: str = ""
    field: str = ""


class Cases(Sealed):
    """The part of a unit that keeps applications."""

    def next_number(self, municipality: str, year: int) -> int:
        columns = counter_table.c
        insert_if_absent(self._connection, counter_table, {"municipality": municipality, "year": year, "last": 0})
        counted = (
            update(counter_table)
            .where(columns.municipality == municipality, columns.year == year)
            .values(last=columns.last + 1)
            .returning(columns.last)
        )
        return int(self._connection.execute(counted).scalar_one())

    def case(self, municipality: str, application_id: str) -> Case | None:
        columns = application_table.c
        row = self._connection.execute(
            select(application_table).where(
                columns.municipality == municipality, columns.application_id == application_id
            )
        ).one_or_none()
        return None if row is None else self._cases(municipality, [row], with_answers=True)[0]

    def waiting(
        self, municipality: str, states: Sequence[str], procedures: Sequence[str], since: datetime | None = None
    ) -> tuple[Case, ...]:
        columns = application_table.c
        query = select(application_table).where(
            columns.municipality == municipality, columns.state.in_(states), columns.procedure.in_(procedures)
        )
        if since is not None:
            query = query.where(columns.waiting_since >= since)
        rows = self._connection.execute(
            query.order_by(columns.waiting_since, columns.application_id).limit(MOST_WAITING)
        ).all()
        return self._cases(municipality, rows, with_answers=False)

    def add_case(self, case: Case) -> None:
        row = {name: getattr(case, name) for name in _ROW}
        if not insert_if_absent(self._connection, application_table, {**row, "content": self._content(case)}):
            raise Conflict(version=self._version(case))
        for position, taken in enumerate(case.steps):
            self._connection.execute(insert(step_table).values(**self._step(case, taken, position)))

    def advance(self, case: Case, taken: Taken, not_by: Sequence[str]) -> None:
        self._move(case, taken)
        self._take(case, taken, not_by)

    def lay_answers(self, case: Case, answers: Sequence[AnswerMark]) -> None:
        columns = answer_table.c
        for answer in answers:
            key = {
                "municipality": case.municipality,
                "application_id": case.application_id,
                "enquiry_id": answer.enquiry_id,
            }
            row = f"{case.application_id}/{answer.enquiry_id}"
            sealed = self._seal(answer_table, case.municipality, row, case.version, answer)
            values = {"version": case.version, "sealed": sealed}
            if not insert_if_absent(self._connection, answer_table, {**key, **values}):
                same = [columns[name] == value for name, value in key.items()]
                self._connection.execute(update(answer_table).where(*same).values(**values))

    def _move(self, case: Case, taken: Taken) -> None:
        """Move the row on from exactly the version it was read at."""
        columns = application_table.c
        values: dict[str, Any] = {name: getattr(case, name) for name in _ROW[2:]}
        if case.content_version == case.version:
            values["content"] = self._content(case)
        values |= {_CHECK: {"checker": taken.staff_id}, _DECISION: {"decider": taken.staff_id}}.get(taken.step, {})
        moving = (
            update(application_table)
            .where(
                columns.municipality == case.municipality,
                columns.application_id == case.application_id,
                columns.version == case.version - 1,
            )
            .values(**values)
        )
        try:
            moved = self._connection.execute(moving).rowcount
        except IntegrityError as error:
            if "ck_application_" not in str(error.orig):
                raise
            raise Refused("same_person", step=taken.step) from error
        if moved != 1:
            raise Conflict(version=self._version(case))

    def _take(self, case: Case, taken: Taken, not_by: Sequence[str]) -> None:
        """Write the step unless its person had a hand in one that is kept apart from it: one statement decides."""
        other = step_table.alias("other").c
        apart = exists().where(
            other.municipality == case.municipality,
            other.application_id == case.application_id,
            other.step.in_(list(not_by)),
            other.staff_id == taken.staff_id,
        )
        row = self._step(case, taken, len(case.steps))
        values = select(*(literal(value, step_table.c[name].type) for name, value in row.items())).where(~apart)
        taking = insert(step_table).from_select(list(row), values).returning(step_table.c.position)
        if self._connection.execute(taking).one_or_none() is None:
            raise Refused("same_person", step=taken.step)

    def _version(self, case: Case) -> int:
        columns = application_table.c
        query = select(columns.version).where(
            columns.municipality == case.municipality, columns.application_id == case.application_id
        )
        return self._connection.execute(query).scalar_one_or_none() or 0

    def _content(self, case: Case) -> bytes:
        return self._seal(application_table, case.municipality, case.application_id, case.content_version, case.content)

    def _step(self, case: Case, taken: Taken, position: int) -> dict[str, Any]:
        row = f"{case.application_id}/{position}"
        words = _Words(taken.reason, taken.note, taken.looked, taken.level, taken.deputy, taken.field)
        return {
            "municipality": case.municipality,
            "application_id": case.application_id,
            "position": position,
            "step": taken.step,
            "act": taken.act,
            "outcome": taken.outcome,
            "staff_id": taken.staff_id,
            "name": taken.name,
            "at": taken.at,
            "sealed": self._seal(step_table, case.municipality, row, 1, words),
        }

    def _cases(self, municipality: str, rows: Sequence[Row[Any]], *, with_answers: bool) -> tuple[Case, ...]:
        ids = [row.application_id for row in rows]
        steps = self._steps(municipality, ids)
        answers = self._answers_of(municipality, ids) if with_answers else {}
        return tuple(
            Case(
                **{name: getattr(row, name) for name in _ROW},
                content=self._open(
                    application_table,
                    (municipality, row.application_id, row.content_version),
                    row.content,
                    Content,
                ),
                steps=tuple(steps.get(row.application_id, ())),
                answers=tuple(answers.get(row.application_id, ())),
            )
            for row in rows
        )

    def _steps(self, municipality: str, ids: Sequence[str]) -> dict[str, list[Taken]]:
        columns = step_table.c
        rows = self._connection.execute(
            select(step_table)
            .where(columns.municipality == municipality, columns.application_id.in_(ids))
            .order_by(columns.application_id, columns.position)
        )
        found: dict[str, list[Taken]] = {}
        for row in rows:
            place = (municipality, f"{row.application_id}/{row.position}", 1)
            words = self._open(step_table, place, row.sealed, _Words)
            taken = Taken(
                act=row.act,
                step=row.step,
                outcome=row.outcome,
                staff_id=row.staff_id,
                name=row.name,
                at=row.at,
                reason=words.reason,
                note=words.note,
                looked=words.looked,
                level=words.level,
                deputy=words.deputy,
                field=words.field,
            )
            found.setdefault(row.application_id, []).append(taken)
        return found

    def _answers_of(self, municipality: str, ids: Sequence[str]) -> dict[str, list[AnswerMark]]:
        columns = answer_table.c
        rows = self._connection.execute(
            select(answer_table)
            .where(columns.municipality == municipality, columns.application_id.in_(ids))
            .order_by(columns.application_id, columns.enquiry_id)
        )
        found: dict[str, list[AnswerMark]] = {}
        for row in rows:
            place = (municipality, f"{row.application_id}/{row.enquiry_id}", row.version)
            found.setdefault(row.application_id, []).append(self._open(answer_table, place, row.sealed, AnswerMark))
        for answers in found.values():
            answers.sort(key=lambda one: one.answered_at)
        return found
