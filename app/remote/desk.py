"""The desk over the line: what is asked while somebody waits, and what the postbox brings."""

from app.link.line import Headers, Line
from app.remote.staff import headers
from app.services.ports.office import Carriage
from app.services.ports.seat import Press, Session
from app.wire.desk import (
    ApplicationView,
    AskQueue,
    AskRestorations,
    AskTimeline,
    CheckReception,
    Decide,
    Examine,
    JournalKept,
    OpenApplication,
    Queue,
    Restorations,
    StepDone,
    SyncJournal,
    Timeline,
)
from app.wire.desk_review import BatchDone, HoldCase, LetGo, PassBatch
from app.wire.leave import AskNumberLeave
from app.wire.message import Nothing
from app.wire.parcel import AskParcelKey, Parcel, ParcelAnswer, ParcelKey


class HttpDesk:
    """See ``DeskOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def queue(self, press: Press, session: Session, asked: AskQueue) -> Queue:
        return self._line.ask("/desk/v1/queue", asked, Queue, headers(press, session))

    def open_application(self, press: Press, session: Session, application_id: str) -> ApplicationView:
        asked = OpenApplication(application_id=application_id)
        return self._line.ask("/desk/v1/open", asked, ApplicationView, headers(press, session))

    def check_reception(self, press: Press, session: Session, step: CheckReception) -> StepDone:
        return self._line.ask("/desk/v1/check-reception", step, StepDone, headers(press, session))

    def examine(self, press: Press, session: Session, step: Examine) -> StepDone:
        return self._line.ask("/desk/v1/examine", step, StepDone, headers(press, session))

    def decide(self, press: Press, session: Session, step: Decide) -> StepDone:
        return self._line.ask("/desk/v1/decide", step, StepDone, headers(press, session))

    def hold(self, press: Press, session: Session, asked: HoldCase) -> None:
        self._line.ask("/desk/v1/hold", asked, Nothing, headers(press, session))

    def let_go(self, press: Press, session: Session, application_id: str) -> None:
        asked = LetGo(application_id=application_id)
        self._line.ask("/desk/v1/let-go", asked, Nothing, headers(press, session))

    def pass_batch(self, press: Press, session: Session, asked: PassBatch) -> BatchDone:
        return self._line.ask("/desk/v1/pass-batch", asked, BatchDone, headers(press, session))

    def timeline(self, press: Press, session: Session, visit_id: str) -> Timeline:
        return self._line.ask("/desk/v1/timeline", AskTimeline(visit_id=visit_id), Timeline, headers(press, session))


class HttpLeave:
    """See ``NumberLeave``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def ask(self, press: Press, session: Session, visit_id: str, procedure: str) -> None:
        asked = AskNumberLeave(visit_id=visit_id, procedure=procedure)
        self._line.ask("/desk/v1/leave-number", asked, Nothing, headers(press, session))


class HttpCarrier:
    """See ``DeskCarrier``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def parcel_key(self, session: Session, way: Carriage) -> ParcelKey:
        return self._line.ask("/desk/v1/parcel-key", AskParcelKey(), ParcelKey, _headers(session, way))

    def carry(self, session: Session, way: Carriage, parcel: Parcel) -> bytes:
        return self._line.ask("/desk/v1/parcel", parcel, ParcelAnswer, _headers(session, way)).answer

    def restorations(self, session: Session, way: Carriage) -> Restorations:
        return self._line.ask("/desk/v1/restorations", AskRestorations(), Restorations, _headers(session, way))

    def sync_journal(self, session: Session, way: Carriage, gained: SyncJournal) -> JournalKept:
        return self._line.ask("/desk/v1/sync-journal", gained, JournalKept, _headers(session, way))


def _headers(session: Session, way: Carriage) -> Headers:
    return Headers(way.trace, way.key, session.token)
