"""A paper to look at, page under page; nothing is written to a file and nothing is printed from here."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen, scrolled

_FRAME = QMargins(1, 1, 1, 1)


class PageView(QWidget):
    """One page in its own size. It takes the focus, so that it can be named and scrolled to."""

    def __init__(self, kit: Kit, png: bytes, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._picture = QImage.fromData(png)
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


class PaperScreen(Screen):
    """``closed``: the clerk has looked."""

    closed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, kit.texts.decision.paper_title, has_side=False)
        self._pages: list[PageView] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self._column.setContentsMargins(0, 0, 0, 16)
        inner = QWidget()
        inner.setProperty("role", "clear")
        inner.setLayout(self._column)
        self._view = scrolled(inner)
        self.body.addWidget(self._view, 1)
        self.back_asked.connect(self.closed)
        self.offer(
            Offer("preview", kit.texts.decision.next_page, self._next),
            Offer("save", kit.texts.decision.close, self.closed.emit),
        )

    def first_focus(self) -> QWidget:
        return self._pages[0] if self._pages else self

    def show_pages(self, title: str, pages: Sequence[bytes]) -> None:
        """The pages, PNG each, under the paper's title."""
        self.wipe()
        words = self.kit.texts.decision
        for number, png in enumerate(pages, start=1):
            page = PageView(self.kit, png, words.page_name(title, number))
            self._pages.append(page)
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(title)
        self.banner.show_text("information", words.pages(title, 1, len(pages)))

    def wipe(self) -> None:
        super().wipe()
        for page in self._pages:
            page.clear()
            self._column.removeWidget(page)
            page.deleteLater()
        self._pages = []

    def _next(self) -> None:
        """The page after the one that has the focus, from the last one to the first."""
        at = next((place for place, page in enumerate(self._pages) if page.hasFocus()), -1)
        if self._pages:
            page = self._pages[(at + 1) % len(self._pages)]
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            self._view.verticalScrollBar().setValue(page.y())
