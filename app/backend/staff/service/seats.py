"""Who sits where: a second session of the same person is told on both sides, and a supervisor may end one."""

from dataclasses import replace
from datetime import datetime

from app.backend.staff.ports import Ending, Session, StaffBook, StaffUnit
from app.backend.staff.service.standing import standing
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import NotAllowed, SessionEnded
from app.wire.message import Nothing
from app.wire.staff import (
    AskSeats,
    AskStanding,
    EndElsewhere,
    EndSession,
    OtherSession,
    SeatRow,
    Seats,
    Standing,
)

SUPERVISE = "session.supervise"
SIGNED_OUT, AGAIN, ELSEWHERE, SUPERVISOR = "signed_out", "again", "elsewhere", "supervisor"
"""Why a session ended: by itself, by signing in there once more, from another terminal, by a supervisor."""


class SeatService:
    """The use cases around open sessions."""

    def __init__(self, book: StaffBook) -> None:
        self._book = book

    def standing(self, call: Call, asked: AskStanding) -> Standing:
        """Where the caller is signed in besides; a terminal's lock is noted. Nothing is recorded: it is asked often."""
        mine, others = self._book.read(lambda unit: _apart(unit, call))
        if mine and asked.locked != all(one.locked_at is not None for one in mine):
            at = call.at if asked.locked else None
            self._book.write(lambda unit: _put_locked(unit, mine, at))
        return Standing(elsewhere=self._book.read(lambda unit: others_as_told(unit, others)))

    def end_elsewhere(self, call: Call, _: EndElsewhere) -> Standing:
        """End the caller's sessions at other terminals; gives which ones. Each is a record."""

        def end(unit: StaffUnit) -> Standing:
            mine, others = _apart(unit, call)
            for one in others:
                unit.end_session(one.token_digest, Ending(call.at, ELSEWHERE, call.actor.staff_id, call.actor.terminal))
                unit.record(act_of(call, "session.ended_elsewhere", about=one.staff_id, at_terminal=one.terminal))
            for one in mine:
                unit.put_waiting(one.token_digest, waits=False)
            return Standing(elsewhere=others_as_told(unit, others))

        return self._book.write(end)

    def seats(self, call: Call, _: AskSeats) -> Seats:
        """Who of the caller's departments is signed in. Looking is recorded."""

        def look(unit: StaffUnit) -> Seats:
            call.demand(SUPERVISE)
            names = {one.staff_id: one.name for one in unit.members(call.municipality)}
            windows = {one.terminal: one.window for one in unit.terminals(call.municipality)}
            found = [one for one in unit.open_sessions(call.municipality, "", call.at) if _may_end(unit, call, one)]
            unit.record(act_of(call, "session.listed", sessions=len(found)))
            return Seats(
                rows=tuple(
                    SeatRow(
                        session=one.name,
                        staff_id=one.staff_id,
                        name=names.get(one.staff_id, ""),
                        terminal=one.terminal,
                        window=windows.get(one.terminal, ""),
                        started_at=one.started_at,
                        locked_at=one.locked_at,
                    )
                    for one in found
                )
            )

        return self._book.write(look)

    def end(self, call: Call, asked: EndSession) -> Nothing:
        """End a colleague's session; both names are recorded, and the colleague is told.

        Errors: NotAllowed for one's own, another department's, or one that has ended.
        """

        def end(unit: StaffUnit) -> Nothing:
            call.demand(SUPERVISE)
            found = [one for one in unit.open_sessions(call.municipality, "", call.at) if one.name == asked.session]
            if not found or not _may_end(unit, call, found[0]):
                raise NotAllowed
            (one,) = found
            unit.end_session(one.token_digest, Ending(call.at, SUPERVISOR, call.actor.staff_id, call.actor.terminal))
            unit.record(act_of(call, "session.ended_other", about=one.staff_id, at_terminal=one.terminal))
            return Nothing()

        return self._book.write(end)


def end_earlier_here(unit: StaffUnit, call: Call, earlier: tuple[Session, ...]) -> tuple[Session, ...]:
    """Whoever signs in once more at the same terminal ends what was left there; gives those at other terminals."""
    for one in earlier:
        if one.terminal == call.actor.terminal:
            unit.end_session(one.token_digest, Ending(call.at, AGAIN, one.staff_id, one.terminal))
            act = act_of(call, "session.ended_again", about=one.staff_id)
            unit.record(replace(act, staff_id=one.staff_id))
    return tuple(one for one in earlier if one.terminal != call.actor.terminal)


def others_as_told(unit: StaffUnit, others: tuple[Session, ...]) -> tuple[OtherSession, ...]:
    """Sessions as their own person is told of them."""
    return tuple(
        OtherSession(
            terminal=one.terminal,
            window="" if (found := unit.terminal(one.municipality, one.terminal)) is None else found.window,
            started_at=one.started_at,
        )
        for one in others
    )


def is_held(unit: StaffUnit, session: Session) -> bool:
    """Whether it still has to be decided which of a person's sessions goes on."""
    if not session.waits:
        return False
    earlier = unit.open_sessions(session.municipality, session.staff_id, session.started_at)
    return any(one.terminal != session.terminal and one.started_at <= session.started_at for one in earlier)


def how_ended(unit: StaffUnit, session: Session) -> SessionEnded:
    """What its own person is told of a session that has ended."""
    by = unit.member(session.municipality, session.ended_by)
    terminal = unit.terminal(session.municipality, session.ended_from)
    return SessionEnded(
        why=session.ended_why,
        by=session.ended_by,
        name="" if by is None else by.name,
        terminal=session.ended_from,
        window="" if terminal is None else terminal.window,
        at=0 if session.ended_at is None else int(session.ended_at.timestamp()),
    )


def _apart(unit: StaffUnit, call: Call) -> tuple[tuple[Session, ...], tuple[Session, ...]]:
    """The caller's sessions here, and those elsewhere."""
    found = unit.open_sessions(call.municipality, call.actor.staff_id, call.at)
    here = tuple(one for one in found if one.terminal == call.actor.terminal)
    return here, tuple(one for one in found if one.terminal != call.actor.terminal)


def _put_locked(unit: StaffUnit, sessions: tuple[Session, ...], at: datetime | None) -> None:
    for one in sessions:
        unit.put_locked(one.token_digest, at)


def _may_end(unit: StaffUnit, call: Call, one: Session) -> bool:
    """Somebody else's, of a department in which the caller has a post too."""
    if one.staff_id == call.actor.staff_id:
        return False
    theirs, mine = (
        {post.department for post in standing(unit, call.municipality, who).posts_on(call.day)}
        for who in (one.staff_id, call.actor.staff_id)
    )
    return bool(theirs & mine)
