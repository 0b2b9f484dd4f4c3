"""Something on its way out: kept once under its id, laid into the outbox in order of its subject."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec

from app.backend.jukinet.ports import Kept, Kind, NetworkUnit, Sent
from app.domain.act import Act
from app.durable.outbox import DEAD
from app.wire.jukinet import CardEvent, DeliveryAddress, Forwarded, IdentityUpdate, Taken
from app.wire.jukinet_network import NetParcel
from app.wire.message import decode, encode

Content = IdentityUpdate | DeliveryAddress | CardEvent | NetParcel
WAITING, DONE, STOPPED, UNKNOWN = "waiting", "done", "dead", "unknown"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why one item stays behind; ``expected``: the next sequence of the person."""

    reason: str
    expected: int = 0


def known(unit: NetworkUnit, municipality: str, item_id: str, content: Content) -> Taken | None:
    """The answer that was given to this item before; None for a new one."""
    kept = unit.records.one(municipality, Kind.SENT, item_id)
    if kept is None:
        return None
    sent = decode(kept.content, Sent)
    if sent.digest != _digest(content):
        return Taken(item_id=item_id, reason="other_content")
    return Taken(item_id=item_id, receipt=sent.proof)


def hand_out(
    unit: NetworkUnit, act: Act, item_id: str, content: Content, subject: str, until: date | None = None
) -> str:
    """Record ``act``, keep the item and lay it into the outbox; the receipt of the record.

    ``until``: the day on which it is given up and forgotten if it has not got there; None: it never is.
    """
    proof = unit.record([act])[0]
    sent = _sent(content, Sent(digest=_digest(content), proof=proof))
    kept = Kept(act.municipality, Kind.SENT, item_id, WAITING, encode(sent), subject=subject, due=until)
    unit.records.add(kept, act.at)
    unit.ways.send(kept, subject, act.at)
    return proof


def content_of(sent: Sent) -> Content | None:
    """What goes out; None when it is done."""
    return sent.update or sent.delivery or sent.card or sent.parcel


def finished(kept: Kept, receipts: tuple[tuple[str, str], ...]) -> Kept:
    """The record when it has arrived: receipts instead of contents."""
    sent = decode(kept.content, Sent)
    bare = Sent(digest=sent.digest, proof=sent.proof, receipts=receipts)
    return replace(_next(kept, DONE, bare), due=None)


def given_up(unit: NetworkUnit, kept: Kept, at: datetime) -> None:
    """It has not got there in time: nobody sends it any more, and what was in it is forgotten."""
    item = unit.ways.state(kept)
    if item is not None and item.state != DEAD:
        unit.ways.dead(item, "too_late")
    unit.records.put(replace(finished(kept, ()), state=STOPPED), at)


def with_receipts(kept: Kept, receipts: tuple[tuple[str, str], ...]) -> Kept:
    """The record when some have it already."""
    return _next(kept, kept.state, msgspec.structs.replace(decode(kept.content, Sent), receipts=receipts))


def forwarded_of(unit: NetworkUnit, municipality: str, item_id: str, closed_until: datetime | None) -> Forwarded:
    """How far an item has got. ``closed_until``: when the network opens, None while it is open."""
    kept = unit.records.one(municipality, Kind.SENT, item_id)
    if kept is None:
        return Forwarded(item_id=item_id, state=UNKNOWN)
    receipts = decode(kept.content, Sent).receipts
    item = unit.ways.state(kept)
    if item is None:
        return Forwarded(item_id=item_id, state=DONE, receipts=receipts)
    if item.state == DEAD:
        return Forwarded(item_id=item_id, state=STOPPED, receipts=receipts, cause=item.cause)
    cause, next_at = item.cause, item.next_at
    if closed_until is not None:
        cause, next_at = "network_closed", max(closed_until, next_at)
    return Forwarded(item_id=item_id, state=WAITING, receipts=receipts, cause=cause, next_at=next_at)


def _next(kept: Kept, state: str, sent: Sent) -> Kept:
    return Kept(
        kept.municipality, kept.kind, kept.record_id, state, encode(sent), kept.version + 1, kept.subject, kept.due
    )


def _digest(content: Content) -> bytes:
    return hashlib.sha256(encode(content)).digest()


def _sent(content: Content, empty: Sent) -> Sent:
    match content:
        case IdentityUpdate():
            return msgspec.structs.replace(empty, update=content)
        case DeliveryAddress():
            return msgspec.structs.replace(empty, delivery=content)
        case CardEvent():
            return msgspec.structs.replace(empty, card=content)
        case NetParcel():
            return msgspec.structs.replace(empty, parcel=content)
