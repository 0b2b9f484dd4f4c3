"""Text with room between its lines; the UD gothic of the window sets them solid otherwise."""

import re
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

_LEADING = 150
"""Line height in percent, as the design system's reading styles have it (published)."""

_COMFORTABLE = 640
_UNBROKEN = re.compile(r"[!-~]{12,}")
"""Runs of Latin letters and digits so long that a narrow place would cut them; Japanese breaks anywhere."""


class Words(QLabel):
    """A text that wraps. ``role`` selects its style: body, support, error, heading, label, note-title."""

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setIndent(0)
        self._plain = self._longest = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show ``text`` as it is; nothing in it is read as markup."""
        self._plain, self._longest = text, max(_UNBROKEN.findall(text), key=len, default="")
        body = escape(text).replace("\n", "<br>")
        self.setText(f'<p style="line-height:{_LEADING}%; margin:0">{body}</p>' if text else "")
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """One line where there is room, else as high as needed at a comfortable width."""
        self.ensurePolished()
        width = min(self.fontMetrics().horizontalAdvance(self._plain) + 4, _COMFORTABLE)
        return QSize(width, self.heightForWidth(width) if self._plain else 0)

    def minimumSizeHint(self) -> QSize:
        """One line: Qt guesses a narrow column, which makes every layout around it too tall.

        As wide as the longest run that nothing breaks, such as a password that is read out: whatever is around scrolls.
        """
        if self._longest:
            self.ensurePolished()
        wide = self.fontMetrics().horizontalAdvance(self._longest) + 4 if self._longest else 0
        return QSize(wide, self.fontMetrics().height() if self._plain else 0)

    def words(self) -> str:
        """The text it shows."""
        return self._plain
