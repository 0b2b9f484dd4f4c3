"""S07-1: takes what the register tells, restraints first, changes in the order of its line, each once."""

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from app.backend.jukirelay.ports import MOVED_IN, MOVING_OUT, WAITING, Kept, Line, NetworkBook, NetworkUnit, Outgoing
from app.backend.jukirelay.service.acting import REGISTER, slice_act
from app.backend.jukirelay.service.making import delivery_address, identity_update, moved_in, moving_out
from app.backend.jukirelay.service.systems import SystemService
from app.domain.act import Detail
from app.domain.clock import Clock
from app.domain.network_relay import NetworkRelayRules
from app.errors import NotUnderstood, Refused
from app.wire.jukinet import MovedIn, MovingOutData
from app.wire.jukirelay import (
    MOST,
    ArrivalsForRegister,
    AskStanding,
    BeginAnew,
    FetchArrivals,
    LoadRecords,
    Standing,
    TellChanges,
    TellRestraints,
)
from app.wire.message import Message, decode, encode
from app.wire.resident_base import ITEMS, RegisterChange, ResidentItems

_HEARD_AGAIN = timedelta(seconds=20)
"""How long being heard of need not be written anew. Assumed: far below the silence that is allowed."""


class Receiving:
    """The register's questions, by who has opened a line. ``wake``: there is something to send."""

    def __init__(self, book: NetworkBook, systems: SystemService, rules: NetworkRelayRules, clock: Clock) -> None:
        self._book = book
        self._systems = systems
        self._rules = rules
        self._clock = clock

    def standing(self, asked: AskStanding) -> Standing:
        """How far it is here; notes that the register was heard of and where its lines end.

        Errors: SessionEnded; Refused ``line_went_back`` when the register's line ends before what is here.
        """
        now = self._clock.now()

        def look(unit: NetworkUnit) -> tuple[Line, bool]:
            self._systems.demand(unit, asked.municipality, asked.token)
            line = unit.lines.seen(asked.municipality)
            ends = (line.ends_changes, line.ends_restraints) == (asked.changes, asked.restraints)
            return line, ends and line.heard_at is not None and now - _HEARD_AGAIN < line.heard_at <= now

        line, is_noted = self._book.read(look)
        if asked.changes < line.changes or asked.restraints < line.restraints:
            raise Refused("line_went_back", here=line.changes, there=asked.changes)
        if not is_noted:
            self._book.write(lambda unit: self._note(unit, asked, now))
        return self._stands(asked.municipality)

    def restraints(self, asked: TellRestraints) -> Standing:
        """Restraints as they are now, in the order of their line. Errors: SessionEnded, NotUnderstood."""
        _demand_few(len(asked.persons))

        def take(unit: NetworkUnit) -> None:
            self._systems.demand(unit, asked.municipality, asked.token)
            line, now = unit.lines.held(asked.municipality), self._clock.now()
            for one in asked.persons:
                if one.position <= line.restraints:
                    continue
                if one.position != line.restraints + 1:
                    raise Refused("gap", expected=line.restraints + 1)
                unit.replica.hold(asked.municipality, one.subject, one.position, one.marks)
                line = replace(line, restraints=one.position)
                about = (asked.municipality, one.subject)
                marks = ",".join(sorted(f"{mark.act}.{mark.level}" for mark in one.marks))
                unit.record(slice_act(REGISTER, "restraint.received", now, about, marks=marks), one.subject)
            unit.lines.put(replace(line, heard_at=now, version=line.version + 1))

        self._book.write(take)
        return self._stands(asked.municipality)

    def anew(self, asked: BeginAnew) -> Standing:
        """Begin the load anew; what is here stays until it is told of, and nobody is served meanwhile."""

        def begin(unit: NetworkUnit) -> None:
            self._systems.demand(unit, asked.municipality, asked.token)
            line, now = unit.lines.held(asked.municipality), self._clock.now()
            unit.lines.put(replace(line, loaded="", is_loaded=False, heard_at=now, version=line.version + 1))
            unit.record(slice_act(REGISTER, "replica.reload_asked", now, (asked.municipality, "replica")))

        self._book.write(begin)
        return self._stands(asked.municipality)

    def load(self, asked: LoadRecords) -> Standing:
        """A portion of the first load; a record that was told of meanwhile stays as it was told."""
        _demand_few(len(asked.records))

        def take(unit: NetworkUnit) -> None:
            self._systems.demand(unit, asked.municipality, asked.token)
            line, now = unit.lines.held(asked.municipality), self._clock.now()
            if line.is_loaded:
                return
            for one in asked.records:
                if one.items.resident:
                    kept = self._kept(asked.municipality, one.subject, one.position, one.items, now)
                    unit.replica.put(kept)
                if one.marks:
                    unit.replica.hold(asked.municipality, one.subject, 0, one.marks)
            if not line.loaded:
                line = self._beginning(unit, line, asked.begins, now)
            loaded = asked.records[-1].subject if asked.records else line.loaded
            line = replace(line, loaded=loaded, is_loaded=asked.last, heard_at=now, version=line.version + 1)
            unit.lines.put(line)
            about = (asked.municipality, "replica")
            unit.record(slice_act(REGISTER, "replica.loaded", now, about, records=len(asked.records), last=asked.last))

        self._book.write(take)
        return self._stands(asked.municipality)

    def changes(self, asked: TellChanges) -> Standing:
        """Approved changes. What is here already is passed by. Errors: SessionEnded; Refused ``gap``."""
        _demand_few(len(asked.changes))

        def take(unit: NetworkUnit) -> None:
            self._systems.demand(unit, asked.municipality, asked.token)
            line, now = unit.lines.held(asked.municipality), self._clock.now()
            for change in asked.changes:
                if change.position <= line.changes:
                    continue
                if change.position != line.changes + 1:
                    raise Refused("gap", expected=line.changes + 1)
                self._take(unit, asked.municipality, change, now)
                line = replace(line, changes=change.position)
            unit.lines.put(replace(line, heard_at=now, version=line.version + 1))

        self._book.write(take)
        return self._stands(asked.municipality)

    def fetch(self, asked: FetchArrivals) -> ArrivalsForRegister:
        """What waits for the register; what it says it has kept is forgotten first."""

        def look(unit: NetworkUnit) -> ArrivalsForRegister:
            self._systems.demand(unit, asked.municipality, asked.token)
            now = self._clock.now()
            gone = unit.arrivals.done(asked.municipality, asked.done)
            if gone:
                about = (asked.municipality, "register")
                unit.record(slice_act(REGISTER, "arrival.fetched", now, about, arrivals=gone))
            found = unit.arrivals.oldest(asked.municipality, MOST + 1)
            return ArrivalsForRegister(municipality=asked.municipality, arrivals=found[:MOST], more=len(found) > MOST)

        return self._book.write(look) if asked.done else self._book.read(look)

    @staticmethod
    def _beginning(unit: NetworkUnit, line: Line, begins: tuple[int, int], now: datetime) -> Line:
        """Where the register's lines go on; what of them it has no more is in the records, and that it is so is kept.

        So goes on who was set back to an older copy: the network was told by the one that is lost.
        """
        changes, restraints = max(line.changes, begins[0]), max(line.restraints, begins[1])
        if (changes, restraints) != (line.changes, line.restraints):
            what: dict[str, Detail] = {"changes": f"{line.changes}-{changes}", "restraints": restraints}
            unit.record(slice_act(REGISTER, "line.skipped", now, (line.municipality, "line"), **what))
        return replace(line, changes=changes, restraints=restraints)

    def _take(self, unit: NetworkUnit, municipality: str, change: RegisterChange, now: datetime) -> None:
        subject, occasion = change.subject, change.occasion
        received = slice_act(
            REGISTER, "change.received", now, (municipality, subject),
            position=change.position, entry=occasion.entry_id, change=occasion.kind,
        )  # fmt: skip
        unit.record(received, subject)
        if change.after.resident:
            unit.replica.put(self._kept(municipality, subject, change.position, change.after, now))
        else:
            unit.replica.drop(municipality, subject, change.position)
        for one in self._made(unit, municipality, change, now):
            self._lay(unit, one, now)

    def _made(self, unit: NetworkUnit, municipality: str, change: RegisterChange, now: datetime) -> list[Outgoing]:
        found = [
            make(change, municipality, self._rules, now) for make in (identity_update, delivery_address, moving_out)
        ]
        code = change.after.resident_code or ""
        is_new = change.before is None or not change.before.resident
        coming = unit.coming.expected(municipality, code) if code and is_new and change.after.resident else None
        if coming is not None:
            found.append(moved_in(change, municipality, coming, now))
            unit.coming.met(municipality, code)
        return [one for one in found if one is not None]

    def _lay(self, unit: NetworkUnit, one: Outgoing, now: datetime) -> None:
        """Lay it into the outbox; people of one announcement, told one after the other, go out together."""
        if one.kind in {MOVING_OUT, MOVED_IN} and self._joined(unit, one):
            return
        if unit.outgoing.add(one):
            what = {"kind": one.kind, "item": one.item_id, "entry": one.entry_id, "lacks": one.cause}
            unit.record(slice_act(REGISTER, "link.queued", now, (one.municipality, one.subject), **what), one.subject)

    @staticmethod
    def _joined(unit: NetworkUnit, one: Outgoing) -> bool:
        """Whether it went into what waits of the same entry already."""
        same = (other for other in unit.outgoing.of(one.municipality, "", one.entry_id, MOST) if other.kind == one.kind)
        kept = next((other for other in same if other.state in {WAITING, one.state} and other.content), None)
        if kept is None:
            return False
        content: Message
        if one.kind == MOVING_OUT:
            first, more = decode(kept.content, MovingOutData), decode(one.content, MovingOutData)
            new = tuple(person for person in more.persons if person not in first.persons)
            content = msgspec.structs.replace(first, persons=(*first.persons, *new))
        else:
            notice, added = decode(kept.content, MovedIn), decode(one.content, MovedIn)
            if notice.data_id != added.data_id:
                return False
            content = msgspec.structs.replace(notice, persons=tuple(dict.fromkeys((*notice.persons, *added.persons))))
        unit.outgoing.put(replace(kept, content=encode(content), version=kept.version + 1))
        return True

    def _kept(self, municipality: str, subject: str, position: int, items: ResidentItems, at: datetime) -> Kept:
        allowed = {name: getattr(items, name) for name in ITEMS if name in self._rules.items}
        return Kept(
            municipality=municipality, subject=subject, position=position, items=ResidentItems(**allowed), as_of=at
        )

    def _note(self, unit: NetworkUnit, asked: AskStanding, now: datetime) -> None:
        line = unit.lines.held(asked.municipality)
        unit.lines.put(
            replace(
                line,
                ends_changes=asked.changes,
                ends_restraints=asked.restraints,
                heard_at=now,
                version=line.version + 1,
            )
        )

    def _stands(self, municipality: str) -> Standing:
        line, waiting = self._book.read(lambda unit: (unit.lines.seen(municipality), unit.arrivals.count(municipality)))
        return Standing(
            municipality=municipality,
            changes=line.changes,
            restraints=line.restraints,
            loaded=line.loaded,
            is_loaded=line.is_loaded,
            waiting=waiting,
        )


def _demand_few(count: int) -> None:
    if count > MOST:
        raise NotUnderstood(what="too_many")
