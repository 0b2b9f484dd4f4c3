"""一括: several are passed or approved at once only where it is safe; each is looked at anew and told by itself."""

from dataclasses import replace

from app.backend.desk.ports import Case, DeskBook
from app.backend.desk.service.review import Review
from app.backend.desk.service.waiting import IN_BATCH, Books, is_unsafe, people_in, risks_of
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.wire.desk import CheckReception, Decide, StepDone
from app.wire.desk_review import BatchDone, BatchItem, BatchOutcome, PassBatch

HELD, OWN = "held", "own_entry"


class Batch:
    """The use case. What may not go with others stays as it is, and says why."""

    def __init__(self, book: DeskBook, books: Books, review: Review) -> None:
        self._book = book
        self._books = books
        self._review = review

    def run(self, call: Call, asked: PassBatch) -> BatchDone:
        """Take the step that was seen to be due, for each that still may. Asked again, what was done stays done.

        Errors: NotUnderstood; Refused ``batch_too_large`` (``most``). What keeps one back is told of that one only.
        """
        if len({one.application_id for one in asked.items}) != len(asked.items) or not asked.items:
            raise NotUnderstood(what="items")
        if len(asked.items) > self._books.delegation.batch:
            raise Refused("batch_too_large", most=self._books.delegation.batch)
        outcomes = tuple(self._one(call, place, one) for place, one in enumerate(asked.items))
        passed = sum(not one.why for one in outcomes)
        act = act_of(call, "applications.passed_together", asked=len(outcomes), passed=passed)
        self._book.write(lambda unit: unit.record(act))
        return BatchDone(outcomes=outcomes)

    def _one(self, call: Call, place: int, item: BatchItem) -> BatchOutcome:
        case = self._book.read(lambda unit: unit.case(call.municipality, item.application_id))
        number = "" if case is None else case.number
        try:
            if case is None or case.procedure not in self._books.procedures:
                raise NotAllowed
            if case.version == item.version:
                self._demand_safe(call, case)
            done = self._take(replace(call, key=f"{call.key[:56]}:{place}"), item)
        except AppError as error:
            why = error.reason if isinstance(error, Refused) else error.code
            number = "" if isinstance(error, NotAllowed) else number
            return BatchOutcome(application_id=item.application_id, number=number, why=why)
        return BatchOutcome(application_id=item.application_id, number=number, state=done.state, version=done.version)

    def _demand_safe(self, call: Call, case: Case) -> None:
        """Refused with what keeps it back: a kind of risk, ``held``, ``own_entry``."""
        people = people_in(case)
        protected = self._books.protections.protected(call, people) if people else frozenset[str]()
        seen = risks_of(call, self._books.procedures[case.procedure], case, (self._books.delegation, protected))
        unsafe = is_unsafe(seen)
        if unsafe:
            raise Refused(f"batch_{unsafe}")
        if any(taken.staff_id == call.actor.staff_id for taken in case.steps):
            raise Refused(f"batch_{OWN}")
        if self._book.read(lambda unit: unit.holds(call.municipality, [case.application_id])):
            raise Refused(f"batch_{HELD}")

    def _take(self, call: Call, item: BatchItem) -> StepDone:
        if item.step not in IN_BATCH:
            raise NotUnderstood(what="step")
        if item.step == IN_BATCH[0]:
            check = CheckReception(application_id=item.application_id, version=item.version, outcome="passed")
            return self._review.check(call, check)
        decide = Decide(application_id=item.application_id, version=item.version, outcome="approved")
        return self._review.decide(call, decide)
