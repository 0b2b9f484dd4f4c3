"""Changes of the register over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.register_change import (
    Announcements,
    AnnouncementView,
    Approvals,
    ApproveAll,
    ApproveEntries,
    AskAnnouncements,
    AskEntries,
    AskHistory,
    AskHousehold,
    CorrectEntry,
    Entries,
    EntryRow,
    EntryView,
    History,
    HouseholdView,
    OpenAnnouncement,
    OpenEntry,
    ProposeEntry,
    RefuseEntry,
    Trial,
    TryFiling,
    WithdrawEntry,
)

_AT = "/register/v1"


class HttpRegisterEntries:
    """See ``RegisterEntries``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def try_out(self, press: Press, session: Session, asked: TryFiling) -> Trial:
        return self._line.ask(f"{_AT}/entry/try", asked, Trial, headers(press, session))

    def propose(self, press: Press, session: Session, asked: ProposeEntry) -> EntryRow:
        return self._line.ask(f"{_AT}/entry", asked, EntryRow, headers(press, session))

    def correct(self, press: Press, session: Session, asked: CorrectEntry) -> EntryRow:
        return self._line.ask(f"{_AT}/entry/correct", asked, EntryRow, headers(press, session))

    def withdraw(self, press: Press, session: Session, asked: WithdrawEntry) -> EntryRow:
        return self._line.ask(f"{_AT}/entry/withdraw", asked, EntryRow, headers(press, session))

    def entries(self, press: Press, session: Session, asked: AskEntries) -> Entries:
        return self._line.ask(f"{_AT}/entries", asked, Entries, headers(press, session))

    def open_entry(self, press: Press, session: Session, entry_id: str, procedure: str) -> EntryView:
        asked = OpenEntry(entry_id=entry_id, procedure=procedure)
        return self._line.ask(f"{_AT}/entry/open", asked, EntryView, headers(press, session))

    def announcements(self, press: Press, session: Session) -> Announcements:
        return self._line.ask(f"{_AT}/announcements", AskAnnouncements(), Announcements, headers(press, session))

    def open_announcement(
        self, press: Press, session: Session, announcement_id: str, visit_id: str
    ) -> AnnouncementView:
        asked = OpenAnnouncement(announcement_id=announcement_id, visit_id=visit_id)
        return self._line.ask(f"{_AT}/announcement/open", asked, AnnouncementView, headers(press, session))


class HttpRegisterDecisions:
    """See ``RegisterDecisions``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def waiting(self, press: Press, session: Session, asked: AskEntries) -> Entries:
        return self._line.ask(f"{_AT}/decide/entries", asked, Entries, headers(press, session))

    def open_waiting(self, press: Press, session: Session, entry_id: str, procedure: str) -> EntryView:
        asked = OpenEntry(entry_id=entry_id, procedure=procedure)
        return self._line.ask(f"{_AT}/decide/open", asked, EntryView, headers(press, session))

    def approve(self, press: Press, session: Session, asked: ApproveEntries) -> Approvals:
        return self._line.ask(f"{_AT}/decide/approve", asked, Approvals, headers(press, session))

    def approve_all(self, press: Press, session: Session, asked: ApproveAll) -> Approvals:
        return self._line.ask(f"{_AT}/decide/all", asked, Approvals, headers(press, session))

    def refuse(self, press: Press, session: Session, asked: RefuseEntry) -> EntryRow:
        return self._line.ask(f"{_AT}/decide/refuse", asked, EntryRow, headers(press, session))


class HttpRegisterHistory:
    """See ``RegisterHistory``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def history(self, press: Press, session: Session, asked: AskHistory) -> History:
        return self._line.ask(f"{_AT}/history", asked, History, headers(press, session))

    def household(self, press: Press, session: Session, asked: AskHousehold) -> HouseholdView:
        return self._line.ask(f"{_AT}/household", asked, HouseholdView, headers(press, session))
