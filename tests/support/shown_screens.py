"""Every screen on a real X screen, one after the other, in a process of its own that a screen reader looks at.

Each line that comes in, a picture's name, is answered by one: what stands on that screen as its widgets have it.
"""

import json
import os
import sys
from collections.abc import Iterator

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QWidget,
)

from app.domain.clock import SystemClock
from app.ui.kit import open_kit
from app.ui.shots.every import every_shot
from app.ui.shots.stage import Shot, open_stage
from app.ui.widgets.banner import Banner
from app.ui.widgets.field import Field
from app.ui.widgets.words import Words

ROLES: tuple[tuple[type[QWidget], str], ...] = (
    (QCheckBox, "check box"),
    (QRadioButton, "radio button"),
    (QPushButton, "button"),
    (QComboBox, "combo box"),
    (QLineEdit, "text"),
    (QPlainTextEdit, "text"),
    (QTableView, "table"),
    (QListView, "list"),
)
"""What each kind of control is called by those who do not see it. Source: AtspiRole, published."""


def role_of(control: QWidget) -> str:
    """ "" for a plane of our own that takes keys."""
    if isinstance(control, QLineEdit) and control.echoMode() != QLineEdit.EchoMode.Normal:
        return "password text"
    return next((role for kind, role in ROLES if isinstance(control, kind)), "")


def controls(widget: QWidget) -> Iterator[QWidget]:
    """What takes the focus, and every button."""
    for child in (widget, *widget.findChildren(QWidget)):
        inside = isinstance(child.parentWidget(), QAbstractScrollArea | QComboBox)
        takes = child.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(child, QAbstractButton)
        if takes and not inside and not child.focusProxy() and child.isVisible() and child.window() is widget:
            yield child


def label_of(control: QWidget) -> str:
    """The words a seeing person reads on it or above it, "" where it has none of its own."""
    if isinstance(control, QAbstractButton):
        return control.text().replace("&", "")
    up = control.parentWidget()
    while up is not None:
        if isinstance(up, Field):
            return up.label
        up = up.parentWidget()
    return ""


def name_of(control: QWidget) -> str:
    """What it is to be called; a box to tick is called as what stands on it."""
    return control.accessibleName() or label_of(control)


def told(widget: QWidget) -> Iterator[tuple[str, bool]]:
    """What a person is told without asking, and whether at once: banners and errors at fields."""
    for one in widget.findChildren(Words):
        up = one.parentWidget()
        if not one.isVisible() or not one.words():
            continue
        if isinstance(up, Banner) and one.property("role") == "heading":
            yield one.words(), up.property("kind") == "error"
        if isinstance(up, Field) and one.property("role") == "error":
            yield one.words().removeprefix("＊"), True


def say(what: object) -> None:
    """One line out."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Place:
    """The screens and what is asked of them."""

    def __init__(self, application: QApplication) -> None:
        self.application = application
        self.stage = open_stage(open_kit(application, SystemClock()), application, spare=[])
        self.shots: dict[str, Shot] = {shot.name: shot for shot in every_shot(self.stage)}
        self.widget: QWidget | None = None
        self._lines = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._lines.activated.connect(self.on_line)
        self._rest = b""

    def on_line(self) -> None:
        got = os.read(0, 65536)
        if not got:
            self.application.quit()
            return
        self._rest += got
        while b"\n" in self._rest:
            line, _, self._rest = self._rest.partition(b"\n")
            say(self.show(line.decode()))

    def show(self, name: str) -> dict[str, object]:
        if self.widget is not None:
            self.widget.hide()
            self.stage.put_away(self.widget)
        self.widget = widget = self.shots[name].build()
        widget.show()
        widget.activateWindow()
        for _ in range(3):
            self.application.processEvents()
        return {
            "controls": [
                (role_of(one), one.accessibleName() or label_of(one), label_of(one)) for one in controls(widget)
            ],
            "told": [text for text, _ in told(widget)],
            "urgent": [text for text, is_urgent in told(widget) if is_urgent],
            "wrong": [(one.editor.accessibleName(), one.error().removeprefix("＊")) for one in _wrong(widget)],
        }


def _wrong(widget: QWidget) -> list[Field]:
    return [one for one in widget.findChildren(Field) if one.isVisible() and one.error()]


def main() -> int:
    application = QApplication(sys.argv)
    place = Place(application)
    say(list(place.shots))
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
