"""C-31: keys and seconds of a visit's steps, and what was done about its alerts, are counted without persons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.services.visit_tally import NOTHING, Took, VisitTally
from app.ui.flows.visit_meter import ISSUE, AlertWatch, VisitMeter, step_of
from app.ui.kit import Kit
from app.ui.screens.hand_in import HandedInScreen
from app.ui.screens.identify_eye import EyeScreen
from app.ui.screens.waiting import WaitingScreen
from app.ui.widgets.alerts import Note
from app.wire.desk_counts import AlertAnswer, StepMeasure
from tests.support.slices import MovedClock

BLOCK, CONFIRM = Note("住所がありません", kind="error"), Note("生年月日を確かめる", kind="warning")


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def by_step(took: Took) -> dict[str, tuple[int, int]]:
    return {one.step: (one.seconds, one.keys) for one in took.steps}


def test_each_step_has_its_seconds_and_keys(kit: Kit, qapp: QApplication, field: QLineEdit) -> None:
    clock = MovedClock()
    meter = VisitMeter(clock)
    qapp.installEventFilter(meter)
    meter.stand(WaitingScreen(kit))
    QTest.keyClick(field, Qt.Key.Key_F2)
    clock.move(minutes=5)
    meter.begin()
    meter.stand(EyeScreen(kit, ()))
    QTest.keyClicks(field, "1985")
    QTest.keyClick(field, Qt.Key.Key_Shift)
    clock.move(seconds=20)
    meter.stand(HandedInScreen(kit))
    clock.move(seconds=4)
    meter.procedure = "claim"
    took = meter.end()
    qapp.removeEventFilter(meter)
    assert by_step(took) == {"call": (0, 1), "identity": (20, 4), "close": (4, 0), "visit": (24, 5)}
    assert {one.procedure for one in took.steps} == {"claim"}
    assert meter.end() == NOTHING


def test_an_alert_that_went_away_was_heeded_and_one_that_stayed_was_overridden() -> None:
    watch = AlertWatch()
    watch.show((BLOCK, CONFIRM))
    watch.show((CONFIRM,))
    watch.go_on()
    assert watch.answers() == (
        AlertAnswer(kind="block", answer="heeded"),
        AlertAnswer(kind="confirm", answer="overridden"),
    )


def test_calling_the_responsible_person_counts_as_that() -> None:
    watch = AlertWatch()
    watch.show((BLOCK,))
    watch.hand_over()
    watch.show(())
    assert watch.answers() == (AlertAnswer(kind="block", answer="handed_over"),)


def test_a_visit_that_is_broken_off_before_an_alert_heeded_it() -> None:
    watch = AlertWatch()
    watch.show((BLOCK, BLOCK, Note("参考", kind="information")))
    assert watch.answers() == (AlertAnswer(kind="block", answer="heeded"),)


def test_alerts_of_the_room_of_certificates_are_kinds_of_their_own_beside_those_of_the_panel() -> None:
    watch = AlertWatch()
    watch.show((CONFIRM,))
    watch.show((Note("見本　花子 様", kind="error"), CONFIRM), ISSUE)
    watch.show((CONFIRM,), ISSUE)
    watch.go_on()
    watch.show((), ISSUE)
    assert watch.answers() == (
        AlertAnswer(kind="confirm", answer="overridden"),
        AlertAnswer(kind="issue", answer="overridden"),
        AlertAnswer(kind="restraint", answer="heeded"),
    )


def test_nothing_of_an_alert_s_words_is_told() -> None:
    watch = AlertWatch()
    watch.show((BLOCK,))
    assert "住所" not in repr(watch.answers())


def test_a_tally_is_taken_once() -> None:
    tally, took = VisitTally(), Took((StepMeasure(step="form", procedure="p", seconds=1, keys=2),))
    tally.keep(Took())
    tally.keep(took)
    assert (tally.take(), tally.take()) == (took, NOTHING)


def test_screens_belong_to_steps(kit: Kit) -> None:
    assert (step_of(WaitingScreen(kit)), step_of(None)) == ("call", "search")
