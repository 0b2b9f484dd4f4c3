"""Who is under a restraint just now, for slices beside the register: a yes or no, never which one or why."""

from collections.abc import Collection

from app.backend.register.ports import RegisterBook, RegisterUnit
from app.domain.call import Call


class RestrainedPeople:
    """Nobody is looked at: nothing of a person is told but that somebody has to ask the responsible person."""

    def __init__(self, book: RegisterBook) -> None:
        self._book = book

    def protected(self, call: Call, business_numbers: Collection[str]) -> frozenset[str]:
        """Those of them who are under a restraint of any kind on the day of the call."""

        def look(unit: RegisterUnit) -> frozenset[str]:
            found = {number: unit.person(call.municipality, number) for number in business_numbers}
            return frozenset(
                number
                for number, one in found.items()
                if one is not None and any(held.holds_on(call.day) for held in one.resident.restraints)
            )

        return self._book.read(look)
