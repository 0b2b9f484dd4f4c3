"""情報提供等記録: shown by section, corrected beside, hidden by rule or by record, disclosed to the person, expired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.backend.intermediary.ports import Enquiry, IntermediaryBook, IntermediaryUnit, Provision
from app.backend.intermediary.ports.held import CORRECTION, DISCLOSURE, NON_DISCLOSURE, RecordMark
from app.backend.intermediary.service import guard
from app.backend.intermediary.service.answering import concerning, is_withheld
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.clock import TOKYO, Clock, Random, business_date, new_id
from app.domain.provision_rules import ProvisionRules
from app.domain.retention import RetentionRule
from app.errors import NotAllowed, NotUnderstood, Refused
from app.wire.exchange_record import (
    DisclosedRecords,
    DisclosedRow,
    DiscloseRecords,
    FindRecords,
    MarkRecord,
    MarkRow,
    RecordMarked,
    RecordRow,
    Records,
)

ASKED, PROVIDED = "asked", "provided"
PORTION = 1000
"""Records of each side that are deleted in one transaction. Assumed."""
_LEAP = (2, 29)
_KINDS = frozenset({CORRECTION, NON_DISCLOSURE, DISCLOSURE})


@dataclass(frozen=True, slots=True)
class _One:
    """A record of either side with what was added to it. ``hidden``: "", rule or record.

    ``since``, ``until``: the period asked about, if it was one.
    """

    side: str
    scope: str
    number: str
    partner: str
    task: str
    information: str
    tax_year: int
    answer: str
    at: datetime
    hidden: str
    marks: tuple[RecordMark, ...]
    notes: tuple[str, ...]
    since: date | None = None
    until: date | None = None


class Recording:
    """For the sections, for who discloses, and for the expiry run."""

    def __init__(
        self, book: IntermediaryBook, rules: tuple[ProvisionRules, RetentionRule], clock: Clock, random: Random
    ) -> None:
        self._book = book
        self._rules, self._retention = rules
        self._clock = clock
        self._random = random

    def records(self, call: Call, asked: FindRecords) -> Records:
        """What one section exchanged about a person, newest first; the look is recorded. Errors: NotAllowed."""
        guard.demand(call, guard.RECORD, asked.scope)
        guard.demand_number(asked.person)

        def look(unit: IntermediaryUnit) -> Records:
            found = [one for one in self._all(unit, call.municipality, asked.person) if one.scope == asked.scope]
            act = act_of(call, "records.shown", about=asked.person, scope=asked.scope, count=len(found))
            return Records(rows=tuple(self._row(one) for one in found), proof=unit.record([act])[0])

        return self._book.write(look)

    def mark(self, call: Call, asked: MarkRecord) -> RecordMarked:
        """Add to a record; itself it stays as it was.

        Errors: NotAllowed; NotUnderstood; Refused ``text_missing``, ``second_person_needed`` for who hid what is to be
        shown.
        """

        def add(unit: IntermediaryUnit) -> RecordMarked:
            guard.demand(call, guard.RECORD, asked.scope)
            self._demand_there(unit, call.municipality, asked)
            if asked.kind not in _KINDS:
                raise NotUnderstood(what="kind")
            text = guard.demand_text(asked.text) if asked.kind == CORRECTION else ""
            before = unit.past.marks(call.municipality, [asked.process_number])
            hiding = _last_hiding(before)
            if asked.kind == DISCLOSURE and (hiding is None or hiding.by == call.actor.staff_id):
                raise Refused(reason="second_person_needed" if hiding else "record_not_hidden")
            mark = RecordMark(
                municipality=call.municipality,
                mark_id=new_id(self._clock, self._random),
                process_number=asked.process_number,
                kind=asked.kind,
                reason=guard.demand_text(asked.reason),
                text=text,
                by=call.actor.staff_id,
                # never at the same instant as an earlier one: the order of marks is what they mean
                made_at=max([call.at, *(one.made_at + timedelta(microseconds=1) for one in before)]),
            )
            unit.past.mark(mark)
            act = act_of(call, f"record.{asked.kind}", process_number=asked.process_number, side=asked.side)
            return RecordMarked(proof=unit.record([act])[0])

        with guard.refusals_kept(self._book, call, "record.mark", asked.process_number):
            return self._book.write(lambda unit: unit.once(call, asked, RecordMarked, lambda: add(unit)))

    def disclose(self, call: Call, asked: DiscloseRecords) -> DisclosedRecords:
        """What the person is shown, oldest first: nothing that is hidden; it is recorded. Errors: NotAllowed."""
        call.demand(guard.DISCLOSE)
        guard.demand_number(asked.person)
        request = guard.demand_text(asked.request_number)

        def show(unit: IntermediaryUnit) -> DisclosedRecords:
            found = self._all(unit, call.municipality, asked.person)
            shown = [one for one in reversed(found) if not one.hidden]
            act = act_of(
                call,
                "records.disclosed",
                about=asked.person,
                count=len(shown),
                hidden=len(found) - len(shown),
                request=request,
            )
            rows = tuple(_disclosed(one) for one in shown)
            return DisclosedRecords(rows=rows, hidden=len(found) - len(shown), proof=unit.record([act])[0])

        return self._book.write(show)

    def expire(self, municipality: str) -> int:
        """Delete one portion of what is past its time, and record that; how many records."""
        now = self._clock.now()
        before = self._retention.cutoff(now)
        if before is None:
            return 0

        def delete(unit: IntermediaryUnit) -> int:
            expired = unit.past.expire(municipality, before, PORTION)
            if not expired.numbers:
                unit.past.forget_keys(municipality, before.astimezone(TOKYO).strftime("%Y%m"))
                return 0
            what: list[tuple[str, Detail]] = [("before", before.isoformat())]
            what += [(f"{side}_count", count) for side, count in sorted(expired.counts.items())]
            what.append(("rule", self._retention.rule_id))
            trace = f"record.expired:{expired.numbers[0]}"
            unit.record([Act("record.expired", now, municipality, "slice:intermediary", "", trace, what=tuple(what))])
            return len(expired.numbers)

        return self._book.write(delete)

    def expire_replica(self, municipality: str) -> int:
        """Delete one portion of replica rows of years that are kept no longer, and record that; how many."""
        now = self._clock.now()
        year = business_date(now).year

        def delete(unit: IntermediaryUnit) -> int:
            count = 0
            for rule in self._rules.information.values():
                if not rule.keep_years:
                    continue
                gone = unit.replicas.delete_before(municipality, rule.name, year - rule.keep_years, PORTION)
                count += gone
                if gone:
                    what = (("before", year - rule.keep_years), ("count", gone), ("information", rule.name))
                    unit.record([
                        Act("replica.expired", now, municipality, "slice:intermediary", "", "replica", what=what)
                    ])
            return count

        return self._book.write(delete)

    def _all(self, unit: IntermediaryUnit, municipality: str, number: str) -> list[_One]:
        """Records of both sides about a person, newest first."""
        asked, provided = unit.past.asked(municipality, number), unit.past.provided(municipality, number)
        numbers = [*(one.process_number for one in asked), *(one.process_number for one in provided)]
        if not numbers:
            return []
        marks = _grouped(unit.past.marks(municipality, numbers))
        wrong: dict[str, list[str]] = {}
        for note in unit.notes.of(municipality, numbers):
            wrong.setdefault(note.process_number, []).append(note.reason)
        for told in unit.notes.received(municipality, numbers):
            wrong.setdefault(told.process_number, []).append(told.reason)
        ruled = self._ruled(unit, municipality, number, provided)
        found = [self._asked(one, marks, wrong) for one in asked]
        found += [self._provided(one, marks, wrong, ruled) for one in provided]
        return sorted(found, key=lambda one: (one.at, one.number), reverse=True)

    def _ruled(
        self, unit: IntermediaryUnit, municipality: str, number: str, provided: Sequence[Provision]
    ) -> frozenset[str]:
        """Kinds of information of which nothing is disclosed to this person."""
        flags = unit.flags.held(municipality, [number])
        rows = unit.replicas.of(municipality, number)
        found = {row.information for row in rows if row.non_disclosure}
        found |= {one.information for one in provided if is_withheld(None, concerning(flags, number, one.information))}
        return frozenset(found)

    def _asked(self, one: Enquiry, marks: dict[str, list[RecordMark]], wrong: dict[str, list[str]]) -> _One:
        mine = tuple(marks.get(one.process_number, ()))
        return _One(
            side=ASKED,
            scope=one.task,
            number=one.process_number,
            partner=one.provider,
            task=one.task,
            information=one.information,
            tax_year=one.tax_year,
            answer=one.reason or one.state,
            at=one.asked_at,
            hidden="record" if _last_hiding(mine) else "",
            marks=mine,
            notes=tuple(wrong.get(one.process_number, ())),
            since=one.since,
            until=one.until,
        )

    def _provided(
        self, one: Provision, marks: dict[str, list[RecordMark]], wrong: dict[str, list[str]], ruled: frozenset[str]
    ) -> _One:
        mine = tuple(marks.get(one.process_number, ()))
        hidden = "record" if _last_hiding(mine) else "rule" if one.information in ruled else ""
        return _One(
            side=PROVIDED,
            scope=self._rules.owner(one.information),
            number=one.process_number,
            partner=one.requester,
            task=one.task,
            information=one.information,
            tax_year=one.tax_year,
            answer=one.kind,
            at=one.provided_at,
            hidden=hidden,
            marks=mine,
            notes=tuple(wrong.get(one.process_number, ())),
            since=one.since,
            until=one.until,
        )

    def _demand_there(self, unit: IntermediaryUnit, municipality: str, asked: MarkRecord) -> None:
        """Errors: NotAllowed unless the section has such a record."""
        number, scope = asked.process_number, ""
        if asked.side == ASKED:
            enquiry = unit.past.by_process(municipality, [number]).get(number)
            scope = "" if enquiry is None else enquiry.task
        elif asked.side == PROVIDED:
            provision = unit.provisions(municipality, [number]).get(number)
            scope = "" if provision is None else self._rules.owner(provision.information)
        if not scope or scope != asked.scope:
            raise NotAllowed

    def _row(self, one: _One) -> RecordRow:
        return RecordRow(
            side=one.side,
            process_number=one.number,
            partner=one.partner,
            task=one.task,
            information=one.information,
            tax_year=one.tax_year,
            answer=one.answer,
            at=one.at,
            until=_until(one.at, self._retention),
            hidden=one.hidden,
            marks=tuple(_mark_row(mark) for mark in one.marks),
            notes=one.notes,
            asked_since=one.since,
            asked_until=one.until,
        )


def _until(at: datetime, rule: RetentionRule) -> datetime:
    """When a record of ``at`` is deleted: see ``RetentionRule.cutoff``."""
    local = at.astimezone(TOKYO)
    if (local.month, local.day) == _LEAP:
        local = local.replace(month=3, day=1)
    return local.replace(year=local.year + rule.years)


def _last_hiding(marks: Sequence[RecordMark]) -> RecordMark | None:
    """The mark that hides a record now; None where none does."""
    last = next((mark for mark in reversed(marks) if mark.kind != CORRECTION), None)
    return last if last is not None and last.kind == NON_DISCLOSURE else None


def _grouped(marks: Sequence[RecordMark]) -> dict[str, list[RecordMark]]:
    found: dict[str, list[RecordMark]] = {}
    for mark in marks:
        found.setdefault(mark.process_number, []).append(mark)
    return found


def _mark_row(mark: RecordMark) -> MarkRow:
    return MarkRow(kind=mark.kind, reason=mark.reason, text=mark.text, by=mark.by, made_at=mark.made_at)


def _disclosed(one: _One) -> DisclosedRow:
    return DisclosedRow(
        side=one.side,
        process_number=one.number,
        partner=one.partner,
        task=one.task,
        information=one.information,
        tax_year=one.tax_year,
        answer=one.answer,
        at=one.at,
        corrections=tuple(mark.text for mark in one.marks if mark.kind == CORRECTION),
        was_wrong=bool(one.notes),
        asked_since=one.since,
        asked_until=one.until,
    )
