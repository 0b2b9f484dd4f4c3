"""What is kept of a party: its states, entries for businesses, tax years, merges, transfers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Value = str | int | bool | None
Term = tuple[str, str]
"""What something is found by: field and folded value."""
PersonYear = tuple[str, int]
"""宛名番号 (or 社会保障宛名番号) and 年度."""


class PartyKind(StrEnum):
    """Who a party is."""

    RESIDENT = "resident"
    NON_RESIDENT = "non_resident"
    """住基外者."""
    CORPORATION = "corporation"


ACTIVE, GONE, MERGED = "active", "gone", "merged"
"""``GONE``: left the register; still somebody that letters go to and accounts are kept for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """宛名: one person or corporation. ``social_number`` 社会保障宛名番号, this slice's own.

    ``business_number``: 宛名番号 of a resident; ``number_token``: what stands for the 個人番号, which is not kept.
    ``protected_by``: who hid where the party lives, "" where nobody here did; ``restrained``: the register hides it
    (why is not told), and nobody here shows it again. ``register_sequence``: up to which place of the register's line
    it is told. ``cause``, ``by``, ``at``: what made this state. ``other_names``, ``other_kana``: by the item's name.
    """

    municipality: str
    social_number: str
    kind: str
    name: str
    cause: str
    by: str
    at: datetime
    state: str = ACTIVE
    kana: str = ""
    other_names: dict[str, str] = field(default_factory=dict)
    other_kana: dict[str, str] = field(default_factory=dict)
    birth: date | None = None
    birth_written: str = ""
    sex: str = ""
    address: str = ""
    business_number: str = ""
    corporate_number: str = ""
    number_token: str = ""
    protected_by: str = ""
    merged_into: str = ""
    register_sequence: int = 0
    version: int = 1
    restrained: bool = False

    @property
    def is_protected(self) -> bool:
        """Whether where it lives is hidden."""
        return bool(self.protected_by) or self.restrained


DELIVERY, CONTACT, ACCOUNT = "delivery", "contact", "account"


@dataclass(frozen=True, slots=True)
class Delivery:
    """送付先."""

    address: str
    addressee: str
    since: date
    until: date | None
    reason: str
    asked_by: str
    asked_name: str


@dataclass(frozen=True, slots=True)
class Contact:
    """応対記録."""

    how: str
    spoke_with: str
    spoke_at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Account:
    """口座. ``public``: 公金受取口座, seen to be so on ``confirmed_on``."""

    bank: str
    branch: str
    kind: str
    number: str
    holder: str
    since: date
    until: date | None
    public: bool
    confirmed_on: date | None
    reason: str = ""


Content = Delivery | Contact | Account
CONTENTS: dict[str, type[Content]] = {DELIVERY: Delivery, CONTACT: Contact, ACCOUNT: Account}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of one party for one business. ``replaces``: the row that it takes the place of, or corrects."""

    municipality: str
    entry_id: str
    social_number: str
    kind: str
    purpose: str
    replaces: str
    content: Content
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TaxRow:
    """課税情報 of one person for one tax year (年度), as the tax section hands it over.

    ``residence``: municipality on 1 January of that year, ``residence_name`` for people. ``kind``: value, undeclared
    (未申告), or no_data where this city did not tax. ``items`` by their names on the wire. ``income_year`` 所得年;
    ``revision``: how often it was corrected (更正). ``taxed_by``: who taxed instead
    (住登外課税), "" for nobody else.
    """

    municipality: str
    business_number: str
    tax_year: int
    residence: str
    residence_name: str
    kind: str
    items: dict[str, Value]
    income_year: int = 0
    revision: int = 0
    decided_on: date | None = None
    reason: str = ""
    taxed_by: str = ""
    taxed_by_name: str = ""


@dataclass(frozen=True, slots=True)
class TaxState:
    """One state of a tax year and when it came."""

    row: TaxRow
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a merge: to which state, by whom, when, why."""

    state: str
    by: str
    at: datetime
    reason: str


ALIKE, PROPOSED, TURNED_DOWN, DONE, UNDOING, UNDONE = (
    "alike", "proposed", "turned_down", "merged", "undoing", "undone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merge:
    """名寄せ: ``party`` is, or may be, ``into``. ``signs``: what they have in common."""

    municipality: str
    merge_id: str
    party: str
    into: str
    state: str
    signs: tuple[str, ...]
    steps: tuple[Step, ...]
    version: int = 1

    @property
    def proposed_by(self) -> str:
        """Who asked for what waits now."""
        return self.steps[-1].by if self.steps else ""


@dataclass(frozen=True, slots=True)
class Need:
    """That a system needs tax data of a party from a fiscal year on."""

    municipality: str
    system: str
    social_number: str
    from_year: int
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    """連携の記録: what one system was told of one year of one party. ``sequence`` 0: not given yet."""

    municipality: str
    system: str
    social_number: str
    fiscal_year: int
    income_year: int
    revision: int
    kind: str
    cause: str
    made_at: datetime
    items: dict[str, Value] = field(default_factory=dict)
    sequence: int = 0
