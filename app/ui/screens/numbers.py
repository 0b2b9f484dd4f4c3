"""手続の数字: minutes and keys of steps, returns and why, weeks or months, answers to alerts; bars and their table."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.spread_bars import SpreadBar, SpreadBars
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

ALL = "all"


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One row of numbers as text; ``mark``: it has to be looked at. ``bar``: how it is drawn, None for not at all."""

    cells: tuple[str, ...]
    bar: SpreadBar | None = None
    mark: bool = False


@dataclass(frozen=True, slots=True)
class NumbersShown:
    """One view of the numbers: ``lead`` says what they are, ``heads`` the columns."""

    lead: str
    heads: tuple[str, ...]
    rows: tuple[NumberRow, ...]


class NumbersScreen(Screen):
    """``asked`` carries view and span as chosen; ``save_asked``: write what is shown into a file."""

    asked = Signal(str, str, str)
    refresh_asked = Signal()
    save_asked = Signal()

    def __init__(self, kit: Kit, views: Options, spans: Options) -> None:
        words = kit.texts.numbers
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._view, self._span = Choice(kit, words.view, views), Choice(kit, words.span, spans)
        self._procedure = Choice(kit, words.procedure, ())
        for choice in (self._view, self._span, self._procedure):
            choice.changed.connect(lambda _: self._ask())
        self.show_procedures(())
        head = QHBoxLayout()
        head.setSpacing(24)
        for choice in (self._view, self._span, self._procedure):
            head.addWidget(choice, 1)
        self._lead = Words(words.loading, "support")
        self._bars = SpreadBars(kit, words.bars, empty=words.none)
        self._table: Table[NumberRow] = Table(kit, words.table, (), empty=words.loading)
        self.body.addLayout(head)
        self.body.addWidget(self._lead)
        self.body.addWidget(self._bars)
        self.body.addWidget(self._table, 1)
        self.offer(
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("save", words.save, self.save_asked.emit),
        )

    def first_focus(self) -> QWidget:
        return self._view.box

    def chosen(self) -> tuple[str, str, str]:
        """View, span and procedure ("" for all)."""
        procedure = self._procedure.value()
        return self._view.value(), self._span.value(), "" if procedure == ALL else procedure

    def choose(self, view: str, span: str) -> None:
        """Open with these; nothing is asked."""
        for choice, value in ((self._view, view), (self._span, span)):
            choice.box.blockSignals(True)  # noqa: FBT003
            choice.show_value(value)
            choice.box.blockSignals(False)  # noqa: FBT003

    def show_procedures(self, options: Options) -> None:
        """Of which procedures there are numbers; what was chosen stays."""
        chosen = self._procedure.value() or ALL
        self._procedure.box.blockSignals(True)  # noqa: FBT003
        self._procedure.show_options(((ALL, self._words.every), *options))
        self._procedure.show_value(chosen)
        self._procedure.box.blockSignals(False)  # noqa: FBT003

    def show_numbers(self, shown: NumbersShown) -> None:
        """One view of them."""
        self._lead.show_text(shown.lead)
        self._table.show_rows(())
        self._table.show_columns(_columns(shown.heads))
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(shown.rows)
        self._bars.show_bars([row.bar for row in shown.rows if row.bar is not None])

    def show_failed(self, message: Message) -> None:
        """They could not be read."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._table.show_rows(())
        self._bars.show_bars(())
        self._lead.show_text(self._words.loading)

    def _ask(self) -> None:
        self.asked.emit(*self.chosen())


def _columns(heads: Sequence[str]) -> tuple[Column[NumberRow], ...]:
    def column(place: int, head: str) -> Column[NumberRow]:
        def value(row: NumberRow) -> str | Cell:
            text = row.cells[place]
            return Cell(text, "warning") if row.mark and place == len(row.cells) - 1 else text

        width = 0 if place <= 1 else 184 if place == len(heads) - 1 else 132
        return Column[NumberRow](head, value, width, is_number=place > 1)

    return tuple(column(place, head) for place, head in enumerate(heads))
