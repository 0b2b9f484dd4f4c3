"""Messages between the resident register's boundary (jukirelay) and the city's communication server (jukinet)."""

from datetime import date, datetime

from app.wire.message import Message
from app.wire.register_change import PersonItems


class IdentityInfo(Message, frozen=True):
    """本人確認情報 (住基法30条の6): the four items, 住民票コード, 個人番号, and what else goes with the name.

    ``birth_written``: how a birth date that is not fully known is written; ``birth`` is the internal date then.
    ``sex`` as ``app.domain.person.Sex``; ``municipality``: the six digits of where the person is, or last was,
    registered; ``state``: ``resident`` or ``removed`` (消除).
    """

    resident_code: str
    my_number: str
    name: str
    birth: date
    sex: str
    address: str
    municipality: str
    state: str = "resident"
    legal_kana: str = ""
    former_name: str = ""
    former_name_kana: str = ""
    alias: str = ""
    alias_kana: str = ""
    birth_written: str = ""


class IdentityUpdate(Message, frozen=True):
    """One change of one person's 本人確認情報. The same ``update_id`` is taken once, whatever comes again.

    ``sequence``: 1, 2, 3 … for each person, as ``resident_code`` names them (where the code itself changes: as the
    former code names them); what skips one is not taken until that one has come. ``reason``: a ``ChangeReason``;
    ``event_day`` 異動年月日 (None: unknown, in words in ``event_written``). The former ones where they changed.
    ``again``: only between the levels: it corrects a difference and is not the next change of the person.
    """

    update_id: str
    sequence: int
    identity: IdentityInfo
    reason: str
    event_day: date | None = None
    event_written: str = ""
    former_resident_code: str = ""
    former_my_number: str = ""
    again: bool = False


class IdentityUpdates(Message, frozen=True):
    """jukirelay → jukinet, kind ``juki-updates/1``: changes in their order, at most 64."""

    municipality: str
    updates: tuple[IdentityUpdate, ...]


class Taken(Message, frozen=True):
    """What became of one item. ``receipt``: the proof in the ledger of who took it, "" where it was not taken.

    ``reason``: "" taken; ``gap`` (an earlier one is missing, ``expected`` is the next sequence), ``other_content``
    (the id came before with something else), ``not_here`` (of another municipality), ``bad_code``, ``bad_number``,
    ``no_such_person``, ``bad_state`` (no such step from the card's present state).
    """

    item_id: str
    receipt: str = ""
    reason: str = ""
    expected: int = 0


class AllTaken(Message, frozen=True):
    """jukinet → jukirelay, kind ``juki-taken/1``: one for each item, in order. Items fail one by one, never together.

    What is taken goes on to prefecture and national level in order by itself, and waits while they are away or closed.
    """

    municipality: str
    taken: tuple[Taken, ...]


class AskForwarded(Message, frozen=True):
    """jukirelay → jukinet, kind ``juki-ask-forwarded/1``: how far items that were taken have got, at most 64."""

    municipality: str
    item_ids: tuple[str, ...]


class Forwarded(Message, frozen=True):
    """How far one item has got. ``state``: unknown, waiting, done or dead (somebody has to look at it).

    ``receipts``: who said that they have it (``prefecture``, ``national``, ``cards``, ``cs@<municipality>``) and what
    they call it; ``cause``: why it waits; ``next_at``: when it is tried again.
    """

    item_id: str
    state: str
    receipts: tuple[tuple[str, str], ...] = ()
    cause: str = ""
    next_at: datetime | None = None


class AllForwarded(Message, frozen=True):
    """jukinet → jukirelay, kind ``juki-forwarded/1``: one for each item asked about, in order."""

    municipality: str
    items: tuple[Forwarded, ...]


class DeliveryAddress(Message, frozen=True):
    """送付先情報: where 個人番号通知書 and 交付申請書 of one person are to be sent (個人番号カード省令23条の2).

    ``purpose``: ``number_notice`` or ``application_form``. ``place``: 居所 where it differs from the address.
    """

    delivery_id: str
    resident_code: str
    my_number: str
    addressee: str
    postal_code: str
    address: str
    purpose: str
    place: str = ""


class DeliveryAddresses(Message, frozen=True):
    """jukirelay → jukinet, kind ``juki-deliveries/1``, answered by ``juki-taken/1``: at most 64."""

    municipality: str
    deliveries: tuple[DeliveryAddress, ...]


class CardEvent(Message, frozen=True):
    """What happened to one person's 個人番号カード. ``event``: a ``CardStep``; ``lost``: 紛失等.

    ``card_number``: the card's 製造番号, 15 signs.
    """

    event_id: str
    resident_code: str
    card_number: str
    event: str
    event_day: date
    lost: bool = False


class CardEvents(Message, frozen=True):
    """jukirelay → jukinet, kind ``juki-cards/1``, answered by ``juki-taken/1``: at most 64."""

    municipality: str
    events: tuple[CardEvent, ...]


class MovingOutData(Message, frozen=True):
    """転出証明書情報: who announced to move and has no paper because of their card (特例転入, 住基法24条の2).

    ``moved_from``, ``moved_to``: codes of the municipalities; ``from_address``: the address that is left.
    """

    data_id: str
    moved_from: str
    moved_to: str
    from_address: str
    planned_on: date
    persons: tuple[PersonItems, ...]


class SendMovingOut(Message, frozen=True):
    """jukirelay → jukinet, kind ``juki-send-moving-out/1``, answered by ``juki-taken/1``: to the other municipality."""

    municipality: str
    data: tuple[MovingOutData, ...]


class MovedIn(Message, frozen=True):
    """転入通知: that who announced it has moved in. ``persons``: their 住民票コード; ``moved_in_on`` 転入日."""

    notice_id: str
    data_id: str
    moved_from: str
    moved_to: str
    persons: tuple[str, ...]
    moved_in_on: date
    to_address: str


class SendMovedIn(Message, frozen=True):
    """jukirelay → jukinet, kind ``juki-send-moved-in/1``, answered by ``juki-taken/1``: to the former municipality.

    The 転出証明書情報 with this ``data_id`` has been filed and is no longer kept by jukinet.
    """

    municipality: str
    notices: tuple[MovedIn, ...]


class AskArrivals(Message, frozen=True):
    """jukirelay → jukinet, kind ``juki-ask-arrivals/1``: what has come for the register; ``done``: what it has kept.

    What is not named in ``done`` comes again with the next question.
    """

    municipality: str
    done: tuple[str, ...] = ()


class Arrivals(Message, frozen=True):
    """jukinet → jukirelay, kind ``juki-arrivals/1``: at most 64 together, oldest first; ``more``: that some wait.

    ``erased``: the ids of 転出証明書情報 whose time is over: whoever has them erases them too.
    """

    municipality: str
    moving_out: tuple[MovingOutData, ...] = ()
    moved_in: tuple[MovedIn, ...] = ()
    erased: tuple[str, ...] = ()
    more: bool = False


class WideAreaRequest(Message, frozen=True):
    """住民票の写しの広域交付 (住基法12条の4) as another municipality asks for it: own person or whole household.

    ``asked_by``: the code of the municipality at whose counter the person stands, identity checked there.
    ``with_household``: the whole household; ``with_code``, ``with_number``: also 住民票コード, 個人番号.
    """

    request_id: str
    asked_by: str
    asked_of: str
    resident_code: str
    with_household: bool = False
    with_code: bool = False
    with_number: bool = False


class WideAreaPerson(Message, frozen=True):
    """One line of a wide-area copy: no 戸籍の表示 and no 筆頭者 (住基法12条の4)."""

    name: str
    birth: date
    sex: str
    relation: str
    since: date | None = None
    legal_kana: str = ""
    former_name: str = ""
    alias: str = ""
    birth_written: str = ""
    resident_code: str = ""
    my_number: str = ""


class WideAreaCopy(Message, frozen=True):
    """What may be issued. ``reason``: "" or why not: the same ``not_issued`` for unknown, restrained and removed."""

    request_id: str
    municipality: str
    reason: str = ""
    address: str = ""
    household_head: str = ""
    persons: tuple[WideAreaPerson, ...] = ()
    as_of: datetime | None = None


class AskWideArea(Message, frozen=True):
    """jukinet → jukirelay, kind ``juki-wide-area/1``, path ``/jukirelay/v1/wide-area``: requests of others, ≤ 64."""

    municipality: str
    requests: tuple[WideAreaRequest, ...]


class WideAreaCopies(Message, frozen=True):
    """jukirelay → jukinet, kind ``juki-wide-area-copies/1``: one for each request, in order."""

    municipality: str
    copies: tuple[WideAreaCopy, ...]
