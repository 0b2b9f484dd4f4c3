"""Messages about changes of the register: filings, provisional entries, their approval, history, announcements."""

from datetime import date, datetime

import msgspec

from app.wire.message import Message


class PersonItems(Message, frozen=True):
    """What stands, or is to stand, in a person's record. None leaves an item as it is, "" takes it away.

    ``birth``: the internal date where ``birth_written`` says what is not fully known. ``legal_kana`` 振り仮名 and
    ``kana`` (search フリガナ) are two items. ``my_number`` is sealed with the filing and never told back.
    """

    name: str | None = None
    kana: str | None = None
    legal_kana: str | None = None
    birth: date | None = None
    birth_written: str | None = None
    sex: str | None = None
    former_name: str | None = None
    former_name_kana: str | None = None
    alias: str | None = None
    alias_kana: str | None = None
    latin_name: str | None = None
    kanji_name: str | None = None
    nationality: str | None = None
    residence_status: str | None = None
    status_until: date | None = None
    card_number: str | None = None
    resident_code: str | None = None
    my_number: str | None = None
    origin: str | None = None
    origin_head: str | None = None


NO_ITEMS = PersonItems()


class PersonPart(Message, frozen=True):
    """One person of a filing. ``business_number``: "" for who gets a record anew; ``relation``: None leaves it."""

    business_number: str = ""
    relation: str | None = None
    items: PersonItems = NO_ITEMS


class Filing(Message, frozen=True):
    """届出・職権記載: one change of one or several persons who change together.

    ``event_day`` 異動日 (None while unknown), ``event_written``: a day that is not fully known, as in the notice;
    ``filed_day`` 届出日. ``household``: keep, new or join (``household_number``) for the persons; ``stays``: new
    relations of who remains in the household they leave, or lives in the one they join. ``certificate``: a 転出証明書
    or its data arrived. ``source``: the notice it rests on. ``late_reason``: why it was filed late, in words.
    """

    kind: str
    reason: str
    filed_day: date
    persons: tuple[PersonPart, ...]
    event_day: date | None = None
    event_written: str = ""
    address: str = ""
    ward: str = ""
    household: str = "keep"
    household_number: str = ""
    stays: tuple[PersonPart, ...] = ()
    moved_from: str = ""
    moved_to: str = ""
    certificate: bool = False
    announcement_id: str = ""
    source: str = ""
    late_reason: str = ""
    visit_id: str = ""
    application_id: str = ""


class TryFiling(Message, frozen=True):
    """Ask how a filing would work out; nothing is entered. ``entry_id``: the own entry that it would replace, or ""."""

    filing: Filing
    entry_id: str = ""


class ProposeEntry(Message, frozen=True):
    """仮登録: keep a filing until somebody else decides. ``confirmed``: findings that were looked into."""

    entry_id: str
    filing: Filing
    confirmed: tuple[str, ...] = ()


class CorrectEntry(Message, frozen=True):
    """Who entered it replaces the filing; guarded items left None stay as they were entered."""

    entry_id: str
    version: int
    filing: Filing
    confirmed: tuple[str, ...] = ()


class WithdrawEntry(Message, frozen=True):
    """Who entered it takes it back."""

    entry_id: str
    version: int


class RefuseEntry(Message, frozen=True):
    """Somebody else turns it down, with a reason."""

    entry_id: str
    version: int
    reason: str


class EntryRef(Message, frozen=True):
    """An entry as it was seen."""

    entry_id: str
    version: int


class ApproveEntries(Message, frozen=True):
    """本登録 of one entry or several. ``confirmed``: findings looked into; counts for a single entry only."""

    entries: tuple[EntryRef, ...]
    confirmed: tuple[str, ...] = ()


class ApproveAll(Message, frozen=True):
    """本登録 of all that wait, up to the cap, oldest first. ``office``, ``person``: only of that one, "" for all."""

    office: str = ""
    person: str = ""


class Approval(Message, frozen=True):
    """What became of one entry. ``outcome``: approved, or why not; ``findings``: which checks stand in the way."""

    entry_id: str
    outcome: str
    state: str = ""
    version: int = 0
    findings: tuple[str, ...] = ()
    proof: str = ""


class Approvals(Message, frozen=True):
    """One line for each entry asked about, in order; ``more``: that the cap left some waiting."""

    rows: tuple[Approval, ...]
    more: bool = False


class FindingMark(Message, frozen=True):
    """A check that found something. ``level``: error or confirm; ``about``: 宛名番号 or place among the persons."""

    check: str
    level: str
    about: str = ""
    entry_id: str = ""
    confirmed: bool = False


class ItemChange(Message, frozen=True):
    """One item before and after. ``masked``: its class is not shown to who asks; both texts are "" then."""

    item: str
    before: str
    after: str
    masked: bool = False


class PersonChange(Message, frozen=True):
    """What changes about one person; ``business_number`` is "" for a record that is yet to be made."""

    business_number: str
    name: str
    items: tuple[ItemChange, ...]


class Trial(Message, frozen=True):
    """How a filing would work out now. ``changes``: none where somebody it touches may not be looked at."""

    findings: tuple[FindingMark, ...]
    changes: tuple[PersonChange, ...]


class EntryRow(Message, frozen=True):
    """A line of the list of entries. ``may``: what this person may do now; ``why_not``: what stands in the way.

    ``overtaken``: a person's record has changed since it was entered, so that it must be corrected first.
    """

    entry_id: str
    kind: str
    title: str
    state: str
    office: str
    entered_by: str
    entered_at: datetime
    filed_day: date
    event_day: date | None
    people: tuple[str, ...]
    findings: tuple[FindingMark, ...]
    may: tuple[str, ...]
    version: int
    why_not: str = ""
    overtaken: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


class Entries(Message, frozen=True):
    """Entries, oldest first; ``more``: that the list was cut."""

    rows: tuple[EntryRow, ...]
    more: bool = False


class AskEntries(Message, frozen=True):
    """What waits, or ``decided``: what does no more. ``office``, ``person``: only of that one, "" for all."""

    decided: bool = False
    office: str = ""
    person: str = ""


class OpenEntry(Message, frozen=True):
    """Ask for one entry whole. ``procedure``: for which guarded items are to be shown."""

    entry_id: str
    procedure: str = ""


class EntryView(Message, frozen=True):
    """An entry with what it would change: the confirmation sheet (確認票)."""

    row: EntryRow
    filing: Filing
    changes: tuple[PersonChange, ...]


class AskHistory(Message, frozen=True):
    """Ask how a person's record came to be. ``on``: also how it stood on that day."""

    business_number: str
    on: date | None = None
    procedure: str = ""
    visit_id: str = ""
    reason: str = ""


class HistoryLine(Message, frozen=True):
    """One change: since when (``event_day``), why, who entered and who approved it, what was and what is."""

    entry_id: str
    kind: str
    title: str
    reason: str
    event_day: date | None
    event_written: str
    filed_day: date
    entered_by: str
    entered_at: datetime
    decided_by: str
    decided_at: datetime
    items: tuple[ItemChange, ...]


class StateItem(Message, frozen=True):
    """An item as it stood. ``masked`` as in ``ItemChange``."""

    item: str
    value: str
    masked: bool = False


class RemovedRecord(Message, frozen=True):
    """除票: a record as it stood when it was taken out of the register (of ``ward``)."""

    day: date
    why: str
    ward: str
    items: tuple[StateItem, ...]


class History(Message, frozen=True):
    """Changes, newest first; ``then``: the record on the day asked for; ``removed``: 除票, newest first."""

    lines: tuple[HistoryLine, ...]
    then: tuple[StateItem, ...] = ()
    removed: tuple[RemovedRecord, ...] = ()


class AskHousehold(Message, frozen=True):
    """Ask for a household with its history."""

    household_number: str
    visit_id: str = ""
    reason: str = ""


class HouseholdMember(Message, frozen=True):
    """A member at some time: number and relation only, names stand in the persons' records."""

    business_number: str
    relation: str


class HouseholdLine(Message, frozen=True):
    """One change of a household's members."""

    entry_id: str
    kind: str
    title: str
    event_day: date | None
    before: tuple[HouseholdMember, ...]
    after: tuple[HouseholdMember, ...]


class HouseholdView(Message, frozen=True):
    """A household: members now, and what changed, newest first."""

    household_number: str
    members: tuple[HouseholdMember, ...]
    lines: tuple[HouseholdLine, ...]


class KeepAnnouncement(Message, frozen=True):
    """転出証明書情報: who announced to move here with a card, as the resident network handed it over."""

    announcement_id: str
    persons: tuple[PersonItems, ...]
    moved_from: str
    planned_on: date


class AskAnnouncements(Message, frozen=True):
    """Ask what was announced and not yet filed."""


class AnnouncementRow(Message, frozen=True):
    """An announcement that waits. ``erase_on``: from that day on its data are gone."""

    announcement_id: str
    received_on: date
    planned_on: date
    erase_on: date
    moved_from: str
    names: tuple[str, ...]


class Announcements(Message, frozen=True):
    """What waits, first to be erased first."""

    rows: tuple[AnnouncementRow, ...]


class OpenAnnouncement(Message, frozen=True):
    """Ask for the data of one announcement, to fill a filing with."""

    announcement_id: str
    visit_id: str = ""


class AnnouncementView(Message, frozen=True):
    """The announced persons; 個人番号 is not told, the filing takes it over by itself."""

    row: AnnouncementRow
    persons: tuple[PersonItems, ...]


def without_guarded(items: PersonItems, shown: frozenset[str] = frozenset()) -> PersonItems:
    """The items without guarded ones that are not ``shown``; the 個人番号 is never among them."""
    hidden = {name: None for name in ("resident_code", "residence_status") if name not in shown}
    return msgspec.structs.replace(items, my_number=None, **hidden)
