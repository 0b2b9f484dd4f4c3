"""One of several: a list for many, round buttons for few, yes or no."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit import Kit
from app.ui.widgets.field import Field

Options = Sequence[tuple[str, str]]
"""(value, word), in the order shown."""
_DIGITS = frozenset("123456789")


class _Numbered(QStyledItemDelegate):
    """Each word of an open list with the digit that chooses it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.row():
            option.text = f"{index.row()}　{option.text}"


class _List(QComboBox):
    """A list; from a short one the digits 1 … 9 choose, the list open or not."""

    def showPopup(self) -> None:
        """With digits where they choose. Qt makes the list when it is first opened: a room has hundreds."""
        if self._is_short() != isinstance(self.itemDelegate(), _Numbered):
            self.setItemDelegate(_Numbered(self) if self._is_short() else QStyledItemDelegate(self))
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._is_short() and event.text() in _DIGITS):
            super().keyPressEvent(event)
        elif int(event.text()) < self.count():
            self.setCurrentIndex(int(event.text()))

    def _is_short(self) -> bool:
        """A list of numbers keeps its digits: typed, they look for the word that begins so."""
        words = [self.itemText(place) for place in range(1, self.count())]
        return len(words) <= len(_DIGITS) and not any(word[:1].isdigit() for word in words)


class Choice(Field):
    """A list that F4 opens; from a short one the digits 1 … 9 choose.

    ``changed`` carries the value, "" while nothing is chosen.
    """

    changed = Signal(str)

    def __init__(
        self, kit: Kit, label: str, options: Options, *, required: bool | None = None, support: str = ""
    ) -> None:
        self.box = _List()
        super().__init__(kit, label, self.box, required=required, support=support)
        self._nothing = kit.texts.parts.choose
        self.show_options(options)
        self.box.currentIndexChanged.connect(self._on_changed)

    @property
    def missing(self) -> str:
        return self._kit.texts.parts.missing_choice

    def value(self) -> str:
        """The value chosen, "" for none."""
        return str(self.box.currentData() or "")

    def show_value(self, value: str) -> None:
        """Choose ``value``; one that is not in the list chooses nothing."""
        self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def show_options(self, options: Options) -> None:
        """Another list, nothing chosen."""
        self.box.blockSignals(True)  # noqa: FBT003
        self.box.clear()
        self.box.addItem(self._nothing, "")
        for value, word in options:
            self.box.addItem(word, value)
        self.box.blockSignals(False)  # noqa: FBT003

    def _on_changed(self) -> None:
        self.clear_error()
        self.changed.emit(self.value())


class _Round(QRadioButton):
    """A round button that Enter leaves and the digits 1 … 9 choose within its group."""

    picked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in _DIGITS:
            self.picked.emit(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)


class Pick(Field):
    """Few options side by side, or one ``below`` the other. Arrows, Space or the option's number choose."""

    changed = Signal(str)

    def __init__(
        self,
        kit: Kit,
        label: str,
        options: Options,
        *,
        required: bool | None = None,
        support: str = "",
        below: bool = False,
    ) -> None:
        row = QWidget()
        line = QVBoxLayout(row) if below else QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8 if below else 24)
        self._group = QButtonGroup(row)
        self._values = [value for value, _ in options]
        for place, (_, word) in enumerate(options):
            button = _Round(word)
            button.setAccessibleName(kit.texts.parts.part_of(label, word))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == 0 else Qt.FocusPolicy.ClickFocus)
            button.picked.connect(self._on_picked)
            self._group.addButton(button, place)
            line.addWidget(button)
        line.addStretch(1)
        super().__init__(kit, label, row, required=required, support=support)
        self.setFocusProxy(self._group.button(0))
        self._group.idToggled.connect(self._on_toggled)

    @property
    def missing(self) -> str:
        return self._kit.texts.parts.missing_choice

    def value(self) -> str:
        """The value chosen, "" for none."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else ""

    def show_value(self, value: str) -> None:
        """Choose ``value``, or nothing for ""."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def _on_picked(self, place: int) -> None:
        if place < len(self._values):
            button = self._group.button(place)
            button.setChecked(True)
            button.setFocus()

    def _on_toggled(self, place: int, on: bool) -> None:  # noqa: FBT001
        if on:
            self.setFocusProxy(self._group.button(place))
            self.clear_error()
            self.changed.emit(self.value())


class YesNo(Pick):
    """A question with はい and いいえ; values "yes", "no", "" while unanswered."""

    def __init__(self, kit: Kit, label: str, *, required: bool | None = None, support: str = "") -> None:
        words = kit.texts.parts
        options = (("yes", words.yes), ("no", words.no))
        super().__init__(kit, label, options, required=required, support=support)
