"""Unlock: the same person's factors, checked by the office, and the password by the work that only it opens."""

from app.errors import OtherPerson, Unreachable
from app.services.ports.memory import Journal, LockMemory, LockState, WorkStore
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked
from app.services.record_act import Doing, recorded
from app.services.sign_in import Entrance, Given, open_alone


class Unlock:
    """The use case."""

    def __init__(self, door: Entrance, work: WorkStore, locks: LockMemory, journal: Journal) -> None:
        self._door = door
        self._work = work
        self._locks = locks
        self._journal = journal

    def ask_card(self, press: Press, session: Session) -> CardAsked | None:
        """What the staff card is to be asked; None where none is wanted, and without a line: the password alone then.

        Errors: SessionEnded.
        """
        try:
            return self._door.office.ask_unlock_key(press, session)
        except Unreachable:
            return None

    def __call__(self, press: Press, session: Session, given: Given) -> None:
        """Open the work again. Without a line the sealed work alone proves the password, while the lease runs.

        Errors: those of the staff card; SignInRefused, TooManyTries, SessionEnded (sign in again), PasswordChanged,
        OtherPerson; without a line those of the lease.
        """
        state = self._locks.lock_state()
        where = state.visit_id if state else ""
        doing = Doing("session.unlocked", visit=where)
        recorded(self._journal, (press, session), doing, lambda: self._open(press, session, given, state), _said)
        self._locks.set_lock_state(LockState(session.actor.staff_id, None, where, state.draft_id if state else ""))

    def _open(self, press: Press, session: Session, given: Given, state: LockState | None) -> bool:
        """Whether the office was asked."""
        if state is not None and state.staff_id != session.actor.staff_id:
            raise OtherPerson
        staff_id, alone = session.actor.staff_id, self._door.alone
        try:
            self._door.office.unlock(press, session, self._door.shown(given))
        except Unreachable:
            alone.demand(staff_id)
            open_alone(alone, self._work, staff_id, given.password)
            return False
        self._work.open(staff_id, given.password, None)
        alone.renew(press, session)
        return True


def _said(asked: bool) -> dict[str, str | int | bool | None]:  # noqa: FBT001 -- the outcome itself
    return {"office_asked": asked}
