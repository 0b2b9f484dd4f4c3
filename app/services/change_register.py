"""Enter changes of the register: tried, entered provisionally, corrected, taken back; each kept as an act first."""

from app.services.ports.memory import Journal
from app.services.ports.register_changes import RegisterEntries
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.register_change import (
    Announcements,
    AnnouncementView,
    AskEntries,
    CorrectEntry,
    Entries,
    EntryRow,
    EntryView,
    Filing,
    ProposeEntry,
    Trial,
    TryFiling,
    WithdrawEntry,
)

ENTER = "register.enter"
"""The act a right is needed for."""


class ChangeRegister:
    """The use cases of who enters."""

    def __init__(self, desk: RegisterEntries, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def try_out(self, press: Press, session: Session, filing: Filing, entry_id: str) -> Trial:
        """How it would work out. Errors: Refused ``restrained``; NotAllowed; BadFormat; Unreachable."""
        asked = TryFiling(filing=filing, entry_id=entry_id)
        doing = Doing("entry.tried", filing.visit_id, what={"change": filing.kind})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.try_out(press, session, asked))

    def propose(self, press: Press, session: Session, asked: ProposeEntry) -> EntryRow:
        """仮登録. Errors: Refused ``restrained``, ``entry_waiting``; Conflict; BadFormat; Unreachable."""
        filing = asked.filing
        doing = Doing("entry.proposed", filing.visit_id, asked.entry_id, {"change": filing.kind})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.propose(press, session, asked))

    def correct(self, press: Press, session: Session, asked: CorrectEntry) -> EntryRow:
        """Enter an own entry anew. Errors: as ``propose``; Refused ``not_waiting``."""
        doing = Doing("entry.corrected", asked.filing.visit_id, asked.entry_id, {"change": asked.filing.kind})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.correct(press, session, asked))

    def withdraw(self, press: Press, session: Session, row: EntryRow) -> EntryRow:
        """Take an own entry back. Errors: Refused ``not_waiting``; Conflict."""
        asked = WithdrawEntry(entry_id=row.entry_id, version=row.version)
        doing = Doing("entry.withdrawn", about=row.entry_id, what={"change": row.kind})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.withdraw(press, session, asked))

    def own(self, press: Press, session: Session, *, decided: bool, person: str = "") -> Entries:
        """One's own entries: those that wait, or what became of the others. ``person``: only about this one."""
        doing = Doing("entries.shown", about=person, what={"decided": decided})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.entries(press, session, AskEntries(decided=decided, person=person)),
            lambda found: {"entries": len(found.rows)},
        )

    def open_own(self, press: Press, session: Session, entry_id: str) -> EntryView:
        """An own entry whole."""
        doing = Doing("entry.shown", about=entry_id)
        return recorded(
            self._journal, (press, session), doing, lambda: self._desk.open_entry(press, session, entry_id, "")
        )

    def announcements(self, press: Press, session: Session) -> Announcements:
        """特例転入 that was announced and not yet filed."""
        return recorded(
            self._journal,
            (press, session),
            Doing("announcements.shown"),
            lambda: self._desk.announcements(press, session),
            lambda found: {"entries": len(found.rows)},
        )

    def announcement(self, press: Press, session: Session, announcement_id: str, visit_id: str) -> AnnouncementView:
        """One of them. Errors: NotAllowed where its time is over."""
        doing = Doing("announcement.shown", visit_id, announcement_id)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.open_announcement(press, session, announcement_id, visit_id),
        )
