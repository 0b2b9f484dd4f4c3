"""The clipboard: nothing of a screen comes to lie on it, and what somebody selects is not offered to other programs."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QImage

_OURS_ALONE = frozenset({"offscreen", "minimal"})
"""Qt's platforms whose clipboard no other program sees."""


class ClipboardGuard(QObject):
    """Empties the clipboard in the moment in which something of this program comes to lie on it.

    Whatever the way (key, menu, drag, list), other programs find nothing: they are answered by this same thread
    afterwards. ``refused``: somebody copied. X11's selection is emptied without a word: marking is no copying.
    """

    refused = Signal()

    def __init__(self, clipboard: QClipboard) -> None:
        super().__init__()
        self._clipboard = clipboard
        self._is_alone = QGuiApplication.platformName() in _OURS_ALONE
        self._is_own_act = False
        self._until = QTimer(self, singleShot=True)
        self._until.timeout.connect(self.empty)
        clipboard.dataChanged.connect(self._on_changed)
        clipboard.selectionChanged.connect(self._on_selected)

    def empty(self) -> None:
        """Both of them: X11 also keeps what was merely selected."""
        self._until.stop()
        self._act(self._clipboard.clear)
        if self._clipboard.supportsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def close(self) -> None:
        """The window is gone: nobody is watched any more."""
        self._until.stop()
        self._clipboard.dataChanged.disconnect(self._on_changed)
        self._clipboard.selectionChanged.disconnect(self._on_selected)

    def lend(self, picture: QImage, seconds: int) -> None:
        """Offer ``picture`` to other programs for so long, unless something else is copied before."""
        self._act(lambda: self._clipboard.setImage(picture))
        self._until.start(seconds * 1000)

    def _act(self, change: Callable[[], None]) -> None:
        self._is_own_act = True
        try:
            change()
        finally:
            self._is_own_act = False

    def _on_changed(self) -> None:
        if self._is_own_act or self._is_empty():
            return  # emptied: by us, or by another window's guard of the same program
        self._until.stop()
        if self._clipboard.ownsClipboard() or self._is_alone:
            self._act(self._clipboard.clear)
            self.refused.emit()

    def _is_empty(self) -> bool:
        held: QMimeData | None = self._clipboard.mimeData()  # None once it was cleared, whatever Qt's types say
        return held is None or not held.formats()

    def _on_selected(self) -> None:
        if self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
