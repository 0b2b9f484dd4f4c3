"""Pages of the resident's display: large, whole, without scrolling; a signature by pen, finger or mouse."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.procedure import Kind
from app.domain.resident_view import MOST, Audience, CallOut, CheckPage, Item, ResidentView, SaidPage, SignPage
from app.domain.signature import Signature, SignMeans
from app.ui.kit import Kit
from app.ui.resident.pages import CheckView
from app.ui.resident.paging import Room, paged
from app.ui.resident.sign_page import SignView
from app.ui.resident.type_sizes import BigText
from app.ui.resident.words import LANGUAGES
from app.ui.resident_display import BLANK_AFTER_S, ResidentDisplay
from app.ui.widgets.resident_name import ResidentName
from tests.ui.conftest import HandClock

ALL = Audience(frozenset({"card", "register"}))
LONG = "訓練県訓練市訓練区見本町大字見本字長い名前の通り1丁目2番地の3 見本ハイツ第二号館1204号室"


def items(count: int, value: str = "見本") -> tuple[Item, ...]:
    return tuple(Item(f"f{n}", "氏名", f"{value}{n}") for n in range(count))


@pytest.fixture
def display(kit: Kit, qtbot: QtBot) -> ResidentDisplay:
    display = ResidentDisplay(kit, training=True, office="訓練区役所")
    qtbot.addWidget(display)
    display.show()
    return display


def button(display: ResidentDisplay, text: str) -> QPushButton:
    return next(one for one in display.findChildren(QPushButton) if one.accessibleName() == text and one.isVisible())


def texts(display: ResidentDisplay) -> str:
    return "\n".join(one.text() for one in display.findChildren(BigText) if one.isVisible())


# what stands there, and how large


@pytest.mark.parametrize("count", range(1, 15))
def test_items_stand_on_as_few_even_pages_as_fit(count: int) -> None:
    pages = paged(items(count), Room(lambda _: 10, 60, lambda at, of: f"{at}/{of}"))
    assert [one for page in pages for one in page] == list(items(count))
    assert len(pages) == -(-count // MOST)
    assert max(map(len, pages)) - min(map(len, pages)) <= 1


def test_a_value_too_long_for_a_page_is_told_in_parts_and_nothing_is_left_out(display: ResidentDisplay) -> None:
    memo = "あいうえお" * 400
    pages = paged((Item("memo", "理由", memo),), display.pages.room())
    assert len(pages) > 1
    assert "".join(one.value for page in pages for one in page) == memo
    assert "2つの うち 1つめ" in pages[0][0].label or "1つめ" in pages[0][0].label


SIZES = [*((language, QSize(1280, 720)) for language in LANGUAGES), ("ja", QSize(1920, 1080)), ("vi", QSize(1024, 768))]


@pytest.mark.parametrize(("language", "size"), SIZES)
def test_a_page_that_is_full_shows_every_line_whole_in_each_language(
    display: ResidentDisplay, size: QSize, language: str
) -> None:
    display.resize(size)
    display.pages.show_visit("A012", language)
    many = (Item("n", "氏名", "渡邉󠄂　一郎", Kind.NAME), *items(4, LONG))
    for at, page in enumerate(pages := paged(many, display.pages.room()), 1):
        assert len(page) <= MOST
        display.show_view(ResidentView("A012", CheckPage(ALL, page, at, len(pages))))
        QApplication.processEvents()
        demand_whole(display)
        assert all(one.value in texts(display) for one in page if not one.is_name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_call_outs_and_the_field_to_sign_in_are_whole_in_each_language(display: ResidentDisplay, language: str) -> None:
    display.pages.show_visit("A012", language)
    for page in (*map(SaidPage, CallOut), SignPage("訓練の手続の長い名前の申請")):
        display.show_view(ResidentView("A012", page))
        QApplication.processEvents()
        demand_whole(display)


def demand_whole(display: ResidentDisplay) -> None:
    """Nothing scrolls, nothing is cut, nothing is smaller than 24 pixels, values not smaller than 32."""
    assert not display.findChildren(QAbstractScrollArea)
    room = display.rect()
    for line in display.findChildren(BigText):
        if not line.isVisible() or not line.text():
            continue
        assert line._font.pixelSize() >= 24, line.text()
        assert line.height() >= line.heightForWidth(line.width()) - 1, line.text()
        corner = line.mapTo(display, line.rect().bottomRight())
        assert room.contains(corner), line.text()
    assert all(one.height() >= 44 for one in display.findChildren(QPushButton) if one.isVisible())
    assert all(one._size >= 32 for one in display.findChildren(ResidentName))


def test_the_neutral_page_says_whose_office_and_whose_turn_it_is(display: ResidentDisplay) -> None:
    display.pages.show_visit("A012", "ja")
    assert display.is_neutral()
    assert {"訓練区役所", "番号 A012"} <= set(texts(display).splitlines())


def test_nothing_of_a_person_is_in_its_title_and_it_has_no_button_on_the_taskbar(display: ResidentDisplay) -> None:
    display.show_view(ResidentView("A012", CheckPage(ALL, items(3))))
    assert display.windowTitle() == "ご案内"
    assert display.windowFlags() & Qt.WindowType.Tool == Qt.WindowType.Tool
    assert display.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


# left alone, and alerts


def test_left_alone_for_two_minutes_it_shows_nothing_of_anybody(
    display: ResidentDisplay, clock: HandClock, qtbot: QtBot
) -> None:
    display.show_view(ResidentView("A012", CheckPage(ALL, items(3))))
    clock.move(BLANK_AFTER_S - 1)
    display.look()
    assert not display.is_neutral()
    QTest.mouseClick(display.findChild(CheckView), Qt.MouseButton.LeftButton)
    clock.move(2)
    display.look()
    assert not display.is_neutral()
    clock.move(BLANK_AFTER_S)
    with qtbot.waitSignal(display.blanked):
        display.look()
    assert display.is_neutral()


def test_while_an_alert_is_up_nothing_of_anybody_is_shown_whatever_is_asked(
    display: ResidentDisplay, qtbot: QtBot
) -> None:
    page = CheckPage(ALL, items(3))
    display.show_view(ResidentView("A012", page))
    with qtbot.waitSignal(display.blanked):
        display.set_alert(up=True)
    display.show_view(ResidentView("A012", page))
    assert display.is_neutral()
    display.set_alert(up=False)
    display.show_view(ResidentView("A012", page))
    assert not display.is_neutral()


def test_when_it_shows_something_else_no_word_of_before_is_in_any_of_its_parts(display: ResidentDisplay) -> None:
    display.show_view(ResidentView("A012", CheckPage(ALL, items(4, "訓練花子"), asks_which=True)))
    old = display.findChildren(QWidget)
    display.show_neutral()
    said = [one.accessibleName() + str(one.property("text") or "") + one.toolTip() for one in old]
    assert not any("訓練花子" in one for one in said)
    assert display.pages._view is None


# answering and signing


def test_a_touch_says_right_wrong_and_which_one(display: ResidentDisplay) -> None:
    told: list[object] = []
    display.pages.right_said.connect(lambda: told.append("right"))
    display.pages.wrong_said.connect(lambda: told.append("wrong"))
    display.pages.pointed.connect(told.append)
    display.show_view(ResidentView("A012", CheckPage(ALL, items(3))))
    button(display, "合っています").click()
    button(display, "ちがいます").click()
    display.show_view(ResidentView("A012", CheckPage(ALL, items(3), asks_which=True)))
    button(display, "氏名 見本1").click()
    assert told == ["right", "wrong", "f1"]


def signing(display: ResidentDisplay) -> tuple[SignView, list[Signature]]:
    given: list[Signature] = []
    display.pages.signed.connect(given.append)
    display.show_view(ResidentView("A012", SignPage("訓練の手続")))
    QApplication.processEvents()
    sign = display.findChild(SignView)
    assert sign is not None
    return sign, given


def places(count: int = 30) -> Sequence[QPointF]:
    return [QPointF(60 + 12 * n, 60 + 7 * (n % 5)) for n in range(count)]


def test_signed_with_a_mouse_it_is_handed_over_with_place_and_time(display: ResidentDisplay, clock: HandClock) -> None:
    sign, given = signing(display)
    QTest.mousePress(sign.pad, Qt.MouseButton.LeftButton, pos=places()[0].toPoint())
    for at in places()[1:]:
        clock.move(0.01)
        QTest.mouseMove(sign.pad, at.toPoint())
    QTest.mouseRelease(sign.pad, Qt.MouseButton.LeftButton, pos=places()[-1].toPoint())
    button(display, "書きました").click()
    assert [one.means for one in given] == [SignMeans.MOUSE]
    stroke = given[0].strokes[0]
    assert (stroke[0].x, stroke[0].y, stroke[0].ms) == (60, 60, 0)
    assert stroke[-1].ms == pytest.approx(290, abs=2)


def test_a_pen_tells_its_pressure(display: ResidentDisplay) -> None:
    sign, given = signing(display)
    pen = QPointingDevice.primaryPointingDevice()
    kinds = QTabletEvent.Type
    steps = [kinds.TabletPress, *[kinds.TabletMove] * 28, kinds.TabletRelease]
    for kind, at in zip(steps, places(), strict=True):
        event = QTabletEvent(
            kind, pen, at, sign.pad.mapToGlobal(at), 0.5, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(sign.pad, event)
    sign.finish()
    assert [one.means for one in given] == [SignMeans.PEN]
    assert {point.pressure for point in given[0].strokes[0]} == {128}


def test_a_finger_signs_and_the_mouse_events_made_of_it_add_nothing(display: ResidentDisplay) -> None:
    sign, given = signing(display)
    screen = QTest.createTouchDevice()
    QTest.touchEvent(sign.pad, screen).press(0, places()[0].toPoint(), sign.pad).commit()
    for at in places()[1:]:
        QTest.touchEvent(sign.pad, screen).move(0, at.toPoint(), sign.pad).commit()
    QTest.touchEvent(sign.pad, screen).release(0, places()[-1].toPoint(), sign.pad).commit()
    sign.finish()
    assert [one.means for one in given] == [SignMeans.FINGER]
    assert len(given[0].strokes) == 1


def test_a_dot_is_asked_to_be_a_name_and_what_was_drawn_can_be_written_again(display: ResidentDisplay) -> None:
    sign, given = signing(display)
    QTest.mouseClick(sign.pad, Qt.MouseButton.LeftButton)
    button(display, "書きました").click()
    assert given == []
    assert "名前を ぜんぶ 書いてください" in texts(display)
    button(display, "書きなおす").click()
    assert sign.pad.signature().strokes == ()
    assert "ぜんぶ" not in texts(display)
