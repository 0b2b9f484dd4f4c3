"""What the till needs kept: fees taken at each window, and its closings; and what the register took there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.call import Call
from app.domain.fee_closing import FeeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFee:
    """手数料: taken or waived at a window. ``state``: taken, void_asked or void; ``corrects``: another fee's id.

    ``about``: the receipt number of the application it was for, "" for none; ``reason``: of a void or a correction.
    """

    municipality: str
    fee_id: str
    version: int
    terminal: str
    number: str
    kind: str
    yen: int
    exemption: str
    about: str
    corrects: str
    state: str
    taken_by: str
    taken_name: str
    taken_at: datetime
    void_asked_by: str = ""
    void_asked_name: str = ""
    void_by: str = ""
    void_name: str = ""
    void_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptClosing:
    """日締め of one window: all between ``since`` (None: from the beginning) and ``through``. ``second`` "": waits."""

    municipality: str
    terminal: str
    position: int
    version: int
    day: date
    since: datetime | None
    through: datetime
    total: int
    counted: int
    lines: tuple[FeeLine, ...]
    reason: str
    signed_by: str
    signed_name: str
    signed_at: datetime
    second: str = ""
    second_name: str = ""
    second_at: datetime | None = None


class FeeUnit(Protocol):
    """The till. What is kept is one version up; Conflict when somebody was first."""

    def hold_till(self, municipality: str, terminal: str) -> datetime | None:
        """Hold the window's till against others until the transaction ends; through when it is closed."""
        ...

    def close_till(self, municipality: str, terminal: str, through: datetime) -> None: ...
    def next_fee(self, municipality: str, year: int) -> int:
        """The next receipt number of the business year, without gaps."""
        ...

    def fee(self, municipality: str, fee_id: str) -> KeptFee | None: ...
    def fees(self, municipality: str, terminal: str, since: datetime | None) -> tuple[KeptFee, ...]:
        """Those taken at a window after ``since``, the oldest first."""
        ...

    def keep_fee(self, fee: KeptFee) -> None: ...
    def closings(self, municipality: str, terminal: str, limit: int) -> tuple[KeptClosing, ...]:
        """The newest first."""
        ...

    def keep_closing(self, closing: KeptClosing) -> None: ...
    def drop_closing(self, closing: KeptClosing) -> None:
        """Take back one that nobody else has signed. Errors: Conflict when somebody has."""
        ...


class IssuedFees(Protocol):
    """What certificates and seals of the register cost at a window: the register knows."""

    def taken(self, call: Call, since: datetime | None, through: datetime) -> Sequence[FeeLine]:
        """All of ``call.actor.terminal`` after ``since``, with corrections as lines of their own.

        Errors: Refused ``register_elsewhere`` where another process has the register.
        """
        ...
