"""The bar of function keys: twelve places that never move, words only under keys that are live now."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.keys import FUNCTION_KEYS
from app.ui.kit import Kit
from app.ui.style import Look, restyle


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
        place = QRectF(self.rect()).adjusted(8, 2, -6, -2)
        above = QRectF(place.left(), place.top(), place.width(), place.height() / 2)
        below = above.translated(0, place.height() / 2)
        if not self.isEnabled():
            above = place
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._shifted and not self._label:
            self._mark(painter, above.left(), above)
            self._write(painter, above.adjusted(15, 0, 0, 0), self._key, "text_faint", left)
            self._write(painter, below, self._shifted, "text", left)
        else:
            self._write(painter, above, self._key, "text_faint", left)
            self._write(painter, below, self._label, "text", left)
            self._write_shifted(painter, above)
        painter.end()

    def _write_shifted(self, painter: QPainter, above: QRectF) -> None:
        """The word with Shift beside the key's name, as far as there is room."""
        if self._shifted:
            key = painter.fontMetrics().horizontalAdvance(self._key) + 6
            room = above.adjusted(key + 15, 0, 0, 0)
            width = min(painter.fontMetrics().horizontalAdvance(self._shifted), int(room.width()))
            self._mark(painter, room.right() - width - 15, above)
            how = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            self._write(painter, room, self._shifted, "text_support", how)

    def _mark(self, painter: QPainter, left: float, above: QRectF) -> None:
        """The sign of the Shift key."""
        self._look.icon("shift", "text_support").render(painter, QRectF(left, above.center().y() - 6, 12, 12))

    def _write(self, painter: QPainter, place: QRectF, text: str, role: str, how: Qt.AlignmentFlag) -> None:
        painter.setFont(self._look.font(14, bold=role == "text"))
        painter.setPen(self._look.colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
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
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(4)
        self._caps: dict[str, _KeyCap] = {}
        for place, key in enumerate(FUNCTION_KEYS):
            if place in {4, 8}:
                line.addSpacing(8)
            cap = _KeyCap(kit.look, key)
            cap.clicked.connect(partial(self._on_clicked, key))
            self._caps[key] = cap
            line.addWidget(cap, 1)
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

    def _on_clicked(self, key: str) -> None:
        shift = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        if (action := self._actions.get((key, shift))) is not None:
            self.asked.emit(action)
