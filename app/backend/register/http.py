"""What the register offers over the network."""

from app.backend.register.service import RegisterService
from app.backend.register.service.search import STAFF_PERSON
from app.wire.endpoint import Endpoint
from app.wire.message import Nothing
from app.wire.register import Hits, KeepStaffPerson, OpenRecord, Record, SearchByFour, SearchByNumber, SearchHabits


def endpoints(service: RegisterService) -> tuple[Endpoint, ...]:
    """Two searches and the opening of a record, each behind a right of its own; administrators say who staff are.

    ``habits``: what the caller searched for lately.
    """
    return (
        Endpoint(
            path="/register/v1/search", act="register.search", takes=SearchByFour, gives=Hits, does=service.search
        ),
        Endpoint(
            path="/register/v1/search-by-number",
            act="number.search",
            takes=SearchByNumber,
            gives=Hits,
            does=service.search_by_number,
        ),
        Endpoint(
            path="/register/v1/habits", act="register.search", takes=Nothing, gives=SearchHabits, does=service.habits
        ),
        Endpoint(path="/register/v1/open", act="register.open", takes=OpenRecord, gives=Record, does=service.open),
        Endpoint(
            path="/register/v1/staff-person",
            act=STAFF_PERSON,
            takes=KeepStaffPerson,
            gives=Nothing,
            does=service.keep_staff_person,
        ),
    )
