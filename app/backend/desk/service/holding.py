"""保留: who may take the step that is due lets a case lie until a day, with a reason; the next step ends it."""

from datetime import timedelta

from app.backend.desk.ports import Case, DeskBook, DeskUnit
from app.backend.desk.ports.review import Hold
from app.backend.desk.service.authority import reach_of
from app.backend.desk.service.cases import open_steps
from app.backend.desk.service.waiting import Books
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import Conflict, NotAllowed, Refused
from app.wire.desk_review import HoldCase, LetGo
from app.wire.message import Nothing

REASONS = frozenset({"paper_awaited", "enquiry_awaited", "person_asked", "other_section", "legal_question", "other"})
"""The short list; its words are the counter's."""


class Holding:
    """The use cases of holding."""

    def __init__(self, book: DeskBook, books: Books) -> None:
        self._book = book
        self._books = books

    def hold(self, call: Call, asked: HoldCase) -> Nothing:
        """Let it lie. A clock that runs goes on running.

        Errors: NotAllowed; Conflict; Refused ``reason_missing``, ``hold_day`` for a day that is past or too far off.
        """
        last = call.day + timedelta(days=self._books.delegation.hold_days)

        def keep(unit: DeskUnit) -> Nothing:
            case = self._mine(unit, call, asked.application_id)
            if case.version != asked.version:
                raise Conflict(version=case.version)
            if asked.reason not in REASONS:
                raise Refused("reason_missing")
            if not call.day < asked.until <= last:
                raise Refused("hold_day", days=self._books.delegation.hold_days)
            who, note = call.actor.staff_id, asked.note.strip()
            unit.hold(Hold(call.municipality, case.application_id, who, call.at, asked.until, asked.reason, note))
            unit.remember(call.actor)
            act = act_of(
                call,
                "application.held",
                visit=case.visit_id,
                about=case.application_id,
                until=asked.until.isoformat(),
                reason=asked.reason,
            )
            unit.record(act)
            return Nothing()

        place = ("application.hold", "", asked.application_id)
        return watched(self._book, call, place, lambda unit: unit.once(call, asked, Nothing, lambda: keep(unit)))

    def let_go(self, call: Call, asked: LetGo) -> Nothing:
        """It waits again as the others do; of what is not held nothing changes. Errors: NotAllowed."""

        def end(unit: DeskUnit) -> Nothing:
            case = self._mine(unit, call, asked.application_id)
            if unit.let_go(call.municipality, case.application_id):
                unit.record(act_of(call, "application.let_go", visit=case.visit_id, about=case.application_id))
            return Nothing()

        place = ("application.let_go", "", asked.application_id)
        return watched(self._book, call, place, lambda unit: unit.once(call, asked, Nothing, lambda: end(unit)))

    def _mine(self, unit: DeskUnit, call: Call, application_id: str) -> Case:
        """The case, if this person may take the step that is due."""
        case = unit.case(call.municipality, application_id)
        procedure = None if case is None else self._books.procedures.get(case.procedure)
        if case is None or procedure is None:
            raise NotAllowed
        asker = reach_of(unit, call, self._books.delegation).asker()
        if not open_steps(asker, procedure, case)[0]:
            raise NotAllowed
        return case
