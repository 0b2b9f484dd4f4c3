"""A supervisor before the real review of a real register and desk; only the line between is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.backend.review.service import ReviewService
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.services.ports.seat import Press, Session, press
from app.services.review_accesses import REVIEW, ReviewAccesses
from app.ui.background import Lane
from app.ui.flows.access import AccessActs, AccessFlow
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire.access_review import (
    AskFinding,
    AskReview,
    FindingRow,
    FindingSettled,
    FindingView,
    ReviewQueue,
    SettleFinding,
)
from tests.edge.backend.review.conftest import Office, open_office
from tests.support.slices import KITA, MovedClock, OpenSlice, open_slice
from tests.support.stores import sqlcipher_addresses
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands


@dataclass
class NearReview:
    """``AccessOffice``: the slice's own service in this process."""

    service: ReviewService

    def queue(self, press: Press, session: Session, *, settled: bool) -> ReviewQueue:
        return self.service.queue(session.call(press), AskReview(settled=settled))

    def finding(self, press: Press, session: Session, finding_id: str) -> FindingView:
        return self.service.finding(session.call(press), AskFinding(finding_id=finding_id))

    def settle(self, press: Press, session: Session, row: FindingRow, outcome: str, note: str) -> FindingSettled:
        asked = SettleFinding(finding_id=row.finding_id, version=row.version, outcome=outcome, note=note)
        return self.service.settle(session.call(press), asked)


@dataclass
class Desk(Hands):
    """The supervisor's desk."""

    office: Office
    flow: AccessFlow
    journal: ActList

    def come(self) -> None:
        """Open the review."""
        now = self.office.clock.now()
        actor = Actor(KITA, "v600", "係長　和子", "市民課", "T-9", (Right(REVIEW),))
        session = Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "key")
        self.window.open_screen(self.flow.screen)
        self.flow.begin(session)

    def rows(self) -> list[str]:
        """The list, a line each."""
        model = next(one for one in self.screen.findChildren(QTableView) if one.isVisible()).model()
        columns = range(model.columnCount())
        return [" ".join(str(model.index(row, n).data()) for n in columns) for row in range(model.rowCount())]


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
    review = ReviewAccesses(NearReview(office.review), journal)
    flow = AccessFlow(kit, window, AccessActs(lambda: press(clock, SystemRandom()), lane, review))
    window.show()
    window.activateWindow()
    yield Desk(window, qtbot, office, flow, journal)
    flow.end()
    lane.close()
    for one in opened:
        one.database.close()
