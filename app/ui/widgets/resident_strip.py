"""The strip above the keys while the resident's display is shown: what stands there, and what to show by one key."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui.kit import Kit

SAYS = ("resident_say_sign", "resident_say_wait", "resident_say_takes_time", "resident_say_document",
        "resident_say_thanks", "resident_say_more", "resident_say_nothing")  # fmt: skip
LANGUAGE = "resident_language"
_TITLE_PX, _GAP_PX = 140, 4


class ResidentStrip(QWidget):
    """``asked`` carries an action of the key map. Its buttons take no focus: the keys reach them from everywhere."""

    asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._words = kit, kit.texts.resident_display
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self._words.strip)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 2, 12, 2)
        line.setSpacing(4)
        title = QLabel(self._words.strip)
        title.setProperty("role", "label")
        self._state = QLabel()
        self._state.setProperty("role", "support")
        line.addWidget(title)
        line.addSpacing(8)
        line.addWidget(self._state)
        line.addStretch(1)
        self._says = [self._button(one, getattr(self._words, one.removeprefix("resident_"))) for one in SAYS]
        self._language = self._button(LANGUAGE, "")
        for button in (*self._says, self._language):
            line.addWidget(button)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the window: what has no room goes, its key works all the same."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_state(self, text: str) -> None:
        """What stands on the display now; never what it says of a person."""
        self._state.setText(text)
        self._state.setAccessibleName(f"{self._words.strip} {text}")
        self._fit()

    def show_language(self, name: str) -> None:
        """In which language it speaks."""
        self._name(self._language, LANGUAGE, self._words.language(name))

    def state(self) -> str:
        """What it says."""
        return self._state.text()

    def _fit(self) -> None:
        """Show as many buttons as have room, the first ones first."""
        room = self.width() - _TITLE_PX - self._state.sizeHint().width() - self._language.sizeHint().width()
        for button in self._says:
            room -= button.sizeHint().width() + _GAP_PX
            button.setVisible(room >= 0)

    def _button(self, action: str, text: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("kind", "text")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        size = self._kit.look.px(14)
        button.setStyleSheet(f"font-size: {size}px; padding: 2px 4px; min-width: 0; min-height: 24px;")
        button.clicked.connect(partial(self.asked.emit, action))
        self._name(button, action, text)
        return button

    def _name(self, button: QPushButton, action: str, text: str) -> None:
        said = self._words.key(text, self._kit.keys.key_of(action))
        button.setText(said)
        button.setAccessibleName(said)
