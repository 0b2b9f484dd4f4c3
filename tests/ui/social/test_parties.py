"""S05-0, S05-3, K-11: parties found with their marks, opened part by part; what is withheld is shown for a reason."""

from datetime import timedelta

from PySide6.QtCore import Qt

from app.ui.set_aside import SetAside
from app.wire.entry_draft import EntryDraft
from tests.edge.backend.socialaddress.office import TODAY, change, notice
from tests.edge.backend.socialaddress.test_entries import account, delivery
from tests.support.patient_bot import soon
from tests.ui.social.conftest import BOSS, CLERK, NOBODY, READER, Room

FOUND, ROWS, FACTS = "見つかった宛名", "この宛名の記録", "基本の情報"
SHIFT = Qt.KeyboardModifier.ShiftModifier
CARE = "見本市東区5番 親戚方"


def look_for(room: Room, name: str, label: str = "氏名・名称") -> None:
    room.door("宛名の検索")
    room.at("宛名の検索")
    room.go_to(label)
    room.type(name)
    room.key(Qt.Key.Key_F3)
    room.waits_for(FOUND, name)


def open_party(room: Room, name: str = "住民　太郎") -> None:
    look_for(room, name)
    room.enter()
    room.at("宛名の内容")
    room.waits_for(FACTS, name)


def part(room: Room, at: str) -> None:
    """Choose a part by its number."""
    room.go_to("見るもの")
    room.type(at)


def test_a_party_is_found_by_name_and_its_sheet_shows_every_part(room: Room) -> None:
    row = room.office.resident("100")
    delivery(room.office, row.social_number)
    room.office.taxed(notice(1, "100"))
    room.come()
    open_party(room)
    assert CARE in room.row_of(FACTS, "送り先")
    assert CARE in room.row_of(ROWS, "有効")
    part(room, "4")
    room.waits_for(ROWS, "合計所得金額 3,000,000")
    part(room, "5")
    room.waits_for(ROWS, "転入")
    part(room, "2")
    room.sees("記録はありません。")
    wanted = {"parties.searched", "party.opened", "party.tax_shown", "party.history_shown"}
    assert soon(lambda: wanted <= set(room.journal.kinds()))


def test_nothing_to_search_by_or_no_business_asks_nobody(room: Room) -> None:
    room.come()
    room.door("宛名の検索")
    room.at("宛名の検索")
    room.key(Qt.Key.Key_F3)
    room.sees("＊氏名、フリガナ、番号のどれかを入力してください。")
    assert "parties.searched" not in room.journal.kinds()


def test_a_protected_person_is_marked_in_the_list_and_lived_nowhere_on_the_sheet_until_asked_for_a_reason(
    room: Room,
) -> None:
    """S05-0: the mark is already in the list; who may see it says why, and that is kept."""
    room.office.resident("100")
    room.come(BOSS)
    open_party(room)
    room.key(Qt.Key.Key_F11)
    room.sees("この人の住所を、すぐに秘匿します。")
    room.type("本人からの申出")
    room.key(Qt.Key.Key_F12)
    room.sees("住所を秘匿しました")
    assert "住所を秘匿中です" in room.row_of(FACTS, "印")
    room.come(CLERK)
    look_for(room, "住民　太郎")
    assert room.row_of(FOUND, "住民").startswith("秘匿")
    room.enter()
    room.waits_for(FACTS, "表示していません（秘匿）")
    assert "中央一丁目" not in room.shown() + "".join(room.rows(FACTS))
    assert "住所を表示する" not in room.buttons()
    room.come(BOSS)
    open_party(room)
    room.key(Qt.Key.Key_F3)
    room.key(Qt.Key.Key_F12)
    room.sees("＊理由を入力してください。")
    room.type("送付先の確認")
    room.key(Qt.Key.Key_F12)
    room.waits_for(FACTS, "中央一丁目")
    assert room.act("party.opened")["reason"] == "送付先の確認"
    room.key(Qt.Key.Key_F11)
    room.type("申出の取下げ")
    room.key(Qt.Key.Key_F12)
    room.sees("設定した職員とは別の職員が行います")


def test_an_account_is_masked_until_somebody_with_the_right_says_why(room: Room) -> None:
    """S05-0: recorded at the counter and at the office."""
    number = room.office.resident("100").social_number
    account(room.office, number)
    room.come(CLERK)
    open_party(room)
    part(room, "3")
    room.waits_for(ROWS, "*****56")
    assert "口座番号を表示する" not in room.buttons()
    room.come(BOSS)
    open_party(room)
    part(room, "3")
    room.waits_for(ROWS, "*****56")
    room.key(Qt.Key.Key_F9)
    room.type("振込の確認")
    room.key(Qt.Key.Key_F12)
    room.waits_for(ROWS, "0123456")
    shown = [what for kind, what in room.office.acts() if kind == "social.opened" and what["shown_accounts"]]
    assert [one["reason"] for one in shown] == ["振込の確認"]
    room.key(Qt.Key.Key_F5)
    room.waits_for(ROWS, "*****56")


def test_a_delivery_address_is_entered_and_replaced(room: Room) -> None:
    room.office.resident("100")
    room.come()
    open_party(room)
    room.key(Qt.Key.Key_F2)
    room.at("送付先の登録")
    room.key(Qt.Key.Key_F12)
    room.sees("＊入力してください。")
    room.type(CARE)
    room.go_to("理由")
    room.type("入院のため")
    room.key(Qt.Key.Key_F12)
    room.at("宛名の内容")
    room.sees("登録しました")
    room.waits_for(ROWS, CARE)
    assert CARE in room.row_of(FACTS, "送り先")
    room.mark(ROWS, CARE)
    room.key(Qt.Key.Key_F7)
    room.at("送付先の登録")
    room.sees("これまでの記録に替えて登録します。")
    room.go_to("理由")
    room.type("退院先の変更")
    room.key(Qt.Key.Key_F12)
    room.at("宛名の内容")
    room.waits_for(ROWS, "差替え済み")


def test_a_delivery_address_ends_with_a_day_for_a_reason(room: Room) -> None:
    delivery(room.office, room.office.resident("100").social_number)
    room.come()
    open_party(room)
    room.mark(ROWS, "有効")
    room.key(Qt.Key.Key_F11, SHIFT)
    room.type("x")
    room.go_to("理由")
    room.type("退院したため")
    room.key(Qt.Key.Key_F12)
    room.sees("＊日付を入力してください。")
    room.key(Qt.Key.Key_Backspace)
    room.type(f"{TODAY + timedelta(days=9):%Y%m%d}")
    room.key(Qt.Key.Key_F12)
    room.sees("終わりの日を残しました")
    assert "R8.11.29" in room.row_of(ROWS, "有効")
    assert soon(lambda: "delivery.ended" in room.journal.kinds())


def test_a_contact_and_a_bank_account_are_entered_and_a_wrong_field_is_shown_where_it_is(room: Room) -> None:
    room.office.resident("100")
    room.come()
    open_party(room)
    part(room, "2")
    room.key(Qt.Key.Key_F2)
    room.at("応対の記録")
    room.key(Qt.Key.Key_Down)
    room.go_to("話した相手")
    room.type("本人")
    room.go_to("内容")
    room.type("納付の相談")
    room.key(Qt.Key.Key_F12)
    room.at("宛名の内容")
    room.waits_for(ROWS, "納付の相談")
    part(room, "3")
    room.key(Qt.Key.Key_F2)
    room.at("口座の登録")
    for label, text in (
        ("金融機関コード", "001"),
        ("支店コード", "123"),
        ("口座番号", "123456"),
        ("口座名義", "ジュウミン　タロウ"),
    ):
        room.go_to(label)
        room.type(text)
    room.key(Qt.Key.Key_F12)
    room.sees("金融機関コードは4けたの数字です")
    room.type("9")
    room.key(Qt.Key.Key_F12)
    room.at("宛名の内容")
    room.waits_for(ROWS, "*****56")


def test_somebody_in_no_register_is_entered_and_one_who_may_be_the_same_is_told(room: Room) -> None:
    """S05-3."""
    room.office.resident("100")
    room.come()
    room.door("宛名の検索")
    room.at("宛名の検索")
    room.key(Qt.Key.Key_F2)
    room.at("住基外者・法人の登録")
    room.go_to("氏名・名称")
    room.type("住民　太郎")
    room.go_to("フリガナ")
    room.type("ジュウミン　タロウ")
    room.go_to("性別")
    room.key(Qt.Key.Key_Down)
    room.go_to("生年月日")
    room.type("昭")
    flow = room.room.party_form.now()
    flow.screen.fields.show_value("birth", "1980-05-06")
    flow.edit("birth", "1980-05-06")
    room.go_to("住所")
    room.type("隣市本町9番")
    room.key(Qt.Key.Key_F12)
    room.at("宛名の検索")
    room.sees("登録しました（")
    room.sees("同じ人かもしれない宛名が1件あります。")


def test_a_corporation_needs_its_number_and_asks_for_no_birth_day(room: Room) -> None:
    room.come()
    room.door("宛名の検索")
    room.key(Qt.Key.Key_F2)
    room.at("住基外者・法人の登録")
    room.go_to("種別")
    room.type("2")
    room.sees("法人番号")
    assert "生年月日" not in room.shown()
    room.go_to("氏名・名称")
    room.type("見本商事")
    room.key(Qt.Key.Key_F12)
    room.sees("＊入力してください。")
    room.type("123")
    room.go_to("住所")
    room.type("本町1番")
    room.key(Qt.Key.Key_F12)
    room.sees("法人番号は13けたの数字です")


def test_what_was_half_typed_comes_back_with_its_party(room: Room) -> None:
    number = room.office.resident("100").social_number
    room.come()
    open_party(room)
    room.key(Qt.Key.Key_F2)
    room.at("送付先の登録")
    room.type(CARE)
    room.key(Qt.Key.Key_Escape)
    room.at("宛名の内容")
    room.bot.waitUntil(lambda: len(room.work.drafts()) == 1, timeout=20_000)
    session = room.desk._session
    room.desk.end()
    assert session is not None
    about = {"purpose": "national_health", "number": number, "replaces": ""}
    room.desk.resume(session, EntryDraft(form="social.delivery", about=about))
    room.at("送付先の登録")
    room.sees(CARE)


def test_a_number_that_was_typed_is_in_no_draft(room: Room) -> None:
    room.come()
    room.door("宛名の検索")
    room.key(Qt.Key.Key_F2)
    room.at("住基外者・法人の登録")
    room.go_to("氏名・名称")
    room.type("住外　花子")
    room.go_to("個人番号")
    room.type("123456789018")
    room.desk.save_now()
    room.bot.waitUntil(lambda: len(room.work.drafts()) == 1, timeout=20_000)
    kept = str([room.work.draft(one.draft_id).facts for one in room.work.drafts()])
    assert "花子" in kept
    assert "123456789018" not in kept


def test_while_locked_nothing_of_a_party_is_in_the_window_and_it_comes_back(room: Room) -> None:
    aside = SetAside((room.desk,), room.window._lock_screen)
    room.window.part_made.connect(aside.learn)
    delivery(room.office, room.office.resident("100").social_number)
    room.come()
    open_party(room)
    room.key(Qt.Key.Key_F2)
    room.at("送付先の登録")
    room.type("見本市西区1番")
    work = aside.take_out()
    assert "西区" not in room.shown()
    assert room.room.entries["deliveries"].now()._values == {}
    assert room.room.party.now()._view is None
    aside.put_back(work)
    assert "見本市西区1番" in room.shown()
    room.key(Qt.Key.Key_Escape)
    room.at("宛名の内容")
    room.waits_for(ROWS, CARE)


def test_who_may_only_read_enters_nothing_and_who_has_no_right_finds_no_door(room: Room) -> None:
    """The negative twins; a right for another business opens nothing either."""
    room.office.resident("100")
    room.come(READER)
    assert room.buttons() == {"宛名の検索", "戻る"}
    open_party(room)
    assert room.buttons() == {"戻る"}
    part(room, "4")
    room.sees("この事務では、見る権限がありません。")
    assert "party.tax_shown" not in room.journal.kinds()
    room.come(NOBODY)
    assert room.buttons() == {"戻る"}


def test_a_line_that_is_down_says_so_and_the_second_try_enters_once(room: Room) -> None:
    room.office.told(change(1, "100"))
    room.come()
    open_party(room)
    room.key(Qt.Key.Key_F2)
    room.at("送付先の登録")
    room.type(CARE)
    room.go_to("理由")
    room.type("入院のため")
    room.line.is_down = True
    room.key(Qt.Key.Key_F12)
    room.sees("つながりません")
    room.line.is_down = False
    room.key(Qt.Key.Key_F12)
    room.at("宛名の内容")
    room.waits_for(ROWS, CARE)
    assert len(room.rows(ROWS)) == 1
