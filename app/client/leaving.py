"""What a lock does to the work: the last keystrokes on their way, the key gone, the window's work sealed."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.client.counter import Counter
from app.client.put_away import PutAway
from app.services.lock import Why
from app.services.ports.seat import Press, Session
from app.ui.background import Lane, Mark
from app.ui.flows.visit import Stand, VisitDesk
from app.ui.screens.locked import LockReason

SAVED_S = 0.1
"""How long a key stays for the last keystrokes: behind a store that hangs they wait in the sealed work. Assumed."""


class Leaving:
    """Between the press that locks and the locked window. ``reason``: why it was locked last."""

    def __init__(
        self, counter: Counter, visit: VisitDesk, put_away: PutAway, store: Lane, press: Callable[[], Press]
    ) -> None:
        self._counter, self._visit, self._store, self._press = counter, visit, store, press
        self.put_away = put_away
        self._stood, self._saved, self.reason = Stand(), Mark(), LockReason.SYSTEM

    def leave(self, owner: QObject) -> None:
        """Before the key goes: the last keystrokes are on their way to the store. On the window's thread."""
        self.put_away.begin()
        self._stood = self._visit.where()
        self._visit.save_now()
        self._saved = self._store.mark(owner)
        self._visit.copy_now()

    def seal(self, session: Session | None, reason: str) -> None:
        """The key goes, and the lock is remembered. On a thread of its own lane."""
        self.reason = LockReason(reason)
        self.wait_for_saves()
        if session is not None:
            stood = self._stood
            self._counter.cases.lock(self._press(), session, Why(reason), stood.visit_id, stood.draft_id)

    def wait_for_saves(self) -> None:
        """Until what was typed last is saved, but no longer than a hanging store is worth."""
        self._saved.wait(SAVED_S)
