"""Bars by day in three parts, and one bar of shares: numbers to be looked at rather than read."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import Kit

PARTS = ("primary", "information_soft", "error_mark")
"""The colour of each part, from the bottom up; a pattern of its own tells the middle one apart too."""
_EDGE = "line_field"


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day. ``said``: the whole bar in words; ``label`` stands below it, "" for none."""

    label: str
    said: str
    parts: tuple[int, int, int]


class DayBars(QWidget):
    """One bar for each day. It only shows: it takes no focus, and says every bar in words."""

    def __init__(self, kit: Kit, name: str, *, empty: str) -> None:
        super().__init__()
        self._kit, self._name, self._empty = kit, name, empty
        self._bars: tuple[DayBar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_bars(())

    def show_bars(self, bars: Sequence[DayBar]) -> None:
        """Show these days, oldest first."""
        self._bars = tuple(bars)
        said = "。".join(bar.said for bar in bars) or self._empty
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, self._kit.look.px(112))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._kit.look.px(112))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._kit.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(14))
        foot = painter.fontMetrics().height() + 4
        ground = QRectF(0, 0, self.width(), self.height() - foot)
        painter.setPen(look.colour(_EDGE))
        painter.drawLine(ground.bottomLeft(), ground.bottomRight())
        if not self._bars:
            painter.setPen(look.colour("text_support"))
            painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), self._empty)
        most = max((sum(bar.parts) for bar in self._bars), default=0)
        step = ground.width() / max(1, len(self._bars))
        for place, bar in enumerate(self._bars):
            slot = QRectF(place * step, ground.top(), step, ground.height())
            self._draw(painter, slot, bar, most)
            painter.setPen(look.colour("text_support"))
            label = QRectF(slot.left(), ground.bottom() + 2, 80, foot)
            painter.drawText(label, int(Qt.AlignmentFlag.AlignLeft), bar.label)
        painter.end()

    def _draw(self, painter: QPainter, slot: QRectF, bar: DayBar, most: int) -> None:
        look, width = self._kit.look, min(slot.width() * 0.7, 28.0)
        top, bottom = slot.top() + 4, slot.bottom()
        for role, count in zip(PARTS, bar.parts, strict=True):
            if not count:
                continue
            # a single access among thousands is still seen
            height = max(2.0, (slot.height() - 8) * count / max(1, most))
            box = QRectF(slot.center().x() - width / 2, max(top, bottom - height), width, height)
            painter.fillRect(box, look.colour(role))
            painter.setPen(look.colour(_EDGE))
            if role == PARTS[1]:
                painter.drawRect(box)
            bottom -= height


class ShareBar(QWidget):
    """Three shares of a whole on one line, with their words below. It takes no focus."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._kit, self._name = kit, name
        self._shares: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[tuple[str, int]]) -> None:
        """``shares``: words (with their percentage) and count of each part, in the order of ``PARTS``."""
        self._shares = tuple(shares)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription("、".join(word for word, _ in shares))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, self._kit.look.px(112))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._kit.look.px(112))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._kit.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(16))
        whole, line = sum(count for _, count in self._shares), painter.fontMetrics().height() + 4
        bar_px, at = look.px(22), 0.0
        for role, (_, count) in zip(PARTS, self._shares, strict=False):
            width = max(3.0, self.width() * count / whole) if count else 0.0
            self._fill(painter, QRectF(min(at, self.width() - width), 0, width, bar_px), role)
            at += width
        for place, (role, (word, _)) in enumerate(zip(PARTS, self._shares, strict=False)):
            top = bar_px + 10 + place * line
            self._fill(painter, QRectF(1, top + line / 2 - 7, 14, 14), role)
            painter.setPen(look.colour("text"))
            rest = QRectF(24, top, self.width() - 24, line)
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), word)
        painter.end()

    def _fill(self, painter: QPainter, box: QRectF, role: str) -> None:
        painter.fillRect(box, self._kit.look.colour(role))
        if role == PARTS[1]:
            painter.setPen(self._kit.look.colour(_EDGE))
            painter.drawRect(box)
