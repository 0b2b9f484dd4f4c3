"""An application on its way through three persons' hands."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import Act, Application, Move, State, advance, refusal, waits_for
from app.domain.facts import Value
from app.domain.identity import Document, Question, parse_documents, suffices
from app.domain.person import Capacity, PersonRef, Roles
from app.domain.procedure_data import parse_procedure
from app.errors import Refused

RESOURCES = Path(__file__).parents[3] / "resources"
PROCEDURE = parse_procedure(
    tomllib.loads((RESOURCES / "procedures" / "child_allowance_claim.toml").read_text(encoding="utf-8"))
)
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PERSON = PersonRef("000000000000019", "見本　花子")
CHILD = {
    "child_name": "見本　芽生",
    "child_birth": date(2026, 11, 10),
    "child_relation": "child",
    "child_together": True,
    "child_custody": True,
    "child_livelihood": "shared",
}
FACTS: Mapping[str, Value] = {
    "claimant_name": "見本　花子",
    "claimant_kana": "ミホン　ハナコ",
    "claimant_birth": date(1994, 5, 1),
    "claimant_address": "見本市中央区本町1-2-3",
    "claimant_phone": "09000000000",
    "claimant_number": "linked",
    "claimant_jan1": "992003",
    "claimant_occupation": "employee",
    "claimant_pension": "employees",
    "spouse_exists": False,
    "children": (CHILD,),
    "claim_reason": "birth",
    "event_date": date(2026, 11, 10),
    "account_public": True,
    "claim_date": date(2026, 11, 20),
    "claim_signed": True,
}
DRAFT = Application(
    id="a1",
    municipality="991007",
    procedure=PROCEDURE.id,
    procedure_version=PROCEDURE.version,
    roles=Roles(PERSON, Capacity.SELF, PERSON, (PERSON,), (PERSON,)),
    facts=FACTS,
)


def go(application: Application, *moves: Move) -> Application:
    for move in moves:
        application = advance(PROCEDURE, application, move)
    return application


def move(act: Act, staff: str, **more: object) -> Move:
    return replace(Move(act, staff, NOON), **more)  # type: ignore[arg-type]


RECEIVED = go(DRAFT, move(Act.RECEIVE, "sato"))
CHECKED = go(RECEIVED, move(Act.CHECK, "suzuki"))
EXAMINED = go(CHECKED, move(Act.EXAMINE, "sato"))


def why_not(application: Application, wanted: Move) -> str:
    refused = refusal(PROCEDURE, application, wanted)
    if refused is not None:
        with pytest.raises(Refused):
            advance(PROCEDURE, application, wanted)
    return refused.reason if refused else ""


def test_a_claim_goes_through_three_persons_to_its_decision() -> None:
    decided = go(EXAMINED, move(Act.APPROVE, "takahashi"))
    assert decided.state is State.APPROVED
    assert decided.state.final
    assert [(entry.step, entry.staff) for entry in decided.history] == [
        ("reception", "sato"),
        ("reception_check", "suzuki"),
        ("examination", "sato"),
        ("decision", "takahashi"),
    ]
    assert (decided.receipt_date, decided.version) == (date(2026, 11, 20), 5)
    assert [waits_for(one) for one in (DRAFT, RECEIVED, CHECKED, EXAMINED, decided)] == [
        "reception",
        "reception_check",
        "examination",
        "decision",
        "",
    ]


def test_the_author_can_not_check_what_they_received() -> None:
    assert why_not(RECEIVED, move(Act.CHECK, "sato")) == "same_person"
    assert why_not(RECEIVED, move(Act.RETURN, "sato", reason="口座")) == "same_person"


@pytest.mark.parametrize("staff", ["sato", "suzuki"])
def test_nobody_decides_what_they_had_a_hand_in(staff: str) -> None:
    assert why_not(EXAMINED, move(Act.APPROVE, staff)) == "same_person"
    assert why_not(EXAMINED, move(Act.REJECT, staff, reasons=("理由である",))) == "same_person"


def test_who_amended_a_returned_claim_is_an_author_too() -> None:
    returned = go(RECEIVED, move(Act.RETURN, "suzuki", reason="口座を確認"))
    amended = go(returned, move(Act.AMEND, "tanaka", facts=FACTS), move(Act.RESUBMIT, "tanaka"))
    assert why_not(amended, move(Act.CHECK, "tanaka")) == "same_person"
    assert why_not(amended, move(Act.CHECK, "sato")) == "same_person"
    assert why_not(amended, move(Act.CHECK, "suzuki")) == ""


def test_a_return_is_internal_and_leaves_the_receipt_date() -> None:
    later = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    returned = go(RECEIVED, move(Act.RETURN, "suzuki", reason=" 口座を確認 ", at=later))
    assert (returned.state, returned.returned_because) == (State.RETURNED, "口座を確認")
    again = go(returned, move(Act.RESUBMIT, "sato", at=later))
    assert (again.state, again.receipt_date, again.returned_because) == (State.RECEIVED, date(2026, 11, 20), "")


def test_the_decider_returns_to_the_examiner_or_to_the_reception() -> None:
    examiner = go(EXAMINED, move(Act.RETURN, "takahashi", reason="所得", to="examination"))
    assert (examiner.state, examiner.returned_because) == (State.CHECKED, "所得")
    assert go(EXAMINED, move(Act.RETURN, "takahashi", reason="所得")).state is State.RETURNED
    assert why_not(RECEIVED, move(Act.RETURN, "suzuki", reason="所得", to="examination")) == "wrong_state"


@pytest.mark.parametrize("act", [Act.RETURN, Act.REJECT])
def test_a_return_or_rejection_without_a_reason_is_refused(act: Act) -> None:
    assert why_not(EXAMINED, move(act, "takahashi", reason="  ", reasons=(" ",))) == "reason_missing"


def test_a_claim_that_may_not_be_granted_can_be_rejected_but_not_approved() -> None:
    facts = {**FACTS, "claimant_occupation": "public_servant", "claimant_paid_by_office": True}
    claim = replace(EXAMINED, facts=facts)
    refused = refusal(PROCEDURE, claim, move(Act.APPROVE, "takahashi"))
    assert refused is not None
    assert (refused.reason, refused.data["check"]) == ("blocked_by_check", "public_servant")
    rejected = go(claim, move(Act.REJECT, "takahashi", reasons=("公務員のため",)))
    assert (rejected.state, rejected.history[-1].reasons) == (State.REJECTED, ("公務員のため",))


def test_a_finding_to_confirm_needs_a_look_of_anybody_before_the_approval() -> None:
    claim = replace(EXAMINED, facts={**FACTS, "claimant_number": "declined"})
    refused = refusal(PROCEDURE, claim, move(Act.APPROVE, "takahashi"))
    assert refused is not None
    assert refused.data == {"reason": "finding_not_confirmed", "check": "number_missing"}
    assert why_not(claim, move(Act.APPROVE, "takahashi", looked=("number_missing",))) == ""
    seen = replace(claim, history=(*claim.history[:-1], replace(claim.history[-1], looked=("number_missing",))))
    assert why_not(seen, move(Act.APPROVE, "takahashi")) == ""


def test_a_rejection_is_said_in_the_procedures_words_or_in_a_sentence() -> None:
    assert why_not(EXAMINED, move(Act.REJECT, "takahashi", reasons=("no_residence",))) == ""
    assert why_not(EXAMINED, move(Act.REJECT, "takahashi", reasons=("本市に住所がない",))) == ""
    for said in ("no_reason_of_ours", "不可", "not here"):
        assert why_not(EXAMINED, move(Act.REJECT, "takahashi", reasons=(said,))) == "reason_unknown"


def test_an_empty_form_is_received_all_the_same() -> None:
    assert go(replace(DRAFT, facts={}), move(Act.RECEIVE, "sato")).state is State.RECEIVED


def test_a_paper_taken_during_an_outage_keeps_its_real_date() -> None:
    late = go(DRAFT, move(Act.RECEIVE, "sato", receipt_date=date(2026, 11, 18)))
    assert late.receipt_date == date(2026, 11, 18)
    assert why_not(DRAFT, move(Act.RECEIVE, "sato", receipt_date=date(2026, 11, 21))) == "receipt_in_future"


def test_the_receipt_date_is_the_day_in_the_office_not_in_greenwich() -> None:
    evening = datetime(2026, 11, 19, 15, 30, tzinfo=UTC)  # 00:30 on the 20th in Tokyo
    assert go(DRAFT, move(Act.RECEIVE, "sato", at=evening)).receipt_date == date(2026, 11, 20)


def test_a_withdrawal_needs_its_reason_and_ends_the_case() -> None:
    assert why_not(CHECKED, move(Act.WITHDRAW, "sato")) == "reason_missing"
    gone = go(CHECKED, move(Act.WITHDRAW, "sato", reason="請求者の申出"))
    assert gone.state is State.WITHDRAWN
    for act in Act:
        assert why_not(gone, move(act, "takahashi", reason="x", reasons=("x",))) == "wrong_state"


MOVES = st.builds(
    Move,
    act=st.sampled_from(list(Act)),
    staff=st.sampled_from(["sato", "suzuki", "tanaka", "takahashi"]),
    at=st.just(NOON),
    reason=st.just("理由"),
    reasons=st.just(("住所がないため",)),
    to=st.sampled_from(["reception", "examination"]),
)


@given(st.lists(MOVES, max_size=25))
def test_whatever_people_try_the_hands_stay_apart_and_the_receipt_date_stays(moves: list[Move]) -> None:
    claim = DRAFT
    for wanted in moves:
        before = claim
        if refusal(PROCEDURE, claim, wanted) is None:
            claim = advance(PROCEDURE, claim, wanted)
            assert claim.version == before.version + 1
        if before.receipt_date:
            assert claim.receipt_date == before.receipt_date
    checkers, authors = claim.staff_of("reception_check"), claim.staff_of("reception")
    if claim.state in {State.APPROVED, State.REJECTED}:
        decider = claim.history[-1].staff
        assert decider not in authors | checkers | claim.staff_of("examination")
        last_check = [entry.staff for entry in claim.history if entry.act is Act.CHECK][-1]
        assert last_check not in authors


DOCUMENTS = {
    document.id: document
    for document in parse_documents(
        tomllib.loads((RESOURCES / "tables" / "documents.toml").read_text(encoding="utf-8"))
    )
}


def shown(*names: str) -> list[Document]:
    return [DOCUMENTS[name] for name in names]


def test_one_photo_document_or_two_others_confirm_a_person() -> None:
    assert suffices(Question.IDENTITY, shown("driving_licence"))
    assert suffices(Question.IDENTITY, shown("care_insurance", "pension_certificate"))
    assert not suffices(Question.IDENTITY, shown("care_insurance"))
    assert not suffices(Question.IDENTITY, shown("care_insurance", "care_insurance"))


def test_a_licence_confirms_no_number_and_a_card_both() -> None:
    assert not suffices(Question.NUMBER, shown("driving_licence", "passport"))
    assert suffices(Question.NUMBER, shown("my_number_card"))
    assert not suffices(Question.IDENTITY, shown("notification_card", "register_copy_with_number"))


def test_abolished_documents_are_not_on_the_list() -> None:
    labels = [document.label for document in DOCUMENTS.values()]
    assert "健康保険証" not in labels
    assert "個人番号通知書" not in labels
