"""照会の一覧 at a counter: a section's enquiries, one as it is sent, asked again, ended; each look is an act."""

from app.errors import EnquiryNeedsOffice
from app.services.needs_office import needs_office
from app.services.ports.exchange_office import SectionOffice
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.addressee import AskLinks, LinkState
from app.wire.relay import EnquiryAccepted, MakeEnquiry
from app.wire.relay_section import (
    AskSectionEnquiries,
    CloseEnquiry,
    EnquiryClosed,
    EnquiryOpened,
    OpenEnquiry,
    SectionEnquiries,
)

READ, MAKE, STATE = "enquiry.read", "enquiry.make", "number.state"


class SectionEnquiryList:
    """The use cases of a section that asks."""

    def __init__(self, office: SectionOffice, journal: Journal) -> None:
        self._office, self._journal = office, journal

    def listed(self, press: Press, session: Session, procedure: str, *, only_open: bool) -> SectionEnquiries:
        """The newest of a procedure."""
        asked = AskSectionEnquiries(procedure=procedure, only_open=only_open)
        return recorded(
            self._journal,
            (press, session),
            Doing("enquiries.shown", what={"procedure": procedure}),
            lambda: self._office.listed(press, session, asked),
            lambda found: {"enquiries": len(found.rows)},
        )

    def open(self, press: Press, session: Session, enquiry_id: str) -> EnquiryOpened:
        """One with its request and its answer."""
        doing = Doing("enquiry.looked_at", about=enquiry_id)
        asked = OpenEnquiry(enquiry_id=enquiry_id)
        return recorded(self._journal, (press, session), doing, lambda: self._office.opened(press, session, asked))

    def ask_again(
        self, press: Press, session: Session, seen: EnquiryOpened, enquiry_id: str, *, signed: bool
    ) -> EnquiryAccepted:
        """Ask the same once more, under ``enquiry_id``. ``signed``: the person's own consent is at hand.

        Errors: Refused with its reason, NotAllowed.
        """
        row = seen.row
        asked = MakeEnquiry(
            enquiry_id=enquiry_id,
            visit_id=seen.visit_id,
            procedure=row.procedure,
            enquiry=row.enquiry,
            subject=row.subject,
            information=seen.information,
            purpose=seen.purpose,
            tax_year=row.tax_year,
            as_of=seen.as_of,
            requested_on=seen.asked_on,
            since=seen.since,
            until=seen.until,
            provider="" if row.tax_year else row.provider,
            consent="signed" if signed else "",
        )
        doing = Doing("enquiry.asked_again", visit=seen.visit_id, about=enquiry_id, what={"before": row.enquiry_id})

        def made() -> EnquiryAccepted:
            with needs_office(EnquiryNeedsOffice):
                return self._office.make(press, session, asked)

        return recorded(self._journal, (press, session), doing, made)

    def close(self, press: Press, session: Session, enquiry_id: str, reason: str) -> EnquiryClosed:
        """Nobody needs it. Errors: Refused ``enquiry_ended``, Conflict."""
        asked = CloseEnquiry(enquiry_id=enquiry_id, reason=reason)
        doing = Doing("enquiry.ended", about=enquiry_id, what={"reason": reason})
        return recorded(self._journal, (press, session), doing, lambda: self._office.close(press, session, asked))

    def code(self, press: Press, session: Session, procedure: str, business_number: str) -> LinkState:
        """Whether a person's number is linked and how their code stands; never the code."""
        asked = AskLinks(procedure=procedure, business_numbers=(business_number,))
        doing = Doing("code.state_shown", about=business_number, what={"procedure": procedure})
        return recorded(self._journal, (press, session), doing, lambda: self._office.links(press, session, asked)[0])
