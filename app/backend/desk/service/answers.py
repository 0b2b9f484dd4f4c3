"""Answers that an examination rests on: only those that the relay itself gave, for this case and nobody else."""

from collections.abc import Mapping, Sequence

from app.backend.desk.ports import Case
from app.domain.enquiry_id import asked_name, asks_applicant, enquiry_id
from app.domain.facts import rows_of
from app.domain.procedure import Enquiry, Procedure
from app.errors import Refused
from app.wire.desk import AnswerMark, PersonMark, RolesMark
from app.wire.facts import facts_from_wire


def proven(
    procedure: Procedure, case: Case, shown: Sequence[AnswerMark], given: Mapping[str, AnswerMark]
) -> tuple[AnswerMark, ...]:
    """What the relay has ``given`` for the enquiries of ``shown``, the answers as the counter sent them.

    The counter's values decide nothing: they are held against the relay's, and the relay's are laid in. Errors, each
    with ``enquiry``: Refused ``unknown_enquiry``, ``unknown_answer``, ``other_case``, ``answer_differs``.
    """
    for mark in shown:
        answer = given.get(mark.enquiry_id)
        if procedure.enquiry(mark.enquiry) is None:
            raise Refused("unknown_enquiry", enquiry=mark.enquiry)
        if answer is None:
            raise Refused("unknown_answer", enquiry=mark.enquiry)
        if not _is_of(procedure, case, answer):
            raise Refused("other_case", enquiry=mark.enquiry)
        if answer != mark:
            raise Refused("answer_differs", enquiry=mark.enquiry)
    return tuple(given[name] for name in dict.fromkeys(mark.enquiry_id for mark in shown))


def _is_of(procedure: Procedure, case: Case, answer: AnswerMark) -> bool:
    """Whether the enquiry was named after this case, asks what its form asks, and of that person."""
    enquiry = procedure.enquiry(answer.enquiry)
    if enquiry is None or not _is_about(procedure, enquiry, case.content.roles, answer.subject):
        return False
    facts = facts_from_wire(procedure, case.content.facts)
    rows: Sequence[int | None] = range(len(rows_of(facts, enquiry.each))) if enquiry.each else (None,)
    names = {
        enquiry_id(case.application_id, enquiry.id, row, year, answer.subject.name)
        for row in rows
        for year in (None, answer.tax_year)
        if asks_applicant(procedure, enquiry) or asked_name(procedure, facts, enquiry, row) == answer.subject.name
    }
    return answer.enquiry_id in names


def _is_about(procedure: Procedure, enquiry: Enquiry, roles: RolesMark, subject: PersonMark) -> bool:
    """Nobody else of the same name: where the visit knows the person, it is that 宛名番号."""
    if asks_applicant(procedure, enquiry):
        return subject == roles.applicant
    known = {one.business_number for one in roles.subjects if one.name == subject.name and one.business_number}
    return not known or subject.business_number in known
