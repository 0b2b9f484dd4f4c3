"""Who asks in the rows' tests, and what all of them ask."""

import pytest

from app.domain.rights import Right
from app.errors import AppError
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryState
from tests.edge.backend.exchange.world import HERE, MOVED, PROCEDURE, THERE
from tests.seed_matrix.office import Office
from tests.support.slices import person

EXAMINES = (Right("enquiry.make", PROCEDURE, "tax"), Right("enquiry.read", PROCEDURE, "tax"))
WHO = person("examiner", *EXAMINES, municipality=HERE)
NOBODY = person("nobody", "session.own", municipality=HERE)
OPERATOR = person("operator", "exchange.watch", "exchange.operate", municipality=HERE)
NEIGHBOUR = person("neighbour", *EXAMINES, "exchange.watch", "exchange.operate", municipality=THERE)


def state(office: Office, made: EnquiryAccepted) -> EnquiryState | None:
    asked = AskEnquiries(enquiry_ids=(made.enquiry_id,))
    found = office.ask(WHO, "/relay/v1/enquiries/state", asked).states
    return found[0] if found else None


def answered(office: Office, subject: str = MOVED, **changed: object) -> tuple[EnquiryAccepted, EnquiryState]:
    """An enquiry that goes all the way."""
    made = office.make(WHO, subject, **changed)
    office.carry()
    found = state(office, made)
    assert found is not None
    assert found.answer is not None, found
    return made, found


def reason(error: pytest.ExceptionInfo[AppError]) -> str:
    return str(error.value.data["reason"])
