"""Correct a returned application (補正): its author goes on with what was handed in; number and receipt date stay."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.merge import Difference, Place, differences, dropped, merged
from app.domain.procedure import Procedure
from app.errors import Refused
from app.services.ports.memory import Journal, WorkStore
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk import ApplicationView, Step
from app.wire.desk_marks import FieldMark, SetAside
from app.wire.draft import Draft, Returned

RECEPTION, RETURNED = "reception", "returned"


@dataclass(frozen=True, slots=True)
class Apart:
    """Two persons' entries: ``draft`` as it lies here, ``found`` what differs field by field."""

    draft: Draft
    found: tuple[Difference, ...]


class CorrectApplication:
    """The use case. The draft carries the application's own identifier, so there is one at most."""

    def __init__(self, work: WorkStore, journal: Journal) -> None:
        self._work = work
        self._journal = journal

    def __call__(self, press: Press, session: Session, view: ApplicationView, procedure: Procedure) -> Draft:
        """The draft to go on with: one begun before for this return, else a new one, saved.

        It belongs to the visit in which the application was received. Errors: Refused ``not_author``, ``no_right``,
        ``wrong_state``, ``correction_waits`` when it was handed in again and waits here to be sent; WorkClosed.
        """
        doing = Doing(
            "application.correction_begun",
            visit=view.visit_id,
            about=view.application_id,
            what={"version": view.version},
        )
        return recorded(self._journal, (press, session), doing, lambda: self._draft(press, view, procedure))

    def apart(self, view: ApplicationView) -> Apart | None:
        """What was entered here for an earlier state of the application while somebody else changed it; None: nothing.

        Of a draft that tells no state it began with, whatever differs from now counts as entered by both.
        """
        known = next((one for one in self._work.drafts() if one.draft_id == view.application_id), None)
        if known is None or known.handed_in or view.state != RETURNED:
            return None
        begun = self._work.draft(known.draft_id)
        if begun.version == view.version:
            return None
        found = differences(begun.base or view.before or {}, begun.facts, view.facts)
        return Apart(begun, found) if any(one.mine not in {one.base, one.theirs} for one in found) else None

    def settle(
        self,
        press: Press,
        session: Session,
        view: ApplicationView,
        about: tuple[Procedure, Apart, Mapping[Place, bool]],
    ) -> Draft:
        """Put both entries together as chosen, saved; what is not taken stays with the draft.

        Errors: as for ``__call__``.
        """
        procedure, apart, theirs_at = about
        doing = Doing("application.merged", about=view.application_id, what={"fields": len(apart.found)})

        def work() -> Draft:
            if RECEPTION not in view.may:
                raise Refused(view.why_not.get(RECEPTION, "not_author"))
            draft = _draft_of(press, view, procedure, view.steps[-1])
            marks = {one.path: one for one in view.marks}
            kept = tuple(
                _aside(session, apart.draft, marks, one, theirs=theirs)
                for one, theirs in dropped(apart.found, theirs_at)
            )
            facts = merged(apart.draft.facts, apart.found, theirs_at)
            draft = draft.changed(facts=facts, set_aside=(*apart.draft.set_aside, *kept), signature=None)
            self._work.save(draft)
            self._work.handed_in(draft.draft_id, "")
            return draft

        return recorded(self._journal, (press, session), doing, work)

    def _draft(self, press: Press, view: ApplicationView, procedure: Procedure) -> Draft:
        back = view.steps[-1] if view.steps else None
        if back is None or view.state != RETURNED:
            raise Refused("wrong_state", state=view.state)
        if RECEPTION not in view.may:
            raise Refused(view.why_not.get(RECEPTION, "not_author"))
        known = next((one for one in self._work.drafts() if one.draft_id == view.application_id), None)
        if known is not None and (begun := self._work.draft(known.draft_id)).version == view.version:
            if known.handed_in:
                raise Refused("correction_waits")
            return begun
        draft = _draft_of(press, view, procedure, back)
        self._work.save(draft)
        self._work.handed_in(draft.draft_id, "")
        return draft


def _aside(
    session: Session, draft: Draft, marks: Mapping[str, FieldMark], one: Difference, *, theirs: bool
) -> SetAside:
    """An entry that is not taken, with whose it was."""
    mark, path = marks.get(str(one.place)), str(one.place)
    if not theirs:
        return SetAside(path=path, value=one.mine, name=session.actor.name, at=draft.saved_at)
    return SetAside(path=path, value=one.theirs, name=mark.name if mark else "", at=mark.at if mark else draft.saved_at)


def _draft_of(press: Press, view: ApplicationView, procedure: Procedure, back: Step) -> Draft:
    return Draft(
        draft_id=view.application_id,
        visit_id=view.visit_id,
        procedure=view.procedure,
        procedure_version=procedure.version,
        saved_at=press.at,
        roles=view.roles,
        facts=view.facts,
        evidence=view.evidence,
        confirmed_findings=view.confirmed_findings,
        application_id=view.application_id,
        version=view.version,
        returned=Returned(number=view.number, receipt_date=view.receipt_date, step=back),
        signature=view.signature,
        base=view.facts,
    )
