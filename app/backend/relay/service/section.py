"""照会の一覧: a section's enquiries, one with its request as it is sent, and the end of one that nobody needs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from app.backend.relay.ports import ANSWERED, NO_CODE, REFUSED, STOPPED, Delay, Enquiry, RelayUnit
from app.backend.relay.service.accepting import CLOSED
from app.backend.relay.service.checking import Rules
from app.backend.relay.service.tending import CLOSED as UNANSWERED
from app.backend.relay.service.tending import REASONS
from app.backend.relay.service.windows import SIDE_OF, Windows
from app.domain.act import act_of
from app.domain.answer_steps import next_step
from app.domain.call import Call
from app.domain.exchange_sides import expected_at
from app.domain.rights import allowed
from app.errors import NotAllowed, Refused
from app.link.letters import digest_of
from app.wire.exchange import NetworkRequest
from app.wire.message import decode
from app.wire.relay_section import (
    AskSectionEnquiries,
    CloseEnquiry,
    EnquiryClosed,
    EnquiryOpened,
    OpenEnquiry,
    SectionEnquiries,
    SectionEnquiry,
)
from app.wire.tax import TaxQuestion

T = TypeVar("T")
READ, MAKE = "enquiry.read", "enquiry.make"
MOST = 200


class SectionUnit(RelayUnit, Protocol):
    """What can be done inside one transaction."""

    def newest(self, municipality: str, procedure: str, limit: int, without: Sequence[str]) -> tuple[Enquiry, ...]:
        """The newest of a procedure, none in the states ``without``."""
        ...

    def drop(self, enquiry: Enquiry) -> None:
        """It is not sent any more, whether it waits or was given up."""
        ...


class SectionBook(Protocol):
    """Opens such units."""

    def write_section(self, work: Callable[[SectionUnit], T]) -> T: ...


class SectionList:
    """The use cases."""

    def __init__(self, book: SectionBook, rules: Rules, windows: Windows) -> None:
        self._book = book
        self._rules = rules
        self._windows = windows

    def listed(self, call: Call, asked: AskSectionEnquiries) -> SectionEnquiries:
        """The newest of a procedure that this person may read; the look is recorded. Errors: NotAllowed."""
        if not any(right.act == READ and right.procedure in {"*", asked.procedure} for right in call.actor.rights):
            raise NotAllowed

        def look(unit: SectionUnit) -> SectionEnquiries:
            without = tuple(CLOSED - {STOPPED}) if asked.only_open else ()
            found = unit.newest(call.municipality, asked.procedure, MOST + 1, without)
            mine = [one for one in found[:MOST] if _may(call, READ, one)]
            delays = unit.delays(mine)
            unit.record([act_of(call, "enquiries.listed", procedure=asked.procedure, count=len(mine))])
            rows = tuple(self._row(one, delays.get(one.enquiry_id), call.at) for one in mine)
            return SectionEnquiries(rows=rows, more=len(found) > MOST)

        return self._book.write_section(look)

    def opened(self, call: Call, asked: OpenEnquiry) -> EnquiryOpened:
        """One with its request and answer; the look is recorded first. Errors: NotAllowed, also for none such."""

        def look(unit: SectionUnit) -> EnquiryOpened:
            one = _found(unit, call, asked.enquiry_id, READ)
            number = one.subject.business_number
            unit.record([act_of(call, "enquiry.opened", visit=one.visit_id, about=number, enquiry=one.enquiry_id)])
            return self._opened(one, unit.delays([one]).get(one.enquiry_id), call.at)

        return self._book.write_section(look)

    def close(self, call: Call, asked: CloseEnquiry) -> EnquiryClosed:
        """End one that is still open, without an answer.

        Errors: NotAllowed; Refused ``closing_reason_missing``, ``enquiry_ended``; Conflict with who settled it.
        """

        def close(unit: SectionUnit) -> EnquiryClosed:
            one = _found(unit, call, asked.enquiry_id, MAKE)
            if asked.reason not in REASONS:
                raise Refused("closing_reason_missing")
            if one.state in {ANSWERED, REFUSED}:
                raise Refused("enquiry_ended")
            unit.drop(one)
            unit.put([replace(one, state=REFUSED, reason=UNANSWERED, faults=0, version=one.version + 1)], call.at)
            what = {"enquiry": one.enquiry_id, "reason": asked.reason}
            act = act_of(call, "enquiry.closed", visit=one.visit_id, about=one.subject.business_number, **what)
            return EnquiryClosed(proof=unit.record([act])[0])

        return self._book.write_section(
            lambda unit: unit.given_up.once(call, asked, EnquiryClosed, lambda: close(unit))
        )

    def _row(self, one: Enquiry, delay: Delay | None, now: datetime) -> SectionEnquiry:
        calendar = self._windows.calendar(one.municipality, SIDE_OF[one.path])
        kind = "" if one.answer is None else one.answer.kind
        ended = one.state in CLOSED
        return SectionEnquiry(
            enquiry_id=one.enquiry_id,
            procedure=one.procedure,
            enquiry=one.enquiry,
            subject=one.subject,
            provider=one.provider,
            provider_name=one.provider_name,
            path=one.path,
            tax_year=one.tax_year,
            state=one.state,
            reason=one.reason or ("" if delay is None else delay.cause),
            kind=kind,
            next_step=next_step(one.state, one.reason, kind),
            process_number=one.process_number,
            accepted_at=one.accepted_at,
            next_at=None if delay is None else delay.next_at,
            expected_at=None if ended else expected_at(calendar, now, has_code=one.state != NO_CODE),
            attempts=0 if delay is None else delay.attempts,
            staff_id=one.staff_id,
        )

    def _opened(self, one: Enquiry, delay: Delay | None, now: datetime) -> EnquiryOpened:
        said = _said(one)
        rule = self._rules.get((one.procedure, one.enquiry))
        return EnquiryOpened(
            row=self._row(one, delay, now),
            visit_id=one.visit_id,
            series=said.series,
            item=said.item,
            purpose=said.purpose,
            information=said.information,
            items=said.items,
            asked_on=said.asked_on,
            as_of=said.as_of if isinstance(said, NetworkRequest) else None,
            consent="none" if rule is None else rule.consent,
            trace=one.trace,
            digest="" if one.request is None else digest_of(one.request).hex(),
            key_id="" if one.request is None else one.request.key_id,
            proof=one.proof,
            answer=one.answer,
            since=one.since,
            until=one.until,
            provider_why=one.provider_why,
        )


def _said(one: Enquiry) -> NetworkRequest | TaxQuestion:
    if one.request is not None:
        return decode(one.request.body, NetworkRequest)
    if one.question is None:
        raise NotAllowed
    return one.question


def _found(unit: SectionUnit, call: Call, enquiry_id: str, act: str) -> Enquiry:
    one = unit.kept(call.municipality, [enquiry_id]).get(enquiry_id)
    if one is None or not _may(call, act, one):
        raise NotAllowed
    return one


def _may(call: Call, act: str, one: Enquiry) -> bool:
    return allowed(call.actor, act, one.procedure, one.item_class, day=call.day)
