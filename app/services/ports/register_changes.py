"""The register's desk for changes, as a counter sees it: who enters, who decides, who looks back."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.register_change import (
    Announcements,
    AnnouncementView,
    Approvals,
    ApproveAll,
    ApproveEntries,
    AskEntries,
    AskHistory,
    AskHousehold,
    CorrectEntry,
    Entries,
    EntryRow,
    EntryView,
    History,
    HouseholdView,
    ProposeEntry,
    RefuseEntry,
    Trial,
    TryFiling,
    WithdrawEntry,
)


class RegisterEntries(Protocol):
    """Who enters changes. Errors as in ``app.services.ports.office``."""

    def try_out(self, press: Press, session: Session, asked: TryFiling) -> Trial:
        """How a filing would work out; nothing is entered. Errors besides: Refused ``restrained``; BadFormat."""
        ...

    def propose(self, press: Press, session: Session, asked: ProposeEntry) -> EntryRow:
        """Errors besides: Refused ``restrained``, ``entry_waiting``; Conflict; NotUnderstood; BadFormat."""
        ...

    def correct(self, press: Press, session: Session, asked: CorrectEntry) -> EntryRow:
        """Errors besides: as ``propose``; NotAllowed for somebody else's; Refused ``not_waiting``."""
        ...

    def withdraw(self, press: Press, session: Session, asked: WithdrawEntry) -> EntryRow:
        """Errors besides: NotAllowed for somebody else's; Refused ``not_waiting``; Conflict."""
        ...

    def entries(self, press: Press, session: Session, asked: AskEntries) -> Entries:
        """One's own."""
        ...

    def open_entry(self, press: Press, session: Session, entry_id: str, procedure: str) -> EntryView: ...
    def announcements(self, press: Press, session: Session) -> Announcements:
        """Special move-ins that were announced and not yet filed."""
        ...

    def open_announcement(
        self, press: Press, session: Session, announcement_id: str, visit_id: str
    ) -> AnnouncementView: ...


class RegisterDecisions(Protocol):
    """Who approves changes. Errors as in ``app.services.ports.office``."""

    def waiting(self, press: Press, session: Session, asked: AskEntries) -> Entries:
        """Everybody's."""
        ...

    def open_waiting(self, press: Press, session: Session, entry_id: str, procedure: str) -> EntryView: ...
    def approve(self, press: Press, session: Session, asked: ApproveEntries) -> Approvals:
        """Errors besides: Refused ``too_many``. What stands in the way of one entry is its line's outcome."""
        ...

    def approve_all(self, press: Press, session: Session, asked: ApproveAll) -> Approvals: ...
    def refuse(self, press: Press, session: Session, asked: RefuseEntry) -> EntryRow:
        """Errors besides: Refused ``same_person``, ``reason_missing``, ``not_waiting``; Conflict."""
        ...


class RegisterHistory(Protocol):
    """Who looks back. Errors as in ``app.services.ports.office``; Refused ``restrained``."""

    def history(self, press: Press, session: Session, asked: AskHistory) -> History: ...
    def household(self, press: Press, session: Session, asked: AskHousehold) -> HouseholdView: ...
