"""The resident checks and signs on their own display; what they say is wrong leads the clerk there; nothing is left."""

import gc

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.domain.signature import SignMeans
from app.standin.cards.profiles import ADULT
from app.ui.kit import Kit
from app.ui.resident.pages import CheckView
from app.ui.resident.sign_page import SignView
from app.ui.resident.type_sizes import BigText
from app.ui.resident_display import ResidentDisplay
from app.ui.screens.locked import LockedScreen
from app.ui.set_aside import SetAside
from app.ui.widgets.alerts import Note
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.resident_strip import ResidentStrip
from app.wire.desk import HandIn
from app.wire.signature import is_whole
from tests.ui.visit.conftest import READER, Counter
from tests.ui.visit.test_wiped import words

PHONE = "09051728394"
MARKS = (ADULT.name, ADULT.address, PHONE, "見本　芽生")
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class SecondScreen(ResidentDisplay):
    """A display that has a monitor of its own."""

    def stand_beside(self, window: QWidget) -> bool:
        if not self.isVisible():
            self.show()
            self.stood.emit()
        return True


@pytest.fixture
def display(kit: Kit) -> ResidentDisplay:
    return SecondScreen(kit, training=True, office="訓練区役所")


def on_display(counter: Counter) -> str:
    """Everything a resident reads now."""
    top = counter.display
    lines = [one.text() for one in top.findChildren(BigText) if one.isVisible()]
    return "\n".join([*lines, *(one.text() for one in top.findChildren(ResidentName) if one.isVisible())])


def touch(counter: Counter, text: str) -> None:
    buttons = [one for one in counter.display.findChildren(QPushButton) if one.isVisible()]
    next(one for one in buttons if one.accessibleName().startswith(text)).click()
    QApplication.processEvents()


def to_the_check(counter: Counter) -> None:
    """A whole form, then its check on the display."""
    counter.open_form()
    counter.go_to("電話番号")
    counter.type(PHONE)
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.key(Qt.Key.Key_F5)
    counter.at("住民の確認と署名")


def read_all(counter: Counter, by: str = "touch") -> str:
    """Say that each page is right, until there is a field to sign in; what was read."""
    read = []
    while counter.display.findChildren(CheckView) and not shown(counter, SignView):
        read.append(on_display(counter))
        if by == "touch":
            touch(counter, "合っています")
        else:
            counter.key(Qt.Key.Key_F12)
    return "\n".join(read)


def shown(counter: Counter, kind: type[QWidget]) -> bool:
    return any(one.isVisible() for one in counter.display.findChildren(kind))


def sign(counter: Counter) -> None:
    pad = next(one for one in counter.display.findChildren(SignView) if one.isVisible()).pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    for n in range(30):
        QTest.mouseMove(pad, QPoint(60 + 12 * n, 40 + 7 * (n % 5)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(420, 40))
    touch(counter, "書きました")


def handed_in(counter: Counter) -> HandIn:
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    return next(one for _, _, one in reversed(counter.desk.desk.arrived) if isinstance(one, HandIn))


def test_what_was_read_is_what_is_signed_and_sent_and_afterwards_no_string_of_it_is_left(
    counter: Counter, kit: Kit
) -> None:
    to_the_check(counter)
    read = read_all(counter)
    assert all(mark in read for mark in MARKS)
    assert "登録済み" not in read, "not even whether there is a 個人番号"
    sign(counter)
    counter.at("提出の確認")
    counter.says(kit.texts.resident_check.signed_title)
    assert not counter.display.isVisible(), "it was off before, and is off again"
    asked = handed_in(counter)
    mark = asked.signature
    assert mark is not None
    assert mark.means is SignMeans.MOUSE
    assert is_whole(mark, asked.application_id, asked.procedure)
    assert all(one.text in read for one in mark.shown)
    assert {one.text for one in mark.shown} >= set(MARKS)
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [one for one in MARKS if one in words()] == []
    held = repr([vars(one) for one in (counter.display, counter.display.pages, counter.visit.resident)])
    assert [one for one in MARKS if one in held] == []
    assert counter.visit._rooms.check._under is None


def test_what_is_wrong_leads_to_its_field_and_a_change_after_signing_asks_for_a_new_signature(
    counter: Counter, kit: Kit
) -> None:
    """The second time it is said aloud and answered by keys, and signed on the printed form."""
    to_the_check(counter)
    while PHONE not in on_display(counter):
        touch(counter, "合っています")
    touch(counter, "ちがいます")
    touch(counter, "電話番号")
    counter.at("申請入力")
    counter.bot.waitUntil(lambda: counter.focus().accessibleName().startswith("電話番号"), timeout=6000)
    counter.says("住民が「電話番号」をちがうと言っています")
    assert counter.display.is_neutral()
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    sign_on_paper(counter)
    counter.says("用紙 F-0012 に署名")
    counter.key(Qt.Key.Key_Escape)
    counter.at("申請入力")
    counter.go_to("電話番号")
    counter.key(Qt.Key.Key_Backspace)
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.says("署名のあとに変わった項目：電話番号")
    counter.key(Qt.Key.Key_F12)
    counter.says(kit.texts.resident_check.changed_title)
    sign_on_paper(counter)
    counter.bot.waitUntil(lambda: "署名のあとに変わった項目" not in counter.shown(), timeout=6000)
    mark = handed_in(counter).signature
    assert mark is not None
    assert (mark.means, mark.form_number, mark.strokes) == (SignMeans.PAPER, "F-0012", ())


def sign_on_paper(counter: Counter) -> None:
    """Each page is said right by F12; then a number that is none, then the form's."""
    counter.key(Qt.Key.Key_F5)
    counter.at("住民の確認と署名")
    read_all(counter, by="keys")
    counter.go_to("署名した用紙の番号")
    counter.type("F 1")
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.says("用紙の番号を英数字とハイフンで")
    for _ in range(3):
        counter.key(Qt.Key.Key_Backspace)
    counter.type("F-0012")
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("提出の確認")


def test_it_goes_blank_at_the_lock_with_the_card_on_a_key_and_while_an_alert_is_up(counter: Counter) -> None:
    cover = next(one for one in counter.window.findChildren(LockedScreen))
    aside = SetAside((counter.window, counter.display, counter.visit), cover)
    to_the_check(counter)
    before = set(counter.shown().splitlines())
    counter.display.blank()
    work = aside.take_out()
    assert [mark for mark in MARKS if mark in words()] == []
    assert counter.visit._rooms.check._under is None
    aside.put_back(work)
    assert {line for line in before - set(counter.shown().splitlines()) if "枚目）" not in line} == set()
    again(counter)
    counter.readers.take(READER)
    gone(counter)
    again(counter)
    counter.key(Qt.Key.Key_9, ALT)
    gone(counter)
    again(counter)
    counter.visit.resident.show_alerts((Note("支援措置", kind="error"),))
    gone(counter)
    counter.key(Qt.Key.Key_F5)
    counter.says("注意が出ているため、住民側画面には出しません")
    assert counter.display.is_neutral()
    counter.key(Qt.Key.Key_3, ALT)
    assert counter.display.is_neutral()
    counter.says("「確認に時間がかかります」と伝えてください")


def gone(counter: Counter) -> None:
    """Nothing of the person stands there."""
    counter.bot.waitUntil(counter.display.is_neutral, timeout=6000)
    assert not any(mark in on_display(counter) for mark in MARKS)


def again(counter: Counter) -> None:
    """The clerk is told that it went blank, and shows it once more."""
    counter.says("住民側画面は消えています")
    counter.key(Qt.Key.Key_F5)
    assert any(mark in on_display(counter) for mark in MARKS)


def test_language_call_outs_fee_and_place_stand_there_by_keys_and_go_with_the_visit(counter: Counter) -> None:
    counter.start("A012")
    counter.key(Qt.Key.Key_F8)
    assert counter.display.isVisible()
    assert "番号 A012" in on_display(counter)
    counter.key(Qt.Key.Key_0, ALT)
    assert {"Number A012", "番号 A012", "※ Unreviewed translation"} <= set(on_display(counter).splitlines())
    counter.key(Qt.Key.Key_2, ALT)
    assert "Please wait a moment" in on_display(counter)
    assert "少々 お待ちください" in counter.window.findChild(ResidentStrip).state()
    counter.key(Qt.Key.Key_6, ALT)
    counter.at("金額と行き先を見せる")
    counter.type("1,200")
    counter.key(Qt.Key.Key_F12)
    assert "1,200 yen" in on_display(counter)
    counter.go_to("次に行くところ")
    counter.type("1234 5678 9018")
    counter.key(Qt.Key.Key_F3)
    counter.says("12けたの数字は出せません")
    assert "1234" not in on_display(counter)
    counter.key(Qt.Key.Key_Escape)
    counter.at("本人確認")
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    assert "Number" not in on_display(counter)
    assert "A012" not in on_display(counter)
    counter.key(Qt.Key.Key_F8)
    assert not counter.display.isVisible()
