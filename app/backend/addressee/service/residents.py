"""住登者 from residentbase (S04-2, S15-1): who has a 個人番号 is numbered and linked, each change once and in order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.backend.addressee.ports import AddresseeUnit, LinedBook, LinedUnit
from app.backend.addressee.service.noting import noting
from app.backend.addressee.service.persons import numbered
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.number import MyNumber, ReadNumber
from app.errors import AppError, BadFormat, NotAllowed
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire.letter import Letter
from app.wire.resident_base import NotUsed, ResidentChange, ResidentChanges, SentNumber, Taken, fresh

SYSTEM = "addressee"
BY = "slice:residentbase"
LINKED, RENUMBERED = "linked", "renumbered"
"""What became of a number that was taken; whatever else is said is why it was not."""


class ResidentTaking:
    """Takes changes of residents; of their items it keeps the number alone."""

    def __init__(self, book: LinedBook, post: Correspondent, clock: Clock, read_number: ReadNumber = MyNumber) -> None:
        self._book = book
        self._post = post
        self._noted = noting(book, post, clock)
        self._clock = clock
        self._read_number = read_number

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """One answer for each message; the mark up to where it has them moves in the transaction of what it takes."""
        return answer_each(letters, self._take, self._noted)

    def _take(self, letter: Letter) -> Letter:
        sent = self._post.read(letter, "resident-changes/1", ResidentChanges, "residentbase")
        place = sent.municipality
        own = f"{SYSTEM}@{place}"
        if municipality_of(letter) != place or sent.system != SYSTEM or not self._post.serves(own):
            raise NotAllowed
        return self._post.write(own, "taken/1", self._book.write_line(lambda unit: self._taken(unit, sent)))

    def _taken(self, unit: LinedUnit, sent: ResidentChanges) -> Taken:
        place, at = sent.municipality, self._clock.now()
        found = fresh(unit.up_to(place), sent)
        outcomes = [(one, self._one(unit, place, one, at)) for one in found.changes]
        unit.reached(place, found.up_to)
        unit.record([_act(place, *outcome, at) for outcome in outcomes if outcome[1]])
        refused = tuple(
            NotUsed(sequence=one.sequence, reason=outcome)
            for one, outcome in outcomes
            if outcome in {"bad_number", "number_of_another"}
        )
        return Taken(municipality=place, system=SYSTEM, up_to=found.up_to, missing=found.missing, not_used=refused)

    def _one(self, unit: AddresseeUnit, place: str, one: ResidentChange, at: datetime) -> str:
        """What became of the number; "" where the change tells none."""
        sent = one.after.my_number
        if not isinstance(sent, SentNumber):
            return ""
        try:
            number = self._read_number(sent.digits)
        except BadFormat:
            return "bad_number"
        owner = unit.of_my_number(place, number)
        person = unit.of_business(place, [one.subject]).get(one.subject)
        if person is None:
            unit.link(owner or numbered(unit, place, number, at), one.subject, at)
            return LINKED
        if owner is not None and owner.addressee_number != person.addressee_number:
            return "number_of_another"
        if owner is not None:
            return ""
        unit.put(replace(person, my_number=number, version=person.version + 1), at)
        return RENUMBERED


def _act(place: str, one: ResidentChange, outcome: str, at: datetime) -> Act:
    what = (("outcome", outcome), ("register_sequence", one.register_sequence), ("sequence", one.sequence))
    return Act("number.resident_taken", at, place, BY, "", f"{SYSTEM}:{one.sequence}", about=one.subject, what=what)
