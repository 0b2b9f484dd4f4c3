"""Unlock: the same person's password, checked by the office and by the work that only it opens."""

from app.domain.secret import Secret
from app.errors import OtherPerson, Unreachable
from app.services.ports.memory import Journal, LockMemory, LockState, WorkStore
from app.services.ports.office import StaffOffice
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded


class Unlock:
    """The use case."""

    def __init__(self, office: StaffOffice, work: WorkStore, locks: LockMemory, journal: Journal) -> None:
        self._office = office
        self._work = work
        self._locks = locks
        self._journal = journal

    def __call__(self, press: Press, session: Session, password: Secret) -> None:
        """Open the work again. Without a line the sealed work alone proves the password.

        Errors: SignInRefused, TooManyTries, SessionEnded (sign in again), PasswordChanged, OtherPerson.
        """
        state = self._locks.lock_state()
        where = state.visit_id if state else ""
        doing = Doing("session.unlocked", visit=where)
        recorded(self._journal, (press, session), doing, lambda: self._open(press, session, password, state), _said)
        self._locks.set_lock_state(LockState(session.actor.staff_id, None, where, state.draft_id if state else ""))

    def _open(self, press: Press, session: Session, password: Secret, state: LockState | None) -> bool:
        """Whether the office was asked."""
        if state is not None and state.staff_id != session.actor.staff_id:
            raise OtherPerson
        asked = True
        try:
            self._office.unlock(press, session, password)
        except Unreachable:
            asked = False
        self._work.open(session.actor.staff_id, password, None)
        return asked


def _said(asked: bool) -> dict[str, str | int | bool | None]:  # noqa: FBT001 -- the outcome itself
    return {"office_asked": asked}
