"""番号確認: by the digits on the back and the chip, by the holder's PIN, by a paper, or not at all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.secret import Secret, secret
from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.choice import Choice, Options, Pick
from app.ui.widgets.code_field import CodeField
from app.ui.widgets.photo import PhotoBox
from app.ui.widgets.reader_state import ReaderState
from app.ui.widgets.words import Words

CODE_A, PIN, PAPER, DECLINED = "code_a", "pin", "paper", "declined"
"""Ways to confirm; the values of the use case."""


class NumberScreen(Screen):
    """``confirm_asked`` carries way, kind of paper ("" for others) and what was typed (``Secret``).

    ``reader``: how the readers stand.

    A PIN is nothing that is typed here: with that way nothing is carried, the resident is asked next.
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
        self._pin = Words(words.pin_support)
        self._tries = Chip(kit, "")
        self._told: dict[str, tuple[str, Kind]] = {}
        self._paper = Choice(kit, words.paper, papers, required=True)
        self._written = CodeField(kit, words.paper_number, (4, 4, 4), support=words.paper_number_support)
        self.reader = ReaderState(kit)
        self._column.column.addWidget(Words(words.lead))
        self._column.column.addWidget(self._pin)
        for field in (self._code, self._paper, self._written):
            field.setMaximumWidth(kit.look.px(560))
            self._column.column.addWidget(field)
        self._image = PhotoBox(kit, width=360, height=68)
        self._image.hide()
        self._column.column.addWidget(self._image)
        self._column.column.addLayout(in_line(self._tries))
        self._column.column.addWidget(self.reader)
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

    def show_tries(self, told: dict[str, tuple[str, Kind]]) -> None:
        """How many attempts each way that needs a code has left, in words."""
        self._told = told
        self._on_way(self.way())

    def show_image(self, png: bytes) -> None:
        """The card's picture of the number that is being confirmed; only for who may see numbers."""
        self._image.show_png(png)
        self._image.setAccessibleName(self._words.code)
        self._image.setVisible(self._image.has_photo())

    def show_busy(self) -> None:
        """It is being confirmed."""
        self._forget_image()
        self.banner.clear()
        self._button.show_text(self.kit.texts.visit.working)

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
        self._forget_image()
        self._told = {}
        for field in (self._code, self._written):
            field.wipe()
            field.clear_error()
        self._paper.show_value("")
        self._paper.clear_error()
        self.show_ways(())

    def _forget_image(self) -> None:
        self._image.clear()
        self._image.hide()

    def _on_way(self, way: str) -> None:
        if way != CODE_A:
            self._forget_image()
        self._code.setVisible(way == CODE_A)
        self._pin.setVisible(way == PIN)
        self._paper.setVisible(way == PAPER)
        self._written.setVisible(way == PAPER)
        self.reader.setVisible(way in {CODE_A, PIN})
        text, kind = self._told.get(way, ("", "quiet"))
        self._tries.setVisible(bool(text))
        self._tries.show_state(text, kind)
        self._say(self._words.confirm)

    def _entry(self) -> CodeField | None:
        return {CODE_A: self._code, PAPER: self._written}.get(self.way())

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
