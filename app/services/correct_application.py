"""Correct a returned application (補正): its author goes on with what was handed in; number and receipt date stay."""

from app.domain.procedure import Procedure
from app.errors import Refused
from app.services.ports.memory import Journal, WorkStore
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk import ApplicationView, Step
from app.wire.draft import Draft, Returned

RECEPTION, RETURNED = "reception", "returned"


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
    )
