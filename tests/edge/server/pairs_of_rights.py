"""Pairwise sets for the table of rights: role × department × state of the PC × guarded item class."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.edge.server.asked_rights import number
from tests.edge.server.placed import ROLES, Row
from tests.support.backend import TEHON

LETS_IN = {"enrolled": ("T-01", "T-01"), "signed in elsewhere too": ("T-01", "T-01")}
SHUT = {
    "old certificate": ("T-01", "T-01 before"),
    "shut out": ("T-03", "T-03"),
    "unknown": ("T-77", "T-77"),
    "display not confirmed": ("T-05", "T-05"),
    "enrolment code out": ("T-07", "T-07"),
}
OVER = {"another PC's session": ("T-01", "T-02"), "another city's PC": ("T-01", TEHON)}
"""State of the PC: where the session was opened, and whose certificate is shown. SHUT: nothing is let in at all."""
STATES = LETS_IN | SHUT | OVER
ITEMS = {"none": "", "my_number": number(), "resident_code": "98765432106", "residence_status": "永住者・訓練"}
"""Guarded item class that somebody may see besides what the role says, and what the resident has of it."""


@dataclass(frozen=True)
class Person:
    """Somebody with a session: what the pairwise set is over."""

    role: str
    department: str
    state: str
    item: str

    @property
    def token(self) -> str:
        return "-".join((self.role, self.department, self.state.replace(" ", "_").replace("'", ""), self.item))


def covering(factors: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Cases in which each two values of different factors meet: the next one starts with a pair that has not met yet,
    and takes of every other factor the value that brings most new pairs, of equal ones the least used."""
    places = range(len(factors))
    left = {
        ((one, a), (two, b)): None
        for one, two in itertools.combinations(places, 2)
        for a, b in itertools.product(factors[one], factors[two])
    }
    used: Counter[tuple[int, str]] = Counter()
    cases = []
    while left:
        chosen = dict(next(iter(left)))
        for place in places:
            if place not in chosen:
                chosen[place] = min(
                    factors[place],
                    key=lambda value: (-len(_met(chosen, place, value) & left.keys()), used[place, value]),
                )
        case = tuple(chosen[place] for place in places)
        used.update(enumerate(case))
        for pair in itertools.combinations(enumerate(case), 2):
            left.pop(pair, None)
        cases.append(case)
    return cases


def _met(chosen: Mapping[int, str], place: int, value: str) -> set[tuple[tuple[int, str], tuple[int, str]]]:
    pairs = (sorted(((other, held), (place, value))) for other, held in chosen.items())
    return {(one, two) for one, two in pairs}


AT_ENROLLED = [Person(role, one, "enrolled", item) for role, one, item in covering([ROLES, "CRT", list(ITEMS)])]
"""Where the PC is let in, role × department × item class by themselves: a shut PC would hide what they do."""
ELSEWHERE = [Person(*case) for case in covering([ROLES, "CRT", [one for one in STATES if one != "enrolled"], [*ITEMS]])]


def trying(rows: Sequence[Row]) -> dict[Row, list[Person]]:
    """For each row who tries it: each role, with each department where one of them makes a difference to it, from a PC
    that is let in; and from each other PC somebody whom the row names, all in turn, so that the PC alone says no."""
    used: Counter[Person] = Counter()
    found: dict[Row, list[Person]] = {}
    for row in rows:
        named = {role for role, _ in row.who} or {*ROLES}
        wanted = [(role, [one for one in AT_ENROLLED if one.role == role]) for role in ROLES]
        groups = [group for role, one in wanted for group in _departments(row, role, one)]
        groups += [[one for one in ELSEWHERE if one.state == state and one.role in named] for state in STATES]
        found[row] = [min(group, key=lambda one: used[one]) for group in groups if group]
        used.update(found[row])
    return found


def _departments(row: Row, role: str, people: list[Person]) -> list[list[Person]]:
    """One group for all departments where it is the same to the row, else one for each."""
    if len({(role, one) in row.who for one in "CRT"}) == 1:
        return [people]
    return [[person for person in people if person.department == one] for one in "CRT"]
