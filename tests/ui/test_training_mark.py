"""In training every window of its own bears the mark and the frame; outside training none does."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.resident_view import Audience, CheckPage, Item, ResidentView
from app.ui.kit import Kit
from app.ui.opening import Opening
from app.ui.resident_display import ResidentDisplay
from app.ui.training_panel import TrainingPanel
from app.ui.widgets.pin_pad import PinAsk

Make = Callable[..., QWidget]


def neutral(kit: Kit, *, training: bool) -> QWidget:
    return ResidentDisplay(kit, training=training)


def showing(kit: Kit, *, training: bool) -> QWidget:
    display = ResidentDisplay(kit, training=training)
    display.show_view(
        ResidentView("A012", CheckPage(Audience(frozenset()), (Item("address", "住所", "見本市中央1-1"),)))
    )
    return display


def asking(kit: Kit, *, training: bool) -> QWidget:
    display = ResidentDisplay(kit, training=training)
    display.ask_pin(PinAsk("暗証番号", "4けた", 4, 4, letters=False))
    return display


def opening(kit: Kit, *, training: bool) -> QWidget:
    return Opening(kit, "窓口", "閉じる", training=training)


def painted(widget: QWidget, qtbot: QtBot) -> list[int]:
    """Every 3rd pixel, of a grown window: the mark has to grow with it."""
    qtbot.addWidget(widget)
    widget.show()
    widget.resize(widget.width() + 120, widget.height() + 90)
    QApplication.processEvents()
    picture = widget.grab().toImage()
    return [picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)]


@pytest.mark.parametrize("make", [neutral, showing, asking, opening])
def test_in_training_a_frame_and_a_mark_lie_over_what_is_shown_and_else_neither(make: Make, qtbot: QtBot, kit: Kit):
    frame = kit.look.colour("training").rgb()
    marked, plain = painted(make(kit, training=True), qtbot), painted(make(kit, training=False), qtbot)
    assert len(marked) == len(plain)
    assert frame not in plain
    different = [(a, b) for a, b in zip(marked, plain, strict=True) if a != b]
    assert any(a == frame for a, _ in different)
    assert sum(a != frame for a, _ in different) > 500, "the mark itself"


def test_the_panel_of_training_bears_the_frame(qtbot: QtBot, kit: Kit):
    assert kit.look.colour("training").rgb() in painted(TrainingPanel(kit, [], []), qtbot)


def test_the_mark_takes_no_press_from_the_keypad(qtbot: QtBot, kit: Kit):
    display = ResidentDisplay(kit, training=True)
    qtbot.addWidget(display)
    pad = display.ask_pin(PinAsk("暗証番号", "4けた", 4, 4, letters=False))
    display.show()
    key = next(one for one in pad.findChildren(QWidget) if one.property("text") == "7")
    at = key.mapTo(display, QPoint(key.width() // 2, key.height() // 2))
    typed = []
    pad.typed.connect(lambda count, *_: typed.append(count))
    QTest.mouseClick(display.childAt(at), Qt.MouseButton.LeftButton)
    assert typed == [1]
