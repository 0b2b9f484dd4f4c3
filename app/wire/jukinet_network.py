"""Messages between a city's communication server (jukinet) and the resident network around it, each in a letter.

The senders: ``jukinet@<municipality>``, ``prefecture``, ``national`` (全国サーバ of the 機構), ``cards``
(個人番号カード管理システム). One path each: ``/prefecture/v1``, ``/national/v1``, ``/cards/v1``; the letter's kind says
what is asked.
"""

from datetime import date, datetime

from app.wire.jukinet import (
    CardEvent,
    DeliveryAddress,
    IdentityInfo,
    IdentityUpdate,
    MovedIn,
    MovingOutData,
    WideAreaCopy,
    WideAreaRequest,
)
from app.wire.message import Message


class NetUpdates(Message, frozen=True):
    """CS → prefecture, ``net-updates/1``: 本人確認情報の通知 (住基法30条の6). Answered by ``net-receipts/1``."""

    municipality: str
    updates: tuple[IdentityUpdate, ...]


class NetReceipt(Message, frozen=True):
    """For one item: the number under which each level keeps it, "" while it has not got there yet.

    ``reason``: why it is not taken: ``gap``, ``other_content``, ``bad_code``, ``bad_number``, ``no_such_person``,
    ``bad_state``.
    """

    item_id: str
    prefecture: str = ""
    national: str = ""
    cards: str = ""
    reason: str = ""


class NetReceipts(Message, frozen=True):
    """One for each item, in order."""

    receipts: tuple[NetReceipt, ...]


class NetEnquiry(Message, frozen=True):
    """CS → national, ``net-enquiry/1``: 本人確認情報照会 by 住民票コード, 個人番号 or the four items; one of the three.

    ``purpose``: the task it is for; ``reference``: the enquiring side's record. Answered by ``net-found/1``.
    """

    municipality: str
    purpose: str
    reference: str
    resident_code: str = ""
    my_number: str = ""
    name: str = ""
    address: str = ""
    birth: date | None = None
    sex: str = ""
    most: int = 20


class NetPerson(Message, frozen=True):
    """One person as the national level has them, and the state of their card."""

    identity: IdentityInfo
    card_state: str = "none"


class NetFound(Message, frozen=True):
    """Who was found; ``more``: the list was cut; ``receipt``: under which number the enquiry is kept there.

    ``reason``: ``too_broad`` or "".
    """

    people: tuple[NetPerson, ...]
    more: bool
    receipt: str
    reason: str = ""


class NetComparison(Message, frozen=True):
    """CS → prefecture, ``net-comparison/1``: one page of 整合性確認用本人確認情報.

    ``level``: ``prefecture`` or ``national`` (the prefecture's server passes it on). ``page``: 0, 1, 2 … of one
    ``check_id``; ``whole``: the pages together are all that the city has, so that with the ``last`` one those are told
    who were in none of them.
    """

    municipality: str
    check_id: str
    level: str
    whole: bool
    page: int
    last: bool
    rows: tuple[IdentityInfo, ...]


SHOWN = ("name", "birth", "sex", "address", "state", "legal_kana", "former_name", "alias")
"""Items of a person whose values are told where two levels differ; of a number only that it differs."""


def shown_items(one: IdentityInfo) -> tuple[tuple[str, str], ...]:
    """Item and value of what may be told of a difference; a birth date in ISO 8601."""
    return tuple((name, str(getattr(one, name))) for name in SHOWN)


class NetDifference(Message, frozen=True):
    """``kind``: ``only_here`` (with the city), ``only_there`` or ``differs`` in ``items``.

    ``there``: what the other side has, item and value, of what ``SHOWN`` names; no number and no code.
    """

    resident_code: str
    kind: str
    items: tuple[str, ...] = ()
    there: tuple[tuple[str, str], ...] = ()


class NetCompared(Message, frozen=True):
    """prefecture → CS, ``net-compared/1``. ``receipt``: of the server that compared.

    ``begin_again``: the server does not know the pages before this one any more.
    """

    receipt: str
    differences: tuple[NetDifference, ...]
    begin_again: bool = False


class NetDeliveries(Message, frozen=True):
    """CS → cards, ``net-deliveries/1``: 送付先情報. Answered by ``net-receipts/1``."""

    municipality: str
    deliveries: tuple[DeliveryAddress, ...]


class NetCardEvents(Message, frozen=True):
    """CS → cards, ``net-card-events/1``. Answered by ``net-receipts/1``."""

    municipality: str
    events: tuple[CardEvent, ...]


class NetCardCheck(Message, frozen=True):
    """CS → cards, ``net-card-check/1``: a card with its 住民基本台帳用 PIN, as the 統合端末 would prove it.

    In service the 統合端末 itself checks the PIN against the card's 住基AP and this message is never sent.
    """

    municipality: str
    card_number: str
    pin: str


class NetCardChecked(Message, frozen=True):
    """cards → CS, ``net-card-checked/1``. ``result``: verified, wrong_pin, blocked, unknown or not_in_use.

    ``resident_code`` where verified, also where the card is merely suspended; ``left``: tries that are left after a
    wrong PIN; ``card_state``: a ``CardState``.
    """

    result: str
    resident_code: str = ""
    left: int = 0
    card_state: str = ""


class NetParcel(Message, frozen=True):
    """What one municipality's CS sends another's, through the national level. ``to``, ``sender``: municipalities.

    Exactly one of the contents is there.
    """

    parcel_id: str
    to: str
    sender: str
    moving_out: MovingOutData | None = None
    moved_in: MovedIn | None = None
    wide_area: WideAreaRequest | None = None
    copy: WideAreaCopy | None = None


class NetPost(Message, frozen=True):
    """CS → national, ``net-post/1``: parcels for others. Answered by ``net-receipts/1``."""

    municipality: str
    parcels: tuple[NetParcel, ...]


class NetFetch(Message, frozen=True):
    """CS → national, ``net-fetch/1``: what lies there for this municipality; ``done`` is kept and need not lie on."""

    municipality: str
    done: tuple[str, ...] = ()
    most: int = 64


class NetParcels(Message, frozen=True):
    """national → CS, ``net-parcels/1``: oldest first; ``more``: that some lie on."""

    parcels: tuple[NetParcel, ...]
    more: bool = False


class NetRefusal(Message, frozen=True):
    """Any of them → CS, ``net-refusal/1``: not answered. ``reason``: ``closed`` (until ``opens``) or ``away``."""

    reason: str
    opens: datetime | None = None
