"""Entry of a code: digits only, grouped as printed on the card, or as dots when nobody may read along."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from app.domain.secret import Secret, secret
from app.ui.kit import Kit
from app.ui.widgets.field import Field

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class CodeField(Field):
    """``groups``: digits per group, as (6, 4, 4). ``dots``: never shown, then without gaps.

    ``take`` empties the field at once; nothing of the code stays in the widget or its undo.
    ``completed`` fires when the last digit is typed.
    """

    completed = Signal()
    changed = Signal(int)

    def __init__(self, kit: Kit, label: str, groups: Sequence[int], *, dots: bool = False, support: str = "") -> None:
        self._groups, self._digits = tuple(groups), sum(groups)
        self._gaps = not dots
        self.line = QLineEdit()
        self.line.setProperty("part", "code")
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.line.setFixedWidth(kit.look.px(36 + 13 * (self._digits + len(self._groups))))
        if dots:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._count = QLabel()
        self._count.setProperty("role", "support")
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.line)
        line.addWidget(self._count)
        line.addStretch(1)
        super().__init__(kit, label, row, required=True, support=support)
        self.line.setAccessibleName(f"{label} {kit.texts.parts.required}")
        hidden = kit.texts.parts.code_hidden if dots else kit.texts.parts.code_shown
        self.line.setAccessibleDescription(
            " ".join((support, hidden, kit.texts.parts.code_length(self._digits))).strip()
        )
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._show_count)
        self.line.textEdited.connect(self._on_edited)
        self._show_count()

    def is_complete(self) -> bool:
        """Whether all digits are there."""
        return len(self._plain()) == self._digits

    def take(self) -> Secret:
        """The digits typed, complete or not; the field is empty afterwards."""
        code = secret(self._plain())
        self.wipe()
        return code

    def wipe(self) -> None:
        """Empty it, with no way back by undo."""
        self.line.setText("")

    def demand_complete(self) -> bool:
        """Whether it is complete; says what is missing if not."""
        if not self.is_complete():
            self.show_error(self._kit.texts.parts.code_length(self._digits))
        return self.is_complete()

    def _plain(self) -> str:
        return "".join(ch for ch in self.line.text().translate(_FULL_WIDTH) if ch.isascii() and ch.isdigit())

    def _on_edited(self) -> None:
        behind = sum(ch.isdigit() for ch in self.line.text()[self.line.cursorPosition() :])
        digits = self._plain()[: self._digits]
        text = self._grouped(digits)
        if text != self.line.text():
            self.line.setText(text)
        self.line.setCursorPosition(_place_before(text, behind))
        self.clear_error()
        self.changed.emit(len(digits))
        if len(digits) == self._digits and behind == 0:
            self.completed.emit()

    def _grouped(self, digits: str) -> str:
        if not self._gaps:
            return digits
        parts, start = [], 0
        for size in self._groups:
            parts.append(digits[start : start + size])
            start += size
        return " ".join(part for part in parts if part)

    def _show_count(self) -> None:
        self._count.setText(self._kit.texts.parts.code_progress(len(self._plain()), self._digits))


def _place_before(text: str, behind: int) -> int:
    """The cursor's place in ``text`` with ``behind`` digits after it."""
    place = len(text)
    while behind:
        place -= 1
        behind -= text[place].isdigit()
    return place
