"""The book of a section at the window: found, taken, a long case step by step, papers asked for, what is due, money."""

from datetime import date

from PySide6.QtCore import Qt

from app.domain.fee_closing import FeeLine
from tests.edge.backend.book.conftest import CASHIER, COUNTER, EXAMINER, NAME, SECOND, SHORT, SURVEYOR, WORKER
from tests.support.patient_bot import soon
from tests.support.slices import MORNING
from tests.ui.book.conftest import Section

BOOK, STAGES, DUE, FEES = "受付簿", "段階", "期限の一覧", "手数料"


def open_case(section: Section, who=SURVEYOR) -> None:
    """From the doors to the case."""
    section.come(who)
    section.door("受付簿")
    section.at("受付簿")
    section.waits_for(BOOK, NAME.name)
    section.mark(BOOK, NAME.name)
    section.enter()
    section.at("事案の進み具合")
    section.waits_for(STAGES, "受付")


def test_a_case_is_found_by_the_end_of_its_number_and_taken(section: Section) -> None:
    for name in ("a1", "a2"):
        section.office.receive(name)
    section.come(SURVEYOR)
    section.door("受付簿")
    section.at("受付簿")
    section.waits_for(BOOK, "2026-000002")
    section.go_to("受付番号の末尾")
    section.type("0001")
    section.key(Qt.Key.Key_F3)
    section.bot.waitUntil(lambda: len(section.rows(BOOK)) == 1, timeout=20_000)
    assert "担当なし" in section.rows(BOOK)[0]
    section.mark(BOOK, "2026-000001")
    section.enter()
    section.at("事案の進み具合")
    section.waits_for(STAGES, "受付点検")
    section.press_button("自分が担当する")
    section.sees("自分の担当にしました。")
    assert section.office.card(SURVEYOR).row.owner == "101"
    section.press_button("申請を開く")
    assert section.wholes == ["a1"]
    section.key(Qt.Key.Key_Escape)
    section.at("受付簿")
    section.waits_for(BOOK, "自分")
    assert soon(lambda: {"book.shown", "case.shown", "case.given"} <= set(section.journal.kinds()))


def test_a_step_is_begun_and_left_out_only_with_a_reason(section: Section) -> None:
    section.office.receive()
    section.office.check()
    open_case(section)
    section.mark(STAGES, "認定調査")
    section.key(Qt.Key.Key_F12)
    section.at("事案の処理")
    section.choose("担当する職員", "101")
    section.key(Qt.Key.Key_F12)
    section.at("事案の進み具合")
    section.sees("段階を始めました。")
    section.bot.waitUntil(lambda: "進行中" in section.row_of(STAGES, "認定調査"), timeout=20_000)
    section.mark(STAGES, "医師意見書")
    section.press_button("省く")
    section.at("事案の処理")
    section.key(Qt.Key.Key_F12)
    section.sees("入力してください。")
    section.go_to("理由")
    section.type("診断書が添えられていたため")
    section.key(Qt.Key.Key_F12)
    section.sees("段階を省きました。")
    assert section.office.step("doctor_opinion").note == "診断書が添えられていたため"


def test_a_try_that_may_have_arrived_is_sent_again_under_its_own_key(section: Section) -> None:
    section.office.receive()
    section.office.check()
    open_case(section)
    section.mark(STAGES, "認定調査")
    section.key(Qt.Key.Key_F12)
    section.at("事案の処理")
    section.choose("担当する職員", "101")
    section.line.is_down = True
    section.key(Qt.Key.Key_F12)
    section.sees("サーバーにつながりません")
    section.line.is_down = False
    section.key(Qt.Key.Key_F12)
    section.sees("段階を始めました。")
    assert len(section.line.keys) == 2
    assert len(set(section.line.keys)) == 1


def test_missing_papers_are_asked_for_by_a_letter_that_is_shown_to_be_printed(section: Section) -> None:
    section.office.receive()
    open_case(section)
    section.press_button("書類と補正")
    section.at("書類と補正")
    section.waits_for("書類", "計画案")
    section.key(Qt.Key.Key_F12)
    section.at("事案の処理")
    section.key(Qt.Key.Key_F12)
    section.at("書類と補正")
    section.sees("補正を求めました。")
    section.waits_for("補正の求め", "返事を待っています")
    section.bot.waitUntil(lambda: bool(section.papers), timeout=30_000)
    assert section.papers[0].title == "補正依頼書"
    rows = [row.value for one in section.papers[0].content.sections for row in one.rows]
    assert "令和8年12月4日" in rows
    assert section.office.page(EXAMINER).rows[0].resident_state == "sent_back"


def test_what_falls_due_stands_on_the_board_with_the_way_into_the_case(section: Section) -> None:
    section.office.receive("a1", SHORT)
    section.office.slice.clock.move(days=16)
    section.come(WORKER)
    section.door("期限の一覧")
    section.at("期限の一覧")
    section.waits_for(DUE, "2日過ぎ")
    assert "延期の通知が要ります" in section.rows(DUE)[0]
    section.mark(DUE, "2日過ぎ")
    section.enter()
    section.at("事案の進み具合")
    section.waits_for(STAGES, "面接記録")


def test_what_came_by_post_is_received_on_the_day_it_arrived(section: Section) -> None:
    section.come(COUNTER)
    assert "手数料と日締め" not in section.shown()
    section.door("来庁以外の受付")
    section.at("来庁以外の受付")
    section.key(Qt.Key.Key_F12)
    section.sees("入力してください。")
    section.choose("手続", SHORT)
    section.choose("届き方", "post")
    section.go_to("氏名")
    section.type("見本　太郎")
    section.key(Qt.Key.Key_F12)
    section.sees("受け付けました：2026-000001")
    (row,) = section.office.page(WORKER).rows
    assert (row.channel, row.receipt_date, row.applicant) == ("post", date(2026, 11, 20), "見本　太郎")


def second_signs(section: Section) -> None:
    section.come(SECOND)
    section.door("手数料と日締め")
    section.at("手数料")
    section.press_button("日締めへ")
    section.waits_for("これまでの日締め", "二人目の署名")
    section.key(Qt.Key.Key_F12)
    section.sees("日締めが終わりました。")
    section.waits_for("これまでの日締め", "締め済み")


def test_a_fee_is_taken_and_the_day_closed_by_two_with_the_certificates_in_it(section: Section) -> None:
    section.office.register.lines["T-4"] = [FeeLine("register", "C-1", "residence_copy", 350, "", MORNING)]
    section.come(CASHIER)
    section.door("手数料と日締め")
    section.at("手数料")
    section.waits_for(FEES, "住民票の写し")
    section.choose("手数料の種類", "card_reissue")
    section.key(Qt.Key.Key_F12)
    section.sees("受け取りました：R2026-000001")
    section.sees("この窓口の受領　1,150円")
    section.press_button("日締めへ")
    section.at("日締め")
    section.sees("合計　1,150円")
    section.key(Qt.Key.Key_F12)
    section.at("事案の処理")
    section.go_to("数えた現金")
    section.type("1,100円")
    section.key(Qt.Key.Key_F12)
    section.sees("refused:reason_missing")
    section.go_to("違うときの理由")
    section.type("つり銭を渡しすぎた可能性")
    section.key(Qt.Key.Key_F12)
    section.sees("数えた額を署名しました。")
    second_signs(section)
    assert soon(lambda: {"fee.taken", "till.counted", "till.closed"} <= set(section.journal.kinds()))
