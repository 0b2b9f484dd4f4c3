"""Who looks after distribution, before the real slices on encrypted stores; only the line is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.backend.register import store as register_store
from app.backend.residentbase import store
from app.domain.clock import SystemRandom
from app.domain.rights import Actor
from app.domain.secret import secret
from app.errors import Unreachable
from app.services.entry_drafts import EntryDrafts
from app.services.ports.seat import Press, Session, press
from app.services.tend_distribution import TendDistribution
from app.ui.background import Lane
from app.ui.flows.distribution_room import DistributionRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.other_rooms import OtherRoomsDesk
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire import resident_base_office as office
from tests.edge.backend.register.changing import Here
from tests.edge.backend.residentbase.world import RULES, World, open_world
from tests.fakes.memory import MemoryWork
from tests.support.slices import MovedClock, OpenSlice, open_slice, person
from tests.support.stores import sqlcipher_addresses
from tests.ui.admin.conftest import ActList
from tests.ui.tables import Tables

KEEPER = person("k01", "distribution.apply", "distribution.read", "distribution.tend")
BOSS = person("k02", "distribution.apply", "distribution.decide", "distribution.read")
READER = person("k05", "distribution.read")
AUDITOR = person("k03", "linkage.read")
NOBODY = person("k06", "register.search")


@dataclass
class NearDistribution:
    """``DistributionOffice``: the slices' own services in this process; the line may be down."""

    world: World
    is_down: bool = False

    @property
    def _it(self) -> World:
        if self.is_down:
            raise Unreachable
        return self.world

    def apply(self, at: Press, session: Session, asked: office.UseApplication) -> office.ApplicationRow:
        return self._it.uses.apply(session.call(at), asked)

    def decide(self, at: Press, session: Session, asked: office.DecideUse) -> office.ApplicationRow:
        return self._it.uses.decide(session.call(at), asked)

    def end(self, at: Press, session: Session, asked: office.EndUse) -> office.ApplicationRow:
        return self._it.uses.end(session.call(at), asked)

    def applications(self, at: Press, session: Session, system: str = "") -> office.Applications:
        return self._it.uses.applications(session.call(at), office.AskApplications(system=system))

    def systems(self, at: Press, session: Session) -> office.Systems:
        return self._it.uses.systems(session.call(at), office.AskSystems())

    def turn_system(self, at: Press, session: Session, asked: office.TurnSystem) -> office.Systems:
        return self._it.uses.turn_system(session.call(at), asked)

    def linkage(self, at: Press, session: Session, asked: office.AskLinkage) -> office.Linkage:
        return self._it.records.look(session.call(at), asked)

    def untold(self, at: Press, session: Session) -> office.UntoldChanges:
        return self._it.telling.untold(session.call(at), office.AskUntold())

    def tell_again(self, at: Press, session: Session, position: int) -> office.UntoldChanges:
        return self._it.telling.tell_again(session.call(at), office.TellAgain(position=position))


@dataclass
class Room(Tables):
    """The doors, the room behind them, and the slices behind that."""

    world: World
    line: NearDistribution
    desk: OtherRoomsDesk
    room: DistributionRoom
    journal: ActList
    work: MemoryWork

    def come(self, actor: Actor) -> None:
        """Somebody sits down and opens the doors."""
        now = self.world.now
        self.desk.end()
        self.work.close()
        self.work.open(actor.staff_id, secret("p"), None)
        actor = replace(actor, municipality=Here.code)
        self.desk.begin(Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "key"))
        self.at("ほかの業務")


@pytest.fixture(scope="package")
def slices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenSlice, ...]]:
    addresses = sqlcipher_addresses(tmp_path_factory.mktemp("distribution"))
    opened = (
        open_slice("register", register_store, addresses("register"), MovedClock()),
        open_slice("residentbase", store, addresses("residentbase"), MovedClock()),
    )
    yield opened
    for one in opened:
        one.database.close()


@pytest.fixture
def world(slices: tuple[OpenSlice, ...]) -> Iterator[World]:
    yield from open_world(*slices)


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, kit: Kit, world: World) -> Iterator[Room]:
    clock, lanes, journal, work, numbers = (
        world.base.clock,
        (Lane("office"), Lane("store")),
        ActList(),
        MemoryWork(),
        count(1),
    )
    kit = replace(kit, clock=clock)
    make_press, line = partial(press, clock, SystemRandom()), NearDistribution(world)
    means = OfficeMeans(make_press, lambda: f"id-{next(numbers)}", *lanes, EntryDrafts(work, journal))
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    behind = DistributionRoom((kit, window), means, TendDistribution(line, journal), RULES)
    desk = OtherRoomsDesk(kit, window, (behind,))
    window.show()
    window.activateWindow()
    yield Room(window, qtbot, world, line, desk, behind, journal, work)
    desk.end()
    for lane in lanes:
        lane.close()
