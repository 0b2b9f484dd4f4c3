"""Every way of confirming who stands here, by the keyboard alone, and what follows where none succeeds."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.verdict import Failed
from app.errors import Unreachable
from app.services.ports.validity import RevocationAnswer
from app.standin.cards.other_profiles import DRIVER, PROFILES, RESIDENT
from app.standin.cards.profiles import ADULT, HOLDERS
from app.wire.desk import Receipt
from tests.ui.visit.conftest import OTHER_READER, READER, Counter

SHIFT = Qt.KeyboardModifier.ShiftModifier


def choose(counter: Counter, way: str) -> None:
    """Go to the list of ways and open one."""
    counter.key(Qt.Key.Key_F6, SHIFT)
    counter.at("本人確認の方法")
    table = counter.focus()
    names = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    for _ in range(names.index(way)):
        counter.key(Qt.Key.Key_Down)
    counter.enter()


def enter_pin(counter: Counter, pin: str) -> None:
    counter.at("暗証番号の入力")
    counter.key(Qt.Key.Key_F12)
    QTest.keyClicks(counter.focus(), pin)
    counter.enter()


def evidence(counter: Counter) -> list[tuple[str, str, str]]:
    present = counter.visit._present
    return [(one.about, one.method, one.result) for one in present.evidence]


@pytest.fixture
def started(counter: Counter) -> Counter:
    counter.start()
    counter.put_card()
    counter.says("照合番号B　あと10回")
    return counter


def test_the_holder_proves_by_the_user_certificate_and_nothing_is_valid_without_a_revocation_answer(started: Counter):
    started.knowing.trouble = Unreachable()
    choose(started, "マイナンバーカード：利用者証明用")
    started.at("チップによる本人確認")
    started.says("利用者証明用の暗証番号　あと3回")
    started.key(Qt.Key.Key_F12)
    enter_pin(started, ADULT.pin)
    started.says("有効期間内・失効未確認")
    assert "有効（" not in started.shown()
    assert ADULT.pin not in started.shown()
    started.type("1")
    started.key(Qt.Key.Key_F12)
    started.at("住民検索")
    assert evidence(started) == [("person", "jpki", "confirmed")]


def test_a_revoked_certificate_says_since_when_and_by_which_list_and_confirms_nobody(started: Counter):
    moment = started.desk.clock.now()
    started.knowing.answer = RevocationAnswer(Failed("certificate_revoked"), moment, "crl", since=moment)
    choose(started, "マイナンバーカード：署名用")
    started.key(Qt.Key.Key_F12)
    enter_pin(started, ADULT.password)
    started.says("使えません")
    started.says("現在の失効情報")
    assert ADULT.name in started.shown()
    started.type("1")
    started.key(Qt.Key.Key_F12)
    started.says("本人と確認できていません")
    assert evidence(started) == [("person", "jpki", "not_confirmed")]


def test_the_pin_confirms_the_person_without_the_number(started: Counter):
    choose(started, "マイナンバーカード：暗証番号")
    started.says("券面事項入力補助用の暗証番号　あと3回")
    started.key(Qt.Key.Key_F12)
    enter_pin(started, ADULT.pin)
    started.says(ADULT.name)
    started.bot.waitUntil(lambda: started.shown().count("確認済み") == 3, timeout=6000)
    assert ADULT.my_number not in started.shown()
    started.type("1")
    started.key(Qt.Key.Key_F12)
    started.at("住民検索")
    started.says("個人番号は登録済み")
    assert evidence(started) == [("person", "pin", "confirmed")]


def test_a_licence_is_opened_by_two_pins_and_shows_its_face(counter: Counter):
    counter.start()
    counter.readers.put(READER, PROFILES["licence"].make())
    counter.says("運転免許証があります")
    assert "残り回数を確かめています" not in counter.shown()
    choose(counter, "運転免許証のチップ")
    counter.says("運転免許証の暗証番号1　あと3回")
    counter.says("運転免許証の暗証番号2　あと3回")
    counter.key(Qt.Key.Key_F12)
    enter_pin(counter, "1234")
    enter_pin(counter, "5678")
    counter.says("令和11年6月17日")
    assert DRIVER.address in counter.shown()
    assert "顔写真" in [one.accessibleName() for one in counter.screen.findChildren(type(counter.screen._proof._photo))]
    counter.type("1")
    counter.key(Qt.Key.Key_F12)
    counter.at("住民検索")
    counter.says("個人番号は登録済み")
    assert "カードと住民記録に違いがあります" not in counter.shown()
    assert evidence(counter) == [("person", "document_chip", "confirmed")]


def test_a_residence_card_is_opened_by_the_number_printed_on_it(counter: Counter):
    counter.start()
    counter.readers.put(READER, PROFILES["residence_second"].make())
    choose(counter, "在留カード等のチップ")
    counter.key(Qt.Key.Key_F12)
    counter.says("カード番号（12けた）を入力してください")
    counter.type(RESIDENT.number.lower())
    counter.key(Qt.Key.Key_F12)
    counter.says("氏名は画像で記録されています")
    assert counter.shown().count("確認済み") == 2
    counter.type("1")
    counter.key(Qt.Key.Key_F12)
    counter.at("住民検索")
    assert evidence(counter) == [("person", "document_chip", "confirmed")]


def test_who_can_not_be_confirmed_is_received_after_the_clerk_has_read_what_follows(counter: Counter):
    counter.start()
    counter.key(Qt.Key.Key_F6, SHIFT)
    counter.at("本人確認の方法")
    shown = counter.shown()
    assert "証明書の請求：申請は受け付けますが、証明書は交付できません" in shown
    assert "異動前の住所へ届出受理通知を郵送します" in shown
    assert "個人番号は受け取りません" in shown
    counter.go_to("確認できないまま受け付ける")
    counter.enter()
    counter.at("住民検索")
    assert evidence(counter) == [("person", "by_eye", "not_confirmed")]


def test_questions_are_held_against_the_record_once_it_is_open(counter: Counter):
    counter.start()
    choose(counter, "質問")
    counter.at("住民検索")
    counter.type(ADULT.name)
    counter.key(Qt.Key.Key_F3)
    counter.says("個人番号は登録済み")
    counter.key(Qt.Key.Key_F12)
    counter.at("質問による本人確認")
    assert "見本　花子" in counter.shown()
    counter.key(Qt.Key.Key_F12)
    counter.says("書類を選んでください")
    for _ in range(12):
        counter.key(Qt.Key.Key_Down)
    for question in ("同じ世帯の方のお名前", "同じ世帯の方の生年月日", "同じ世帯の方の、世帯主"):
        counter.go_to(question)
        counter.type("1")
    counter.key(Qt.Key.Key_F12)
    counter.at("手続の選択")
    assert evidence(counter) == [("person", "questions", "confirmed")]


def test_an_agent_shows_papers_and_is_told_what_happens_without(counter: Counter):
    counter.start()
    counter.key(Qt.Key.Key_Tab, SHIFT)
    counter.go_to("来庁者の資格")
    for _ in range(4):
        counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("券面目視による本人確認")
    counter.key(Qt.Key.Key_Down)
    counter.go_to("来庁者の氏名")
    counter.type("代理　人子")
    counter.key(Qt.Key.Key_F12)
    counter.at("住民検索")
    counter.go_to("氏名")
    counter.type(ADULT.name)
    counter.key(Qt.Key.Key_F3)
    counter.says("個人番号は登録済み")
    counter.key(Qt.Key.Key_F12)
    counter.at("代理の権限の確認")
    assert "任意代理人として来庁しています" in counter.shown()
    assert "証明書は交付できません" in counter.shown()
    counter.key(Qt.Key.Key_F12)
    counter.says("書類か世帯の人を選んでください")
    counter.go_to("委任状")
    counter.key(Qt.Key.Key_Space)
    counter.key(Qt.Key.Key_F12)
    counter.at("手続の選択")
    assert evidence(counter) == [("person", "by_eye", "confirmed"), ("authority", "paper", "confirmed")]


def test_of_several_cards_the_clerk_chooses_and_none_is_read_before(counter: Counter):
    counter.start()
    counter.put_card()
    counter.readers.put(OTHER_READER, counter.make("rare_name"))
    counter.says("カードが複数あります")
    counter.read_card()
    counter.says("カードが複数のリーダーに置かれています")
    counter.go_to("読むカードのリーダー")
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_Down)
    counter.says(f"カードがあります（{OTHER_READER}）")
    counter.read_card(HOLDERS["rare_name"].code_b)
    counter.says("署名対象外")
    assert HOLDERS["rare_name"].name in counter.shown()


def test_a_card_that_goes_again_and_again_is_to_be_put_in_the_middle(counter: Counter):
    counter.start()
    for _ in range(2):
        counter.put_card()
        counter.says("カードがあります")
        counter.readers.take(READER)
        counter.says("カードを置いてください")
    counter.says("リーダーの中央に置き")


def test_another_card_clears_what_the_one_before_stated(started: Counter):
    started.read_card()
    started.says("署名対象外")
    started.readers.take(READER)
    started.readers.put(READER, started.make("foreign"))
    started.says("別のカードに替わりました")
    assert ADULT.name not in started.shown()
    started.key(Qt.Key.Key_F12)
    assert started.screen.title == "本人確認"


def test_a_blocked_pin_is_told_before_anybody_enters_it(counter: Counter):
    counter.start()
    counter.put_card("blocked_pin")
    counter.says("照合番号B　あと10回")
    counter.key(Qt.Key.Key_F6, SHIFT)
    counter.at("本人確認の方法")
    table = counter.focus()
    states = {table.model().index(row, 0).data(): table.model().index(row, 2).data() for row in range(8)}
    assert states["マイナンバーカード：暗証番号"] == "使えません（初期化が必要）"
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_Down)
    counter.enter()
    assert counter.screen.title == "本人確認の方法"
    counter.says("ほかの方法を選んでください")


def test_without_a_confirmed_person_no_number_is_taken_and_the_case_is_received(counter: Counter):
    counter.start()
    counter.key(Qt.Key.Key_F6, SHIFT)
    counter.go_to("確認できないまま受け付ける")
    counter.enter()
    counter.at("住民検索")
    counter.type("住登　外子")
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("手続の選択")
    table = counter.focus()
    assert table.model().index(0, 3).data() == "番号なしで受付"
    assert "身元の確認ができていません。" in counter.shown()
    counter.enter()
    counter.at("番号確認")
    counter.says("個人番号はまだ受け取れません")
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")


def test_a_number_that_the_register_does_not_know_says_why_no_other_search_is_made(started: Counter):
    started.desk.register.records[:] = []
    started.read_card()
    started.confirm_face()
    started.says("住民記録に見つかりません")
    started.key(Qt.Key.Key_F3, SHIFT)
    started.at("手続の選択")
    started.enter()
    started.at("番号確認")
    started.go_to("個人番号（照合番号A）")
    started.type(ADULT.my_number)
    started.key(Qt.Key.Key_F12)
    started.at("申請入力")
    started.says("住基ネットを検索する権限がありません")


def test_the_result_tells_what_follows_from_an_unconfirmed_person(counter: Counter):
    receipt = Receipt(
        application_id="a", number="R000009", receipt_date=date(2026, 11, 20), state="received",
        version=1, consequence="no_issue",
    )  # fmt: skip
    rows = counter.visit._rooms.hand_in._received(receipt).rows
    assert ("本人確認の結果", "申請は受け付けますが、証明書は交付できません") in rows
