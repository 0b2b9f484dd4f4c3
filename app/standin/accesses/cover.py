"""What misuse hides behind: nothing, a visit opened only to look, somebody else's valid visit, a reason that is not."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.access import Way
from app.standin.accesses.book import REASONS, Book
from app.standin.accesses.office import Clerk, Invented, at
from app.standin.city.chance import Chance


class Cover(StrEnum):
    """How a look is made to seem in order."""

    NONE = "none"
    EMPTY = "empty_visit"
    VALID = "valid_visit"
    REASON = "reason"


COVERS = (Cover.NONE, Cover.EMPTY, Cover.VALID, Cover.REASON)


class Looker:
    """Lets a clerk look at people under a cover, at office hours unless told otherwise."""

    def __init__(self, book: Book, chance: Chance) -> None:
        self.book = book
        self.chance = chance

    def day(self) -> int:
        """Any working day."""
        return self.chance.below(len(self.book.office.days))

    def look(self, clerk: Clerk, people: Sequence[Invented], number: int, cover: Cover) -> list[int]:
        """Search for and open each of ``people`` on working day ``number``; the places of the accesses."""
        day: date = self.book.office.days[number]
        begun = at(day, self.chance.between(9 * 60, 16 * 60 + 30), self.chance.below(60))
        if cover is Cover.VALID:
            visits = self.book.visits.get((clerk.staff_id, number), [])
            if visits:
                visit = self.chance.pick(visits)
                return self.at(clerk, people, self.book.matters[visit].opened_at + timedelta(minutes=3), visit=visit)
            cover = Cover.EMPTY
        if cover is Cover.EMPTY:
            visit = self.book.open_matter(clerk, begun, self.chance.between(1, 4) + len(people), (), number)
            return self.at(clerk, people, begun + timedelta(seconds=20), visit=visit)
        return self.at(clerk, people, begun, reason=self.chance.pick(REASONS) if cover is Cover.REASON else "")

    def at(
        self, clerk: Clerk, people: Sequence[Invented], begun: datetime, *, visit: str = "", reason: str = ""
    ) -> list[int]:
        """The same at an instant, under a visit or a reason that is there already."""
        places: list[int] = []
        for count, one in enumerate(people):
            when = begun + timedelta(seconds=45 * count)
            places.append(self.book.search(clerk, when, (one,), visit=visit, reason=reason))
            places.append(
                self.book.look(clerk, when + timedelta(seconds=12), Way.OPEN, one, visit=visit, reason=reason)
            )
        return places
