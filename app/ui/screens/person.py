"""住民検索: search by name, kana or birth date; several to choose from; one person with the differences to the card."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.names import Agreement
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.restrained import show_restrained
from app.ui.screen import Offer, Screen
from app.ui.screens.register_search import Entered, SearchMore
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.characters import Characters, Pair
from app.ui.widgets.chip import Chip
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class HitShown:
    """One person found, as text. ``restraints``: which acts are restrained, "" for none; ``closed``: viewing is."""

    business_number: str
    name: str = field(repr=False)
    kana: str = field(repr=False)
    birth: str = field(repr=False)
    address: str = field(repr=False)
    resident: bool
    restraints: str
    closed: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One item on card and in the register, as text; ``agreement`` None where there is no card."""

    label: str
    card: str = field(repr=False)
    register: str = field(repr=False)
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class PersonShown:
    """The person opened: items, whether a number is linked, the household as lines of name and relation.

    ``characters``: those in which card and register differ.
    """

    rows: tuple[SideBySide, ...]
    linked: bool
    household: tuple[tuple[str, str], ...] = field(repr=False)
    characters: tuple[Pair, ...] = field(default=(), repr=False)
    restrained: bool = False


class PersonScreen(Screen):
    """``search_asked`` and ``not_resident_asked`` carry an ``Entered``; ``open_asked`` a business number.

    ``register_asked``: the whole record of the person that is open is wanted; ``certificate_asked``: a certificate at
    once, of the person that is open. ``release_asked`` carries the 宛名番号 of who is marked and restrained.
    """

    search_asked = Signal(object)
    open_asked = Signal(str)
    use_asked = Signal()
    not_resident_asked = Signal(object)
    register_asked = Signal()
    certificate_asked = Signal()
    release_asked = Signal(str)
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.person
        super().__init__(kit, words.title)
        self._words = words
        self._name = TextField(kit, words.name)
        self._kana = TextField(kit, words.kana)
        self._birth, self.more = DateField(kit, words.birth), SearchMore(kit)
        self.more.recalled.connect(self._on_recalled)
        self.has_register = self.has_certificates = False
        self._search = Button(words.search)
        self._search.clicked.connect(self._ask_search)
        self._hits = self._hit_table()
        self._rows, self._household = self._row_table(), _household_table(kit)
        self._characters = Characters(kit)
        self._number = Chip(kit, words.number_unlinked)
        self._use, other = Button(words.use, "primary"), Button(words.not_resident)
        self._use.clicked.connect(self._go_on)
        other.clicked.connect(self._ask_not_resident)
        self._found, self._person = Card(words.hits), Card(words.compared)
        self._found.add_filling(self._hits, 120)
        self._fill_person()
        self._search_box = self._search_card()
        self.body.addWidget(self._search_box)
        self.body.addWidget(self._found, 1)
        self.body.addWidget(self._person, 1)
        self.foot.addLayout(in_line(self._use, other))
        self._is_open = False
        self.wipe()

    def first_focus(self) -> QWidget:
        if self._is_open:
            return self._use
        return self._hits if self._hits.items() else self._name.line

    def entered(self) -> Entered:
        """What is typed; a birth date that is none counts as not typed and shows its error."""
        more = self.more
        return Entered(self._name.text(), self._kana.text(), self._birth.check(), more.address.text(), more.ward_code())

    def show_searching(self) -> None:
        """The office is asked."""
        self._is_open = False
        self.banner.clear()
        self._hits.show_rows(())
        self._hits.show_empty_text(self._words.searching)
        self._show_parts()

    def show_failed(self, message: Message) -> None:
        """Nothing could be asked, or its answer not be kept: nothing is being searched any more; the fields stay."""
        self._hits.show_empty_text("")
        self.banner.show_message(message)
        self.first_focus().setFocus()

    def show_hits(self, hits: Sequence[HitShown], *, more: bool) -> None:
        """Several persons, or nobody."""
        self._is_open = False
        show_restrained(self, there=any(one.restraints for one in hits))
        words = self._words
        self._hits.show_rows(hits)
        self._hits.show_empty_text(words.no_hits)
        if not hits:
            self.banner.show_text("warning", words.nobody_title, words.nobody_text, words.nobody_next)
        elif len(hits) == 1 and hits[0].closed:
            self.banner.show_text("warning", words.restrained_title, words.restrained_text)
        else:
            self.banner.show_text("information", words.several_title, words.more if more else words.several_text)
        self._show_parts()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_person(self, shown: PersonShown) -> None:
        """One person's record, held against the card."""
        self._is_open = True
        show_restrained(self, there=shown.restrained)
        words = self._words
        self._rows.show_rows(shown.rows)
        self._rows.setFixedHeight(self._rows.height_for(len(shown.rows)))
        self._household.show_rows(shown.household)
        self._characters.show_pairs(shown.characters)
        if shown.linked:
            self._number.show_state(words.number_linked, "success")
        else:
            self._number.show_state(words.number_unlinked, "quiet")
        self._show_parts()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        super().wipe()
        show_restrained(self, there=False)
        self._is_open = False
        self._name.show_text("")
        self._kana.show_text("")
        self._birth.show_date(None)
        self.more.wipe()
        for table in (self._hits, self._rows, self._household):
            table.show_rows(())
        self._characters.show_pairs(())
        self._hits.show_empty_text(self._words.not_searched)
        self._show_parts()

    def _show_parts(self) -> None:
        self._search_box.setVisible(not self._is_open)
        self._found.setVisible(not self._is_open)
        self._person.setVisible(self._is_open)
        words = self._words
        listed = words.open if self._hits.items() else words.search
        self._use.show_text(words.use if self._is_open else listed)
        paper = Offer("preview", self.kit.texts.procedure_choice.certificates, self.certificate_asked.emit)
        hit = None if self._is_open else self._hits.marked()
        number = "" if hit is None else hit.business_number
        lift = Offer("to_supervisor", self.kit.texts.frame.to_supervisor, partial(self.release_asked.emit, number))
        whole = Offer("records", self.kit.texts.register.key, self.register_asked.emit)
        self.offer(
            *([lift] if hit is not None and hit.closed and self.has_certificates else []),
            *([whole] if self._is_open and self.has_register else []),
            *([paper] if self._is_open and self.has_certificates else []),
            Offer("search", words.again if self._is_open else words.search, self._ask_search),
            Offer("other_way", words.not_resident_key, self._ask_not_resident),
            Offer("close_visit", self.kit.texts.visit.close_key, self.close_asked.emit),
            Offer("commit", words.use_key if self._is_open else listed, self._go_on),
        )

    def _go_on(self) -> None:
        if self._is_open:
            self.use_asked.emit()
        elif (hit := self._hits.marked()) is not None:
            self.open_asked.emit(hit.business_number)
        else:
            self._ask_search()

    def _ask_search(self) -> None:
        if self._is_open:
            self._is_open = False
            self._show_parts()
            self._name.line.setFocus()
            return
        entered = self.entered()
        if self._birth.error():
            return
        if entered.is_empty:
            self._name.show_error(self._words.empty)
            self._name.line.setFocus()
            return
        self.search_asked.emit(entered)

    def _ask_not_resident(self) -> None:
        entered = self.entered()
        if not self._birth.error():
            self.not_resident_asked.emit(entered)

    def show_name_missing(self) -> None:
        """Somebody who is not in the register needs a name at least."""
        self._is_open = False
        self._show_parts()
        self._name.show_error(self._words.entry_name_missing)
        self._name.line.setFocus()

    def _search_card(self) -> Card:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        for place, widget in enumerate((self._name, self._kana, self._birth, self._search)):
            at = Qt.AlignmentFlag.AlignBottom if widget is self._search else Qt.AlignmentFlag(0)
            grid.addWidget(widget, 0, place, at)
        for place, stretch in enumerate((3, 3, 4, 0)):
            grid.setColumnStretch(place, stretch)
        card.column.addLayout(grid)
        card.column.addWidget(self.more)
        return card

    def _on_recalled(self, entered: Entered) -> None:
        self._name.show_text(entered.name)
        self._kana.show_text(entered.kana)
        self._birth.show_date(entered.birth)

    def _fill_person(self) -> None:
        column = self._person.column
        column.addWidget(self._rows)
        column.addWidget(self._characters)
        column.addLayout(in_line(self._number))
        column.addWidget(Words(self._words.household, "label"))
        self._person.add_filling(self._household, 84)

    def _hit_table(self) -> Table[HitShown]:
        words = self._words
        columns = (
            Column[HitShown](words.name, lambda row: row.name, 180, is_name=True),
            Column[HitShown](words.birth, lambda row: row.birth, 170),
            Column[HitShown](words.address, lambda row: row.address),
            Column[HitShown](words.restraints, self._restraint, 230),
        )
        table = Table(self.kit, words.hits, columns, empty=words.not_searched)
        table.opened.connect(lambda row: self.open_asked.emit(row.business_number))
        table.selected.connect(lambda _: self._show_parts())
        return table

    def _restraint(self, row: HitShown) -> str | Cell:
        if not row.restraints:
            return self._words.no_restraint if row.resident else self._words.former
        return Cell(row.restraints, "error" if row.closed else "warning")

    def _row_table(self) -> Table[SideBySide]:
        words = self._words
        columns = (
            Column[SideBySide](words.item, lambda row: row.label, 100),
            Column[SideBySide](words.on_card, lambda row: row.card or "―", is_name=True),
            Column[SideBySide](words.in_register, lambda row: row.register or "―", is_name=True),
            Column[SideBySide](words.result, self._agreement, 230),
        )
        return Table(self.kit, words.compared, columns, empty="―")

    def _agreement(self, row: SideBySide) -> str | Cell:
        if row.agreement is None:
            return "―"
        word = self.kit.messages.word("agreement", row.agreement.value)
        if row.agreement in {Agreement.IDENTICAL, Agreement.SPACING}:
            return Cell(word, "success", "same")
        if row.agreement is Agreement.DIFFERENT:
            return Cell(word, "error", "different")
        return Cell(word, "warning", "warning")


def _household_table(kit: Kit) -> Table[tuple[str, str]]:
    words = kit.texts.person
    columns = (
        Column[tuple[str, str]](words.name, lambda row: row[0], is_name=True),
        Column[tuple[str, str]](words.relation, lambda row: row[1], 270),
    )
    return Table(kit, words.household, columns, empty="―")
