"""Lock: the key of the person's work leaves memory at once; the session and what waits to be sent go on."""

from enum import StrEnum

from app.services.ports.memory import Journal, LockMemory, LockState, WorkStore
from app.services.ports.seat import Press, Session


class Why(StrEnum):
    """Why it locks."""

    ASKED = "asked"
    IDLE = "idle"
    SYSTEM = "system"
    CARD = "card"
    LEASE = "lease"


class Lock:
    """The use case."""

    def __init__(self, work: WorkStore, locks: LockMemory, journal: Journal) -> None:
        self._work = work
        self._locks = locks
        self._journal = journal

    def __call__(self, press: Press, session: Session, why: Why, visit_id: str = "", draft_id: str = "") -> None:
        """Lock; ``visit_id`` and ``draft_id`` say where the person stands. Save the draft before.

        The key goes first, whatever fails afterwards.
        """
        self._work.close()
        self._locks.set_lock_state(LockState(session.actor.staff_id, press.at, visit_id, draft_id))
        self._journal.write(session.act(press, "session.locked", visit=visit_id, why=why.value))
