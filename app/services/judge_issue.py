"""交付可・交付不可: of whom certificates may be issued to whoever stands here, asked before anything is chosen."""

from app.errors import PaperNeedsOffice
from app.services.needs_office import needs_office
from app.services.ports.memory import Journal
from app.services.ports.restraints import IssueLeave
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.register_restraint import AskIssue, IssueVerdict


class JudgeIssue:
    """The use case. Why somebody is not issued the office tells to who may know only."""

    def __init__(self, office: IssueLeave, journal: Journal) -> None:
        self._office, self._journal = office, journal

    def __call__(self, press: Press, session: Session, asked: AskIssue) -> IssueVerdict:
        """One line for each person. Errors: PaperNeedsOffice, NotUnderstood, NotAllowed."""

        def judge() -> IssueVerdict:
            with needs_office(PaperNeedsOffice):
                return self._office.judge(press, session, asked)

        doing = Doing("issue.judged", asked.visit_id, asked.persons[0], {"people": len(asked.persons)})
        return recorded(self._journal, (press, session), doing, judge)
