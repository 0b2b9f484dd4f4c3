"""Messages of the resident register: search by four items, by number, and opening a record."""

from datetime import date

import msgspec

from app.wire.message import Message


class SearchByFour(Message, frozen=True):
    """The four items as read or typed; empty ones are not looked at, but name, birth date or a lot must be there.

    ``ward``: the code of the ward to look in, "" for the whole municipality. ``is_typed``: by somebody, so that it is
    remembered for this person. ``visit_id``: the visit it is for; without one ``reason``, a ``LookupReason``. Both
    stand in the record.
    """

    name: str = ""
    kana: str = ""
    address: str = ""
    birth: date | None = None
    sex: str = ""
    visit_id: str = ""
    reason: str = ""
    ward: str = ""
    is_typed: bool = False


def explained(asked: SearchByFour, visit_id: str, reason: str) -> SearchByFour:
    """The search with what it is for."""
    return msgspec.structs.replace(asked, visit_id=visit_id, reason=reason)


def typed(asked: SearchByFour) -> SearchByFour:
    """The search as one that somebody typed, so that it is remembered."""
    return msgspec.structs.replace(asked, is_typed=True)


class Ward(Message, frozen=True):
    """区 of a designated city."""

    code: str
    name: str


class SearchHabits(Message, frozen=True):
    """What the person who asks searched for lately, newest first, and the municipality's wards (none: no such)."""

    recent: tuple[SearchByFour, ...]
    wards: tuple[Ward, ...]


class RestraintMark(Message, frozen=True):
    """抑止: that an act is restrained, not why. ``act``: issue, view, edit; ``level``: error or confirm."""

    act: str
    level: str


class Hit(Message, frozen=True):
    """One person found. ``number_linked``: 個人番号 known to the register; the number itself is not in here."""

    business_number: str
    name: str
    kana: str
    birth: date
    sex: str
    address: str
    household_number: str
    number_linked: bool
    restraints: tuple[RestraintMark, ...]
    resident: bool


class Hits(Message, frozen=True):
    """What was found, best first; ``more``: that the list was cut."""

    hits: tuple[Hit, ...]
    more: bool = False


class SearchByNumber(Message, frozen=True):
    """個人番号, for the single-hit search (M-6). Sent only after 番号確認 and 身元確認."""

    my_number: str
    visit_id: str = ""
    reason: str = ""


class OpenRecord(Message, frozen=True):
    """Ask for one person's record. ``procedure``: for which, so that items are shown that it gives a right to."""

    business_number: str
    procedure: str = ""
    visit_id: str = ""
    reason: str = ""


class KeepStaffPerson(Message, frozen=True):
    """Say who a member of staff is in the register, so that looks at their own people are seen; "" forgets it."""

    staff_id: str
    business_number: str


class Member(Message, frozen=True):
    """A member of the household."""

    business_number: str
    name: str
    kana: str
    birth: date
    sex: str
    relation: str


class FormerAddress(Message, frozen=True):
    """Where a person was registered on 1 January of ``year``; ``municipality``: its code, "" if abroad or unknown."""

    year: int
    municipality: str
    municipality_name: str
    address: str


class ItemMark(Message, frozen=True):
    """個人番号, 住民票コード or 在留資格. ``state``: shown, none, or masked: nobody learns whether there is one."""

    item_class: str
    state: str
    value: str = ""


class Record(Message, frozen=True):
    """One person's record as the counter may see it. ``items``: one mark for each guarded class.

    ``legal_kana`` 振り仮名 may still be empty; ``birth_written``: how a birth date that is not fully known is written.
    """

    hit: Hit
    former_name: str
    alias: str
    latin_name: str
    moved_in_on: date | None
    moved_from: str
    planned_move_out_on: date | None
    first_january: tuple[FormerAddress, ...]
    household: tuple[Member, ...]
    version: int
    items: tuple[ItemMark, ...] = ()
    moved_from_code: str = ""
    legal_kana: str = ""
    birth_written: str = ""
    former_name_kana: str = ""
    alias_kana: str = ""
    kanji_name: str = ""
    nationality: str = ""
    ward: str = ""
    moved_to: str = ""
    removed_on: date | None = None
