"""印鑑登録: a seal is registered for one person, confirmed by photo, guarantor or letter; and cancelled."""

from dataclasses import replace
from datetime import timedelta

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ChangeBook, ChangeUnit
from app.backend.register.service.copies import Seal
from app.backend.register.service.fee_noting import note_fee
from app.backend.register.service.guard import demand_id, is_closed_to, is_restrained, refusals_kept
from app.backend.register.service.match import Matcher
from app.backend.register.service.seal_checks import SealBooks, SealChecks, names_of
from app.backend.register.service.seal_rows import ACTIVE, ASKED, CANCELLED, letter_of, seal_row
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.person import Capacity
from app.domain.seal_rules import ITSELF, OFFICE, fits
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.seal import AnswerLetter, AskSeals, CancelSeal, RegisterSeal, SealDone, SealRow, Seals

REGISTER = "seal.register"
FEE = "seal_registration"


class SealService:
    """The use cases of who keeps the register of seals."""

    def __init__(self, book: ChangeBook, matcher: Matcher, books: SealBooks) -> None:
        self._book = book
        self._fold = matcher.fold
        self._books = books
        self._rules = books.rules
        self._checks = SealChecks(books)

    def seals(self, call: Call, asked: AskSeals) -> Seals:
        """What is registered for a person, and what a registration asks for. Errors: NotAllowed; Refused."""
        call.demand(REGISTER)

        def look(unit: ChangeUnit) -> Seals:
            self._person(unit, call, asked.business_number)
            found = unit.seals.of_persons(call.municipality, (asked.business_number,))
            unit.record(act_of(call, "seals.opened", visit=asked.visit_id, about=asked.business_number))
            return self._view(tuple(seal_row(self._rules, one) for one in found))

        with refusals_kept(self._book, call, "seals.open", asked.business_number):
            return self._book.write(look)

    def register(self, call: Call, asked: RegisterSeal) -> SealDone:
        """Registered at once with its card, or asked for by 照会書.

        Errors: Refused ``seal_exists``, ``seal_asked``, ``seal_too_young``, ``seal_guardianship``, ``seal_way``,
        ``seal_guarantor``, ``seal_name``, ``seal_shape``, ``seal_too_small``, ``seal_too_big``, ``imprint_...``,
        ``identity_missing``, ``photo_missing``, ``authority_missing``, ``restrained``.
        """
        call.demand(REGISTER)
        seal_id = demand_id(asked.seal_id)
        imprint = self._checks.imprint(asked)

        def register(unit: ChangeUnit) -> SealDone:
            person = self._person(unit, call, asked.business_number)
            if is_restrained(person, "edit", call):
                raise Refused("restrained")
            self._checks.demand(unit, call, asked, person)
            if not fits(asked.text, names_of(person), self._fold):
                raise Refused("seal_name")
            self._demand_none(unit, call, person)
            fee = self._books.fees.fee(FEE, Capacity(asked.capacity), asked.exemption)
            seal = Seal(
                municipality=call.municipality, seal_id=seal_id, business_number=person.business_number, state=ASKED,
                way=asked.way, text=asked.text, imprint=asked.imprint, size=imprint.picture,
                asked_by=call.actor.staff_id, asked_at=call.at, presenter=asked.presenter_name,
                capacity=asked.capacity, fee=fee.yen, exemption=fee.exemption, guarantor=asked.guarantor,
            )  # fmt: skip
            note_fee(unit, call, ("", FEE), (fee.yen, fee.exemption))
            if self._rules.way(asked.way).needs == "letter":
                number = f"{call.day.year}-{unit.seals.next(call.municipality, 'letter'):05}"
                until = call.day + timedelta(days=self._rules.letter_days)
                return self._asked(unit, call, asked, person, replace(seal, letter=number, letter_until=until))
            return SealDone(row=self._activated(unit, call, asked.visit_id, seal))

        with refusals_kept(self._book, call, "seal.register", asked.business_number):
            return self._book.write(lambda unit: unit.once(call, asked, SealDone, lambda: register(unit)))

    def answer(self, call: Call, asked: AnswerLetter) -> SealRow:
        """The answer came back in time. Errors: Refused ``letter_wrong``, ``letter_over``, ``not_waiting``."""
        call.demand(REGISTER)

        def answer(unit: ChangeUnit) -> SealRow:
            seal, person = self._seal(unit, call, asked.seal_id, asked.version)
            if seal.state != ASKED or seal.letter_until is None:
                raise Refused("not_waiting")
            if asked.letter.strip() != seal.letter:
                raise Refused("letter_wrong")
            if call.day > seal.letter_until:
                raise Refused("letter_over")
            self._checks.presenter(asked, person)
            return self._activated(unit, call, asked.visit_id, replace(seal, version=seal.version + 1))

        with refusals_kept(self._book, call, "seal.answer", asked.seal_id):
            return self._book.write(lambda unit: unit.once(call, asked, SealRow, lambda: answer(unit)))

    def cancel(self, call: Call, asked: CancelSeal) -> SealRow:
        """廃印, asked for by the person or an agent with authority, or entered by the office."""
        call.demand(REGISTER)
        title, by = self._rules.reasons.get(asked.reason, ("", ITSELF))
        if not title or by == ITSELF:
            raise NotUnderstood(what="reason")

        def cancel(unit: ChangeUnit) -> SealRow:
            seal, person = self._seal(unit, call, asked.seal_id, asked.version)
            if seal.state == CANCELLED:
                raise Refused("not_waiting")
            if by != OFFICE:
                self._checks.presenter(asked, person)
            done = replace(
                seal, state=CANCELLED, cancelled_on=call.day, cancelled_why=asked.reason,
                cancelled_by=call.actor.staff_id, version=seal.version + 1,
            )  # fmt: skip
            unit.seals.put(done)
            unit.record(_act(call, "seal.cancelled", done, asked.visit_id, code=asked.reason, capacity=asked.capacity))
            return seal_row(self._rules, done)

        with refusals_kept(self._book, call, "seal.cancel", asked.seal_id):
            return self._book.write(lambda unit: unit.once(call, asked, SealRow, lambda: cancel(unit)))

    def _asked(self, unit: ChangeUnit, call: Call, asked: RegisterSeal, person: Resident, seal: Seal) -> SealDone:
        unit.seals.put(seal)
        unit.record(_act(call, "seal.asked", seal, asked.visit_id, way=seal.way, capacity=seal.capacity))
        page = letter_of(self._rules, seal, person, call.day)
        return SealDone(row=seal_row(self._rules, seal), letter=page, address=(person.address, person.name))

    def _activated(self, unit: ChangeUnit, call: Call, visit_id: str, seal: Seal) -> SealRow:
        card = f"{unit.seals.next(call.municipality, 'card'):0{self._rules.card_digits}}"
        done = replace(seal, state=ACTIVE, card=card, registered_on=call.day)
        unit.seals.put(done)
        unit.record(_act(call, "seal.registered", done, visit_id, way=done.way, capacity=done.capacity))
        return seal_row(self._rules, done)

    def _demand_none(self, unit: ChangeUnit, call: Call, person: Resident) -> None:
        """One seal a person; one whose letter nobody answered in time is none any more."""
        found = unit.seals.open_of(call.municipality, person.business_number)
        if found is None:
            return
        if found.state == ACTIVE:
            raise Refused("seal_exists")
        if found.letter_until is not None and call.day <= found.letter_until:
            raise Refused("seal_asked")
        over = replace(
            found, state=CANCELLED, cancelled_on=call.day, cancelled_why="letter_over", version=found.version + 1
        )
        unit.seals.put(over)
        unit.record(_act(call, "seal.cancelled", over, "", code="letter_over"))

    def _person(self, unit: ChangeUnit, call: Call, business_number: str) -> Resident:
        """The person, where whoever asks may look. Errors: NotAllowed; Refused ``restrained``."""
        found = unit.person(call.municipality, business_number)
        if found is None:
            raise NotAllowed
        if is_closed_to(unit, call, (found.resident,)):
            raise Refused("restrained")
        return found.resident

    def _seal(self, unit: ChangeUnit, call: Call, seal_id: str, version: int) -> tuple[Seal, Resident]:
        seal = unit.seals.one(call.municipality, seal_id)
        if seal is None:
            raise NotAllowed
        person = self._person(unit, call, seal.business_number)
        if seal.version != version:
            raise Conflict(version=seal.version)
        return seal, person

    def _view(self, rows: tuple[SealRow, ...]) -> Seals:
        rules, books = self._rules, self._books
        return Seals(
            rows=rows,
            ways=tuple((one.id, one.title, tuple(sorted(one.by))) for one in rules.ways.values()),
            shapes=tuple((name, title) for name, (title, _) in rules.shapes.items()),
            reasons=tuple((name, title) for name, (title, by) in rules.reasons.items() if by != ITSELF),
            exemptions=tuple((one.id, one.title) for one in books.fees.exemptions if FEE in one.kinds),
            fee=books.fees.amounts[FEE].yen,
        )


def _act(call: Call, kind: str, seal: Seal, visit_id: str, **more: Detail) -> Act:
    return act_of(call, kind, visit=visit_id, about=seal.business_number, seal=seal.seal_id, **more)
