"""What the relay's record says of an enquiry: that it was taken, refused, read; of whom, and about which days."""

from datetime import date

from app.backend.relay.ports import Enquiry
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.errors import AppError
from app.wire.relay import EnquiryState, MakeEnquiry

LONGEST_ID = 64


def accepted_act(one: Enquiry) -> Act:
    """An enquiry was taken."""
    what: tuple[tuple[str, Detail], ...] = (
        ("enquiry", one.enquiry_id),
        ("path", one.path),
        ("procedure", one.procedure),
        ("provider", one.provider),
        ("provider_why", one.provider_why),
        *_period(one.since, one.until),
        ("tax_year", one.tax_year),
    )
    return Act(
        kind="enquiry.accepted",
        at=one.accepted_at,
        municipality=one.municipality,
        staff_id=one.staff_id,
        terminal=one.terminal,
        trace=one.trace,
        visit=one.visit_id,
        about=one.subject.business_number,
        what=tuple(sorted(what)),
    )


def refused_act(call: Call, asked: MakeEnquiry, error: AppError) -> Act:
    """One was not, and why."""
    reason = str(error.data.get("reason", error.code))
    return act_of(
        call,
        "enquiry.refused",
        visit=asked.visit_id[:LONGEST_ID],
        about=asked.subject.business_number[:LONGEST_ID],
        enquiry=asked.enquiry_id[:LONGEST_ID],
        procedure=asked.procedure[:LONGEST_ID],
        reason=reason,
        tax_year=asked.tax_year,
        **dict(_period(asked.since, asked.until)),
    )


def _period(since: date | None, until: date | None) -> tuple[tuple[str, str], ...]:
    """The period asked about as the record has it, nothing for none."""
    ends = (("since", since), ("until", until))
    return tuple((name, end.isoformat()) for name, end in ends if end is not None)


def read_act(call: Call, state: EnquiryState) -> Act:
    """Somebody saw its answer."""
    about = "" if state.answer is None else state.answer.subject.business_number
    what = {"enquiry": state.enquiry_id, "procedure": state.procedure}
    return act_of(call, "enquiry.answer_read", visit=state.visit_id, about=about, **what)
