"""The relay over the line: enquiries are made and their states asked."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.relay import AskEnquiries, AskProviders, EnquiryAccepted, EnquiryStates, MakeEnquiry, Providers


class HttpRelay:
    """See ``ExchangeOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def make(self, press: Press, session: Session, asked: MakeEnquiry) -> EnquiryAccepted:
        return self._line.ask("/relay/v1/enquiries", asked, EnquiryAccepted, headers(press, session))

    def providers(self, press: Press, session: Session, asked: AskProviders) -> Providers:
        return self._line.ask("/relay/v1/enquiries/provider", asked, Providers, headers(press, session))

    def states(self, press: Press, session: Session, asked: AskEnquiries) -> EnquiryStates:
        return self._line.ask("/relay/v1/enquiries/state", asked, EnquiryStates, headers(press, session))
