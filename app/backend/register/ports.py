"""What the register needs kept: residents with their addresses, restraints and numbers; one unit is one transaction."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.number import MyNumber
from app.domain.search_terms import Written

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Residence:
    """An address a person is or was registered at in this municipality. ``until``: None while it goes on.

    ``ward``: the code of the ward (区) of a designated city, "" where there is none.
    """

    address: str
    since: date | None
    until: date | None
    ward: str = ""


@dataclass(frozen=True, slots=True)
class FirstOfJanuary:
    """Where a person was registered on 1 January of ``year``; ``municipality``: its code, "" if abroad or unknown."""

    year: int
    municipality: str
    municipality_name: str
    address: str


@dataclass(frozen=True, slots=True)
class Restraint:
    """抑止: an act on this person is held from ``since`` on, until somebody lifts it.

    ``act``: issue, view or edit; ``level``: error or confirm. Why stands nowhere in what the counter gets.
    ``until``: the end that was stated; it is told when it comes near or has passed, and ends nothing by itself
    (住民記録システム標準仕様書 3.1, published). ``measure_id``: what set it, "" for one that came with the load.
    ``scope``: person, or household: then it holds for whoever enters the household too.
    """

    act: str
    level: str
    since: date
    until: date | None
    reason: str
    measure_id: str = ""
    scope: str = "person"

    def holds_on(self, day: date) -> bool:
        return self.since <= day

    def has_lapsed(self, day: date) -> bool:
        """Whether the stated end has passed; it holds on all the same."""
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class PastName:
    """A name that a person had until ``until`` (None: not known); found by, and never shown as the present one."""

    name: str
    kana: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What else stands in a person's record; "" and None where there is nothing.

    ``legal_kana`` 氏名の振り仮名 is the law's own item, told by the family register and often still empty; the search
    reading フリガナ is ``Resident.kana``. ``birth_written``: a birth date that is not fully known or not in the
    calendar, as it is written; ``Resident.birth`` is the internal date then. ``kanji_name``: of a foreigner.
    ``former_name_kana`` 旧氏の振り仮名. ``origin`` 本籍, ``origin_head`` 筆頭者; ``status_until`` 在留期間の満了日.
    """

    legal_kana: str = ""
    birth_written: str = ""
    former_name_kana: str = ""
    alias_kana: str = ""
    kanji_name: str = ""
    nationality: str = ""
    status_until: date | None = None
    card_number: str = ""
    origin: str = ""
    origin_head: str = ""
    moved_to: str = ""
    removed_on: date | None = None
    removed_why: str = ""


NO_PARTICULARS = Particulars()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """One person of one municipality's register.

    ``business_number`` 宛名番号; ``residences``: the present one last; ``relation``: to the head of the household;
    ``is_resident``: False for 住登外者 and for who has moved out. ``version`` is 0 for somebody not yet kept.
    ``resident_code`` 住民票コード and ``residence_status`` 在留資格: "" where there is none. ``moved_from`` 前住所 as
    written, ``moved_from_code`` its municipality, "" where that is not known.
    """

    municipality: str
    business_number: str
    household_number: str
    name: str
    kana: str
    birth: date
    sex: str
    relation: str
    residences: tuple[Residence, ...]
    my_number: MyNumber | None = None
    former_name: str = ""
    alias: str = ""
    latin_name: str = ""
    moved_in_on: date | None = None
    moved_from: str = ""
    planned_move_out_on: date | None = None
    first_january: tuple[FirstOfJanuary, ...] = ()
    restraints: tuple[Restraint, ...] = ()
    is_resident: bool = True
    version: int = 0
    resident_code: str = field(default="", repr=False)
    residence_status: str = field(default="", repr=False)
    more: Particulars = field(default=NO_PARTICULARS, repr=False)
    past_names: tuple[PastName, ...] = field(default=(), repr=False)
    moved_from_code: str = ""

    @property
    def ward(self) -> str:
        """The ward of the present address, or of the last one known."""
        return self.residences[-1].ward if self.residences else ""

    @property
    def address(self) -> str:
        """The present address, or the last one known."""
        return self.residences[-1].address if self.residences else ""

    @property
    def names(self) -> tuple[str, ...]:
        """All present writings of the name."""
        known = (self.name, self.former_name, self.alias, self.latin_name, self.more.kanji_name)
        return tuple(name for name in known if name)

    @property
    def written(self) -> tuple[Written, ...]:
        """All names with their readings under which the person is looked for, the present ones first."""
        more = self.more
        known = [
            (self.name, self.kana),
            (self.former_name, more.former_name_kana),
            (self.alias, more.alias_kana),
            (self.latin_name, ""),
            (more.kanji_name, ""),
        ]
        if self.past_names:
            known += [(one.name, one.kana) for one in self.past_names]
        return tuple([Written(name, kana) for name, kana in known if name or kana])


@dataclass(frozen=True, slots=True)
class Found:
    """A resident with what the index says besides: whether a 個人番号 is kept. The number is not opened for it."""

    resident: Resident
    is_number_linked: bool


EVERYBODY = 1_000_000
"""More than any search names."""
Step = tuple[tuple[str, ...], ...]
"""What candidates must have: of each group at least one term (``app.domain.search_terms``)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to look for, the likeliest ``steps`` first; ``limit`` for each of them.

    Unless ``with_past_addresses`` those found have their present address only. ``known``: 宛名番号 of who needs not be
    found again.
    """

    municipality: str
    steps: tuple[Step, ...]
    limit: int
    with_past_addresses: bool = False
    known: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What the register knows of who looks, and whether the person looked at works here.

    ``own``: the 宛名番号 of who looks, "" where none is kept.
    """

    own: str
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A person, all of the household (the person too), and, where it is kept, the record of who looks.

    ``number``: the 個人番号, where it was asked for and is kept.
    """

    found: Found
    household: tuple[Found, ...]
    number: MyNumber | None
    known: Acquaintance
    home: Resident | None


RECENT_KEPT_S = 7 * 24 * 3600
"""How long a search is remembered. Assumed: a week's work comes back, a whole register does not gather."""


@dataclass(frozen=True, slots=True)
class Recent:
    """One search of somebody, as bytes. ``at``: epoch seconds."""

    asked: bytes = field(repr=False)
    at: int


@dataclass(frozen=True, slots=True)
class Look:
    """A look to be recorded; ``recent``: the conditions, where they are to be remembered for who searched."""

    act: Act
    recent: Recent | None = None


class StaleRows(Protocol):
    """Those who have no search terms by the present rules yet."""

    def some(self, limit: int) -> tuple[Resident, ...]: ...
    def renew(self, resident: Resident, terms: Iterable[str]) -> None:
        """Make a kept resident found by ``terms``; nothing else changes."""
        ...


class RegisterUnit(Protocol):
    """What can be done inside one transaction."""

    @property
    def stale(self) -> StaleRows: ...

    def offer(self, wanted: Wanted, first: int, takes: Callable[[Sequence[Found]], int]) -> bool:
        """Hand who may fit to ``takes``, the likeliest ``first`` ones first; whether there may be others.

        Of each step at most ``wanted.limit``; the index can name too many, too few only when cut. ``takes`` is given
        some and says how many more are wanted; nobody else is read or opened.
        """
        ...

    def by_number(self, municipality: str, number: MyNumber) -> Found | None: ...
    def person(self, municipality: str, business_number: str) -> Found | None: ...
    def number(self, municipality: str, business_number: str) -> MyNumber | None:
        """The 個人番号 itself, opened for who may see it."""
        ...

    def household(self, municipality: str, household_number: str) -> tuple[Found, ...]: ...
    def opened(self, municipality: str, business_number: str, staff_id: str, *, with_number: bool) -> Opened | None:
        """All that the opening of a record needs, in three queries. ``staff_id``: who looks."""
        ...

    def known(self, municipality: str, staff_id: str, business_number: str) -> Acquaintance:
        """What is known of who looks at that person, in one query."""
        ...

    def put(self, resident: Resident, terms: Iterable[str]) -> int:
        """Enter or replace a resident, to be found by ``terms``; the row's new version."""
        ...

    def recent(self, municipality: str, staff_id: str) -> tuple[Recent, ...]:
        """What this member of staff searched for lately, newest first."""
        ...

    def keep_staff_person(self, municipality: str, staff_id: str, business_number: str) -> None:
        """Keep who a member of staff is in the register, in place of what was kept; "" forgets it."""
        ...

    def record(self, act: Act) -> str:
        """Write ``act`` into the slice's ledger, in this transaction; the receipt as text."""
        ...


class RegisterBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[RegisterUnit], T]) -> T:
        """Run ``work`` in one transaction, again from the start if the store asks for it."""
        ...

    def read(self, work: Callable[[RegisterUnit], T]) -> T: ...
    def keep(self, look: Look) -> None:
        """Record a look. It is durable on return; looks of the same moment share one transaction."""
        ...
