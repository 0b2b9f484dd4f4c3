"""S15-1, S03-1, S03-3: business systems hand in residents and non-residents, and find one person by number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from app.backend.addressee.ports import AddresseeBook, AddresseeUnit, Person
from app.backend.addressee.service.areas import SystemAreas
from app.backend.addressee.service.misses import demand_patience, missed
from app.backend.addressee.service.noting import noting
from app.backend.addressee.service.persons import numbered
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.number import MyNumber, ReadNumber
from app.errors import AppError, BadFormat, NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire.addressee_systems import (
    AreaOpened,
    FindOwn,
    FoundOwn,
    OpenArea,
    PersonsTaken,
    RenewAreaPassword,
    SystemPerson,
    TakePersons,
)
from app.wire.letter import Letter
from app.wire.message import Message

M = TypeVar("M", bound=Message)

ROLE = "business"
"""How the certificate of a business system names it; its letters are signed as ``business.<system>``."""
MOST = 500
LINKED, UNLINKED, UNKNOWN = "linked", "unlinked", "unknown"


class BusinessSystems:
    """What business systems may do, each in its own area: no system sees a number of another one."""

    def __init__(
        self,
        book: AddresseeBook,
        post: Correspondent,
        areas: SystemAreas,
        clock: Clock,
        read_number: ReadNumber = MyNumber,
    ) -> None:
        self._book = book
        self._post = post
        self._noted = noting(book, post, clock)
        self._areas = areas
        self._clock = clock
        self._read_number = read_number
        self._ways: Mapping[str, Callable[[Letter, str, str], Letter]] = {
            "area-open/1": self._open,
            "area-renew/1": self._renew,
            "area-persons/1": self._persons,
            "area-find/1": self._find,
        }

    def answer(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """One outcome per letter. Errors of one: SignInRefused, TooManyTries, SessionEnded, Refused, NotAllowed."""
        return answer_each(letters, self._answer, self._noted)

    def _answer(self, letter: Letter) -> Letter:
        role, place = letter.sender.partition("@")[0], municipality_of(letter)
        name, _, system = role.partition(".")
        if name != ROLE or not system or not self._post.serves(f"addressee@{place}"):
            raise NotAllowed
        way = self._ways.get(letter.kind)
        if way is None:
            raise NotUnderstood(what="kind")
        return way(letter, place, system)

    def _open(self, letter: Letter, place: str, system: str) -> Letter:
        asked = self._read(letter, OpenArea, place)
        return self._opened(place, self._areas.open(place, system, asked.password))

    def _renew(self, letter: Letter, place: str, system: str) -> Letter:
        asked = self._read(letter, RenewAreaPassword, place)
        return self._opened(place, self._areas.renew(place, system, (asked.password, asked.new_password)))

    def _persons(self, letter: Letter, place: str, system: str) -> Letter:
        asked = self._read(letter, TakePersons, place)
        if len(asked.persons) > MOST or not all(one.number and len(one.number) <= MOST for one in asked.persons):
            raise NotUnderstood(what="persons")

        def take(unit: AddresseeUnit) -> tuple[str, ...]:
            self._areas.demand(unit, place, system, asked.token)
            return tuple(self._one(unit, place, system, one) for one in asked.persons)

        taken = PersonsTaken(municipality=place, outcomes=self._book.write(take))
        return self._post.write(f"addressee@{place}", "area-taken/1", taken)

    def _find(self, letter: Letter, place: str, system: str) -> Letter:
        asked = self._read(letter, FindOwn, place)
        if bool(asked.my_number) == bool(asked.number):
            raise NotUnderstood(what="number")
        found = self._book.write(lambda unit: self._found(unit, asked, system))
        return self._post.write(f"addressee@{place}", "area-found/1", found)

    def _found(self, unit: AddresseeUnit, asked: FindOwn, system: str) -> FoundOwn:
        """What the system may know: its own number of one person; who is not in its area is nobody."""
        self._areas.demand(unit, asked.municipality, system, asked.token)
        act = self._act("number.system_found", asked.municipality, system, found=False)
        demand_patience(unit, act)
        person = self._person(unit, asked, system)
        mine = next((one for one in unit.links.of(person) if one.source == system), None) if person else None
        if person is None or mine is None:
            missed(unit, act)
            unit.record([act])
            return FoundOwn(municipality=asked.municipality, number="", code_state="none")
        unit.record([replace(act, about=mine.business_number, what=(("found", True),))])
        return FoundOwn(municipality=asked.municipality, number=mine.business_number, code_state=person.code_state)

    def _person(self, unit: AddresseeUnit, asked: FindOwn, system: str) -> Person | None:
        if asked.number:
            return unit.of_business(asked.municipality, [asked.number], system).get(asked.number)
        try:
            return unit.of_my_number(asked.municipality, self._read_number(asked.my_number))
        except BadFormat:
            return None

    def _one(self, unit: AddresseeUnit, place: str, system: str, one: SystemPerson) -> str:
        outcome = self._outcome(unit, place, system, one)
        act = self._act(
            "number.system_linked",
            place,
            system,
            outcome=outcome,
            resident=one.resident,
            with_my_number=bool(one.my_number),
        )
        unit.record([replace(act, about=one.number)])
        return outcome

    def _outcome(self, unit: AddresseeUnit, place: str, system: str, one: SystemPerson) -> str:
        if one.unlink:
            return UNLINKED if unit.unlink(place, one.number, system) else UNKNOWN
        try:
            person = self._meant(unit, place, one)
        except BadFormat:
            return "bad_number"
        except Refused as refused:
            return refused.reason
        before = unit.of_business(place, [one.number], system).get(one.number)
        if before is not None and before.addressee_number != person.addressee_number:
            return "number_of_another"
        if before is None:
            unit.link(person, one.number, self._clock.now(), system)
        return LINKED

    def _meant(self, unit: AddresseeUnit, place: str, one: SystemPerson) -> Person:
        """Who it is. A 個人番号 that is new here makes a person known; a resident is known by the register first.

        Errors: BadFormat; Refused with the outcome.
        """
        known = unit.of_business(place, [one.same_as]).get(one.same_as) if one.same_as else None
        if not one.my_number:
            if known is None:
                raise Refused(UNKNOWN)
            return known
        number = self._read_number(one.my_number)
        owner = unit.of_my_number(place, number)
        if known is not None and (owner is None or owner.addressee_number != known.addressee_number):
            raise Refused("number_of_another")
        if owner is None and one.resident:
            raise Refused("resident_unknown")
        return owner or numbered(unit, place, number, self._clock.now())

    def _read(self, letter: Letter, gives: type[M], place: str) -> M:
        """Errors: as ``Correspondent.read``; NotAllowed for another municipality's."""
        message = self._post.read(letter, letter.kind, gives, letter.sender.partition("@")[0])
        if getattr(message, "municipality", "") != place:
            raise NotAllowed
        return message

    def _opened(self, place: str, opened: AreaOpened) -> Letter:
        return self._post.write(f"addressee@{place}", "area-opened/1", opened)

    def _act(self, kind: str, place: str, system: str, **what: str | bool) -> Act:
        return Act(kind, self._clock.now(), place, f"system:{system}", "", system, what=tuple(sorted(what.items())))
