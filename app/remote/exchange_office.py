"""The relay beyond single enquiries, and own information, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.own_information import AskOwn, AskOwnContent, OwnProvided, OwnProvidedContent
from app.wire.portal_notice import (
    AskNoticeStates,
    CancelNotice,
    NoticeCancelled,
    NoticeStates,
    NoticeTaken,
    SendNotice,
)
from app.wire.relay_bulk import (
    AskBulk,
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
    AskKeys,
    AskNotUsed,
    AskOperating,
    AskRuns,
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


class HttpBulk:
    """See ``BulkOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def hand_in(self, press: Press, session: Session, part: HandInBulk) -> BulkTaken:
        return self._line.ask("/relay/v1/bulk", part, BulkTaken, headers(press, session))

    def state(self, press: Press, session: Session, batch_id: str) -> BulkState:
        return self._line.ask("/relay/v1/bulk/state", AskBulk(batch_id=batch_id), BulkState, headers(press, session))

    def outcomes(self, press: Press, session: Session, asked: AskBulkOutcomes) -> BulkOutcomes:
        return self._line.ask("/relay/v1/bulk/outcomes", asked, BulkOutcomes, headers(press, session))

    def convert(self, press: Press, session: Session, asked: ConvertFile) -> Converted:
        return self._line.ask("/relay/v1/convert", asked, Converted, headers(press, session))


class HttpWatch:
    """See ``WatchOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def operating(self, press: Press, session: Session) -> OperatingState:
        return self._line.ask("/relay/v1/operating", AskOperating(), OperatingState, headers(press, session))

    def announce(self, press: Press, session: Session, asked: AnnounceStop) -> StopRow:
        return self._line.ask("/relay/v1/stop", asked, StopRow, headers(press, session))

    def end(self, press: Press, session: Session, asked: EndStop) -> StopRow:
        return self._line.ask("/relay/v1/stop/end", asked, StopRow, headers(press, session))

    def statistics(self, press: Press, session: Session, asked: AskStatistics) -> Statistics:
        return self._line.ask("/relay/v1/statistics", asked, Statistics, headers(press, session))

    def runs(self, press: Press, session: Session, limit: int) -> Runs:
        return self._line.ask("/relay/v1/runs", AskRuns(limit=limit), Runs, headers(press, session))

    def keys(self, press: Press, session: Session) -> KeyStates:
        return self._line.ask("/relay/v1/keys", AskKeys(), KeyStates, headers(press, session))

    def not_used(self, press: Press, session: Session, asked: AskNotUsed) -> NotUsed:
        return self._line.ask("/relay/v1/not-used", asked, NotUsed, headers(press, session))

    def note_papers(self, press: Press, session: Session, asked: NotePapers) -> PapersNoted:
        return self._line.ask("/relay/v1/papers", asked, PapersNoted, headers(press, session))


class HttpNotices:
    """See ``NoticeOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def send(self, press: Press, session: Session, asked: SendNotice) -> NoticeTaken:
        return self._line.ask("/relay/v1/notice", asked, NoticeTaken, headers(press, session))

    def states(self, press: Press, session: Session, asked: AskNoticeStates) -> NoticeStates:
        return self._line.ask("/relay/v1/notice/states", asked, NoticeStates, headers(press, session))

    def cancel(self, press: Press, session: Session, asked: CancelNotice) -> NoticeCancelled:
        return self._line.ask("/relay/v1/notice/cancel", asked, NoticeCancelled, headers(press, session))


class HttpOwn:
    """See ``OwnOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def provided(self, press: Press, session: Session, asked: AskOwn) -> OwnProvided:
        return self._line.ask("/intermediary/v1/own-information", asked, OwnProvided, headers(press, session))

    def content(self, press: Press, session: Session, request_id: str) -> OwnProvidedContent:
        asked = AskOwnContent(request_id=request_id)
        path = "/intermediary/v1/own-information/content"
        return self._line.ask(path, asked, OwnProvidedContent, headers(press, session))
