"""Confirm authority to act for somebody else (代理権) or the ground of a request: on paper or in the register."""

from app.domain.capacity import CapacityTable
from app.domain.identity import Means, Part, Question, Result
from app.domain.person import Capacity
from app.errors import NotAllowed, NotUnderstood
from app.services.confirm_person import Checked, keep
from app.services.known_facts import Relations
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.wire.desk import Evidence
from app.wire.register import Record


class ConfirmAuthority:
    """The use case. Of a paper only its kind is kept."""

    def __init__(self, journal: Journal, rules: CapacityTable, relations: Relations) -> None:
        self._journal = journal
        self._rules = rules
        self._relations = relations

    def by_paper(
        self, press: Press, session: Session, visit: Visit, capacity: Capacity, kinds: tuple[str, ...]
    ) -> Evidence:
        """The clerk has looked at papers of these kinds and holds them for sufficient.

        No kind at all is kept as not confirmed. Errors: NotUnderstood for a kind that proves nothing in this capacity.
        """
        if not set(kinds) <= {paper.id for paper in self._rules.papers_for(capacity)}:
            raise NotUnderstood(what="paper")
        result = Result.CONFIRMED if kinds else Result.NOT_CONFIRMED
        return self._keep((press, session, visit), Checked(Question.AUTHORITY, Means.PAPER, result, kinds))

    def by_register(
        self, press: Press, session: Session, visit: Visit, capacity: Capacity, household: tuple[Record, str]
    ) -> Evidence:
        """Whether the presenter stands in the household of ``household``: the record opened and their 宛名番号.

        For 世帯主 the register must also name them head. Errors: NotAllowed where the register proves nothing for this
        capacity.
        """
        rules = self._rules.capacities[capacity].rules.values()
        if not any(rule.by_register for rule in rules):
            raise NotAllowed
        record, business_number = household
        member = next((one for one in record.household if one.business_number == business_number), None)
        holds = member is not None and business_number != record.hit.business_number
        if capacity is Capacity.HOUSEHOLD_HEAD:
            holds = holds and member is not None and member.relation in self._relations.head
        result = Result.CONFIRMED if holds else Result.NOT_CONFIRMED
        return self._keep((press, session, visit), Checked(Question.AUTHORITY, Means.REGISTER, result))

    def _keep(self, at: tuple[Press, Session, Visit], checked: Checked) -> Evidence:
        return keep(self._journal, at, Part.PRESENTER, checked)
