"""Messages by which changes travel: from the register to residentbase, and from there to receiving systems."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict

from app.wire.message import Message

MOST = 500
"""Changes or records in one message to one system. Source: the goal set for distribution; assumed."""
TEXT = str | UnsetType
DAY = date | UnsetType | None


class SentNumber(Message, frozen=True):
    """個人番号 on its way, under the sender's signature and to who may have it only; it shows its type alone."""

    digits: str


class ResidentItems(Message, frozen=True):
    """Items of a resident's record by the name of the item. An item that is not told is absent altogether.

    "" and None: there is none (any more). ``legal_kana`` 振り仮名 and ``kana`` フリガナ are two items. ``birth``: the
    internal date where ``birth_written`` says what is not fully known. ``resident``: False for who left the register.
    ``protected``: whether the register restrains looking at or issuing of this person; why is told to nobody. It goes
    with the address: who is told one is told the other.
    """

    name: TEXT = UNSET
    kana: TEXT = UNSET
    legal_kana: TEXT = UNSET
    birth: DAY = UNSET
    birth_written: TEXT = UNSET
    sex: TEXT = UNSET
    relation: TEXT = UNSET
    household_number: TEXT = UNSET
    address: TEXT = UNSET
    ward: TEXT = UNSET
    address_since: DAY = UNSET
    former_name: TEXT = UNSET
    former_name_kana: TEXT = UNSET
    alias: TEXT = UNSET
    alias_kana: TEXT = UNSET
    latin_name: TEXT = UNSET
    kanji_name: TEXT = UNSET
    nationality: TEXT = UNSET
    residence_status: TEXT = UNSET
    status_until: DAY = UNSET
    card_number: TEXT = UNSET
    origin: TEXT = UNSET
    origin_head: TEXT = UNSET
    moved_in_on: DAY = UNSET
    moved_from: TEXT = UNSET
    planned_move_out_on: DAY = UNSET
    moved_to: TEXT = UNSET
    removed_on: DAY = UNSET
    removed_why: TEXT = UNSET
    resident: bool | UnsetType = UNSET
    resident_code: TEXT = UNSET
    my_number: SentNumber | UnsetType | None = UNSET
    protected: bool | UnsetType = UNSET


ITEMS = tuple(name for name in ResidentItems.__struct_fields__ if name != "v")
"""Names of the items, in order."""
LATER = frozenset({"protected"})
"""Items that changes laid down before there was such an item do not tell."""
MARKED = "restraint"
"""The kind of a change that only sets or lifts the mark ``protected``."""
NO_ITEMS = ResidentItems()


class Occasion(Message, frozen=True):
    """Why a record changed: the entry in the register, its kind, since when it holds, when it was approved."""

    entry_id: str
    kind: str
    reason: str
    filed_day: date
    decided_at: datetime
    event_day: date | None = None
    event_written: str = ""


class RegisterChange(Message, frozen=True):
    """異動 as the register tells it: one person, by 宛名番号, with the whole record before and after.

    ``position``: its place in the register's line, without gaps. ``before``: None for who had no record.
    """

    position: int
    subject: str
    occasion: Occasion
    after: ResidentItems
    before: ResidentItems | None = None


class RegisterChanges(Message, frozen=True):
    """register → residentbase: approved changes, at most ``MOST``; those of one person in order."""

    municipality: str
    changes: tuple[RegisterChange, ...]


class ChangeTaken(Message, frozen=True):
    """What became of one change. ``reason``: "" when it is taken (or was before), else why it can't be."""

    position: int
    reason: str = ""


class RegisterTaken(Message, frozen=True):
    """residentbase → register: one for each change, in order."""

    municipality: str
    taken: tuple[ChangeTaken, ...]


class AskRegister(Message, frozen=True):
    """residentbase → register: records of ``subjects``, of all of ``household``, or of who comes after ``after``."""

    municipality: str
    subjects: tuple[str, ...] = ()
    household: str = ""
    after: str = ""


class RegisterRecord(Message, frozen=True):
    """A record as it stands, with all that was told up to ``position`` of the register's line."""

    subject: str
    items: ResidentItems


class RegisterRecords(Message, frozen=True):
    """register → residentbase: those that there are, by 宛名番号; ``more``: that others come after the last."""

    municipality: str
    position: int
    records: tuple[RegisterRecord, ...]
    more: bool = False


class ResidentChange(Message, frozen=True):
    """異動 as one system may know it: only its items, and of these only those that differ.

    ``sequence``: counts what this system is told, from 1, without gaps. ``register_sequence``: the place in the
    register's line. ``subject``: 宛名番号. ``before``: None unless the system may know what was; it has the same items
    as ``after``. An item that the system may not know is in neither.
    """

    sequence: int
    register_sequence: int
    subject: str
    occasion: Occasion
    after: ResidentItems
    before: ResidentItems | None = None


class ResidentChanges(Message, frozen=True):
    """residentbase → a receiving system: at most ``MOST``, in order, ``sequence`` without gaps.

    ``gone``: as an answer to ``AskAgain``, up to which sequence changes are kept no more; the records themselves are
    to be asked for then (``AskResidents``). ``more``: that others wait already.
    """

    municipality: str
    system: str
    changes: tuple[ResidentChange, ...]
    gone: int = 0
    more: bool = False


class NotUsed(Message, frozen=True):
    """A change that the system has taken note of and can't use; people look at it there."""

    sequence: int
    reason: str


class Taken(Message, frozen=True):
    """A receiving system's answer: it has all changes up to ``up_to``, durably.

    ``missing``: first and last sequence that it lacks in front of what was sent: it is to be sent from there.
    """

    municipality: str
    system: str
    up_to: int
    missing: tuple[int, int] | None = None
    not_used: tuple[NotUsed, ...] = ()


class AskChanges(Message, frozen=True):
    """A receiving system → residentbase: what came after ``up_to``, which it has. The answer: ``ResidentChanges``."""

    municipality: str
    system: str
    up_to: int


class AskAgain(Message, frozen=True):
    """再送: a receiving system asks for changes ``first`` to ``last`` once more. The answer: ``ResidentChanges``."""

    municipality: str
    system: str
    first: int
    last: int


class AskResidents(Message, frozen=True):
    """A receiving system asks for records as they stand: of ``subjects``, or of those that come after ``after``."""

    municipality: str
    system: str
    subjects: tuple[str, ...] = ()
    after: str = ""


class ResidentRecord(Message, frozen=True):
    """A record with the items that the system may know. ``register_sequence``: changes up to there are in it."""

    subject: str
    register_sequence: int
    items: ResidentItems


class ResidentRecords(Message, frozen=True):
    """residentbase → a receiving system: the records that there are, at most ``MOST``; ``more``: others come after."""

    municipality: str
    system: str
    records: tuple[ResidentRecord, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Fresh:
    """What of a message is new to who has everything up to a sequence. ``missing``: the gap in front of it."""

    changes: tuple[ResidentChange, ...]
    up_to: int
    missing: tuple[int, int] | None = None


def fresh(up_to: int, sent: ResidentChanges) -> Fresh:
    """For the receiver, which keeps ``up_to`` in the transaction of what it takes: nothing twice, nothing left out."""
    changes = tuple(one for one in sent.changes if one.sequence > up_to)
    placed = takewhile(lambda pair: pair[0] == pair[1].sequence, enumerate(changes, up_to + 1))
    whole = tuple(one for _, one in placed)
    reached = up_to + len(whole)
    gap = None if len(whole) == len(changes) else (reached + 1, changes[len(whole)].sequence - 1)
    return Fresh(whole, reached, gap)


def told(items: ResidentItems) -> dict[str, object]:
    """The items that are told, by name."""
    return {name: value for name, value in asdict(items).items() if value is not UNSET and name != "v"}
