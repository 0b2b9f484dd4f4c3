"""Ordinary days: visits with and without a card, slips of the hand, review of cases, calls and letters.

How often things happen is assumed throughout; nobody has published it for ward offices.
"""

from datetime import date, datetime, timedelta

from app.domain.access import Way
from app.standin.accesses.book import REASONS, Book
from app.standin.accesses.office import Clerk, Invented, Office, at
from app.standin.city.chance import Chance

_OPENS, _CLOSES = 8 * 60 + 45, 17 * 60


class Routine:
    """Writes ordinary days into a book."""

    def __init__(self, book: Book, seed: str) -> None:
        self._book = book
        self._office: Office = book.office
        self._seed = seed

    def write(self) -> None:
        """Every clerk on every day."""
        for number, day in enumerate(self._office.days):
            for clerk in self._office.clerks:
                self._day(Chance(self._seed, number, clerk.staff_id), clerk, day, number)

    def _day(self, chance: Chance, clerk: Clerk, day: date, number: int) -> None:
        if chance.often(8):
            return
        visits = chance.between(self._office.size.visits - 3, self._office.size.visits + 3)
        slot = (_CLOSES - _OPENS) // visits
        for place in range(visits):
            self._visit(chance, clerk, (day, _OPENS + place * slot + chance.below(8)), number)
        if chance.often(50):
            self._call(chance, clerk, day)

    def _visit(self, chance: Chance, clerk: Clerk, when: tuple[date, int], number: int) -> None:
        day, minute = when
        one = chance.pick(self._office.residents)
        by_card, handed_in = chance.often(65), chance.often(72)
        begun = at(day, minute, chance.below(60))
        lasts = chance.between(8, 25) if handed_in else chance.between(2, 20)
        visit = self._book.open_matter(clerk, begun, lasts, (one,) if by_card or handed_in else (), number)
        step = begun + timedelta(minutes=1)
        if by_card:
            self._book.search(clerk, step, (one,), visit=visit)
        else:
            self._typed(chance, clerk, one, (step, visit))
        self._book.look(clerk, step + timedelta(seconds=40), Way.OPEN, one, visit=visit)
        if handed_in:
            self._hand_in(chance, clerk, one, (step, visit))
        if chance.below(100) == 0:
            # called back after the visit was closed
            late = begun + timedelta(minutes=lasts + 4)
            self._book.look(clerk, late, Way.OPEN, one, visit=visit)
        if chance.below(400) == 0:
            # the next person is served in a visit that was not closed
            other = chance.pick(self._office.residents)
            self._book.search(clerk, step + timedelta(minutes=5), (other,), visit=visit)
            self._book.look(clerk, step + timedelta(minutes=5, seconds=30), Way.OPEN, other, visit=visit)

    def _typed(self, chance: Chance, clerk: Clerk, one: Invented, place: tuple[datetime, str]) -> None:
        step, visit = place
        namesakes = self._office.by_surname[one.surname]
        if chance.often(8):
            # mistyped: others are found, or nobody
            others = [chance.pick(self._office.residents) for _ in range(chance.below(3))]
            self._book.search(clerk, step, others, visit=visit)
        hits = [one, *(chance.pick(namesakes) for _ in range(chance.below(6)))]
        hits = list(dict.fromkeys(hits))
        self._book.search(clerk, step + timedelta(seconds=15), hits, visit=visit)
        if len(hits) > 1 and chance.often(4):
            # the wrong line of the list
            self._book.look(clerk, step + timedelta(seconds=25), Way.OPEN, hits[1], visit=visit)

    def _hand_in(self, chance: Chance, clerk: Clerk, one: Invented, place: tuple[datetime, str]) -> None:
        step, visit = place
        wide = chance.often(55)
        members = self._office.households[one.household]
        if wide and len(members) > 1 and chance.often(50):
            other = chance.pick([each for each in members if each is not one])
            self._book.look(clerk, step + timedelta(minutes=2), Way.OPEN, other, visit=visit)
        taken = step + timedelta(minutes=6)
        checker, decider = chance.pick(self._office.clerks), chance.pick(self._office.clerks)
        looked = taken + timedelta(minutes=chance.between(10, 90))
        decided = taken + timedelta(minutes=chance.between(120, 240))
        self._book.look(checker, looked, Way.FILE, one, visit=visit)
        if chance.often(30):
            self._book.look(checker, looked + timedelta(minutes=1), Way.OPEN, one, visit=visit)
        if chance.often(40):
            self._book.look(checker, looked + timedelta(minutes=2), Way.ENQUIRY, one, visit=visit)
            self._book.look(checker, looked + timedelta(minutes=4), Way.ANSWER, one, visit=visit)
        self._book.look(decider, decided, Way.FILE, one, visit=visit)
        if chance.often(60):
            self._book.look(decider, decided + timedelta(minutes=1), Way.PRINT, one, visit=visit)
        if chance.below(300) == 0:
            # asked about days later
            self._book.look(decider, decided + timedelta(days=chance.between(9, 30)), Way.FILE, one, visit=visit)
        staff = frozenset({clerk.staff_id, checker.staff_id, decider.staff_id})
        self._book.change(visit, staff=staff, wide=wide, waits_from=taken, waits_until=decided)

    def _call(self, chance: Chance, clerk: Clerk, day: date) -> None:
        """Somebody rings up or writes, or another office asks."""
        one, reason = chance.pick(self._office.residents), chance.pick(REASONS)
        if chance.often(3):
            # somebody who rings up this clerk again and again
            one = self._office.residents[int(clerk.staff_id[1:]) * 7 % len(self._office.residents)]
        begun = at(day, chance.between(_OPENS, _CLOSES), chance.below(60))
        self._book.search(clerk, begun, (one,), reason=reason)
        self._book.look(clerk, begun + timedelta(seconds=30), Way.OPEN, one, reason=reason)
