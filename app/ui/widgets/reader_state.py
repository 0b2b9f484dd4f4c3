"""What lies on the readers, in one line; where several cards lie, which of them is meant."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.widgets.card import in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import Words


class ReaderState(QWidget):
    """``chosen`` carries the name of the reader whose card is meant. No card is ever chosen by itself."""

    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        words = kit.texts.cards
        self._chip = Chip(kit, words.none)
        self._advice = Words("", "support")
        self._pick = Choice(kit, words.which, (), required=True)
        self._offered: tuple[str, ...] = ()
        self._pick.changed.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(in_line(self._chip))
        column.addWidget(self._advice)
        column.addWidget(self._pick)
        self.show_state(words.none, "quiet")
        self.show_choices(())

    def show_state(self, text: str, kind: Kind, advice: str = "") -> None:
        """How it stands, and what to do about it."""
        self._chip.show_state(text, kind, "card")
        self._advice.show_text(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName(" ".join(part for part in (text, advice) if part))

    def show_choices(self, readers: Sequence[str], chosen: str = "") -> None:
        """The readers on which cards lie, one chosen or "" for none; nothing to choose hides the question."""
        if tuple(readers) != self._offered:
            self._offered = tuple(readers)
            self._pick.show_options([(name, name) for name in readers])
        if self._pick.value() != chosen:
            self._pick.show_value(chosen)
        self._pick.setVisible(bool(readers))

    def text(self) -> str:
        """The state it shows."""
        return self._chip.text()
