"""R-040: somebody restrained before the clerk takes the resident's display dark until the clerk's own key."""

import pytest
from PySide6.QtCore import Qt

from app.ui.kit import Kit
from app.ui.resident_display import ResidentDisplay
from app.ui.widgets.resident_strip import ResidentStrip
from tests.ui.visit.conftest import Counter
from tests.ui.visit.test_resident_check import SecondScreen, on_display
from tests.unit.services.conftest import RESTRAINED, hit, record

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def display(kit: Kit) -> ResidentDisplay:
    return SecondScreen(kit, training=True, office="訓練区役所")


def search_with_a_sentence_standing(counter: Counter, *records: object) -> None:
    counter.desk.register.records[:] = records
    counter.start()
    counter.key(Qt.Key.Key_F8)
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("券面目視による本人確認")
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_F12)
    counter.at("住民検索")
    counter.key(Qt.Key.Key_2, ALT)
    assert "すこし" in on_display(counter) or "お待ち" in on_display(counter)
    counter.type("見本　一")
    counter.key(Qt.Key.Key_F3)


def test_a_restrained_person_in_a_list_blanks_it_and_only_f8_brings_it_back(counter: Counter) -> None:
    search_with_a_sentence_standing(
        counter, record(hit("1", name="見本　一")), record(hit("2", name="見本　一", restraints=RESTRAINED))
    )
    counter.says("該当する可能性のある人が複数います")
    assert counter.display.is_neutral()
    assert counter.display.isVisible()
    counter.says("住民側画面を止めました。F8を押すまで、何も出しません。")
    strip = counter.window.findChild(ResidentStrip)
    assert "止めています" in strip.state()
    counter.key(Qt.Key.Key_3, ALT)
    assert counter.display.is_neutral()
    counter.key(Qt.Key.Key_F8)
    assert counter.display.isVisible()
    counter.key(Qt.Key.Key_3, ALT)
    assert not counter.display.is_neutral()
    counter.key(Qt.Key.Key_F3)
    counter.bot.waitUntil(counter.display.is_neutral, timeout=20_000)


def test_nobody_restrained_leaves_it_as_it_was(counter: Counter) -> None:
    """Negative twin."""
    search_with_a_sentence_standing(counter, record(hit("1", name="見本　一")), record(hit("2", name="見本　一")))
    counter.says("該当する可能性のある人が複数います")
    assert not counter.display.is_neutral()


def test_the_next_visit_begins_with_the_display_as_usual(counter: Counter) -> None:
    search_with_a_sentence_standing(counter, record(hit("2", name="見本　一", restraints=RESTRAINED)))
    counter.bot.waitUntil(counter.display.is_neutral, timeout=20_000)
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    counter.start("A013")
    counter.key(Qt.Key.Key_2, ALT)
    assert not counter.display.is_neutral()
