"""The photo of the card's face, to be compared with the person by eye."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit

_HIGHEST = 252


class PhotoBox(QWidget):
    """A picture in its own proportions, or the words that there is none. Nothing is kept after ``clear``.

    One that is wider than high is as high as its picture asks for.
    """

    def __init__(self, kit: Kit, *, width: int = 168, height: int = 216) -> None:
        super().__init__()
        self._kit, self._wide = kit, width > height
        self._picture: QPixmap | None = None
        self.setFixedSize(QSize(width, height))
        self.clear()

    def show_png(self, png: bytes) -> None:
        """Show a PNG; one that can't be decoded counts as none."""
        picture = QPixmap()
        self._picture = picture if picture.loadFromData(png, "PNG") else None
        if self._picture is not None and self._wide:
            self.setFixedHeight(min(_HIGHEST, self.width() * self._picture.height() // self._picture.width()))
        self._say()

    def clear(self) -> None:
        """Show no photo."""
        self._picture = None
        self._say()

    def has_photo(self) -> bool:
        """Whether a photo is shown."""
        return self._picture is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, place = self._kit.look, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(look.colour("line_field"), 1))
        painter.setBrush(look.colour("surface_dim"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if self._picture is None:
            look.icon("person", "quiet_mark").render(painter, QRectF(place.center().x() - 32, place.top() + 56, 64, 64))
            painter.setPen(look.colour("text_support"))
            painter.setFont(look.font(14))
            painter.drawText(place.adjusted(0, 96, 0, 0), int(Qt.AlignmentFlag.AlignCenter), self.accessibleName())
        else:
            inner = place.adjusted(4, 4, -4, -4)
            size = QSize(self._picture.size()).scaled(inner.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF(0, 0, size.width(), size.height())
            target.moveCenter(inner.center())
            painter.drawPixmap(target, self._picture, QRectF(self._picture.rect()))
        painter.end()

    def _say(self) -> None:
        words = self._kit.texts.parts
        self.setAccessibleName(words.photo if self._picture else words.no_photo)
        self.update()
