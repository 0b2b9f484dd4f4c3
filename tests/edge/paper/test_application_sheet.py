"""申請書: every item with where it came from, a place to sign, and a form number that belongs to its content alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.signature import SignMeans
from app.ui.flows.visit_acts import ReceiptSlip
from app.wire.desk import PersonMark, RolesMark
from app.wire.draft import Draft
from app.wire.signature import SignatureMark
from tests.edge.paper.test_certificates import in_order
from tests.edge.paper.test_press import PRESS
from tests.support.claims import CLAIM
from tests.support.sheets import sheet_of

NAME = "渡邉\U000e0102　葵"
DAY = date(2026, 11, 20)
ROLES = RolesMark(
    presenter=PersonMark(business_number="", name="代理　一郎"),
    capacity="agent",
    applicant=PersonMark(business_number="300", name=NAME),
)
DRAFT = Draft(
    draft_id="d1", visit_id="v1", procedure=CLAIM.id, procedure_version=1, saved_at=datetime(2026, 11, 20, tzinfo=UTC),
    roles=ROLES, facts={"claimant_name": NAME, "claimant_phone": "09000000000"},
    sources={"claimant_name": "register", "claimant_phone": "entry"},
)  # fmt: skip


def text(draft: Draft = DRAFT, number: str = "") -> str:
    return "".join(in_order(PRESS.press(sheet_of(ReceiptSlip(draft, CLAIM, number, DAY)))).split())


def test_each_item_stands_with_its_source_before_the_hand_in() -> None:
    found = text()
    for said in ("（確認用）", "渡邉\U000e0102葵", "住民記録", "09000000000", "聞き取り", "代理一郎", "署名", "訓練"):
        assert said in found or set(said) <= set(found), said
    assert "受付番号" not in found
    assert "令和8年11月20日" in found


def test_after_it_number_and_date_stand_there_too() -> None:
    found = text(number="R000001")
    assert "R000001" in found
    assert "受付日令和8年11月20日" in found
    assert "（確認用）" not in found


def test_the_forms_number_is_that_of_its_content() -> None:
    before = sheet_of(ReceiptSlip(DRAFT, CLAIM, "", DAY)).number
    moved = DRAFT.changed(cursor="claimant_phone", saved_at=datetime(2026, 11, 21, tzinfo=UTC))
    assert sheet_of(ReceiptSlip(moved, CLAIM, "", DAY)).number == before
    other = DRAFT.changed(facts={**DRAFT.facts, "claimant_phone": "09000000001"})
    assert sheet_of(ReceiptSlip(other, CLAIM, "", DAY)).number != before
    assert len(before) == len("0000-0000-0000")


def test_a_signature_on_the_display_or_on_paper_stands_on_the_sheet() -> None:
    mark = SignatureMark(
        means=SignMeans.PAPER, language="ja", shown=(), digest="0" * 64, form_number="AB12-CD34-EF56",
        signed_at=datetime(2026, 11, 20, 1, 5, tzinfo=UTC),
    )  # fmt: skip
    assert "用紙に署名済み（用紙の番号AB12-CD34-EF56）" in text(DRAFT.changed(signature=mark))
    drawn = replace(sheet_of(ReceiptSlip(DRAFT, CLAIM, "", DAY)), stamps=("画面に署名済み　10:05",))
    assert "画面に署名済み10:05" in "".join(in_order(PRESS.press(drawn)).split())
