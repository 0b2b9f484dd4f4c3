"""The bar of function keys: twelve places that never move, words only under keys that are live now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.keys import FUNCTION_KEYS
from app.ui.kit import Kit
from app.ui.style import restyle


@dataclass(frozen=True, slots=True)
class KeyLabel:
    """A live action under its key, as in ("commit", "登録")."""

    action: str
    label: str


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
        self._buttons: dict[str, QPushButton] = {}
        for place, key in enumerate(FUNCTION_KEYS):
            if place in {4, 8}:
                line.addSpacing(8)
            button = QPushButton()
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, key=key: self._on_clicked(key))
            self._buttons[key] = button
            line.addWidget(button, 1)
        self._actions: dict[tuple[str, bool], str] = {}
        self.show_keys(())

    def show_keys(self, labels: Sequence[KeyLabel]) -> None:
        """Show what is live now; an action with Shift stands behind ⇧ under the same key."""
        self._actions = {}
        words: dict[str, list[str]] = {key: [] for key in FUNCTION_KEYS}
        for one in sorted(labels, key=lambda one: "+" in self._kit.keys.key_of(one.action)):
            key = self._kit.keys.key_of(one.action)
            shift, plain = "+" in key, key.rpartition("+")[2]
            words[plain].append(f"⇧{one.label}" if shift else one.label)
            self._actions[plain, shift] = one.action
        for key, button in self._buttons.items():
            label = " ".join(words[key])
            button.setText(f"{key} {label}".strip())
            button.setAccessibleName(self._kit.texts.frame.key(key, label) if label else key)
            button.setToolTip(label)
            button.setEnabled(bool(label))
            restyle(button, "live", "true" if label else "false")

    def _on_clicked(self, key: str) -> None:
        shift = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        if (action := self._actions.get((key, shift))) is not None:
            self.asked.emit(action)
