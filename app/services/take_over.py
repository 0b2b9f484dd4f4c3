"""引継ぎ: a supervisor ends a colleague's session or takes sealed work over; both names stand in both journals."""

from contextlib import suppress
from dataclasses import dataclass, replace

from app.errors import NotAllowed, OfficeError, StoreError
from app.services.ports.memory import Journal, WorkStore
from app.services.ports.seat import Press, Session
from app.services.ports.take_over import DraftKeys, Seats, TakeOverDesk
from app.services.record_act import Doing, recorded
from app.wire.draft import Draft
from app.wire.staff import SeatRow
from app.wire.takeover import TakenDraft, WaitingDraft

SUPERVISE, TAKE = "session.supervise", "draft.take"
"""The acts a right is needed for: ending sessions, and taking drafts over."""
GONE = "taken:"
"""What a draft here is marked with once somebody else has it: no hand-in of this PC bears such an identifier."""


@dataclass(frozen=True, slots=True)
class SectionSeen:
    """Who of the section sits where, and what lies sealed; empty where the right for it is not there."""

    seats: tuple[SeatRow, ...]
    drafts: tuple[WaitingDraft, ...]


class TakeOver:
    """The use cases."""

    def __init__(self, seats: Seats, desk: TakeOverDesk, keys: DraftKeys, work: WorkStore, journal: Journal) -> None:
        self._seats = seats
        self._desk = desk
        self._keys = keys
        self._work = work
        self._journal = journal

    def settle(self, press: Press, session: Session) -> None:
        """Somebody begins to work here: for whom copies are sealed is asked, and who may take over offers a key.

        Without a line copies are for the office's recovery key only. Blocks for one or two requests.
        """
        self._keys.seal_to(())
        with suppress(OfficeError, StoreError):
            if may(session, TAKE):
                self._desk.offer(press, session, self._keys.own().box)
            self._keys.seal_to(self._desk.keys(replace(press, key=f"{press.key}-keys"), session))

    def shown(self, press: Press, session: Session) -> SectionSeen:
        """Who of one's own section is signed in, and which drafts lie sealed; both are records there and here."""

        def look() -> SectionSeen:
            seats = self._seats.seats(press, session) if may(session, SUPERVISE) else ()
            drafts = self._desk.waiting(press, session) if may(session, TAKE) else ()
            return SectionSeen(seats, drafts)

        doing = Doing("sessions.shown")
        return recorded(
            self._journal,
            (press, session),
            doing,
            look,
            lambda seen: {"sessions": len(seen.seats), "drafts": len(seen.drafts)},
        )

    def own_key(self) -> str:
        """What the key is called under which drafts open at this terminal. Errors: WorkClosed."""
        return self._keys.own().key_id

    def end(self, press: Press, session: Session, seat: SeatRow) -> None:
        """End a colleague's session; the work there stays sealed. Errors: NotAllowed where it has ended meanwhile."""
        doing = Doing("session.ended_other", about=seat.staff_id, what={"at_terminal": seat.terminal})
        recorded(self._journal, (press, session), doing, lambda: self._seats.end(press, session, seat.session))

    def take(self, press: Press, session: Session, draft: WaitingDraft) -> Draft:
        """Make a sealed draft this person's own; it lies among the drafts of this PC then, its author kept in it.

        Whoever has it open anywhere is signed out there first.
        Errors: NotAllowed, Conflict (saved or taken since it was listed), Refused ``draft_not_for_you``.
        """
        what = {"author": draft.staff_id, "taken_by": session.actor.staff_id, "from_terminal": draft.terminal}
        doing = Doing("draft.taken", visit=draft.visit_id, about=draft.draft_id, what=dict(what))

        def take() -> Draft:
            self._end_author(press, session, draft.staff_id)
            taken = self._desk.take(press, session, draft, self._keys.own().key_id)
            found = self._keys.open(draft.draft_id, taken.sealed)
            mine = found.changed(author=found.author or taken.staff_id, saved_at=press.at)
            self._work.save(mine)
            return mine

        return recorded(self._journal, (press, session), doing, take)

    def losses(self, press: Press, session: Session) -> tuple[TakenDraft, ...]:
        """Which of the drafts that lie here somebody else has taken over; those can't be gone on with any more.

        Empty without a line. Each is told again until the draft is dropped; the first time is an act.
        """
        try:
            taken = {one.draft_id: one for one in reversed(self._desk.taken(press, session))}
        except OfficeError:
            return ()
        told = []
        for mark in self._work.drafts():
            one = taken.get(mark.draft_id)
            if one is None or self._is_mine_again(mark.draft_id, one):
                continue
            told.append(one)
            if not mark.handed_in:
                self._work.handed_in(mark.draft_id, f"{GONE}{one.taken_by}")
                act = session.act(press, "draft.loss_told", visit=mark.visit_id, about=mark.draft_id, by=one.taken_by)
                self._journal.write(act)
        return tuple(told)

    def _is_mine_again(self, draft_id: str, one: TakenDraft) -> bool:
        """Taken back since: the draft here was saved after it had gone."""
        draft = self._work.draft(draft_id)
        return bool(draft.author) and draft.saved_at >= one.taken_at

    def _end_author(self, press: Press, session: Session, staff_id: str) -> None:
        if not may(session, SUPERVISE):
            return
        for number, seat in enumerate(self._seats.seats(press, session)):
            if seat.staff_id == staff_id:
                with suppress(NotAllowed):
                    self.end(replace(press, key=f"{press.key}-{number}"), session, seat)


def may(session: Session, act: str) -> bool:
    """Whether the person has a right that names this act; the office asks again."""
    return any(right.act == act for right in session.actor.rights)
