"""The resident's display: a window of its own with its own allow-list, never a mirror of the clerk's screen."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.style import SANS
from app.ui.widgets.pin_pad import PinAsk, PinPad
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.training_mark import TrainingMark

MOST_ITEMS = 6
"""One idea per screen: three to six items to check at a time (counter-ux research, assumed)."""


@dataclass(frozen=True, slots=True)
class ResidentItem:
    """One item to check. There is no place for a 個人番号 here, and none may be put into ``value``."""

    label: str
    value: str = field(repr=False)
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class ResidentView:
    """All that the display can show: ticket, one call-out, up to six items."""

    ticket: str = ""
    call_out: str = ""
    items: tuple[ResidentItem, ...] = ()

    def __post_init__(self) -> None:
        if len(self.items) > MOST_ITEMS:
            raise ValueError("more than six items: show them on several pages")


class ResidentDisplay(QWidget):
    """Neutral until something is shown on purpose; neutral again on lock and at the visit's end."""

    def __init__(self, kit: Kit, *, training: bool) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._kit = kit
        words = kit.texts.resident_display
        self.setWindowTitle(words.window_title)
        self.setProperty("role", "resident")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._neutral(words.neutral))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.resize(1280, 720)
        self._mark = TrainingMark(kit, self) if training else None

    def show_view(self, view: ResidentView) -> None:
        """Show exactly this."""
        self._forget()
        self._pages.addWidget(self._page(view))
        self._pages.setCurrentIndex(1)

    def ask_pin(self, ask: PinAsk) -> PinPad:
        """Show the keypad and nothing else; it is gone and wiped with ``show_neutral``."""
        self._forget()
        pad = PinPad(self._kit, ask)
        self._pages.addWidget(pad)
        self._pages.setCurrentIndex(1)
        return pad

    def stand_beside(self, window: QWidget) -> bool:
        """Show itself on another screen than that of ``window``; False, and hidden, where there is none."""
        own = window.screen()
        other = next((screen for screen in QGuiApplication.screens() if screen is not own), None)
        if other is None:
            self.hide()
            return False
        if not self.isVisible():
            self.setGeometry(other.geometry())
            self.show()
        return True

    def show_neutral(self) -> None:
        """Show nothing of anybody; nothing is kept."""
        self._pages.setCurrentIndex(0)
        self._forget()

    def is_neutral(self) -> bool:
        """Whether it shows nothing of anybody."""
        return self._pages.count() == 1

    def _forget(self) -> None:
        while (page := self._pages.widget(1)) is not None:
            self._pages.removeWidget(page)
            page.deleteLater()

    def _neutral(self, text: str) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        label = self._label(text, 36, bold=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label)
        return page

    def _page(self, view: ResidentView) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(64, 40, 64, 40)
        column.setSpacing(24)
        words = self._kit.texts.resident_display
        if view.ticket:
            column.addWidget(self._label(words.ticket(view.ticket), 28, bold=True))
        column.addWidget(self._label(view.call_out or words.please_check, 36, bold=True))
        column.addWidget(self._items(view.items))
        column.addStretch(1)
        return page

    def _items(self, items: tuple[ResidentItem, ...]) -> QWidget:
        frame = QFrame()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(20)
        for row, item in enumerate(items):
            value: QLabel
            if item.is_name:
                name = ResidentName(self._kit, 40)
                name.show_name(item.value)
                value = name
            else:
                value = self._label(item.value, 34)
                value.setWordWrap(True)
            rule = QFrame()
            rule.setProperty("role", "rule")
            rule.setFixedHeight(1)
            grid.addWidget(self._label(item.label, 24), 2 * row, 0)
            grid.addWidget(value, 2 * row, 1)
            grid.addWidget(rule, 2 * row + 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        return frame

    def _label(self, text: str, size: int, *, bold: bool = False) -> QLabel:
        """Large type, at least 24 px: 13.5 pt at 50 cm is the least a 70-year-old reads (AIST 2013, published)."""
        label = QLabel(text)
        weight = "bold" if bold else "normal"
        families = ", ".join(f'"{family}"' for family in SANS)
        label.setStyleSheet(f"font-family: {families}; font-size: {self._kit.look.px(size)}px; font-weight: {weight};")
        return label
