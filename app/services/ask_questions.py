"""Confirm a person by questions (質問): the clerk holds the answers against the register; only the result is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.era import wareki
from app.domain.identity import Document, Means, Part, Question, Result, points
from app.domain.questions import QuestionRules
from app.services.confirm_person import Checked, document_of, keep
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.wire.desk import Evidence
from app.wire.register import Member, Record

_BETWEEN = "　"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what the register says to it: for the clerk's eyes alone, never on the resident's display."""

    id: str
    text: str
    expected: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """The clerk's judgement: question id → whether the answer agreed; ``kinds``: documents shown besides."""

    agreed: Mapping[str, bool]
    kinds: tuple[str, ...] = ()


class AskQuestions:
    """The use case. It confirms nobody under the regime of 個人番号 (the rules say so, not this)."""

    def __init__(self, journal: Journal, documents: Sequence[Document], rules: QuestionRules) -> None:
        self._journal = journal
        self._documents = {one.id: one for one in documents}
        self._rules = rules

    @property
    def rules(self) -> QuestionRules:
        """How many have to be asked, how many may be wrong, what documents have to weigh."""
        return self._rules

    def asked(self, record: Record) -> tuple[Asked, ...]:
        """The questions to which this record has an answer, in the order of the list."""
        offered = ((one, _EXPECTED[one.answer](record)) for one in self._rules.questions)
        return tuple(Asked(one.id, one.text, expected) for one, expected in offered if expected)

    def __call__(self, press: Press, session: Session, visit: Visit, record: Record, answered: Answered) -> Evidence:
        """Keep that questions were asked and what came of it, not which and not what was answered.

        A question without an answer in the record does not count. Errors: NotUnderstood for an unknown kind.
        """
        known = {one.id for one in self.asked(record)}
        counted = [agreed for name, agreed in answered.agreed.items() if name in known]
        shown = points(document_of(self._documents, kind) for kind in answered.kinds)
        holds = self._rules.holds(counted.count(True), counted.count(False), shown)
        result = Result.CONFIRMED if holds else Result.NOT_CONFIRMED
        checked = Checked(Question.IDENTITY, Means.QUESTIONS, result, answered.kinds)
        return keep(self._journal, (press, session, visit), Part.PRESENTER, checked)


def _others(record: Record) -> tuple[Member, ...]:
    return tuple(one for one in record.household if one.business_number != record.hit.business_number)


def _of_others(tell: Callable[[Member], str]) -> Callable[[Record], str]:
    return lambda record: "、".join(tell(one) for one in _others(record))


def _january(record: Record) -> str:
    return "、".join(f"{one.year}{_BETWEEN}{one.municipality_name}{one.address}" for one in record.first_january)


_EXPECTED: dict[str, Callable[[Record], str]] = {
    "household.names": _of_others(lambda one: one.name),
    "household.births": _of_others(lambda one: f"{one.name}{_BETWEEN}{wareki(one.birth)}"),
    "household.relations": _of_others(lambda one: f"{one.name}{_BETWEEN}{one.relation}"),
    "moved_in.day": lambda record: "" if record.moved_in_on is None else wareki(record.moved_in_on),
    "moved_in.from": lambda record: record.moved_from,
    "january.address": _january,
    "name.former": lambda record: record.former_name,
    "name.alias": lambda record: record.alias,
}
