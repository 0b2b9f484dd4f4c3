"""What the register needs kept: residents with their addresses, restraints and numbers; one unit is one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.number import MyNumber

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
    ``resident_code`` 住民票コード and ``residence_status`` 在留資格: "" where there is none.
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
        """All writings under which the person is looked for."""
        known = (self.name, self.former_name, self.alias, self.latin_name, self.more.kanji_name)
        return tuple(name for name in known if name)


@dataclass(frozen=True, slots=True)
class Found:
    """A resident with what the index says besides: whether a 個人番号 is kept. The number is not opened for it."""

    resident: Resident
    is_number_linked: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What candidates must have: folded name or reading (one of both is enough), birth date. "" and None: not asked."""

    municipality: str
    name: str = ""
    kana: str = ""
    birth: date | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Folded:
    """What the index is made of: the folded writings and the folded reading."""

    names: tuple[str, ...]
    kana: str


class RegisterUnit(Protocol):
    """What can be done inside one transaction."""

    def candidates(self, wanted: Wanted) -> tuple[Found, ...]:
        """Who may fit, at most ``wanted.limit``; the index can name too many, never too few below the limit."""
        ...

    def by_number(self, municipality: str, number: MyNumber) -> Found | None: ...
    def person(self, municipality: str, business_number: str) -> Found | None: ...
    def number(self, municipality: str, business_number: str) -> MyNumber | None:
        """The 個人番号 itself, opened for who may see it."""
        ...

    def household(self, municipality: str, household_number: str) -> tuple[Found, ...]: ...
    def put(self, resident: Resident, folded: Folded) -> int:
        """Enter or replace a resident; the row's new version."""
        ...

    def keep_staff_person(self, municipality: str, staff_id: str, business_number: str) -> None:
        """Keep who a member of staff is in the register, in place of what was kept; "" forgets it."""
        ...

    def staff_person(self, municipality: str, staff_id: str) -> str:
        """The 宛名番号 of a member of staff; "" where none is kept."""
        ...

    def is_staff(self, municipality: str, business_number: str) -> bool: ...
    def record(self, act: Act) -> str:
        """Write ``act`` into the slice's ledger, in this transaction; the receipt as text."""
        ...


class RegisterBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[RegisterUnit], T]) -> T:
        """Run ``work`` in one transaction, again from the start if the store asks for it."""
        ...

    def read(self, work: Callable[[RegisterUnit], T]) -> T: ...
