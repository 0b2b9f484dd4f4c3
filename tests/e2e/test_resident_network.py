"""The resident network from a real window over mutual TLS: a check by card, an enquiry, a comparison, a stop.

S06-2, S06-5, S06-6, S06-8, S07-1, S07-2, K-02.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemClock, SystemRandom, new_id
from app.domain.era import era_of
from app.domain.rights import Actor
from app.link.line import Line
from app.remote.jukirelay import HttpNetworkBoundary
from app.remote.network_desk import HttpNetworkTerminal, HttpNetworkUpkeep
from app.services.compose_certificate import parse_certificate_words
from app.services.entry_drafts import EntryDrafts
from app.services.issue_certificate import CertificatePress
from app.services.keep_levels_same import KeepLevelsSame
from app.services.ports.seat import Session, press
from app.services.print_wide_copy import PrintWideCopy, parse_wide_words
from app.services.tend_boundary import TendBoundary
from app.services.use_network import UseNetwork
from app.shipped import read_toml
from app.standin.city.values import CityResident
from app.training.enrolling import CARD
from app.training.network import open_training_network, tell_network
from app.ui.background import Lane
from app.ui.flows.network_check import Reader
from app.ui.flows.network_flow import NetworkActs
from app.ui.flows.network_room import NetworkRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.other_rooms import OtherRoomsDesk
from app.ui.flows.pin_entry import Faces
from app.ui.kit import Kit, open_kit
from app.ui.resident_display import ResidentDisplay
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from tests.fakes.memory import MemoryWork
from tests.support.backend import MIHON, PASSPHRASE, Backend, backend
from tests.support.printing import Printed, forms
from tests.ui.admin.conftest import ActList
from tests.ui.network.conftest import ReadFace, Seen

pytestmark = [pytest.mark.timeout(240)]

CLOCK, RANDOM = SystemClock(), SystemRandom()
EXAMINER, CHIEF, REGISTRAR = "r3002", "v6001", "r5002"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend with the network of training beside it."""
    folder = tmp_path_factory.mktemp("network")
    with backend(folder, starts=False) as made, open_training_network(made.home, CLOCK) as network:
        tell_network(made.home, network)
        made.start()
        yield made


@dataclass
class Desk(Seen):
    """The doors in a window, over a line of whoever sits here."""

    office: Backend
    desk: OtherRoomsDesk
    room: NetworkRoom
    lanes: tuple[Lane, ...]

    def close(self) -> None:
        self.desk.end()
        for lane in self.lanes:
            lane.close()


def sit_down(office: Backend, staff_id: str, kit: Kit, application: QApplication, bot: QtBot) -> tuple[Desk, Line]:
    seated = office.seat(staff_id)
    line = Line(f"https://127.0.0.1:{seated.port}", seated.tls, PASSPHRASE, timeout_s=20.0)
    journal, work, lanes = ActList(), MemoryWork(), (Lane("office"), Lane("store"))
    means = OfficeMeans(
        partial(press, CLOCK, RANDOM), partial(new_id, CLOCK, RANDOM), *lanes, EntryDrafts(work, journal)
    )
    window = Window(kit, application, LockedScreen(kit), training=True)
    bot.addWidget(window)
    printed = Printed((kit, window), means.press, journal, office.log.parent / "papers")
    said = parse_certificate_words(read_toml("text", "certificate.toml"))
    wide = parse_wide_words(read_toml("text", "wide_copy.toml"))
    copies = PrintWideCopy(CertificatePress(forms(), said, "見本市長", ""), wide, journal, CLOCK)
    acts = NetworkActs(
        means,
        UseNetwork(HttpNetworkTerminal(line), journal),
        KeepLevelsSame(HttpNetworkUpkeep(line), journal),
        TendBoundary(HttpNetworkBoundary(line), journal),
        (("resident_register", "住民基本台帳の事務"),),
        {MIHON: "見本市"},
        copies,
        printed.desk.show_late,
    )
    face = ReadFace.nobody()
    room = NetworkRoom(kit, Faces(window, ResidentDisplay(kit, training=True)), acts, Reader(face, lanes[0]))
    desk = OtherRoomsDesk(kit, window, (room,))
    window.show()
    window.activateWindow()
    one = office.setup.team().member(staff_id)
    actor = Actor(MIHON, staff_id, one.name, one.department, "T-01", one.rights)
    now = CLOCK.now()
    assert seated.token is not None
    desk.begin(Session(actor, "見本市", one.office, seated.token, now, now + timedelta(hours=1), "none"))
    bot.waitUntil(lambda: window.isActiveWindow() and window.focusWidget() is not None, timeout=20_000)
    return Desk(window, bot, office, desk, room, (*lanes, *printed.lanes)), line


@pytest.fixture
def sits(office: Backend, qapp: QApplication, qtbot: QtBot):
    """Somebody sits down; all get up at the end."""
    kit, sitting = open_kit(qapp, CLOCK), []

    def sit(staff_id: str) -> Desk:
        desk, line = sit_down(office, staff_id, replace(kit), qapp, qtbot)
        sitting.append((desk, line))
        return desk

    yield sit
    for desk, line in sitting:
        desk.close()
        line.close()


def holder(office: Backend) -> tuple[CityResident, str]:
    """Somebody of the city who has a card, and its PIN."""
    city = office.city()
    here = {one.my_number: one for place in city.municipalities for one in place.residents if place.code == MIHON}
    found = ((here[one.card.my_number], one.card.pin) for one in city.personas.values() if one.card.my_number in here)
    return next((one, pin) for one, pin in found if one.is_resident)


def type_birth(desk: Desk, one: CityResident) -> None:
    desk.go_to("生年月日の元号")
    era = era_of(one.birth)
    desk.type(era.letter)
    desk.go_to("生年月日の年")
    for part in (one.birth.year - era.year_zero, one.birth.month, one.birth.day):
        desk.type(str(part))
        desk.enter()


def test_a_card_is_checked_by_its_pin_and_its_holder_is_known_to_the_national_level(sits) -> None:
    desk = sits(EXAMINER)
    one, pin = holder(desk.office)
    desk.door("本人確認（カード）")
    desk.at("本人確認（カード）")
    desk.go_to("確認の目的")
    for _ in range(3):
        desk.key(Qt.Key.Key_Down)
    for label, text in (
        ("カードの製造番号", f"{CARD}{one.resident_code[-9:]}"), ("氏名", one.name), ("住所", one.address),
    ):  # fmt: skip
        desk.go_to(label)
        desk.type(text)
    type_birth(desk, one)
    desk.go_to("性別")
    for _ in range(int(one.sex.value)):
        desk.key(Qt.Key.Key_Down)
    desk.enter_pin(pin)
    desk.at("本人確認の結果")
    desk.says("本人確認ができました")
    desk.key(Qt.Key.Key_F12)
    desk.at("カードの運用状況")
    desk.says("交付する")
    for _ in range(3):
        desk.key(Qt.Key.Key_Escape)
    desk.at("ほかの業務")
    desk.door("機構への照会")
    desk.at("機構への照会")
    for label, text in (("氏名", one.name), ("住所", one.address)):
        desk.go_to(label)
        desk.type(text)
    desk.key(Qt.Key.Key_F3)
    desk.waits_for("見つかった人", one.name)
    assert one.my_number not in desk.shown()


def test_everybody_is_compared_in_the_background_and_nothing_differs(sits) -> None:
    desk = sits(EXAMINER)
    desk.door("整合性の確認")
    desk.says("整合性の確認は、まだ行われていません")
    desk.key(Qt.Key.Key_F2)
    desk.at("整合性の確認を始める")
    desk.key(Qt.Key.Key_F12)
    desk.says("都道府県との突合せを始めました")
    desk.says("人を確かめました")
    assert desk.rows("不整合の一覧") == []
    desk.key(Qt.Key.Key_Escape)
    desk.at("ほかの業務")
    desk.door("送信の状態")
    desk.says("稼働中")
    desk.says("待ちなし")


def test_a_stop_asked_for_by_one_closes_the_network_once_another_has_agreed(sits) -> None:
    desk = sits(CHIEF)
    desk.door("稼働時間と停止")
    desk.says("稼働中")
    desk.key(Qt.Key.Key_F2)
    desk.at("停止・臨時運用の申請")
    desk.go_to("理由")
    desk.type("サーバの点検")
    desk.key(Qt.Key.Key_F12)
    desk.says("申請しました")
    desk.waits_for("停止と臨時運用の一覧", "サーバの点検")
    assert "F12" not in desk.live_keys()
    other = sits(REGISTRAR)
    other.door("稼働時間と停止")
    other.waits_for_key("F12")
    other.key(Qt.Key.Key_F12)
    other.says("この申請を承認します")
    other.key(Qt.Key.Key_Space)
    other.says("「決定」にしました")
    other.says("停止中")
    desk.window.activateWindow()
    desk.bot.waitUntil(desk.window.isActiveWindow, timeout=20_000)
    desk.key(Qt.Key.Key_F5)
    desk.says("停止中")
