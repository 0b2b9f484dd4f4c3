"""S06-2, S06-3, S06-8, C-20, F-06: the presented card at the counter, and what may follow from its check."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.backend.jukinet.ports import Registered
from app.domain.clock import business_date
from app.domain.person import BasicFour, Sex
from app.errors import NoCard
from app.standin.jukinet.others import Household
from app.ui.flows.network_check import Shown
from app.ui.screen import Screen
from app.ui.set_aside import SetAside
from app.wire.jukinet import IdentityInfo, MovingOutData, WideAreaPerson
from app.wire.jukinet_network import NetParcel
from app.wire.register_change import PersonItems
from tests.edge.backend.jukinet.world import BORN, FAR, HERE, PIN, PinSet, new_id, somebody
from tests.support.patient_bot import soon
from tests.support.process import program
from tests.ui.network.conftest import NOBODY, RESIDENT, SEARCHER, Seat

MOVING, WIDE, CARD = 1, 2, 3
"""Places in the list of purposes."""


def card_of(seat: Seat, one, pin: str = PIN) -> str:
    """They have a card in use; its 製造番号 has fifteen signs."""
    number = f"CARD{one.resident_code}"
    seat.house.server.parties.world.set_up([one], PinSet(card_number=number, resident_code=one.resident_code, pin=pin))
    return number


def checked(seat: Seat, one, purpose: int) -> None:
    """The check has shown that it is them."""
    number = card_of(seat, one)
    seat.door("本人確認（カード）")
    seat.fill_check(one, purpose, number)
    seat.enter_pin()
    seat.at("本人確認の結果")
    seat.says("本人確認ができました")


def announced(seat: Seat, one) -> MovingOutData:
    """They told a city far away that they come here."""
    today = business_date(seat.house.clock.now())
    items = PersonItems(name=one.name, kana="ミホン", birth=BORN, sex="1", resident_code=one.resident_code)
    data = MovingOutData(
        data_id=new_id(), moved_from=FAR, moved_to=HERE, from_address="遠方市一丁目1番",
        planned_on=today - timedelta(days=26), persons=(items,),
    )  # fmt: skip
    seat.house.server.parties.world.posted([NetParcel(parcel_id=data.data_id, to=HERE, sender=FAR, moving_out=data)])
    seat.house.cs.carrying.turn()
    return data


def test_who_comes_with_a_card_is_known_and_the_move_in_is_entered_from_what_they_announced(seat: Seat) -> None:
    one = somebody(place=FAR)
    data = announced(seat, one)
    seat.come(RESIDENT)
    checked(seat, one, MOVING)
    for told in ("遠方市", "運用中", "特例転入"):
        assert told in seat.shown()
    assert all("一致" in row for row in seat.rows("カードと住基ネットの4情報"))
    seat.key(Qt.Key.Key_F12)
    seat.at("特例転入")
    seat.waits_for("いっしょに転入する人", one.name)
    seat.says("あと5日で、この情報は消えます")
    seat.key(Qt.Key.Key_F12)
    assert seat.entered == [data.data_id]
    assert PIN not in repr(seat.journal.acts)
    assert [kind for kind in seat.journal.kinds() if kind.startswith("network.")] == [
        "network.check", "network.moving_in",
    ]  # fmt: skip


def test_whose_announcement_is_gone_is_sent_to_the_former_city_and_nothing_can_be_entered(seat: Seat) -> None:
    one = somebody(place=FAR)
    data = announced(seat, one)
    seat.house.clock.at += timedelta(days=5)
    seat.house.cs.carrying.day()
    seat.come(RESIDENT)
    checked(seat, one, MOVING)
    seat.key(Qt.Key.Key_F12)
    seat.at("特例転入")
    seat.says("期間が過ぎて消去されています")
    assert "F12" not in seat.live_keys()
    assert data.data_id not in seat.entered
    seat.key(Qt.Key.Key_Escape)
    seat.at("本人確認の結果")


def test_a_wrong_pin_names_nobody_tells_what_is_left_and_keeps_what_was_typed(seat: Seat) -> None:
    one = somebody()
    number = card_of(seat, one)
    seat.come(RESIDENT)
    seat.door("本人確認（カード）")
    seat.fill_check(one, CARD, number)
    seat.enter_pin("9999")
    seat.says("暗証番号が違います（あと2回）")
    assert seat.screen.title == "本人確認（カード）"
    assert one.address in seat.shown()
    seat.enter_pin()
    seat.at("本人確認の結果")


def test_another_name_on_the_card_is_shown_beside_the_networks_and_leads_nowhere(seat: Seat) -> None:
    one = somebody()
    number = card_of(seat, one)
    seat.come(RESIDENT)
    seat.door("本人確認（カード）")
    seat.fill_check(one, WIDE, number, name="別人　一郎")
    seat.enter_pin()
    seat.says("カードと住基ネットの内容が違います")
    assert [row for row in seat.rows("カードと住基ネットの4情報") if "相違" in row] == [
        f"氏名 別人　一郎 {one.name} 相違"
    ]
    assert "F12" not in seat.live_keys()


def test_what_is_missing_is_said_at_its_field_and_no_pin_is_asked_for(seat: Seat) -> None:
    seat.come(RESIDENT)
    seat.door("本人確認（カード）")
    seat.at("本人確認（カード）")
    seat.key(Qt.Key.Key_F12)
    seat.says("製造番号は15けたの英数字です")
    assert seat.screen.title == "本人確認（カード）"


def test_the_card_is_read_by_its_printed_code_or_it_is_said_why_not(seat: Seat) -> None:
    one = somebody()
    seat.face.four = type(seat.face.four)(one.name, one.address, BORN, seat.face.four.sex)
    seat.come(RESIDENT)
    seat.door("本人確認（カード）")
    seat.at("本人確認（カード）")
    seat.key(Qt.Key.Key_F3)
    seat.says("照合番号Bは14けたの数字です")
    seat.go_to("照合番号B")
    seat.type("80010120301234")
    seat.key(Qt.Key.Key_F3)
    seat.says("カードを読み取りました")
    seat.says(one.address)
    seat.face.error = NoCard()
    seat.key(Qt.Key.Key_F3)
    seat.bot.waitUntil(lambda: "カードを読み取りました" not in seat.shown(), timeout=20_000)
    seat.says(one.address)


def copy_of_another_city(seat: Seat) -> IdentityInfo:
    """Somebody of another city asks for a copy that bears their number, and it has come."""
    one = somebody(place=FAR)
    line = WideAreaPerson(name=one.name, birth=BORN, sex="1", relation="世帯主", my_number=one.my_number)
    home = Household(municipality=FAR, address=one.address, head=one.name, codes=(one.resident_code,), persons=(line,))
    seat.house.server.parties.world.set_up([one], home)
    seat.come(RESIDENT)
    checked(seat, one, WIDE)
    seat.key(Qt.Key.Key_F12)
    seat.at("広域交付")
    seat.go_to("個人番号を載せる")
    seat.type("1")
    seat.key(Qt.Key.Key_F12)
    seat.says("遠方市の答えを待っています")
    seat.house.clock.move(seconds=61)
    seat.house.sends()
    seat.key(Qt.Key.Key_F5)
    seat.says("遠方市から写しの内容が届きました")
    return one


def test_a_copy_of_another_city_is_asked_for_and_its_numbers_are_shown_on_purpose_only(seat: Seat) -> None:
    one = copy_of_another_city(seat)
    assert one.my_number not in repr(seat.rows("写しに載る人"))
    seat.key(Qt.Key.Key_F7)
    seat.waits_for("写しに載る人", one.my_number)
    assert soon(lambda: seat.journal.kinds().count("network.number_shown") == 1)


def test_in_a_visit_the_card_that_was_read_is_not_typed_again_and_the_way_leads_back_to_the_visit(seat: Seat) -> None:
    one, back = somebody(place=FAR), Screen(seat.room.pages.check.now()._kit, "手続の選択")
    number = card_of(seat, one)
    seat.come(RESIDENT)
    seat.window.open_screen(back)
    seat.room.visit_left.connect(lambda: seat.window.open_screen(back))
    four = BasicFour(one.name, one.address, BORN, Sex.MALE)
    seat.room.begin_visit(seat.session(RESIDENT), Shown("visit-7", four))
    seat.at("本人確認（カード）")
    seat.go_to("確認の目的")
    for _ in range(WIDE):
        seat.key(Qt.Key.Key_Down)
    seat.go_to("カードの製造番号")
    seat.type(number)
    seat.enter_pin()
    seat.at("本人確認の結果")
    seat.says("本人確認ができました")
    (checked_act,) = (act for act in seat.journal.acts if act.kind == "network.check")
    assert checked_act.visit == "visit-7"
    seat.key(Qt.Key.Key_Escape)
    seat.at("本人確認（カード）")
    seat.key(Qt.Key.Key_Escape)
    seat.at("手続の選択")


def test_each_paper_of_another_citys_copy_has_a_number_of_its_own_and_is_on_record(seat: Seat) -> None:
    one = copy_of_another_city(seat)
    for count in (1, 2):
        seat.key(Qt.Key.Key_F9)
        seat.at("印刷")
        assert one.my_number not in seat.shown()
        seat.key(Qt.Key.Key_F9)
        seat.bot.waitUntil(lambda count=count: len(seat.printed.pdfs()) == count, timeout=20_000)
        seat.says("を保存しました")
        seat.key(Qt.Key.Key_F11)
        seat.at("広域交付")
    assert seat.printed.live.asked == len(seat.printed.pdfs())
    numbers = [dict(act.what)["number"] for act in seat.journal.acts if act.kind == "network.copy_made"]
    first, second = map(str, numbers)
    assert (first[-2:], second[-2:], first[:-2]) == ("-1", "-2", second[:-2])
    words = text_of(seat.printed.folder / min(one.name for one in seat.printed.folder.glob("*.pdf")))
    for said in (
        "".join(one.name.split()),
        "広域交付",
        one.my_number,
        first[:-2],
        "遠方市から通知された事項",
        "見本市長",
    ):
        assert said in words, said


def text_of(pdf: Path) -> str:
    """What a reader of the file finds, without the spaces of its layout."""
    found = subprocess.run([program("pdftotext"), "-layout", str(pdf), "-"], capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


def test_a_lost_card_is_stopped_with_a_reason_and_works_again_only_after_its_own_check(seat: Seat) -> None:
    one = somebody()
    seat.house.cs.book.write(lambda unit: unit.people.put(Registered(one, 0, 1), seat.house.clock.now()))
    number = card_of(seat, one)
    seat.come(RESIDENT)
    seat.door("カードの運用状況")
    step(seat, one, "なし", number, "初めての交付")
    seat.says("運用状況を「運用中」にしました")
    step(seat, one, "運用中", "", "電話で紛失の申出", lost=True)
    seat.says("運用状況を「一時停止中」にしました")
    assert "電子証明書の失効を申請してもらう" in seat.shown()
    seat.key(Qt.Key.Key_F3)
    seat.says("廃止する、返納を受ける")
    assert "一時停止を解除する" not in seat.shown()
    seat.house.sends()
    seat.key(Qt.Key.Key_F7)
    seat.fill_check(one, 0, number)
    seat.enter_pin()
    seat.at("本人確認の結果")
    seat.says("一時停止中")
    seat.key(Qt.Key.Key_F12)
    seat.at("カードの運用状況")
    seat.says("一時停止を解除する")
    choose(seat, "見つかった")
    seat.says("運用状況を「運用中」にしました")
    steps = [dict(act.what) for act in seat.journal.acts if act.kind == "network.card"]
    assert [each["step"] for each in steps] == ["issue", "suspend", "resume"]
    assert one.resident_code not in repr(steps)


def choose(seat: Seat, reason: str) -> None:
    """The first step that may follow."""
    seat.waits_for_key("F12")
    seat.go_to("どうするか")
    seat.key(Qt.Key.Key_Down)
    seat.go_to("理由")
    seat.type(reason)
    confirm(seat)


def confirm(seat: Seat) -> None:
    seat.key(Qt.Key.Key_F12)
    seat.says("カード管理システムに知らせます")
    seat.key(Qt.Key.Key_Space)


def step(seat: Seat, one, state: str, number: str, reason: str, *, lost: bool = False) -> None:
    """The first step that may follow, with its reason."""
    seat.at("カードの運用状況")
    if number:
        seat.go_to("住民票コード")
        seat.type(one.resident_code)
    seat.key(Qt.Key.Key_F3)
    seat.waits_for_key("F12")
    assert state in seat.shown()
    seat.go_to("どうするか")
    seat.key(Qt.Key.Key_Down)
    if number:
        seat.go_to("カードの製造番号")
        seat.type(number)
    if lost:
        seat.go_to("紛失・盗難")
        seat.type("1")
    seat.go_to("理由")
    seat.type(reason)
    confirm(seat)


def test_only_doors_with_a_right_behind_them_are_open(seat: Seat) -> None:
    offered = {actor.staff_id: len(seat.room.offers(_session(seat, actor))) for actor in (RESIDENT, SEARCHER, NOBODY)}
    assert offered == {"r1": 7, "s1": 1, "n1": 0}


def _session(seat: Seat, actor):
    seat.come(actor)
    return seat.desk._session


@pytest.mark.parametrize("back", ["the same person", "nobody"])
def test_while_locked_nothing_of_a_check_is_in_the_window_and_it_comes_back(seat: Seat, back: str) -> None:
    one = somebody()
    number = card_of(seat, one)
    aside = SetAside((seat.desk,), seat.window._lock_screen)
    seat.window.part_made.connect(aside.learn)
    seat.come(RESIDENT)
    seat.door("本人確認（カード）")
    seat.fill_check(one, CARD, number)
    work = aside.take_out()
    assert one.address not in seat.shown()
    assert seat.room.pages.check.now()._values == {}
    if back != "nobody":
        aside.put_back(work)
        assert one.address in seat.shown()
        seat.enter_pin()
        seat.at("本人確認の結果")
    else:
        aside.forget()
        seat.desk.end()
        assert one.address not in seat.shown()


def test_a_lock_while_the_resident_enters_forgets_the_entry_and_comes_back_to_the_form(seat: Seat) -> None:
    one = somebody()
    number = card_of(seat, one)
    seat.come(RESIDENT)
    seat.door("本人確認（カード）")
    seat.fill_check(one, CARD, number)
    seat.key(Qt.Key.Key_F12)
    seat.at("暗証番号の入力")
    seat.key(Qt.Key.Key_F12)
    seat.type("12")
    seat.window.lock()
    seat.desk.save_now()
    seat.window.unlock()
    seat.at("本人確認（カード）")
    seat.says(one.address)
    assert seat.journal.kinds() == []
    seat.enter_pin()
    seat.at("本人確認の結果")
