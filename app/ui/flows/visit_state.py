"""One visit as the flows know it, and errands whose answers are dropped once the visit has passed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject

from app.domain.carrying import Said
from app.domain.person import BasicFour, Capacity
from app.domain.procedure import Procedure
from app.domain.visit_plan import Plan
from app.errors import AppError
from app.services.card_port import Insertion
from app.services.ports.seat import Session, Visit
from app.services.prepare_application import Parts
from app.ui.background import Lane, Ticket
from app.wire.desk import Evidence, PersonMark, RolesMark
from app.wire.draft import Draft
from app.wire.register import Hit, Record

T = TypeVar("T")


@dataclass(slots=True)
class Present:
    """The visit under way. Made anew for each visit; nothing of it outlives the visit.

    ``presenter``: who stands here, by card or by eye; ``card_at``: where that card lay; ``by_questions``: to be
    confirmed by questions, once the record is open. ``record`` None: not in the register; ``typed`` holds then what
    the clerk entered, by the paths that procedures prefill from (card.name …). ``plan``: what an interview made of this
    visit, None without one; ``said``: what its applications so far said that others ask too.
    """

    session: Session
    visit: Visit
    capacity: Capacity = Capacity.SELF
    presenter: str = field(default="", repr=False)
    by_questions: bool = False
    card: BasicFour | None = field(default=None, repr=False)
    card_at: Insertion | None = None
    record: Record | None = field(default=None, repr=False)
    typed: dict[str, str | date] = field(default_factory=dict, repr=False)
    evidence: tuple[Evidence, ...] = ()
    procedure: Procedure | None = None
    number_state: str = ""
    draft: Draft | None = field(default=None, repr=False)
    plan: Plan | None = field(default=None, repr=False)
    said: dict[str, Said] = field(default_factory=dict, repr=False)

    @property
    def hit(self) -> Hit | None:
        """Whom it concerns, as the register states it."""
        return None if self.record is None else self.record.hit

    @property
    def name(self) -> str:
        """The applicant's name as far as it is known."""
        if self.record is not None:
            return self.record.hit.name
        typed = self.typed.get("card.name", "")
        return str(typed) or (self.card.name if self.card is not None and self.capacity is Capacity.SELF else "")

    def parts(self) -> Parts:
        """Who plays which part."""
        applicant = PersonMark(business_number=self.hit.business_number if self.hit else "", name=self.name)
        own = self.capacity is Capacity.SELF
        presenter = applicant if own else PersonMark(business_number="", name=self.presenter)
        roles = RolesMark(presenter=presenter, capacity=self.capacity.value, applicant=applicant)
        return Parts(roles, self.evidence)


class Errands(QObject):
    """Work on lanes for one visit. ``drop`` forgets all answers that are still on their way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tickets: list[Ticket] = []

    def run(
        self, lane: Lane, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[AppError], None]
    ) -> Ticket:
        """Do ``work`` on ``lane``; its answer comes unless it was dropped."""
        ticket = lane.run(work, owner=self, done=done, failed=failed)
        self._tickets.append(ticket)
        return ticket

    def drop(self) -> None:
        """Want none of the answers any more."""
        for ticket in self._tickets:
            ticket.cancel()
        self._tickets.clear()


def nothing(_: object) -> None:
    """For answers that nobody waits for."""
