"""Drafts of the forms in the office's other rooms: kept on this PC until the office has what was typed."""

from app.services.ports.memory import Journal, WorkStore
from app.services.ports.seat import Press, Session
from app.wire.draft import Draft
from app.wire.entry_draft import SECRET, EntryDraft
from app.wire.message import decode, encode

ENTERED = "entry:"
"""What the procedure of such a draft begins with; the name of the form stands behind it."""
_TYPED = "typed"


class EntryDrafts:
    """The use cases. Errors of all: WorkClosed while it is locked; StoreBusy; DiskFull."""

    def __init__(self, work: WorkStore, journal: Journal) -> None:
        self._work, self._journal = work, journal

    def keep(self, press: Press, draft_id: str, typed: EntryDraft) -> Draft:
        """Keep what is typed, durably; secrets are left out."""
        values = {name: value for name, value in typed.values.items() if name not in SECRET}
        kept = EntryDraft(form=typed.form, values=values, about=typed.about)
        made = Draft(
            draft_id=draft_id,
            visit_id="",
            procedure=f"{ENTERED}{typed.form}",
            procedure_version=1,
            saved_at=press.at,
            facts={_TYPED: encode(kept).decode()},
        )
        self._work.save(made)
        return made

    def latest(self, form: str, about: dict[str, str]) -> tuple[str, EntryDraft] | None:
        """What was typed last into this form about the same thing and never sent, with its draft's id."""
        for mark in self._work.drafts() if self._work.is_open else ():
            if mark.procedure == f"{ENTERED}{form}":
                typed = typed_in(self._work.draft(mark.draft_id))
                if typed is not None and typed.about == about:
                    return mark.draft_id, typed
        return None

    def done_with(self, draft_id: str) -> None:
        """The office has it: the draft goes."""
        self._work.drop(draft_id)

    def drop(self, press: Press, session: Session, draft_id: str) -> None:
        """Throw a draft away on purpose."""
        self._journal.write(session.act(press, "draft.dropped", draft=draft_id))
        self._work.drop(draft_id)


def typed_in(draft: Draft) -> EntryDraft | None:
    """The form that a draft keeps, None for a draft of something else."""
    kept = draft.facts.get(_TYPED)
    if not draft.procedure.startswith(ENTERED) or not isinstance(kept, str):
        return None
    return decode(kept.encode(), EntryDraft)
