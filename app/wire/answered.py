"""Facts with what the answers of enquiries say laid into them, as the rules are asked about them."""

from collections.abc import Mapping, Sequence

from app.domain.facts import Value
from app.domain.procedure import Given, Procedure
from app.wire.desk import AnswerMark, Fact, Scalar
from app.wire.facts import facts_from_wire

_BY_ENQUIRY = "enquiry."
_STATE = "state"


def answered_facts(procedure: Procedure, facts: Mapping[str, Fact], answers: Sequence[AnswerMark]) -> dict[str, Value]:
    """The facts as handed in, with what the answers say; of two answers to one enquiry the later one holds.

    Errors: NotUnderstood naming the field whose date is none.
    """
    found = facts_from_wire(procedure, facts)
    given = {one.id: one for one in procedure.given}
    for answer in answers:
        enquiry = procedure.enquiry(answer.enquiry)
        for name in enquiry.gives if enquiry is not None else ():
            value = _answered(given[name], answer)
            if value is not None:
                found[name] = value
    return found


def _answered(given: Given, answer: AnswerMark) -> Scalar:
    item = given.source.removeprefix(_BY_ENQUIRY)
    return answer.kind if item == _STATE else answer.items.get(item)
