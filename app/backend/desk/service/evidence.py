"""Evidence as the reception counts it: the counter's word is held against rules, roles, order and the desk's ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.capacity import CapacityTable, Consequence, Outcome, consequence
from app.domain.clock import business_date
from app.domain.identity import Aspect, Confirmation, Document, Means, Question, Regime, Result, points, suffices
from app.domain.person import Capacity
from app.domain.procedure import Kind, Procedure
from app.domain.questions import QuestionRules
from app.errors import NotUnderstood
from app.wire.desk import Evidence, Fact, HandIn
from app.wire.evidence import confirmations

GIVEN, ABSENT = "given", "absent"
"""What a case may know of a number: it was handed over, or there is none."""
_CHIPS = frozenset({Means.CHIP, Means.PIN, Means.JPKI, Means.DOCUMENT_CHIP})
_TAKEN = frozenset({Means.CODE_A, Means.PIN, Means.PAPER})


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """The shipped data about confirming persons: kinds of documents, capacities, questions."""

    documents: Sequence[Document]
    capacities: CapacityTable
    questions: QuestionRules


@dataclass(frozen=True, slots=True)
class Judged:
    """What a hand-in's evidence comes to. ``facts``: without a number that was not taken; ``dropped``: its fields."""

    evidence: tuple[Evidence, ...]
    outcome: Outcome
    facts: dict[str, Fact]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk itself knows: the evidence of an earlier hand-in, and whether it gave leave for code A."""

    earlier: tuple[Evidence, ...] = ()
    has_leave: bool = False


def evidence_act(call: Call, visit_id: str, application_id: str, one: Evidence) -> Act:
    """The ledger's record: kind of document, verdicts, result, who, where, when, under which rules and of whom."""
    marks = {f"verdict_{aspect}": mark for aspect, mark in one.verdicts.items()}
    return act_of(
        call,
        "evidence.kept",
        visit=visit_id,
        about=application_id,
        question=one.about.value,
        method=one.method.value,
        document=one.document,
        result=one.result.value,
        role=one.role.value,
        regime="" if one.regime is None else one.regime.value,
        confirmed_by=one.staff_id,
        confirmed_at=one.at.isoformat(),
        confirmed_where=one.terminal,
        valid_until="" if one.valid_until is None else one.valid_until.isoformat(),
        revocation_as_of="" if one.revocation_as_of is None else one.revocation_as_of.isoformat(),
        **marks,
    )


class Judge:
    """Judges evidence. What does not count leaves the person unconfirmed; it never stops a reception."""

    def __init__(self, rules: IdentityRules) -> None:
        self._rules = rules
        self._documents = {one.id: one for one in rules.documents}
        self._papers = frozenset(one.id for one in rules.capacities.papers)

    def judge(self, call: Call, procedure: Procedure, asked: HandIn, known: Known) -> Judged:
        """Count the evidence of ``asked``. Errors: NotUnderstood for a kind of document that is not on the lists."""
        self._demand_kinds(asked.evidence)
        regime, capacity = procedure.identity.regime, Capacity(asked.roles.capacity)
        counted = tuple(one for one in asked.evidence if _counts(call, regime, one, known))
        found = [self._weighed(one, known) for one in counted]
        ordered = [self._in_order(capacity, found, counted, at) for at in range(len(counted))]
        outcome = consequence(self._rules.capacities, regime, capacity, ordered)
        dropped = tuple(_not_taken(procedure, asked.facts, outcome, ordered))
        return Judged(counted, outcome, {**asked.facts, **dict.fromkeys(dropped, ABSENT)}, dropped)

    def _demand_kinds(self, evidence: Sequence[Evidence]) -> None:
        for one in confirmations(evidence):
            listed = self._papers if one.question is Question.AUTHORITY else self._documents.keys()
            if not set(one.documents) <= listed:
                raise NotUnderstood(what="document")

    def _weighed(self, one: Evidence, known: Known) -> Confirmation:
        """The confirmation; what its own kinds and verdicts do not carry is not confirmed, whatever it says."""
        (found,) = confirmations((one,))
        if found.result is Result.CONFIRMED and not self._carries(one, found, known):
            return replace(found, result=Result.NOT_CONFIRMED)
        return found

    def _carries(self, one: Evidence, found: Confirmation, known: Known) -> bool:
        kinds = [self._documents[kind] for kind in found.documents if kind in self._documents]
        if any(mark.startswith("failed") for mark in one.verdicts.values()):
            return False
        if found.question is Question.NUMBER:
            without_leave = found.means is Means.CODE_A and not known.has_leave
            return found.means is Means.LINKED or (suffices(Question.NUMBER, kinds) and not without_leave)
        if found.question is Question.AUTHORITY:
            return True
        if found.means is Means.QUESTIONS:
            return points(kinds) >= self._rules.questions.points
        if found.means in _CHIPS and not _by_face_and_in_time(one):
            return False
        return suffices(Question.IDENTITY, kinds)

    def _in_order(
        self, capacity: Capacity, found: Sequence[Confirmation], counted: Sequence[Evidence], at: int
    ) -> Confirmation:
        """A number that was taken before its giver was confirmed is not confirmed."""
        one = found[at]
        if one.question is not Question.NUMBER or one.means not in _TAKEN:
            return one
        before = [
            other
            for other, evidence in zip(found, counted, strict=True)
            if other.question is not Question.NUMBER and evidence.at <= counted[at].at
        ]
        missing = consequence(self._rules.capacities, Regime.NUMBER, capacity, before).missing
        if any(need.question is not Question.NUMBER for need in missing):
            return replace(one, result=Result.NOT_CONFIRMED)
        return one


def _counts(call: Call, regime: Regime, one: Evidence, known: Known) -> bool:
    """Who hands in answers for what they saw themselves, or what already lay in the case; numbers in N only."""
    if one.staff_id != call.actor.staff_id and one not in known.earlier:
        return False
    if one.about is Question.NUMBER and regime is not Regime.NUMBER:
        return False
    return one.regime in {None, regime} and business_date(one.at) <= call.day


def _by_face_and_in_time(one: Evidence) -> bool:
    in_time = one.valid_until is None or business_date(one.at) <= one.valid_until
    return in_time and one.verdicts.get(Aspect.FACE) == "verified"


def _not_taken(
    procedure: Procedure, facts: Mapping[str, Fact], outcome: Outcome, found: Sequence[Confirmation]
) -> list[str]:
    """Fields that say "given" although the number of that person was not taken; of a spouse or child none is asked."""
    numbers = [one for one in found if one.question is Question.NUMBER and one.means in _TAKEN]
    is_taken = outcome.consequence is Consequence.CONFIRMED and bool(numbers)
    own = [one.id for one in procedure.fields if one.kind is Kind.MY_NUMBER and one.of == procedure.identity.of]
    return [] if is_taken else [name for name in own if facts.get(name) == GIVEN]
