"""Looking somebody up without a visit: the reason comes first and stands in every record (C-12, R-052)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.backend.register.service import RegisterService
from app.domain.clock import SystemRandom
from app.domain.number import MyNumber
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.services.find_person import FindPerson
from app.services.ports.seat import Press, Session, Visit, press
from app.ui.background import Lane
from app.ui.flows.access_lookup import AccessLookupFlow, LookupActs
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire.message import Nothing
from app.wire.register import Hits, OpenRecord, Record, SearchByFour, SearchByNumber, SearchHabits
from tests.edge.backend.register.conftest import FOLDER
from tests.edge.backend.review.acting import queue
from tests.edge.backend.review.conftest import Office, open_office
from tests.support.patient_bot import soon
from tests.support.slices import KITA, MovedClock, OpenSlice, open_slice
from tests.support.stores import sqlcipher_addresses
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands


@dataclass
class NearRegister:
    """``RegisterOffice``: the slice's own service in this process."""

    service: RegisterService

    def search_by_four(self, press: Press, session: Session, asked: SearchByFour) -> Hits:
        return self.service.search(session.call(press), asked)

    def search_by_number(self, press: Press, session: Session, number: MyNumber, visit: Visit) -> Hits:
        asked = SearchByNumber(my_number=number.text(), visit_id=visit.visit_id, reason=visit.reason)
        return self.service.search_by_number(session.call(press), asked)

    def open_record(
        self, press: Press, session: Session, business_number: str, visit: Visit, procedure: str = ""
    ) -> Record:
        asked = OpenRecord(
            business_number=business_number, procedure=procedure, visit_id=visit.visit_id, reason=visit.reason
        )
        return self.service.open(session.call(press), asked)

    def habits(self, press: Press, session: Session) -> SearchHabits:
        return self.service.habits(session.call(press), Nothing())


@dataclass
class Desk(Hands):
    office: Office
    flow: AccessLookupFlow
    journal: ActList


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path) -> Iterator[Desk]:
    clock, opened = MovedClock(), list[OpenSlice]()
    addresses = sqlcipher_addresses(tmp_path / "stores")

    def opener(name: str, store) -> OpenSlice:
        opened.append(open_slice(name, store, addresses(name), clock))
        return opened[-1]

    office, lane, journal = open_office(opener, clock), Lane("office"), ActList()
    kit = replace(kit, clock=clock)
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    find = FindPerson(NearRegister(office.register), journal, FOLDER)
    flow = AccessLookupFlow(kit, LookupActs(lambda: press(clock, SystemRandom()), lane, find))
    actor = Actor(KITA, "k100", "窓口　明子", "市民課", "T-1", (Right("register.search"), Right("register.open")))
    window.show()
    window.activateWindow()
    window.open_screen(flow.screen)
    flow.begin(Session(actor, "北市", "中央区役所", secret("t"), clock.at, clock.at.replace(year=2027), "key"))
    yield Desk(window, qtbot, office, flow, journal)
    flow.end()
    lane.close()
    for one in opened:
        one.database.close()


def test_without_a_reason_nothing_is_asked(desk: Desk) -> None:
    desk.go_to("氏名")
    desk.type("林")
    desk.key(Qt.Key.Key_F3)
    desk.says("照会の理由を選んでください。理由がないと検索できません。")
    assert desk.journal.acts == []
    assert queue(desk.office).total == 0


def test_the_reason_goes_with_the_search_and_with_the_record_that_is_opened(desk: Desk) -> None:
    desk.key(Qt.Key.Key_1)
    desk.go_to("氏名")
    desk.type("髙橋")
    desk.key(Qt.Key.Key_F3)
    desk.bot.waitUntil(lambda: desk.focus().accessibleName() == "検索結果", timeout=6000)
    desk.enter()
    desk.bot.waitUntil(lambda: desk.focus().accessibleName() == "住民記録", timeout=6000)
    seen = queue(desk.office)
    assert (seen.total, seen.by_reason, seen.rows) == (2, 2, ())
    assert [(act.kind, act.visit, act.detail()["reason"]) for act in desk.journal.acts] == [
        ("register.searched", "", "phone"),
        ("record.opened", "", "phone"),
    ]


def test_a_restrained_person_stays_closed_here_too(desk: Desk) -> None:
    desk.key(Qt.Key.Key_4)
    desk.go_to("氏名")
    desk.type("佐藤　光")
    desk.key(Qt.Key.Key_F3)
    desk.bot.waitUntil(lambda: desk.focus().accessibleName() == "検索結果", timeout=6000)
    desk.enter()
    desk.bot.waitUntil(lambda: len(desk.journal.acts) == 2, timeout=6000)
    assert soon(lambda: desk.journal.acts[-1].kind == "record.opened.refused")
    assert "北市中央" not in desk.shown()
    (row,) = queue(desk.office).rows
    assert [one.fact for one in row.reasons] == ["guarded"]


def test_leaving_empties_the_screen(desk: Desk) -> None:
    desk.go_to("氏名")
    desk.type("髙橋")
    desk.key(Qt.Key.Key_Escape)
    assert "髙橋" not in desk.shown()
