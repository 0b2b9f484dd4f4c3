"""Enquiries of a case: named after it, so that everybody who works on it finds them and none is made twice."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from app.domain.act import Detail
from app.domain.checks import DueEnquiry, enquiries
from app.domain.enquiry_id import asked_name, asks_applicant, enquiry_id
from app.domain.enquiry_period import Period
from app.domain.facts import Facts
from app.domain.procedure import Procedure
from app.errors import EnquiryNeedsOffice, NotUnderstood
from app.services.needs_office import needs_office
from app.services.ports.exchange import ExchangeOffice
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk import ApplicationView, PersonMark, RolesMark
from app.wire.draft import Draft
from app.wire.facts import facts_from_wire
from app.wire.relay import (
    AskEnquiries,
    AskProviders,
    EnquiryAccepted,
    EnquiryState,
    MakeEnquiry,
    ProviderQuestion,
    RuledProvider,
)

ANSWERED = "answered"
SIGNED = "signed"
WAIT_S = 5
"""How long the office may put off an answer while nothing has changed; half of what a line waits. Assumed."""
ASKS_CONSENT = frozenset({"required", "unknown"})
"""What a row says of consent that makes it be asked for. Source: procedures.md 1.6 (rows: assumed)."""
_CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class EnquiryCase:
    """What enquiries are made for: a draft or an application. ``requested_on``: receipt date, before it today.

    ``persons``: whose business numbers are known besides those of ``roles``, such as the household's members.
    """

    case_id: str
    visit_id: str
    procedure: Procedure
    roles: RolesMark
    facts: Facts
    requested_on: date
    persons: tuple[PersonMark, ...] = ()

    @classmethod
    def of_draft(cls, draft: Draft, procedure: Procedure, today: date, persons: tuple[PersonMark, ...] = ()) -> Self:
        """Of a draft; its application will carry the same identifier. Errors: NotUnderstood without roles."""
        if draft.roles is None:
            raise NotUnderstood(what="roles")
        facts = facts_from_wire(procedure, draft.facts)
        case_id = draft.application_id or draft.draft_id
        return cls(case_id, draft.visit_id, procedure, draft.roles, facts, today, persons)

    @classmethod
    def of_application(cls, view: ApplicationView, procedure: Procedure) -> Self:
        """Of an application under review."""
        facts = facts_from_wire(procedure, view.facts)
        return cls(view.application_id, view.visit_id, procedure, view.roles, facts, view.receipt_date)


@dataclass(frozen=True, slots=True)
class Planned:
    """An enquiry that the case calls for, with its identifier (made or not) and whom it asks about."""

    enquiry_id: str
    due: DueEnquiry
    subject: PersonMark


@dataclass(frozen=True, slots=True)
class Terms:
    """What a clerk says to an enquiry. ``signed``: the person's own signed consent is at hand.

    ``period``: None for the one that is offered. ``provider``: whom to ask, "" for whom the case names; another one
    than the rule's needs ``provider_reason``.
    """

    signed: bool = False
    period: Period | None = None
    provider: str = ""
    provider_reason: str = ""


def offered_period(case: EnquiryCase, wanted: Planned) -> Period | None:
    """From when until when is asked unless the clerk says otherwise; None where the enquiry has no period."""
    rule = wanted.due.enquiry.period
    return None if rule is None else rule.offered(case.requested_on)


def by_rule(wanted: Planned) -> bool:
    """Whether whom to ask follows from a tax year: 1 January, or who taxed the person."""
    return wanted.due.enquiry.path == "nws" and wanted.due.year is not None


def planned(case: EnquiryCase) -> tuple[Planned, ...]:
    """The enquiries that the case calls for, in the order in which the office should ask."""
    found = enquiries(case.procedure, case.facts, case.requested_on)
    return tuple(_planned(case, due) for due in found)


class Enquire:
    """The use case. Errors of both without a line: EnquiryNeedsOffice."""

    def __init__(self, office: ExchangeOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def start(
        self, press: Press, session: Session, case: EnquiryCase, wanted: Planned, said: Terms | None = None
    ) -> EnquiryAccepted:
        """Begin an enquiry; it goes on by itself. ``said``: what the clerk says to it, else what the rule offers.

        Errors: Refused with its reason, NotAllowed.
        """
        enquiry, year, said = wanted.due.enquiry, wanted.due.year, said or Terms()
        period = said.period or offered_period(case, wanted)
        asked = MakeEnquiry(
            enquiry_id=wanted.enquiry_id,
            visit_id=case.visit_id,
            procedure=case.procedure.id,
            enquiry=enquiry.id,
            subject=wanted.subject,
            information=enquiry.information,
            purpose=enquiry.purpose,
            tax_year=0 if year is None else year.year,
            as_of=case.requested_on if year is None and period is None else None,
            requested_on=case.requested_on,
            provider=said.provider or (wanted.due.provider if _is_code(wanted.due.provider) else ""),
            provider_reason=said.provider_reason,
            consent=SIGNED if said.signed else "",
            since=None if period is None else period.since,
            until=None if period is None else period.until,
        )
        doing = Doing(
            "enquiry.made",
            visit=case.visit_id,
            about=wanted.enquiry_id,
            what=_noted(asked),
        )
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._made(press, session, asked),
            lambda accepted: {"path": accepted.path, "provider": accepted.provider},
        )

    def providers(self, press: Press, session: Session, case: EnquiryCase) -> dict[str, RuledProvider]:
        """Whom the rule asks about a tax year, and why, by enquiry; what belongs to none is asked whom the case names.

        Errors: NotAllowed.
        """
        wanted = [one for one in planned(case) if by_rule(one) and one.subject.business_number]
        questions = tuple(
            ProviderQuestion(
                enquiry=one.due.enquiry.id, business_number=one.subject.business_number, tax_year=one.due.year.year
            )
            for one in wanted
            if one.due.year is not None
        )
        if not questions:
            return {}
        asked = AskProviders(visit_id=case.visit_id, procedure=case.procedure.id, questions=questions)
        with needs_office(EnquiryNeedsOffice):
            found = self._office.providers(press, session, asked).found
        return {one.enquiry_id: ruled for one, ruled in zip(wanted, found, strict=True) if ruled.provider}

    def states(self, press: Press, session: Session, case: EnquiryCase) -> tuple[EnquiryState, ...]:
        """How the enquiries of the case stand, those that were made. Seeing an answer is an act, waiting is none."""
        asked = AskEnquiries(enquiry_ids=tuple(one.enquiry_id for one in planned(case)))
        return self._asked(press, session, case, asked)

    def news(
        self, press: Press, session: Session, case: EnquiryCase, open_ones: tuple[str, ...]
    ) -> tuple[EnquiryState, ...]:
        """As ``states`` for those that have no end yet, once one of them changes; blocks ``WAIT_S`` at most."""
        return self._asked(press, session, case, AskEnquiries(enquiry_ids=open_ones, wait_s=WAIT_S))

    def _asked(
        self, press: Press, session: Session, case: EnquiryCase, asked: AskEnquiries
    ) -> tuple[EnquiryState, ...]:
        if not asked.enquiry_ids:
            return ()
        with needs_office(EnquiryNeedsOffice):
            found = self._office.states(press, session, asked).states
        answered = sum(one.state == ANSWERED for one in found)
        if answered:
            shown: dict[str, Detail] = {"answers": answered}
            self._journal.write(session.act(press, "enquiry.shown", visit=case.visit_id, about=case.case_id, **shown))
        return found

    def _made(self, press: Press, session: Session, asked: MakeEnquiry) -> EnquiryAccepted:
        with needs_office(EnquiryNeedsOffice):
            return self._office.make(press, session, asked)


def _noted(asked: MakeEnquiry) -> dict[str, Detail]:
    """What the record has of it: the year or the period, the consent, and why another provider is asked."""
    what: dict[str, Detail] = {"enquiry": asked.enquiry, "tax_year": asked.tax_year, "consent": asked.consent}
    if asked.since is not None and asked.until is not None:
        what |= {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
    if asked.provider_reason:
        what |= {"provider_asked": asked.provider, "provider_reason": asked.provider_reason}
    return what


def _is_code(provider: str) -> bool:
    """Whether a provider is named by a municipality's code; bodies have names."""
    return len(provider) == _CODE_LENGTH and provider.isascii() and provider.isdigit()


def _planned(case: EnquiryCase, due: DueEnquiry) -> Planned:
    subject = _subject(case, due)
    year = None if due.year is None else due.year.year
    return Planned(enquiry_id(case.case_id, due.enquiry.id, due.row, year, subject.name), due, subject)


def _subject(case: EnquiryCase, due: DueEnquiry) -> PersonMark:
    """Whom it is about: the applicant, else the subject of the visit whose name stands in the form."""
    if asks_applicant(case.procedure, due.enquiry):
        return case.roles.applicant
    name = asked_name(case.procedure, case.facts, due.enquiry, due.row)
    known = (one for one in (*case.roles.subjects, *case.persons) if one.name == name)
    return next(known, PersonMark(business_number="", name=name))
