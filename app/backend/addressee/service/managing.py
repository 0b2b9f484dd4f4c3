"""S03-6, S03-5: administrators let business systems in and shut them out; supervisors read linkage records."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from app.backend.addressee.ports import AddresseeBook, AddresseeUnit, BusinessSystem, LinkageQuery, Linked
from app.backend.addressee.service.areas import SystemAreas
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import TOKYO
from app.errors import NotAllowed, NotUnderstood, Refused
from app.wire.addressee_office import (
    AreaPassword,
    AreaRow,
    Areas,
    AskAreas,
    AskNumberLinkage,
    CloseArea,
    EnterArea,
    NumberLinkage,
    NumberLinkageRow,
)
from app.wire.message import Nothing

MANAGE, READ = "number.system", "linkage.read"
MOST_ROWS = 200
LONGEST_SPAN = timedelta(days=366)
_LONGEST_ID = 16
_RESERVED = frozenset({"socialaddress"})


class AreaOffice:
    """What staff do with areas and records."""

    def __init__(self, book: AddresseeBook, areas: SystemAreas) -> None:
        self._book = book
        self._areas = areas

    def enter(self, call: Call, asked: EnterArea) -> AreaPassword:
        """A new password for a system, known or new. Errors: NotAllowed, NotUnderstood."""
        call.demand(MANAGE)
        system = asked.system
        is_id = 0 < len(system) <= _LONGEST_ID and system.isascii() and system.isalnum() and system == system.lower()
        if not is_id or system in _RESERVED:
            raise NotUnderstood(what="system")

        def enter(unit: AddresseeUnit) -> AreaPassword:
            password, made = self._areas.entered(unit, call.municipality, system)
            until = made.password_until
            unit.record([act_of(call, "area.entered", about=system, until=until.isoformat())])
            return AreaPassword(system=system, password=password, until=until)

        return self._book.write(enter)

    def close(self, call: Call, asked: CloseArea) -> Nothing:
        """Errors: NotAllowed where there is none."""
        call.demand(MANAGE)

        def close(unit: AddresseeUnit) -> Nothing:
            found = unit.systems.one(call.municipality, asked.system)
            if found is None:
                raise NotAllowed
            unit.systems.put(replace(found, is_closed=True, version=found.version + 1))
            unit.systems.end_sessions(call.municipality, asked.system, call.at)
            unit.record([act_of(call, "area.closed", about=asked.system)])
            return Nothing()

        return self._book.write(close)

    def areas(self, call: Call, _: AskAreas) -> Areas:
        """All of them; no password is told."""
        call.demand(MANAGE)
        found = self._book.read(lambda unit: unit.systems.all(call.municipality))
        return Areas(rows=tuple(_row(one, call) for one in found))

    def linkage(self, call: Call, asked: AskNumberLinkage) -> NumberLinkage:
        """Records of a span of days, of one number or all; the look is one itself.

        Errors: NotAllowed; Refused ``span_out_of_order`` for days the wrong way round or more than a year.
        """
        call.demand(READ)
        if not timedelta(0) <= asked.until - asked.since <= LONGEST_SPAN:
            raise Refused("span_out_of_order")
        since, after = (datetime.combine(day, time(0), TOKYO) for day in (asked.since, asked.until + timedelta(days=1)))
        query = LinkageQuery(call.municipality, since, after, asked.subject, MOST_ROWS + 1)

        def look(unit: AddresseeUnit) -> NumberLinkage:
            found = unit.linkage.find(query)
            unit.record([act_of(call, "linkage.viewed", about=asked.subject, records=len(found))])
            return NumberLinkage(rows=tuple(map(_record, found[:MOST_ROWS])), more=len(found) > MOST_ROWS)

        return self._book.write(look)


def _row(one: BusinessSystem, call: Call) -> AreaRow:
    state = "open"
    if one.is_closed:
        state = "closed"
    elif one.password_until < call.day:
        state = "ended"
    elif one.not_before is not None and call.at < one.not_before:
        state = "waits"
    return AreaRow(
        system=one.system,
        state=state,
        password_until=one.password_until,
        days_left=max(0, (one.password_until - call.day).days),
        last_at=one.last_at,
    )


def _record(one: Linked) -> NumberLinkageRow:
    act = one.act
    what = tuple((name, "" if value is None else str(value)) for name, value in act.what)
    return NumberLinkageRow(place=one.place, kind=act.kind, at=act.at, by=act.staff_id, about=act.about, what=what)
