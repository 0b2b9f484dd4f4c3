"""情報連携 at a counter: bulk files, notices to residents, operating state, reports; each shown or done is an act."""

from collections.abc import Iterator, Sequence

from app.services.enquire import EnquiryCase, planned
from app.services.name_people import NamePeople
from app.services.ports.exchange_office import BulkOffice, NoticeOffice, OwnOffice, WatchOffice
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.own_information import AskOwn, OwnProvided, OwnProvidedContent
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
    KeyStates,
    NotePapers,
    NotUsed,
    OperatingState,
    PaperMark,
    PapersNoted,
    Runs,
    Statistics,
    StopRow,
)

MOST_RUNS = 50


class HandInFiles:
    """一括照会: parts of a file in their order, then its state and outcomes; and files in another layout."""

    def __init__(self, office: BulkOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def hand_in(self, press: Press, session: Session, part: HandInBulk) -> BulkTaken:
        """One part; the same part again gets the same answer. Errors: Refused, NotAllowed, Conflict."""
        doing = Doing("bulk.handed_in", about=part.batch_id, what={"part": part.part, "procedure": part.procedure})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.hand_in(press, session, part),
            lambda taken: {"rows": taken.rows, "rejected": taken.rejected},
        )

    def state(self, press: Press, session: Session, batch_id: str) -> BulkState:
        """How far it is; nothing of a resident is in it."""
        return self._office.state(press, session, batch_id)

    def outcomes(self, press: Press, session: Session, batch_id: str) -> Iterator[BulkOutcomes]:
        """All outcomes, part by part; each part is an act before it is given."""
        first = 1
        while first:
            part = self._part(press, session, AskBulkOutcomes(batch_id=batch_id, first=first))
            yield part
            first = part.next

    def convert(self, press: Press, session: Session, asked: ConvertFile) -> Converted:
        """A file in another layout, with every step that lost something. Errors: Refused, NotAllowed."""
        doing = Doing("file.conversion_asked", what={"source": asked.source, "target": asked.target})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.convert(press, session, asked),
            lambda found: {"rows": found.rows, "losses": found.lossy},
        )

    def _part(self, press: Press, session: Session, asked: AskBulkOutcomes) -> BulkOutcomes:
        return recorded(
            self._journal,
            (press, session),
            Doing("bulk.outcomes_taken", about=asked.batch_id),
            lambda: self._office.outcomes(press, session, asked),
            lambda found: {"rows": found.rows},
        )


class NotifyResidents:
    """お知らせ to residents, and what they were given of their own information."""

    def __init__(self, office: NoticeOffice, own: OwnOffice, people: NamePeople, journal: Journal) -> None:
        self._office = office
        self._own = own
        self._people = people
        self._journal = journal

    def send(self, press: Press, session: Session, notice: SendNotice) -> NoticeTaken:
        """It goes on by itself. Errors: Refused, NotAllowed, Conflict."""
        doing = Doing("notice.given", about=notice.notice_id, what={"procedure": notice.procedure})
        return recorded(self._journal, (press, session), doing, lambda: self._office.send(press, session, notice))

    def states(self, press: Press, session: Session, asked: AskNoticeStates) -> NoticeStates:
        """How notices stand, with what was answered."""
        return recorded(
            self._journal,
            (press, session),
            Doing("notice.states_shown", what={"procedure": asked.procedure}),
            lambda: self._office.states(press, session, asked),
            lambda found: {"notices": len(found.notices)},
        )

    def cancel(self, press: Press, session: Session, asked: CancelNotice) -> NoticeCancelled:
        """Withdraw one. Errors: Refused ``notice_closed``."""
        doing = Doing("notice.withdrawn", about=asked.notice_id, what={"reason": asked.reason})
        return recorded(self._journal, (press, session), doing, lambda: self._office.cancel(press, session, asked))

    def provided(self, press: Press, session: Session, business_number: str) -> OwnProvided:
        """What a person was given, without the content. Errors besides: Refused ``person_without_number``."""
        asked = AskOwn(person=business_number)
        return recorded(
            self._journal,
            (press, session),
            Doing("own.state_shown", about=business_number),
            lambda: self._own.provided(press, session, self._people.sent(press, session, asked)),
            lambda found: {"rows": len(found.rows)},
        )

    def content(self, press: Press, session: Session, request_id: str) -> OwnProvidedContent:
        """The content of one, to answer the person's question."""
        doing = Doing("own.content_shown", about=request_id)
        return recorded(self._journal, (press, session), doing, lambda: self._own.content(press, session, request_id))


class WatchExchange:
    """システム管理: state and reports name nobody and are no act; what is announced is one."""

    def __init__(self, office: WatchOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def operating(self, press: Press, session: Session) -> OperatingState:
        return self._office.operating(press, session)

    def runs(self, press: Press, session: Session) -> Runs:
        return self._office.runs(press, session, MOST_RUNS)

    def keys(self, press: Press, session: Session) -> KeyStates:
        return self._office.keys(press, session)

    def statistics(self, press: Press, session: Session, asked: AskStatistics) -> Statistics:
        return self._office.statistics(press, session, asked)

    def not_used(self, press: Press, session: Session, asked: AskNotUsed) -> NotUsed:
        return self._office.not_used(press, session, asked)

    def announce(self, press: Press, session: Session, asked: AnnounceStop) -> StopRow:
        """Errors: Refused, NotAllowed, Conflict."""
        doing = Doing("exchange.stop_announced", about=asked.stop_id, what={"side": asked.side})
        return recorded(self._journal, (press, session), doing, lambda: self._office.announce(press, session, asked))

    def end(self, press: Press, session: Session, asked: EndStop) -> StopRow:
        """Errors: NotAllowed, Conflict."""
        doing = Doing("exchange.stop_ended", about=asked.stop_id)
        return recorded(self._journal, (press, session), doing, lambda: self._office.end(press, session, asked))

    def note_papers(
        self, press: Press, session: Session, case: EnquiryCase, taken: Sequence[str]
    ) -> PapersNoted | None:
        """Papers that were ``taken`` for a case though an enquiry of it could replace them; None for no such paper."""
        marks = tuple(
            PaperMark(enquiry_id=one.enquiry_id, enquiry=one.due.enquiry.id, paper=paper)
            for one in planned(case)
            for paper in one.due.enquiry.replaces
            if paper in taken
        )
        if not marks:
            return None
        asked = NotePapers(procedure=case.procedure.id, papers=marks)
        doing = Doing("papers.taken", visit=case.visit_id, about=case.case_id)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.note_papers(press, session, asked),
            lambda noted: {"count": noted.count},
        )
