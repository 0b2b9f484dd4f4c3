"""The panel at the right: alerts of this visit above, pending work below, always in the same place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.kit import Kit
from app.ui.widgets.chip import ICON_OF, Kind
from app.ui.widgets.icon import Icon
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Note:
    """An alert (who, which act, what now) or a piece of work under way (what, since when)."""

    title: str
    text: str = ""
    kind: Kind = "warning"
    icon: str = ""


class _Section(QWidget):
    """A heading with its count and notes, or the words that there are none."""

    def __init__(self, kit: Kit, title: str, nothing: str) -> None:
        super().__init__()
        self._kit, self._title, self._nothing = kit, title, nothing
        self._head = QLabel()
        self._head.setProperty("role", "label")
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self._head)
        outer.addLayout(self._column)
        self.show_notes(())

    def show_notes(self, notes: Sequence[Note]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._head.setText(f"{self._title}　{len(notes)}" if notes else self._title)
        if not notes:
            self._column.addWidget(Words(self._nothing, "support"))
        for note in notes:
            self._column.addWidget(self._box(note))

    def _box(self, note: Note) -> QFrame:
        box = QFrame()
        box.setProperty("role", "note")
        box.setProperty("kind", note.kind)
        words = QVBoxLayout()
        words.setSpacing(2)
        for text, role in ((note.title, "note-title"), (note.text, "support")):
            if text:
                words.addWidget(Words(text, role))
        line = QHBoxLayout(box)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        icon = Icon(self._kit.look, note.icon or ICON_OF[note.kind], f"{note.kind}_mark", 20)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return box


class AlertPanel(QWidget):
    """Alerts and pending work. Discreet on purpose: no sound, no red screen; the other party may be looking.

    ``changed``: there are other alerts.
    """

    changed = Signal()

    def __init__(self, kit: Kit, width: int = 272) -> None:
        super().__init__()
        words = kit.texts.frame
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(width)
        self._alerts = _Section(kit, words.alerts, words.no_alerts)
        self._pending = _Section(kit, words.pending, words.no_pending)
        self._shown: tuple[Note, ...] = ()
        inner = QWidget()
        inner.setProperty("role", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(24)
        column.addWidget(self._alerts)
        column.addWidget(self._pending)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def show_alerts(self, notes: Sequence[Note]) -> None:
        """Replace the alerts; new ones are read aloud once."""
        self._alerts.show_notes(notes)
        for note in notes:
            if note not in self._shown:
                announce(self, f"{note.title} {note.text}".strip())
        self._shown = tuple(notes)
        self.changed.emit()

    def alerts(self) -> tuple[Note, ...]:
        """The alerts it shows."""
        return self._shown

    def show_pending(self, notes: Sequence[Note]) -> None:
        """Replace the pending work."""
        self._pending.show_notes(notes)

    def clear(self) -> None:
        """Nothing of the last visit is left."""
        self.show_alerts(())
        self.show_pending(())
