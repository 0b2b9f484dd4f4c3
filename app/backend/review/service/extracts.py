"""開示: who accessed one person's data, as far as it may be told; two people, and the 不開示 rules, stand before it.

Rules: 個人情報保護法78条1項 (published); what they mean for fields and rows is data (resources/tables/disclosure.toml,
assumed). Which number holds in a case is the office's decision; here it is only marked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from app.backend.review.ports import Extract, ReviewBook, ReviewUnit
from app.backend.review.service.extract_file import Told, body_of, digest_of, signed
from app.backend.review.service.reviewing import ReviewService
from app.domain.access import Access
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import TOKYO
from app.domain.disclosure import STATES, DisclosureRules
from app.errors import NotAllowed, Refused
from app.trust.sign import SigningKey
from app.wire.access_review import (
    AccessExtract,
    ApproveExtract,
    AskExtractFile,
    AskExtracts,
    ExtractFile,
    ExtractLine,
    ExtractList,
    ExtractProposed,
    ExtractRow,
    GroundRow,
    ProposeExtract,
)

EXTRACT = "access.extract"
"""The right to prepare and to approve extracts."""
_MOST_REASON = 64
_MOST = 200


class Extracts:
    """Proposes and approves extracts."""

    def __init__(self, book: ReviewBook, service: ReviewService, rules: DisclosureRules, signing: SigningKey) -> None:
        self._book = book
        self._service = service
        self._rules = rules
        self._signing = signing

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

    def listed(self, call: Call, _: AskExtracts) -> ExtractList:
        """What waits for a second person, then what was approved, newest first; that somebody looked is recorded."""
        call.demand(EXTRACT)

        def look(unit: ReviewUnit) -> tuple[Extract, ...]:
            found = unit.extracts(call.municipality, _MOST)
            unit.record(act_of(call, "extract.listed", extracts=len(found)))
            return found

        rows = sorted(self._book.write(look), key=lambda one: bool(one.approved_by))
        return ExtractList(rows=tuple(_line(one, call.actor.staff_id) for one in rows))

    def approve(self, call: Call, asked: ApproveExtract) -> AccessExtract:
        """The second person's word, and the extract. Errors: NotAllowed for none and for who proposed; Conflict."""
        call.demand(EXTRACT)
        made = self._service.made(call)
        one = self._book.read(lambda unit: unit.extract(call.municipality, asked.extract_id))
        if one is None or one.proposed_by == call.actor.staff_id:
            raise NotAllowed
        mine = [each for each in self._service.accesses(call.municipality, one.since) if _concerns(each, one)]
        receipts = self._service.receipts(call.municipality, [each.ref for each in mine])
        unsettled = {ref for each in made.found.values() for ref in each.refs}
        approved = replace(one, approved_by=call.actor.staff_id, approved_at=call.at)

        def give(unit: ReviewUnit) -> AccessExtract:
            states = _states(unit, call.municipality, unsettled)
            told = Told(self._rules, mine, states, receipts)
            unit.approve(approved)
            body = body_of(approved, self._rules, told)
            act = act_of(
                call,
                "extract.approved",
                about=one.person,
                extract=one.extract_id,
                rows=len(told.accesses),
                left_out=_counts(told.left_out),
                unsaid=_counts(told.unsaid),
                rules=self._rules.version,
                digest=digest_of(body),
            )
            proof = unit.record(act)
            file = signed(body, proof, self._signing)
            unit.keep_file(approved, file)
            return AccessExtract(
                extract_id=one.extract_id,
                person=one.person,
                rows=tuple(self._row(each) for each in told.accesses),
                left_out=told.left_out,
                proof=proof,
                grounds=self._grounds({*self._rules.fields.values(), *told.left_out}),
                file=file,
            )

        return self._book.write(lambda unit: unit.once(call, asked, AccessExtract, lambda: give(unit)))

    def again(self, call: Call, asked: AskExtractFile) -> ExtractFile:
        """The file once more, for either of the two; it is what was approved, byte for byte. Errors: NotAllowed."""
        call.demand(EXTRACT)

        def give(unit: ReviewUnit) -> ExtractFile:
            one = unit.extract(call.municipality, asked.extract_id)
            if one is None or not one.approved_by or call.actor.staff_id not in {one.proposed_by, one.approved_by}:
                raise NotAllowed
            unit.record(act_of(call, "extract.given", about=one.person, extract=one.extract_id))
            return ExtractFile(file=unit.file(one))

        return self._book.write(give)

    def _row(self, access: Access) -> ExtractRow:
        return ExtractRow(
            at=access.at,
            way=access.way.value,
            procedure=access.procedure,
            reason=access.reason,
            withheld=tuple(self._rules.fields),
            log=access.ref.rpartition(":")[0],
        )

    def _grounds(self, used: set[str]) -> tuple[GroundRow, ...]:
        fields = self._rules.fields
        return tuple(
            GroundRow(
                ground=one.id,
                law=one.law,
                text=one.text,
                fields=tuple(f for f, ground in fields.items() if ground == one.id),
            )
            for one in self._rules.grounds.values()
            if one.id in used
        )


def _states(unit: ReviewUnit, municipality: str, unsettled: set[str]) -> dict[str, str]:
    """Ref → why a row is not told by the review's state. What a person decided counts before what only stands out."""
    states = dict.fromkeys(unsettled, "not_looked")
    for settled in unit.settled(municipality):
        for ref in settled.refs:
            if settled.outcome in STATES:
                states[ref] = settled.outcome
            elif states.get(ref) == "not_looked":
                del states[ref]
    return states


def _counts(found: Mapping[str, int]) -> str:
    return ",".join(f"{ground}={count}" for ground, count in found.items())


def _line(one: Extract, staff_id: str) -> ExtractLine:
    return ExtractLine(
        extract_id=one.extract_id,
        person=one.person,
        since=one.since.astimezone(TOKYO).date(),
        until=(one.until - timedelta(days=1)).astimezone(TOKYO).date(),
        request=one.reason,
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        is_own=one.proposed_by == staff_id,
        approved_by=one.approved_by,
        approved_at=one.approved_at,
    )


def _concerns(access: Access, one: Extract) -> bool:
    is_about = one.person == access.person or one.person in access.found
    return is_about and one.since <= access.at < one.until


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TOKYO).astimezone(UTC)
