"""C-01, R-055: words and fields of the second factor follow what it is at this PC: card, USB key or Windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.kit import Kit, open_kit
from app.ui.resources import read_toml
from app.ui.screens.admin_register import AdminRegisterScreen
from app.ui.screens.sign_in_card import CardStep
from app.ui.texts import load_texts


def kit_of(qapp: QApplication, clock, way: str) -> Kit:
    return open_kit(qapp, clock, authenticator=way)


def test_each_way_has_its_own_words_and_keeps_all_others():
    card = load_texts()
    assert read_toml("text", "staff_keys.toml").keys() == {"usb", "windows"}
    for way in ("usb", "windows"):
        other = load_texts(way)
        assert other.sign_in.card_lead != card.sign_in.card_lead
        assert "読み取り機" not in other.sign_in.card_lead + other.sign_in.second_text + other.lock.why_card
        assert other.sign_in.trace_notice == card.sign_in.trace_notice
        assert other.frame == card.frame


@pytest.mark.parametrize(("way", "asks"), [("card", True), ("usb", True), ("windows", False)])
def test_a_pin_is_asked_in_our_window_unless_windows_asks_itself(qtbot: QtBot, qapp: QApplication, clock, way, asks):
    kit = kit_of(qapp, clock, way)
    step = CardStep(kit)
    qtbot.addWidget(step)
    given: list[str] = []
    step.card_asked.connect(lambda pin: given.append(pin.text()))
    step.show()
    lines = [one for one in step.findChildren(QLineEdit) if one.isVisible()]
    assert len(lines) == (1 if asks else 0)
    step.ask()
    assert given == ([] if asks else [""])
    step.show_busy(busy=False)
    if asks:
        QTest.keyClicks(lines[0], "482916")
        step.ask()
        assert given == ["482916"]
    else:
        assert step.first_focus().property("kind") == "primary"


def test_a_supervisor_s_pass_is_typed_with_every_way(qtbot: QtBot, qapp: QApplication, clock):
    step = CardStep(kit_of(qapp, clock, "windows"))
    qtbot.addWidget(step)
    step.show()
    QTest.mouseClick(step._other, Qt.MouseButton.LeftButton)
    given: list[str] = []
    step.pass_asked.connect(lambda word: given.append(word.text()))
    step.ask()
    assert given == []
    (line,) = [one for one in step.findChildren(QLineEdit) if one.isVisible()]
    QTest.keyClicks(line, "ABCD-EFGH-JKMN")
    step.ask()
    assert given == ["ABCD-EFGH-JKMN"]


def test_registering_through_windows_asks_for_person_and_name_only(qtbot: QtBot, qapp: QApplication, clock):
    screen = AdminRegisterScreen(kit_of(qapp, clock, "windows"))
    qtbot.addWidget(screen)
    asked: list[tuple[str, str, str]] = []
    screen.register_asked.connect(lambda person, label, pin: asked.append((person, label, pin.text())))
    screen.show()
    lines = [one for one in screen.findChildren(QLineEdit) if one.isVisible()]
    assert len(lines) == 2
    screen.do("commit")
    assert asked == []
    for line, text in zip(lines, ("k1001", "desk"), strict=True):
        QTest.keyClicks(line, text)
    screen.do("commit")
    assert asked == [("k1001", "desk", "")]
