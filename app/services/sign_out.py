"""Sign out: the work closes, nothing more is sent in this person's name, the office ends the session."""

from app.errors import OfficeError
from app.services.ports.memory import Journal, LockMemory, Postbox, WorkStore
from app.services.ports.office import StaffOffice
from app.services.ports.seat import Press, Session

SETTLE_S = 1.2
"""How long signing out waits for what is about to be sent; what is left waits for the next sign-in. Assumed."""


class SignOut:
    """The use case."""

    def __init__(
        self, office: StaffOffice, work: WorkStore, postbox: Postbox, journal: Journal, locks: LockMemory
    ) -> None:
        self._office = office
        self._work = work
        self._postbox = postbox
        self._journal = journal
        self._locks = locks

    def __call__(self, press: Press, session: Session) -> None:
        """Here it ends in any case and within 3 s; without a line the office ends the session by its time."""
        self._work.close()
        self._postbox.settle(SETTLE_S)
        self._postbox.serve(None)
        told = True
        try:
            self._office.sign_out(press, session)
        except OfficeError:
            told = False
        session.token.wipe()
        self._locks.set_lock_state(None)
        self._journal.write(session.act(press, "session.closed", office_told=told))
