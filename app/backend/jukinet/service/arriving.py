"""What comes from other municipalities: announced moves, notices of moving in, wide-area requests and their copies."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.backend.jukinet.ports import Kept, Kind, NetworkUnit
from app.backend.jukinet.service.acting import own_act
from app.backend.jukinet.service.sending import given_up
from app.domain.clock import business_date
from app.domain.resident_network_rules import NetworkRules
from app.wire.jukinet import Arrivals, MovedIn, MovingOutData, WideAreaCopy, WideAreaRequest
from app.wire.jukinet_network import NetParcel
from app.wire.message import Message, Nothing, decode, encode

HERE, HANDED, FILED, ERASED, CLOSED = "here", "handed", "filed", "erased", "closed"
ASKED, ANSWERED, NOT_ISSUED, TOLD = "asked", "answered", "not_issued", "told"
_MOST = 64
_EMPTY = encode(Nothing())
_PASSING = (Kind.CHECK, Kind.ASKED_OF, Kind.ASKED_BY, Kind.DIFFERENCE)
"""What is kept for some time only; its content goes, that there was one stays."""


class WideOut(Message, frozen=True):
    """Content of a wide-area request of this city: who asked for it, by which check; the copy once it is there."""

    staff_id: str
    request: WideAreaRequest
    copy: WideAreaCopy | None = None


def arrive(unit: NetworkUnit, rules: NetworkRules, place: str, parcel: NetParcel, at: datetime) -> None:
    """Keep one parcel; the same one again changes nothing."""
    if parcel.to != place:
        return
    if parcel.moving_out is not None:
        _announced(unit, rules, place, parcel.moving_out, at)
    elif parcel.moved_in is not None:
        _notified(unit, place, parcel, parcel.moved_in, at)
    elif parcel.wide_area is not None:
        _asked(unit, place, parcel, parcel.wide_area, at)
    elif parcel.copy is not None:
        _copied(unit, place, parcel, parcel.copy, at)


def hand_on(unit: NetworkUnit, place: str, done: Sequence[str], at: datetime) -> Arrivals:
    """What is for the register; what it says to have is not handed on again."""
    for record_id in done:
        for kind in (Kind.MOVING_OUT, Kind.MOVED_IN):
            kept = unit.records.one(place, kind, record_id)
            if kept is not None:
                _handed(unit, kept, at)
    moving = unit.records.listed(place, Kind.MOVING_OUT, [HERE], _MOST)
    moved = unit.records.listed(place, Kind.MOVED_IN, [HERE], _MOST)
    erased = unit.records.listed(place, Kind.MOVING_OUT, [ERASED], _MOST)
    return Arrivals(
        municipality=place,
        moving_out=tuple(decode(one.content, MovingOutData) for one in moving),
        moved_in=tuple(decode(one.content, MovedIn) for one in moved),
        erased=tuple(one.record_id for one in erased),
        more=_MOST in {len(moving), len(moved), len(erased)},
    )


def filed(unit: NetworkUnit, place: str, data_id: str, at: datetime) -> None:
    """The move has been filed: nothing of the announcement is kept any longer."""
    kept = unit.records.one(place, Kind.MOVING_OUT, data_id)
    if kept is not None and kept.state in {HERE, HANDED}:
        unit.records.put(_emptied(kept, FILED), at)
        unit.record([own_act("moving_out.filed", at, place, data_id)])


def erase_due(unit: NetworkUnit, at: datetime) -> int:
    """Erase what nobody filed in time, and what was kept for a day only; how many were erased (R-084)."""
    today = business_date(at)
    over = unit.records.due(Kind.MOVING_OUT, today, _MOST)
    for kept in over:
        unit.records.put(_emptied(kept, ERASED), at)
        until = "" if kept.due is None else kept.due.isoformat()
        unit.record([own_act("moving_out.erased", at, kept.municipality, kept.record_id, erase_on=until)])
    late = unit.records.due(Kind.SENT, today, _MOST)
    for kept in late:
        given_up(unit, kept, at)
        unit.record([own_act("moving_out.given_up", at, kept.municipality, kept.record_id)])
    passing = [one for kind in _PASSING for one in unit.records.due(kind, today, _MOST)]
    for kept in passing:
        unit.records.put(_emptied(kept, CLOSED), at)
    return len(over) + len(late) + len(passing)


def _announced(unit: NetworkUnit, rules: NetworkRules, place: str, data: MovingOutData, at: datetime) -> None:
    if unit.records.one(place, Kind.MOVING_OUT, data.data_id) is not None:
        return
    erase_on = rules.erase_on(data.planned_on)
    is_ours = data.moved_to == place and bool(data.persons)
    if not is_ours or erase_on <= business_date(at):
        unit.record([own_act("moving_out.not_kept", at, place, data.data_id, is_ours=is_ours)])
        return
    codes = [one.resident_code for one in data.persons if one.resident_code]
    subject = unit.people.token(place, codes[0]) if codes else ""
    unit.records.add(Kept(place, Kind.MOVING_OUT, data.data_id, HERE, encode(data), subject=subject, due=erase_on), at)
    count, until = len(data.persons), erase_on.isoformat()
    unit.record([
        own_act("moving_out.received", at, place, data.data_id, persons=count, sender=data.moved_from, erase_on=until)
    ])


def _notified(unit: NetworkUnit, place: str, parcel: NetParcel, notice: MovedIn, at: datetime) -> None:
    if unit.records.one(place, Kind.MOVED_IN, notice.notice_id) is None:
        unit.records.add(Kept(place, Kind.MOVED_IN, notice.notice_id, HERE, encode(notice)), at)
        unit.record([own_act("moved_in.received", at, place, notice.notice_id, sender=parcel.sender)])


def _asked(unit: NetworkUnit, place: str, parcel: NetParcel, request: WideAreaRequest, at: datetime) -> None:
    """Another municipality asks: the register's boundary is asked in turn, and the copy goes back."""
    if unit.records.one(place, Kind.ASKED_BY, request.request_id) is not None or request.asked_by != parcel.sender:
        return
    due = business_date(at) + timedelta(days=1)
    kept = Kept(place, Kind.ASKED_BY, request.request_id, ASKED, encode(request), due=due)
    unit.records.add(kept, at)
    unit.ways.send(kept, f"wide:{request.request_id}"[:_MOST], at)
    unit.record([own_act("wide_area.asked", at, place, request.request_id, by=request.asked_by)])


def _copied(unit: NetworkUnit, place: str, parcel: NetParcel, copy: WideAreaCopy, at: datetime) -> None:
    """The answer to a request of this city; from nobody else than who was asked."""
    kept = unit.records.one(place, Kind.ASKED_OF, copy.request_id)
    if kept is None or kept.state != ASKED:
        return
    out = decode(kept.content, WideOut)
    if out.request.asked_of != parcel.sender:
        unit.record([own_act("wide_area.not_theirs", at, place, copy.request_id, sender=parcel.sender)])
        return
    state = NOT_ISSUED if copy.reason else ANSWERED
    content = encode(WideOut(staff_id=out.staff_id, request=out.request, copy=copy))
    unit.records.put(replace(kept, state=state, content=content, version=kept.version + 1), at)
    unit.record([own_act("wide_area.answered", at, place, copy.request_id, state=state)])


def _handed(unit: NetworkUnit, kept: Kept, at: datetime) -> None:
    if kept.state == HERE and kept.kind is Kind.MOVED_IN:
        unit.records.put(_emptied(kept, HANDED), at)
    elif kept.state == HERE:
        unit.records.put(replace(kept, state=HANDED, version=kept.version + 1), at)
    elif kept.state == ERASED:
        unit.records.put(replace(kept, state=CLOSED, version=kept.version + 1), at)


def _emptied(kept: Kept, state: str) -> Kept:
    """The record without what was in it: that there was one stays, so that it is not taken a second time."""
    return replace(kept, state=state, content=_EMPTY, due=None, version=kept.version + 1, subject="")
