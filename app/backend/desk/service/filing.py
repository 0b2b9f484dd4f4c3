"""What a decision has the resident register enter: laid down with the decision, brought there until it is settled."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.backend.desk.ports import Case, DeskBook, DeskUnit
from app.backend.desk.ports.filings import KeptFiling
from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.procedure import Procedure
from app.domain.register_filing import RegisterFiling
from app.errors import AppError, NotUnderstood
from app.link.letters import Correspondent, Neighbour
from app.wire.desk import Fact, FilingState
from app.wire.desk_filing import (
    FINAL,
    MOST,
    QUEUED,
    DeskFiling,
    DeskFilings,
    FiledPerson,
    FilingMark,
    FilingMarks,
)

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
LOOK_AGAIN = timedelta(minutes=1)
"""How often it is asked what became of an entry. Assumed."""
_FIRST_WAIT_S, _LONGEST_WAIT_S, _DOUBLINGS = 5, 900, 10


class FilingErrands:
    """Called by a pump. ``register``: where the register answers letters."""

    def __init__(self, book: DeskBook, post: Correspondent, register: Neighbour, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._register = register
        self._clock = clock

    def turn(self) -> bool:
        """Bring what is due; whether there was any."""
        due = self._book.write(lambda unit: unit.due_filings(self._clock.now(), LEASE, MOST))
        if not due:
            return False
        place = due[0].municipality
        try:
            marks = self._asked(place, [one.filing for one in due if one.filing is not None])
        except AppError as error:
            log.info("the register was not reached for filings", extra={"code": error.code, "together": len(due)})
            cause = error.code
            self._book.write(lambda unit: self._later(unit, due, cause))
            return False
        self._book.write(lambda unit: self._settle(unit, due, marks))
        return True

    def _asked(self, place: str, filings: Iterable[DeskFiling]) -> tuple[FilingMark, ...]:
        message = DeskFilings(municipality=place, filings=tuple(filings))
        letter = self._post.write(f"desk@{place}", "desk-filings/1", message)
        marks = self._post.read(self._register.ask(letter), "filing-marks/1", FilingMarks, "register", place).marks
        if [one.application_id for one in marks] != [one.application_id for one in message.filings]:
            raise NotUnderstood(what="application_id")
        return marks

    def _settle(self, unit: DeskUnit, due: Sequence[KeptFiling], marks: Sequence[FilingMark]) -> None:
        now = self._clock.now()
        for one, mark in zip(due, marks, strict=True):
            is_news = (one.state, one.cause) != (mark.state, mark.cause)
            kept = replace(
                one, state=mark.state, cause=mark.cause, entry_id=mark.entry_id or one.entry_id, attempts=0,
                changed_at=now if is_news else one.changed_at, version=one.version + 1,
            )  # fmt: skip
            unit.put_filing(kept, None if mark.state in FINAL else now + LOOK_AGAIN)
            if is_news:
                unit.record(_act(kept, now))

    def _later(self, unit: DeskUnit, due: Sequence[KeptFiling], cause: str) -> None:
        now = self._clock.now()
        for one in due:
            wait = min(_FIRST_WAIT_S * 2 ** min(one.attempts, _DOUBLINGS), _LONGEST_WAIT_S)
            kept = replace(one, cause=cause, attempts=one.attempts + 1, version=one.version + 1)
            unit.put_filing(kept, now + timedelta(seconds=wait))


def queue_filing(unit: DeskUnit, call: Call, procedure: Procedure, case: Case) -> None:
    """Lay down what an approval has the register enter, in the transaction of the approval; nothing for most."""
    if procedure.filing is not None:
        unit.queue_filing(call.municipality, filing_of(call, procedure.filing, case), call.at)


def filing_state(kept: KeptFiling | None) -> FilingState | None:
    """How it stands, for who looks at the case."""
    if kept is None:
        return None
    return FilingState(state=kept.state, since=kept.changed_at, entry_id=kept.entry_id, cause=kept.cause)


def filing_of(call: Call, rule: RegisterFiling, case: Case) -> DeskFiling:
    """What the procedure's data takes from the case."""
    facts = case.content.facts
    rows = facts.get(rule.persons)
    field, values = rule.household
    other = next((one for one in rule.others if _text(facts.get(one.field)) == one.value), None)
    if other is not None:
        values = other.household
    return DeskFiling(
        application_id=case.application_id,
        number=case.number,
        visit_id=case.visit_id,
        decided_by=call.actor.staff_id,
        office=call.actor.department,
        applicant=case.content.roles.applicant.business_number,
        kind=rule.kind if other is None else other.kind,
        reason=rule.reason,
        filed_day=_day(facts.get(rule.filed_day)) or case.receipt_date,
        event_day=_day(facts.get(rule.event_day)),
        address=" ".join(text for name in rule.address if (text := _text(facts.get(name)))),
        household=dict(values).get(_text(facts.get(field)), ""),
        persons=tuple(
            FiledPerson(
                name=_text(row.get(rule.name)), birth=_day(row.get(rule.birth)), relation=_text(row.get(rule.relation))
            )
            for row in (rows if isinstance(rows, tuple) else ())
        ),
        late_reason=_text(facts.get(rule.late_reason)) if rule.late_reason else "",
    )


def _text(fact: Fact | None) -> str:
    return fact.strip() if isinstance(fact, str) else ""


def _day(fact: Fact | None) -> date | None:
    try:
        return date.fromisoformat(fact) if isinstance(fact, str) and fact else None
    except ValueError:
        return None


def _act(kept: KeptFiling, at: datetime) -> Act:
    state = "waiting" if kept.state == QUEUED else kept.state
    what = (("entry", kept.entry_id), ("state", state))
    return Act(
        "application.filing_told", at, kept.municipality, "slice:register", "", "filing", "", kept.application_id, what
    )
