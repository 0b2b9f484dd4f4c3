"""Type of the resident's display: large, in the fonts of its language, larger still on a large screen."""

from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.ui.kit import Kit
from app.ui.resident.words import BASE, ResidentWords, Said

BODY, LINE, VALUE, NAME, HEAD = 24, 28, 34, 40, 36
"""Pixels at 100 %: body at least 24, values at least 32; 13.5 pt at 50 cm is the least a 70-year-old reads (AIST 2013,
published)."""
DESIGN = QSize(1280, 720)
_LARGEST = 3.0


class Type:
    """Fonts for one size of screen, pixels, and one language. ``factor``: 1 up to 1280×720, more on larger screens."""

    def __init__(self, kit: Kit, words: ResidentWords, language: str, size: QSize) -> None:
        self.kit, self.words, self.language, self.size = kit, words, language, size
        fits = min(size.width() / DESIGN.width(), size.height() / DESIGN.height())
        self.factor = min(max(fits, 1.0), _LARGEST)

    def px(self, size: int) -> int:
        """``size`` pixels of type or space."""
        return round(self.kit.look.px(size) * self.factor)

    def font(self, size: int, language: str = BASE, *, bold: bool = False) -> QFont:
        """The font for a line in that language."""
        font = QFont()
        font.setFamilies(list(self.words.language(language).fonts))
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        return font

    def say(self, key: str, **values: str) -> Said:
        """A sentence in the language of this person."""
        return self.words.say(self.language, key, **values)


def height_of(text: str, font: QFont, width: int) -> int:
    """How tall ``text`` is when it is ``width`` wide; a word that is longer than a line is broken, never cut."""
    return ceil(_laid_out(text, font, width, Qt.AlignmentFlag.AlignLeft)[1])


def _laid_out(text: str, font: QFont, width: int, across: Qt.AlignmentFlag) -> tuple[QTextLayout, float]:
    """The lines, and how tall they are together; pixels."""
    layout, option = QTextLayout(text, font), QTextOption(across)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, height


class BigText(QLabel):
    """A line or more, wrapped wherever it must be; its height is exactly what ``height_of`` says."""

    def __init__(self, text: str, font: QFont, *, centred: bool = False, white: bool = False) -> None:
        super().__init__(text)
        self.setFont(font)
        self._font, self._white = font, white
        self._across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str, font: QFont) -> None:
        """Show something else, in its own font."""
        self._font = font
        self.setFont(font)
        self.setText(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return height_of(self.text(), self._font, width) if self.text() else 0

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font)
        return QSize(metrics.horizontalAdvance(self.text()) + 4, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(1, QFontMetrics(self._font).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        layout, height = _laid_out(self.text(), self._font, self.width(), self._across)
        painter = QPainter(self)
        painter.setPen(Qt.GlobalColor.white if self._white else Qt.GlobalColor.black)
        layout.draw(painter, QPointF(0, max(0.0, (self.height() - height) / 2)))
        painter.end()
