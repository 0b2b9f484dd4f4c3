"""S03-1: persons that were linked wrongly are merged or split by two members of staff; codes are given up with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.backend.addressee.ports import (
    APPROVED,
    MERGE,
    NONE,
    PROPOSED,
    REJECTED,
    SPLIT,
    AddresseeBook,
    AddresseeUnit,
    Correction,
    Link,
    PastLink,
    Person,
)
from app.backend.addressee.service.persons import numbered
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.number import MyNumber, ReadNumber
from app.errors import AppError, Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.addressee_office import (
    AskCorrections,
    AskLinkHistory,
    Corrections,
    CorrectionView,
    DecideCorrection,
    LinkHistory,
    PastLinkRow,
    ProposeCorrection,
)
from app.wire.corrections import CorrectPersons, PersonCorrection

PROPOSE, DECIDE = "number.correct", "number.correct_decide"
KEEP, OTHER = "keep", "other"
MOST = 200
_LONGEST_ID, _LONGEST = 64, 500


@dataclass(frozen=True, slots=True)
class _Step:
    """A correction being carried out: by which, when, and what the intermediary is to be told."""

    unit: AddresseeUnit
    one: Correction
    at: datetime
    told: list[PersonCorrection]

    def move(self, link: Link, of: Person, to: Person | None) -> None:
        """End a link, with its history, and link the number to somebody else or nobody."""
        past = PastLink(of.addressee_number, link.linked_at, self.at, self.one.correction_id)
        self.unit.links.move(link, of, to, past)

    def gives_up(self, person: Person, kind: str, since: datetime, successor: str = "") -> None:
        """The person's code, and whatever was exchanged under it since, may have been somebody else's."""
        self.told.append(
            PersonCorrection(addressee_number=person.addressee_number, kind=kind, successor=successor, since=since)
        )


class Correcting:
    """Merges and splits."""

    def __init__(self, book: AddresseeBook, read_number: ReadNumber = MyNumber) -> None:
        self._book = book
        self._read_number = read_number

    def propose(self, call: Call, asked: ProposeCorrection) -> CorrectionView:
        """Lay a correction down for somebody else to decide; the same one again is the same.

        Errors: NotAllowed, NotUnderstood; BadFormat; Refused ``reason_missing``, ``not_linked``, ``already_one``;
        Conflict for an id that is taken.
        """
        call.demand(PROPOSE)
        one = self._read(call, asked)

        def propose(unit: AddresseeUnit) -> CorrectionView:
            known = unit.corrections.one(call.municipality, one.correction_id)
            if known is not None:
                if replace(known, proposed_at=one.proposed_at) != one:
                    raise Conflict(version=known.version)
                return _view(known)
            _demand_sense(unit, one)
            unit.corrections.put(one)
            (proof,) = unit.record([_act(call, "number.correction_proposed", one)])
            return _view(one, proof)

        return self._book.write(propose)

    def decide(self, call: Call, asked: DecideCorrection) -> CorrectionView:
        """Carry it out, or reject it.

        Errors: NotAllowed for none such; Conflict; Refused ``not_waiting``, ``same_person`` (who proposed it may not),
        ``not_linked``, ``already_one``, ``number_of_another`` where things have changed meanwhile.
        """
        call.demand(DECIDE)

        def decide(unit: AddresseeUnit) -> CorrectionView | AppError:
            found = unit.corrections.one(call.municipality, asked.correction_id)
            if found is None:
                return NotAllowed()
            if refused := _undecidable(call, found, asked):
                unit.record([_act(call, "number.correction_refused", found)])
                return refused
            state = APPROVED if asked.approve else REJECTED
            done = replace(found, state=state, decided_by=call.actor.staff_id, version=found.version + 1)
            persons = self._carried_out(unit, found, call.at) if asked.approve else ()
            unit.corrections.put(done)
            if persons:
                message = CorrectPersons(
                    municipality=call.municipality, correction_id=found.correction_id, persons=tuple(persons)
                )
                unit.corrections.tell(found.correction_id, message, call.at)
            (proof,) = unit.record([_act(call, f"number.correction_{state}", found, codes=len(persons))])
            return _view(done, proof)

        outcome = self._book.write(decide)
        if isinstance(outcome, AppError):
            raise outcome  # after the commit: the refusal is recorded
        return outcome

    def corrections(self, call: Call, asked: AskCorrections) -> Corrections:
        """Those that wait, or are decided. Errors: NotAllowed."""
        if not call.may_anything(DECIDE):
            call.demand(PROPOSE)
        states = (APPROVED, REJECTED) if asked.decided else (PROPOSED,)
        found = self._book.read(lambda unit: unit.corrections.listed(call.municipality, states, MOST))
        return Corrections(rows=tuple(_view(one) for one in found))

    def history(self, call: Call, asked: AskLinkHistory) -> LinkHistory:
        """How a 宛名番号 was linked before; to whom stays inside. Errors: NotAllowed."""
        if not call.may_anything(DECIDE):
            call.demand(PROPOSE)

        def look(unit: AddresseeUnit) -> LinkHistory:
            present = unit.links.present(call.municipality, asked.business_number)
            past = unit.links.past(call.municipality, asked.business_number)
            unit.record([act_of(call, "number.history_viewed", about=asked.business_number)])
            rows = tuple(
                PastLinkRow(linked_at=one.linked_at, ended_at=one.ended_at, correction_id=one.correction_id)
                for one in past
            )
            return LinkHistory(linked_at=None if present is None else present.linked_at, past=rows)

        return self._book.write(look)

    def _read(self, call: Call, asked: ProposeCorrection) -> Correction:
        if asked.kind not in {MERGE, SPLIT} or asked.right_number not in {KEEP, OTHER}:
            raise NotUnderstood(what="kind")
        if not 0 < len(asked.correction_id) <= _LONGEST_ID or (asked.kind == MERGE) != bool(asked.other):
            raise NotUnderstood(what="correction")
        if asked.my_number and (asked.kind == MERGE or asked.right_number == OTHER):
            raise NotUnderstood(what="my_number")
        reason = asked.reason.strip()[:_LONGEST]
        if not reason:
            raise Refused("reason_missing")
        digits = self._read_number(asked.my_number).text() if asked.my_number else ""
        return Correction(
            municipality=call.municipality,
            correction_id=asked.correction_id,
            kind=asked.kind,
            state=PROPOSED,
            business_number=asked.business_number,
            other=asked.other,
            my_number=digits,
            right_number=asked.right_number,
            reason=reason,
            proposed_by=call.actor.staff_id,
            proposed_at=call.at,
        )

    def _carried_out(self, unit: AddresseeUnit, one: Correction, at: datetime) -> Sequence[PersonCorrection]:
        step = _Step(unit, one, at, [])
        persons = _demand_sense(unit, one)
        if one.kind == MERGE:
            _merge(step, persons[one.business_number], persons[one.other])
        else:
            self._split(step, persons[one.business_number])
        return step.told

    def _split(self, step: _Step, stays: Person) -> None:
        """The number leaves its person; where it was all that the person had, the person stays without one."""
        unit, one = step.unit, step.one
        link = next(each for each in unit.links.of(stays) if each.business_number == one.business_number)
        goes: Person | None = None
        taken = stays.my_number if one.right_number == OTHER else None
        changed = replace(stays, code_state=NONE, process_number="", version=stays.version + 1)
        unit.put(replace(changed, my_number=None) if taken is not None else changed, step.at)
        if taken is not None:
            goes = numbered(unit, one.municipality, taken, step.at)
        elif one.my_number:
            number = self._read_number(one.my_number)
            goes = unit.of_my_number(one.municipality, number) or numbered(unit, one.municipality, number, step.at)
            if goes.addressee_number == stays.addressee_number:
                raise Refused("already_one")
        step.move(link, stays, goes)
        step.gives_up(stays, SPLIT, link.linked_at)


def _merge(step: _Step, keep: Person, gone: Person) -> None:
    """All numbers of ``gone`` are of ``keep``; ``gone`` stands for nobody any more and points to who does."""
    unit, right = step.unit, step.one.right_number
    links = unit.links.of(gone)
    since = min((link.linked_at for link in links), default=step.at)
    for link in links:
        step.move(link, gone, keep)
    unit.put(
        replace(
            gone,
            my_number=None,
            code_state=NONE,
            process_number="",
            version=gone.version + 1,
            successor=keep.addressee_number,
        ),
        step.at,
    )
    step.gives_up(gone, "merged", since, keep.addressee_number)
    takes_over = gone.my_number is not None and (right == OTHER or keep.my_number is None)
    if takes_over:  # the code of who stays was got by another number, or by none
        unit.put(
            replace(keep, my_number=gone.my_number, code_state=NONE, process_number="", version=keep.version + 1),
            step.at,
        )
        step.gives_up(keep, SPLIT, since)


def _demand_sense(unit: AddresseeUnit, one: Correction) -> dict[str, Person]:
    """Whom it is about, by 宛名番号. Errors: Refused ``not_linked``, ``already_one``."""
    numbers = [one.business_number, one.other] if one.kind == MERGE else [one.business_number]
    found = unit.of_business(one.municipality, numbers)
    if len(found) != len(set(numbers)):
        raise Refused("not_linked")
    if one.kind == MERGE and found[one.business_number].addressee_number == found[one.other].addressee_number:
        raise Refused("already_one")
    return found


def _undecidable(call: Call, found: Correction, asked: DecideCorrection) -> AppError | None:
    if found.state != PROPOSED:
        return Refused("not_waiting")
    if found.version != asked.version:
        return Conflict(version=found.version)
    return Refused("same_person") if found.proposed_by == call.actor.staff_id else None


def _act(call: Call, kind: str, one: Correction, **what: int) -> Act:
    said: dict[str, Detail] = {"of": one.kind, "correction": one.correction_id, "other": one.other, **what}
    return replace(act_of(call, kind, about=one.business_number), what=tuple(sorted(said.items())))


def _view(one: Correction, proof: str = "") -> CorrectionView:
    return CorrectionView(
        correction_id=one.correction_id,
        kind=one.kind,
        state=one.state,
        business_number=one.business_number,
        other=one.other,
        right_number=one.right_number,
        with_my_number=bool(one.my_number),
        reason=one.reason,
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        decided_by=one.decided_by,
        version=one.version,
        proof=proof,
    )
