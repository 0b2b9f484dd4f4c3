"""照会番号: an enquiry is named after its case, so that whoever works on the case finds it, and no other case does."""

import hashlib

from app.domain.facts import Facts, rows_of, scalar_of
from app.domain.procedure import Enquiry, Kind, Procedure


def enquiry_id(case_id: str, enquiry: str, row: int | None, year: int | None, name: str) -> str:
    """The same for the same question about the same person in the same case; 64 characters.

    ``row``: the row asked about, from 0; ``year``: the tax year, None where the question has none; ``name``: of whom.
    ``case_id`` is random enough that the name can't be guessed from what leaves the house.
    """
    parts = (case_id, enquiry, "" if row is None else str(row), "" if year is None else str(year), name)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def asks_applicant(procedure: Procedure, enquiry: Enquiry) -> bool:
    """Whether the enquiry is about the person whose identity the procedure has checked."""
    return procedure.identity.of in enquiry.asks_of


def asked_name(procedure: Procedure, facts: Facts, enquiry: Enquiry, at: int | None) -> str:
    """The name in the form of whom the enquiry is about, in row ``at`` of its group; "" while none stands there."""
    if at is not None:
        group = procedure.group(enquiry.each)
        named = [field for field in group.fields if field.kind is Kind.NAME] if group else []
        return str(scalar_of(rows_of(facts, enquiry.each)[at], named[0].id) or "") if named else ""
    named = [one for one in procedure.fields if one.kind is Kind.NAME and one.of in enquiry.asks_of]
    return str(scalar_of(facts, named[0].id) or "") if named else ""
