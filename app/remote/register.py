"""The resident register over the line."""

from app.domain.number import MyNumber
from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session, Visit
from app.wire.message import Nothing
from app.wire.register import Hits, OpenRecord, Record, SearchByFour, SearchByNumber, SearchHabits


class HttpRegister:
    """See ``RegisterOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def search_by_four(self, press: Press, session: Session, asked: SearchByFour) -> Hits:
        return self._line.ask("/register/v1/search", asked, Hits, headers(press, session))

    def search_by_number(self, press: Press, session: Session, number: MyNumber, visit: Visit) -> Hits:
        asked = SearchByNumber(my_number=number.text(), visit_id=visit.visit_id, reason=visit.reason)
        return self._line.ask("/register/v1/search-by-number", asked, Hits, headers(press, session))

    def open_record(
        self, press: Press, session: Session, business_number: str, visit: Visit, procedure: str = ""
    ) -> Record:
        asked = OpenRecord(
            business_number=business_number, procedure=procedure, visit_id=visit.visit_id, reason=visit.reason
        )
        return self._line.ask("/register/v1/open", asked, Record, headers(press, session))

    def habits(self, press: Press, session: Session) -> SearchHabits:
        return self._line.ask("/register/v1/habits", Nothing(), SearchHabits, headers(press, session))
