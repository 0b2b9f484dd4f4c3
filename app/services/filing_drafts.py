"""Drafts of changes of the register: kept on this PC until the office has them, as drafts of applications are."""

from app.services.ports.memory import DraftMark, Journal, WorkStore
from app.services.ports.seat import Press, Session
from app.wire.draft import Draft

DRAFTED = "register:"
"""What the procedure of such a draft begins with; the kind of the change stands behind it."""


class FilingDrafts:
    """The use cases. Errors of all: WorkClosed while it is locked; StoreBusy; DiskFull."""

    def __init__(self, work: WorkStore, journal: Journal) -> None:
        self._work, self._journal = work, journal

    def keep(self, draft: Draft) -> Draft:
        """Keep what is typed, durably."""
        self._work.save(draft)
        return draft

    def listed(self) -> tuple[DraftMark, ...]:
        """What was typed and not yet sent, latest first; nothing while it is locked."""
        found = self._work.drafts() if self._work.is_open else ()
        return tuple(one for one in found if one.procedure.startswith(DRAFTED))

    def resume(self, press: Press, session: Session, draft_id: str) -> Draft:
        """Go on with it. Errors: NotAllowed when there is none."""
        draft = self._work.draft(draft_id)
        self._journal.write(session.act(press, "draft.resumed", visit=draft.visit_id, draft=draft_id))
        return draft

    def done_with(self, draft_id: str) -> None:
        """The office has it: the draft goes."""
        self._work.drop(draft_id)

    def drop(self, press: Press, session: Session, draft_id: str) -> None:
        """Throw a draft away on purpose."""
        self._journal.write(session.act(press, "draft.dropped", draft=draft_id))
        self._work.drop(draft_id)
