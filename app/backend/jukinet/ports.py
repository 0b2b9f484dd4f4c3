"""What the communication server needs kept, and whom it speaks with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.call import Call
from app.durable.outbox import OutboxItem
from app.wire.jukinet import CardEvent, DeliveryAddress, IdentityInfo, IdentityUpdate
from app.wire.jukinet_network import (
    NetCardCheck,
    NetCardChecked,
    NetCardEvents,
    NetCompared,
    NetComparison,
    NetDeliveries,
    NetEnquiry,
    NetFetch,
    NetFound,
    NetParcel,
    NetParcels,
    NetPost,
    NetReceipts,
    NetUpdates,
)
from app.wire.message import Message

A = TypeVar("A", bound=Message)
T = TypeVar("T")


class Kind(StrEnum):
    """What a kept record is."""

    SENT = "sent"
    """Something that goes out: an update, a delivery address, a card's event, a parcel."""
    MOVING_OUT = "moving_out"
    """転出証明書情報 that came."""
    MOVED_IN = "moved_in"
    """転入通知 that came."""
    CHECK = "check"
    """本人確認 at a counter."""
    CARD = "card"
    """The state of a person's card."""
    ASKED_BY = "asked_by"
    """A wide-area request of another municipality."""
    ASKED_OF = "asked_of"
    """A wide-area request of this one."""
    COMPARISON = "comparison"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Registered:
    """One person of the 本人確認情報ファイル. ``sequence``: of the last change; ``version``: of the row."""

    identity: IdentityInfo = field(repr=False)
    sequence: int
    version: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of one kind. ``subject``: the token of the person it is about, or what it belongs to.

    ``due``: the day on which something happens to it by itself; None: nothing does.
    """

    municipality: str
    kind: Kind
    record_id: str
    state: str
    content: bytes = field(repr=False)
    version: int = 1
    subject: str = ""
    due: date | None = None


class Sent(Message, frozen=True):
    """Content of something that goes out. ``digest``: SHA-256 of what it was; the content itself goes when it is done.

    Exactly one is there while it waits; ``receipts`` as in ``Forwarded``; ``proof``: the receipt of who took it here.
    """

    digest: bytes
    proof: str
    update: IdentityUpdate | None = None
    delivery: DeliveryAddress | None = None
    card: CardEvent | None = None
    parcel: NetParcel | None = None
    receipts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One item that is due, with its record; None: there is none, or it can't be read."""

    item: OutboxItem
    municipality: str
    kept: Kept | None


class People(Protocol):
    """The 本人確認情報ファイル, inside one transaction."""

    def token(self, municipality: str, resident_code: str) -> str:
        """What stands for a person wherever the code itself must not."""
        ...

    def of_code(self, municipality: str, resident_code: str) -> Registered | None: ...
    def of_number(self, municipality: str, my_number: str) -> Registered | None: ...
    def put(self, one: Registered, at: datetime, former_code: str = "") -> None:
        """Write the next version, or the first one. Errors: Conflict when it is not the next."""
        ...

    def matching(self, municipality: str, criteria: Sequence[Sequence[str]], limit: int) -> tuple[Registered, ...]:
        """People with at least one term of each criterion; to be verified by the caller."""
        ...

    def stretch(self, municipality: str, after: str, limit: int) -> tuple[tuple[str, Registered], ...]:
        """People behind token ``after`` in the order of tokens, which is by chance."""
        ...

    def count(self, municipality: str) -> int: ...


class Records(Protocol):
    """Kept records, inside one transaction."""

    def one(self, municipality: str, kind: Kind, record_id: str) -> Kept | None: ...
    def add(self, kept: Kept, at: datetime) -> None: ...
    def put(self, kept: Kept, at: datetime) -> None:
        """Write the next version. Errors: Conflict when it is not the next."""
        ...

    def listed(
        self, municipality: str, kind: Kind, states: Sequence[str], limit: int, subject: str = ""
    ) -> tuple[Kept, ...]:
        """Oldest first."""
        ...

    def each(self, municipality: str, kind: Kind, states: Sequence[str]) -> Iterator[Kept]:
        """All of them however many, by their ids, read in portions."""
        ...

    def count(self, municipality: str, kind: Kind, states: Sequence[str]) -> int: ...
    def due(self, kind: Kind, day: date, limit: int) -> tuple[Kept, ...]:
        """Of all municipalities: what is due on ``day`` or was before."""
        ...

    def drop(self, kept: Kept) -> None: ...


class Ways(Protocol):
    """What waits to go out, inside one transaction."""

    def send(self, kept: Kept, subject: str, at: datetime) -> None: ...
    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[Outgoing, ...]: ...
    def done(self, items: Sequence[OutboxItem]) -> None: ...
    def later(self, item: OutboxItem, now: datetime, cause: str) -> None: ...
    def postpone(self, item: OutboxItem, next_at: datetime, cause: str) -> None: ...
    def dead(self, item: OutboxItem, cause: str) -> None: ...
    def state(self, kept: Kept) -> OutboxItem | None:
        """How something that goes out stands; None where nothing of it waits or is dead."""
        ...

    def open_items(self, municipality: str) -> tuple[tuple[OutboxItem, str], ...]:
        """What waits or is dead, with the id of its record."""
        ...


class NetworkUnit(Protocol):
    """What can be done inside one transaction."""

    @property
    def people(self) -> People: ...
    @property
    def records(self) -> Records: ...
    @property
    def ways(self) -> Ways: ...
    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A: ...
    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        """Write acts into the slice's ledger; their receipts as text."""
        ...


class NetworkBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[NetworkUnit], T]) -> T: ...
    def read(self, work: Callable[[NetworkUnit], T]) -> T: ...
    def scrub(self) -> bool:
        """Overwrite what deleted records left in the store's files; False: not all of it yet."""
        ...


class Network(Protocol):
    """The resident network around the city, as its communication server asks it.

    Errors of all: Unreachable when nobody answers; Refused ``network_closed`` (``opens``: seconds since 1970, 0 where
    it was not said), ``bad_signature``, ``unknown_key``.
    """

    def updates(self, asked: NetUpdates) -> NetReceipts: ...
    def compare(self, asked: NetComparison) -> NetCompared: ...
    def enquire(self, asked: NetEnquiry) -> NetFound: ...
    def post(self, asked: NetPost) -> NetReceipts: ...
    def fetch(self, asked: NetFetch) -> NetParcels: ...
    def deliveries(self, asked: NetDeliveries) -> NetReceipts: ...
    def card_events(self, asked: NetCardEvents) -> NetReceipts: ...


class CardTerminal(Protocol):
    """統合端末: proves a card by its 住民基本台帳用 PIN. In training and tests the card management's stand-in does."""

    def check(self, asked: NetCardCheck) -> NetCardChecked:
        """Errors: as ``Network``."""
        ...
