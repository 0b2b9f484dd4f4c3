"""Show a paper of a case before anything is printed: composed, set in pages, and kept as an act."""

from collections.abc import Callable

from app.domain.clock import business_date
from app.domain.form import FormContent
from app.domain.procedure import Output, Procedure
from app.errors import PaperNeedsOffice
from app.services.compose_form import FormWords, Issuer, compose_form
from app.services.needs_office import needs_office
from app.services.paper import PagePress, Paper, PaperMark, set_paper
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk import ApplicationView


class ShowPaper:
    """The use case. ``paper``: sets a form in pages; slow (some 0.1 s).

    ``live``: asks the office something, for no paper is made where a restraint could not be looked at live.
    """

    def __init__(
        self,
        journal: Journal,
        paper: PagePress,
        words: FormWords,
        issuer: Issuer,
        live: Callable[[Press, Session], object],
    ) -> None:
        self._journal = journal
        self._paper = paper
        self._words = words
        self._issuer = issuer
        self._live = live

    def __call__(self, press: Press, session: Session, case: ApplicationView, about: tuple[Procedure, Output]) -> Paper:
        """The paper ``about[1]`` of ``case``. Errors: FormFault, PaperNeedsOffice, StoreError when no act is kept."""
        procedure, output = about
        today = business_date(press.at)
        content = compose_form(case, procedure, output, self._words, self._issuer, today)
        doing = Doing("paper.shown", visit=case.visit_id, about=case.application_id, what={"output": output.id})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._made(press, session, content, _mark(case, output)),
            lambda paper: {"pages": len(paper.pages)},
        )

    def _made(self, press: Press, session: Session, content: FormContent, mark: PaperMark) -> Paper:
        with needs_office(PaperNeedsOffice):
            self._live(press, session)
        return set_paper(self._paper, content.title, content, mark)


def _mark(case: ApplicationView, output: Output) -> PaperMark:
    roles = case.roles
    people = (roles.applicant, roles.presenter, *roles.subjects, *roles.number_givers)
    numbers = tuple(dict.fromkeys(one.business_number for one in people if one.business_number))
    return PaperMark(
        output.form,
        case.number,
        case.visit_id,
        case.application_id,
        asks_leave=True,
        persons=numbers,
        addressee=roles.applicant.business_number,
    )
