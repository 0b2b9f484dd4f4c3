"""Pages of a paper to look at, one under the other; nothing of them is written to a file."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import scrolled

_FRAME = QMargins(1, 1, 1, 1)
_WIDEST = 820
"""A page and its scroll bar fit beside the form at the design size."""


class PageView(QWidget):
    """One page. It takes the focus, so that it can be named and scrolled to."""

    def __init__(self, kit: Kit, png: bytes, name: str, widest: int = 0) -> None:
        """``widest``: in which width it is shown where it is wider, pixels; 0: as it is."""
        super().__init__()
        self._kit = kit
        self._picture = QImage.fromData(png)
        if 0 < widest < self._picture.width():
            self._picture = self._picture.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
        self.setFixedSize(self._picture.size().grownBy(_FRAME))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def clear(self) -> None:
        """Forget the picture."""
        self._picture = QImage()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._kit.look.colour("line_field"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.drawImage(1, 1, self._picture)
        painter.end()


class PageColumn:
    """All pages of a paper in ``view``, which scrolls. ``name``: of a page, from the paper's title and its number."""

    def __init__(self, kit: Kit, name: Callable[[str, int], str]) -> None:
        self._kit, self._name = kit, name
        self._pages: list[PageView] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self._column.setContentsMargins(0, 0, 0, 16)
        inner = QWidget()
        inner.setProperty("role", "clear")
        inner.setLayout(self._column)
        self.view = scrolled(inner)

    def show_pages(self, title: str, pages: Sequence[bytes]) -> None:
        """These pages, PNG each, and no others."""
        for page in self._pages:
            page.clear()
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        named = ((png, self._name(title, at)) for at, png in enumerate(pages, start=1))
        self._pages = [PageView(self._kit, png, name, _WIDEST) for png, name in named]
        for page in self._pages:
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)

    def next_page(self) -> None:
        """To the page after the one that has the focus, from the last one to the first."""
        at = next((place for place, page in enumerate(self._pages) if page.hasFocus()), -1)
        if self._pages:
            page = self._pages[(at + 1) % len(self._pages)]
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.verticalScrollBar().setValue(page.y())
