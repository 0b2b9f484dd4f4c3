"""S03-3: one person by 個人番号 or by a business number, never a list; who tries numbers is slowed down and told of."""

from app.backend.addressee.ports import NONE, AddresseeBook, AddresseeUnit, Person
from app.backend.addressee.service.misses import demand_patience, missed
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.number import MyNumber, ReadNumber
from app.errors import BadFormat, NotUnderstood
from app.wire.addressee_office import FindNumber, FoundNumber, SystemNumber

FIND = "number.search"


class NumberSearch:
    """The counter's search."""

    def __init__(self, book: AddresseeBook, read_number: ReadNumber = MyNumber) -> None:
        self._book = book
        self._read_number = read_number

    def find(self, call: Call, asked: FindNumber) -> FoundNumber:
        """One person or nobody. A number that is none and one that nobody has get the same answer.

        Errors: NotAllowed; NotUnderstood unless exactly one number is given; TooManyTries after many in vain.
        """
        call.demand(FIND, asked.procedure)
        if bool(asked.my_number) == bool(asked.business_number):
            raise NotUnderstood(what="number")
        return self._book.write(lambda unit: self._found(unit, call, asked))

    def _found(self, unit: AddresseeUnit, call: Call, asked: FindNumber) -> FoundNumber:
        by = "my_number" if asked.my_number else "business_number"
        act = act_of(call, "number.found", about=asked.business_number, by=by, procedure=asked.procedure, found=False)
        demand_patience(unit, act)
        person = self._person(unit, call.municipality, asked)
        if person is None:
            missed(unit, act)
            (proof,) = unit.record([act])
            return FoundNumber(numbers=(), number_linked=False, code_state=NONE, proof=proof)
        links = unit.links.of(person)
        about = links[0].business_number if links else asked.business_number
        found = act_of(call, "number.found", about=about, by=by, procedure=asked.procedure, found=True)
        (proof,) = unit.record([found])
        return FoundNumber(
            numbers=tuple(
                SystemNumber(system=one.source, number=one.business_number, linked_at=one.linked_at) for one in links
            ),
            number_linked=person.my_number is not None,
            code_state=person.code_state,
            proof=proof,
        )

    def _person(self, unit: AddresseeUnit, municipality: str, asked: FindNumber) -> Person | None:
        if asked.business_number:
            return unit.of_business(municipality, [asked.business_number], asked.system).get(asked.business_number)
        try:
            return unit.of_my_number(municipality, self._read_number(asked.my_number))
        except BadFormat:
            return None
