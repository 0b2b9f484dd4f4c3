"""来庁のない照会: the reason first, then a search of the register, and one record; nothing goes on from here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.access import LookupReason
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.restrained import show_restrained
from app.ui.screen import Offer, Screen
from app.ui.screens.person import HitShown
from app.ui.screens.register_search import Entered, HabitsShown, SearchMore
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Options, Pick
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a record: what it is and what it says."""

    label: str
    value: str = field(repr=False)


class AccessLookupScreen(Screen):
    """``search_asked`` carries the reason and an ``Entered``; ``open_asked`` a 宛名番号. ``left``: Esc.

    ``whole_asked``: everything about the person whose record is open. ``for_household``: whoever is found stands for a
    household, and is wanted for nothing else.
    """

    search_asked = Signal(str, object)
    open_asked = Signal(str)
    whole_asked = Signal()

    def __init__(self, kit: Kit, reasons: Options, *, for_household: bool = False) -> None:
        words, person = kit.texts.access_lookup, kit.texts.person
        super().__init__(kit, words.title_household if for_household else words.title, has_side=False)
        self._words, self._known = words, LookupReason.FILING.value if for_household else ""
        self._on_text, self._on_key = (words.take, words.take_key) if for_household else (words.whole, words.whole_key)
        self._reason = Pick(kit, words.reason, reasons, required=True, support=words.reason_support)
        self._name, self._kana = TextField(kit, person.name), TextField(kit, person.kana)
        self._birth, self._more = DateField(kit, person.birth), SearchMore(kit)
        self._more.recalled.connect(self._on_recalled)
        search, back = Button(words.search, "primary"), Button(words.back_entry if for_household else words.back)
        search.clicked.connect(self._ask_search)
        back.clicked.connect(self.back_asked)
        self._count = Words("", "support")
        self._hits, self._lines = self._hit_table(), self._line_table()
        self._hits.opened.connect(self._on_opened)
        self._build()
        self._whole = Button(self._on_text)
        self._whole.clicked.connect(self.whole_asked)
        self.foot.addLayout(in_line(search, self._whole, back))
        self._show_offers(opened=False)

    def _build(self) -> None:
        words, person = self._words, self.kit.texts.person
        asked, below = Card(), QHBoxLayout()
        asked.column.addWidget(self._reason)
        fields = QHBoxLayout()
        fields.setSpacing(24)
        for one, share in ((self._name, 3), (self._kana, 3), (self._birth, 4)):
            fields.addWidget(one, share)
        asked.column.addLayout(fields)
        asked.column.addWidget(self._more)
        below.setSpacing(16)
        found, record = Card(person.hits), Card(words.record)
        found.column.addWidget(self._count)
        found.add_filling(self._hits, self._hits.height_for(3))
        record.add_filling(self._lines, self._lines.height_for(3))
        below.addWidget(found, 3)
        below.addWidget(record, 2)
        self.body.addWidget(asked)
        self.body.addLayout(below, 1)

    def first_focus(self) -> QWidget:
        return self._name if self._known else self._reason

    def show_habits(self, shown: HabitsShown) -> None:
        """Wards, and what this person searched for lately."""
        self._more.show_habits(shown)

    def show_searching(self) -> None:
        """The office is asked."""
        self._show_offers(opened=False)
        self.banner.clear()
        self._count.show_text(self.kit.texts.person.searching)
        self._lines.show_rows(())

    def show_hits(self, hits: Sequence[HitShown], *, more: bool) -> None:
        """Who may be meant; Enter opens one."""
        words = self.kit.texts.person
        self._count.show_text(words.more if more else "")
        self._hits.show_empty_text(self._words.nobody)
        self._hits.show_rows(hits)
        show_restrained(self, there=any(one.restraints for one in hits))
        if hits:
            self._hits.setFocus()

    def show_record(self, hit: HitShown, lines: Sequence[Line]) -> None:
        """One record, opened."""
        self._count.show_text("")
        if hit.business_number not in {one.business_number for one in self._hits.items()}:
            self._hits.show_rows((hit,))
        show_restrained(self, there=bool(hit.restraints))
        self._lines.show_rows(lines)
        self._show_offers(opened=True)
        self._lines.setFocus()

    def show_failed(self, message: Message) -> None:
        """What was asked is refused, or the office is out of reach; the fields stay."""
        self._count.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._reason.show_value(self._known)
        self._name.show_text("")
        self._kana.show_text("")
        self._birth.show_date(None)
        self._more.wipe()
        self._show_offers(opened=False)
        show_restrained(self, there=False)
        self._count.show_text("")
        self._hits.show_empty_text(self._words.not_yet)
        self._hits.show_rows(())
        self._lines.show_rows(())

    def _ask_search(self) -> None:
        more = self._more
        entered = Entered(
            self._name.text(), self._kana.text(), self._birth.check(), more.address.text(), more.ward_code()
        )
        reason = self._reason.value()
        if not reason:
            self._reason.show_error(self._words.reason_missing)
            self._reason.setFocus()
        elif entered.is_empty:
            self._name.show_error(self.kit.texts.person.not_searched)
            self._name.line.setFocus()
        else:
            self.search_asked.emit(reason, entered)

    def _show_offers(self, *, opened: bool) -> None:
        words = self._words
        self._whole.setVisible(opened)
        whole = Offer("commit", self._on_key, self.whole_asked.emit)
        self.offer(Offer("search", words.search, self._ask_search), *([whole] if opened else []))

    def _on_recalled(self, entered: Entered) -> None:
        self._name.show_text(entered.name)
        self._kana.show_text(entered.kana)
        self._birth.show_date(entered.birth)

    def _on_opened(self, hit: HitShown) -> None:
        self.open_asked.emit(hit.business_number)

    def _hit_table(self) -> Table[HitShown]:
        words = self.kit.texts.person
        columns = (
            Column[HitShown](words.name, lambda row: row.name, 170, is_name=True),
            Column[HitShown](words.birth, lambda row: row.birth, 170),
            Column[HitShown](words.address, lambda row: row.address, is_name=True),
            Column[HitShown](words.restraints, _restraints, 150),
        )
        return Table(self.kit, words.hits, columns, empty=self._words.not_yet)

    def _line_table(self) -> Table[Line]:
        words = self._words
        columns = (
            Column[Line](words.item, lambda row: row.label, 110),
            Column[Line](words.value, lambda row: row.value, is_name=True),
        )
        return Table(self.kit, words.record, columns, empty=words.no_record)


def _restraints(row: HitShown) -> str | Cell:
    return Cell(row.restraints, "warning") if row.restraints else ""
