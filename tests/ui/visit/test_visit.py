"""A whole visit with the keyboard alone, and what may go wrong in it."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.errors import Refused
from app.standin.cards.profiles import ADULT
from app.wire.desk import HandIn
from tests.support.claims import THERE
from tests.ui.visit.conftest import READER, Counter
from tests.unit.services.conftest import RESTRAINED, hit, record

SHIFT = Qt.KeyboardModifier.ShiftModifier


def handed_in(counter: Counter) -> list[HandIn]:
    return [message for _, _, message in counter.desk.desk.arrived if isinstance(message, HandIn)]


def test_a_visit_goes_from_the_ticket_to_the_receipt_with_the_keyboard_alone(counter: Counter):
    counter.open_form()
    assert "登録済み（提示不要）" in counter.shown()
    counter.go_to("電話番号")
    counter.type("090-0000-0000")
    counter.go_to("職業")
    counter.key(Qt.Key.Key_Down)
    for _ in range(5):
        counter.key(Qt.Key.Key_PageDown)
    counter.go_to("内容を本人が確認し")
    counter.type("1")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    counter.says("R000001")
    assert "令和8年11月20日" in counter.shown()
    (message,) = handed_in(counter)
    assert message.facts["claimant_phone"] == "09000000000"
    assert message.facts["claimant_name"] == ADULT.name
    assert message.facts["claim_signed"] is True
    assert [one.about for one in message.evidence] == ["person", "number"]
    counter.key(Qt.Key.Key_F9)
    counter.bot.waitUntil(lambda: bool(counter.papers))
    assert counter.papers[0][1].startswith(b"R000001 2026-11-20")


def test_nothing_of_the_person_is_left_after_the_visit_and_the_next_ticket_is_proposed(counter: Counter):
    counter.open_form()
    assert ADULT.name in counter.shown()
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    assert ADULT.name not in counter.shown()
    assert "応対なし" in counter.shown()
    for label in counter.window.findChildren(type(counter.screen)):
        assert ADULT.name not in label.accessibleName()
    counter.says("A013")


def test_three_verdicts_are_shown_and_expiry_stands_outside_the_signature(counter: Counter):
    counter.start()
    counter.put_card()
    counter.read_card()
    counter.says("署名対象外")
    shown = counter.shown()
    assert shown.count("確認済み") == 3
    assert ADULT.name in shown
    assert "令和13年5月17日" in shown


def test_tries_left_are_shown_before_and_after_a_wrong_code(counter: Counter):
    counter.start()
    counter.put_card()
    counter.says("照合番号B　あと10回")
    wrong = ADULT.code_b[:-1] + ("0" if ADULT.code_b[-1] != "0" else "1")
    counter.read_card(wrong)
    counter.says("照合番号Bが違います")
    counter.says("照合番号B　あと9回")


def test_the_last_try_is_used_only_after_a_second_confirmation(counter: Counter):
    counter.start()
    counter.put_card()
    wrong = ADULT.code_b[:-1] + ("0" if ADULT.code_b[-1] != "0" else "1")
    for left in range(9, 0, -1):
        counter.read_card(wrong)
        counter.says(f"照合番号B　あと{left}回")
    counter.read_card()
    counter.says("照合番号Bはあと1回です")
    assert ADULT.name not in counter.shown()
    counter.read_card()
    counter.says("署名対象外")
    assert ADULT.name in counter.shown()


def test_a_card_pulled_out_is_told_and_the_next_card_goes_on_without_a_restart(counter: Counter):
    counter.start()
    counter.put_card()
    counter.go_to("照合番号B")
    counter.type(ADULT.code_b)
    counter.enter()
    counter.enter()
    counter.readers.take(READER)
    counter.bot.waitUntil(
        lambda: "読み取りの途中でカードが離れました" in counter.shown() or ADULT.name in counter.shown(), timeout=15000
    )
    counter.says("カードを置いてください")
    counter.key(Qt.Key.Key_F5)
    counter.put_card()
    counter.says("照合番号B　あと10回")
    counter.read_card()
    counter.says("署名対象外")


def test_a_reading_without_a_card_says_what_to_do(counter: Counter):
    counter.start()
    counter.read_card()
    counter.says("カードがありません")


def test_by_eye_and_without_a_record_the_visit_goes_on_to_the_form(counter: Counter):
    counter.start()
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("券面目視による本人確認")
    for _ in range(12):
        counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_F12)
    counter.says("2点必要です。")
    for _ in range(13):
        counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_F12)
    counter.at("住民検索")
    counter.type("住登　外子")
    counter.key(Qt.Key.Key_F3)
    counter.says("住民記録に見つかりません")
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("手続の選択")
    counter.enter()
    counter.at("番号確認")
    counter.type("4")
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")
    counter.says("住登　外子")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.key(Qt.Key.Key_F12)
    counter.says("R000001")
    (message,) = handed_in(counter)
    assert message.roles.applicant.business_number == ""
    assert message.facts["claimant_number"] == "declined"
    assert message.evidence[0].document == "pension_certificate+child_rearing_certificate"


def test_several_persons_come_with_restraints_in_words_and_none_is_opened(counter: Counter):
    counter.desk.register.records[:] = [
        record(hit("1", name="見本　一")),
        record(hit("2", name="見本　一", restraints=RESTRAINED)),
    ]
    counter.start()
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("券面目視による本人確認")
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_F12)
    counter.at("住民検索")
    counter.type("見本　一")
    counter.key(Qt.Key.Key_F3)
    counter.says("該当する可能性のある人が複数います")
    table = counter.focus()
    texts = [table.model().index(row, 3).data() for row in range(2)]
    assert texts == ["なし", "閲覧：不可"]
    assert "record.opened" not in counter.desk.kinds


def test_differences_between_card_and_register_are_shown_with_their_reason(counter: Counter):
    changed = hit("2001", name=ADULT.name, birth=ADULT.birth, sex="1", address="架空県見本市東区九丁目")
    counter.desk.register.records[:] = [record(changed)]
    counter.start()
    counter.put_card()
    counter.read_card()
    counter.confirm_face()
    counter.says("カードと住民記録に違いがあります")


def test_a_hand_in_without_a_line_is_kept_and_sent_once_later(counter: Counter):
    counter.open_form()
    counter.desk.line.is_down = True
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    counter.says("送信待ち（自動で一度だけ送ります）")
    assert "サーバーにつながりません" in counter.shown()
    assert handed_in(counter) == []
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    counter.desk.line.is_down = False
    counter.desk.postbox.settle(5)
    counter.desk.postbox.settle(5)
    assert len(handed_in(counter)) == 1


def test_what_was_typed_is_saved_within_two_seconds_and_resumed_in_the_same_field(counter: Counter):
    counter.open_form()
    counter.go_to("電話番号")
    counter.type("0312345678")
    counter.bot.waitUntil(lambda: "claimant_phone" in saved(counter), timeout=2000)
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    counter.says("再開できる下書き")
    counter.go_to("再開できる下書き")
    counter.bot.waitUntil(lambda: counter.focus().model().rowCount() == 1)
    counter.enter()
    counter.at("申請入力")
    counter.bot.waitUntil(lambda: counter.focus().accessibleName().startswith("電話番号"))
    assert counter.focus().text() == "0312345678"


def saved(counter: Counter) -> dict[str, object]:
    marks = counter.desk.work.drafts()
    return dict(counter.desk.work.draft(marks[0].draft_id).facts) if marks else {}


def test_findings_never_stop_the_reception_and_a_key_leads_to_them(counter: Counter):
    counter.open_form()
    counter.says("エラーが残っていても受け付けられます。")
    counter.key(Qt.Key.Key_F5, SHIFT)
    QApplication.processEvents()
    assert not counter.screen.banner.isHidden()
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.key(Qt.Key.Key_F12)
    counter.says("R000001")


def test_a_late_claim_shows_both_first_months(counter: Counter):
    counter.open_form()
    for _ in range(3):
        counter.key(Qt.Key.Key_PageDown)
    counter.go_to("事由の発生した日の年")
    for part, text in (("年", "8"), ("月", "10"), ("日", "10")):
        counter.go_to(f"事由の発生した日の{part}")
        counter.focus().selectAll()
        counter.type(text)
    counter.enter()
    counter.says("期限内なら令和8年11月分から、今日の提出では令和8年12月分から")


def test_choosing_no_spouse_takes_the_spouse_fields_away(counter: Counter):
    counter.open_form()
    counter.key(Qt.Key.Key_PageDown)
    counter.go_to("配偶者がいる")
    assert "配偶者の氏名" in counter.shown()
    counter.type("2")
    assert "配偶者の氏名" not in counter.shown()
    assert counter.focus().accessibleName().startswith("配偶者がいる")


def test_rows_are_added_and_removed_by_keys(counter: Counter):
    counter.open_form()
    counter.key(Qt.Key.Key_PageDown)
    counter.key(Qt.Key.Key_PageDown)
    counter.go_to("児童を追加")
    counter.enter()
    assert "児童 2" in counter.shown()
    assert counter.focus().accessibleName().startswith("氏名")
    counter.type("見本　二")
    counter.go_to("この児童を削除")
    counter.enter()
    assert "児童 2" not in counter.shown()


AGREED = "本人が署名した同意がありますか"


def to_enquiries(counter: Counter) -> None:
    counter.open_form()
    counter.key(Qt.Key.Key_PageDown)
    counter.go_to("配偶者の課税年度")
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_F5)
    counter.at("情報照会")


def agree(counter: Counter) -> None:
    """The person's signed consent is at hand, where the marked enquiry asks for it."""
    if AGREED in counter.shown():
        counter.go_to(AGREED)
        counter.key(Qt.Key.Key_Space)


def test_an_enquiry_is_sent_and_shown_as_waiting_for_its_code_while_the_clerk_goes_on(counter: Counter):
    counter.exchange.answer = "no_code"
    to_enquiries(counter)
    counter.key(Qt.Key.Key_Down)
    agree(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says("照会を送りました")
    counter.key(Qt.Key.Key_F5)
    counter.says("符号取得待ち")
    counter.key(Qt.Key.Key_PageUp)
    counter.at("申請入力")
    assert "符号取得待ち" in counter.shown()
    (made,) = counter.exchange.made
    assert (made.tax_year, made.provider, made.requested_on) == (2026, THERE, date(2026, 11, 20))
    assert made.subject.business_number == "2002"


def test_not_declared_is_an_answer_of_its_own(counter: Counter):
    counter.exchange.answer = "undeclared"
    to_enquiries(counter)
    counter.key(Qt.Key.Key_Down)
    agree(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says("照会を送りました")
    counter.key(Qt.Key.Key_F5)
    counter.says("未申告")


def test_without_the_persons_signed_consent_nothing_is_asked(counter: Counter):
    to_enquiries(counter)
    counter.key(Qt.Key.Key_Down)
    assert AGREED in counter.shown()
    counter.go_to(AGREED)
    counter.key(Qt.Key.Key_Right)
    counter.key(Qt.Key.Key_F12)
    counter.says("同意がないため送れません。")
    assert "照会を送りました" not in counter.shown()


def test_a_refused_enquiry_says_why(counter: Counter):
    counter.exchange.refusal = Refused("same_person")
    to_enquiries(counter)
    agree(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says("この段階は、別の職員が行います")
    assert counter.exchange.made == []


def test_an_enquiry_is_offered_only_to_who_may_make_it(counter: Counter):
    counter.open_form()
    assert "refresh" in [one.action for one in counter.screen.key_labels()]
    session = counter.visit._session
    counter.visit.end()
    rights = tuple(right for right in session.actor.rights if right.act != "enquiry.make")
    counter.visit.begin(replace(session, actor=replace(session.actor, rights=rights)))
    counter.at("次の応対")
    counter.open_form()
    assert "refresh" not in [one.action for one in counter.screen.key_labels()]
    counter.key(Qt.Key.Key_F5)
    assert counter.screen.title == "申請入力"


def test_what_a_clerk_has_looked_at_travels_with_the_application_and_nothing_has_to_be(counter: Counter):
    counter.open_form()
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.go_to("確かめた")
    wanted = counter.focus().accessibleName()
    counter.key(Qt.Key.Key_Space)
    counter.key(Qt.Key.Key_PageUp)
    counter.at("申請入力")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.go_to(wanted)
    assert counter.focus().isChecked()
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    (message,) = handed_in(counter)
    assert len(message.confirmed_findings) == 1


def test_the_list_and_the_way_out_have_keys_of_their_own_between_visits(counter: Counter):
    asked: list[str] = []
    counter.visit.queue_asked.connect(lambda: asked.append("queue"))
    counter.visit.sign_out_asked.connect(lambda: asked.append("sign out"))
    counter.visit.begin(counter.visit._session, may_review=True)
    counter.key(Qt.Key.Key_F3)
    counter.key(Qt.Key.Key_F4, SHIFT)
    assert asked == ["queue", "sign out"]


def test_the_screen_between_visits_fits_without_scrolling(counter: Counter):
    counter.window.resize(1366, 768)
    QApplication.processEvents()
    inner, scroll = counter.screen.body.parentWidget(), counter.screen._scroll
    assert inner.height() <= scroll.viewport().height()
