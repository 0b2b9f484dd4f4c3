"""The office's relay beyond single enquiries: files, notices, operating state and reports, own information."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.own_information import OwnProvided, OwnProvidedContent
from app.wire.portal_notice import (
    AskNoticeStates,
    CancelNotice,
    NoticeCancelled,
    NoticeStates,
    NoticeTaken,
    SendNotice,
)
from app.wire.relay_bulk import (
    AskBulkOutcomes,
    BulkOutcomes,
    BulkState,
    BulkTaken,
    Converted,
    ConvertFile,
    HandInBulk,
)
from app.wire.relay_office import (
    AnnounceStop,
    AskNotUsed,
    AskStatistics,
    EndStop,
    NotePapers,
    NotUsed,
    OperatingState,
    PapersNoted,
    Runs,
    Statistics,
    StopRow,
)


class BulkOffice(Protocol):
    """Files of business systems. Errors as in ``app.services.ports.office``; a refusal carries its reason."""

    def hand_in(self, press: Press, session: Session, part: HandInBulk) -> BulkTaken: ...
    def state(self, press: Press, session: Session, batch_id: str) -> BulkState: ...
    def outcomes(self, press: Press, session: Session, asked: AskBulkOutcomes) -> BulkOutcomes: ...
    def convert(self, press: Press, session: Session, asked: ConvertFile) -> Converted: ...


class WatchOffice(Protocol):
    """Operating state, stops, runs, reports. Errors as above."""

    def operating(self, press: Press, session: Session) -> OperatingState: ...
    def announce(self, press: Press, session: Session, asked: AnnounceStop) -> StopRow: ...
    def end(self, press: Press, session: Session, asked: EndStop) -> StopRow: ...
    def statistics(self, press: Press, session: Session, asked: AskStatistics) -> Statistics: ...
    def runs(self, press: Press, session: Session, limit: int) -> Runs: ...
    def not_used(self, press: Press, session: Session, asked: AskNotUsed) -> NotUsed: ...
    def note_papers(self, press: Press, session: Session, asked: NotePapers) -> PapersNoted: ...


class NoticeOffice(Protocol):
    """Notices to residents. Errors as above."""

    def send(self, press: Press, session: Session, asked: SendNotice) -> NoticeTaken: ...
    def states(self, press: Press, session: Session, asked: AskNoticeStates) -> NoticeStates: ...
    def cancel(self, press: Press, session: Session, asked: CancelNotice) -> NoticeCancelled: ...


class OwnOffice(Protocol):
    """What residents were given of their own information. Errors as above."""

    def provided(self, press: Press, session: Session, addressee_number: str) -> OwnProvided: ...
    def content(self, press: Press, session: Session, request_id: str) -> OwnProvidedContent: ...
