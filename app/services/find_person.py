"""Find a person in the register: by the four items, by a confirmed number, or opened from a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.domain.act import Detail
from app.domain.difference import DifferenceRow, differences
from app.domain.names import NameFolder
from app.domain.number import MyNumber
from app.domain.person import BasicFour, Sex
from app.domain.substitutes import GAP
from app.errors import RegisterNeedsOffice
from app.services.needs_office import needs_office
from app.services.ports.memory import Journal
from app.services.ports.office import RegisterOffice
from app.services.ports.seat import Press, Session, Visit
from app.services.record_act import Doing, recorded
from app.wire.register import Hit, Hits, Record, SearchByFour, SearchHabits, explained, typed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A record with its differences from what the card states (none without a card)."""

    record: Record
    rows: tuple[DifferenceRow, ...]

    @property
    def differs(self) -> bool:
        """Whether a clerk has to look."""
        return any(row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class Several:
    """Who may be meant, best first, with their restraint marks; a single restrained hit comes this way too."""

    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody found: the path of non-residents (住登外者)."""


Found = Opened | Several | Nobody


class FindPerson:
    """The use case. Each search and each opened record is kept as an act; what was asked for is not.

    Errors of all besides the office's: RegisterNeedsOffice without a line, for a restraint must be looked at live.
    """

    def __init__(self, office: RegisterOffice, journal: Journal, folder: NameFolder) -> None:
        self._office = office
        self._journal = journal
        self._folder = folder

    def by_card(self, press: Press, session: Session, visit: Visit, four: BasicFour) -> Found:
        """Search by what the card states; a single free hit is opened at once.

        A name with a replaced glyph (代替文字) is not searched by, nor a sex that the card does not state.
        """
        asked = SearchByFour(
            name="" if GAP in four.name else four.name,
            address="" if GAP in four.address else four.address,
            birth=four.birth,
            sex="" if four.sex is Sex.UNKNOWN else four.sex.value,
        )
        return self._found(press, session, visit, asked, four)

    def by_entry(self, press: Press, session: Session, visit: Visit, asked: SearchByFour) -> Found:
        """Search by what was typed; empty items are not looked at, name (or kana) or birth date must be there."""
        return self._found(press, session, visit, typed(asked), None)

    def habits(self, press: Press, session: Session) -> SearchHabits:
        """What this person typed lately, and the wards; of nobody else, so no act."""
        return self._asked(lambda: self._office.habits(press, session))

    def by_number(
        self, press: Press, session: Session, visit: Visit, number: MyNumber, four: BasicFour | None = None
    ) -> Found:
        """M-6: search by a number that ``confirm_number`` has confirmed; one hit or nobody."""
        doing = Doing("register.searched", visit.visit_id, what={"by": "number"})
        hits = recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._asked(lambda: self._office.search_by_number(press, session, number, visit)),
            _counted,
        )
        return self._sorted(press, session, visit, hits, four)

    def open(
        self, press: Press, session: Session, visit: Visit, business_number: str, four: BasicFour | None = None
    ) -> Opened:
        """Open one record. Errors besides the office's: Refused ``restrained`` where viewing is restrained."""
        record = self._record(press, session, visit, business_number)
        rows = () if four is None else differences(four, basic_four(record.hit), self._folder)
        if four is not None and four.sex is Sex.UNKNOWN:
            rows = tuple(row for row in rows if row.field != "sex")
        return Opened(record, rows)

    def with_items(self, press: Press, session: Session, visit: Visit, business_number: str, procedure: str) -> Record:
        """The record with the guarded items that ``procedure`` gives a right to; what was shown is an act too."""
        return self._record(press, session, visit, business_number, procedure)

    def _record(
        self, press: Press, session: Session, visit: Visit, business_number: str, procedure: str = ""
    ) -> Record:
        what = {**_why(visit), **({"procedure": procedure} if procedure else {})}
        return recorded(
            self._journal,
            (press, session),
            Doing("record.opened", visit.visit_id, business_number, what),
            lambda: self._asked(lambda: self._office.open_record(press, session, business_number, visit, procedure)),
            _shown,
        )

    @staticmethod
    def _asked(ask: Callable[[], T]) -> T:
        with needs_office(RegisterNeedsOffice):
            return ask()

    def _found(
        self, press: Press, session: Session, visit: Visit, asked: SearchByFour, four: BasicFour | None
    ) -> Found:
        doing = Doing("register.searched", visit.visit_id, what={"by": "card" if four else "entry", **_why(visit)})
        sent = explained(asked, visit.visit_id, visit.reason)
        hits = recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._asked(lambda: self._office.search_by_four(press, session, sent)),
            _counted,
        )
        return self._sorted(press, session, visit, hits, four)

    def _sorted(self, press: Press, session: Session, visit: Visit, hits: Hits, four: BasicFour | None) -> Found:
        if not hits.hits:
            return Nobody()
        if len(hits.hits) == 1 and not is_closed(hits.hits[0]):
            return self.open(press, session, visit, hits.hits[0].business_number, four)
        return Several(hits.hits, hits.more)


def is_closed(hit: Hit) -> bool:
    """Whether viewing this person's record is restrained so that a clerk must not open it by himself."""
    return any(mark.act == "view" and mark.level == "error" for mark in hit.restraints)


def basic_four(hit: Hit) -> BasicFour:
    """What the register states."""
    return BasicFour(hit.name, hit.address, hit.birth, Sex(hit.sex))


def _why(visit: Visit) -> dict[str, Detail]:
    """The reason, where there is no visit."""
    return {"reason": visit.reason} if visit.reason else {}


def _counted(hits: Hits) -> dict[str, Detail]:
    return {"hits": len(hits.hits), "more": hits.more}


def _shown(record: Record) -> dict[str, Detail]:
    """Which guarded items are shown."""
    items = ",".join(one.item_class for one in record.items if one.state == "shown")
    return {"items": items} if items else {}
