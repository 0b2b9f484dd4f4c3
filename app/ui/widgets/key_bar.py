"""The bar of function keys: twelve places that never move, words only under keys that are live now."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.ui.keys import FUNCTION_KEYS
from app.ui.kit import Kit
from app.ui.style import Look, restyle

_ROWS = ((12, 1340), (6, 800), (4, 0))
"""How many keys stand in a row from which width on, in pixels at 100 %: the words decide. Measured on all screens."""
_NARROWEST = 75
"""Percent of its width down to which a word is set narrower before it is cut."""
_LEFT, _RIGHT, _SIGN = 8, 6, 15
"""Pixels at either end of a place, and what the sign of the Shift key takes."""


@dataclass(frozen=True, slots=True)
class KeyLabel:
    """A live action under its key, as in ("commit", "登録")."""

    action: str
    label: str


class _KeyCap(QPushButton):
    """One place: the key above, its word below, the word with Shift at the upper right."""

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self._look, self._key = look, key
        self._label = self._shifted = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_labels(self, label: str, shifted: str) -> None:
        """Show what the key does, alone and with Shift; "" for nothing."""
        self._label, self._shifted = label, shifted
        live = bool(label or shifted)
        self.setEnabled(live)
        self.setToolTip(" Shift+".join(word for word in (label, shifted) if word))
        restyle(self, "live", "true" if live else "false")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(self.rect()).adjusted(_LEFT, 2, -_RIGHT, -2)
        above = QRectF(place.left(), place.top(), place.width(), place.height() / 2)
        below = above.translated(0, place.height() / 2)
        if not self.isEnabled():
            above = place
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._shifted and not self._label:
            self._mark(painter, above.left(), above)
            self._write(painter, above.adjusted(_SIGN, 0, 0, 0), self._key, "text_faint", left)
            self._write(painter, below, self._shifted, "text", left)
        else:
            self._write(painter, above, self._key, "text_faint", left)
            self._write(painter, below, self._label, "text", left)
            self._write_shifted(painter, above)
        painter.end()

    def cut(self) -> str:
        """The word that has no room whole even set narrow, "" where both have."""
        room = self.width() - _LEFT - _RIGHT
        if self._label and self._needs(self._label, bold=True) > room:
            return self._label
        if self._label:
            room -= self._key_width() + _SIGN
        return self._shifted if self._shifted and self._needs(self._shifted, bold=not self._label) > room else ""

    def _needs(self, word: str, *, bold: bool) -> int:
        return QFontMetrics(self._look.font(14, bold=bold)).horizontalAdvance(word) * _NARROWEST // 100

    def _key_width(self) -> int:
        return QFontMetrics(self._look.font(14)).horizontalAdvance(self._key) + 6

    def _write_shifted(self, painter: QPainter, above: QRectF) -> None:
        """The word with Shift beside the key's name, as far as there is room."""
        if self._shifted:
            room = above.adjusted(self._key_width() + _SIGN, 0, 0, 0)
            wide = QFontMetrics(self._look.font(14)).horizontalAdvance(self._shifted)
            self._mark(painter, room.right() - min(wide, int(room.width())) - _SIGN, above)
            how = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            self._write(painter, room, self._shifted, "text_support", how)

    def _mark(self, painter: QPainter, left: float, above: QRectF) -> None:
        """The sign of the Shift key."""
        self._look.icon("shift", "text_support").render(painter, QRectF(left, above.center().y() - 6, 12, 12))

    def _write(self, painter: QPainter, place: QRectF, text: str, role: str, how: Qt.AlignmentFlag) -> None:
        font = self._look.font(14, bold=role == "text")
        wide, room = QFontMetrics(font).horizontalAdvance(text), int(place.width())
        if wide > room:
            font.setStretch(max(_NARROWEST, 100 * room // wide))
        painter.setFont(font)
        painter.setPen(self._look.colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(place, int(how), shown)


class KeyBar(QWidget):
    """``asked`` carries the action of a label that was clicked. The buttons take no focus: keys reach them anyway."""

    asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setProperty("role", "key-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(kit.texts.frame.keys_name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 4, 8, 4)
        self._grid.setSpacing(4)
        self._caps: dict[str, _KeyCap] = {}
        for key in FUNCTION_KEYS:
            cap = _KeyCap(kit.look, key)
            cap.clicked.connect(partial(self._on_clicked, key))
            self._caps[key] = cap
        self._in_a_row = 0
        self._stand(len(FUNCTION_KEYS))
        self._actions: dict[tuple[str, bool], str] = {}
        self.show_keys(())

    def show_keys(self, labels: Sequence[KeyLabel]) -> None:
        """Show what is live now; an action with Shift stands behind ⇧ on the same key."""
        self._actions = {}
        words: dict[tuple[str, bool], str] = {}
        for one in labels:
            key = self._kit.keys.key_of(one.action)
            place = (key.rpartition("+")[2], "+" in key)
            words[place], self._actions[place] = one.label, one.action
        for key, cap in self._caps.items():
            label, shifted = words.get((key, False), ""), words.get((key, True), "")
            cap.show_labels(label, shifted)
            cap.setAccessibleName(self._kit.texts.frame.key(key, " ".join((label, shifted))).strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = [count for count, least in _ROWS if event.size().width() >= self._kit.look.px(least)]
        self._stand(fitting[0] if fitting else _ROWS[-1][0])

    def minimumSizeHint(self) -> QSize:
        """Whatever the window has: the keys stand in as many rows as they need."""
        return QSize(1, super().minimumSizeHint().height())

    def _stand(self, in_a_row: int) -> None:
        """So many keys in a row; in one row they are parted in fours, as on the keyboard."""
        if in_a_row == self._in_a_row:
            return
        self._in_a_row = in_a_row
        for place in range(self._grid.columnCount()):
            self._grid.setColumnMinimumWidth(place, 0)
            self._grid.setColumnStretch(place, 0)
        for place, cap in enumerate(self._caps.values()):
            row, column = divmod(place, in_a_row)
            column += column // 4
            self._grid.addWidget(cap, row, column)
            self._grid.setColumnStretch(column, 1)
        for place in range(4, self._grid.columnCount(), 5):
            self._grid.setColumnMinimumWidth(place, 4 if in_a_row > place else 0)

    def cut_words(self) -> tuple[str, ...]:
        """Words that stand there shortened."""
        return tuple(word for cap in self._caps.values() if (word := cap.cut()))

    def _on_clicked(self, key: str) -> None:
        shift = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        if (action := self._actions.get((key, shift))) is not None:
            self.asked.emit(action)
