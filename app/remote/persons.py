"""How somebody is named to the platform, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.person_reference import AskNames, NamedPerson, NamePerson, Names


class HttpPersons:
    """See ``PersonOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def name(self, press: Press, session: Session, business_number: str) -> NamedPerson:
        asked = NamePerson(business_number=business_number)
        return self._line.ask("/relay/v1/person", asked, NamedPerson, headers(press, session))

    def names(self, press: Press, session: Session, persons: tuple[str, ...]) -> tuple[str, ...]:
        asked = AskNames(persons=persons)
        return self._line.ask("/relay/v1/persons", asked, Names, headers(press, session)).business_numbers
