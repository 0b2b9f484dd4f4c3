"""What every screen is: it offers actions to the keys, asks by signals, shows by ``show_…``, and can be emptied."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.widgets.banner import Banner
from app.ui.widgets.card import Column
from app.ui.widgets.key_bar import KeyLabel

_ANY, _ENOUGH = 16777215, 240
"""Pixels of width, and of height in which a content that scrolls can be worked with. Assumed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A live action: its name in resources/keys.toml, the word under its key, and what it asks for."""

    action: str
    label: str
    ask: Callable[[], None]


class Screen(QWidget):
    """One task in the middle of the window. Subclasses add signals ``…_asked`` and ``show_…``; they decide nothing.

    Put content into ``body`` (a column, 16 px apart, scrolled when the window is small). ``banner`` stands above it,
    ``foot`` below it and never scrolls away: its primary button belongs there. ``back_asked``: the clerk pressed Esc.
    ``has_side``: whether the panel of alerts and pending work stands beside it.
    """

    offers_changed = Signal()
    back_asked = Signal()
    was_opened = False
    """Whether it has ever stood in the window."""

    def __init__(self, kit: Kit, title: str, *, has_side: bool = True) -> None:
        super().__init__()
        self.kit, self._title, self.has_side = kit, title, has_side
        self._offers: tuple[Offer, ...] = ()
        self.setProperty("role", "screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.banner = Banner(kit)
        inner = QWidget()
        inner.setProperty("role", "clear")
        self.body = Column(inner)
        self.body.setContentsMargins(24, 8, 24, 16)
        self.body.setSpacing(16)
        self._scroll = scrolled(inner, asks_little=True)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(24, 8, 24, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addWidget(self._scroll, 1)
        column.addLayout(self.foot)

    @property
    def title(self) -> str:
        """What is done on this screen."""
        return self._title

    def offer(self, *offers: Offer) -> None:
        """Make exactly these actions live."""
        self._offers = offers
        self.offers_changed.emit()

    def key_labels(self) -> tuple[KeyLabel, ...]:
        """What the bar of function keys shows for this screen."""
        return tuple(KeyLabel(one.action, one.label) for one in self._offers)

    def do(self, action: str) -> bool:
        """Ask what ``action`` asks for; False when it is not live here."""
        found = next((one for one in self._offers if one.action == action), None)
        if found is not None:
            found.ask()
        return found is not None

    def reveal(self, widget: QWidget) -> None:
        """Scroll ``widget`` into sight with room for its ring."""
        self._scroll.ensureWidgetVisible(widget, 16, 48)

    def first_focus(self) -> QWidget:
        """Where the cursor goes when the screen is opened; subclasses name their first field."""
        return self

    def move_on(self, field: QWidget) -> bool:  # noqa: ARG002 -- for screens that say where
        """Enter was pressed in ``field``: see to where it goes. False: to the next one, as on most screens."""
        return False

    def wipe(self) -> None:
        """Forget everything of a visit; subclasses empty their fields and call this."""
        self.banner.clear()

    def _make_head(self) -> QVBoxLayout:
        title = QLabel(self._title)
        title.setProperty("role", "title")
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(self.banner)
        return head


def centred(inner: QLayout, width: int) -> QHBoxLayout:
    """``inner`` in the middle, ``width`` pixels wide where there is room."""
    box = QWidget()
    box.setMaximumWidth(width)
    box.setLayout(inner)
    inner.setContentsMargins(0, 0, 0, 0)
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(box, 100)
    line.addStretch(1)
    return line


class _Frame(QScrollArea):
    """It asks for less than its content has: else a second bar beside its own would scroll head and foot."""

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(QSize(_ANY, _ENOUGH))


def scrolled(inner: QWidget, *, asks_little: bool = False) -> QScrollArea:
    """``inner`` in a frame that scrolls where it must, lets the ground through and takes no focus.

    ``asks_little``: it fills what is left between things that must stay in sight.
    """
    scroll = _Frame() if asks_little else QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inner)
    scroll.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return scroll
