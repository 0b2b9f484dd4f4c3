"""The strip at the top: where, which ticket, which procedure, whom, how long, and whether the screen is locked."""

from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.widgets.chip import Chip
from app.ui.widgets.resident_name import ResidentName


@dataclass(frozen=True, slots=True)
class Place:
    """Where this PC stands and who works at it. Empty texts where it is not known yet."""

    office: str = ""
    window_number: str = ""
    staff_name: str = ""


@dataclass(frozen=True, slots=True)
class VisitShown:
    """What the strip says of the visit under way, as text to show; not printed in logs."""

    ticket: str = ""
    procedure: str = ""
    name: str = field(default="", repr=False)
    born: str = field(default="", repr=False)


class TopStrip(QWidget):
    """Six fixed places; on a locked screen everything of a person is gone from it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        words = kit.texts.frame
        self.setProperty("role", "top-strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words.strip_name)
        self.setFixedHeight(kit.look.px(64))
        self._office, self._number = _label("label"), _label("small")
        self._ticket, self._staff = _label("heading"), _label("small")
        self._procedure, self._born = _label("heading"), _label("small")
        self._name = ResidentName(kit, 26)
        self._time = _label("figure")
        self._state = Chip(kit, words.unlocked, "quiet", "unlock")
        self._yielding = self._lay_out()
        self.show_place(Place())
        self.show_visit(None)

    def show_place(self, place: Place) -> None:
        """Office, window and member of staff."""
        words = self._kit.texts.frame
        self._office.setText(place.office or words.program)
        self._number.setText(words.window_number(place.window_number) if place.window_number else "")
        self._staff.setText(words.signed_in_as(place.staff_name) if place.staff_name else words.nobody)
        self._give_way()

    def show_visit(self, visit: VisitShown | None) -> None:
        """The visit under way, None between visits."""
        words = self._kit.texts.frame
        shown = visit or VisitShown()
        without = words.no_visit if visit is None else words.no_ticket
        self._ticket.setText(words.ticket(shown.ticket) if shown.ticket else without)
        self._procedure.setText(shown.procedure or (words.no_procedure if visit else ""))
        self._name.show_name(shown.name)
        self._born.setText(words.born(shown.born) if shown.born else "")
        if visit is None:
            self.show_seconds(None)
        self._give_way()

    def show_seconds(self, seconds: int | None) -> None:
        """How long the visit has lasted."""
        self._time.setText("--:--" if seconds is None else f"{seconds // 60:02d}:{seconds % 60:02d}")

    def show_locked(self, *, locked: bool) -> None:
        """The lock's state; the person is hidden by the window itself."""
        words = self._kit.texts.frame
        if locked:
            self._state.show_state(words.locked, "warning", "lock")
        else:
            self._state.show_state(words.unlocked, "quiet", "unlock")

    def show_offline(self, left: str) -> None:
        """The office does not answer; ``left``: for how long work may go on. "" once it does again."""
        if left:
            self._state.show_state(left, "warning", "offline")
        else:
            self.show_locked(locked=False)

    def _lay_out(self) -> tuple[tuple[QWidget, ...], ...]:
        """What gives way in a narrow window, group by group."""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 16, 0)
        line.setSpacing(16)
        rule, clock_rule, clock = _rule(), _rule(), _label("small")
        clock.setText(self._kit.texts.frame.visit_clock)
        line.addWidget(self._office_box())
        line.addLayout(_pair(self._ticket, self._staff))
        line.addWidget(rule)
        line.addWidget(self._procedure)
        line.addStretch(1)
        line.addWidget(self._name)
        line.addWidget(self._born)
        line.addWidget(clock_rule)
        line.addLayout(_pair(clock, self._time))
        line.addWidget(self._state)
        return (clock, self._time, clock_rule, rule), (self._staff, self._number), (self._born,)

    def minimumSizeHint(self) -> QSize:
        """Whatever the window has: what matters least gives way."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Hide the clock first, then staff and window number, then the day of birth, until the rest has room."""
        line = self.layout()
        if line is None:
            return
        hidden: set[QWidget] = set()
        for group in ((), *self._yielding):
            hidden |= set(group)
            for one in (each for part in self._yielding for each in part):
                one.setVisible(one not in hidden and not (one is self._number and not self._number.text()))
            line.invalidate()
            if line.minimumSize().width() <= self.width():
                return

    def _office_box(self) -> QWidget:
        box = QWidget()
        box.setProperty("role", "office")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self._office)
        column.addWidget(self._number)
        column.addStretch(1)
        box.setMinimumWidth(self._kit.look.px(160))
        return box


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    return label


def _pair(above: QWidget, below: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addStretch(1)
    column.addWidget(above)
    column.addWidget(below)
    column.addStretch(1)
    return column


def _rule() -> QFrame:
    rule = QFrame()
    rule.setFixedSize(1, 40)
    rule.setProperty("role", "rule")
    return rule
