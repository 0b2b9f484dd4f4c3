"""A terminal that two administrators enrolled anew: its old journal is closed when the new key first comes."""

from app.backend.desk.ports import DeskBook, Enrolments
from app.backend.desk.service.journals import Journals
from app.domain.act import Act
from app.domain.call import Call
from app.trust.guardianship import GuardianLists, no_guardians
from app.wire.desk import JournalKept, SyncJournal

DESK = "slice:desk"


class ReenrolledJournals(Journals):
    """Journals whose terminals may be enrolled anew by proposal. ``enrolments`` None: nobody here knows of any.

    Where the same key goes on (only the window's number changed) nothing is closed.
    """

    def __init__(self, book: DeskBook, enrolments: Enrolments | None, guardians: GuardianLists = no_guardians) -> None:
        super().__init__(book, guardians)
        self._enrolments = enrolments

    def keep(self, call: Call, asked: SyncJournal) -> JournalKept:
        """See ``Journals.keep``; before it the old journal is closed at its last checkpoint, where that is due."""
        if self._is_due(call, asked.public_key):
            terminal = call.actor.terminal
            self.reenrol(
                Act("terminal.reenrolled", call.at, call.municipality, DESK, terminal, call.trace, about=terminal)
            )
        return super().keep(call, asked)

    def _is_due(self, call: Call, public_key: bytes) -> bool:
        """Whether another key comes, from a terminal that was enrolled after its journal began."""
        if self._enrolments is None or not call.may_anything("journal.write"):
            return False
        known = self._book.read(lambda unit: unit.journal(call.municipality, call.actor.terminal))
        if known is None or not known.public_key or known.public_key == public_key or known.begun_at is None:
            return False
        enrolled_at = self._enrolments.enrolled_at(call.municipality, call.actor.terminal)
        return enrolled_at is not None and enrolled_at > known.begun_at
