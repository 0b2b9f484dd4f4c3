"""A notification of a move at the window: no number is asked, what the register knows is filled in, it is received."""

from PySide6.QtCore import Qt

from app.domain.identity import Regime
from app.standin.cards.profiles import ADULT
from app.wire.desk import HandIn
from tests.support.claims import MOVE
from tests.ui.visit.conftest import Counter


def test_a_move_is_entered_and_handed_in_without_any_question_about_a_number(counter: Counter) -> None:
    counter.find_by_card()
    counter.key(Qt.Key.Key_F12)
    counter.at("手続の選択")
    counter.key(Qt.Key.Key_Down)
    counter.enter()
    counter.at("申請入力")
    assert ADULT.name in counter.shown()
    counter.key(Qt.Key.Key_PageDown)
    counter.says(ADULT.address)
    counter.go_to("異動日")
    for part in ("8", "11", "19"):
        counter.key(Qt.Key.Key_Tab)
        counter.type(part)
    counter.go_to("新しい住所")
    counter.type("見本市北区本町四丁目五番六号")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    assert "個人番号" not in counter.shown()
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    (message,) = [one for _, _, one in counter.desk.desk.arrived if isinstance(one, HandIn)]
    assert message.procedure == MOVE.id
    assert (message.facts["moved_on"], message.facts["former_address"]) == ("2026-11-19", ADULT.address)
    assert message.facts["movers"][0]["mover_name"] == ADULT.name
    assert [(one.about, one.regime) for one in message.evidence] == [("person", Regime.MOVE)]
