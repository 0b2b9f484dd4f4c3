"""A line for names: a character goes with its variant selector, length counts characters, readings are overheard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.domain.font_map import clusters, is_selector
from app.domain.kana import is_kana

UNLIMITED = 0


class NameEdit(QLineEdit):
    """A line in which a character and its variant selector are deleted together.

    Qt 6.11.3's Backspace deletes the selector alone, which silently makes another name of it (measured), and its
    ``maxLength`` counts UTF-16 units, which cuts 𠮷 in two. ``read`` carries the reading of what the IME has just
    committed, in the kana that stood there before conversion, "" where nobody can know it, and whether it began there.
    """

    read = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._kana = ""
        self._most = UNLIMITED
        self.textEdited.connect(self._cut)

    def limit(self, most: int) -> None:
        """Take at most ``most`` characters, a character with its selector being one; ``UNLIMITED``: any number."""
        self._most = most

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and not self.hasSelectedText()
        if plain and event.key() == Qt.Key.Key_Backspace and _after_selector(self.text(), self.cursorPosition()):
            self.cursorBackward(True, 1)  # noqa: FBT003
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        preedit, committed = event.preeditString(), event.commitString()
        begins = self.selectedText() == self.text()
        super().inputMethodEvent(event)
        before, now = self._kana, preedit if preedit and is_kana(preedit) else ""
        self._kana = now or (before if preedit and not committed else "")
        if committed:
            self.read.emit(committed if _says_itself(committed) else before, begins)

    def _cut(self, text: str) -> None:
        """Drop what was put in beyond the limit; what stood there before stays whole."""
        over = len(clusters(text)) - self._most
        if self._most == UNLIMITED or over <= 0:
            return
        head = clusters(_units(text, 0, self.cursorPosition()))
        kept = "".join(head[:-over])
        self.setText(kept + _units(text, self.cursorPosition(), None))
        self.setCursorPosition(_length(kept))


def _says_itself(text: str) -> bool:
    return is_kana(text.replace("\u3000", "").replace(" ", ""))


def _length(text: str) -> int:
    """In UTF-16 units, as Qt counts."""
    return len(text.encode("utf-16-le")) // 2


def _units(text: str, first: int, last: int | None) -> str:
    """``text`` between two places in UTF-16 units."""
    raw = text.encode("utf-16-le")
    return raw[first * 2 : None if last is None else last * 2].decode("utf-16-le", "ignore")


def _after_selector(text: str, cursor: int) -> bool:
    """Whether the cursor (in UTF-16 units) stands behind a variation selector."""
    before = _units(text, 0, cursor)
    return bool(before) and is_selector(before[-1])
