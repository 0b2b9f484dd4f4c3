"""Administrators before the real staff slice on an encrypted store, with software cards that the real client asks.

Only the line and the reader's wire are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.backend.staff import store
from app.backend.staff.ports import StaffMember
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.cards import CardService
from app.backend.staff.service.changes import ChangeService
from app.backend.staff.service.second_factors import SecondFactors
from app.card.staff_card import FidoStaffCards
from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import Unreachable
from app.services.decide_changes import DecideChanges
from app.services.manage_cards import MANAGE, PASS, IssuePass, ManageCards
from app.services.ports.memory import Outgoing
from app.services.ports.seat import Press, Session, press
from app.services.ports.staff_card import CardAsked
from app.services.ports.staff_desk import NewCard, OncePass
from app.services.propose_changes import ProposeChanges
from app.training.staff_cards import StaffReader
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.ui.background import Lane
from app.ui.flows.admin import AdminDesk
from app.ui.flows.admin_acts import AdminActs
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.button import Button
from app.ui.window import Window
from app.wire import staff as wire
from app.wire import staff_change as change
from tests.support.slices import KITA, MORNING, MovedClock, OpenSlice, call, open_slice
from tests.support.stores import sqlcipher_addresses
from tests.ui.visit.conftest import Hands

OFFICE = SecondFactor("madoguchi.kita.example", "北市")
PASSWORD = "たぬきの合言葉"
QUICK = Strength(memory_kib=64, passes=1, lanes=1)
CLERK, FIRST, SECOND = "k001", "a001", "a002"


@dataclass
class NearStaff:
    """``StaffDesk``: the slice's own service in this process; the line may be down."""

    cards_: CardService
    is_down: bool = False

    def _use(self) -> CardService:
        if self.is_down:
            raise Unreachable
        return self.cards_

    def ask_registration(self, press: Press, session: Session, staff_id: str) -> CardAsked:
        asked = wire.AskRegistration(staff_id=staff_id)
        found = self._use().ask_registration(session.call(press), asked)
        return CardAsked(found.asked, found.options)

    def register(self, press: Press, session: Session, card: NewCard) -> wire.KeyRow:
        asked = wire.RegisterKey(staff_id=card.staff_id, asked=card.asked, answer=card.answer, label=card.label)
        return self._use().register(session.call(press), asked)

    def approve(self, press: Press, session: Session, key_id: str) -> wire.KeyRow:
        return self._use().approve(session.call(press), wire.ApproveKey(key_id=key_id))

    def revoke(self, press: Press, session: Session, key_id: str) -> wire.KeyRow:
        return self._use().revoke(session.call(press), wire.RevokeKey(key_id=key_id))

    def cards(self, press: Press, session: Session, staff_id: str) -> wire.Keys:
        return self._use().keys(session.call(press), wire.AskKeys(staff_id=staff_id))

    def issue_pass(self, press: Press, session: Session, staff_id: str, reason: str) -> OncePass:
        issued = self._use().issue_pass(session.call(press), wire.IssuePass(staff_id=staff_id, reason=reason))
        return OncePass(secret(issued.one_time_pass), issued.expires_at)


@dataclass
class NearChanges:
    """``StaffChanges``: the slice's own service in this process."""

    service: ChangeService
    is_down: bool = False

    def changes(self, press: Press, session: Session, *, decided: bool) -> change.Changes:
        return self.service.changes(session.call(press), change.AskChanges(decided=decided))

    def propose(self, press: Press, session: Session, wish: change.AnyChange, reason: str) -> change.ChangeRow:
        return self._use().propose(session.call(press), change.ProposeChange(change=wish, reason=reason))

    def withdraw(self, press: Press, session: Session, change_id: str) -> change.ChangeRow:
        return self._use().withdraw(session.call(press), change.DecideChange(change_id=change_id))

    def approve(self, press: Press, session: Session, change_id: str) -> change.ChangeRow:
        return self._use().approve(session.call(press), change.DecideChange(change_id=change_id))

    def reject(self, press: Press, session: Session, change_id: str, reason: str) -> change.ChangeRow:
        return self._use().reject(session.call(press), change.RejectChange(change_id=change_id, reason=reason))

    def plan(self, press: Press, session: Session, transfers: tuple[change.Transfer, ...]) -> change.Plan:
        return self._use().plan(session.call(press), change.AskPlan(transfers=transfers))

    def sign_ins(self, press: Press, session: Session, *, refused: bool) -> change.SignIns:
        return self._use().sign_ins(session.call(press), change.AskSignIns(refused=refused))

    def roster(self, press: Press, session: Session) -> change.Roster:
        return self._use().roster(session.call(press), change.AskRoster())

    def _use(self) -> ChangeService:
        if self.is_down:
            raise Unreachable
        return self.service


@dataclass
class ActList:
    """``Journal`` as a list."""

    acts: list[Act] = field(default_factory=list)

    def write(self, act: Act, *outgoing: Outgoing) -> None:
        self.acts.append(act)

    def kinds(self) -> list[str]:
        return [act.kind for act in self.acts]


@dataclass
class Room(Hands):
    """The administrators' room, its reader for staff cards, and the office behind it."""

    slice_: OpenSlice
    staff: StaffService
    service: CardService
    changes: ChangeService
    line: NearStaff
    reader: StaffReader
    journal: ActList
    desk: AdminDesk
    office: NearChanges
    files: list[Path]
    book: store.StaffStore
    left: list[bool] = field(default_factory=list)
    exchanged: list[bool] = field(default_factory=list)

    def session(self, staff_id: str, *acts: str) -> Session:
        """Somebody with a right to these acts."""
        now = self.slice_.clock.now()
        actor = Actor(KITA, staff_id, "北　花子", "市民課", "T-1", tuple(map(Right, acts)))
        return Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "key")

    def come(self, staff_id: str = FIRST, *acts: str) -> None:
        """Sign in and open the room."""
        self.desk.end()
        self.desk.begin(self.session(staff_id, *(acts or (MANAGE, PASS))))
        self.at("管理")

    def buttons(self) -> list[str]:
        """What can be pressed on the screen."""
        return [one.text() for one in self.screen.findChildren(Button) if one.isVisible()]

    def press(self, text: str) -> None:
        """Press the button with that word."""
        next(one for one in self.screen.findChildren(Button) if one.isVisible() and one.text() == text).click()

    def cells(self) -> list[list[str]]:
        """What the tables show, row by row."""
        models = [table.model() for table in self.screen.findChildren(QTableView) if table.isVisible()]
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for model in models
            for row in range(model.rowCount())
        ]

    def by(self, staff_id: str = "") -> Call:
        """A request that somebody makes elsewhere."""
        rights = tuple(map(Right, ("staff.key", "staff.pass", "staff.change", "staff.decide", "staff.read")))
        return call(Actor(KITA, staff_id, "", "", "T-1", rights), self.slice_.clock.now())


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path: Path) -> Iterator[Room]:
    clock = MovedClock(MORNING)
    kit = replace(kit, clock=clock)
    slice_ = open_slice("staff", store, sqlcipher_addresses(tmp_path / "stores")("staff"), clock)
    book = store.StaffStore(slice_.database, slice_.pen)
    factors = SecondFactors(OFFICE, SystemRandom(), slice_.index_key, required=True)
    staff = StaffService(book, factors, clock, SystemRandom(), StaffRules(QUICK))
    for staff_id in (CLERK, FIRST, SECOND):
        member = StaffMember(KITA, "北市", "中央区役所", staff_id, "北　一郎", "市民課", "", is_active=True)
        staff.admit(((member, ()),), secret(PASSWORD), MORNING)
    service = CardService(book, factors)
    rules = StaffRules(QUICK, {"claim": "子ども課", "move": "市民課"}, enrols=True)
    changes = ChangeService(book, SystemRandom(), rules)
    line, reader, journal, lane = NearStaff(service), StaffReader(tmp_path / "none"), ActList(), Lane("office")
    cards = FidoStaffCards(reader.hold, SystemClock(), reader)
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    near, files = NearChanges(changes), list[Path]()
    acts = AdminActs(
        lambda: press(clock, SystemRandom()),
        lane,
        ManageCards(line, cards, journal),
        IssuePass(line, journal),
        DecideChanges(near, journal),
        ProposeChanges(near, journal),
        {"claim": "請求", "move": "転居"},
        lambda _: files.pop(0) if files else None,
    )
    desk = AdminDesk(kit, window, acts)
    made = Room(window, qtbot, slice_, staff, service, changes, line, reader, journal, desk, near, files, book)
    desk.left.connect(lambda: made.left.append(True))
    desk.cards_exchanged.connect(lambda: made.exchanged.append(True))
    window.show()
    window.activateWindow()
    yield made
    desk.end()
    lane.close()
    cards.close()
    slice_.database.close()
