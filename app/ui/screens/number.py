"""番号確認: by the digits on the back and the chip, by PIN, by a paper, or not at all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.secret import Secret, secret
from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Choice, Options, Pick
from app.ui.widgets.code_field import CodeField
from app.ui.widgets.words import Words

CODE_A, PIN, PAPER, DECLINED = "code_a", "pin", "paper", "declined"
"""Ways to confirm; the values of the use case."""


class NumberScreen(Screen):
    """``confirm_asked`` carries way, kind of paper ("" for others) and what was typed (``Secret``).

    ``papers``: kinds that state a number, id and word.
    """

    confirm_asked = Signal(str, str, object)
    close_asked = Signal()

    def __init__(self, kit: Kit, papers: Options) -> None:
        words = kit.texts.number
        super().__init__(kit, words.title)
        self._words = words
        self._column = Card()
        self._way: Pick | None = None
        self._code = CodeField(kit, words.code, (4, 4, 4), support=words.code_support)
        self._pin = CodeField(kit, words.pin, (4,), dots=True, support=words.pin_support)
        self._paper = Choice(kit, words.paper, papers, required=True)
        self._written = CodeField(kit, words.paper_number, (4, 4, 4), support=words.paper_number_support)
        self._column.column.addWidget(Words(words.lead))
        for field in (self._code, self._pin, self._paper, self._written):
            field.setMaximumWidth(kit.look.px(560))
            self._column.column.addWidget(field)
        self._button = Button(words.confirm, "primary")
        self._button.clicked.connect(self._ask)
        self.body.addWidget(self._column)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(self._button))
        self._offer(words.confirm)
        self.show_ways(())

    def first_focus(self) -> QWidget:
        return self if self._way is None else self._way.focusProxy() or self._way

    def show_ways(self, ways: Options) -> None:
        """Offer these ways (value, word); the first one is chosen."""
        if self._way is not None:
            self._column.column.removeWidget(self._way)
            self._way.deleteLater()
            self._way = None
        if ways:
            self._way = Pick(self.kit, self._words.way, ways, required=True)
            self._way.changed.connect(self._on_way)
            self._column.column.insertWidget(1, self._way)
            QWidget.setTabOrder(self._way, self._code)
            self._way.show_value(ways[0][0])
        self._on_way(self.way())
        self._say(self._words.confirm)

    def way(self) -> str:
        """The way chosen, "" while none is offered."""
        return "" if self._way is None else self._way.value()

    def show_last_try(self, title: str, why: str, advice: str) -> None:
        """One try is left; the button says that it will be used."""
        self.banner.show_text("warning", title, why, advice)
        self._say(self._words.last_use)
        self._focus_entry()

    def show_again(self) -> None:
        """Something went wrong and stands in the banner: the entry is asked again."""
        self._say(self._words.confirm)
        self._focus_entry()

    def wipe(self) -> None:
        super().wipe()
        for field in (self._code, self._pin, self._written):
            field.wipe()
            field.clear_error()
        self._paper.show_value("")
        self._paper.clear_error()
        self.show_ways(())

    def _on_way(self, way: str) -> None:
        self._code.setVisible(way == CODE_A)
        self._pin.setVisible(way == PIN)
        self._paper.setVisible(way == PAPER)
        self._written.setVisible(way == PAPER)
        self._say(self._words.confirm)

    def _entry(self) -> CodeField | None:
        return {CODE_A: self._code, PIN: self._pin, PAPER: self._written}.get(self.way())

    def _focus_entry(self) -> None:
        entry = self._entry()
        (entry.line if entry else self.first_focus()).setFocus()

    def _ask(self) -> None:
        way, entry = self.way(), self._entry()
        if way == PAPER and not self._paper.value():
            self._paper.show_error(self._words.choose_paper)
            self._paper.box.setFocus()
        elif entry is None:
            nothing: Secret = secret("")
            self.confirm_asked.emit(way, "", nothing)
        elif entry.demand_complete():
            self.banner.clear()
            self.confirm_asked.emit(way, self._paper.value() if way == PAPER else "", entry.take())
        else:
            entry.line.setFocus()

    def _say(self, label: str) -> None:
        self._button.show_text(label)
        self._offer(label)

    def _offer(self, label: str) -> None:
        self.offer(
            Offer("close_visit", self.kit.texts.visit.close_key, self.close_asked.emit),
            Offer("commit", label, self._ask),
        )
