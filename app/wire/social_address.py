"""Messages of 社会保障宛名: parties (residents, non-residents, corporations), found, opened, entered, protected."""

from datetime import date, datetime

from app.wire.message import Message


class FindParties(Message, frozen=True):
    """Search by number, or by name or kana with more: whole names or whole parts of them, never by an address.

    ``number``: 社会保障宛名番号, 宛名番号 or 法人番号. ``purpose``: for which business; it needs a right that names it.
    """

    purpose: str
    name: str = ""
    kana: str = ""
    birth: date | None = None
    number: str = ""
    visit_id: str = ""


class Mail(Message, frozen=True):
    """Where letters for a business go. ``source``: delivery, home, or withheld (a protected person has none set)."""

    source: str
    address: str = ""
    addressee: str = ""


class PartyRow(Message, frozen=True):
    """One party. ``kind``: resident, non_resident or corporation; ``state``: active, gone or merged.

    ``address_state``: shown, none or withheld; ``address`` is "" unless shown. ``social_number`` 社会保障宛名番号.
    """

    social_number: str
    kind: str
    state: str
    name: str
    kana: str
    birth: date | None
    birth_written: str
    sex: str
    address: str
    address_state: str
    business_number: str
    corporate_number: str
    protected: bool
    merged_into: str
    version: int


class Parties(Message, frozen=True):
    """What was found; ``more``: that the list was cut."""

    rows: tuple[PartyRow, ...]
    more: bool = False


class OpenParty(Message, frozen=True):
    """Open one party for a business. ``show_address``, ``show_accounts``: on purpose, each by a right of its own.

    ``reason``: why, needed for either; it is recorded.
    """

    purpose: str
    social_number: str
    visit_id: str = ""
    show_address: bool = False
    show_accounts: bool = False
    reason: str = ""


class DeliveryRow(Message, frozen=True):
    """送付先. ``asked_by``: self, representative, family or official; ``state``: ahead, in_force, over or replaced."""

    entry_id: str
    address: str
    addressee: str
    since: date
    until: date | None
    reason: str
    asked_by: str
    asked_name: str
    state: str
    by: str
    at: datetime


class ContactRow(Message, frozen=True):
    """応対記録. ``corrects``: the row this one puts right; ``state``: stands, corrected or withheld (no text told)."""

    entry_id: str
    how: str
    spoke_with: str
    spoke_at: datetime
    what: str
    corrects: str
    state: str
    by: str
    at: datetime


class AccountRow(Message, frozen=True):
    """口座. ``number``: masked unless asked for with the right. ``public``: 公金受取口座, seen on ``confirmed_on``."""

    entry_id: str
    bank: str
    branch: str
    kind: str
    number: str
    holder: str
    since: date
    until: date | None
    public: bool
    confirmed_on: date | None
    masked: bool
    state: str
    by: str
    at: datetime


class PartyView(Message, frozen=True):
    """A party with its entries of one business; ``merged``: the numbers of parties that turned out to be this one."""

    row: PartyRow
    mail: Mail
    merged: tuple[str, ...]
    deliveries: tuple[DeliveryRow, ...]
    contacts: tuple[ContactRow, ...]
    accounts: tuple[AccountRow, ...]


class AskPartyHistory(Message, frozen=True):
    """Ask how a party's record came to be."""

    purpose: str
    social_number: str
    visit_id: str = ""
    show_address: bool = False


class PartyState(Message, frozen=True):
    """How a record stood: ``cause`` says what made it so, ``by`` who ("slice:…" for other systems)."""

    row: PartyRow
    cause: str
    by: str
    at: datetime


class PartyHistory(Message, frozen=True):
    """Every state there was, newest first."""

    states: tuple[PartyState, ...]


class KeepParty(Message, frozen=True):
    """Enter a non-resident (基本4情報) or a corporation, or correct one (``social_number`` with its ``version``).

    Residents are told by residentbase and never entered here. ``my_number``: handed in and confirmed by ``method``; it
    goes on to the in-body addressee system and is not kept.
    """

    purpose: str
    kind: str
    name: str
    kana: str = ""
    birth: date | None = None
    birth_written: str = ""
    sex: str = ""
    address: str = ""
    corporate_number: str = ""
    my_number: str = ""
    method: str = ""
    social_number: str = ""
    version: int = 0
    reason: str = ""
    visit_id: str = ""


class PartyKept(Message, frozen=True):
    """The record as it stands; ``alike``: numbers of parties that may be the same one."""

    row: PartyRow
    alike: tuple[str, ...]


class ProtectParty(Message, frozen=True):
    """支援措置: hide where somebody lives, or (``protected`` False, by another person than who set it) no more."""

    purpose: str
    social_number: str
    version: int
    protected: bool
    reason: str
    visit_id: str = ""
