"""Printing by the keyboard on a real print service: what the queue says is what clerk and record are told."""

import logging

import pytest

from app.domain.printing import PrintChoice
from app.errors import Refused, StoreBusy, Unreachable
from app.services.print_paper import Wanted
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.set_aside import SetAside
from tests.edge.paper.test_press import text_of
from tests.support.patient_bot import soon
from tests.ui.printing.conftest import BEFORE, CLERK, F9, F11, F12, NAME, SHIFT, Desk, a_paper


def test_a_paper_goes_to_the_printer_that_was_chosen_and_the_record_says_so(desk: Desk) -> None:
    desk.show(a_paper())
    assert "字形と文字のあふれを検査しました。問題はありません。" in desk.shown()
    before = len(desk.sheets.printed())
    desk.key(F9)
    desk.says("「window」が1枚の印刷を終えました")
    desk.says("紙を数え、欠けやにじみがないかを見てください。")
    assert "花子" in text_of(desk.sheets.printed()[-1])
    assert len(desk.sheets.printed()) == before + 1
    (sent,) = desk.acts("paper.sent")
    assert (sent.visit, sent.about) == ("v1", "a1")
    kept = sent.detail()
    assert kept.pop("title").startswith("m-")
    assert kept == {
        "form": "notice", "printer": "window", "tray": "", "pages": 1, "copies": 1, "bears_number": False,
        "number": "R08-000012",
    }  # fmt: skip
    assert desk.ended()["end"] == "printed"
    assert desk.ended()["sheets"] == 1
    desk.key(F11)
    desk.at(BEFORE)
    assert desk.printed.choices.choice("s001", "notice") == PrintChoice("window")


def test_where_a_kind_of_paper_was_printed_is_remembered_for_the_person(desk: Desk) -> None:
    desk.printed.choices.keep_choice(CLERK.staff_id, "notice", PrintChoice("window", "bottom", 1))
    desk.printed.desk.show("認定通知書", a_paper())
    desk.at("印刷")
    desk.key(F9)  # at once: the key counts though the printers are not listed yet
    desk.says("「window」が1枚の印刷を終えました")
    title, copies, options = desk.sheets.told()
    assert (copies, "InputSlot=Lower" in options) == ("1", True)
    assert NAME not in title


def test_without_paper_the_clerk_reads_why_and_may_cancel_and_once_more_has_a_reason(desk: Desk) -> None:
    desk.sheets.take_paper_out()
    desk.show(a_paper())
    desk.key(F9)
    desk.says("「window」が止まっています。用紙がありません。用紙を補充すると続きを印刷します。")
    assert desk.acts("paper.ended") == []
    desk.key(F12, SHIFT)
    desk.says("印刷を取り消しました。出ていた紙は、使わずに廃棄してください。")
    assert (desk.ended()["end"], desk.ended()["sheets"]) == ("cancelled", 0)
    desk.sheets.put_paper_in()
    desk.key(F9)
    desk.says("もう一度印刷する理由を選んでください。")
    assert len(desk.acts("paper.sent")) == 1
    desk.screen.order._reason.show_value("nothing_came")  # type: ignore[attr-defined]
    desk.key(F9)
    desk.says("「window」が1枚の印刷を終えました")
    assert desk.acts("paper.sent")[-1].detail()["again"] == "nothing_came"


def test_paper_that_is_filled_in_goes_on_by_itself(desk: Desk) -> None:
    desk.sheets.take_paper_out()
    desk.show(a_paper())
    desk.key(F9)
    desk.says("用紙がありません。")
    desk.sheets.put_paper_in()
    desk.says("「window」が1枚の印刷を終えました")
    assert desk.ended()["end"] == "printed"


def test_a_job_goes_on_when_the_clerk_does_and_its_end_is_told_there(desk: Desk) -> None:
    desk.sheets.take_paper_out()
    desk.show(a_paper())
    desk.key(F9)
    desk.says("用紙がありません。")
    desk.key(F11)
    desk.at(BEFORE)
    desk.sheets.put_paper_in()
    desk.says("認定通知書：「window」が1枚の印刷を終えました")
    assert desk.ended()["end"] == "printed"


def test_a_printer_that_is_gone_meanwhile_is_refused_and_nothing_comes_out_anywhere(desk: Desk) -> None:
    gone = desk.cups.add("gone")
    desk.show(a_paper(), "gone")
    desk.cups.remove("gone")
    before = desk.sheets.jobs()
    desk.key(F9)
    desk.says("プリンター「gone」がありません")
    assert desk.ended()["code"] == "paper.printer_unknown"
    assert gone.jobs() == set()
    assert desk.sheets.jobs() == before
    desk.choose("window")
    desk.key(F9)
    desk.says("「window」が1枚の印刷を終えました")


def test_a_paper_with_a_character_that_nobody_can_print_is_held_back(desk: Desk) -> None:
    desk.show(a_paper("見本　\U0003134a"))
    desk.says("印刷できないところが2か所あります")
    desk.says("U+3134A")
    desk.key(F9)
    desk.says("このまま印刷できません")
    assert desk.acts("paper.sent") == []


def test_what_had_to_be_set_smaller_is_shown_and_may_be_printed(desk: Desk) -> None:
    desk.show(a_paper("A" * 45))
    desk.says("確認するところが1か所あります")
    desk.says("ポイントに縮めました")
    desk.key(F9)
    desk.says("「window」が1枚の印刷を終えました")


def test_a_variant_that_no_face_has_stops_a_certificate_and_not_a_notice(desk: Desk) -> None:
    desk.show(a_paper("渡邉\U000e01ef", form="residence_certificate"))
    desk.says("印刷できないところが2か所あります")
    desk.key(F11)
    desk.at(BEFORE)
    desk.show(a_paper("渡邉\U000e01ef"))
    desk.says("確認するところが2か所あります")


def test_what_needs_leave_is_asked_for_at_the_moment_of_printing(desk: Desk) -> None:
    desk.show(a_paper(asks_leave=True))
    assert desk.printed.live.asked == 0
    desk.printed.live.refusal = Unreachable()
    desk.key(F9)
    desk.says("サーバーにつながらないため、証明書や通知は出せません")
    assert (desk.acts("paper.sent"), desk.printed.live.asked) == ([], 1)
    desk.printed.live.refusal = None
    desk.key(F9)
    desk.says("「window」が1枚の印刷を終えました")
    assert desk.printed.live.asked == 2


def test_a_paper_that_a_restraint_stops_in_the_moment_of_printing_does_not_come_out(desk: Desk) -> None:
    """R-040: the preview was before; the sentence says no reason."""
    desk.show(a_paper(asks_leave=True))
    desk.printed.live.refusal = Refused("may_not_print")
    desk.key(F9)
    desk.says("紙を渡さずに、責任者へ引き継いでください。")
    assert desk.acts("paper.sent") == []
    desk.printed.live.refusal, desk.printed.live.is_restrained = None, True
    desk.key(F9)
    desk.says("宛名の本人だけに渡すか、送ってください")
    assert soon(lambda: [act.detail()["restrained"] for act in desk.journal.acts if act.kind == "paper.sent"] == [True])


def test_a_paper_with_a_number_of_its_own_is_printed_once(desk: Desk) -> None:
    desk.show(a_paper(is_single=True))
    desk.key(F9)
    desk.says("一覧に戻ってこの番号を書損にし、新しい番号で出し直してください。")
    desk.key(F9)
    desk.key(F11)
    desk.at(BEFORE)
    assert len(desk.acts("paper.sent")) == 1


def test_without_its_act_nothing_is_printed(desk: Desk) -> None:
    desk.journal.refusal = StoreBusy()
    desk.show(a_paper())
    before = desk.sheets.jobs()
    desk.key(F9)
    desk.says("記録をほかの処理が使っています")
    assert desk.sheets.jobs() == before


def test_of_a_job_whose_end_nobody_waited_for_the_record_says_that_it_is_not_known(desk: Desk) -> None:
    desk.sheets.take_paper_out()
    desk.show(a_paper())
    desk.key(F9)
    desk.says("用紙がありません。")
    desk.printed.desk.end()
    assert desk.ended()["end"] == "not_followed"
    assert NAME not in desk.shown()


def test_nothing_of_a_person_is_in_the_queue_or_in_a_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    paper = a_paper()
    desk.show(paper)
    desk.screen.order._copies.show_text("2")  # type: ignore[attr-defined]
    desk.key(F9)
    desk.says("「window」が2枚の印刷を終えました")
    told = " ".join(desk.sheets.told())
    for secret_word in (NAME, "花子", "R08-000012", "認定", "見本"):
        assert secret_word not in told
        assert secret_word not in caplog.text
    assert NAME not in repr(paper)
    assert NAME not in repr(Wanted(PrintChoice("window")))


def test_a_lock_takes_the_paper_out_of_the_window_and_puts_it_back(desk: Desk, kit: Kit) -> None:
    aside = SetAside((desk.window, desk.printed.desk), LockedScreen(kit))
    desk.show(a_paper())
    assert "認定通知書" in desk.shown()
    work = aside.take_out()
    assert desk.printed.desk._paper is None
    assert "認定通知書" not in desk.shown()
    aside.put_back(work)
    desk.key(F9)
    desk.says("「window」が1枚の印刷を終えました")
