"""Numbers a person when the 個人番号 becomes known, links it, translates for the relay; no way to list persons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.backend.addressee.ports import (
    ACQUIRED,
    NONE,
    PASSED_ON,
    REQUESTED,
    AddresseeBook,
    AddresseeUnit,
    PassOn,
    Person,
    ResidentGateway,
)
from app.backend.addressee.service.noting import noting
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.exchange_numbers import addressee_number
from app.domain.number import MyNumber, ReadNumber
from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire.addressee import (
    AskLinks,
    AskOwners,
    CodeChange,
    CodeChanges,
    CodesNoted,
    LinkNumber,
    LinkState,
    LinkStates,
    Owners,
    Translate,
    Translation,
    Translations,
)
from app.wire.letter import Letter

MOST = 64
"""Persons asked about at once: enough for a household, too few to list a city."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A person taken in from the register. ``my_number`` None: known by 宛名番号 only, no addressee number is made."""

    business_number: str
    my_number: MyNumber | None


class AddresseeService:
    """The addressee slice's use cases."""

    def __init__(
        self,
        book: AddresseeBook,
        post: Correspondent,
        gateway: ResidentGateway,
        clock: Clock,
        read_number: ReadNumber = MyNumber,
    ) -> None:
        self._book = book
        self._post = post
        self._noted = noting(book, post, clock)
        self._gateway = gateway
        self._clock = clock
        self._read_number = read_number

    def states(self, call: Call, asked: AskLinks) -> LinkStates:
        """Whether numbers are linked and codes are there. Errors: NotAllowed, NotUnderstood for too many."""
        call.demand("number.state", asked.procedure)
        if len(asked.business_numbers) > MOST:
            raise NotUnderstood(what="business_numbers")

        def look(unit: AddresseeUnit) -> LinkStates:
            found = unit.of_business(call.municipality, asked.business_numbers)
            return LinkStates(states=tuple(_state(number, found.get(number)) for number in asked.business_numbers))

        return self._book.read(look)

    def link(self, call: Call, asked: LinkNumber) -> LinkState:
        """Take a 個人番号 that was handed in and confirmed. The same one again changes nothing.

        Errors: NotAllowed; BadFormat for no 個人番号; Refused ``other_number_linked`` (the person has another one) or
        ``number_of_another`` (it belongs to another person here).
        """
        call.demand("number.link", asked.procedure)
        number = self._read_number(asked.my_number)
        outcome = self._book.write(lambda unit: self._link(unit, call, asked, number))
        if isinstance(outcome, AppError):
            raise outcome  # after the commit: the refusal is recorded
        return _state(asked.business_number, outcome)

    def load(self, municipality: str, persons: Sequence[Loaded]) -> dict[str, str]:
        """Take persons in from the register; 宛名番号 → 統合宛名番号. Known persons keep theirs."""
        at = self._clock.now()

        def take(unit: AddresseeUnit) -> dict[str, str]:
            known = unit.of_business(municipality, [one.business_number for one in persons])
            numbers: dict[str, str] = {}
            for one in persons:
                person = known.get(one.business_number)
                if person is None and one.my_number is not None:
                    owner = unit.of_my_number(municipality, one.my_number)
                    person = owner or numbered(unit, municipality, one.my_number, at)
                    unit.link(person, one.business_number, at)
                if person is not None:
                    numbers[one.business_number] = person.addressee_number
            act = Act(
                "number.taken_in", at, municipality, "slice:addressee", "", "load", what=(("count", len(numbers)),)
            )
            unit.record([act])
            return numbers

        return self._book.write(take)

    def note(self, municipality: str, changes: Sequence[CodeChange]) -> None:
        """Take over code states; requested codes are passed on to the resident network. Errors: Unreachable."""
        waiting = self._book.write(lambda unit: self._changed(unit, municipality, changes))
        if waiting:
            self._gateway.pass_on(municipality, [item for _, item in waiting])
            passed = [_passed_on(change, item) for change, item in waiting]
            self._book.write(lambda unit: self._changed(unit, municipality, passed))

    def translate(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """The relay's questions: 宛名番号 → 統合宛名番号, for its own municipality only."""
        return answer_each(letters, self._translate, self._noted)

    def owners(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """The way back, of few persons: 統合宛名番号 → 宛名番号, for the relay's own municipality only."""
        return answer_each(letters, self._owners, self._noted)

    def note_codes(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Code states from the relay; requested ones go on to the resident network, again until that is noted."""
        return answer_each(letters, self._note_codes, self._noted)

    def _translate(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "translate/1", Translate, "relay")
        municipality = self._own(letter, asked.municipality)
        found = self._book.read(lambda unit: unit.of_business(municipality, asked.business_numbers))
        translations = tuple(_translation(found.get(number)) for number in asked.business_numbers)
        answer = Translations(municipality=municipality, found=translations)
        return self._post.write(f"addressee@{municipality}", "translations/1", answer)

    def _owners(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-owners/1", AskOwners, "relay")
        municipality = self._own(letter, asked.municipality)
        if len(asked.addressee_numbers) > MOST:
            raise NotUnderstood(what="addressee_numbers")

        def look(unit: AddresseeUnit) -> tuple[str, ...]:
            found = unit.of_addressee(municipality, asked.addressee_numbers)
            return tuple(
                "" if one not in found else _owner(unit, municipality, found[one]) for one in asked.addressee_numbers
            )

        answer = Owners(municipality=municipality, business_numbers=self._book.read(look))
        return self._post.write(f"addressee@{municipality}", "owners/1", answer)

    def _note_codes(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "code-changes/1", CodeChanges, "relay")
        municipality = self._own(letter, asked.municipality)
        self.note(municipality, asked.changes)
        noted = CodesNoted(municipality=municipality, count=len(asked.changes))
        return self._post.write(f"addressee@{municipality}", "codes-noted/1", noted)

    def _changed(
        self, unit: AddresseeUnit, municipality: str, changes: Sequence[CodeChange]
    ) -> list[tuple[CodeChange, PassOn]]:
        """Write the new states; what is to be passed on, with its change."""
        at = self._clock.now()
        found = unit.of_addressee(municipality, [change.addressee_number for change in changes])
        waiting: list[tuple[CodeChange, PassOn]] = []
        acts: list[Act] = []
        for change in changes:
            person = found.get(change.addressee_number)
            if person is None or person.code_state == ACQUIRED or person.successor:
                continue
            number = change.process_number or person.process_number
            unit.put(replace(person, code_state=change.state, process_number=number, version=person.version + 1), at)
            what = (("process_number", number), ("state", change.state))
            acts.append(Act("code.state_changed", at, municipality, "slice:relay", "", number or "code", what=what))
            if change.state == REQUESTED:
                waiting.append((change, PassOn(unit.business_number(person), number, person.my_number)))
        unit.record(acts)
        return waiting

    def _own(self, letter: Letter, municipality: str) -> str:
        """The sender's municipality, which must be the one the message speaks of and be served here."""
        if municipality_of(letter) != municipality or not self._post.serves(f"addressee@{municipality}"):
            raise NotAllowed
        return municipality

    def _link(self, unit: AddresseeUnit, call: Call, asked: LinkNumber, number: MyNumber) -> Person | AppError:
        person = unit.of_business(call.municipality, [asked.business_number]).get(asked.business_number)
        owner = unit.of_my_number(call.municipality, number)
        reason = _refusal(person, owner, number)
        what = {"method": asked.method, "reason": reason, "procedure": asked.procedure}
        kind = "number.link_refused" if reason else "number.linked"
        unit.record([act_of(call, kind, visit=asked.visit_id, about=asked.business_number, **what)])
        if reason:
            return Refused(reason=reason)
        if person is not None:
            return person
        made = numbered(unit, call.municipality, number, call.at)
        unit.link(made, asked.business_number, call.at)
        return made


def numbered(unit: AddresseeUnit, municipality: str, number: MyNumber, at: datetime) -> Person:
    """A new person under the next number that has a check digit."""
    digits = None
    while digits is None:
        digits = addressee_number(unit.next_serial(municipality))
    person = Person(municipality, digits, number, NONE, "", 1)
    unit.add(person, at)
    return person


def _refusal(person: Person | None, owner: Person | None, number: MyNumber) -> str:
    """Why ``number`` can't be this person's; one number is one person here."""
    if person is not None and person.my_number is not None and person.my_number != number:
        return "other_number_linked"
    if owner is not None and (person is None or owner.addressee_number != person.addressee_number):
        return "number_of_another"
    return ""


def _owner(unit: AddresseeUnit, municipality: str, person: Person) -> str:
    """A 宛名番号 of the person, or of the one that they were merged into."""
    while person.successor:
        after = unit.of_addressee(municipality, [person.successor]).get(person.successor)
        if after is None:
            return ""
        person = after
    return unit.business_number(person)


def _passed_on(change: CodeChange, item: PassOn) -> CodeChange:
    return CodeChange(addressee_number=change.addressee_number, state=PASSED_ON, process_number=item.process_number)


def _state(business_number: str, person: Person | None) -> LinkState:
    known = person is not None and person.my_number is not None
    state = NONE if person is None else person.code_state
    return LinkState(business_number=business_number, number_linked=known, code_state=state)


def _translation(person: Person | None) -> Translation:
    if person is None:
        return Translation(addressee_number="", code_state=NONE)
    return Translation(addressee_number=person.addressee_number, code_state=person.code_state)
