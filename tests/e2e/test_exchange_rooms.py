"""S01-3, S01-6, S15-4, R-037: in the window, over mutual TLS: a held-back provision decided by two, a replica file."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.client.exchange_wing import shipped_layouts, shipped_provision_rules
from app.client.network_wing import municipality_names
from app.domain.clock import SystemClock, SystemRandom, business_date, new_id
from app.domain.procedure import Procedure
from app.domain.procedure_data import parse_procedure
from app.domain.rights import Actor, Right
from app.link.line import Line
from app.remote.exchange import exchange_ports
from app.remote.relay import HttpRelay
from app.services.entry_drafts import EntryDrafts
from app.services.exchange_cases import exchange_cases
from app.services.ports.seat import Session, press
from app.shipped import read_toml, resource
from app.standin.city.values import CityResident
from app.ui.background import Lane
from app.ui.flows.exchange_flow import ExchangeActs
from app.ui.flows.exchange_room import ExchangeRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.other_rooms import OtherRoomsDesk
from app.ui.kit import Kit, open_kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire.desk import PersonMark
from app.wire.relay import AskEnquiries, EnquiryState, MakeEnquiry
from tests.support.backend import MIHON, PASSPHRASE, TEHON, Backend, backend
from tests.support.process import wait_for
from tests.ui.admin.conftest import ActList
from tests.ui.tables import LONG, Tables

pytestmark = [pytest.mark.timeout(240)]

CLOCK = SystemClock()
CLERK, HEAD, ASKER = "z4001", "z5001", "t7001"
CLAIM, OWNER, TAX = "child_allowance_claim", "city_tax", "地方税関係情報"
OFFICER = ("provision.check", "provision.flag", "replica.read", "replica.enter", "exchange.record")
CHIEF = (*OFFICER, "provision.release", "provision.trace", "replica.delete")


def tax_year() -> int:
    """That of a claim received today."""
    today = business_date(CLOCK.now())
    return today.year - (today.month < 6)


@dataclass
class Rooms(Tables):
    """The window before the exchange's rooms, and the office behind it."""

    office: Backend
    desk: OtherRoomsDesk
    room: ExchangeRoom
    journal: ActList
    chosen: list[Path]

    def come(self, staff_id: str) -> None:
        """Somebody sits down and opens the doors."""
        self.desk.end()
        token = self.office.seat(staff_id).token
        assert token is not None
        acts = CHIEF if staff_id == HEAD else OFFICER
        actor = Actor(MIHON, staff_id, "", "", "T-01", tuple(Right(act, OWNER) for act in acts))
        now = CLOCK.now()
        self.desk.begin(Session(actor, "見本市", "", token, now, now + timedelta(hours=1), "none"))
        self.at("ほかの業務")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with backend(tmp_path_factory.mktemp("exchange-rooms")) as made:
        yield made


@pytest.fixture
def kit(qapp: QApplication) -> Kit:
    return open_kit(qapp, CLOCK)


@pytest.fixture
def rooms(qtbot: QtBot, qapp: QApplication, kit: Kit, office: Backend) -> Iterator[Rooms]:
    lanes, journal, numbers, chosen = (Lane("office"), Lane("store")), ActList(), count(1), list[Path]()
    line = Line(f"https://127.0.0.1:{office.port}", office.tls(MIHON, "T-01"), PASSPHRASE, timeout_s=30.0)
    drafts = cast("EntryDrafts", None)  # no form of these rooms is kept
    means = OfficeMeans(
        partial(press, CLOCK, SystemRandom()),
        lambda: f"id-{new_id(CLOCK, SystemRandom())}-{next(numbers)}",
        *lanes,
        drafts,
    )
    acts = ExchangeActs(
        means=means,
        cases=exchange_cases(exchange_ports(line), journal),
        rules=shipped_provision_rules(),
        procedures=procedures(),
        places=municipality_names() | {MIHON: "見本市", TEHON: "手本市"},
        layouts=shipped_layouts(),
        municipality=MIHON,
    )

    def keep(_title: str, name: str, _content: bytes, done: Callable[[str], None], _failed: object) -> None:
        done(name)

    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    room = ExchangeRoom(kit, window, acts, (lambda _: chosen[0] if chosen else None, keep))
    desk = OtherRoomsDesk(kit, window, (room,))
    window.show()
    window.activateWindow()
    yield Rooms(window, qtbot, office, desk, room, journal, chosen)
    desk.end()
    for lane in lanes:
        lane.close()
    line.close()


def procedures() -> dict[str, Procedure]:
    read = [
        parse_procedure(read_toml("procedures", one.name), one.name) for one in resource("procedures").glob("*.toml")
    ]
    return {one.id: one for one in read}


def moved_away(office: Backend) -> tuple[CityResident, CityResident]:
    """Somebody who left for the other city after 1 January: as they stand there, and as here."""
    here = {one.my_number: one for one in office.city().municipality(MIHON).residents}
    for one in office.city().municipality(TEHON).residents:
        january = [each for each in one.first_january if each.year == tax_year()]
        mine = here.get(one.my_number)
        if mine is not None and one.is_resident and mine.tax and january and january[0].municipality == MIHON:
            return one, mine
    raise AssertionError("the city has nobody of that kind")


@contextlib.contextmanager
def asks(office: Backend, whom: CityResident) -> Iterator[Callable[[], EnquiryState]]:
    """The other city's examiner enquires; gives what tells how it stands."""
    seated = office.seat(ASKER, "T-01", TEHON)
    rule = next(one for one in procedures()[CLAIM].enquiries if one.path == "nws" and one.information == TAX)
    asked = MakeEnquiry(
        enquiry_id=new_id(CLOCK, SystemRandom()),
        visit_id="v1",
        procedure=CLAIM,
        enquiry=rule.id,
        subject=PersonMark(business_number=whom.business_number, name=whom.name),
        information=TAX,
        purpose=rule.purpose,
        tax_year=tax_year(),
        requested_on=business_date(CLOCK.now()),
        consent="signed",
    )
    now = CLOCK.now()
    assert seated.token is not None
    session = Session(
        Actor(TEHON, ASKER, "", "", "T-01", ()), "手本市", "", seated.token, now, now + timedelta(hours=1), "none"
    )
    line = Line(f"https://127.0.0.1:{seated.port}", seated.tls, PASSPHRASE, timeout_s=30.0)
    relay = HttpRelay(line)
    relay.make(press(CLOCK, SystemRandom()), session, asked)

    def state() -> EnquiryState:
        wish = AskEnquiries(enquiry_ids=(asked.enquiry_id,))
        return relay.states(press(CLOCK, SystemRandom()), session, wish).states[0]

    yield state
    line.close()


LIST, FLAGS, FILES = "承認を待つ照会の一覧", "フラグの一覧", "副本のファイルの一覧"


SENT = "このまま送られる内容"


def marks(rooms: Rooms, number: str) -> None:
    """自動応答不可 is set on a person."""
    rooms.door("フラグ")
    rooms.at("不開示・自動応答不可")
    rooms.bot.waitUntil(lambda: not rooms.room.pages.flags.now().screen.is_busy, timeout=LONG)
    rooms.key(Qt.Key.Key_F2)
    rooms.at("フラグの設定")
    for name, value in (("person", number), ("reason", "protected_person")):
        rooms.room.forms["flag_set"].now().edit(name, value)
    rooms.key(Qt.Key.Key_F12)
    rooms.sees("フラグを設定します。")
    rooms.key(Qt.Key.Key_Space)
    rooms.at("不開示・自動応答不可")
    rooms.waits_for(FLAGS, number)
    rooms.bot.waitUntil(lambda: not rooms.room.pages.flags.now().screen.is_busy, timeout=LONG)
    rooms.key(Qt.Key.Key_Escape)
    rooms.at("ほかの業務")


def proposes(rooms: Rooms, number: str, income: str) -> None:
    """The enquiry has come; its content is looked at and proposed."""
    rooms.door("提供の承認")
    rooms.at("提供の承認")

    def held() -> bool:
        rooms.key(Qt.Key.Key_F5)
        return any("手本市" in row for row in rooms.rows(LIST))

    rooms.bot.waitUntil(held, timeout=3 * LONG)
    rooms.bot.waitUntil(lambda: not rooms.room.pages.releases.now().screen.is_busy, timeout=LONG)
    rooms.enter()
    rooms.at("提供する内容の確認")
    rooms.waits_for(SENT, income)
    assert any(number in row for row in rooms.rows(SENT))
    assert "決裁する" not in rooms.buttons()
    rooms.room.pages.release.now().edit("reason", "content_confirmed")
    rooms.key(Qt.Key.Key_F6)
    rooms.sees("この案で責任者に上げます。")
    rooms.key(Qt.Key.Key_Space)
    rooms.at("提供の承認")
    rooms.waits_for(LIST, "決裁待ち")


def decides(rooms: Rooms, income: str) -> None:
    """Another person, who looks at the same content."""
    rooms.door("提供の承認")
    rooms.waits_for(LIST, "決裁待ち")
    rooms.enter()
    rooms.at("提供する内容の確認")
    rooms.waits_for(SENT, income)
    rooms.key(Qt.Key.Key_F12)
    rooms.sees("決めた後は取り消せません。")
    rooms.key(Qt.Key.Key_Space)
    rooms.at("提供の承認")
    rooms.sees("提供済みにしました")


def test_what_a_mark_holds_back_goes_out_once_one_checked_and_another_decided(rooms: Rooms) -> None:
    there, here = moved_away(rooms.office)
    income = f"{next(one for one in here.tax if one.year == tax_year()).items['total_income']:,}"
    rooms.come(CLERK)
    marks(rooms, here.business_number)
    with asks(rooms.office, there) as state:
        proposes(rooms, here.business_number, income)
        assert state().answer is None or state().answer.kind == "held_back"
        rooms.come(HEAD)
        decides(rooms, income)

        def answered() -> bool:
            answer = state().answer
            return answer is not None and answer.kind == "value"

        wait_for(answered, "the answer to arrive", 90)
    kinds = {act.kind for act in rooms.journal.acts}
    assert {"flag.asked", "release.shown", "release.proposed", "release.decided"} <= kinds


REJECTED = "登録できなかった行の一覧"


def written(rooms: Rooms, file: Path) -> list[str]:
    """A file of three rows that hold, one with a wrong value, one of nobody; who the three are."""
    people = [one for one in rooms.office.city().municipality(MIHON).residents if one.is_resident]
    linked = [one.business_number for one in people if one.code_state == "acquired"][:3]
    good = [f"{number},value,{10 + at},2" for at, number in enumerate(linked)]
    bad = (f"{linked[0]},value,many,2", "999999999999999,value,1,2")
    file.write_text("\n".join(["business_number,kind,total_income,income_levy", *good, *bad]) + "\n")
    rooms.chosen.append(file)
    return linked


def test_a_replica_file_is_sent_its_bad_rows_told_and_one_person_found(rooms: Rooms, tmp_path: Path) -> None:
    linked = written(rooms, tmp_path / "nenji.csv")
    rooms.come(HEAD)
    rooms.door("副本のファイル")
    rooms.bot.waitUntil(lambda: not rooms.room.pages.files.now().screen.is_busy, timeout=LONG)
    rooms.key(Qt.Key.Key_F2)
    rooms.sees("登録できなかった行があります")
    rooms.waits_for(FILES, "登録済み")
    rooms.mark(FILES, "登録済み")
    assert rooms.row_of(FILES, "登録済み").split()[-1] == "2"
    rooms.key(Qt.Key.Key_F9)
    rooms.at("登録できなかった行")
    rooms.waits_for(REJECTED, "項目の値が正しくありません")
    told = rooms.rows(REJECTED)
    assert [row.split()[0] for row in told] == ["4", "5"]
    assert "この宛名番号には個人番号が結び付いていません" in told[1]
    assert not [row for row in told if linked[0] in row], "no number stands there"
    rooms.key(Qt.Key.Key_Escape)
    rooms.at("副本のファイル")
    rooms.bot.waitUntil(lambda: not rooms.room.pages.files.now().screen.is_busy, timeout=LONG)
    rooms.key(Qt.Key.Key_Escape)
    rooms.at("ほかの業務")
    rooms.door("副本（一人分）")
    rooms.at("副本（一人分）")
    rooms.go_to("宛名番号")
    rooms.type(linked[1])
    rooms.key(Qt.Key.Key_F3)
    rooms.waits_for("登録されている副本", f"令和{business_date(CLOCK.now()).year - 2018}年度")
    assert any(row.endswith("11") for row in rooms.rows("選んだ副本の項目"))
