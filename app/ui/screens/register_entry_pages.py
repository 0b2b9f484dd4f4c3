"""The three parts of the form of a change: what is filed, who moves, and what would come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import scrolled
from app.ui.screens.register_fields import FieldShown, RegisterFields
from app.ui.screens.register_shown import DeltaShown, delta_table, whole_of
from app.ui.screens.review_findings import FindingList
from app.ui.screens.review_shown import FindingShown
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class EntryPerson:
    """A line of the persons. ``fixed``: neither moves nor leaves, lives in the household that is joined."""

    place: int
    name: str = field(repr=False)
    birth: str = field(repr=False)
    relation: str
    after: str
    moves: bool
    fixed: bool = False


class ChangePage(QWidget):
    """What is filed, with what the checks find beside it. ``edited`` carries a field and its text."""

    edited = Signal(str, str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.fields, self._findings = RegisterFields(kit), FindingList(kit)
        self.fields.edited.connect(self.edited)
        left, right = Card(), Card()
        left.column.setContentsMargins(16, 12, 8, 12)
        left.column.addWidget(scrolled(self.fields), 1)
        right.column.setContentsMargins(12, 12, 4, 12)
        right.column.addWidget(scrolled(_top(self._findings)), 1)
        _lay(self, (left, 2), (right, 1))

    def show_findings(self, findings: Sequence[FindingShown], errors: Mapping[str, str]) -> None:
        """All that was found; errors also at their fields."""
        self._findings.show_findings([_without_box(one) for one in findings])
        self.fields.show_errors(errors)

    def wipe(self) -> None:
        """Nothing of anybody stays."""
        self.fields.show_fields((), {})
        self._findings.show_findings(())


class PeoplePage(QWidget):
    """Who moves, and what is asked about the one that is marked.

    ``edited`` carries place, item and text, ``marked``, ``toggled`` and ``remove_asked`` a place.
    """

    edited = Signal(int, str, str)
    marked = Signal(int)
    toggled = Signal(int)
    add_asked = Signal()
    remove_asked = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        words = kit.texts.register_entry
        self._words, self.items = words, RegisterFields(kit, columns=1)
        self.people = self._table(kit)
        self._title = Words("", "heading")
        self._add, self._remove = Button(words.add), Button(words.remove)
        toggle = Button(words.toggle)
        left, right = Card(words.people), Card()
        left.add_filling(self.people, self.people.height_for(3))
        left.column.addLayout(in_line(toggle, self._add, self._remove))
        right.column.setContentsMargins(16, 12, 8, 12)
        right.column.addWidget(self._title)
        right.column.addWidget(scrolled(self.items), 1)
        _lay(self, (left, 7), (right, 5))
        self.items.edited.connect(self._on_item)
        self.people.selected.connect(lambda row: self.marked.emit(row.place))
        self.people.opened.connect(lambda row: self.toggled.emit(row.place))
        toggle.clicked.connect(self.ask_toggle)
        self._add.clicked.connect(self.add_asked)
        self._remove.clicked.connect(self._ask_remove)

    def show_may_add(self, *, may_add: bool) -> None:
        """Whether persons without a record can be added."""
        self._add.setVisible(may_add)
        self._remove.setVisible(may_add)

    def show_people(self, people: Sequence[EntryPerson], at: int = 0) -> None:
        """Who is on the form; the one at ``at`` is marked."""
        self.people.blockSignals(True)  # noqa: FBT003
        self.people.show_rows(people)
        if 0 <= at < len(people):
            self.people.selectRow(at)
        self.people.blockSignals(False)  # noqa: FBT003

    def show_person(self, fields: Sequence[FieldShown], values: Mapping[str, str], title: str) -> None:
        """What is asked about the marked person."""
        self._title.show_text(title)
        self.items.show_fields(fields, values)

    def ask_toggle(self) -> None:
        """The marked person moves, or does not."""
        if (row := self.people.marked()) is not None:
            self.toggled.emit(row.place)

    def wipe(self) -> None:
        """Nothing of anybody stays."""
        self.people.show_rows(())
        self.show_person((), {}, "")

    def _ask_remove(self) -> None:
        if (row := self.people.marked()) is not None:
            self.remove_asked.emit(row.place)

    def _on_item(self, name: str, value: str) -> None:
        if (row := self.people.marked()) is not None:
            self.edited.emit(row.place, name, value)

    def _table(self, kit: Kit) -> Table[EntryPerson]:
        words = self._words
        columns = (
            Column[EntryPerson](words.moves, self._moves, 110),
            Column[EntryPerson](words.name, lambda row: row.name, is_name=True),
            Column[EntryPerson](words.birth, lambda row: row.birth, 160),
            Column[EntryPerson](words.relation, lambda row: row.relation, 104),
            Column[EntryPerson](words.after, lambda row: row.after, 120),
        )
        return Table(kit, words.people, columns, empty=words.nobody)

    def _moves(self, row: EntryPerson) -> Cell:
        words = self._words
        if row.fixed:
            return Cell(words.joins, "quiet")
        return Cell(words.yes, "information", "next") if row.moves else Cell(words.no, "quiet")


class CheckPage(QWidget):
    """What would change, beside what wants a look with a tick."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        words = kit.texts.register_entry
        self.rows = delta_table(kit, words.difference, empty=words.difference_none, heads=(words.now, words.then))
        self._findings = FindingList(kit)
        left, right = Card(words.difference), Card()
        left.add_filling(self.rows, self.rows.height_for(4))
        left.column.addWidget(whole_of(kit, self.rows))
        right.column.setContentsMargins(12, 12, 4, 12)
        right.column.addWidget(scrolled(_top(self._findings)), 1)
        _lay(self, (left, 2), (right, 1))

    def show_findings(self, findings: Sequence[FindingShown]) -> None:
        """What was found; what was ticked stays ticked."""
        self._findings.show_findings(findings)

    def show_difference(self, rows: Sequence[DeltaShown], empty: str) -> None:
        """What would change."""
        self.rows.show_empty_text(empty)
        self.rows.show_rows(rows)

    def confirmed(self) -> tuple[str, ...]:
        """Findings that have their tick."""
        return self._findings.looked()

    def wipe(self) -> None:
        """Nothing of anybody stays."""
        self.rows.show_rows(())
        self._findings.show_findings(())


def _lay(page: QWidget, *cards: tuple[QWidget, int]) -> None:
    page.setProperty("role", "clear")
    line = QHBoxLayout(page)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(16)
    for card, share in cards:
        line.addWidget(card, share)


def _top(widget: QWidget) -> QWidget:
    """``widget`` at the top of what is scrolled."""
    box = QWidget()
    box.setProperty("role", "clear")
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 8, 0)
    column.addWidget(widget)
    column.addStretch(1)
    return box


def _without_box(one: FindingShown) -> FindingShown:
    return FindingShown(one.key, one.stops, one.what, one.why, one.next, False, one.looked)  # noqa: FBT003
