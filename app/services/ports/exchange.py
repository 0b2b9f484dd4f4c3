"""The office's relay as a counter needs it: making enquiries, asking how they stand."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.relay import AskEnquiries, AskProviders, EnquiryAccepted, EnquiryStates, MakeEnquiry, Providers


class ExchangeOffice(Protocol):
    """The relay. Errors of both as in ``app.services.ports.office``; a refusal carries its reason."""

    def make(self, press: Press, session: Session, asked: MakeEnquiry) -> EnquiryAccepted:
        """Begin an enquiry; the same message again gets the same answer. Errors besides: Conflict for a used id."""
        ...

    def providers(self, press: Press, session: Session, asked: AskProviders) -> Providers:
        """Whom the rule asks, and why; recorded. Errors besides: NotAllowed."""
        ...

    def states(self, press: Press, session: Session, asked: AskEnquiries) -> EnquiryStates:
        """How they stand; those that do not exist or that this person may not see are left out."""
        ...
