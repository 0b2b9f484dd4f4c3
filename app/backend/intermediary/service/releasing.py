"""保留の解除: enquiries that wait for a person are looked at as they would be sent, checked, released or refused."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit, ReplicaRow
from app.backend.intermediary.ports.held import (
    CHECKED,
    EXPIRED,
    OPEN_CASES,
    REFUSED,
    RELEASED,
    Case,
    Flag,
)
from app.backend.intermediary.service import guard
from app.backend.intermediary.service.answering import (
    Answering,
    Ask,
    concerning,
    content_digest,
    content_of,
    is_withheld,
)
from app.backend.intermediary.service.flags import flag_row
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock, business_date
from app.domain.days import is_closed
from app.domain.permission import AnswerKind
from app.domain.provision_rules import ProvisionRules
from app.errors import Conflict, NotAllowed, Refused
from app.wire.exchange import AnswerContent, NetworkRequest
from app.wire.message import decode
from app.wire.provision import (
    AskReleases,
    CheckRelease,
    DecideRelease,
    OpenRelease,
    ReleaseRow,
    Releases,
    ReleaseSettled,
    ReleaseView,
)

_PORTION = 64
_REASONS = {RELEASED: "release", REFUSED: "refuse"}
_NOTHING = AnswerContent(kind=AnswerKind.WITHHELD, items={})


@dataclass(frozen=True, slots=True)
class _Looked:
    """A case with what would be sent now."""

    case: Case
    request: NetworkRequest
    row: ReplicaRow | None
    flags: tuple[Flag, ...]
    content: AnswerContent
    digest: str


class Releasing:
    """For who owns the information. What is released is what was looked at, or nothing is."""

    def __init__(self, book: IntermediaryBook, answering: Answering, rules: ProvisionRules, clock: Clock) -> None:
        self._book = book
        self._answering = answering
        self._rules = rules
        self._clock = clock

    def waiting(self, call: Call, _: AskReleases) -> Releases:
        """What waits, the most urgent first. Nothing of a person is in it: no act. Errors: NotAllowed."""
        mine = guard.owners(call, self._rules, guard.CHECK)
        if not mine:
            raise NotAllowed
        cases = self._book.read(lambda unit: unit.cases.waiting(call.municipality, mine))
        return Releases(rows=tuple(_row(call, case) for case in cases))

    def open(self, call: Call, asked: OpenRelease) -> ReleaseView:
        """One with its content; the look is recorded first. Errors: NotAllowed."""

        def look(unit: IntermediaryUnit) -> ReleaseView:
            found = self._looked(unit, call, asked.process_number, guard.CHECK)
            case = found.case
            unit.record([act_of(call, "release.opened", about=case.addressee_number, process_number=_number(case))])
            return ReleaseView(
                row=_row(call, case),
                person=case.addressee_number,
                kind=found.content.kind,
                items=found.content.items,
                asked_items=found.request.items,
                replica_version=0 if found.row is None else found.row.version,
                digest=found.digest,
                request_digest=case.request_digest.hex(),
                flags=tuple(flag_row(call, flag) for flag in found.flags),
            )

        with guard.refusals_kept(self._book, call, "release.open", asked.process_number):
            return self._book.write(look)

    def check(self, call: Call, asked: CheckRelease) -> ReleaseSettled:
        """Propose how to decide. Errors: NotAllowed; Refused ``release_settled``, ``unknown_reason``; Conflict."""

        def propose(unit: IntermediaryUnit) -> ReleaseSettled:
            found = self._current(unit, call, asked, guard.CHECK)
            case = replace(
                found.case,
                state=CHECKED,
                version=found.case.version + 1,
                checked_by=call.actor.staff_id,
                checked_at=call.at,
                proposal=asked.outcome,
                proposal_reason=asked.reason,
                checked_digest=bytes.fromhex(found.digest),
            )
            unit.cases.keep(case)
            return self._settled(unit, call, case, "release.checked")

        with guard.refusals_kept(self._book, call, "release.check", asked.process_number):
            return self._book.write(lambda unit: unit.once(call, asked, ReleaseSettled, lambda: propose(unit)))

    def decide(self, call: Call, asked: DecideRelease) -> ReleaseSettled:
        """Release the content that was looked at, or refuse it: the asker gets it with its next try.

        Errors: as ``check``; Refused ``release_unchecked`` where two are needed and nobody has checked this content,
        ``second_person_needed`` for who checked it; ``release_time_over``.
        """

        def settle(unit: IntermediaryUnit) -> ReleaseSettled:
            found = self._current(unit, call, asked, guard.RELEASE)
            _demand_checked(call, found)
            if call.at >= found.case.due_at:
                raise Refused(reason="release_time_over")
            return self._decided(unit, call, asked, found)

        with guard.refusals_kept(self._book, call, "release.decide", asked.process_number):
            return self._book.write(lambda unit: unit.once(call, asked, ReleaseSettled, lambda: settle(unit)))

    def expire(self) -> int:
        """Tell the askers of those whose time is over that they stay held back; how many."""

        def expire(unit: IntermediaryUnit) -> int:
            now = self._clock.now()
            cases = unit.cases.due(now, _PORTION)
            content = AnswerContent(kind=AnswerKind.HELD_BACK, items={})
            made = [self._answering.provision(case.municipality, _ask(case), content, None) for case in cases]
            unit.add_provisions(made)
            for case in cases:
                unit.cases.keep(replace(case, state=EXPIRED, version=case.version + 1, done_at=now))
            unit.record([_expired(case, now) for case in cases])
            return len(cases)

        return self._book.write(expire)

    def _decided(self, unit: IntermediaryUnit, call: Call, asked: DecideRelease, found: _Looked) -> ReleaseSettled:
        is_released = asked.outcome == RELEASED
        by = tuple(name for name in (found.case.checked_by, call.actor.staff_id) if name)
        content, row = (found.content, found.row) if is_released else (_NOTHING, None)
        ask = _ask(found.case)
        unit.add_provisions([self._answering.provision(call.municipality, ask, content, row, by)])
        case = replace(
            found.case,
            state=asked.outcome,
            version=found.case.version + 1,
            decided_by=call.actor.staff_id,
            reason=asked.reason,
            done_at=call.at,
        )
        unit.cases.keep(case)
        return self._settled(unit, call, case, f"release.{asked.outcome}")

    def _settled(self, unit: IntermediaryUnit, call: Call, case: Case, kind: str) -> ReleaseSettled:
        what = {"process_number": _number(case), "reason": case.reason or case.proposal_reason}
        act = act_of(call, kind, about=case.addressee_number, requester=case.requester, checked=case.checked_by, **what)
        return ReleaseSettled(row=_row(call, case), proof=unit.record([act])[0])

    def _current(self, unit: IntermediaryUnit, call: Call, asked: CheckRelease | DecideRelease, right: str) -> _Looked:
        """The case as it was looked at. Errors: NotAllowed; Refused; Conflict where anything changed since."""
        found = self._looked(unit, call, asked.process_number, right)
        if found.case.state not in OPEN_CASES:
            raise Refused(reason="release_settled")
        guard.demand_reason(self._rules, _REASONS.get(asked.outcome, ""), asked.reason)
        if found.case.version != asked.version or found.digest != asked.digest:
            raise Conflict(version=found.case.version)
        return found

    def _looked(self, unit: IntermediaryUnit, call: Call, number: str, right: str) -> _Looked:
        case = unit.cases.many(call.municipality, [number]).get(number)
        if case is None or not guard.may(call, right, case.owner):
            raise NotAllowed
        key = (case.addressee_number, case.information, case.tax_year)
        row = unit.replica(call.municipality, [key]).get(key)
        held = unit.flags.held(call.municipality, [case.addressee_number])
        flags = concerning(held, case.addressee_number, case.information)
        request = decode(case.request.body, NetworkRequest)
        rule = self._rules.information.get(case.information)
        content = _NOTHING if is_withheld(row, flags) else content_of(request, row, rule)
        return _Looked(case, request, row, flags, content, content_digest(content, row).hex())


def _demand_checked(call: Call, found: _Looked) -> None:
    """Two persons where two are needed: who checked this very content is somebody else than who decides."""
    case = found.case
    if not case.needs_two:
        return
    if case.state != CHECKED or case.checked_digest.hex() != found.digest:
        raise Refused(reason="release_unchecked")
    if case.checked_by == call.actor.staff_id:
        raise Refused(reason="second_person_needed")


def _ask(case: Case) -> Ask:
    request = decode(case.request.body, NetworkRequest)
    return Ask(case.process_number, case.permit_id, case.request_digest, request, case.addressee_number)


def _row(call: Call, case: Case) -> ReleaseRow:
    request = decode(case.request.body, NetworkRequest)
    return ReleaseRow(
        process_number=case.process_number,
        requester=case.requester,
        task=request.task,
        purpose=request.purpose,
        information=case.information,
        tax_year=case.tax_year,
        owner=case.owner,
        cause=case.cause,
        state=case.state,
        asked_at=case.asked_at,
        due_at=case.due_at,
        days_left=_days_left(call.at, case.due_at),
        needs_two=case.needs_two,
        checked_by=case.checked_by,
        proposal=case.proposal,
        proposal_reason=case.proposal_reason,
        decided_by=case.decided_by,
        reason=case.reason,
        version=case.version,
        may=_may(call, case),
        since=request.since,
        until=request.until,
    )


def _may(call: Call, case: Case) -> tuple[str, ...]:
    if case.state not in OPEN_CASES:
        return ()
    found = ["check"] if guard.may(call, guard.CHECK, case.owner) else []
    ready = not case.needs_two or (case.state == CHECKED and case.checked_by != call.actor.staff_id)
    if ready and guard.may(call, guard.RELEASE, case.owner):
        found.append("decide")
    return tuple(found)


def _days_left(now: datetime, due_at: datetime) -> int:
    """Open days after today until the last one on which it may be decided; below 0 never."""
    day, last, count = business_date(now), business_date(due_at - timedelta(microseconds=1)), 0
    while day < last:
        day += timedelta(days=1)
        count += not is_closed(day)
    return count


def _number(case: Case) -> str:
    return case.process_number


def _expired(case: Case, now: datetime) -> Act:
    what = (("process_number", case.process_number), ("requester", case.requester))
    return Act("release.expired", now, case.municipality, "slice:intermediary", "", case.process_number, what=what)
