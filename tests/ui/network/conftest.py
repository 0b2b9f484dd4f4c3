"""Staff before a real communication server, boundary and register, with an invented network; the line is left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.backend.jukinet.http import Desk
from app.domain.clock import TOKYO, SystemRandom
from app.domain.days import next_open_day
from app.domain.person import BasicFour, Sex
from app.domain.rights import Actor
from app.domain.secret import secret
from app.errors import AppError, Unreachable
from app.services.compose_certificate import parse_certificate_words
from app.services.entry_drafts import EntryDrafts
from app.services.issue_certificate import CertificatePress
from app.services.keep_levels_same import KeepLevelsSame
from app.services.ports.seat import Press, Session, press
from app.services.print_wide_copy import PrintWideCopy, parse_wide_words
from app.services.tend_boundary import TendBoundary
from app.services.use_network import UseNetwork
from app.shipped import read_toml
from app.ui.background import Lane
from app.ui.flows.network_check import Reader
from app.ui.flows.network_flow import NetworkActs
from app.ui.flows.network_room import NetworkRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.other_rooms import OtherRoomsDesk
from app.ui.flows.pin_entry import Faces
from app.ui.kit import Kit
from app.ui.resident_display import ResidentDisplay
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire import jukinet_counter as net
from app.wire import jukirelay_staff as relay
from app.wire.jukinet import IdentityInfo
from tests.edge.backend.jukinet.world import PIN, PROCEDURE, clerk, open_network_of, settings_of
from tests.edge.backend.jukirelay.world import House, open_house
from tests.fakes.memory import MemoryWork
from tests.support.printing import Printed, forms
from tests.support.slices import MORNING, MovedClock
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands

RESIDENT = clerk(
    "r1", "network.check", "network.card", "network.enquire", "network.moving_in", "network.wide_area",
    "network.compare", "network.state", "register.enter", guarded=("network.enquire", "network.wide_area"),
)  # fmt: skip
DECIDER = clerk("d1", "network.approve", "network.state")
SEARCHER = clerk("s1", "network.search", guarded=("network.search",))
STEERER, OTHER = (
    clerk(name, "network.calendar", "network.system", "network.state", "linkage.read", "network.tend")
    for name in ("v1", "v2")
)
NOBODY = clerk("n1", "register.open")


@dataclass
class Near:
    """The slice's own services in this process. The line may be down, or ``slow``."""

    house: House
    is_down: bool = False
    slow: Callable[[], object] = bool

    @property
    def _desk(self) -> Desk:
        if self.is_down:
            raise Unreachable
        self.slow()
        return self.house.cs.desk


class NearTerminal(Near):
    """``NetworkTerminal``."""

    def check(self, press: Press, session: Session, asked: net.CheckIdentity) -> net.IdentityChecked:
        return self._desk.checking.check(session.call(press), asked)

    def moving_in(self, press: Press, session: Session, asked: net.OpenMovingIn) -> net.MovingIn:
        return self._desk.moving.open(session.call(press), asked)

    def ask_copy(self, press: Press, session: Session, asked: net.AskWideAreaCopy) -> net.WideAreaAnswer:
        return self._desk.moving.ask_copy(session.call(press), asked)

    def copy(self, press: Press, session: Session, request_id: str) -> net.WideAreaAnswer:
        return self._desk.moving.copy(session.call(press), net.OpenWideAreaCopy(request_id=request_id))

    def search(self, press: Press, session: Session, asked: net.SearchNetwork) -> net.NetworkHits:
        return self._desk.asking.search(session.call(press), asked)

    def enquire(self, press: Press, session: Session, asked: net.EnquireNational) -> net.NationalAnswer:
        return self._desk.asking.enquire(session.call(press), asked)

    def card(self, press: Press, session: Session, asked: net.AskCard) -> net.CardView:
        return self._desk.card_look.look(session.call(press), asked)

    def report_card(self, press: Press, session: Session, asked: net.ReportCard) -> net.CardReported:
        return self._desk.cards.report(session.call(press), asked)


class NearUpkeep(Near):
    """``NetworkUpkeep``."""

    def backlog(self, press: Press, session: Session) -> net.NetworkBacklog:
        return self._desk.backlog.show(session.call(press), net.AskBacklog())

    def compare(self, press: Press, session: Session, asked: net.StartComparison) -> net.Comparison:
        return self._desk.comparing.start(session.call(press), asked)

    def comparison(self, press: Press, session: Session, *, open_only: bool, decides: bool) -> net.Comparison:
        return self._desk.resolving.show(session.call(press), net.AskComparison(open_only=open_only))

    def propose(self, press: Press, session: Session, asked: net.ProposeResolution) -> net.DifferenceRow:
        return self._desk.resolving.propose(session.call(press), asked)

    def decide(self, press: Press, session: Session, asked: net.DecideResolution) -> net.DifferenceRow:
        return self._desk.resolving.decide(session.call(press), asked)


@dataclass
class NearBoundary:
    """``NetworkBoundary`` likewise."""

    house: House

    def _ask(self, path: str, press: Press, session: Session, asked: object):
        return self.house.endpoint(f"/jukirelay/v1/{path}").does(session.call(press), asked)

    def forwarding(self, press: Press, session: Session, *, subject: str = "", entry_id: str = ""):
        return self._ask("state", press, session, relay.AskForwarding(subject=subject, entry_id=entry_id))

    def calendar(self, press: Press, session: Session):
        return self._ask("calendar", press, session, relay.AskCalendar())

    def linkage(self, press: Press, session: Session, days, subject: str = ""):
        asked = relay.AskLinkage(since=days[0], until=days[1], subject=subject)
        return self._ask("linkage", press, session, asked)

    def propose_span(self, press: Press, session: Session, asked: relay.ProposeSpan):
        return self._ask("span", press, session, asked)

    def end_span(self, press: Press, session: Session, asked: relay.EndSpan):
        return self._ask("span/end", press, session, asked)

    def decide_span(self, press: Press, session: Session, asked: relay.DecideSpan):
        return self._ask("span/decide", press, session, asked)

    def halted(self, press: Press, session: Session):
        return self._ask("halted", press, session, relay.AskHalted())

    def settle(self, press: Press, session: Session, asked: relay.SettleHalted):
        return self._ask("halted/settle", press, session, asked)

    def deliver(self, press: Press, session: Session, asked: relay.AskDelivery):
        return self._ask("delivery", press, session, asked)

    def reload(self, press: Press, session: Session) -> None:
        self._ask("reload", press, session, relay.ReloadReplica())


@dataclass
class ReadFace:
    """The presented card, read: its four items, or why it can't be."""

    four: BasicFour
    error: AppError | None = None

    @classmethod
    def nobody(cls) -> "ReadFace":
        return cls(BasicFour("", "", date(1980, 1, 1), Sex.MALE))

    def __call__(self, press: Press, session: Session, code: str):
        if self.error is not None:
            raise self.error
        return self


class Seen(Hands):
    """Hands before the network's screens, and what stands there."""

    def door(self, title: str) -> None:
        self.go_to(title)
        self.enter()

    def rows(self, name: str) -> list[str]:
        """A table's lines; none while it is not shown."""
        tables = self.screen.findChildren(QTableView)
        table = next((one for one in tables if one.isVisible() and one.accessibleName() == name), None)
        if table is None:
            return []
        model = table.model()
        columns = range(model.columnCount())
        return [" ".join(str(model.index(row, n).data() or "") for n in columns) for row in range(model.rowCount())]

    def waits_for(self, name: str, text: str) -> None:
        """Wait until a table shows a text."""
        self.bot.waitUntil(lambda: any(text in row for row in self.rows(name)), timeout=20_000)

    def says(self, text: str) -> None:
        self.bot.waitUntil(lambda: text in self.shown(), timeout=20_000)

    def at(self, title: str) -> None:
        self.bot.waitUntil(lambda: self.screen.title == title, timeout=20_000)

    def live_keys(self) -> set[str]:
        return {self.window._kit.keys.key_of(one.action) for one in self.screen.key_labels()}

    def waits_for_key(self, key: str) -> None:
        self.bot.waitUntil(lambda: key in self.live_keys(), timeout=20_000)

    def type_day(self, label: str, year: str, month: str, day: str) -> None:
        """A day in the era that stands there."""
        self.go_to(f"{label}の年")
        for part in (year, month, day):
            self.type(part)
            self.enter()

    def enter_pin(self, pin: str = PIN) -> None:
        """The window is turned and the resident enters."""
        self.key(Qt.Key.Key_F12)
        self.at("暗証番号の入力")
        self.key(Qt.Key.Key_F12)
        self.type(pin)
        self.enter()


@dataclass
class Seat(Seen):
    """The doors, the network behind them, and who sits here. ``entered``: announcements whose move-in was asked for."""

    house: House
    desk: OtherRoomsDesk
    room: NetworkRoom
    line: NearTerminal
    journal: ActList
    face: ReadFace
    entered: list[str]
    printed: Printed

    def session(self, actor: Actor) -> Session:
        now = self.house.clock.now()
        return Session(actor, "見本市", "中央区役所", secret("t"), now, now.replace(year=2030), "key")

    def come(self, actor: Actor) -> None:
        """Somebody sits down before the doors."""
        self.desk.end()
        session = self.session(actor)
        self.printed.desk.begin(session)
        self.desk.begin(session)
        self.at("ほかの業務")

    def fill_check(self, one: IdentityInfo, purpose: int, card: str, name: str = "") -> None:
        """What is printed on the card."""
        self.at("本人確認（カード）")
        self.go_to("確認の目的")
        for _ in range(purpose):
            self.key(Qt.Key.Key_Down)
        for label, text in (("カードの製造番号", card), ("氏名", name or one.name), ("住所", one.address)):
            self.go_to(label)
            self.type(text)
        self.type_day("生年月日", "1980", "1", "1")
        self.go_to("性別")
        self.key(Qt.Key.Key_Down)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One installation for a module; every test speaks of people of its own."""
    settings, clock = settings_of(tmp_path_factory.mktemp("network"), "sqlcipher"), MovedClock()
    with open_network_of(settings.folder, clock) as server, open_house(settings, clock, server) as opened:
        yield opened


def at_ten(house: House) -> None:
    """Ten o'clock on a Friday or a later open day."""
    local = house.clock.at.astimezone(TOKYO)
    day = next_open_day(local.date() + timedelta(days=1)) if house.clock.at > MORNING else local.date()
    house.clock.at = datetime.combine(day, time(10), TOKYO).astimezone(UTC)
    house.works()


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication, kit: Kit, house: House, tmp_path: Path) -> Iterator[Seat]:
    at_ten(house)
    kit = replace(kit, clock=house.clock)
    lanes, journal, work, numbers = (Lane("office"), Lane("store")), ActList(), MemoryWork(), count(1)
    line = NearTerminal(house)
    begun = int(house.clock.now().timestamp())
    means = OfficeMeans(
        partial(press, house.clock, SystemRandom()), lambda: f"id-{begun}-{next(numbers)}", *lanes,
        EntryDrafts(work, journal),
    )  # fmt: skip
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    printed = Printed((kit, window), means.press, journal, tmp_path / "papers")
    said = parse_certificate_words(read_toml("text", "certificate.toml"))
    papers = CertificatePress(forms(), said, "見本市長", "")
    copies = PrintWideCopy(papers, parse_wide_words(read_toml("text", "wide_copy.toml")), journal, house.clock)
    acts = NetworkActs(
        means,
        UseNetwork(line, journal),
        KeepLevelsSame(NearUpkeep(house), journal),
        TendBoundary(NearBoundary(house), journal),
        ((PROCEDURE, "児童手当"), ("resident_register", "住民基本台帳の事務")),
        {"991007": "見本市", "992003": "手本市", "993000": "遠方市"},
        copies,
        printed.desk.show_late,
    )
    face = ReadFace.nobody()
    room = NetworkRoom(kit, Faces(window, ResidentDisplay(kit, training=True)), acts, Reader(face, lanes[0]))
    desk = OtherRoomsDesk(kit, window, (room,))
    entered: list[str] = []
    room.enter_asked.connect(entered.append)
    window.show()
    window.activateWindow()
    yield Seat(window, qtbot, house, desk, room, line, journal, face, entered, printed)
    desk.end()
    printed.close()
    for lane in lanes:
        lane.close()
    house.to_relay.is_cut = house.to_network.is_cut = False
    house.server.trouble.away.clear()
