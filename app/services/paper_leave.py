"""Leave to print a paper of the desk: the register is asked about everybody on it in that very moment."""

from collections.abc import Callable

from app.services.paper import PaperMark
from app.services.ports.restraints import IssueLeave
from app.services.ports.seat import Press, Session
from app.wire.register_restraint import CheckPaper


class AskPaperLeave:
    """The use case. ``anything``: what the office is asked where a paper names nobody of the register."""

    def __init__(self, office: IssueLeave, anything: Callable[[Press, Session], object]) -> None:
        self._office, self._anything = office, anything

    def __call__(self, press: Press, session: Session, mark: PaperMark) -> bool:
        """Whether somebody restrained stands on it. Errors: Refused ``may_not_print``; those of the office."""
        if not mark.persons:
            self._anything(press, session)
            return False
        asked = CheckPaper(persons=mark.persons, addressee=mark.addressee, visit_id=mark.visit)
        return self._office.check_paper(press, session, asked).alert
