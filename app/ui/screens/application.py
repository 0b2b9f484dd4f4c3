"""申請入力: the form of a procedure part by part, what the checks say at the top, rows that repeat, keys to move on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.facts import Facts, Row, rows_of, scalar_of
from app.domain.procedure import Field as Asked
from app.domain.procedure import Group
from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.screens.application_fields import Entry, EntryGrid
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.choice import Options
from app.ui.widgets.steps import Step, StepNavigation
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its field, and for rows the group and the row from 0."""

    field: str
    group: str = ""
    row: int = -1

    def key(self) -> str:
        """As text, for a draft's cursor."""
        return f"{self.group}[{self.row}].{self.field}" if self.group else self.field


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part of the form. ``all_fields``: every field of the part; ``fields``: those that this case needs.

    ``groups``: rows that repeat, for each row the columns to show. ``sources``: field or group → word.
    ``noted``: a place and the sentence that stands there whatever is entered.
    """

    id: str
    steps: tuple[Step, ...]
    is_last: bool
    all_fields: tuple[Asked, ...]
    fields: tuple[Asked, ...]
    groups: tuple[tuple[Group, tuple[tuple[Asked, ...], ...]], ...]
    facts: Facts = field(repr=False)
    sources: Mapping[str, str]
    noted: tuple[Place, str] | None = None


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding as text to show."""

    word: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many findings there are of each sort."""

    errors: int
    confirms: int
    missing: int


class ApplicationScreen(Screen):
    """``edited`` carries a ``Place`` and the value; ``settled``, ``left`` and ``entered`` a ``Place``.

    ``next_asked`` carries the ``Place`` from which Enter goes to what nobody has filled yet.
    ``row_added`` carries the group, ``row_removed`` group and row; ``part_asked`` +1 or -1.
    """

    edited = Signal(object, object)
    settled = Signal(object)
    left = Signal(object)
    entered = Signal(object)
    next_asked = Signal(object)
    row_added = Signal(str)
    row_removed = Signal(str, int)
    part_asked = Signal(int)
    hand_in_asked = Signal()
    save_asked = Signal()
    enquire_asked = Signal()
    finding_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit, municipalities: Options) -> None:
        words = kit.texts.application
        super().__init__(kit, words.title)
        self._words, self._municipalities = words, municipalities
        self._shape: tuple[str, ...] = ()
        self._steps, self._saved = StepNavigation(kit), QLabel()
        self._saved.setProperty("role", "support")
        self._summary = tuple(Chip(kit, "") for _ in range(3))
        self._notes = QVBoxLayout()
        self._notes.setSpacing(4)
        self._page: QWidget | None = None
        self._grids: dict[tuple[str, int], EntryGrid] = {}
        self._adds: dict[str, Button] = {}
        self._next, self._back = Button(words.next_part, "primary"), Button(words.previous_part)
        self._next.clicked.connect(self._go_on)
        self._back.clicked.connect(partial(self.part_asked.emit, -1))
        self.body.addLayout(_head(self._steps, self._saved))
        self.body.addWidget(_findings_box(self._summary, words.never_blocks, self._notes))
        self.body.addStretch(1)
        self.foot.addLayout(in_line(self._next, self._back))
        self._is_last = self._may_enquire = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self._offer()

    def first_focus(self) -> QWidget:
        """The first entry that nobody has filled; where all are filled, the first."""
        shown = [one for grid in self._grids.values() for one in grid.entries.values() if not one.isHidden()]
        if not shown:
            return self._next
        entry = next((one for one in shown if one.is_open()), shown[0])
        return entry.field.focusProxy() or entry.field

    def move_on(self, field: QWidget) -> bool:
        """From an entry to the next that nobody has filled; a day is entered to its end first."""
        found = self._place_of(field)
        if found is None or found[1].is_half(field):
            return False
        self.next_asked.emit(found[0])
        return True

    def show_part(self, shown: PartShown) -> None:
        """Show a part. What is being typed stays as it is; only other parts or rows are built anew."""
        self._steps.show_steps(shown.steps)
        self._is_last = shown.is_last
        self._next.show_text(self._words.to_hand_in if shown.is_last else self._words.next_part)
        self._offer()
        shape = (shown.id, *(f"{group.id}:{len(columns)}" for group, columns in shown.groups))
        if shape != self._shape:
            self._shape = shape
            self._build(shown)
        if ("", -1) in self._grids:
            self._grids["", -1].show_fields(shown.fields, shown.sources)
        for group, rows in shown.groups:
            source = shown.sources.get(group.id, "")
            for at, columns in enumerate(rows):
                known = rows_of(shown.facts, group.id)[at] if at < len(rows_of(shown.facts, group.id)) else {}
                words = {one.id: source for one in columns if source and one.id in known}
                self._grids[group.id, at].show_fields(columns, words)
        if shown.noted is not None and (entry := self._entry(shown.noted[0])) is not None:
            entry.field.show_note(shown.noted[1])

    def unread(self, place: Place) -> str:
        """What stands there and can't be read as a value yet, "" for nothing."""
        entry = self._entry(place)
        return "" if entry is None else entry.unread()

    def show_unread(self, typed: Mapping[str, str]) -> None:
        """Put such texts back where they were typed, by ``Place.key``, as far as those entries are empty."""
        for (group, row), grid in self._grids.items():
            for name, entry in grid.entries.items():
                if text := typed.get(Place(name, group, row).key(), ""):
                    entry.show_unread(text)

    def show_findings(self, counted: Counted, notes: Sequence[FindingShown]) -> None:
        """How many there are, and the first of them in words."""
        words = self._words
        texts = (words.errors(counted.errors), words.confirms(counted.confirms), words.missing(counted.missing))
        kinds: tuple[Kind, Kind, Kind] = ("error", "warning", "information")
        for chip, text, kind, count in zip(
            self._summary, texts, kinds, (counted.errors, counted.confirms, counted.missing), strict=True
        ):
            chip.show_state(text, kind if count else "quiet")
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for note in notes:
            self._notes.addWidget(_note(self.kit, note))

    def show_enquire_offered(self, *, offered: bool) -> None:
        """Whether this person may make enquiries for the procedure."""
        self._may_enquire = offered
        self._offer()

    def show_saved(self, text: str) -> None:
        """When the draft was saved, or that it was not."""
        self._saved.setText(text)

    def focus_place(self, place: Place) -> None:
        """Put the cursor into that entry, or where its row is added."""
        if (entry := self._entry(place)) is not None and not entry.isHidden():
            entry.focus()
            self.reveal(entry)
        elif entry is None and place.group in self._adds:
            self._adds[place.group].setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        super().wipe()
        self._shape = ()
        self._clear_page()
        self.show_findings(Counted(0, 0, 0), ())
        self.show_saved("")
        self._steps.show_steps(())

    def _entry(self, place: Place) -> Entry | None:
        grid = self._grids.get((place.group, place.row))
        return None if grid is None else grid.entries.get(place.field)

    def _build(self, shown: PartShown) -> None:
        self._clear_page()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for group, rows in shown.groups:
            for at in range(len(rows)):
                column.addWidget(self._row_card(shown, group, at))
            if len(rows) < group.maximum:
                add = Button(self._words.add_row(group.label))
                add.clicked.connect(partial(self.row_added.emit, group.id))
                column.addLayout(in_line(add))
                self._adds[group.id] = add
        if shown.all_fields:
            values = {one.id: scalar_of(shown.facts, one.id) for one in shown.all_fields}
            card = Card()
            card.column.addWidget(self._grid(shown.all_fields, {k: v for k, v in values.items() if v is not None}))
            column.addWidget(card)
        self._page = page
        self.body.insertWidget(2, page)

    def _row_card(self, shown: PartShown, group: Group, at: int) -> Card:
        rows = rows_of(shown.facts, group.id)
        row: Row = rows[at] if at < len(rows) else {}
        card = Card()
        title = QLabel(self._words.row(group.label, at + 1))
        title.setProperty("role", "heading")
        remove = Button(self._words.remove_row(group.label), "text")
        remove.clicked.connect(partial(self.row_removed.emit, group.id, at))
        card.column.addWidget(title)
        card.column.addWidget(self._grid(group.fields, row, group.id, at))
        card.column.addLayout(in_line(remove))
        return card

    def _grid(self, fields: Sequence[Asked], values: Row, group: str = "", row: int = -1) -> EntryGrid:
        grid = EntryGrid(self.kit, fields, values, self._municipalities)
        grid.edited.connect(lambda name, value: self.edited.emit(Place(name, group, row), value))
        grid.settled.connect(lambda name: self.settled.emit(Place(name, group, row)))
        self._grids[group, row] = grid
        return grid

    def _clear_page(self) -> None:
        self._grids, self._adds = {}, {}
        if self._page is not None:
            self._page.hide()
            self.body.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None

    def _place_of(self, widget: QWidget | None) -> tuple[Place, Entry] | None:
        if widget is None or self._page is None or not self._page.isAncestorOf(widget):
            return None
        for (group, row), grid in self._grids.items():
            if grid.isAncestorOf(widget):
                for name, entry in grid.entries.items():
                    if entry.isAncestorOf(widget):
                        return Place(name, group, row), entry
        return None

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            return
        before, now = self._place_of(old), self._place_of(new)
        if now is not None:
            self.entered.emit(now[0])
            self.reveal(now[1])
        if before is not None and (now is None or now[0] != before[0]):
            before[1].leave()
            self.left.emit(before[0])

    def _go_on(self) -> None:
        if self._is_last:
            self.hand_in_asked.emit()
        else:
            self.part_asked.emit(1)

    def _offer(self) -> None:
        words, shared = self._words, self.kit.texts.visit
        enquire = (Offer("refresh", words.enquire, self.enquire_asked.emit),) if self._may_enquire else ()
        self.offer(
            Offer("close_visit", shared.close_key, self.close_asked.emit),
            *enquire,
            Offer("next_finding", words.finding_key, self.finding_asked.emit),
            Offer("next_part", words.next_part, partial(self.part_asked.emit, 1)),
            Offer("previous_part", words.previous_part, partial(self.part_asked.emit, -1)),
            Offer("save", shared.save, self.save_asked.emit),
            Offer("commit", words.to_hand_in_key, self.hand_in_asked.emit),
        )


def _head(steps: QWidget, saved: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(steps, 1)
    line.addWidget(saved)
    return line


def _findings_box(summary: Sequence[QWidget], never_blocks: str, notes: QVBoxLayout) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    line = in_line(*summary)
    line.insertWidget(len(summary), Words(never_blocks, "support"), 1)
    column.addLayout(line)
    column.addLayout(notes)
    return box


def _note(kit: Kit, note: FindingShown) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(Chip(kit, note.word, note.kind))
    line.addWidget(Words(note.text, "body"), 1)
    return box
