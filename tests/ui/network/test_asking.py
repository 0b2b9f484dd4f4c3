"""S06-4, S06-5, S06-6, F-03, M-4, C-22: searches, enquiries, and the comparison of the levels."""

from threading import Event

import msgspec
from PySide6.QtCore import Qt

from app.backend.jukinet.ports import Registered
from tests.edge.backend.jukinet.world import FAR, somebody
from tests.edge.backend.jukirelay.world import resident
from tests.ui.network.conftest import DECIDER, RESIDENT, SEARCHER, Seat, clerk


def lives_here(seat: Seat, *people) -> None:
    """They are registered with the city and at both levels."""
    seat.house.cs.book.write(
        lambda unit: [unit.people.put(Registered(one, 0, 1), seat.house.clock.now()) for one in people]
    )
    seat.house.server.parties.world.set_up(people)


def test_two_items_find_somebody_anywhere_and_fewer_are_refused_with_why(seat: Seat) -> None:
    one = somebody(place=FAR)
    seat.house.server.parties.world.set_up([one])
    seat.come(SEARCHER)
    seat.door("本人確認情報の検索")
    seat.at("本人確認情報の検索")
    seat.key(Qt.Key.Key_F3)
    seat.says("何の事務のためかを選んでください")
    seat.go_to("事務")
    seat.key(Qt.Key.Key_Down)
    seat.go_to("氏名")
    seat.type(one.name)
    seat.key(Qt.Key.Key_F3)
    seat.says("検索の条件が足りません")
    seat.go_to("住所")
    seat.type(one.address)
    seat.key(Qt.Key.Key_F3)
    seat.waits_for("見つかった人", one.name)
    assert "遠方市" in seat.rows("見つかった人")[0]
    assert one.my_number not in seat.shown()
    acts = [(act.kind, dict(act.what)) for act in seat.journal.acts]
    assert [kind for kind, _ in acts] == ["network.search.refused", "network.search"]
    assert one.name not in repr(acts)
    seat.go_to("住所")
    seat.type("x")
    seat.bot.waitUntil(lambda: seat.rows("見つかった人") == [])


def test_a_number_is_a_way_of_its_own_and_not_together_with_items(seat: Seat) -> None:
    one = somebody(place=FAR)
    seat.house.server.parties.world.set_up([one])
    seat.come(SEARCHER)
    seat.door("本人確認情報の検索")
    seat.go_to("事務")
    seat.key(Qt.Key.Key_Down)
    seat.go_to("個人番号")
    seat.type(one.my_number)
    seat.key(Qt.Key.Key_F3)
    seat.waits_for("見つかった人", one.name)
    seat.go_to("氏名")
    seat.type(one.name)
    seat.key(Qt.Key.Key_F3)
    seat.says("どれか一つだけで検索します")


def test_who_has_no_right_to_numbers_is_asked_for_items_only(seat: Seat) -> None:
    seat.come(clerk("s2", "network.search"))
    seat.door("本人確認情報の検索")
    seat.at("本人確認情報の検索")
    assert "個人番号" not in seat.shown()


def test_the_national_level_answers_by_code_and_the_number_is_shown_on_purpose_only(seat: Seat) -> None:
    one = somebody(place=FAR)
    seat.house.server.parties.world.set_up([one])
    seat.come(RESIDENT)
    seat.door("機構への照会")
    seat.at("機構への照会")
    seat.go_to("事務")
    seat.key(Qt.Key.Key_Down)
    seat.key(Qt.Key.Key_Down)
    seat.go_to("住民票コード")
    seat.type(one.resident_code)
    seat.key(Qt.Key.Key_F3)
    seat.waits_for("見つかった人", one.name)
    seat.waits_for("本人確認情報", "非表示")
    assert one.my_number not in repr(seat.rows("本人確認情報"))
    seat.key(Qt.Key.Key_F7)
    seat.waits_for("本人確認情報", one.my_number)
    assert "F7" not in seat.live_keys()
    kinds = seat.journal.kinds()
    assert kinds == ["network.enquire", "network.number_shown"]
    assert one.my_number not in repr(seat.journal.acts)


def test_the_line_is_down_and_everything_typed_stays(seat: Seat) -> None:
    seat.line.is_down = True
    seat.come(RESIDENT)
    seat.door("機構への照会")
    seat.go_to("事務")
    seat.key(Qt.Key.Key_Down)
    for label, text in (("氏名", "見本　太郎"), ("住所", "見本市一丁目")):
        seat.go_to(label)
        seat.type(text)
    seat.key(Qt.Key.Key_F3)
    seat.says("サーバー")
    assert "見本市一丁目" in seat.shown()
    seat.line.is_down = False
    seat.key(Qt.Key.Key_F3)
    seat.says("該当する人はいません")


def test_a_long_wait_can_be_left_and_its_answer_is_shown_no_more(seat: Seat) -> None:
    go_on = Event()
    seat.line.slow = lambda: go_on.wait(20)
    one = somebody(place=FAR)
    seat.house.server.parties.world.set_up([one])
    seat.come(RESIDENT)
    seat.door("機構への照会")
    seat.go_to("事務")
    seat.key(Qt.Key.Key_Down)
    for label, text in (("氏名", one.name), ("住所", one.address)):
        seat.go_to(label)
        seat.type(text)
    seat.key(Qt.Key.Key_F3)
    seat.says("問い合わせています")
    seat.key(Qt.Key.Key_Escape)
    seat.says("待つのをやめました")
    go_on.set()
    seat.bot.waitUntil(lambda: "network.enquire" in seat.journal.kinds(), timeout=20_000)
    assert seat.rows("見つかった人") == []
    seat.line.slow = bool
    seat.key(Qt.Key.Key_Escape)
    seat.at("ほかの業務")


def test_a_difference_stands_side_by_side_is_proposed_by_one_and_approved_by_another(seat: Seat) -> None:
    here, same = somebody(), somebody()
    lives_here(seat, here, same)
    prefecture = seat.house.server.parties.world.prefecture
    prefecture.people[here.resident_code] = msgspec.structs.replace(here, address="見本市東区9-9")
    seat.come(RESIDENT)
    seat.door("整合性の確認")
    seat.at("整合性の確認")
    start(seat)
    seat.waits_for("不整合の一覧", here.name)
    assert same.name not in repr(seat.rows("不整合の一覧"))
    mark(seat, here.name)
    assert f"住所 {here.address} 見本市東区9-9 相違" in seat.rows("両方の内容")
    assert seat.rows("両方の内容")[-1].endswith("一致")
    seat.key(Qt.Key.Key_F12)
    seat.says("入力してください。")
    seat.go_to("処理")
    seat.key(Qt.Key.Key_Down)
    seat.go_to("理由")
    seat.type("転居の更新が届いていない")
    seat.key(Qt.Key.Key_F12)
    seat.says("「承認待ち」にしました")
    approve(seat, here.name)
    seat.house.sends()
    assert prefecture.people[here.resident_code].address == here.address


def approve(seat: Seat, name: str) -> None:
    """Somebody else, who sees what was proposed and why."""
    seat.come(DECIDER)
    seat.door("不整合の承認")
    seat.waits_for("不整合の一覧", "転居の更新が届いていない")
    mark(seat, name)
    seat.waits_for_key("F12")
    seat.key(Qt.Key.Key_F12)
    seat.says("この処理を承認します")
    seat.key(Qt.Key.Key_Space)
    seat.says("「処理済み」にしました")


def start(seat: Seat) -> None:
    """Everybody is compared with the prefecture, in the background."""
    seat.says("整合性の確認は、まだ行われていません")
    seat.key(Qt.Key.Key_F2)
    seat.at("整合性の確認を始める")
    seat.key(Qt.Key.Key_F12)
    seat.says("都道府県との突合せを始めました")
    while seat.house.cs.comparing.turn():
        pass
    seat.key(Qt.Key.Key_F5)


def mark(seat: Seat, name: str) -> None:
    """Go down the list to that person."""
    seat.go_to("不整合の一覧")
    place = next(at for at, row in enumerate(seat.rows("不整合の一覧")) if name in row)
    seat.key(Qt.Key.Key_Home)
    for _ in range(place):
        seat.key(Qt.Key.Key_Down)


def test_what_goes_out_is_listed_with_its_age_and_who_has_it_already(seat: Seat) -> None:
    one = somebody()
    lives_here(seat, one)
    seat.come(RESIDENT)
    seat.door("送信の状態")
    seat.at("送信の状態")
    seat.says("稼働中")
    assert seat.rows("待っているもの（古い順）") == []
    who = resident()
    seat.house.lives_here(who)
    seat.house.works()
    seat.house.server.trouble.away.add("prefecture")
    seat.house.moves(who)
    seat.house.works()
    seat.house.clock.move(minutes=5)
    seat.key(Qt.Key.Key_F5)
    seat.waits_for("待っているもの（古い順）", "本人確認情報の更新")
    (row,) = seat.rows("待っているもの（古い順）")
    assert "送信待ち" in row
    assert "1件" in seat.shown()
