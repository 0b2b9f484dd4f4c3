"""The interview in a visit, with the keyboard alone: what happened, the questions, the list, and on to the forms."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QTableView

from app.services.paper import Paper
from app.ui.screens.locked import LockedScreen
from app.ui.set_aside import SetAside
from tests.support.patient_bot import soon
from tests.ui.visit.conftest import Counter

SHIFT = Qt.KeyboardModifier.ShiftModifier


def to_interview(counter: Counter) -> None:
    counter.find_by_card()
    counter.key(Qt.Key.Key_F12)
    counter.at("手続の選択")
    counter.key(Qt.Key.Key_F3)
    counter.at("聞き取り：何がありましたか")


def name_events(counter: Counter, *words: str) -> None:
    for word in words:
        counter.go_to(word)
        counter.key(Qt.Key.Key_Space)
    counter.key(Qt.Key.Key_F12)


def answer(counter: Counter, question: str, typed: str = "", *, day: date | None = None) -> None:
    """Answer the question that is open, then go on."""
    counter.at("聞き取り：質問")
    assert counter.focus().accessibleName().startswith(question), counter.focus().accessibleName()
    if day is not None:
        counter.type("W")
        counter.enter()
        for number in (day.year, day.month, day.day):
            counter.type(str(number))
            counter.enter()
    elif typed:
        counter.type(typed)
    counter.key(Qt.Key.Key_F12)


def lines(counter: Counter) -> list[str]:
    (table,) = (one for one in counter.screen.findChildren(QTableView) if one.isVisible())
    model = table.model()
    return [
        "|".join(str(model.index(row, at).data()) for at in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def child_born(counter: Counter) -> None:
    """From the ticket to the list for a child born ten days ago to who receives no allowance yet."""
    to_interview(counter)
    name_events(counter, "子どもが生まれた")
    answer(counter, "子どもが生まれた日", day=date(2026, 11, 10))
    answer(counter, "出生届は出しましたか", "1")
    answer(counter, "この市で児童手当", "2")
    answer(counter, "生計を主に支える親", "2")
    answer(counter, "健康保険は何に", "2")
    counter.at("この世帯に要る手続")


def test_from_what_happened_to_the_list_with_reason_place_and_time_limit(counter: Counter):
    child_born(counter)
    claim = next(line for line in lines(counter) if "児童手当 認定請求" in line)
    assert claim.startswith("きょう行う|")
    assert "3階 31番 子ども家庭課" in claim
    assert "令和8年11月25日まで" in claim
    assert "子どもが生まれ" in claim
    medical = next(line for line in lines(counter) if "子ども医療費" in line)
    assert medical.startswith("案内だけ|")
    assert not any("出生届" in line for line in lines(counter))


def test_a_question_left_open_is_no_obstacle(counter: Counter):
    to_interview(counter)
    name_events(counter, "子どもが生まれた")
    for question in ("子どもが生まれた日", "出生届は", "この市で児童手当", "生計を主に", "健康保険は"):
        answer(counter, question)
    counter.at("この世帯に要る手続")
    assert any("子ども医療費" in line for line in lines(counter))


def test_back_leads_to_the_question_before_with_its_answer_and_then_to_what_happened(counter: Counter):
    to_interview(counter)
    name_events(counter, "子どもが生まれた")
    answer(counter, "子どもが生まれた日", day=date(2026, 11, 10))
    counter.key(Qt.Key.Key_PageUp)
    counter.says("10")
    assert "令和8年11月10日" in "".join(lines(counter))
    counter.key(Qt.Key.Key_PageUp)
    counter.at("聞き取り：何がありましたか")


def test_without_anything_that_happened_the_clerk_is_told_and_may_go_back_to_the_list(counter: Counter):
    to_interview(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says("出来事を一つ以上")
    counter.key(Qt.Key.Key_Escape)
    counter.at("手続の選択")


def test_what_the_register_says_is_offered_as_an_answer_and_asked_all_the_same(counter: Counter):
    """The household of the card's holder has a child."""
    to_interview(counter)
    name_events(counter, "市内で引っ越した")
    answer(counter, "新しい住所に住み始めた日", day=date(2026, 11, 18))
    counter.says("住民票の記載から")
    answer(counter, "18歳の年度末までの子ども")
    counter.at("聞き取り：質問")
    assert ("18歳の年度末までの子どもを育てていますか|はい") in lines(counter)


def test_the_clerk_puts_off_takes_off_and_adds(counter: Counter):
    child_born(counter)
    counter.enter()
    assert lines(counter)[0].startswith("案内だけ|")
    counter.key(Qt.Key.Key_F7)
    assert lines(counter)[0].startswith("きょう行う|")
    counter.key(Qt.Key.Key_F12, SHIFT)
    assert not any("認定請求" in line for line in lines(counter))
    counter.go_to("加える手続")
    box = counter.focus()
    while "障害者手帳" not in box.currentText():  # type: ignore[attr-defined]
        counter.key(Qt.Key.Key_Down)
    counter.go_to("加える")
    counter.key(Qt.Key.Key_Tab)
    counter.enter()
    assert any("障害者手帳" in line and "職員が加えた" in line for line in lines(counter))


def test_what_is_done_elsewhere_is_told_with_its_place(counter: Counter):
    child_born(counter)
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_F12)
    counter.says("ほかの窓口で受け付けます")
    assert "案内票を渡し" in counter.shown()


def test_the_slip_is_shown_and_its_showing_kept(counter: Counter):
    child_born(counter)
    counter.key(Qt.Key.Key_F9)
    counter.bot.waitUntil(lambda: bool(counter.papers), timeout=20_000)
    title, paper = counter.papers[0]
    assert title == "案内票"
    assert isinstance(paper, Paper)
    text = paper.pages[0].decode()
    assert "児童手当" in text
    assert counter.visit._present.name not in text  # type: ignore[union-attr]
    assert soon(lambda: "interview.held" in [act.kind for act in counter.desk.journal.acts])


def test_the_form_opens_with_what_the_interview_heard(counter: Counter):
    child_born(counter)
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")
    draft = counter.visit._present.draft  # type: ignore[union-attr]
    assert draft is not None
    assert draft.facts["event_date"] == "2026-11-10"
    assert draft.facts["claim_reason"] == "birth"
    assert draft.facts["claimant_paid_by_office"] is False
    assert draft.sources["claimant_paid_by_office"] == "carried:"
    assert draft.sources["event_date"] == "register"


def moved_with_a_child(counter: Counter) -> None:
    """From the ticket to the list for a move within the city and a newborn child."""
    to_interview(counter)
    name_events(counter, "市内で引っ越した", "子どもが生まれた")
    answer(counter, "新しい住所に住み始めた日", day=date(2026, 11, 18))
    answer(counter, "子どもが生まれた日", day=date(2026, 11, 10))
    for question in ("出生届は", "18歳の", "この市で児童手当"):
        answer(counter, question, "2" if question == "この市で児童手当" else "1")
    answer(counter, "生計を主に", "2")
    while counter.screen.title == "聞き取り：質問":
        counter.key(Qt.Key.Key_F12)
    counter.at("この世帯に要る手続")


def test_after_the_first_procedure_the_list_comes_back_and_the_second_opens_with_what_was_typed(counter: Counter):
    """One visit, two procedures: telephone and new address are typed once."""
    moved_with_a_child(counter)
    assert lines(counter)[0].split("|")[1] == "転居届"
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")
    counter.go_to("日中の電話番号")
    counter.type("090-0000-0000")
    counter.key(Qt.Key.Key_PageDown)
    counter.go_to("新しい住所")
    counter.type("北市中央区二条3-4")
    for _ in range(3):
        counter.key(Qt.Key.Key_PageDown)
    counter.at("提出の確認")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    assert "次：児童手当 認定請求" in [one.text() for one in counter.screen.findChildren(QPushButton)]
    counter.key(Qt.Key.Key_F3)
    counter.at("この世帯に要る手続")
    assert next(line for line in lines(counter) if "転居届" in line).startswith("済み|")
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")
    draft = counter.visit._present.draft  # type: ignore[union-attr]
    assert draft is not None
    assert draft.facts["claimant_phone"] == "09000000000"
    assert draft.facts["claimant_address"] == "北市中央区二条3-4"
    assert draft.sources["claimant_phone"] == "carried:転居届"
    counter.says("転居届から")


def test_nothing_of_the_interview_is_left_for_the_next_person(counter: Counter):
    child_born(counter)
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    assert not any(box.isChecked() for box in counter.window.findChildren(QCheckBox))
    assert all(model.model().rowCount() == 0 for model in counter.window.findChildren(QTableView) if model.isHidden())
    to_interview(counter)
    assert not any(box.isChecked() for box in counter.screen.findChildren(QCheckBox))


@pytest.fixture(autouse=True)
def _carrying(counter: Counter) -> None:
    """The visit's books know what forms ask alike: the fixture's books do, as shipped."""
    assert counter.visit._books.carrying.items


def test_a_lock_takes_answers_and_list_out_of_the_window_and_brings_them_back(counter: Counter):
    """Half an answer, what was heard, and the list with its reasons."""
    aside = SetAside((counter.window, counter.visit), next(iter(counter.window.findChildren(LockedScreen))))
    to_interview(counter)
    name_events(counter, "子どもが生まれた")
    answer(counter, "子どもが生まれた日", day=date(2026, 11, 10))
    counter.at("聞き取り：質問")
    counter.type("1")
    before = lines(counter)
    work = aside.take_out()
    assert lines(counter) == []
    assert counter.visit._present is None
    aside.put_back(work)
    assert lines(counter) == before
    counter.key(Qt.Key.Key_F12)
    counter.says("質問 3／")
    assert "出生届は出しましたか|はい" in lines(counter)


def test_who_goes_on_with_a_draft_finds_the_list_of_that_visit_again(counter: Counter):
    """The person leaves in the middle; the next day the form and what was still to be done are there."""
    child_born(counter)
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")
    counter.key(Qt.Key.Key_F11)
    counter.bot.waitUntil(lambda: bool(counter.desk.work.drafts()), timeout=20_000)
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    (mark,) = counter.desk.work.drafts()
    counter.screen.draft_asked.emit(mark.draft_id)  # type: ignore[attr-defined]
    counter.at("申請入力")
    plan = counter.visit._present.plan  # type: ignore[union-attr]
    assert plan is not None
    assert plan.told.answers["born_on"] == date(2026, 11, 10)
    assert plan.items[0].need == "allowance_claim"
