"""A supervisor sees what stands out, looks closer and keeps what was found, by the keyboard alone (C-12, R-052)."""

from PySide6.QtCore import Qt

from app.ui.widgets.day_bars import DayBars, ShareBar
from tests.edge.backend.review.acting import look, visit
from tests.support.patient_bot import soon
from tests.support.slices import KITA, acts
from tests.ui.access.conftest import Desk


def test_nothing_stands_out_where_everything_is_explained(desk: Desk) -> None:
    look(desk.office, "103", reason="phone")
    desk.come()
    desk.says("過去92日の閲覧 1件のうち、確認が要るものは0件です")
    desk.says("確認が要る閲覧はありません")
    assert desk.rows() == []
    (share,) = desk.screen.findChildren(ShareBar)
    assert share.accessibleDescription() == "来庁・事案で説明 0.0%、照会の理由で説明 100.0%、説明なし 0.0%"
    (days,) = desk.screen.findChildren(DayBars)
    assert days.accessibleDescription() == "11/20：来庁・事案0件、照会の理由1件、説明なし0件"


def test_what_stands_out_is_opened_and_settled_by_keys(desk: Desk) -> None:
    visit(desk.office, "v1")
    look(desk.office, "100", visit="v1")
    look(desk.office, "103")
    desk.come()
    desk.says("確認が要るものは1件です")
    (row,) = desk.rows()
    assert "60点" in row
    assert "001　窓口　明子" in row
    assert "来庁も照会の理由もない（1件）" in row
    assert "未確認" in row
    desk.enter()
    desk.at("閲覧の確認")
    desk.says("60点　来庁も照会の理由もない（1件）")
    desk.key(Qt.Key.Key_F12)
    desk.says("確認の結果を選んでください。")
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_F12)
    desk.says("根拠を入力してください。")
    desk.type("本人が認めた。")
    desk.key(Qt.Key.Key_F12)
    desk.at("閲覧の点検")
    desk.says("結果：不正として報告した")
    desk.says("確認が要る閲覧はありません")
    kinds = [kind for kind, _ in acts(desk.office.own, KITA)]
    assert [kind for kind in kinds if kind != "review.made"] == ["review.finding_viewed", "review.settled"]
    assert soon(lambda: "access_review.settled" in desk.journal.kinds())


def test_what_was_settled_is_seen_again_with_its_grounds(desk: Desk) -> None:
    look(desk.office, "103")
    desk.come()
    desk.says("確認が要るものは1件です")
    desk.enter()
    desk.at("閲覧の確認")
    desk.flow.finding.settle_asked.emit("justified", "電話の受付票を見た。")
    desk.at("閲覧の点検")
    desk.says("確認が要る閲覧はありません")
    desk.key(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    desk.bot.waitUntil(lambda: len(desk.rows()) == 1, timeout=6000)
    assert "業務上の理由があった" in desk.rows()[0]
    desk.enter()
    desk.at("閲覧の確認")
    desk.says("電話の受付票を見た。")
    desk.key(Qt.Key.Key_Escape)
    desk.at("閲覧の点検")


def test_nothing_of_anybody_stays_when_the_supervisor_leaves(desk: Desk) -> None:
    look(desk.office, "103")
    desk.come()
    desk.says("確認が要るものは1件です")
    desk.enter()
    desk.at("閲覧の確認")
    desk.flow.end()
    assert "窓口　明子" not in desk.shown()
    assert "103" not in desk.shown()
    assert desk.flow.screen.first_focus().items() == ()  # type: ignore[attr-defined]
