"""Clerks of social insurance before the real slice on encrypted stores; only the line is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.backend.addressee import store as addressee_store
from app.backend.socialaddress import store
from app.client.social_wing import shipped_social_rules
from app.domain.clock import SystemRandom
from app.domain.rights import Actor
from app.domain.secret import secret
from app.errors import Unreachable
from app.services.entry_drafts import EntryDrafts
from app.services.ports.seat import Press, Session, press
from app.services.tend_parties import TendParties
from app.services.tend_social import TendSocial
from app.ui.background import Lane
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.other_rooms import OtherRoomsDesk
from app.ui.flows.social_room import SocialRoom
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire import social_address as address
from app.wire import social_address_entries as entries
from app.wire import social_address_merge as merge
from app.wire import social_address_tax as taxes
from tests.edge.backend.socialaddress.office import Office, open_office, rights
from tests.fakes.memory import MemoryWork
from tests.support.slices import MORNING, MovedClock, open_slice
from tests.support.stores import sqlcipher_addresses
from tests.ui.admin.conftest import ActList
from tests.ui.tables import Tables

CLERK, BOSS, READER, NOBODY = "c1", "d1", "r1", "n1"
_MORE = {
    BOSS: ("merge_decide", "protect", "show_account", "show_address"),
    READER: (),
    NOBODY: (),
}


@dataclass
class Line:
    """The way to the slice in this process; it may be down."""

    office: Office
    is_down: bool = False

    @property
    def desk(self) -> Any:
        if self.is_down:
            raise Unreachable
        return self.office.desk


@dataclass
class NearParties:
    """``SocialParties``: the slice's own services."""

    line: Line

    @property
    def _desk(self) -> Any:
        return self.line.desk

    def find(self, at: Press, session: Session, asked: address.FindParties) -> address.Parties:
        return self._desk.parties.find(session.call(at), asked)

    def open(self, at: Press, session: Session, asked: address.OpenParty) -> address.PartyView:
        return self._desk.parties.open(session.call(at), asked)

    def history(self, at: Press, session: Session, asked: address.AskPartyHistory) -> address.PartyHistory:
        return self._desk.parties.history(session.call(at), asked)

    def keep(self, at: Press, session: Session, asked: address.KeepParty) -> address.PartyKept:
        return self._desk.parties.keep(session.call(at), asked)

    def protect(self, at: Press, session: Session, asked: address.ProtectParty) -> address.PartyKept:
        return self._desk.parties.protect(session.call(at), asked)

    def keep_delivery(self, at: Press, session: Session, asked: entries.KeepDelivery) -> entries.EntryKept:
        return self._desk.entries.deliver(session.call(at), asked)

    def keep_contact(self, at: Press, session: Session, asked: entries.KeepContact) -> entries.EntryKept:
        return self._desk.entries.note_contact(session.call(at), asked)

    def keep_account(self, at: Press, session: Session, asked: entries.KeepAccount) -> entries.EntryKept:
        return self._desk.entries.keep_account(session.call(at), asked)

    def end_delivery(self, at: Press, session: Session, asked: entries.EndEntry) -> entries.EntryKept:
        return self._desk.entries.end(session.call(at), asked)

    end_account = end_delivery

    def tax(self, at: Press, session: Session, asked: taxes.AskPartyTax) -> taxes.PartyTax:
        return self._desk.taxes.seen(session.call(at), asked)


@dataclass
class NearSocialOffice:
    """``SocialOffice`` likewise."""

    line: Line

    @property
    def _desk(self) -> Any:
        return self.line.desk

    def merges(self, at: Press, session: Session, asked: merge.AskMerges) -> merge.Merges:
        return self._desk.merging.merges(session.call(at), asked)

    def propose(self, at: Press, session: Session, asked: merge.ProposeMerge) -> merge.MergeRow:
        return self._desk.merging.propose(session.call(at), asked)

    def decide(self, at: Press, session: Session, asked: merge.DecideMerge) -> merge.MergeRow:
        return self._desk.merging.decide(session.call(at), asked)

    def transfers(self, at: Press, session: Session, asked: taxes.AskSocialTransfers) -> taxes.TransferRows:
        return self._desk.tending.transfers(session.call(at), asked)

    def again(self, at: Press, session: Session, asked: taxes.SendAgain) -> None:
        self._desk.tending.again(session.call(at), asked)


@dataclass
class Room(Tables):
    """The doors, the room behind them, and the slice behind that."""

    office: Office
    line: Line
    desk: OtherRoomsDesk
    room: SocialRoom
    journal: ActList
    work: MemoryWork

    def come(self, staff_id: str = CLERK) -> None:
        """Somebody sits down and opens the doors."""
        now, actor = self.office.clock.now(), self.actor(staff_id)
        self.desk.end()
        self.work.close()
        self.work.open(staff_id, secret("p"), None)
        self.desk.begin(Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "key"))
        self.at("ほかの業務")

    def actor(self, staff_id: str) -> Actor:
        made = self.office.clerk(staff_id, *rights(*_MORE.get(staff_id, ())))
        only = {READER: ("search", "read"), NOBODY: ()}.get(staff_id)
        return made if only is None else replace(made, rights=rights(*only))

    def act(self, kind: str) -> dict[str, object]:
        """What the last act of that kind says."""
        return next(one.detail() for one in reversed(self.journal.acts) if one.kind == kind)


@pytest.fixture(scope="package")
def slice_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    addresses, clock = sqlcipher_addresses(tmp_path_factory.mktemp("social")), MovedClock()
    mine = open_slice("socialaddress", store, addresses("socialaddress"), clock)
    theirs = open_slice("addressee", addressee_store, addresses("addressee"), clock)
    yield open_office(mine, theirs)
    mine.database.close()
    theirs.database.close()


@pytest.fixture
def office(slice_: Office) -> Office:
    """A municipality of the test's own."""
    made = slice_.elsewhere()
    made.clock.at = MORNING
    made.base.told.setdefault(made.place, [])
    made.base.records.setdefault(made.place, [])
    return made


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, kit: Kit, office: Office) -> Iterator[Room]:
    clock, lanes, journal, work, numbers = (
        office.clock,
        (Lane("office"), Lane("store")),
        ActList(),
        MemoryWork(),
        count(1),
    )
    kit, line = replace(kit, clock=clock), Line(office)
    make_press = partial(press, clock, SystemRandom())
    means = OfficeMeans(make_press, lambda: f"{office.place}-{next(numbers)}", *lanes, EntryDrafts(work, journal))
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    cases = (TendParties(NearParties(line), journal), TendSocial(NearSocialOffice(line), journal))
    behind = SocialRoom((kit, window), means, cases, shipped_social_rules())
    desk = OtherRoomsDesk(kit, window, (behind,))
    window.show()
    window.activateWindow()
    yield Room(window, qtbot, office, line, desk, behind, journal, work)
    desk.end()
    for lane in lanes:
        lane.close()
