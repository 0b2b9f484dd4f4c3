"""Messages of tax data: from the tax office's system to socialaddress, and on to social insurance systems."""

from datetime import date, datetime

import msgspec

from app.wire.desk import Scalar
from app.wire.message import Message

MOST = 500
"""Notices, transfers or questions in one message. Assumed."""


class TaxNotice(Message, frozen=True):
    """課税情報 of one person. ``fiscal_year`` 年度 and ``income_year`` 所得年 (the calendar year before) are two.

    ``sequence``: counts what this municipality is told, from 1, without gaps. ``subject``: 宛名番号, or a
    社会保障宛名番号. ``revision``: 0 for the first decision, counts corrections (更正). ``kind``: value, undeclared
    (未申告: no items, and not zero) or no_data (taxed elsewhere). ``residence``: municipality on 1 January;
    ``taxed_by``: which other one taxed the person instead (住登外課税), "" for none.
    """

    sequence: int
    subject: str
    fiscal_year: int
    income_year: int
    revision: int
    kind: str
    decided_on: date
    reason: str = ""
    residence: str = ""
    residence_name: str = ""
    taxed_by: str = ""
    taxed_by_name: str = ""
    items: dict[str, int] = msgspec.field(default_factory=dict)


class TaxNotices(Message, frozen=True):
    """taxaddress → socialaddress: at most ``MOST``, in order."""

    municipality: str
    notices: tuple[TaxNotice, ...]


class NotTaken(Message, frozen=True):
    """A notice that was noted and can't be used."""

    sequence: int
    reason: str


class TaxTaken(Message, frozen=True):
    """All up to ``up_to`` is here, durably. ``missing``: first and last that lack in front of what was sent."""

    municipality: str
    up_to: int
    missing: tuple[int, int] | None = None
    not_used: tuple[NotTaken, ...] = ()


class Need(Message, frozen=True):
    """A system needs tax data of a party from ``from_year`` (年度) on, or (``ended``) no more.

    ``number``: 社会保障宛名番号 or, of a resident, 宛名番号.
    """

    number: str
    from_year: int
    ended: bool = False


class SocialNeeds(Message, frozen=True):
    """A receiving system → socialaddress: whose data it needs for its work."""

    municipality: str
    system: str
    needs: tuple[Need, ...]


class NeedsNoted(Message, frozen=True):
    """``numbers``: 社会保障宛名番号 for each need, in order, "" where the number stands for nobody here."""

    municipality: str
    system: str
    numbers: tuple[str, ...]


class SocialTransfer(Message, frozen=True):
    """課税情報 on its way to one system: only its items. ``sequence``: counts what this system is told, without gaps.

    ``cause``: received, corrected, needed or asked. ``kind`` as in ``TaxNotice``.
    """

    sequence: int
    social_number: str
    fiscal_year: int
    income_year: int
    revision: int
    kind: str
    cause: str
    made_at: datetime
    items: dict[str, Scalar] = msgspec.field(default_factory=dict)


class SocialTransfers(Message, frozen=True):
    """socialaddress → a receiving system: at most ``MOST``, in order; also what it asked for once more.

    ``gone``: up to which sequence transfers are kept no more.
    """

    municipality: str
    system: str
    transfers: tuple[SocialTransfer, ...]
    gone: int = 0
    more: bool = False


class SocialTaken(Message, frozen=True):
    """A receiving system's answer, as in ``TaxTaken``."""

    municipality: str
    system: str
    up_to: int
    missing: tuple[int, int] | None = None


class AskTransfers(Message, frozen=True):
    """再送: a receiving system asks for what came after ``up_to``."""

    municipality: str
    system: str
    up_to: int


class TaxWanted(Message, frozen=True):
    """One year of one party, and which items of it."""

    social_number: str
    fiscal_year: int
    items: tuple[str, ...]


class AskTax(Message, frozen=True):
    """A receiving system asks now, for parties it has said it needs."""

    municipality: str
    system: str
    wanted: tuple[TaxWanted, ...]


class TaxFound(Message, frozen=True):
    """``reason``: "" or why nothing is told: not_needed, item_not_allowed or year_not_allowed."""

    social_number: str
    fiscal_year: int
    kind: str
    reason: str = ""
    transfer: SocialTransfer | None = None


class FoundTax(Message, frozen=True):
    """One for each asked about, in order."""

    municipality: str
    system: str
    found: tuple[TaxFound, ...]


class AskPartyItems(Message, frozen=True):
    """A receiving system asks for the items of parties that it may have and needs (S05-3)."""

    municipality: str
    system: str
    social_numbers: tuple[str, ...]


class PartyItems(Message, frozen=True):
    """A party's items for one system: what it may not have is "" or None. ``reason``: "" or not_needed.

    ``mail``: where letters go; "" with ``mail_source`` withheld for a protected person without a delivery address.
    ``protected``: where the person lives is hidden, and to be hidden by who is told; why is told to nobody.
    """

    social_number: str
    reason: str = ""
    name: str = ""
    kana: str = ""
    birth: date | None = None
    sex: str = ""
    mail: str = ""
    mail_source: str = ""
    protected: bool = False


class FoundParties(Message, frozen=True):
    """One for each asked about, in order."""

    municipality: str
    system: str
    parties: tuple[PartyItems, ...]


class AskPartyTax(Message, frozen=True):
    """A clerk asks for a party's tax data within a business."""

    purpose: str
    social_number: str
    visit_id: str = ""


class TaxYearRow(Message, frozen=True):
    """One state of one year, newest first; ``current``: that it holds now."""

    fiscal_year: int
    income_year: int
    revision: int
    kind: str
    decided_on: date | None
    reason: str
    current: bool
    items: dict[str, Scalar]


class PartyTax(Message, frozen=True):
    """What the business may see of a party's tax data, with corrections."""

    rows: tuple[TaxYearRow, ...]


class AskSocialTransfers(Message, frozen=True):
    """What was passed on to systems of a business, newest first; ``stopped``: only what could not be delivered."""

    purpose: str
    stopped: bool = False


class TransferRow(Message, frozen=True):
    """One transfer as a record, without amounts. ``state``: waiting, delivered or stopped; ``cause`` why it stopped."""

    system: str
    title: str
    sequence: int
    social_number: str
    fiscal_year: int
    item_names: tuple[str, ...]
    occasion: str
    made_at: datetime
    state: str
    cause: str


class TransferRows(Message, frozen=True):
    """Newest first; ``more``: that the list was cut."""

    rows: tuple[TransferRow, ...]
    more: bool = False


class SendAgain(Message, frozen=True):
    """再送: send a system everything from ``from_sequence`` on once more."""

    purpose: str
    system: str
    from_sequence: int


class AskAllResidents(Message, frozen=True):
    """Have residentbase tell every record anew, such as at the beginning."""

    purpose: str
