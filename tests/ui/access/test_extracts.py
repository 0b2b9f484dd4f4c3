"""閲覧記録の開示 on the screen: prepared by one, approved by another, what is withheld, a file that proves itself.

C-11, C-12, R-032.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemRandom
from app.domain.rights import Actor
from app.domain.secret import secret
from app.errors import DiskFull
from app.services.disclose_accesses import EXTRACT, DiscloseAccesses
from app.services.ports.seat import Press, Session, press
from app.trust.checkpoint import origin_of
from app.trust.extract import check_extract
from app.ui.background import Lane
from app.ui.flows.extract_disclosure import ExtractActs, ExtractFlow
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire.access_review import (
    AccessExtract,
    ApproveExtract,
    AskExtractFile,
    AskExtracts,
    ExtractFile,
    ExtractList,
    ExtractProposed,
    ProposeExtract,
)
from tests.edge.backend.review.acting import CHIEF, CLERK, OTHER, look
from tests.edge.backend.review.conftest import Office, open_office
from tests.support.patient_bot import soon
from tests.support.slices import KITA, MovedClock, OpenSlice, open_slice
from tests.support.stores import sqlcipher_addresses
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands


@dataclass
class NearExtracts:
    """``ExtractOffice``: the slice's own service in this process."""

    office: Office

    def extracts(self, press: Press, session: Session) -> ExtractList:
        return self.office.extracts.listed(session.call(press), AskExtracts())

    def propose(self, press: Press, session: Session, asked: ProposeExtract) -> ExtractProposed:
        return self.office.extracts.propose(session.call(press), asked)

    def approve(self, press: Press, session: Session, extract_id: str) -> AccessExtract:
        return self.office.extracts.approve(session.call(press), ApproveExtract(extract_id=extract_id))

    def file(self, press: Press, session: Session, extract_id: str) -> ExtractFile:
        return self.office.extracts.again(session.call(press), AskExtractFile(extract_id=extract_id))


@dataclass
class Saved:
    """Where files go; ``full``: nowhere."""

    files: dict[str, str] = field(default_factory=dict)
    full: bool = False

    def save(self, _: str, name: str, content: str) -> Path | None:
        if self.full:
            raise DiskFull
        self.files[name] = content
        return Path("/media") / name


@dataclass
class Desk(Hands):
    """The room's desk; whoever ``comes`` sits there."""

    office: Office
    flow: ExtractFlow
    journal: ActList
    saved: Saved

    def comes(self, actor: Actor) -> None:
        self.flow.end()
        now = self.office.clock.now()
        session = Session(actor, "見本市", "中央区役所", secret("t"), now, now.replace(year=2027), "key")
        self.window.open_screen(self.flow.screen)
        self.flow.begin(session)

    def rows(self) -> list[str]:
        model = next(one for one in self.screen.findChildren(QTableView) if one.isVisible()).model()
        columns = range(model.columnCount())
        return [" ".join(str(model.index(row, n).data()) for n in columns) for row in range(model.rowCount())]

    def fill(self, *days: tuple[str, str, str]) -> None:
        screen = self.flow.screen
        screen._request.show_text("開示 第1号")
        screen._person.show_text("103")
        for day, typed in zip((screen._since, screen._until), days, strict=True):
            day.show_typed("\t".join(("令和", *typed)))


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path: Path) -> Iterator[Desk]:
    clock, addresses, opened = MovedClock(), sqlcipher_addresses(tmp_path), list[OpenSlice]()

    def opener(name: str, store) -> OpenSlice:
        opened.append(open_slice(name, store, addresses(name), clock))
        return opened[-1]

    office = open_office(opener, clock)
    kit, lane, journal, saved = replace(kit, clock=clock), Lane("office"), ActList(), Saved()
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    extracts = DiscloseAccesses(NearExtracts(office), journal)
    flow = ExtractFlow(kit, window, ExtractActs(lambda: press(clock, SystemRandom()), lane, extracts, saved.save))
    window.show()
    window.activateWindow()
    yield Desk(window, qtbot, office, flow, journal, saved)
    flow.end()
    lane.close()
    for one in opened:
        one.database.close()


def test_one_prepares_another_approves_and_the_saved_file_proves_itself(desk: Desk) -> None:
    look(desk.office, "103", reason="phone")
    look(desk.office, "103", actor=replace(CLERK, staff_id="002"))
    desk.comes(CHIEF)
    desk.says("開示の写しはありません")
    desk.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert desk.flow.screen._person.error()
    desk.fill(("8", "11", "20"), ("8", "11", "21"))
    desk.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    desk.says("別の職員が承認すると、保存できるようになります。")
    assert desk.rows() == ["別の職員の承認待ち 開示 第1号 103 R8.11.20〜R8.11.21 009（11/20 10:00）"]
    desk.says("承認は、あなたの他の職員が行います。")
    desk.key(Qt.Key.Key_F12)
    desk.key(Qt.Key.Key_F11)
    assert soon(lambda: desk.journal.kinds()[-1] == "access_extracts.shown"), "neither may who prepared it"

    desk.comes(OTHER)
    desk.says("請求書と本人確認の控えを確かめてから承認してください。")
    desk.key(Qt.Key.Key_F12)
    desk.says("出すものと出さないものが決まりました。")
    desk.says("写しに出る閲覧 1件（日時、見方、手続、照会の理由）")
    desk.says("出さない項目 職員の氏名、職員番号、端末：個人情報の保護に関する法律 第78条第1項第2号")
    desk.says("行ごと出さない閲覧 1件：個人情報の保護に関する法律 第78条第1項第7号ハ")
    desk.key(Qt.Key.Key_F11)
    desk.says("ファイルに保存しました")
    (content,) = desk.saved.files.values()
    logs = {"review": desk.office.own.signing.public}
    logs |= {source.log: source._ledger.signing.public for source in desk.office.review._sources}
    checked = check_extract(content, KITA, {origin_of(log, KITA): key for log, key in logs.items()})
    assert checked.logs == (origin_of("register", KITA),)
    assert soon(lambda: desk.journal.kinds()[-2:] == ["access_extracts.shown", "access_extracts.saved"])


def test_who_neither_prepared_nor_approved_is_offered_no_file_and_a_full_disk_is_told(desk: Desk) -> None:
    desk.comes(CHIEF)
    desk.says("開示の写しはありません")
    desk.fill(("8", "11", "20"), ("8", "11", "19"))
    desk.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    desk.says("期間が逆になっています")
    assert desk.flow.screen._person.text() == "103", "what was typed stays"
    desk.fill(("8", "11", "20"), ("8", "11", "20"))
    desk.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    desk.says("写しを用意しました")
    desk.comes(OTHER)
    desk.says("請求書と本人確認の控え")
    desk.key(Qt.Key.Key_F12)
    desk.says("写しに出る閲覧はありません。")
    desk.saved.full = True
    desk.key(Qt.Key.Key_F11)
    desk.says("空き容量がありません")
    third = replace(OTHER, staff_id="011")
    assert third.rights[-1].act == EXTRACT
    desk.comes(third)
    desk.says("010さんが承認しました。")
    assert not desk.flow.screen._save.isVisible()
    desk.flow.end()
    assert "103" not in desk.shown()
