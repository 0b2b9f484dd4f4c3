"""本登録: what others entered is looked at, approved or refused; each kept as an act before its result is shown."""

from app.domain.act import Detail
from app.services.ports.memory import Journal
from app.services.ports.register_changes import RegisterDecisions
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.register_change import (
    Approvals,
    ApproveAll,
    ApproveEntries,
    AskEntries,
    Entries,
    EntryRef,
    EntryRow,
    EntryView,
    RefuseEntry,
)

DECIDE = "register.decide"
"""The act a right is needed for."""


class DecideRegister:
    """The use cases of who decides."""

    def __init__(self, desk: RegisterDecisions, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def waiting(self, press: Press, session: Session, *, decided: bool, person: str = "") -> Entries:
        """Everybody's: what waits, or what was decided. ``person``: only about this one."""
        doing = Doing("entries.shown", about=person, what={"decided": decided})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.waiting(press, session, AskEntries(decided=decided, person=person)),
            lambda found: {"entries": len(found.rows)},
        )

    def open(self, press: Press, session: Session, entry_id: str) -> EntryView:
        """One whole, with what it would change."""
        doing = Doing("entry.shown", about=entry_id)
        return recorded(
            self._journal, (press, session), doing, lambda: self._desk.open_waiting(press, session, entry_id, "")
        )

    def approve(
        self, press: Press, session: Session, rows: tuple[EntryRow, ...], confirmed: tuple[str, ...]
    ) -> Approvals:
        """本登録 of those. ``confirmed``: findings looked into, for a single one. Errors: Refused ``too_many``."""
        refs = tuple(EntryRef(entry_id=row.entry_id, version=row.version) for row in rows)
        asked = ApproveEntries(entries=refs, confirmed=confirmed)
        about = rows[0].entry_id if len(rows) == 1 else ""
        return recorded(
            self._journal,
            (press, session),
            Doing("entries.decided", about=about, what={"entries": len(rows)}),
            lambda: self._desk.approve(press, session, asked),
            _approved,
        )

    def approve_all(self, press: Press, session: Session) -> Approvals:
        """本登録 of all that may go together, up to the cap."""
        return recorded(
            self._journal,
            (press, session),
            Doing("entries.decided"),
            lambda: self._desk.approve_all(press, session, ApproveAll()),
            _approved,
        )

    def refuse(self, press: Press, session: Session, row: EntryRow, reason: str) -> EntryRow:
        """Turn one down. Errors: Refused ``same_person``, ``reason_missing``, ``not_waiting``; Conflict."""
        asked = RefuseEntry(entry_id=row.entry_id, version=row.version, reason=reason)
        doing = Doing("entry.turned_down", about=row.entry_id, what={"change": row.kind})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.refuse(press, session, asked))


def _approved(found: Approvals) -> dict[str, Detail]:
    return {"approved": sum(row.outcome == "approved" for row in found.rows), "asked": len(found.rows)}
