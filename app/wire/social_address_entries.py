"""Messages that enter 送付先, 応対記録 and 口座 for a party; nothing is changed in place, new rows replace old ones."""

from datetime import date, datetime

from app.wire.message import Message


class KeepDelivery(Message, frozen=True):
    """送付先 for one business. ``replaces``: the row it takes the place of; that one stays in the history.

    ``asked_by``: self, representative, family or official, ``asked_name`` in words. ``until`` None: until replaced.
    """

    entry_id: str
    purpose: str
    social_number: str
    address: str
    since: date
    reason: str
    asked_by: str
    addressee: str = ""
    asked_name: str = ""
    until: date | None = None
    replaces: str = ""
    visit_id: str = ""


class KeepContact(Message, frozen=True):
    """応対記録: who was spoken with, when, how (counter, phone, post, visit or online), of what.

    ``corrects``: a row that this one puts right; it stays.
    """

    entry_id: str
    purpose: str
    social_number: str
    how: str
    spoke_with: str
    spoke_at: datetime
    what: str
    corrects: str = ""
    visit_id: str = ""


class KeepAccount(Message, frozen=True):
    """口座 for one business. ``kind``: 1 普通, 2 当座, 4 貯蓄. ``holder``: in kana. ``replaces`` as for a delivery.

    ``public``: it is the 公金受取口座, seen to be so on ``confirmed_on``.
    """

    entry_id: str
    purpose: str
    social_number: str
    bank: str
    branch: str
    kind: str
    number: str
    holder: str
    since: date
    until: date | None = None
    public: bool = False
    confirmed_on: date | None = None
    replaces: str = ""
    visit_id: str = ""


class EndEntry(Message, frozen=True):
    """A delivery address or an account ends with ``until``."""

    entry_id: str
    purpose: str
    social_number: str
    ends: str
    until: date
    reason: str
    visit_id: str = ""


class EntryKept(Message, frozen=True):
    """It is kept. ``proof``: the receipt of the record."""

    entry_id: str
    proof: str
