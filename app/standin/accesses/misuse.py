"""Eight classes of misuse that the rules of the review were made against; two more lie in ``held_out``."""

from collections.abc import Callable
from datetime import timedelta

from app.standin.accesses.book import Book
from app.standin.accesses.cover import COVERS, Cover, Looker
from app.standin.accesses.office import Clerk, Invented, at
from app.standin.city.chance import Chance

Plot = Callable[[Looker, Clerk, Cover], list[int]]

DAILY_LIMIT = 20
"""What staff believe to be the number of people a day from which on somebody asks. Assumed."""


def lay_in(book: Book, seed: str, each: int) -> None:
    """``each`` incidents of every class, over all covers."""
    for kind, plot in PLOTS.items():
        for number in range(each):
            chance = Chance(seed, kind, number)
            cover = COVERS[number % len(COVERS)]
            clerk = chance.pick([one for one in book.office.clerks if one.home is not None])
            book.incidents.append((kind, cover.value, plot(Looker(book, chance), clerk, cover)))


def _colleague(looker: Looker, clerk: Clerk, cover: Cover) -> list[int]:
    """One or two colleagues, out of curiosity."""
    homes = [one.home for one in looker.book.office.clerks if one.home and one is not clerk]
    places: list[int] = []
    for _ in range(looker.chance.between(1, 2)):
        places += looker.look(clerk, (looker.chance.pick(homes),), looker.day(), cover)
    return places


def _kin(looker: Looker, clerk: Clerk, cover: Cover) -> list[int]:
    """Relatives and neighbours: of the own name, or of the same block of houses; twice or three times."""
    block = looker.book.office.blocks[clerk.home.block] if clerk.home else []
    others = [one for one in block if one is not clerk.home]
    places: list[int] = []
    one = looker.chance.pick(others or looker.book.office.by_surname[clerk.surname])
    for _ in range(looker.chance.between(2, 3)):
        places += looker.look(clerk, (one,), looker.day(), cover)
    return places


def _guarded(looker: Looker, clerk: Clerk, cover: Cover) -> list[int]:
    """Where somebody under a protective measure lives, once or twice."""
    one = looker.chance.pick(looker.book.office.guarded)
    places: list[int] = []
    for _ in range(looker.chance.between(1, 2)):
        places += looker.look(clerk, (one,), looker.day(), cover)
    return places


def _repeated(looker: Looker, clerk: Clerk, cover: Cover) -> list[int]:
    """One person again and again, such as a former partner: four to seven times in six weeks."""
    one = looker.chance.pick(looker.book.office.residents)
    last = len(looker.book.office.days) - 1
    day = looker.chance.below(max(1, last - 30))
    places: list[int] = []
    for _ in range(looker.chance.between(4, 7)):
        places += looker.look(clerk, (one,), min(day, last), cover)
        day += looker.chance.between(2, 6)
    return places


def _mass(looker: Looker, clerk: Clerk, cover: Cover) -> list[int]:
    """A list of names worked off on one day."""
    return looker.look(clerk, _strangers(looker, looker.chance.between(40, 70)), looker.day(), cover)


def _late(looker: Looker, clerk: Clerk, cover: Cover) -> list[int]:
    """After hours or at the weekend, when nobody is there."""
    day = looker.book.office.days[looker.day()] + timedelta(days=looker.chance.below(2))
    begun = at(day, looker.chance.between(20 * 60, 22 * 60))
    people = _strangers(looker, looker.chance.between(2, 4))
    visit, reason = "", ""
    if cover in {Cover.EMPTY, Cover.VALID}:
        visit = looker.book.open_matter(clerk, begun, 10, (), -1)
    if cover is Cover.REASON:
        reason = "official"
    return looker.at(clerk, people, begun + timedelta(minutes=1), visit=visit, reason=reason)


def _reused(looker: Looker, clerk: Clerk, cover: Cover) -> list[int]:
    """Under the number of a visit that is over long since, or of a colleague's."""
    office = looker.book.office
    number = looker.chance.between(len(office.days) // 2, len(office.days) - 1)
    other = clerk if cover in {Cover.NONE, Cover.EMPTY} else looker.chance.pick(office.clerks)
    earlier = looker.chance.between(0, number - 1)
    day, visits = office.days[number], looker.book.visits.get((other.staff_id, earlier), [])
    visit = looker.chance.pick(visits) if visits else "v-of-nobody"
    begun = at(day, looker.chance.between(9 * 60, 16 * 60))
    return looker.at(clerk, _strangers(looker, looker.chance.between(3, 6)), begun, visit=visit)


def _under(looker: Looker, clerk: Clerk, cover: Cover) -> list[int]:
    """Every few days just below the number from which on somebody asks."""
    last = len(looker.book.office.days) - 1
    day = looker.chance.below(max(1, last - 15))
    places: list[int] = []
    for _ in range(looker.chance.between(4, 6)):
        count = looker.chance.between(DAILY_LIMIT - 4, DAILY_LIMIT - 1)
        places += looker.look(clerk, _strangers(looker, count), min(day, last), cover)
        day += looker.chance.between(1, 3)
    return places


def _strangers(looker: Looker, count: int) -> list[Invented]:
    return [looker.chance.pick(looker.book.office.residents) for _ in range(count)]


PLOTS: dict[str, Plot] = {
    "colleague": _colleague,
    "kin": _kin,
    "guarded": _guarded,
    "repeated": _repeated,
    "mass": _mass,
    "out_of_hours": _late,
    "case_reuse": _reused,
    "under_threshold": _under,
}
