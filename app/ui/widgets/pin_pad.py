"""The keypad on which a resident enters a PIN or password: big keys, dots, correction, no trace of what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.secret import Secret
from app.ui.kit import Kit
from app.ui.style import SANS, restyle
from app.ui.widgets.button import Button
from app.ui.widgets.dots import Dots
from app.ui.widgets.focus_ring import WHOLE

DIGITS = "1234567890"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGIT_COLUMNS, _LETTER_COLUMNS = 3, 10
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_ROOMY, _ROOMY_LETTERS = QSize(560, 664), QSize(1034, 664)
"""From this size on, in pixels at 100 %, keys and words stand as large as they are meant. Measured."""
_LEAST = QSize(560, 330)
"""The size in which everything stands with small keys: half of 1366×768 without the band of training. Measured."""
OWN_ENTER = "own-enter"
"""Property of a widget that takes Enter itself; the keyboard of the window leaves it alone then."""


@dataclass(frozen=True, slots=True)
class PinKeys:
    """What stands on the keys, and is said of an entry that is too short, in the resident's language."""

    give: str
    correct: str
    cancel: str
    too_short: str
    fonts: tuple[str, ...] = SANS


@dataclass(frozen=True, slots=True)
class PinAsk:
    """What is asked of the resident. ``title``: which code, in words; ``second``: the same in English.

    ``least`` and ``most``: characters; ``letters``: A-Z too, always as capitals (署名用パスワード). ``name``: which
    code, as the languages call it; ``keys``: words of another language, None for Japanese; ``mark``: that nobody
    reviewed them.
    """

    title: str
    second: str = ""
    least: int = 4
    most: int = 4
    letters: bool = False
    name: str = ""
    keys: PinKeys | None = None
    mark: str = ""


class _Key(Button):
    """A key as small as its place wants it; the sheet says how small."""

    def sizeHint(self) -> QSize:
        return QPushButton.sizeHint(self)


class PinPad(QWidget):
    """``typed`` carries how many characters stand there; ``given`` the entry (``Secret``); ``cancelled``: never mind.

    What is typed lives in one buffer that is overwritten when it is given, cancelled, wiped or no longer shown.
    """

    typed = Signal(int)
    given = Signal(object)
    cancelled = Signal()

    def __init__(self, kit: Kit, ask: PinAsk) -> None:
        super().__init__()
        self._kit, self._ask, words = kit, ask, kit.texts.pin
        self._keys_said = ask.keys or PinKeys(words.give, words.correct, words.cancel, words.too_short(ask.least))
        self._entry = bytearray()
        self._sized: list[tuple[QLabel, int, bool]] = []
        self._is_tight = False
        self._dots = Dots(kit, 28 if ask.most <= 4 else 20)  # noqa: PLR2004 -- a PIN has four digits
        self._hint = self._label("", 20)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("role", "resident")
        for name in (OWN_ENTER, WHOLE):
            self.setProperty(name, True)  # noqa: FBT003
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # noqa: FBT003
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(ask.title)
        self._lay_out()
        self._show()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key of a real keyboard means here; False when it means nothing."""
        character = event.text().translate(_FULL_WIDTH).upper()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.give()
        elif event.key() == Qt.Key.Key_Backspace:
            self.correct()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif len(character) == 1 and character in self._characters():
            self.press(character)
        else:
            return False
        return True

    def press(self, character: str) -> None:
        """One more character; nothing beyond the longest entry."""
        if len(self._entry) < self._ask.most:
            self._entry += character.encode()
            self._hint.setText("")
            self._show()

    def correct(self) -> None:
        """Take the last character back."""
        if self._entry:
            self._entry[-1] = 0
            del self._entry[-1]
            self._show()

    def give(self) -> None:
        """Hand the entry over; one that is too short is asked to be finished."""
        if len(self._entry) < self._ask.least:
            self._hint.setText(self._keys_said.too_short)
            return
        entry = Secret(bytes(self._entry))
        self.wipe()
        self.given.emit(entry)

    def cancel(self) -> None:
        """The resident or the clerk wants no entry."""
        self.wipe()
        self.cancelled.emit()

    def wipe(self) -> None:
        """Forget what was typed."""
        self._entry[:] = bytes(len(self._entry))
        self._entry.clear()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """On a magnified screen the keys become smaller; nothing has to be scrolled while a code is entered."""
        return _LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = _ROOMY_LETTERS if self._ask.letters else _ROOMY
        px = self._kit.look.px
        is_tight = self.width() < px(roomy.width()) or self.height() < px(roomy.height())
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.wipe()
        super().hideEvent(event)

    def _characters(self) -> str:
        return DIGITS + LETTERS if self._ask.letters else DIGITS

    def _show(self) -> None:
        count = len(self._entry)
        self._dots.show_typed(count, self._ask.most)
        self.setAccessibleDescription(self._dots.accessibleName())
        self.typed.emit(count)

    def _fit(self) -> None:
        """Keys, words and gaps as large as there is room for."""
        for key in self.findChildren(_Key):
            restyle(key, "tight", "true" if self._is_tight else "false")
        for label, size, bold in self._sized:
            self._set_type(label, size * 2 // 3 if self._is_tight else size, bold=bold)
        self._grid.setSpacing(4 if self._is_tight else 10)
        column = self.layout()
        if column is not None:
            edge, gap = (8, 2) if self._is_tight else (20, 12)
            column.setContentsMargins(32, edge, 32, edge)
            column.setSpacing(gap)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 20)
        column.setSpacing(12)
        lines = ((self._ask.title, 32, True), (self._ask.second, 22, False), (self._ask.mark, 22, False))
        for text, size, bold in lines:
            if text:
                label = self._label(text, size, bold=bold)
                label.setWordWrap(True)
                label.setAlignment(Qt.AlignmentFlag.AlignCenter)
                column.addWidget(label)
        column.addStretch(1)
        column.addWidget(self._dots)
        column.addWidget(self._hint)
        column.addLayout(_centred(self._keys()))
        column.addStretch(1)
        column.addLayout(_centred(self._ends()))

    def _keys(self) -> QGridLayout:
        grid = self._grid = QGridLayout()
        grid.setSpacing(10)
        columns, kind = (_LETTER_COLUMNS, "pin-letter") if self._ask.letters else (_DIGIT_COLUMNS, "pin-digit")
        for place, character in enumerate(self._characters()):
            key = self._button(character, kind, partial(self.press, character))
            row, at = divmod(place, columns)
            grid.addWidget(key, row, 1 if character == "0" and not self._ask.letters else at)
        correct = self._button(self._keys_said.correct, kind, self.correct)
        if self._ask.letters:
            grid.addWidget(correct, 3, 7, 1, 3)
        else:
            grid.addWidget(correct, 3, 2)
        return grid

    def _ends(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addWidget(self._button(self._keys_said.cancel, "pin-end", self.cancel))
        line.addWidget(self._button(self._keys_said.give, "pin-give", self.give))
        return line

    def _button(self, text: str, kind: str, act: Callable[[], None]) -> Button:
        button = _Key(text)
        button.setProperty("kind", kind)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(act)
        return button

    def _label(self, text: str, size: int, *, bold: bool = False) -> QLabel:
        label = QLabel(text)
        self._sized.append((label, size, bold))
        self._set_type(label, size, bold=bold)
        return label

    def _set_type(self, label: QLabel, size: int, *, bold: bool) -> None:
        families = ", ".join(f'"{family}"' for family in self._keys_said.fonts)
        weight = "bold" if bold else "normal"
        label.setStyleSheet(f"font-family: {families}; font-size: {self._kit.look.px(size)}px; font-weight: {weight};")


def _centred(inner: QGridLayout | QHBoxLayout) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addStretch(1)
    line.addLayout(inner)
    line.addStretch(1)
    return line
