"""The window on a real screen, in a process of its own: what is tried there is told as lines of JSON."""

import json
import sys
from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.desktop.capture import CaptureGuard, capture_guard
from app.domain.clock import SystemClock
from app.services.keep_from_copying import Tried
from app.ui.background import Lane
from app.ui.clipboard import ClipboardGuard
from app.ui.flows.copying import CopyingActs, CopyingFlow
from app.ui.kit import Kit, open_kit
from app.ui.screen import Screen
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.field import LongTextField, TextField
from app.ui.window import Window

SECRET = "kunren hanako"


class Form(Screen):
    """A line and a memo that hold a name."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "form", has_side=False)
        self.name, self.memo = TextField(kit, "name"), LongTextField(kit, "memo")
        self.name.show_text(SECRET)
        self.memo.show_text(SECRET)
        inner = QWidget()
        column = QVBoxLayout(inner)
        for widget in (self.name, self.memo):
            column.addWidget(widget)
        self.body.addWidget(inner)

    def first_focus(self) -> QWidget:
        return self.name.line


class Leaping(SystemClock):
    """Each look at it is ten seconds after the last: nothing that is tried comes too soon after another try."""

    leaps = 0.0

    def monotonic(self) -> float:
        self.leaps += 10
        return self.leaps


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(words: Sequence[str]) -> int:
    """Open it, tell how the key is held once the window is in front, then what is tried."""
    application = QApplication(list(words[:1]))
    kit = open_kit(application, Leaping())
    window, form = Window(kit, application, LockedScreen(kit), training=False), Form(kit)
    guard, lane = capture_guard(application), Lane("store")
    clipboard = ClipboardGuard(application.clipboard())

    def refused(tried: Tried, screen: str) -> None:
        say(tried=tried.value, screen=screen)

    flow = CopyingFlow(kit, window, clipboard, lane, CopyingActs(lambda: False, refused, lambda *_: None))
    guard.tried.connect(flow.capture_tried)
    guard.changed.connect(lambda: tell(guard))
    guard.start()
    form.name.changed.connect(lambda text: say(name=text))
    window.open_screen(form)
    window.show()
    QTimer.singleShot(300, lambda: say(at=[*_middle(form.name.line), *_middle(form.memo.box)]))
    window.closing.connect(application.quit)
    code = application.exec()
    lane.close(1.0)
    return code


def tell(guard: CaptureGuard) -> None:
    say(key=guard.protection.key.value, pictures=guard.protection.pictures.value)


def _middle(widget: QWidget) -> tuple[int, int]:
    place = widget.mapToGlobal(widget.rect().center())
    return place.x(), place.y()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
