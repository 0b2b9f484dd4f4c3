"""The window itself, by key presses alone: a whole visit against the clock of a practised clerk, and the lock."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.screens.paper import PageView
from tests.e2e.test_visit import income_there
from tests.support.city import TwoCities
from tests.support.clerk import Clerk, back_to, clerk_at_window, leave, open_case, sign_in
from tests.support.pcscd import Pcscd
from tests.support.world import CHECKER, CLERK, DECIDER, EXAMINER

pytestmark = [pytest.mark.timeout(180), pytest.mark.card, pytest.mark.keyring]

KEY_S = 0.25
"""Four keys a second."""
GOAL_S = 90.0
PERSONA = "claimant_moved_in"
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clerk(
    cities_on_postgresql: TwoCities, keyring_home: dict[str, str], pcscd: Pcscd, qapp: QApplication, qtbot: QtBot
) -> Iterator[Clerk]:
    """The program's window on a counter of its own."""
    with clerk_at_window(cities_on_postgresql, pcscd, qapp, qtbot) as made:
        yield made


def confirm_by_card(clerk: Clerk, persona: str) -> None:
    """2 and 3: the next visit, the card, the code printed on it, three verdicts, the face."""
    clerk.type("A012")
    clerk.key(Qt.Key.Key_F2)
    clerk.at("本人確認")
    clerk.table.lay(persona)
    clerk.says("照合番号B　あと10回")
    clerk.go_to("照合番号B")
    clerk.type(clerk.table.holder(persona).code_b)
    clerk.enter()
    clerk.enter()
    clerk.says("署名対象外")
    assert clerk.shown().count("確認済み") == 3
    clerk.wait(lambda: "はい" in clerk.focus().accessibleName(), "the question for the face")
    clerk.type("1")
    clerk.key(Qt.Key.Key_F12)


def find(clerk: Clerk, name: str) -> None:
    """4: the one hit opens, the number is known already."""
    clerk.at("住民検索")
    clerk.says("個人番号は登録済み")
    assert name in clerk.shown()
    clerk.key(Qt.Key.Key_F12)
    clerk.at("手続の選択")
    clerk.enter()
    clerk.at("申請入力")


def choose(clerk: Clerk, label: str, place: int) -> None:
    """The ``place``-th choice of the field with that label."""
    clerk.go_to(label)
    for _ in range(place):
        clerk.key(Qt.Key.Key_Down)


def fill(clerk: Clerk) -> None:
    """5: what card and register do not say."""
    clerk.go_to("電話番号")
    clerk.type("09000000000")
    choose(clerk, "職業", 3)
    choose(clerk, "加入している年金", 2)
    clerk.key(Qt.Key.Key_PageDown)
    choose(clerk, "配偶者の課税年度", 2)
    choose(clerk, "配偶者の職業", 3)
    clerk.key(Qt.Key.Key_PageDown)
    clerk.go_to("監護している")
    clerk.type("1")
    clerk.go_to("生計")
    clerk.type("1")
    clerk.key(Qt.Key.Key_PageDown)
    clerk.says("期限内です")
    clerk.key(Qt.Key.Key_PageDown)
    clerk.type("2")
    clerk.go_to("金融機関")
    clerk.type("見本銀行")
    clerk.enter()
    clerk.type("本店")
    clerk.go_to("種別")
    clerk.type("1")
    clerk.go_to("口座番号")
    clerk.type("0001234")
    clerk.go_to("口座名義")
    clerk.type("テホン　サクラ")
    clerk.key(Qt.Key.Key_PageDown)
    clerk.go_to("内容を本人が確認し")
    clerk.type("1")


def enquire(clerk: Clerk) -> None:
    """6: both parents' tax, in the background."""
    clerk.key(Qt.Key.Key_F5)
    clerk.at("情報照会")
    with_consent(clerk)
    back_to(clerk, "この申請で必要な照会")
    clerk.key(Qt.Key.Key_Down)
    with_consent(clerk)
    clerk.key(Qt.Key.Key_PageUp)
    clerk.at("申請入力")


def with_consent(clerk: Clerk) -> None:
    """Each person signed for the own tax."""
    clerk.go_to("本人が署名した同意")
    clerk.type("1")
    clerk.key(Qt.Key.Key_F12)
    clerk.says("照会を送りました")


def hand_in(clerk: Clerk) -> str:
    """7: the number that the person is told."""
    clerk.key(Qt.Key.Key_F12)
    clerk.at("提出の確認")
    assert "エラー" not in clerk.shown()
    clerk.key(Qt.Key.Key_F12)
    clerk.at("提出の結果")
    clerk.says("受付が完了しました")
    found = re.search(r"\d{4}-\d{6}", clerk.shown())
    assert found is not None
    return found[0]


def test_steps_2_to_7_take_a_clerk_who_types_four_keys_a_second_less_than_90_seconds(clerk: Clerk) -> None:
    name = clerk.table.holder(PERSONA).name
    sign_in(clerk, CLERK)
    clerk.at("次の応対")
    clerk.keys, clerk.waited_s = 0, 0.0
    confirm_by_card(clerk, PERSONA)
    find(clerk, name)
    fill(clerk)
    enquire(clerk)
    number = hand_in(clerk)
    clerk.key(Qt.Key.Key_F2, SHIFT)
    clerk.at("次の応対")
    assert clerk.keys * KEY_S + clerk.waited_s <= GOAL_S, (clerk.keys, clerk.waited_s)
    assert name not in clerk.shown()
    clerk.says("A013")
    facts = facts_at_the_office(clerk, number)
    assert (facts["claimant_name"], facts["claimant_phone"]) == (name, "09000000000")
    assert (facts["account_bank"], facts["account_kind"], facts["account_number"]) == (
        "見本銀行",
        "ordinary",
        "0001234",
    )
    assert facts["claim_signed"] is True
    assert clerk.desktop._counter.memory.postbox.alarm() is None


def facts_at_the_office(clerk: Clerk, number: str) -> dict[str, object]:
    """What the desk has of the application with that number."""
    desktop, review = clerk.desktop, clerk.desktop._counter.cases.review
    session = desktop._session
    assert session is not None
    queue = review.queue(desktop._press(), session, ("received",))
    (entry,) = (one for one in queue.entries if one.number == number)
    return dict(review.open(desktop._press(), session, entry.application_id).facts)


def test_a_clerk_who_locks_in_the_middle_of_a_field_stands_in_it_again_with_what_was_typed(clerk: Clerk) -> None:
    name = clerk.table.holder(PERSONA).name
    sign_in(clerk, CLERK)
    clerk.at("次の応対")
    confirm_by_card(clerk, PERSONA)
    find(clerk, name)
    clerk.go_to("電話番号")
    clerk.type("0900")
    clerk.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    clerk.wait(clerk.window.is_locked, "the lock")
    assert name not in clerk.shown()
    assert "0900" not in clerk.shown()
    clerk.wait(lambda: not clerk.desktop._counter.memory.work.is_open, "the work to be closed")
    clerk.type("wrong-password")
    clerk.enter()
    clerk.enter()
    clerk.says("ロックを解除できませんでした")
    assert clerk.window.is_locked()
    clerk.type(clerk.table.cities.password.text())
    clerk.enter()
    clerk.enter()
    clerk.wait(lambda: not clerk.window.is_locked(), "the window")
    assert clerk.focus().accessibleName().startswith("電話番号")
    assert clerk.focus().text() == "0900"
    clerk.type("0000000")
    assert clerk.focus().text() == "09000000000"


def test_three_more_persons_check_examine_and_decide_at_the_window_with_the_answers_before_them(clerk: Clerk) -> None:
    sign_in(clerk, CLERK)
    clerk.at("次の応対")
    confirm_by_card(clerk, PERSONA)
    find(clerk, clerk.table.holder(PERSONA).name)
    fill(clerk)
    enquire(clerk)
    number = hand_in(clerk)
    clerk.key(Qt.Key.Key_F2, SHIFT)
    clerk.at("次の応対")
    clerk.go_to("サインアウト")
    clerk.enter()
    clerk.at("サインイン")

    open_case(clerk, CHECKER, number)
    assert "カードの発行者は本物か" in clerk.shown()
    clerk.key(Qt.Key.Key_F12)
    clerk.says(f"{number} の受付点検を終え")
    leave(clerk)

    open_case(clerk, EXAMINER, number)
    clerk.says(f"{income_there(clerk.table.cities.city)}円")
    clerk.key(Qt.Key.Key_F12)
    clerk.says(f"{number} の審査を終え")
    leave(clerk)

    open_case(clerk, DECIDER, number)
    clerk.says(f"{income_there(clerk.table.cities.city)}円")
    clerk.key(Qt.Key.Key_F12)
    clerk.says("の請求を認定しました")
    clerk.key(Qt.Key.Key_F9)
    clerk.wait(lambda: any(one.isVisible() for one in clerk.window.findChildren(PageView)), "the paper")
    leave(clerk)
