"""Save a draft on this PC, and send a sealed copy for take-over at the points the flow chooses."""

from app.services.ports.memory import CopySealer, Journal, Kind, Outgoing, WorkStore
from app.services.ports.seat import Press, Session
from app.wire.desk import DraftCopy
from app.wire.draft import Draft


class SaveDraft:
    """The use case. Saving is durable when it returns; the flow saves within 2 s of every change."""

    def __init__(self, work: WorkStore, journal: Journal, sealer: CopySealer) -> None:
        self._work = work
        self._journal = journal
        self._sealer = sealer

    def __call__(self, press: Press, draft: Draft) -> Draft:
        """Keep this state; the draft as saved. An entry is no act of its own: none is recorded."""
        saved = draft.changed(saved_at=press.at)
        self._work.save(saved)
        return saved

    def with_copy(self, press: Press, session: Session, draft: Draft) -> Draft:
        """Keep this state and send a copy of it."""
        saved = self(press, draft)
        self.copy(press, session, saved)
        return saved

    def copy(self, press: Press, session: Session, draft: Draft) -> None:
        """Send a copy for take-over, on lock and at the end of a part; the work may be closed.

        Only supervisors of the section open it, and the office's recovery key.
        """
        copy = DraftCopy(
            draft_id=draft.draft_id,
            visit_id=draft.visit_id,
            sealed=self._sealer.sealed_copy(draft),
            saved_at=draft.saved_at,
            procedure=draft.procedure,
            for_takers=self._sealer.for_takers(draft),
        )
        outgoing = Outgoing(press.key, session.actor.staff_id, draft.visit_id, Kind.DRAFT_COPY, copy)
        self._journal.write(session.act(press, "draft.copied", visit=draft.visit_id, draft=draft.draft_id), outgoing)


class ResumeDraft:
    """Go on with a draft where it was left."""

    def __init__(self, work: WorkStore, journal: Journal) -> None:
        self._work = work
        self._journal = journal

    def __call__(self, press: Press, session: Session, draft_id: str) -> Draft:
        """The draft with the field it was left in. Errors: NotAllowed when there is none, WorkClosed."""
        draft = self._work.draft(draft_id)
        self._journal.write(session.act(press, "draft.resumed", visit=draft.visit_id, draft=draft_id))
        return draft

    def drop(self, press: Press, session: Session, draft_id: str) -> None:
        """Delete a draft on purpose."""
        draft = self._work.draft(draft_id)
        self._journal.write(session.act(press, "draft.dropped", visit=draft.visit_id, draft=draft_id))
        self._work.drop(draft_id)
