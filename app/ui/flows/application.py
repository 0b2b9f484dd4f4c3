"""Entering an application: every change is looked at and saved, findings and limits are shown, nothing blocks."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.clock import business_date
from app.domain.facts import Facts, Scalar, Value, rows_of
from app.domain.procedure import Kind, Procedure
from app.errors import AppError
from app.services.prepare_application import FormView, look
from app.ui.flows.application_notes import FormNotes, part_of, place_of, steps_of
from app.ui.flows.application_open import next_open
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.visit_state import Present, nothing
from app.ui.flows.waiting import clock_time
from app.ui.kit import Kit
from app.ui.screens.application import ApplicationScreen, PartShown, Place
from app.wire.draft import Draft
from app.wire.evidence import under
from app.wire.facts import facts_from_wire, facts_to_wire

SAVE_AFTER_MS = 1000
"""A draft is on the disk at most 2 s after the last key: this pause and the save itself (counter's own promise)."""
_ENTRY = "entry"


class ApplicationFlow(QObject):
    """``looked``: the form was looked at anew (side panel); ``hand_in_asked``: the clerk wants to hand it in."""

    looked = Signal(object)
    hand_in_asked = Signal()

    def __init__(
        self, kit: Kit, screen: ApplicationScreen, lanes: VisitLanes, acts: VisitActs, books: CounterBooks
    ) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts, self._books = kit, screen, lanes, acts, books
        self._notes = FormNotes(kit)
        self._present: Present | None = None
        self._procedure: Procedure | None = None
        self._facts: dict[str, Value] = {}
        self._sources: dict[str, str] = {}
        self._unread: dict[str, str] = {}
        self._part = self._finding = 0
        self._view: FormView | None = None
        self._copied: object = None
        self._is_gone = False
        self._timer = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.save)
        self._connect()

    @property
    def view(self) -> FormView | None:
        """How the form stands."""
        return self._view

    def begin(self, present: Present, procedure: Procedure, draft: Draft) -> None:
        """Enter or go on with ``draft``; the cursor goes where it was left."""
        self._screen.wipe()
        self._present, self._procedure = present, procedure
        self._facts, self._sources = facts_from_wire(procedure, draft.facts), dict(draft.sources)
        self._unread = dict(draft.unread)
        self._part = self._finding = 0
        noted = self._notes.at_field(draft)
        place = place_of(draft.cursor) or (noted[0] if noted else None)
        if place is not None:
            self._part = part_of(procedure, place, 0)
        present.draft = draft
        self._screen.show_saved(self._kit.texts.application.not_saved)
        self.look_again()
        if place is not None:
            QTimer.singleShot(0, self, partial(self._screen.focus_place, place))

    def end(self) -> None:
        """The visit is over. What is not saved yet is saved first."""
        if self._timer.isActive():
            self.save()
        if not self._is_gone:
            self.copy()
        self._timer.stop()
        self._copied, self._is_gone = None, False
        self._present = self._procedure = self._view = None
        self._facts, self._sources, self._unread = {}, {}, {}
        self._screen.wipe()

    def handed_in(self) -> None:
        """It is with the office or waits to be sent: nothing is saved any more."""
        self._timer.stop()
        self._is_gone = True

    def save(self) -> None:
        """Keep the present state now."""
        self._timer.stop()
        draft = self.draft()
        if draft is None:
            return
        self._lanes.store.run(
            partial(self._acts.save_draft, self._acts.press(), draft),
            owner=self,
            done=self._on_saved,
            failed=self._on_not_saved,
        )

    def copy(self) -> None:
        """Send a copy for take-over where something was entered since the last one."""
        draft, present = self.draft(), self._present
        if draft is None or present is None or (draft.facts, draft.cursor) == self._copied:
            return
        self._copied = (draft.facts, draft.cursor)
        at = self._acts.press()
        work = partial(self._acts.save_draft.copy, at, present.session, draft.changed(saved_at=at.at))
        self._lanes.store.run(work, owner=self, done=nothing, failed=nothing)

    def draft(self) -> Draft | None:
        """The draft as it stands on the screen."""
        present = self._present
        if present is None or present.draft is None or self._procedure is None:
            return None
        present.draft = present.draft.changed(
            facts=facts_to_wire(self._facts),
            sources=dict(self._sources),
            unread=dict(self._unread),
            evidence=under(self._procedure.identity.regime, present.evidence),
        )
        return present.draft

    def look_again(self) -> None:
        """Ask the rules and show what they say."""
        if self._procedure is None or self._present is None:
            return
        today = business_date(self._kit.clock.now())
        draft = self._present.draft
        self._view = look(self._procedure, self._facts, today if draft is None else draft.day(today))
        words = {name: self._notes.source(source) for name, source in self._sources.items() if source != _ENTRY}
        shown = _shown(self._procedure, self._view, self._part, self._facts, words)
        self._screen.show_part(replace(shown, noted=None if draft is None else self._notes.at_field(draft)))
        self._screen.show_unread(self._unread)
        self._screen.show_findings(*self._notes.findings(self._procedure, self._view.findings))
        self.looked.emit(self._view)

    def go_to(self, place: Place) -> None:
        """Put the cursor there, as where a resident says that something is wrong."""
        if self._procedure is not None:
            self._part = part_of(self._procedure, place, self._part)
            self.look_again()
            self._screen.focus_place(place)

    def _on_edited(self, place: Place, value: Scalar | None) -> None:
        if place.group:
            rows = [dict(row) for row in rows_of(self._facts, place.group)]
            if place.row < len(rows):
                _set(rows[place.row], place.field, value)
                self._facts[place.group] = tuple(rows)
        else:
            _set(self._facts, place.field, value)
            self._sources[place.field] = _ENTRY
        _keep_unread(self._unread, place, self._screen.unread(place))
        _keep_cursor(self._present, place)
        _begin(self._timer)

    def _on_left(self, _place: Place) -> None:
        self.look_again()
        if self._timer.isActive():
            self.save()

    def _on_next(self, place: Place) -> None:
        """What was typed may ask for more or less: look first, then go where something is still to be asked."""
        self.look_again()
        if self._procedure is None or self._view is None:
            return
        ahead = next_open(self._procedure, self._view, self._facts, self._unread, place)
        if ahead is None:
            self._screen.window().focusNextChild()
        else:
            self.go_to(ahead)

    def _on_rows(self, group: str, gone: int | None = None) -> None:
        """A row is added, or the one at ``gone`` taken away."""
        rows = rows_of(self._facts, group)
        if gone is None:
            rows, at = (*rows, {}), len(rows)
        else:
            rows, at = rows[:gone] + rows[gone + 1 :], max(0, gone - 1)
            self._unread = without_row(self._unread, group, gone)
        self._facts[group] = rows
        self.look_again()
        _begin(self._timer)
        found = self._procedure.group(group) if self._procedure else None
        if found is not None and found.fields:
            self._screen.focus_place(Place(found.fields[0].id, group, at))

    def _on_part(self, by: int) -> None:
        if self._procedure is None:
            return
        at = self._part + by
        if at >= len(self._procedure.sections):
            self.hand_in_asked.emit()
            return
        self._part = max(0, at)
        self.look_again()
        self._screen.first_focus().setFocus()

    def _on_finding(self) -> None:
        """To the place of the next finding, those that are not merely empty fields first."""
        if self._view is None or self._procedure is None or not self._view.findings:
            return
        found = self._notes.ordered(self._procedure, self._view.findings)
        finding = found[self._finding % len(found)]
        self._finding += 1
        place = self._notes.place(finding)
        if place is None:
            return
        self._part = part_of(self._procedure, place, self._part)
        self.look_again()
        self._screen.focus_place(place)
        self._screen.banner.show_text(self._notes.kind(finding), finding.what, finding.why, finding.next)

    def _on_saved(self, saved: Draft) -> None:
        if self._present is None or self._present.draft is None or self._present.draft.draft_id != saved.draft_id:
            return
        self._present.draft = self._present.draft.changed(saved_at=saved.saved_at)
        self._screen.show_saved(self._kit.texts.application.saved(clock_time(saved.saved_at)))

    def _on_not_saved(self, error: AppError) -> None:
        self._screen.show_saved(self._kit.texts.application.save_failed)
        self._screen.banner.show_message(self._kit.messages.of(error))

    def _connect(self) -> None:
        screen = self._screen
        screen.edited.connect(self._on_edited)
        screen.settled.connect(self._on_left)
        screen.left.connect(self._on_left)
        screen.next_asked.connect(self._on_next)
        screen.entered.connect(lambda place: _keep_cursor(self._present, place))
        screen.row_added.connect(self._on_rows)
        screen.row_removed.connect(self._on_rows)
        screen.part_asked.connect(self._on_part)
        screen.hand_in_asked.connect(self.hand_in_asked)
        screen.save_asked.connect(self.save)
        screen.finding_asked.connect(self._on_finding)


def _shown(procedure: Procedure, view: FormView, at: int, facts: Facts, words: Mapping[str, str]) -> PartShown:
    """The part at place ``at``; ``words``: field or group → where its value comes from."""
    part = procedure.sections[at]
    return PartShown(
        id=part.id,
        steps=steps_of(procedure, view.findings, at),
        is_last=at == len(procedure.sections) - 1,
        all_fields=tuple(one for one in procedure.fields if one.section == part.id),
        fields=tuple(one for one in view.fields if one.section == part.id),
        groups=tuple((one.group, one.columns) for one in view.groups if one.group.section == part.id),
        facts=dict(facts),
        sources=dict(words),
    )


def _keep_cursor(present: Present | None, place: Place) -> None:
    """The draft remembers where the clerk stands."""
    if present is not None and present.draft is not None:
        present.draft = present.draft.changed(cursor=place.key())


def _keep_unread(unread: dict[str, str], place: Place, typed: str) -> None:
    """Half a number is nothing to the rules yet, but it was typed: it stays in the draft as it is."""
    if typed:
        unread[place.key()] = typed
    else:
        unread.pop(place.key(), None)


def without_row(unread: Mapping[str, str], group: str, at: int) -> dict[str, str]:
    """What is left when a row goes: its own goes too, those below it move up."""
    left = {}
    for key, typed in unread.items():
        place = place_of(key)
        if place is None or place.group != group or place.row < at:
            left[key] = typed
        elif place.row > at:
            left[Place(place.field, group, place.row - 1).key()] = typed
    return left


def _begin(timer: QTimer) -> None:
    """Counted from the first key that is not saved yet: whoever types on without a pause is saved too."""
    if not timer.isActive():
        timer.start()


def _set(facts: dict[str, Value] | dict[str, Scalar], name: str, value: Scalar | None) -> None:
    if value is None:
        facts.pop(name, None)
    else:
        facts[name] = value


def with_entered(draft: Draft, procedure: Procedure, present: Present) -> Draft:
    """``draft`` with what the clerk typed about somebody who is not in the register, and with the number's state."""
    facts, sources = facts_from_wire(procedure, draft.facts), dict(draft.sources)
    for field in procedure.fields:
        value = next((present.typed[path] for path in field.prefill if path in present.typed), None)
        if value is not None:
            facts[field.id], sources[field.id] = value, _ENTRY
    if present.number_state:
        for field in procedure.fields:
            if field.kind is Kind.MY_NUMBER and field.of == procedure.identity.of:
                facts[field.id] = present.number_state
    return draft.changed(facts=facts_to_wire(facts), sources=sources)
