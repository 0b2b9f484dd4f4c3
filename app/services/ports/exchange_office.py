"""The office's relay beyond single enquiries: files, notices, operating state and reports, own information."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.addressee import AskLinks, LinkState
from app.wire.own_information import AskOwn, OwnProvided, OwnProvidedContent
from app.wire.portal_notice import (
    AskNoticeStates,
    CancelNotice,
    NoticeCancelled,
    NoticeStates,
    NoticeTaken,
    SendNotice,
)
from app.wire.relay import EnquiryAccepted, MakeEnquiry
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
    KeyStates,
    NotePapers,
    NotUsed,
    OperatingState,
    PapersNoted,
    Runs,
    Statistics,
    StopRow,
)
from app.wire.relay_section import (
    AskSectionEnquiries,
    CloseEnquiry,
    EnquiryClosed,
    EnquiryOpened,
    OpenEnquiry,
    SectionEnquiries,
)


class BulkOffice(Protocol):
    """Files of business systems. Errors as in ``app.services.ports.office``; a refusal carries its reason."""

    def hand_in(self, press: Press, session: Session, part: HandInBulk) -> BulkTaken: ...
    def state(self, press: Press, session: Session, batch_id: str) -> BulkState: ...
    def outcomes(self, press: Press, session: Session, asked: AskBulkOutcomes) -> BulkOutcomes: ...
    def convert(self, press: Press, session: Session, asked: ConvertFile) -> Converted: ...


class SectionOffice(Protocol):
    """A section's enquiries, and how a person's code stands. Errors as above."""

    def listed(self, press: Press, session: Session, asked: AskSectionEnquiries) -> SectionEnquiries: ...
    def opened(self, press: Press, session: Session, asked: OpenEnquiry) -> EnquiryOpened: ...
    def close(self, press: Press, session: Session, asked: CloseEnquiry) -> EnquiryClosed: ...
    def make(self, press: Press, session: Session, asked: MakeEnquiry) -> EnquiryAccepted: ...
    def links(self, press: Press, session: Session, asked: AskLinks) -> tuple[LinkState, ...]: ...


class WatchOffice(Protocol):
    """Operating state, stops, runs, reports. Errors as above."""

    def operating(self, press: Press, session: Session) -> OperatingState: ...
    def announce(self, press: Press, session: Session, asked: AnnounceStop) -> StopRow: ...
    def end(self, press: Press, session: Session, asked: EndStop) -> StopRow: ...
    def statistics(self, press: Press, session: Session, asked: AskStatistics) -> Statistics: ...
    def runs(self, press: Press, session: Session, limit: int) -> Runs: ...
    def keys(self, press: Press, session: Session) -> KeyStates: ...
    def not_used(self, press: Press, session: Session, asked: AskNotUsed) -> NotUsed: ...
    def note_papers(self, press: Press, session: Session, asked: NotePapers) -> PapersNoted: ...


class NoticeOffice(Protocol):
    """Notices to residents. Errors as above."""

    def send(self, press: Press, session: Session, asked: SendNotice) -> NoticeTaken: ...
    def states(self, press: Press, session: Session, asked: AskNoticeStates) -> NoticeStates: ...
    def cancel(self, press: Press, session: Session, asked: CancelNotice) -> NoticeCancelled: ...


class OwnOffice(Protocol):
    """What residents were given of their own information. Errors as above."""

    def provided(self, press: Press, session: Session, asked: AskOwn) -> OwnProvided: ...
    def content(self, press: Press, session: Session, request_id: str) -> OwnProvidedContent: ...
