"""来庁: a visit begins, its drafts are kept for take-over, it ends, and it can be read as one timeline."""

from collections.abc import Callable

from app.backend.desk.ports import DeskBook, DeskUnit, DraftCopy, Visit
from app.backend.desk.service.counting import count_visit
from app.backend.desk.service.takeover import MOST_KEYS
from app.backend.desk.service.watched import watched
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.errors import Conflict, NotAllowed
from app.trust.act_record import act_of_record
from app.trust.record import decode_record
from app.wire.desk import AskTimeline, CloseVisit, OpenVisit, Timeline, TimelineEntry
from app.wire.desk import DraftCopy as DraftMessage
from app.wire.message import Message, Nothing


class Visits:
    """Visits, copies of drafts, timelines."""

    def __init__(self, book: DeskBook) -> None:
        self._book = book

    def open(self, call: Call, asked: OpenVisit) -> Nothing:
        """A visit begins. Errors: NotAllowed; Conflict when there is another visit with that identifier."""
        call.demand("visit.open")
        visit = Visit(call.municipality, asked.visit_id, asked.ticket, asked.opened_at, call.actor.staff_id)

        def begin(unit: DeskUnit) -> None:
            if not unit.open_visit(visit):
                raise Conflict(version=1)
            unit.record(act_of(call, "visit.opened", visit=asked.visit_id, ticket=asked.ticket))

        return self._once(call, asked, ("visit.open", asked.visit_id, ""), begin)

    def close(self, call: Call, asked: CloseVisit) -> Nothing:
        """A visit ends; a second time changes nothing. Errors: NotAllowed when there is no such visit."""
        call.demand("visit.open")

        def end(unit: DeskUnit) -> None:
            if unit.visit(call.municipality, asked.visit_id) is None:
                raise NotAllowed
            unit.close_visit(call.municipality, asked.visit_id, asked.closed_at)
            count_visit(unit, call, asked.steps, asked.alerts)
            unit.record(act_of(call, "visit.closed", visit=asked.visit_id))

        return self._once(call, asked, ("visit.close", asked.visit_id, ""), end)

    def keep_draft(self, call: Call, asked: DraftMessage) -> Nothing:
        """Keep a copy of a draft. One older than the kept copy, or of a draft that was taken over, changes nothing.

        Errors: NotAllowed when the draft is somebody else's.
        """
        call.demand("draft.keep")

        def keep(unit: DeskUnit) -> None:
            known = unit.draft(call.municipality, asked.draft_id)
            taken = unit.takeovers(call.municipality, asked.draft_id)
            if taken and taken[-1].taken_by != call.actor.staff_id:
                if call.actor.staff_id not in {one.author for one in taken}:
                    raise NotAllowed
                unit.record(act_of(call, "draft.came_late", visit=asked.visit_id, about=asked.draft_id))
                return
            if known is not None and known.staff_id != call.actor.staff_id:
                raise NotAllowed
            if known is None or known.saved_at <= asked.saved_at:
                unit.keep_draft(
                    DraftCopy(
                        municipality=call.municipality,
                        draft_id=asked.draft_id,
                        visit_id=asked.visit_id,
                        staff_id=call.actor.staff_id,
                        sealed=asked.sealed,
                        saved_at=asked.saved_at,
                        procedure=asked.procedure[:64],
                        department=call.actor.department,
                        terminal=call.actor.terminal,
                        for_takers=asked.for_takers[:MOST_KEYS],
                    )
                )
            unit.record(act_of(call, "draft.kept", visit=asked.visit_id, about=asked.draft_id))

        return self._once(call, asked, ("draft.keep", asked.visit_id, asked.draft_id), keep)

    def timeline(self, call: Call, asked: AskTimeline) -> Timeline:
        """What happened in a visit: the desk's own acts and those of the terminals that were synchronised.

        Looking is recorded, and stands in the next timeline. Errors: NotAllowed when nothing is known of the visit.
        """
        place = ("visit.read", asked.visit_id, "")
        return watched(self._book, call, place, lambda unit: self._timeline(unit, call, asked.visit_id))

    def _timeline(self, unit: DeskUnit, call: Call, visit_id: str) -> Timeline:
        call.demand("visit.read")
        records = unit.terminal_records(call.municipality, visit_id)
        at_terminals = [act_of_record(decode_record(record)) for record in records]
        own = unit.own_acts(call.municipality, visit_id)
        if not own and not at_terminals and unit.visit(call.municipality, visit_id) is None:
            raise NotAllowed
        unit.remember(call.actor)
        names = unit.names(call.municipality)
        entries = [_entry(act, names, "terminal") for act in at_terminals]
        entries += [_entry(act, names, "desk") for act in own]
        unit.record(act_of(call, "visit.read", visit=visit_id, entries=len(entries)))
        return Timeline(visit_id=visit_id, entries=tuple(sorted(entries, key=lambda entry: entry.at)))

    def _once(
        self, call: Call, asked: Message, place: tuple[str, str, str], work: Callable[[DeskUnit], None]
    ) -> Nothing:
        def run(unit: DeskUnit) -> Nothing:
            def first() -> Nothing:
                unit.remember(call.actor)
                work(unit)
                return Nothing()

            return unit.once(call, asked, Nothing, first)

        return watched(self._book, call, place, run)


def _entry(act: Act, names: dict[str, str], source: str) -> TimelineEntry:
    what: dict[str, Detail] = act.detail()
    if act.about:
        what["about"] = act.about
    return TimelineEntry(
        at=act.at,
        staff_id=act.staff_id,
        name=names.get(act.staff_id, ""),
        terminal=act.terminal,
        act=act.kind,
        what=what,
        trace=act.trace,
        source=source,
    )
