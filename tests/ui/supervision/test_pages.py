"""C-26, C-31: a supervisor before the real desk: counters now, the office's numbers, who decides for whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QTableView
from pytestqt.qtbot import QtBot

from app.backend.desk import store
from app.domain.clock import SystemRandom
from app.domain.rights import Actor
from app.domain.secret import secret
from app.services.ports.seat import Press, Session, press
from app.services.supervise import Supervise
from app.ui.background import Lane
from app.ui.flows.counter_now import CounterNowActs, CounterNowFlow
from app.ui.flows.deputies import DeputiesActs, DeputiesFlow
from app.ui.flows.numbers import NumbersActs, NumbersFlow
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.spread_bars import SpreadBars
from app.ui.window import Window
from app.wire.desk_counts import (
    AlertsCounted,
    AskAlertCounts,
    AskCounters,
    AskNumbers,
    CounterSaid,
    CountersNow,
    Fault,
    Numbers,
)
from app.wire.desk_review import ApproveDeputy, AskDelegation, DelegationShown, DeputyRow, EndDeputy, ProposeDeputy
from app.wire.relay_stopped import StoppedEnquiries
from tests.edge.backend.desk.conftest import CLAIM, PROCEDURE, Office, having, office_on
from tests.edge.backend.desk.test_counting import CLERK, close, say, took
from tests.support.patient_bot import soon
from tests.support.slices import MORNING, MovedClock, open_slice, person
from tests.support.stores import sqlcipher_addresses
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands

RIGHTS = ("counter.watch", "numbers.read", "decision.deputy")
BOSS, SECOND = (person(one, *RIGHTS, *having("application.read")) for one in ("012", "013"))


@dataclass
class NearOffice:
    """``SupervisionOffice``: the desk's own service in this process."""

    office: Office
    asked: list[bool] = field(default_factory=list)

    def tell(self, press: Press, session: Session, said: CounterSaid) -> None:
        self.office.desk.counting.tell(session.call(press), said)

    def counters(self, press: Press, session: Session, asked: AskCounters) -> CountersNow:
        self.asked.append(asked.again)
        return self.office.desk.counting.now(session.call(press), asked)

    def numbers(self, press: Press, session: Session, asked: AskNumbers) -> Numbers:
        return self.office.desk.counting.numbers(session.call(press), asked)

    def alerts(self, press: Press, session: Session, asked: AskAlertCounts) -> AlertsCounted:
        return self.office.desk.counting.alerts(session.call(press), asked)

    def delegation(self, press: Press, session: Session, asked: AskDelegation) -> DelegationShown:
        return self.office.desk.deputies.shown(session.call(press), asked)

    def propose(self, press: Press, session: Session, asked: ProposeDeputy) -> DeputyRow:
        return self.office.desk.deputies.propose(session.call(press), asked)

    def approve(self, press: Press, session: Session, asked: ApproveDeputy) -> DeputyRow:
        return self.office.desk.deputies.approve(session.call(press), asked)

    def end(self, press: Press, session: Session, asked: EndDeputy) -> DeputyRow:
        return self.office.desk.deputies.end(session.call(press), asked)


class NothingStopped:
    """``TendStopped`` of an office in which nothing was given up."""

    def shown(self, press: Press, session: Session) -> StoppedEnquiries:
        return StoppedEnquiries(rows=())


@dataclass
class Room(Hands):
    """A supervisor's pages."""

    office: Office
    line: NearOffice
    journal: ActList
    pages: dict[str, CounterNowFlow | NumbersFlow | DeputiesFlow]
    saved: dict[str, str] = field(default_factory=dict)

    def open(self, page: str, actor: Actor = BOSS) -> None:
        now = self.office.slice.clock.at
        session = Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "not_asked")
        for one in self.pages.values():
            one.end()
        flow = self.pages[page]
        self.window.open_screen(flow.screen)
        flow.begin(session)

    def table(self, place: int = 0) -> str:
        found = [one for one in self.window.findChildren(QTableView) if one.isVisible()]
        model = found[place].model()
        rows = range(model.rowCount())
        return "\n".join("　".join(str(model.index(r, c).data()) for c in range(model.columnCount())) for r in rows)

    def sees(self, text: str, place: int = 0) -> None:
        self.bot.waitUntil(lambda: text in self.table(place))


@pytest.fixture(scope="module")
def lane() -> Iterator[Lane]:
    made = Lane("office")
    yield made
    assert made.close()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path: Path, lane: Lane) -> Iterator[Room]:
    clock = MovedClock(MORNING)
    kit = replace(kit, clock=clock)
    opened = open_slice("desk", store, sqlcipher_addresses(tmp_path / "stores")("desk"), clock)
    office, journal = office_on(opened), ActList()
    line = NearOffice(office)
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    supervise, procedures, saved = Supervise(line, journal), {CLAIM: PROCEDURE}, {}

    def new_press() -> Press:
        return press(clock, SystemRandom())

    def keep(title: str, name: str, content: str) -> Path:
        saved[name] = content
        return tmp_path / name

    pages = {
        "now": CounterNowFlow(kit, window, CounterNowActs(new_press, lane, supervise, NothingStopped())),
        "numbers": NumbersFlow(kit, window, NumbersActs(new_press, lane, supervise, procedures, keep)),
        "deputies": DeputiesFlow(kit, window, DeputiesActs(new_press, lane, supervise, procedures, lambda: "d1")),
    }
    qtbot.addWidget(window)
    window.show()
    yield Room(window, qtbot, office, line, journal, pages, saved)
    for one in pages.values():
        one.end()
    opened.database.close()


def test_each_counter_stands_there_with_its_state_and_its_faults_in_words(room: Room) -> None:
    say(room.office, faults=(Fault(part="printer", code="media-empty"),), outgoing=2, dead=1)
    room.open("now")
    room.sees("記入")
    shown = room.table()
    assert "プリンター：用紙がありません" in shown
    assert "2件（うち送れない 1件）" in shown
    assert "髙橋" not in shown


def test_it_is_read_anew_by_itself_and_recorded_once(room: Room) -> None:
    say(room.office)
    room.open("now")
    room.sees("記入")
    say(room.office, state="waiting")
    room.pages["now"]._timer.timeout.emit()
    room.sees("次の人を待っている")
    assert room.line.asked == [False, True]
    assert soon(lambda: [act.kind for act in room.journal.acts] == ["counters.viewed"])


def test_who_calls_the_responsible_person_is_seen_at_once(room: Room) -> None:
    say(room.office, state="supervisor")
    room.open("now")
    room.sees("責任者を呼んでいる")


def test_numbers_are_bars_and_the_same_in_a_table_and_in_a_file(room: Room) -> None:
    for at, seconds in enumerate((100, 200, 300)):
        close(room.office, f"v{at}", took("form", seconds, 10))
    room.open("numbers")
    view = room.window.focusWidget()
    assert isinstance(view, QComboBox)
    view.setCurrentIndex(view.findData("visit"))
    room.sees("記入")
    assert "児童手当　記入　3　3分　5分" in room.table()
    (bars,) = room.window.findChildren(SpreadBars)
    assert bars.accessibleDescription() == "児童手当　記入 3分／5分"
    room.key(Qt.Key.Key_F11)
    assert room.saved["numbers.csv"].splitlines()[1] == "児童手当,記入,3,3分,5分"
    assert not any(word in room.saved["numbers.csv"] for word in ("v0", CLERK.name, CLERK.staff_id))


def test_what_is_too_rare_to_be_told_is_not_told(room: Room) -> None:
    close(room.office, "v1", took("form", 100, 10))
    room.open("numbers")
    view = room.window.focusWidget()
    assert isinstance(view, QComboBox)
    view.setCurrentIndex(view.findData("keys"))
    room.sees("少数")


def test_a_stand_in_is_proposed_by_one_and_approved_by_another(room: Room) -> None:
    room.open("deputies")
    room.sees("すべての手続", place=1)
    room.key(Qt.Key.Key_F12)
    room.says("入力してください")
    room.type("010")
    for index in (1, 1, 3):
        room.key(Qt.Key.Key_Return)
        box = room.window.focusWidget()
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(index)
    room.key(Qt.Key.Key_F12)
    room.sees("承認待ち")
    room.pages["deputies"].screen.first_focus().setFocus()
    room.key(Qt.Key.Key_F7)  # who proposed it is offered no approval
    room.open("deputies", SECOND)
    room.sees("承認待ち")
    room.key(Qt.Key.Key_F7)
    room.sees("承認済み")
    kinds = [act.kind for act in room.journal.acts]
    assert (kinds.count("deputy.proposed"), kinds.count("deputy.approved")) == (1, 1)
