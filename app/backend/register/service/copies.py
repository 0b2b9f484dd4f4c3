"""What certificates and seals need kept: numbered copies with who asked, registered seals; as ports to the store."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from app.domain.fee_closing import FeeLine


@dataclass(frozen=True, slots=True)
class FeeCorrection:
    """What was recorded before, and why it was wrong."""

    before: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """一通の証明書. ``asked``: the request as bytes; ``basis``: the records that it rests on.

    ``state``: issued (a number is taken), printed, handed, posted or spoiled. ``first``: the page as bytes, of kinds
    whose 再交付 shows the first state. ``print_key``: of the request that printed it.
    """

    municipality: str
    number: str
    kind: str
    day: date
    office: str
    state: str
    persons: tuple[str, ...]
    capacity: str
    route: str
    fee: int
    exemption: str
    issued_by: str
    issued_at: datetime
    asked: bytes = field(repr=False)
    basis: str = ""
    bears_number: bool = False
    again: bool = False
    visit_id: str = ""
    first: bytes = field(default=b"", repr=False)
    corrections: tuple[FeeCorrection, ...] = ()
    printed_by: str = ""
    printed_at: datetime | None = None
    print_key: str = ""
    handed_by: str = ""
    sheets: int = 0
    spoiled_why: str = ""
    spoiled_by: str = ""
    replaced_by: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """登録印鑑. ``state``: asked (照会書 is under way), active or cancelled; one of a person is open at most.

    ``text``: what is cut into it; ``imprint``: PNG; ``card``: 印鑑登録証の番号, "" until the card is given.
    ``letter``: 照会書の番号 and ``letter_until`` its last day; ``guarantor``: the 宛名番号 of who vouched.
    """

    municipality: str
    seal_id: str
    business_number: str
    state: str
    way: str
    text: str
    imprint: bytes = field(repr=False)
    size: tuple[int, int]
    asked_by: str
    asked_at: datetime
    presenter: str
    capacity: str
    fee: int = 0
    exemption: str = ""
    letter: str = ""
    letter_until: date | None = None
    guarantor: str = ""
    card: str = ""
    registered_on: date | None = None
    cancelled_on: date | None = None
    cancelled_why: str = ""
    cancelled_by: str = ""
    version: int = 1


class CopyRows(Protocol):
    """Copies that were made, whatever became of them."""

    def next(self, municipality: str, office: str, day: date) -> int:
        """The next number of that day and office, from 1, without a gap: a rolled back transaction gives it back."""
        ...

    def put(self, copy: Copy) -> None: ...
    def one(self, municipality: str, number: str) -> Copy | None:
        """The copy, held against others who write until the transaction ends."""
        ...

    def of_visit(self, municipality: str, visit_id: str) -> tuple[Copy, ...]:
        """Newest first."""
        ...

    def of_day(self, municipality: str, office: str, day: date) -> tuple[Copy, ...]:
        """Newest first."""
        ...

    def of_person(self, municipality: str, business_number: str) -> tuple[Copy, ...]:
        """On which this person stands, newest first."""
        ...


class FeeRows(Protocol):
    """What was taken at each terminal."""

    def note(self, municipality: str, terminal: str, line: FeeLine) -> None: ...
    def taken(self, municipality: str, terminal: str, since: datetime | None, through: datetime) -> tuple[FeeLine, ...]:
        """After ``since`` (None: ever) and up to ``through``, in order."""
        ...


class SealRows(Protocol):
    """Registered seals, those that were, and those that wait for an answer."""

    def next(self, municipality: str, kind: str) -> int:
        """The next number of a kind: card or letter."""
        ...

    def put(self, seal: Seal) -> None: ...
    def one(self, municipality: str, seal_id: str) -> Seal | None:
        """The seal, held against others who write until the transaction ends."""
        ...

    def open_of(self, municipality: str, business_number: str) -> Seal | None:
        """The person's seal that is registered or asked for."""
        ...

    def by_card(self, municipality: str, card: str) -> Seal | None:
        """The registered seal with that card."""
        ...

    def of_persons(self, municipality: str, business_numbers: Sequence[str]) -> tuple[Seal, ...]:
        """All there ever were, newest first."""
        ...
