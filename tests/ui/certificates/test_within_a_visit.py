"""A certificate from a confirmed person: of whom it may be issued, and the short way from who was found (C-32)."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from app.domain.person import Capacity
from app.domain.rights import Right
from tests.edge.backend.register.issuing import ENTRUSTED, GROUND, ISSUER
from tests.support.patient_bot import soon
from tests.ui.certificates.conftest import Counter


def may_tick(counter: Counter) -> list[bool]:
    """For each person of the list, whether the box can be ticked."""
    boxes = [one for one in counter.screen.findChildren(QCheckBox) if one.isVisible()]
    return [one.isEnabled() for one in boxes if "年" in one.text()]


def ticked(counter: Counter) -> list[str]:
    return [one.text() for one in counter.screen.findChildren(QCheckBox) if one.isVisible() and one.isChecked()]


def test_each_member_of_the_household_is_told_to_be_issuable(counter: Counter) -> None:
    counter.room.begin(counter.present())
    counter.at("証明書の請求")
    counter.fill()
    counter.says("交付可")
    assert may_tick(counter) == [True, True]
    assert soon(lambda: counter.journal.kinds().count("issue.judged") == 1)


def test_of_a_protected_child_only_the_parents_own_copy_can_be_asked_for(counter: Counter) -> None:
    """Nobody says 'that's the mother's, go ahead': one line for each, and no reason for who may not know it."""
    counter.office.protect("301")
    counter.room.begin(counter.present())
    counter.at("証明書の請求")
    counter.fill()
    counter.says("交付不可")
    assert may_tick(counter) == [True, False]
    assert len(ticked(counter)) == 1
    assert "支援" not in counter.shown()
    assert "責任者へ" not in counter.shown()


def test_who_may_know_is_told_whom_and_what_to_do_and_what_to_say(counter: Counter) -> None:
    counter.office.protect("301")
    knows = replace(ISSUER, rights=(*ISSUER.rights, Right("restraint.see")))
    counter.room.begin(counter.present(actor=knows))
    counter.at("証明書の請求")
    counter.fill()
    counter.says("蓮 様の住民票の写しは交付できません。責任者へ引き継いでください。")
    assert "確認に時間がかかります" in counter.shown()


def test_of_the_protected_person_nothing_is_ticked_and_nothing_goes_on(counter: Counter) -> None:
    present = counter.present(capacity=Capacity.AGENT, presenter="代理　人", evidence=ENTRUSTED)
    counter.office.protect("300")
    counter.room.begin(present)
    counter.at("証明書の請求")
    counter.fill()
    counter.says("交付不可")
    assert ticked(counter) == []
    counter.key(Qt.Key.Key_F12)
    counter.says("どなたの分か、一人以上に印を付けてください。")


def test_a_third_party_says_why_before_anything_is_drafted(counter: Counter) -> None:
    present = counter.present(capacity=Capacity.THIRD_PARTY, presenter="第三　者", evidence=GROUND)
    counter.room.begin(present)
    counter.at("証明書の請求")
    counter.fill()
    counter.says("交付可")
    counter.key(Qt.Key.Key_F12)
    counter.says("理由")
    assert counter.screen.title == "証明書の請求"
    counter.screen._fields["reason"].show_text("貸金の請求のため")  # type: ignore[attr-defined]
    counter.key(Qt.Key.Key_F12)
    counter.at("証明書の内容の確認")


def test_the_short_way_takes_four_keys_to_the_paper_and_two_to_the_end(counter: Counter) -> None:
    """The kind is chosen, the paper follows its number, and the key that went on ends the visit."""
    closed: list[bool] = []
    counter.room.close_asked.connect(lambda: closed.append(True))
    counter.room.begin_at_once(counter.present())
    counter.at("証明書の請求")
    counter.says("交付可")
    counter.key(Qt.Key.Key_F12)
    counter.at("証明書の内容の確認")
    counter.key(Qt.Key.Key_F12)
    counter.at("印刷")
    counter.key(Qt.Key.Key_F9)
    counter.says("を保存しました")
    counter.key(Qt.Key.Key_F11)
    counter.at("交付の一覧")
    counter.waits_for("用紙あり")
    counter.key(Qt.Key.Key_F12)
    counter.waits_for("渡した")
    counter.key(Qt.Key.Key_F12)
    assert closed == [True]


@pytest.mark.parametrize("copies", ["2"])
def test_several_copies_wait_for_the_clerk_one_by_one(counter: Counter, copies: str) -> None:
    counter.room.begin_at_once(counter.present())
    counter.at("証明書の請求")
    counter.says("交付可")
    counter.screen._fields["copies"].show_text(copies)  # type: ignore[attr-defined]
    counter.key(Qt.Key.Key_F12)
    counter.at("証明書の内容の確認")
    counter.key(Qt.Key.Key_F12)
    counter.at("交付の一覧")
    counter.waits_for("番号だけ")
    assert len(counter.rows()) == 2
