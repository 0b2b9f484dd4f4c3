"""A clerk with a confirmed person before the real register on an encrypted store; only the line is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QTableView
from pytestqt.qtbot import QtBot

from app.backend.register import store
from app.backend.register.service.certificate_desk import CertificateDesk
from app.backend.register.service.issuing import IssueService
from app.domain.clock import SystemRandom
from app.domain.person import Capacity
from app.domain.rights import Actor
from app.domain.secret import secret
from app.errors import Unreachable
from app.services.compose_certificate import parse_certificate_words
from app.services.issue_certificate import CertificatePress, IssueCertificate
from app.services.judge_issue import JudgeIssue
from app.services.ports.seat import Press, Session, Visit, press
from app.services.tend_seals import TendSeals
from app.shipped import read_toml
from app.ui.background import Lane
from app.ui.flows.certificate_acts import CertificateActs
from app.ui.flows.certificates import CertificateRoom
from app.ui.flows.visit_state import Present
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire import certificate, seal
from app.wire.register import OpenRecord
from app.wire.register_restraint import AskIssue, CheckPrint, IssueVerdict, PrintLeave
from tests.edge.backend.register.changing import BOSS
from tests.edge.backend.register.issuing import ISSUER, LICENCE, window_on
from tests.edge.backend.register.issuing import Window as Office
from tests.support.documents import CAPACITIES, DOCUMENTS
from tests.support.imprints import imprint
from tests.support.printing import Printed, forms
from tests.support.slices import MORNING, MovedClock, call, open_slice
from tests.support.stores import sqlcipher_addresses
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands


@dataclass
class NearDesk:
    """``CertificateOffice`` and ``SealOffice``: the register's own desk in this process; the line may be down."""

    desk: CertificateDesk
    is_down: bool = False

    def _ask(self, does: Any, press: Press, session: Session, asked: Any) -> Any:
        if self.is_down:
            raise Unreachable
        return does(session.call(press), asked)

    def kinds(self, press: Press, session: Session) -> certificate.Kinds:
        return self._ask(self.desk.certificates.kinds, press, session, certificate.AskKinds())

    def draft(self, press: Press, session: Session, asked: certificate.AskCertificate) -> certificate.CertificateDraft:
        return self._ask(self.desk.certificates.draft, press, session, asked)

    def issue(self, press: Press, session: Session, asked: certificate.IssueCopies) -> certificate.Copies:
        return self._ask(self.desk.certificates.issue, press, session, asked)

    def copies(self, press: Press, session: Session, visit_id: str) -> certificate.Copies:
        return self._ask(self.desk.copies.copies, press, session, certificate.AskCopies(visit_id=visit_id))

    def print(self, press: Press, session: Session, asked: certificate.PrintCopy) -> certificate.PrintedCopy:
        return self._ask(self.desk.copies.print, press, session, asked)

    def spoil(self, press: Press, session: Session, asked: certificate.SpoilCopy) -> certificate.CopyRow:
        return self._ask(self.desk.copies.spoil, press, session, asked)

    def hand(self, press: Press, session: Session, asked: certificate.HandCopy) -> certificate.CopyRow:
        return self._ask(self.desk.copies.hand, press, session, asked)

    def correct_fee(self, press: Press, session: Session, asked: certificate.CorrectFee) -> certificate.CopyRow:
        return self._ask(self.desk.copies.correct_fee, press, session, asked)

    def seals(self, press: Press, session: Session, about: tuple[str, str]) -> seal.Seals:
        asked = seal.AskSeals(business_number=about[0], visit_id=about[1])
        return self._ask(self.desk.seals.seals, press, session, asked)

    def register(self, press: Press, session: Session, asked: seal.RegisterSeal) -> seal.SealDone:
        return self._ask(self.desk.seals.register, press, session, asked)

    def answer(self, press: Press, session: Session, asked: seal.AnswerLetter) -> seal.SealRow:
        return self._ask(self.desk.seals.answer, press, session, asked)

    def cancel(self, press: Press, session: Session, asked: seal.CancelSeal) -> seal.SealRow:
        return self._ask(self.desk.seals.cancel, press, session, asked)


@dataclass
class NearLeave:
    """``IssueLeave``, as far as it is asked before a draft."""

    service: IssueService

    def judge(self, press: Press, session: Session, asked: AskIssue) -> IssueVerdict:
        return self.service.judge(session.call(press), asked)

    def check_print(self, press: Press, session: Session, asked: CheckPrint) -> PrintLeave:
        return self.service.check_print(session.call(press), asked)


@dataclass
class Counter(Hands):
    """The rooms, the register behind them, papers that were printed, and the picture that the clerk would choose."""

    office: Office
    room: CertificateRoom
    line: NearDesk
    journal: ActList
    clock: MovedClock
    printed: Printed
    picture: list[bytes] = field(default_factory=lambda: [imprint(15)])

    def present(self, business_number: str = "300", actor: Actor = ISSUER, **more: Any) -> Present:
        record = self.office.register.open(call(BOSS, MORNING), OpenRecord(business_number=business_number))
        given = {"capacity": Capacity.SELF, "record": record, "evidence": LICENCE} | more
        return Present(self.session(actor), Visit("v1", "A012", self.clock.now()), **given)

    def session(self, actor: Actor = ISSUER) -> Session:
        now = self.clock.now()
        return Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "key")

    def print(self) -> None:
        """The marked number is printed, the list is open again."""
        self.key(Qt.Key.Key_F9)
        self.at("印刷")
        self.key(Qt.Key.Key_F9)
        self.says("を保存しました")
        self.key(Qt.Key.Key_F11)
        self.at("交付の一覧")

    def issue(self, *ticks: str) -> None:
        """From the request to the list, for one copy of the first kind."""
        self.room.begin(self.present())
        self.at("証明書の請求")
        self.fill(*ticks)
        self.key(Qt.Key.Key_F12)
        self.at("証明書の内容の確認")
        self.key(Qt.Key.Key_F12)
        self.at("交付の一覧")
        self.waits_for("番号だけ")

    def fill(self, *ticks: str) -> None:
        self.bot.waitUntil(lambda: self.screen.kind.box.count() > 1, timeout=20_000)  # type: ignore[attr-defined]
        self.screen.kind.show_value("residence_copy")  # type: ignore[attr-defined]
        for word in ticks:
            self.tick(word)

    def tick(self, word: str) -> None:
        def found() -> list[QCheckBox]:
            boxes = self.screen.findChildren(QCheckBox)
            return [one for one in boxes if one.isVisible() and one.text().startswith(word)]

        self.bot.waitUntil(lambda: bool(found()), timeout=20_000)
        found()[0].setChecked(True)

    def rows(self) -> list[str]:
        """The lines of the screen's table."""
        (table,) = (one for one in self.screen.findChildren(QTableView) if one.isVisible())
        model = table.model()
        columns = range(model.columnCount())
        return [" ".join(str(model.index(row, n).data() or "") for n in columns) for row in range(model.rowCount())]

    def waits_for(self, text: str) -> None:
        self.bot.waitUntil(lambda: any(text in row for row in self.rows()), timeout=20_000)


@pytest.fixture
def counter(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path) -> Iterator[Counter]:
    clock = MovedClock(MORNING)
    opened = open_slice("register", store, sqlcipher_addresses(tmp_path / "stores")("register"), clock)
    office, journal, lane = window_on(opened), ActList(), Lane("office")
    line = NearDesk(office.desk)
    words = parse_certificate_words(read_toml("text", "certificate.toml"))
    papers = CertificatePress(forms(), words, "北市長", "")
    kit = replace(kit, clock=clock)
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    make_press = partial(press, clock, SystemRandom())
    printed = Printed((kit, window), make_press, journal, tmp_path / "papers")
    picture = [imprint(15)]
    acts = CertificateActs(
        press=make_press,
        lane=lane,
        issue=IssueCertificate(line, journal, papers),
        judge=JudgeIssue(NearLeave(office.changes.issue), journal),
        documents=DOCUMENTS,
        seals=TendSeals(line, journal, papers),
        show_paper=printed.desk.show,
        print_late=printed.desk.show_late,
        pick=lambda: picture[0],
    )
    room = CertificateRoom(kit, window, acts, CAPACITIES)
    before = Screen(kit, "手続の選択")
    window.open_screen(before)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    counter = Counter(window, qtbot, office, room, line, journal, clock, printed, picture)
    printed.desk.begin(counter.session())
    yield counter
    room.end()
    printed.close()
    assert lane.close()
    opened.database.close()
