"""Two classes of misuse that were laid down before the rules of the review and that these were not tuned on.

They are part of no threshold's making: whoever changes a rule measures on the others and reads these figures last.
"""

from datetime import timedelta

from app.standin.accesses.book import Book
from app.standin.accesses.cover import COVERS, Cover, Looker
from app.standin.accesses.office import Clerk, at
from app.standin.city.chance import Chance

KINDS = ("slow_drip", "borrowed_session")


def lay_in(book: Book, seed: str, each: int) -> None:
    """``each`` incidents of both classes."""
    for number in range(each):
        chance = Chance(seed, "slow_drip", number)
        book.incidents.append(("slow_drip", "changing", _drip(Looker(book, chance))))
        chance = Chance(seed, "borrowed_session", number)
        cover = (Cover.NONE, Cover.VALID)[number % 2]
        book.incidents.append(("borrowed_session", cover.value, _borrowed(Looker(book, chance), cover)))


def _drip(looker: Looker) -> list[int]:
    """One person over weeks, seldom, from changing terminals and under a changing cover."""
    office, chance = looker.book.office, looker.chance
    clerk, one = chance.pick(office.clerks), chance.pick(office.residents)
    last = len(office.days) - 1
    day = chance.below(max(1, last - 45))
    places: list[int] = []
    for _ in range(chance.between(5, 8)):
        seat = Clerk(clerk.staff_id, chance.pick(office.clerks).terminal, clerk.surname, clerk.home)
        places += looker.look(seat, (one,), min(day, last), chance.pick(COVERS))
        day += chance.between(4, 9)
    return places


def _borrowed(looker: Looker, cover: Cover) -> list[int]:
    """Somebody looks in the session of a colleague who has just gone away, at people near to who looks.

    Two or three looks of a minute each time, at noon, two to four times.
    """
    office, chance = looker.book.office, looker.chance
    owner = chance.pick(office.clerks)
    thief = chance.pick([one for one in office.clerks if one.home and one is not owner])
    block = office.blocks[thief.home.block] if thief.home else office.residents
    targets = [one for one in block if one is not thief.home]
    places: list[int] = []
    for _ in range(chance.between(2, 4)):
        number = looker.day()
        people = [chance.pick(targets) for _ in range(chance.between(2, 3))]
        visits = looker.book.visits.get((owner.staff_id, number), [])
        if cover is Cover.VALID and visits:
            visit = chance.pick(visits)
            places += looker.at(owner, people, looker.book.matters[visit].opened_at + timedelta(minutes=5), visit=visit)
        else:
            begun = at(office.days[number], chance.between(12 * 60, 12 * 60 + 50))
            places += looker.at(owner, people, begun)
    return places
