"""A section's enquiries and the state of a person's code, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.addressee import AskLinks, LinkState, LinkStates
from app.wire.relay import EnquiryAccepted, MakeEnquiry
from app.wire.relay_section import (
    AskSectionEnquiries,
    CloseEnquiry,
    EnquiryClosed,
    EnquiryOpened,
    OpenEnquiry,
    SectionEnquiries,
)

_AT = "/relay/v1/enquiries"


class HttpSection:
    """See ``SectionOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def listed(self, press: Press, session: Session, asked: AskSectionEnquiries) -> SectionEnquiries:
        return self._line.ask(f"{_AT}/list", asked, SectionEnquiries, headers(press, session))

    def opened(self, press: Press, session: Session, asked: OpenEnquiry) -> EnquiryOpened:
        return self._line.ask(f"{_AT}/open", asked, EnquiryOpened, headers(press, session))

    def close(self, press: Press, session: Session, asked: CloseEnquiry) -> EnquiryClosed:
        return self._line.ask(f"{_AT}/close", asked, EnquiryClosed, headers(press, session))

    def make(self, press: Press, session: Session, asked: MakeEnquiry) -> EnquiryAccepted:
        return self._line.ask(_AT, asked, EnquiryAccepted, headers(press, session))

    def links(self, press: Press, session: Session, asked: AskLinks) -> tuple[LinkState, ...]:
        return self._line.ask("/addressee/v1/state", asked, LinkStates, headers(press, session)).states
