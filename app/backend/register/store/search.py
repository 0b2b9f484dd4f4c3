"""The keyed index: which persons may fit what is looked for. Nothing is decrypted here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.backend.register.ports import Wanted
from app.backend.register.store.tables import term_table
from app.domain.number import MyNumber
from app.domain.secret import Secret
from app.durable.many import insert_many
from app.durable.swift import fetched, places
from app.errors import BadFormat
from app.trust.tokens import TermTokens, exact_token, unpacked

TermRow = tuple[str, int, int]
"""Municipality, token, person."""
COLUMNS = ("municipality", "token", "person")
_SAMPLE = 200
"""Of a token of more persons it is estimated how many: from how close together so many of them stand."""
_MOST_COUNTED = 100_000
_TWICE = 2
"""Somebody can have two tokens of one group, and stands in the list twice then; more often nobody does. Assumed."""
_MARK = "1"


_FORGET = text("DELETE FROM term WHERE municipality = :m AND token = :t AND person = :p")
_STEP = (
    "SELECT {place}, {together} FROM (SELECT one.person AS person FROM term one"
    " WHERE one.municipality = ? AND one.token IN ({tokens}){tests}{order} LIMIT ?) step_{place}"
)
_IN_ORDER = " ORDER BY one.person"
"""As the index has them, so it is walked and nothing else; of several tokens there is no such order."""
_TOGETHER = {"sqlite": "group_concat(person)", "postgresql": "string_agg(person::text, ',')"}
"""All persons of a step in one row: a thread that fetches many waits for its turn at each."""
_HAS = (
    " AND EXISTS (SELECT 1 FROM term other WHERE other.municipality = ? AND other.token IN ({tokens})"
    " AND other.person = one.person LIMIT 1 OFFSET 0)"
)
"""With the limit no engine turns it into a join of its own order."""
_COUNT = (
    "SELECT {place}, count(*), min(person), max(person),"
    " (SELECT max(person) FROM term WHERE municipality = ? AND token = ?)"
    " FROM (SELECT person FROM term WHERE municipality = ? AND token = ? ORDER BY person LIMIT ?) sample_{place}"
)


class Index:
    """The index of one register under its key. One for each process: it keeps the tokens it has made."""

    def __init__(self, key: Secret) -> None:
        self._key = key
        self._tokens: dict[str, TermTokens] = {}
        self._counts: dict[tuple[str, int], int] = {}

    def number_token(self, municipality: str, number: MyNumber) -> bytes:
        return exact_token(self._key, municipality, "number", number)

    def tokens(self, municipality: str, terms: Iterable[str]) -> list[int]:
        """The tokens of a person's terms, smallest first."""
        return sorted(set(self._of(municipality).of(terms)))

    def rows(self, municipality: str, business_number: str, tokens: Iterable[int]) -> list[TermRow]:
        """The rows of ``term`` that find one person, in the order of their key; made without a connection."""
        person = person_of(business_number)
        return [(municipality, token, person) for token in tokens]

    def write(
        self, connection: Connection, who: tuple[str, str], tokens: Sequence[int], previous: bytes | None
    ) -> None:
        """Change what finds a person (municipality, 宛名番号). ``previous``: what was kept with the person's row."""
        known = set(unpacked(previous)) if previous else set[int]()
        gone = [{"m": one[0], "t": one[1], "p": one[2]} for one in self.rows(*who, known - set(tokens))]
        if gone:
            connection.execute(_FORGET, gone)
        new = [token for token in tokens if token not in known]
        if new:
            insert_many(connection, term_table, COLUMNS, self.rows(*who, new))
        for token in new:
            if not self._counts.get((who[0], token)):
                self._counts.pop((who[0], token), None)

    def find(self, connection: Connection, wanted: Wanted) -> tuple[tuple[str, ...], bool]:
        """宛名番号 of who may fit, those of earlier steps first; and whether a step was cut at the limit."""
        groups = [[self._of(wanted.municipality).of(one) for one in step] for step in wanted.steps]
        self._count(connection, wanted.municipality, groups)
        asked = [_Asked.of(group, lambda token: self._counts[(wanted.municipality, token)]) for group in groups]
        values: list[str | int] = []
        together = _TOGETHER[connection.dialect.name]
        parts = [one.words((place, together), wanted, values) for place, one in enumerate(asked)]
        found, is_cut = dict[str, None](), False
        for _, persons in sorted(fetched(connection, " UNION ALL ".join(parts), values)):
            one_step = list(dict.fromkeys(persons.split(","))) if persons else []
            is_cut = is_cut or len(one_step) >= wanted.limit
            found |= dict.fromkeys(sorted(one_step[: wanted.limit]))
        return tuple(number_of(person) for person in found), is_cut

    def _of(self, municipality: str) -> TermTokens:
        found = self._tokens.get(municipality)
        if found is None:
            found = self._tokens[municipality] = TermTokens(self._key, municipality)
        return found

    def _count(self, connection: Connection, municipality: str, groups: Sequence[Sequence[Sequence[int]]]) -> None:
        """Learn roughly how common the tokens are, once: the rarest of a step is where its search begins.

        To begin anywhere else costs up to a tenth of a second among two million (measured). It is the order of looking
        alone that goes by it: a token that somebody got since then is found too.
        """
        tokens = {token for group in groups if len(group) > 1 for one in group for token in one}
        missing = sorted(token for token in tokens if (municipality, token) not in self._counts)
        if not missing:
            return
        if len(self._counts) > _MOST_COUNTED:
            self._counts.clear()
            missing = sorted(tokens)
        words = " UNION ALL ".join(_COUNT.format(place=place) for place in range(len(missing)))
        values = [value for token in missing for value in (municipality, token, municipality, token, _SAMPLE)]
        for place, *seen in fetched(connection, words, values):
            self._counts[(municipality, missing[place])] = _estimated(*seen)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One step: the tokens of which each group must have one, the rarest first; there the search begins."""

    groups: Sequence[Sequence[int]]

    @classmethod
    def of(cls, groups: Sequence[Sequence[int]], count: Callable[[int], int]) -> "_Asked":
        """``count``: how common a token is; it is not known where there is one group."""
        if len(groups) == 1:
            return cls(groups)
        return cls(sorted(groups, key=lambda group: sum(count(token) for token in group)))

    def words(self, how: tuple[int, str], wanted: Wanted, values: list[str | int]) -> str:
        """The step as SQL; its values are added to ``values``. The order of looking is fixed: an index at each step.

        ``how``: the number of the step, and what puts persons together.
        """
        (place, together), (first, *others) = how, self.groups
        values += (wanted.municipality, *first)
        tests = []
        for group in others:
            values += (wanted.municipality, *group)
            tests.append(_HAS.format(tokens=places(group)))
        order, limit = (_IN_ORDER, wanted.limit) if len(first) == 1 else ("", _TWICE * wanted.limit)
        values.append(limit)
        return _STEP.format(place=place, together=together, tokens=places(first), tests="".join(tests), order=order)


def person_of(business_number: str) -> int:
    """A 宛名番号 as it stands in the index. Errors: BadFormat for one that is not of digits."""
    if not (business_number.isascii() and business_number.isdigit()):
        raise BadFormat(field="business_number")
    return int(_MARK + business_number)


def number_of(person: int | str) -> str:
    """The 宛名番号 of a person in the index."""
    return str(person)[len(_MARK) :]


def _estimated(sampled: int, first: int | None, at: int | None, last: int | None) -> int:
    """How many persons have a token. ``at``: the last of the sample that begins with the ``first`` person."""
    if sampled < _SAMPLE or first is None or at is None or last is None or at <= first:
        return sampled
    return max(sampled, sampled * (last - first) // (at - first))
