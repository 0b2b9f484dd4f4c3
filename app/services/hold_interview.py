"""聞き取り as a use case: what the 住民票 lets it know, that it was held, and the slip that the resident takes home."""

from datetime import date

from app.domain.capacity import CapacityTable
from app.domain.facts import Value
from app.domain.interview import Interview
from app.domain.person import Capacity
from app.domain.visit_plan import Plan, Standing
from app.services.compose_form import Issuer
from app.services.compose_guidance import FORM, GuidanceWords, compose_guidance
from app.services.known_facts import Relations
from app.services.paper import PagePress, Paper, PaperMark, set_paper
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.services.residence_facts import known_to
from app.wire.register import Record


class HoldInterview:
    """The use case."""

    def __init__(
        self,
        journal: Journal,
        interview: Interview,
        tables: tuple[Relations, CapacityTable],
        paper: tuple[PagePress, GuidanceWords, Issuer, str],
    ) -> None:
        """``paper``: what sets a form in pages (PNG), the slip's words, who issues it, the mark of training."""
        self._journal, self.interview = journal, interview
        self._relations, self._rules = tables
        self._press, self._words, issuer, mark = paper
        self._style = (issuer, mark)

    def known(self, record: Record | None, capacity: Capacity, day: date) -> dict[str, Value]:
        """What the register may say in this interview to who stands here."""
        return known_to(self.interview, record, (capacity, self._rules), self._relations, day)

    def note(self, press: Press, session: Session, visit: Visit, plan: Plan) -> None:
        """Write that an interview was held, and how much came of it; what was said is nobody's later business."""
        today = sum(one.standing is Standing.TODAY for one in plan.items)
        self._journal.write(
            session.act(press, "interview.held", visit=visit.visit_id, suggested=len(plan.items), today=today)
        )

    def slip(self, press: Press, session: Session, visit: Visit, plan: Plan) -> Paper:
        """案内票 in pages. Errors: FormFault; StoreError when no act can be kept: then nothing is shown."""
        content = compose_guidance((press, visit), self.interview, plan, self._words, self._style)
        paper = set_paper(self._press, content.title, content, PaperMark(FORM, visit=visit.visit_id))
        pages = len(paper.pages)
        self._journal.write(session.act(press, "paper.shown", visit=visit.visit_id, output=FORM, pages=pages))
        return paper
