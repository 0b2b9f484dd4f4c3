"""Messages of staff to the addressee slice: one person by number, systems and passwords, corrections, records."""

from datetime import date, datetime

from app.wire.message import Message


class FindNumber(Message, frozen=True):
    """Ask for one person, by either ``my_number`` or ``business_number`` (of ``system``, "" for a 宛名番号)."""

    procedure: str
    my_number: str = ""
    business_number: str = ""
    system: str = ""


class SystemNumber(Message, frozen=True):
    """A number of the person. ``system`` "" for a 宛名番号."""

    system: str
    number: str
    linked_at: datetime


class FoundNumber(Message, frozen=True):
    """One person or nobody (``numbers`` empty). Never the 統合宛名番号, never a 符号; ``code_state`` as elsewhere."""

    numbers: tuple[SystemNumber, ...]
    number_linked: bool
    code_state: str
    proof: str


class AskAreas(Message, frozen=True):
    """Ask which business systems have an area."""


class AreaRow(Message, frozen=True):
    """``state``: open, ended (its password), waits (too many wrong ones) or closed. ``days_left``: of the password."""

    system: str
    state: str
    password_until: date
    days_left: int
    last_at: datetime | None


class Areas(Message, frozen=True):
    """All of them, by ID."""

    rows: tuple[AreaRow, ...]


class EnterArea(Message, frozen=True):
    """Give a system, known or new, a new password; what it has open ends."""

    system: str


class AreaPassword(Message, frozen=True):
    """The password, told this once."""

    system: str
    password: str
    until: date


class CloseArea(Message, frozen=True):
    """Nobody comes in as this system any more."""

    system: str


class ProposeCorrection(Message, frozen=True):
    """Two persons are one (``merge``), or one number belongs to somebody else (``split``).

    merge: all that ``other`` has goes to the person of ``business_number``; ``right_number``: whose 個人番号 is right,
    keep or other. split: ``business_number`` leaves its person, to the one with ``my_number`` ("": not known yet);
    ``right_number`` other: the 個人番号 that is linked now goes with it, and the person that stays has none.
    """

    correction_id: str
    kind: str
    business_number: str
    reason: str
    other: str = ""
    my_number: str = ""
    right_number: str = "keep"


class DecideCorrection(Message, frozen=True):
    """Another person approves or rejects. ``version``: as they saw it."""

    correction_id: str
    version: int
    approve: bool


class CorrectionView(Message, frozen=True):
    """``state``: proposed, approved (carried out), rejected. Persons stand here by 宛名番号; no 個人番号 is in here."""

    correction_id: str
    kind: str
    state: str
    business_number: str
    other: str
    right_number: str
    with_my_number: bool
    reason: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    version: int
    proof: str = ""


class AskCorrections(Message, frozen=True):
    """Those that wait to be decided, or with ``decided`` those that are."""

    decided: bool = False


class Corrections(Message, frozen=True):
    """At most 200."""

    rows: tuple[CorrectionView, ...]


class AskLinkHistory(Message, frozen=True):
    """How a 宛名番号 was linked before."""

    business_number: str


class PastLinkRow(Message, frozen=True):
    """``correction_id``: what ended it."""

    linked_at: datetime
    ended_at: datetime
    correction_id: str


class LinkHistory(Message, frozen=True):
    """``linked_at``: of the present link, None for none; ``past``: earlier ones, the first one first."""

    linked_at: datetime | None
    past: tuple[PastLinkRow, ...]


class AskNumberLinkage(Message, frozen=True):
    """情報連携記録 of the addressee slice: what passed on ``since`` to ``until``, of one number or all."""

    since: date
    until: date
    subject: str = ""


class NumberLinkageRow(Message, frozen=True):
    """One event. ``place``: in the ledger; ``by``: member of staff or slice; ``what``: codes and identifiers."""

    place: int
    kind: str
    at: datetime
    by: str
    about: str
    what: tuple[tuple[str, str], ...]


class NumberLinkage(Message, frozen=True):
    """Oldest first, at most 200; ``more``: that the list was cut."""

    rows: tuple[NumberLinkageRow, ...]
    more: bool = False
