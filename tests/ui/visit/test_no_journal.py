"""A PC that can keep no act shows no result and sends nothing (C-11, R-041): the clerk reads why, and goes on later."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.errors import StoreBusy
from app.standin.cards.profiles import ADULT
from tests.ui.visit.conftest import Counter
from tests.ui.visit.test_number import to_number
from tests.ui.visit.test_visit import handed_in
from tests.unit.services.conftest import RESTRAINED, hit, record

SHIFT = Qt.KeyboardModifier.ShiftModifier
WHY = "記録をほかの処理が使っています"
NAME = "見本　一"
TWO = (record(hit("1", name=NAME)), record(hit("2", name=NAME, restraints=RESTRAINED)))


def nothing_comes_of(counter: Counter, deed: Callable[[], object], result: str) -> None:
    """The clerk does it on a PC that can keep no act."""
    counter.desk.postbox.settle(1)
    sent, kept = list(counter.desk.desk.arrived), list(counter.desk.journal.acts)
    counter.desk.journal.refusal = StoreBusy()
    deed()
    counter.says(WHY)
    counter.desk.postbox.settle(1)
    counter.desk.journal.refusal = None
    assert result not in counter.shown()
    assert counter.desk.desk.arrived == sent
    assert counter.desk.journal.acts == kept


def only_with_its_act(counter: Counter, deed: Callable[[], object], result: str) -> None:
    """Without a journal nothing comes of it; with one it does, without anything being begun anew."""
    nothing_comes_of(counter, deed, result)
    deed()
    counter.says(result)


def test_visit_documents_search_and_record_come_only_with_their_acts(counter: Counter) -> None:
    counter.desk.register.records[:] = TWO
    counter.type("A012")
    only_with_its_act(counter, lambda: counter.key(Qt.Key.Key_F2), "本人確認")
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("券面目視による本人確認")
    counter.key(Qt.Key.Key_Down)
    only_with_its_act(counter, lambda: counter.key(Qt.Key.Key_F12), "住民検索")
    counter.type(NAME)
    nothing_comes_of(counter, lambda: counter.key(Qt.Key.Key_F3), "複数います")
    assert "検索しています" not in counter.shown()
    only_with_its_act(counter, lambda: counter.key(Qt.Key.Key_F3), "該当する可能性のある人が複数います")
    only_with_its_act(counter, counter.enter, "個人番号は登録済み")


def test_face_number_and_hand_in_come_only_with_their_acts_and_the_hand_in_arrives_once(counter: Counter) -> None:
    counter.start()
    counter.put_card()
    counter.read_card()
    counter.bot.waitUntil(lambda: "はい" in counter.focus().accessibleName(), timeout=6000)
    counter.type("1")
    only_with_its_act(counter, lambda: counter.key(Qt.Key.Key_F12), "住民検索")
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    to_number(counter, {ADULT.my_number: "2001"})

    def number() -> None:
        counter.go_to("個人番号（照合番号A）")
        counter.type(ADULT.my_number)
        counter.key(Qt.Key.Key_F12)

    only_with_its_act(counter, number, "申請入力")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    only_with_its_act(counter, lambda: counter.key(Qt.Key.Key_F12), "R000001")
    assert len(handed_in(counter)) == 1


def test_a_visit_whose_end_is_not_kept_is_gone_from_the_window_and_not_said_to_be_ended(counter: Counter) -> None:
    counter.find_by_card()
    nothing_comes_of(counter, lambda: counter.key(Qt.Key.Key_F2, SHIFT), "応対を終わりました")
    assert ADULT.name not in counter.shown()
