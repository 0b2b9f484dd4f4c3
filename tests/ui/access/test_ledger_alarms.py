"""A supervisor sees what did not hold in a log, what to do now, and takes note by keys (C-12, R-032, R-077)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.backend.ledger.service import Alarms
from app.backend.ledger.store import AlarmStore
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import Conflict, NotAllowed, Refused
from app.services.ledger_alarms import REVIEW, LedgerAlarms
from app.services.ports.seat import Press, Session, press
from app.ui.background import Lane
from app.ui.flows.ledger_alarms import LedgerAlarmActs, LedgerAlarmsFlow
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire.ledger_alarms import AlarmList, AlarmNoted, AlarmView, AskAlarms, NoteAlarm
from tests.edge.ledger.cities import HERE, THERE, City, bring_back, copy_away, introduce
from tests.support.patient_bot import soon
from tests.support.slices import MovedClock
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands


@dataclass
class NearAlarms:
    """``AlarmOffice``: the slice's own service in this process."""

    city: City

    @property
    def service(self) -> Alarms:
        return self.city.ledger.alarms

    def alarms(self, press: Press, session: Session) -> AlarmList:
        return self.service.shown(session.call(press), AskAlarms())

    def note(self, press: Press, session: Session, alarm: AlarmView, note: str) -> AlarmNoted:
        asked = NoteAlarm(log=alarm.log, kind=alarm.kind, size=alarm.size, known=len(alarm.notes), note=note)
        return self.service.note(session.call(press), asked)


@dataclass
class Desk(Hands):
    """The supervisor's desk."""

    here: City
    there: City
    flow: LedgerAlarmsFlow
    journal: ActList
    office: NearAlarms

    def session(self, *rights: str) -> Session:
        now = self.here.clock.now()
        actor = Actor(HERE, "v600", "係長　和子", "市民課", "T-9", tuple(map(Right, rights)))
        return Session(actor, "見本市", "中央区役所", secret("t"), now, now.replace(year=2027), "key")

    def come(self) -> None:
        self.window.open_screen(self.flow.screen)
        self.flow.begin(self.session(REVIEW))

    def rows(self) -> list[str]:
        """The list, a line each."""
        model = next(one for one in self.screen.findChildren(QTableView) if one.isVisible()).model()
        columns = range(model.columnCount())
        return [" ".join(str(model.index(row, n).data()) for n in columns) for row in range(model.rowCount())]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path: Path) -> Iterator[Desk]:
    clock = MovedClock()
    here, there = (City(tmp_path, code, clock) for code in (HERE, THERE))
    introduce(here, there)
    kit, lane, journal = replace(kit, clock=clock), Lane("office"), ActList()
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    office = NearAlarms(here)
    alarms = LedgerAlarms(office, journal)
    acts = LedgerAlarmActs(lambda: press(clock, SystemRandom()), lane, alarms, {THERE: "手本市"})
    flow = LedgerAlarmsFlow(kit, window, acts)
    window.show()
    window.activateWindow()
    yield Desk(window, qtbot, here, there, flow, journal, office)
    flow.end()
    lane.close()
    for city in (here, there):
        city.close()


def roll_back(desk: Desk, folder: Path) -> None:
    """Yesterday's disk, which only the counterpart can tell."""
    desk.here.write(5)
    desk.here.showing(desk.there).turn()
    copy_away(desk.here, folder / "yesterday")
    desk.here.write(4, first=5)
    desk.here.showing(desk.there).turn()
    bring_back(desk.here, folder / "yesterday")
    desk.here.clock.move(minutes=5)
    desk.here.showing(desk.there).turn()


def test_where_everything_holds_nothing_is_asked_of_anybody(desk: Desk) -> None:
    desk.here.write(1)
    desk.come()
    desk.says("警報はありません。1本の台帳を、この役所と外の証人が見張っています。")
    assert desk.rows() == []
    desk.key(Qt.Key.Key_F12)
    assert soon(lambda: desk.journal.kinds() == ["ledger_alarms.shown"])


def test_what_a_counterpart_found_is_read_and_taken_note_of_by_keys(desk: Desk, tmp_path: Path) -> None:
    roll_back(desk, tmp_path)
    desk.come()
    desk.says("まだ誰も確認していないものが1件あります")
    (row,) = desk.rows()
    assert row == "未確認 職員の台帳 台帳が短くなった 手本市の証人 11/20 10:05"
    desk.says("古いデータに戻されたか、新しい記録が消されたおそれがあります。")
    desk.says("電算担当と情報セキュリティの責任者へ電話する")
    desk.key(Qt.Key.Key_F12)
    desk.says("確認したことと対応を入力してください。")
    desk.type("電算担当へ電話した。")
    desk.key(Qt.Key.Key_F12)
    desk.says("あなたの名前と日時で残りました")
    (row,) = desk.rows()
    assert row.startswith("確認済み")
    desk.says("係長　和子（R8.11.20 10:05）：電算担当へ電話した。")
    own = desk.here.ledger.own
    acts = own.database.read(lambda c: [own.book.act(c, HERE, one) for one in own.book.kept(c, HERE)])
    assert [act.kind for act in acts] == ["ledger.alarms_viewed", "ledger.alarm_noted", "ledger.alarms_viewed"]
    assert (acts[1].staff_id, acts[1].about, acts[1].detail()["fault"]) == ("v600", "staff", "shown_rolled_back")
    assert soon(lambda: "ledger_alarms.noted" in desk.journal.kinds())


def test_the_counterpart_reads_whose_log_it_is(desk: Desk, tmp_path: Path) -> None:
    """What is found in another city's log stands in one's own list, under that city's name."""
    roll_back(desk, tmp_path)
    found = desk.there.ledger.alarms.shown(desk.there.call(), AskAlarms())
    assert [(row.log, row.kind, row.found_by) for row in found.rows] == [(f"{HERE}/staff", "rolled_back", "")]
    assert desk.flow._reader.log(f"{THERE}/staff") == "手本市の職員の台帳"


def test_how_far_the_counterpart_is_stands_above_the_list(desk: Desk) -> None:
    own = desk.here.ledger.own
    store = AlarmStore(own.database, own.cells, own.answers, own.pen)
    reader, alarms = desk.flow._reader, Alarms(store, (THERE,))
    assert "まだ確認なし" in reader.witnesses(alarms.shown(desk.here.call(), AskAlarms()))
    desk.here.ledger.service.collect()
    desk.here.showing(desk.there).turn()
    desk.here.write(2)
    said = reader.witnesses(alarms.shown(desk.here.call(), AskAlarms()))
    assert said == "外の証人：手本市　最後の確認 R8.11.20 10:00、確認待ちの台帳1本"


def test_only_supervisors_see_it_and_two_do_not_write_over_each_other(desk: Desk, tmp_path: Path) -> None:
    roll_back(desk, tmp_path)
    pressed, chief = press(desk.here.clock, SystemRandom()), desk.session(REVIEW)
    with pytest.raises(NotAllowed):
        desk.office.alarms(pressed, desk.session("desk.read"))
    (alarm,) = desk.office.alarms(pressed, chief).rows
    with pytest.raises(Refused):
        desk.office.note(press(desk.here.clock, SystemRandom()), chief, alarm, "　")
    desk.office.note(press(desk.here.clock, SystemRandom()), chief, alarm, "見た。")
    with pytest.raises(Conflict):
        desk.office.note(press(desk.here.clock, SystemRandom()), chief, alarm, "私も見た。")


def test_nothing_of_anybody_stays_when_the_supervisor_leaves(desk: Desk, tmp_path: Path) -> None:
    roll_back(desk, tmp_path)
    desk.come()
    desk.says("まだ誰も確認していないものが1件あります")
    desk.flow.end()
    assert "職員の台帳" not in desk.shown()
    assert desk.flow.screen.first_focus().items() == ()  # type: ignore[attr-defined]
