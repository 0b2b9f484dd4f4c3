"""The signature as its reviewer reads it: how and when, for what was shown, and whether that still stands there."""

from msgspec.structs import replace as changed

from app.domain.signature import SignMeans
from app.ui.resident.signature_pad import SignaturePicture
from app.ui.widgets.chip import Chip
from tests.edge.backend.desk.conftest import FACTS
from tests.edge.backend.desk.test_signature import mark
from tests.ui.review.conftest import CHECKER, Desk

HOLDS, DIFFERS = "署名のときと同じ", "署名のあとに変更"


def opened(desk: Desk, **more: object) -> None:
    desk.office.receive("a1", **more)
    desk.sign_in(CHECKER)
    desk.open_first()


def chips(desk: Desk) -> list[str]:
    return [one.text() for one in desk.window.findChildren(Chip) if one.isVisible()]


def pictures(desk: Desk) -> list[SignaturePicture]:
    return [one for one in desk.window.findChildren(SignaturePicture) if one.isVisible()]


def test_a_drawn_signature_stands_beside_the_evidence_with_what_it_is_for(desk: Desk) -> None:
    opened(desk, signature=mark())
    assert HOLDS in chips(desk)
    desk.sees("9:05")
    desk.sees("本人に見せた2項目に対する署名です。")
    assert [one.accessibleName() for one in pictures(desk)] == ["署名"]
    assert DIFFERS not in chips(desk)


def test_what_was_changed_after_signing_is_named(desk: Desk) -> None:
    opened(desk, signature=mark(), facts={**FACTS, "claimant_name": "髙橋　華子"})
    assert DIFFERS in chips(desk)
    desk.sees("署名のあとに変わった項目：名前")
    assert HOLDS not in chips(desk)


def test_a_signature_on_the_printed_form_is_named_by_its_number_and_has_no_picture(desk: Desk) -> None:
    opened(desk, signature=changed(mark(), means=SignMeans.PAPER, strokes=(), form_number="F-0012"))
    desk.sees("用紙 F-0012 に署名")
    assert pictures(desk) == []


def test_where_nobody_signed_no_card_says_so(desk: Desk) -> None:
    """Negative twin."""
    opened(desk)
    assert HOLDS not in chips(desk)
    assert DIFFERS not in chips(desk)
    assert pictures(desk) == []
