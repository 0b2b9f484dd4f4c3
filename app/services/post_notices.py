"""届出受理通知 at a counter: which wait, what is printed on one, and that it was given to the post."""

from datetime import date
from typing import Protocol

from app.domain.act import Detail
from app.domain.era import wareki
from app.domain.form import FormContent, FormRow, FormSection
from app.domain.procedure import Procedure
from app.errors import FormFault
from app.services.compose_form import FormWords, Issuer
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.notices import Notice, NoticePosted, Notices

KIND = "acceptance_notice"
"""The kind of output in a procedure's file that is printed for it."""


class NoticeOffice(Protocol):
    """The desk's post room. Errors as in ``app.services.ports.office``."""

    def notices(self, press: Press, session: Session, *, posted: bool) -> Notices: ...

    def post_notice(self, press: Press, session: Session, application_id: str, version: int) -> NoticePosted: ...


class PostNotices:
    """The use cases of who prints and posts."""

    def __init__(self, office: NoticeOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def waiting(self, press: Press, session: Session, *, posted: bool = False) -> Notices:
        """What waits for the post, oldest first; ``posted``: what was posted today instead."""
        doing = Doing("notices.shown")
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.notices(press, session, posted=posted),
            _counted,
        )

    def post(self, press: Press, session: Session, notice: Notice) -> NoticePosted:
        """It was printed and given to the post. Errors: Conflict when somebody was first."""
        return recorded(
            self._journal,
            (press, session),
            Doing("notice.posted", about=notice.application_id),
            lambda: self._office.post_notice(press, session, notice.application_id, notice.version),
        )


def notice_content(notice: Notice, procedure: Procedure, words: FormWords, issuer: Issuer, today: date) -> FormContent:
    """What is printed: to whom and where, number, receipt date; nothing else of the notification.

    Errors: FormFault where the procedure has no such output, or no address is known: then somebody enters it by hand.
    """
    output = next((one for one in procedure.outputs if one.kind == KIND), None)
    if output is None or not notice.address:
        raise FormFault(what=KIND if output is None else "address")
    former = procedure.field(procedure.identity.former_address)
    rows = [FormRow(words.number, notice.number), FormRow(words.received_on, wareki(notice.receipt_date))]
    if former is not None:
        rows.append(FormRow(former.label, notice.address))
    return FormContent(
        form=output.form,
        title=output.title,
        number=notice.number,
        issued_on=wareki(today),
        issuer=issuer.title,
        addressee=f"{notice.name} {words.honorific}",
        lead=output.text,
        sections=(FormSection(procedure.title, tuple(rows)),),
        reasons=(),
        instruction=(),
        mark=words.mark,
    )


def _counted(found: Notices) -> dict[str, Detail]:
    return {"entries": len(found.entries)}
