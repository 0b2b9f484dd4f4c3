"""開示: who accessed one person's data, as far as it may be told; two people, and the 不開示 rules, stand before it.

Rules: 個人情報保護法78条1項 (published). 2号: names of staff are left out, for they can tell a third person; 5号 and
7号: what is still being looked at, or was reported as misuse, is not told before that is over. Which number holds in
a case is the office's decision; here it is only marked.
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from app.backend.review.ports import Extract, ReviewBook, ReviewUnit
from app.backend.review.service.reviewing import ReviewService
from app.domain.access import Access
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import TOKYO
from app.errors import NotAllowed, Refused
from app.wire.access_review import AccessExtract, ApproveExtract, ExtractProposed, ExtractRow, ProposeExtract

EXTRACT = "access.extract"
"""The right to prepare and to approve extracts."""
STAFF_NAME, UNDER_REVIEW = "staff_name", "under_review"
"""Codes of what is left out."""
_MOST_REASON = 64


class Extracts:
    """Proposes and approves extracts."""

    def __init__(self, book: ReviewBook, service: ReviewService) -> None:
        self._book = book
        self._service = service

    def propose(self, call: Call, asked: ProposeExtract) -> ExtractProposed:
        """Prepare an extract; nothing is told yet. Errors: Refused ``reason_missing``, ``wrong_period``."""
        call.demand(EXTRACT)
        if not asked.reason.strip() or not asked.person:
            raise Refused("reason_missing")
        if asked.until < asked.since:
            raise Refused("wrong_period")
        one = Extract(
            municipality=call.municipality,
            extract_id=call.key,
            person=asked.person,
            since=_midnight(asked.since),
            until=_midnight(asked.until + timedelta(days=1)),
            reason=asked.reason.strip()[:_MOST_REASON],
            proposed_by=call.actor.staff_id,
            proposed_at=call.at,
        )

        def keep(unit: ReviewUnit) -> ExtractProposed:
            unit.propose(one)
            unit.record(act_of(call, "extract.proposed", about=one.person, extract=one.extract_id))
            return ExtractProposed(extract_id=one.extract_id)

        return self._book.write(lambda unit: unit.once(call, asked, ExtractProposed, lambda: keep(unit)))

    def approve(self, call: Call, asked: ApproveExtract) -> AccessExtract:
        """The second person's word, and the extract. Errors: NotAllowed for none and for who proposed; Conflict."""
        call.demand(EXTRACT)
        made = self._service.made(call)
        unsettled = {ref for one in made.found.values() for ref in one.refs}

        def give(unit: ReviewUnit) -> AccessExtract:
            one = unit.extract(call.municipality, asked.extract_id)
            if one is None or one.proposed_by == call.actor.staff_id:
                raise NotAllowed
            justified = {
                ref for each in unit.settled(call.municipality) if each.outcome == "justified" for ref in each.refs
            }
            unit.approve(replace(one, approved_by=call.actor.staff_id, approved_at=call.at))
            mine = [access for access in made.watched.accesses if _concerns(access, one)]
            told = [access for access in mine if access.ref not in unsettled - justified]
            act = act_of(call, "extract.approved", about=one.person, extract=one.extract_id, rows=len(told))
            left = Counter({UNDER_REVIEW: len(mine) - len(told)})
            return AccessExtract(
                extract_id=one.extract_id,
                person=one.person,
                rows=tuple(map(_row, told)),
                left_out={code: count for code, count in left.items() if count},
                proof=unit.record(act),
            )

        return self._book.write(lambda unit: unit.once(call, asked, AccessExtract, lambda: give(unit)))


def _concerns(access: Access, one: Extract) -> bool:
    is_about = one.person == access.person or one.person in access.found
    return is_about and one.since <= access.at < one.until


def _row(access: Access) -> ExtractRow:
    return ExtractRow(
        at=access.at,
        way=access.way.value,
        procedure=access.procedure,
        reason=access.reason,
        withheld=(STAFF_NAME,),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TOKYO).astimezone(UTC)
