"""Certificates and seals at the window (S08-5, S08-8, C-32): by the keyboard, before the real register."""

from PySide6.QtCore import Qt

from app.domain.person import Capacity
from tests.edge.backend.register.changing import HOME
from tests.edge.backend.register.conftest import number
from tests.edge.backend.register.issuing import ENTRUSTED
from tests.edge.paper.test_press import text_of
from tests.support.patient_bot import soon
from tests.ui.certificates.conftest import Counter

SHIFT = Qt.KeyboardModifier.ShiftModifier
NUMBER = number(30000000001).text()


def test_a_copy_goes_from_the_request_to_the_hand_over(counter: Counter) -> None:
    counter.issue("本籍")
    counter.key(Qt.Key.Key_F9)
    counter.at("印刷")
    assert "住民票の写し　20261120-戸籍住民-0001" in counter.shown()
    assert "certificate.printed" not in counter.journal.kinds()
    counter.key(Qt.Key.Key_F11)
    counter.at("交付の一覧")
    counter.waits_for("番号だけ")
    counter.print()
    counter.waits_for("用紙あり")
    (pdf,) = counter.printed.pdfs()
    assert "20261120-戸籍住民-0001" in text_of(pdf)
    for said in ("渡す相手・送り先", "渡邉", "載っている人", "個人番号・住民票コード", "載っていない"):
        assert said in counter.shown(), said
    counter.screen._sheets.show_text("3")
    counter.key(Qt.Key.Key_F12)
    counter.says("印刷したのは1枚です。紙をもう一度数えてください。")
    counter.screen._sheets.show_text("1")
    counter.key(Qt.Key.Key_F12)
    counter.waits_for("渡した")
    assert soon(lambda: "certificate.handed" in counter.journal.kinds())
    assert [kind for kind in counter.journal.kinds() if kind != "issue.judged"] == [
        "certificate.drafted", "certificate.issued", "certificate.printed", "paper.sent", "paper.ended",
        "certificate.handed",
    ]  # fmt: skip
    counter.key(Qt.Key.Key_Escape)
    counter.at("手続の選択")


def test_a_spoiled_copy_gets_a_new_number_and_costs_nothing(counter: Counter) -> None:
    counter.issue()
    counter.print()
    counter.waits_for("用紙あり")
    counter.key(Qt.Key.Key_F12, SHIFT)
    counter.says("書損の理由を選んでください。")
    counter.screen._reason.show_value("smudged")
    counter.key(Qt.Key.Key_F12, SHIFT)
    counter.waits_for("書損")
    counter.key(Qt.Key.Key_F5)
    counter.at("証明書の内容の確認")
    assert "無料" in counter.shown()
    counter.key(Qt.Key.Key_F12)
    counter.at("交付の一覧")
    counter.waits_for("-0002")
    assert ["0円" in row for row in counter.rows()] == [True, True]


def test_a_measure_set_while_the_clerk_looks_stops_the_paper_and_says_nothing_of_it(counter: Counter) -> None:
    counter.issue()
    counter.key(Qt.Key.Key_F9)
    counter.at("印刷")
    counter.office.protect("300")
    counter.key(Qt.Key.Key_F9)
    counter.says("この内容では交付できません。")
    assert counter.printed.pdfs() == []
    assert "paper.sent" not in counter.journal.kinds()
    assert "支援" not in counter.shown()
    counter.key(Qt.Key.Key_F11)
    counter.waits_for("番号だけ")


def test_a_number_for_an_agent_shows_where_it_is_posted_and_is_never_handed_over(counter: Counter) -> None:
    present = counter.present(capacity=Capacity.AGENT, presenter="代理　人", evidence=ENTRUSTED)
    counter.room.begin(present)
    counter.at("証明書の請求")
    counter.fill("個人番号")
    counter.key(Qt.Key.Key_F12)
    counter.at("証明書の内容の確認")
    assert HOME in counter.shown()
    assert NUMBER not in counter.shown()
    counter.key(Qt.Key.Key_F12)
    counter.says("確かめた印が付いていないものがあります。")
    counter.tick("確かめた")
    counter.key(Qt.Key.Key_F12)
    counter.at("交付の一覧")
    counter.waits_for("本人へ郵送")
    counter.print()
    counter.waits_for("用紙あり")
    counter.key(Qt.Key.Key_F12)
    counter.waits_for("郵送した")


def test_what_is_missing_is_said_and_without_the_office_nothing_is_made(counter: Counter) -> None:
    counter.room.begin(counter.present(evidence=()))
    counter.at("証明書の請求")
    counter.says("まだ確認できていません")
    counter.key(Qt.Key.Key_F12)
    counter.says("証明書の種類を選んでください。")
    counter.fill()
    counter.key(Qt.Key.Key_F12)
    counter.says("本人確認ができていません")
    counter.line.is_down = True
    counter.key(Qt.Key.Key_F12)
    counter.bot.waitUntil(lambda: "certificate.drafted.refused" in counter.journal.kinds()[1:], timeout=20_000)
    assert counter.printed.pdfs() == []


def test_at_the_end_of_the_visit_nothing_of_the_person_is_on_any_screen(counter: Counter) -> None:
    counter.issue()
    counter.room.end()
    counter.room.begin_seals(counter.present())
    counter.room.end()
    for screen in counter.room.screens:
        counter.window.open_screen(screen)
        assert not [text for text in ("渡邉", "20261120", HOME) if text in counter.shown()], screen.title


def test_a_seal_is_registered_with_its_imprint_and_ended(counter: Counter) -> None:
    counter.room.begin_seals(counter.present())
    counter.at("印鑑登録")
    screen = counter.screen
    counter.says("登録の手数料は500円です。")
    counter.key(Qt.Key.Key_F12)
    counter.says("選んでください。")
    screen._way.show_value("own_photo")
    screen._shape.show_value("clear")
    screen._ward.show_value("none")
    screen._text.show_text("渡邉")
    counter.key(Qt.Key.Key_F12)
    counter.says("印影の画像を選んでください。")
    counter.key(Qt.Key.Key_F9)
    counter.key(Qt.Key.Key_F12)
    counter.says("登録証の番号は 00000001 です。")
    counter.waits_for("00000001")
    screen._reason.show_value("card_lost")
    counter.key(Qt.Key.Key_F12, SHIFT)
    counter.says("廃止しました。")
    counter.waits_for("印鑑登録証の亡失")


def test_an_agent_may_ask_by_letter_only_and_the_letter_is_shown(counter: Counter) -> None:
    present = counter.present(capacity=Capacity.AGENT, presenter="代理　人", evidence=ENTRUSTED)
    counter.room.begin_seals(present)
    counter.at("印鑑登録")
    counter.says("登録の手数料は500円です。")
    assert counter.screen._way.box.count() == 2
    screen = counter.screen
    screen._way.show_value("letter")
    screen._shape.show_value("clear")
    screen._ward.show_value("none")
    screen._text.show_text("渡邉")
    counter.key(Qt.Key.Key_F9)
    counter.key(Qt.Key.Key_F12)
    counter.at("印刷")
    assert "印鑑登録照会書" in counter.shown()
    counter.key(Qt.Key.Key_F11)
    counter.waits_for("照会中")
