"""Messages of the till: fees taken at a window, voids by two persons, corrections, and the daily closing."""

from datetime import date, datetime

from app.wire.message import Message


class FeeKind(Message, frozen=True):
    """What is taken at the desk. ``assumed``: the amount awaits the city's rule; ``exemptions``: id and title."""

    kind: str
    title: str
    yen: int
    assumed: bool
    exemptions: tuple[tuple[str, str], ...]


class FeeRow(Message, frozen=True):
    """One entry. ``source``: desk or register; ``state``: taken, void_asked or void.

    ``may``: void, decide_void or correct. ``asked_by``: the name of who asked for the void.
    """

    fee_id: str
    source: str
    number: str
    kind: str
    yen: int
    exemption: str
    about: str
    corrects: str
    state: str
    taken_name: str
    taken_at: datetime
    asked_by: str
    void_name: str
    reason: str
    version: int
    may: tuple[str, ...] = ()


class SumRow(Message, frozen=True):
    """What came together of one kind; ``free`` of ``count`` cost nothing."""

    kind: str
    count: int
    free: int
    yen: int


class ClosingRow(Message, frozen=True):
    """日締め. ``second_name`` "": a second person has yet to sign; ``may``: sign or take_back."""

    position: int
    day: date
    since: datetime | None
    through: datetime
    total: int
    counted: int
    reason: str
    sums: tuple[SumRow, ...]
    signed_name: str
    signed_at: datetime
    second_name: str
    second_at: datetime | None
    version: int
    may: tuple[str, ...] = ()


class AskTill(Message, frozen=True):
    """Ask what this window took since it was closed last; with ``position`` what an earlier closing has."""

    position: int = -1


class Till(Message, frozen=True):
    """The window's till. ``register``: whether the register's certificates are in it."""

    terminal: str
    since: datetime | None
    rows: tuple[FeeRow, ...]
    sums: tuple[SumRow, ...]
    total: int
    closings: tuple[ClosingRow, ...]
    kinds: tuple[FeeKind, ...]
    titles: dict[str, str]
    register: bool = True


class TakeFee(Message, frozen=True):
    """A fee is taken, or waived on a ground. ``about``: the receipt number of the application it is for, or ""."""

    fee_id: str
    kind: str
    count: int
    exemption: str = ""
    about: str = ""


class VoidFee(Message, frozen=True):
    """Ask that an entry be void, with the reason; another person decides."""

    fee_id: str
    version: int
    reason: str


class DecideVoid(Message, frozen=True):
    """The second person's word: it is void, or stays."""

    fee_id: str
    version: int
    agreed: bool


class CorrectEntry(Message, frozen=True):
    """A correcting entry for one that is closed already: ``yen`` is added to the till, below zero taken from it."""

    fee_id: str
    corrects: str
    yen: int
    reason: str


class FeeDone(Message, frozen=True):
    """It was kept."""

    fee_id: str
    number: str
    yen: int
    version: int
    proof: str = ""


class CloseTill(Message, frozen=True):
    """Close the till: the cash that was counted, and why it differs. ``total``: what it should be, as shown."""

    counted: int
    total: int
    reason: str = ""


class SignClosing(Message, frozen=True):
    """The second person signs; or, with ``take_back``, the first takes it back to count again."""

    position: int
    version: int
    take_back: bool = False


class ClosingDone(Message, frozen=True):
    """It was kept; ``closed``: both have signed."""

    position: int
    version: int
    closed: bool
    proof: str = ""
