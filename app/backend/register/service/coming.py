"""What is to come: announced move-ins until they are filed or erased, planned leavings until their day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import groupby

import msgspec

from app.backend.register.service.changing import Announcement, ChangeBook, ChangeUnit
from app.backend.register.service.deciding import Signature, carry_out
from app.backend.register.service.drafting import Drafter
from app.backend.register.service.guard import demand_id, refusals_kept
from app.backend.register.service.match import Matcher
from app.backend.register.service.protecting import moved_out
from app.backend.register.service.waiting import ENTER
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock, business_date
from app.domain.register_rules import RegisterRules
from app.errors import Conflict, NotAllowed, NotUnderstood
from app.wire.message import decode, encode
from app.wire.register_change import (
    AnnouncementRow,
    Announcements,
    AnnouncementView,
    AskAnnouncements,
    Filing,
    KeepAnnouncement,
    OpenAnnouncement,
    without_guarded,
)

ANNOUNCE = "register.announce"
LOOK_BACK_DAYS = 400
"""How far back plans are looked for that no turn has done: longer than any stop of a backend. Assumed."""
SLICE = "slice:register"


class AnnouncementService:
    """The use cases of special move-ins."""

    def __init__(self, book: ChangeBook, rules: RegisterRules) -> None:
        self._book = book
        self._rules = rules

    def keep(self, call: Call, asked: KeepAnnouncement) -> AnnouncementRow:
        """Keep what the resident network handed over, until it is filed or its time is over. Errors: Conflict."""
        call.demand(ANNOUNCE)
        announcement_id = demand_id(asked.announcement_id)
        if not asked.persons:
            raise NotUnderstood(what="persons")

        def keep(unit: ChangeUnit) -> AnnouncementRow:
            if unit.plans.announcement(call.municipality, announcement_id) is not None:
                raise Conflict(version=1)
            announcement = Announcement(
                municipality=call.municipality,
                announcement_id=announcement_id,
                received_on=call.day,
                planned_on=asked.planned_on,
                erase_on=asked.planned_on + timedelta(days=self._rules.announcement_days + 1),
                content=encode(asked),
            )
            unit.plans.announce(announcement)
            unit.record(act_of(call, "announcement.kept", about=announcement_id, persons=len(asked.persons)))
            return _row(announcement)

        return self._book.write(lambda unit: unit.once(call, asked, AnnouncementRow, lambda: keep(unit)))

    def waiting(self, call: Call, _: AskAnnouncements) -> Announcements:
        """What was announced and not yet filed, first to be erased first."""
        call.demand(ENTER)

        def look(unit: ChangeUnit) -> Announcements:
            found = [one for one in unit.plans.announcements(call.municipality) if call.day < one.erase_on]
            unit.record(act_of(call, "announcements.listed", announcements=len(found)))
            return Announcements(rows=tuple(map(_row, found)))

        return self._book.write(look)

    def open(self, call: Call, asked: OpenAnnouncement) -> AnnouncementView:
        """The announced persons without guarded items. Errors: NotAllowed where there is none, or none any more."""
        call.demand(ENTER)

        def look(unit: ChangeUnit) -> AnnouncementView:
            found = unit.plans.announcement(call.municipality, asked.announcement_id)
            if found is None or call.day >= found.erase_on:
                raise NotAllowed
            persons = decode(found.content, KeepAnnouncement).persons
            unit.record(act_of(call, "announcement.opened", visit=asked.visit_id, about=found.announcement_id))
            return AnnouncementView(row=_row(found), persons=tuple(without_guarded(one) for one in persons))

        with refusals_kept(self._book, call, "announcement.open", asked.announcement_id):
            return self._book.write(look)


class RegisterTurn:
    """Does by itself what the day brings: removes who planned to leave, erases announcements whose time is over."""

    def __init__(self, book: ChangeBook, matcher: Matcher, drafter: Drafter, clock: Clock) -> None:
        self._book = book
        self._match = matcher
        self._drafter = drafter
        self._clock = clock

    def turn(self) -> bool:
        """Whether something was done."""
        places = self._book.read(lambda unit: unit.plans.places())
        done = [self._book.write(partial(self._day, municipality=place)) for place in places]
        return any(done)

    def _day(self, unit: ChangeUnit, municipality: str) -> bool:
        today = business_date(self._clock.now())
        over = [one for one in unit.plans.announcements(municipality) if one.erase_on <= today]
        for one in over:
            unit.plans.erase(municipality, one.announcement_id)
            unit.record(self._act(municipality, "announcement.erased", one.announcement_id))
        days = [today - timedelta(days=back) for back in range(LOOK_BACK_DAYS)]
        due = unit.plans.due(municipality, days)
        for entry_id, group in groupby(due, key=lambda item: item[1]):
            self._leave(unit, municipality, entry_id, [number for number, _ in group])
        return bool(over or due)

    def _leave(self, unit: ChangeUnit, municipality: str, entry_id: str, numbers: Iterable[str]) -> None:
        """Remove who planned to leave on this day and has not been removed, or called it off, before."""
        unit.entries.hold(municipality, sorted(numbers))
        today, leaving = business_date(self._clock.now()), set(numbers)
        entry = unit.entries.one(municipality, entry_id)
        for number in sorted(leaving):
            found = unit.person(municipality, number)
            is_planned = found is not None and found.resident.planned_move_out_on is not None
            if not is_planned or found is None or not found.resident.is_resident:
                unit.plans.drop(municipality, number)
                leaving.discard(number)
        if entry is None or entry.decided_at is None or not leaving:
            return
        filing = _of(decode(entry.content, Filing), leaving)
        draft = self._drafter.draft(unit, municipality, _still_there(unit, municipality, filing), today)
        by = Signature(municipality, entry_id, entry.entered_by, entry.entered_at, entry.decided_by, entry.decided_at)
        gone = carry_out(unit, self._match, draft, by)
        moved_out(unit, municipality, gone)
        unit.record(replace(self._act(municipality, "entry.fell_due", entry_id), what=(("people", ",".join(gone)),)))

    def _act(self, municipality: str, kind: str, about: str) -> Act:
        return Act(
            kind=kind,
            at=self._clock.now(),
            municipality=municipality,
            staff_id=SLICE,
            terminal="",
            trace=f"{kind}:{about}",
            about=about,
        )


def _of(filing: Filing, leaving: set[str]) -> Filing:
    persons = tuple(one for one in filing.persons if one.business_number in leaving)
    return msgspec.structs.replace(filing, persons=persons)


def _still_there(unit: ChangeUnit, municipality: str, filing: Filing) -> Filing:
    """The filing without relations of who has left the household since it was filed."""
    first = unit.person(municipality, filing.persons[0].business_number)
    if first is None:
        raise NotAllowed
    home = unit.household(municipality, first.resident.household_number)
    leaving = {one.business_number for one in filing.persons}
    here = {one.resident.business_number for one in home} - leaving
    return msgspec.structs.replace(filing, stays=tuple(one for one in filing.stays if one.business_number in here))


def _row(one: Announcement) -> AnnouncementRow:
    said = decode(one.content, KeepAnnouncement)
    return AnnouncementRow(
        announcement_id=one.announcement_id,
        received_on=one.received_on,
        planned_on=one.planned_on,
        erase_on=one.erase_on,
        moved_from=said.moved_from,
        names=tuple(person.name or "" for person in said.persons),
    )
