"""Review: what waits, one application whole, and the steps check, examine, decide; the office enforces two persons."""

from app.domain.act import Detail
from app.services.ports.memory import Journal
from app.services.ports.office import DeskOffice
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk import ApplicationView, AskQueue, CheckReception, Decide, Examine, Queue, StepDone
from app.wire.desk_review import BatchDone, HoldCase, PassBatch


class Review:
    """The use cases of who checks, examines and decides."""

    def __init__(self, office: DeskOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def queue(self, press: Press, session: Session, states: tuple[str, ...] = ()) -> Queue:
        """What waits, oldest first; no ``states``: all that this person can act on."""
        asked = AskQueue(states=states)
        doing = Doing("queue.shown")
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.queue(press, session, asked), _counted
        )

    def open(self, press: Press, session: Session, application_id: str) -> ApplicationView:
        """One application whole: facts now and before, identity evidence, answers, steps, what this person may do."""
        doing = Doing("application.opened", about=application_id)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.open_application(press, session, application_id),
        )

    def check_reception(self, press: Press, session: Session, step: CheckReception) -> StepDone:
        """受付点検. Errors: Refused ``same_person`` for the author, Conflict when somebody was first."""
        doing = Doing("application.checked", about=step.application_id, what={"outcome": step.outcome})
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.check_reception(press, session, step), _state
        )

    def examine(self, press: Press, session: Session, step: Examine) -> StepDone:
        """審査. Errors as ``check_reception``."""
        doing = Doing("application.examined", about=step.application_id, what={"outcome": step.outcome})
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.examine(press, session, step), _state
        )

    def decide(self, press: Press, session: Session, step: Decide) -> StepDone:
        """決裁. Errors as ``check_reception``."""
        doing = Doing("application.decided", about=step.application_id, what={"outcome": step.outcome})
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.decide(press, session, step), _state
        )

    def hold(self, press: Press, session: Session, asked: HoldCase) -> None:
        """保留 until a day. Errors: Conflict; Refused ``reason_missing``, ``hold_day``; NotAllowed."""
        what: dict[str, Detail] = {"reason": asked.reason, "until": asked.until.isoformat()}
        doing = Doing("application.held", about=asked.application_id, what=what)
        recorded(self._journal, (press, session), doing, lambda: self._office.hold(press, session, asked))

    def let_go(self, press: Press, session: Session, application_id: str) -> None:
        """It waits again as the others do. Errors: NotAllowed."""
        doing = Doing("application.let_go", about=application_id)
        recorded(self._journal, (press, session), doing, lambda: self._office.let_go(press, session, application_id))

    def pass_batch(self, press: Press, session: Session, asked: PassBatch) -> BatchDone:
        """Several at once; what keeps one back is told of that one. Errors: Refused ``batch_too_large``."""
        doing = Doing("applications.passed_together", what={"asked": len(asked.items)})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.pass_batch(press, session, asked),
            lambda done: {"passed": sum(not one.why for one in done.outcomes)},
        )


def _counted(queue: Queue) -> dict[str, Detail]:
    return {"entries": len(queue.entries)}


def _state(done: StepDone) -> dict[str, Detail]:
    return {"state": done.state, "version": done.version}
