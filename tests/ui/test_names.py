"""Names under the clerk's fingers: readings that fill フリガナ, characters counted as people count them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.kana import wide_kana
from app.ui.kit import Kit
from app.ui.screens.register_fields import FieldShown, RegisterFields
from app.ui.widgets.field import TextField
from app.ui.widgets.furigana import KanaField, read_along
from app.ui.widgets.name_edit import NameEdit

TSUJI = "辻\U000e0101"
YOSHINOYA = "\U00020bb7野家"


class Person(QWidget):
    """A name with its reading."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.name, self.kana = TextField(kit, "氏名"), KanaField(kit, "フリガナ")
        self.told: list[str] = []
        self.kana.changed.connect(self.told.append)
        read_along({"name": self.name, "kana": self.kana})
        column = QVBoxLayout(self)
        column.addWidget(self.name)
        column.addWidget(self.kana)


@pytest.fixture
def person(qtbot: QtBot, kit: Kit) -> Person:
    made = Person(kit)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.name.line.setFocus()
    return made


def composed(line: QWidget, *preedits: str, commit: str) -> None:
    """What an IME sends while somebody types, converts and takes the conversion."""
    for preedit in preedits:
        QApplication.sendEvent(line, QInputMethodEvent(preedit, []))
    done = QInputMethodEvent("", [])
    done.setCommitString(commit)
    QApplication.sendEvent(line, done)


def test_the_reading_before_conversion_fills_furigana_and_says_that_it_did(person: Person, kit: Kit):
    composed(person.name.line, "y", "や", "やま", "やまだ", "山田", commit="山田")
    composed(person.name.line, commit="　")
    composed(person.name.line, "たろ", "たろう", "太郎", commit="太郎")
    assert person.name.text() == "山田　太郎"
    assert person.kana.text() == "ヤマダ　タロウ"
    assert person.kana.is_automatic()
    assert kit.texts.parts.automatic_told in person.kana.line.accessibleDescription()
    assert person.told[-1] == "ヤマダ　タロウ"


def test_furigana_that_somebody_typed_is_never_touched(person: Person):
    QTest.keyClicks(person.kana.line, "x")
    composed(person.name.line, "やまだ", "山田", commit="山田")
    assert person.kana.text() == "x"
    assert not person.kana.is_automatic()


def test_furigana_from_the_register_is_never_touched(person: Person):
    person.kana.show_text("ヤマタ")
    composed(person.name.line, "やまだ", "山田", commit="山田")
    assert person.kana.text() == "ヤマタ"


def test_whoever_mends_the_reading_owns_it(person: Person):
    composed(person.name.line, "やまだ", "山田", commit="山田")
    person.kana.line.setFocus()
    person.kana.line.setCursorPosition(3)
    QTest.keyClick(person.kana.line, Qt.Key.Key_Backspace)
    composed(person.kana.line, "た", commit="た")
    assert not person.kana.is_automatic()
    composed(person.name.line, "たろう", "太郎", commit="太郎")
    assert person.kana.text() == "ヤマた"


def test_a_name_that_is_taken_away_takes_its_automatic_reading_along(person: Person):
    composed(person.name.line, "やまだ", "山田", commit="山田")
    for _ in range(2):
        QTest.keyClick(person.name.line, Qt.Key.Key_Backspace)
    assert not person.kana.text()
    assert not person.kana.is_automatic()


def test_a_later_part_alone_makes_no_reading_of_the_whole(person: Person):
    person.name.show_text("山田　")
    person.name.line.end(False)  # noqa: FBT003
    composed(person.name.line, "たろう", "太郎", commit="太郎")
    assert not person.kana.text()


def test_what_was_broken_off_is_no_reading(person: Person):
    QApplication.sendEvent(person.name.line, QInputMethodEvent("やまだ", []))
    QApplication.sendEvent(person.name.line, QInputMethodEvent("", []))
    composed(person.name.line, commit="山田")
    assert not person.kana.text()


def test_narrow_kana_and_hiragana_become_wide_when_the_cursor_leaves(person: Person):
    composed(person.kana.line, commit="ﾀﾞﾝﾃやま")
    assert person.kana.text() == "ﾀﾞﾝﾃやま"
    person.kana.line.setFocus()
    person.name.line.setFocus()
    assert person.kana.text() == "ダンテヤマ"
    assert person.told[-1] == "ダンテヤマ"


def test_kana_of_any_kind_is_one_kind():
    assert wide_kana("ﾊﾟーく Aやマ漢") == "パーク Aヤマ漢"


@pytest.mark.parametrize(
    ("stands", "put_in", "expected"),
    [
        ("", YOSHINOYA, YOSHINOYA),
        ("", f"{TSUJI}本子", f"{TSUJI}本子"),
        ("", "あいうえお", "あいう"),
        ("山田", "太郎", "山田太"),
    ],
)
def test_length_counts_characters_and_never_cuts_one_in_two(qtbot: QtBot, stands, put_in, expected):
    line = NameEdit()
    qtbot.addWidget(line)
    line.limit(3)
    line.setText(stands)
    composed(line, commit=put_in)
    assert line.text() == expected


def test_what_stands_behind_the_cursor_is_not_what_is_dropped(qtbot: QtBot):
    line = NameEdit()
    qtbot.addWidget(line)
    line.limit(3)
    line.setText(f"{TSUJI}子")
    line.setCursorPosition(0)
    composed(line, commit="大小")
    assert line.text() == f"大{TSUJI}子"
    assert line.cursorPosition() == 1


def test_a_form_of_the_register_reads_along_too(qtbot: QtBot, kit: Kit):
    form = RegisterFields(kit)
    qtbot.addWidget(form)
    form.show_fields(tuple(FieldShown(one, one) for one in ("name", "kana", "alias", "alias_kana")), {})
    edited: list[tuple[str, str]] = []
    form.edited.connect(lambda name, text: edited.append((name, text)))
    alias = next(one for one in form.findChildren(TextField) if one.label == "alias")
    composed(alias.line, "はな", "花", commit="花")
    assert ("alias_kana", "ハナ") in edited
    assert not any(name == "kana" for name, _ in edited)
