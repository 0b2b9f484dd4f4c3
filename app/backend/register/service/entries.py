"""仮登録: filings are entered, corrected and taken back by one person, and wait for another."""

from collections.abc import Callable
from dataclasses import replace

from app.backend.register.service.changing import ChangeBook, ChangeUnit, Entry
from app.backend.register.service.drafting import Draft, Drafter
from app.backend.register.service.guard import (
    demand_id,
    is_closed_to,
    is_let_through,
    is_restrained,
    refusals_kept,
)
from app.backend.register.service.present import shown_classes
from app.backend.register.service.showing import changes_of, masked, refilled
from app.backend.register.service.waiting import DECIDE, ENTER, WAITING, WITHDRAWN, Waiting
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import Conflict, NotAllowed, Refused
from app.wire.message import Message, decode, encode
from app.wire.register_change import (
    AskEntries,
    CorrectEntry,
    Entries,
    EntryRow,
    EntryView,
    Filing,
    OpenEntry,
    ProposeEntry,
    Trial,
    TryFiling,
    WithdrawEntry,
)

MOST_ROWS = 50


class EntryService:
    """The use cases of who enters, and of the list."""

    def __init__(self, book: ChangeBook, drafter: Drafter, waiting: Waiting) -> None:
        self._book = book
        self._drafter = drafter
        self._waits = waiting

    def try_out(self, call: Call, asked: TryFiling) -> Trial:
        """What the checks find and what would change; nothing is kept but that it was looked at.

        Errors: NotAllowed for a person that there is not; Refused ``restrained`` (edit); NotUnderstood; BadFormat.
        """
        call.demand(ENTER)

        def look(unit: ChangeUnit) -> Trial:
            filing, own = asked.filing, unit.entries.one(call.municipality, asked.entry_id) if asked.entry_id else None
            if own is not None and own.entered_by != call.actor.staff_id:
                raise NotAllowed
            if own is not None:
                filing = refilled(filing, decode(own.content, Filing))
            filing = self._drafter.completed(unit, call.municipality, filing)
            draft = self._drafter.draft(unit, call.municipality, filing, call.day, (asked.entry_id, ()))
            _demand_editable(unit, call, draft)
            is_closed = is_closed_to(unit, call, draft.group.known)
            people = ",".join(one.business_number for one in draft.concerned)
            unit.record(act_of(call, "entry.tried", visit=filing.visit_id, change=filing.kind, people=people))
            return Trial(findings=draft.findings, changes=() if is_closed else changes_of(draft, frozenset()))

        with refusals_kept(self._book, call, "entry.try", asked.entry_id):
            return self._book.write(look)

    def propose(self, call: Call, asked: ProposeEntry) -> EntryRow:
        """Enter a filing provisionally; what the checks find stops nothing yet.

        Errors: NotAllowed for a person that there is not; Refused ``restrained`` (edit), ``entry_waiting``; Conflict
        for an id that is taken; NotUnderstood; BadFormat.
        """
        call.demand(ENTER)
        entry_id = demand_id(asked.entry_id)

        def enter(unit: ChangeUnit) -> EntryRow:
            if (known := unit.entries.one(call.municipality, entry_id)) is not None:
                raise Conflict(version=known.version)
            filing = self._drafter.completed(unit, call.municipality, asked.filing)
            entry = Entry(
                municipality=call.municipality,
                entry_id=entry_id,
                kind=filing.kind,
                state=WAITING,
                office=call.actor.department,
                entered_by=call.actor.staff_id,
                entered_at=call.at,
                content=encode(filing),
                confirmed=asked.confirmed,
            )
            return self._entered(unit, call, entry, "entry.proposed")

        with refusals_kept(self._book, call, "entry.propose", entry_id):
            return self._once(call, asked, enter)

    def correct(self, call: Call, asked: CorrectEntry) -> EntryRow:
        """Who entered it enters it anew, on the records as they are now. Errors: as ``propose``, ``not_waiting``."""
        call.demand(ENTER)

        def correct(unit: ChangeUnit) -> EntryRow:
            entry = self._waits.own(unit, call, asked.entry_id, asked.version)
            filing = refilled(asked.filing, decode(entry.content, Filing))
            filing = self._drafter.completed(unit, call.municipality, filing)
            changed = replace(
                entry,
                kind=filing.kind,
                content=encode(filing),
                confirmed=asked.confirmed,
                version=entry.version + 1,
            )
            return self._entered(unit, call, changed, "entry.corrected")

        with refusals_kept(self._book, call, "entry.correct", asked.entry_id):
            return self._once(call, asked, correct)

    def withdraw(self, call: Call, asked: WithdrawEntry) -> EntryRow:
        """Who entered it takes it back; nothing was changed. Errors: NotAllowed for others; ``not_waiting``."""
        call.demand(ENTER)

        def withdraw(unit: ChangeUnit) -> EntryRow:
            entry = self._waits.own(unit, call, asked.entry_id, asked.version)
            return self._waits.ended(unit, call, entry, WITHDRAWN)

        with refusals_kept(self._book, call, "entry.withdraw", asked.entry_id):
            return self._once(call, asked, withdraw)

    def entries(self, call: Call, asked: AskEntries) -> Entries:
        """What waits: all for who decides, one's own for who enters; nobody else learns of any."""
        if not call.may_anything(ENTER) and not call.may_anything(DECIDE):
            raise NotAllowed

        def look(unit: ChangeUnit) -> Entries:
            found = self._waits.listed(unit, call, asked)
            rows = tuple(self._waits.row(unit, call, one) for one in found[:MOST_ROWS])
            unit.record(act_of(call, "entries.listed", entries=len(rows), decided=asked.decided))
            return Entries(rows=rows, more=len(found) > MOST_ROWS)

        return self._book.write(look)

    def open(self, call: Call, asked: OpenEntry) -> EntryView:
        """One entry with what it would change. Errors: NotAllowed for somebody else's without the right to decide.

        Who may not decide does not learn by an entry of their own what they may not open.
        """
        shown = shown_classes(call, asked.procedure)

        def look(unit: ChangeUnit) -> EntryView:
            entry = unit.entries.one(call.municipality, asked.entry_id)
            if entry is None or not self._waits.sees(call, entry):
                raise NotAllowed
            filing = decode(entry.content, Filing)
            draft = self._waits.draft(unit, call, entry) if entry.state == WAITING else None
            people = ",".join(one.business_number for one in unit.entries.concerned(call.municipality, entry.entry_id))
            unit.record(act_of(call, "entry.viewed", about=entry.entry_id, people=people, visit=filing.visit_id))
            is_closed = draft is None or (not call.may_anything(DECIDE) and is_closed_to(unit, call, draft.group.known))
            changes = () if draft is None or is_closed else changes_of(draft, shown)
            return EntryView(
                row=self._waits.row(unit, call, entry, draft), filing=masked(filing, shown), changes=changes
            )

        with refusals_kept(self._book, call, "entry.view", asked.entry_id):
            return self._book.write(look)

    def _once(self, call: Call, asked: Message, work: Callable[[ChangeUnit], EntryRow]) -> EntryRow:
        return self._book.write(lambda unit: unit.once(call, asked, EntryRow, lambda: work(unit)))

    def _entered(self, unit: ChangeUnit, call: Call, entry: Entry, kind: str) -> EntryRow:
        """Keep the entry if nobody and nothing stands in its way."""
        draft = self._waits.draft(unit, call, entry)
        _demand_editable(unit, call, draft)
        if draft.is_contested and not draft.change.kind.is_forced:
            raise Refused("entry_waiting")
        unit.entries.put(entry, draft.concerned)
        people = ",".join(one.business_number for one in draft.concerned)
        filing = draft.change.filing
        act = act_of(
            call,
            kind,
            visit=filing.visit_id,
            about=entry.entry_id,
            change=entry.kind,
            people=people,
            version=entry.version,
        )
        unit.record(act)
        return self._waits.row(unit, call, entry, draft)


def _demand_editable(unit: ChangeUnit, call: Call, draft: Draft) -> None:
    """Errors: Refused ``restrained`` where somebody it touches may not be changed."""
    held = (one for one in draft.group.known if is_restrained(one, "edit", call))
    if any(not is_let_through(unit, call, one, "edit") for one in held):
        raise Refused("restrained")
