"""Clerks before the real register on an encrypted store: every screen of the room; only the line is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.backend.register import store
from app.backend.register.service import RegisterService
from app.backend.register.service.changes import RegisterChanges
from app.domain.clock import SystemRandom
from app.domain.register_forms import parse_register_forms
from app.domain.rights import Actor
from app.domain.secret import secret
from app.errors import Unreachable
from app.services.change_register import ChangeRegister
from app.services.decide_register import DecideRegister
from app.services.filing_drafts import FilingDrafts
from app.services.find_person import FindPerson
from app.services.look_back import LookBack
from app.services.ports.seat import Press, Session, press
from app.services.tend_restraints import TendRestraints
from app.shipped import read_toml
from app.ui.background import Lane
from app.ui.flows.register import RegisterDesk
from app.ui.flows.register_acts import RegisterActs
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire import register_change as change
from app.wire import register_restraint as restraint
from tests.edge.backend.register.changing import RULES, Office, office_on
from tests.edge.backend.register.conftest import FOLDER
from tests.fakes.memory import MemoryWork
from tests.support.slices import MORNING, MovedClock, open_slice, person
from tests.support.stores import sqlcipher_addresses
from tests.ui.access.test_lookup import NearRegister
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands

LOOK = ("register.search", "register.open", "register.history")
CLERK = person("e01", *LOOK, "register.enter", "restraint.see", "restraint.set")
OTHER = person("e02", *LOOK, "register.enter", "restraint.see", "restraint.set")
BOSS = person("d01", *LOOK, "register.decide", "restraint.see", "restraint.decide", "restraint.release")
BOTH = person("b01", *LOOK, "register.enter", "register.decide")


@dataclass
class NearChanges:
    """All ports of changes and restraints: the slice's own services in this process; the line may be down."""

    office: Office
    is_down: bool = False

    @property
    def _it(self) -> RegisterChanges:
        if self.is_down:
            raise Unreachable
        return self.office.changes

    def try_out(self, press: Press, session: Session, asked: change.TryFiling) -> change.Trial:
        return self._it.entries.try_out(session.call(press), asked)

    def propose(self, press: Press, session: Session, asked: change.ProposeEntry) -> change.EntryRow:
        return self._it.entries.propose(session.call(press), asked)

    def correct(self, press: Press, session: Session, asked: change.CorrectEntry) -> change.EntryRow:
        return self._it.entries.correct(session.call(press), asked)

    def withdraw(self, press: Press, session: Session, asked: change.WithdrawEntry) -> change.EntryRow:
        return self._it.entries.withdraw(session.call(press), asked)

    def entries(self, press: Press, session: Session, asked: change.AskEntries) -> change.Entries:
        return self._it.entries.entries(session.call(press), asked)

    waiting = entries

    def open_entry(self, press: Press, session: Session, entry_id: str, procedure: str) -> change.EntryView:
        return self._it.entries.open(session.call(press), change.OpenEntry(entry_id=entry_id, procedure=procedure))

    open_waiting = open_entry

    def announcements(self, press: Press, session: Session) -> change.Announcements:
        return self._it.announcements.waiting(session.call(press), change.AskAnnouncements())

    def open_announcement(self, press: Press, session: Session, announcement_id: str, visit_id: str):
        asked = change.OpenAnnouncement(announcement_id=announcement_id, visit_id=visit_id)
        return self._it.announcements.open(session.call(press), asked)

    def approve(self, press: Press, session: Session, asked: change.ApproveEntries) -> change.Approvals:
        return self._it.approvals.approve(session.call(press), asked)

    def approve_all(self, press: Press, session: Session, asked: change.ApproveAll) -> change.Approvals:
        return self._it.approvals.approve_all(session.call(press), asked)

    def refuse(self, press: Press, session: Session, asked: change.RefuseEntry) -> change.EntryRow:
        return self._it.approvals.refuse(session.call(press), asked)


@dataclass
class NearHistory:
    """``RegisterHistory`` likewise."""

    office: Office

    def history(self, press: Press, session: Session, asked: change.AskHistory) -> change.History:
        return self.office.changes.histories.history(session.call(press), asked)

    def household(self, press: Press, session: Session, asked: change.AskHousehold) -> change.HouseholdView:
        return self.office.changes.histories.household(session.call(press), asked)


@dataclass
class NearRestraints:
    """``Restraints`` likewise."""

    office: Office

    def request(self, press: Press, session: Session, asked: restraint.RequestMeasure) -> restraint.MeasureRow:
        return self.office.changes.measures.request(session.call(press), asked)

    def change(self, press: Press, session: Session, asked: restraint.ChangeMeasure) -> restraint.MeasureRow:
        return self.office.changes.measures.change(session.call(press), asked)

    def decide(self, press: Press, session: Session, asked: restraint.DecideMeasure) -> restraint.MeasureRow:
        return self.office.changes.measures.decide(session.call(press), asked)

    def mark_system(self, press: Press, session: Session, asked: restraint.MarkSystem) -> restraint.MeasureView:
        return self.office.changes.measures.mark_system(session.call(press), asked)

    def measures(self, press: Press, session: Session, person: str) -> restraint.Measures:
        return self.office.changes.measures.measures(session.call(press), restraint.AskMeasures(person=person))

    def open_measure(self, press: Press, session: Session, measure_id: str) -> restraint.MeasureView:
        return self.office.changes.measures.open(session.call(press), restraint.OpenMeasure(measure_id=measure_id))

    def release(
        self, press: Press, session: Session, asked: restraint.GrantRelease, *, issues_only: bool = False
    ) -> restraint.ReleaseRow:
        assert issues_only != any(one.act == "restraint.release" for one in session.actor.rights)
        return self.office.changes.releases.ask(session.call(press), asked)

    def confirm_release(self, press: Press, session: Session, asked: restraint.ConfirmRelease) -> restraint.ReleaseRow:
        return self.office.changes.releases.confirm(session.call(press), asked)

    def releases(self, press: Press, session: Session, person: str, *, own: bool = False) -> restraint.Releases:
        asked = restraint.AskReleases(person=person)
        releases = self.office.changes.releases
        return (releases.own if own else releases.listed)(session.call(press), asked)

    def end_release(self, press: Press, session: Session, release_id: str) -> None:
        self.office.changes.releases.end(session.call(press), restraint.EndRelease(release_id=release_id))


@dataclass
class Room(Hands):
    """The room, the register behind it, and who works in it."""

    office: Office
    desk: RegisterDesk
    line: NearChanges
    journal: ActList
    work: MemoryWork
    clock: MovedClock

    def session(self, actor: Actor) -> Session:
        now = self.clock.now()
        return Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "key")

    def come(self, actor: Actor) -> None:
        """Somebody else sits down and opens the room."""
        self.desk.end()
        self.work.close()
        self.work.open(actor.staff_id, secret("p"), None)
        self.desk.begin(self.session(actor))
        self.at("住民記録")

    def door(self, title: str) -> None:
        self.go_to(f"{title}")
        self.enter()

    def rows(self, name: str) -> list[str]:
        """A table's lines."""
        table = next(
            one for one in self.screen.findChildren(QTableView) if one.isVisible() and one.accessibleName() == name
        )
        model = table.model()
        columns = range(model.columnCount())
        return [" ".join(str(model.index(row, n).data() or "") for n in columns) for row in range(model.rowCount())]

    def marked(self, name: str) -> str:
        """The marked line of a table."""
        table = next(one for one in self.screen.findChildren(QTableView) if one.accessibleName() == name)
        return self.rows(name)[table.currentIndex().row()]

    def waits_for(self, name: str, text: str) -> None:
        """Wait until a table shows a text."""
        self.bot.waitUntil(lambda: any(text in row for row in self.rows(name)), timeout=20_000)

    def waits_for_none(self, name: str) -> None:
        """Wait until a table is empty."""
        self.bot.waitUntil(lambda: self.rows(name) == [], timeout=20_000)

    def look_up(self, name: str, *, is_gone: bool = False) -> None:
        """From the room to somebody's whole record, for a reason."""
        self.door("検索・住民票")
        self.at("来庁のない照会")
        self.type("4")
        self.go_to("氏名")
        self.type(name)
        self.key(Qt.Key.Key_F3)
        self.waits_for("検索結果", name)
        if "F12" not in self.live_keys():
            self.enter()
        self.bot.waitUntil(lambda: "F12" in self.live_keys(), timeout=20_000)
        self.key(Qt.Key.Key_F12)
        self.at("住民票の内容")
        if not is_gone:
            self.waits_for("世帯", name)

    def live_keys(self) -> set[str]:
        """The live function keys."""
        return {self.window._kit.keys.key_of(one.action) for one in self.screen.key_labels()}


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path) -> Iterator[Room]:
    clock = MovedClock(MORNING)
    opened = open_slice("register", store, sqlcipher_addresses(tmp_path / "stores")("register"), clock)
    office = office_on(opened)
    kit = replace(kit, clock=clock)
    lanes, journal, work, numbers = (Lane("office"), Lane("store")), ActList(), MemoryWork(), count(1)
    line = NearChanges(office)
    service: RegisterService = office.register
    acts = RegisterActs(
        press=partial(press, clock, SystemRandom()),
        new_id=lambda: f"id-{next(numbers)}",
        office=lanes[0],
        store=lanes[1],
        find_person=FindPerson(NearRegister(service), journal, FOLDER),
        change=ChangeRegister(line, journal),
        drafts=FilingDrafts(work, journal),
        decide=DecideRegister(line, journal),
        look_back=LookBack(NearHistory(office), journal),
        restraints=TendRestraints(NearRestraints(office), journal),
        rules=RULES,
        forms=parse_register_forms(read_toml("tables", "register_forms.toml"), RULES),
        procedures={},
    )
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    desk = RegisterDesk(kit, window, acts)
    window.show()
    window.activateWindow()
    yield Room(window, qtbot, office, desk, line, journal, work, clock)
    desk.end()
    for lane in lanes:
        lane.close()
    opened.database.close()
