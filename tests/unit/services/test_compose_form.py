"""What papers say: the notice to the person, and the sheet that the file keeps."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from msgspec import structs

from app.domain.form import FormContent
from app.errors import DataFault
from app.services.compose_form import Issuer, compose_form
from app.services.form_words import parse_form_words
from app.shipped import read_toml
from app.wire.desk import AnswerMark, ApplicationView, Evidence, PersonMark, RolesMark, Step
from app.wire.facts import facts_to_wire
from tests.support.claims import CLAIM, FACTS, THERE, TODAY

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
PERSON = PersonMark(business_number="100", name="見本　花子")
TAX = AnswerMark(
    enquiry_id="e1",
    enquiry="local_tax_claimant",
    subject=PERSON,
    path="nws",
    provider=THERE,
    provider_name="手本市",
    tax_year=2026,
    kind="value",
    items={"income": 4_000_000, "dependants": 2},
    answered_at=AT,
    process_number="990001",
)


def view(*steps: Step, answers: tuple[AnswerMark, ...] = (TAX,)) -> ApplicationView:
    entered = {name: value for name, value in FACTS.items() if not name.endswith(("_tax", "_income"))}
    return ApplicationView(
        application_id="a1",
        number="R08-000012",
        visit_id="v1",
        procedure=CLAIM.id,
        state="approved",
        receipt_date=TODAY,
        roles=RolesMark(presenter=PERSON, capacity="self", applicant=PERSON),
        facts=facts_to_wire(entered),
        before=None,
        evidence=(),
        answers=answers,
        steps=steps,
        confirmed_findings=(),
        may=(),
        why_not={},
        version=4,
    )


def step(outcome: str, reason: str = "", note: str = "") -> Step:
    return Step(step="decision", outcome=outcome, staff_id="004", name="訓練 五郎", at=AT, reason=reason, note=note)


@pytest.fixture
def paper() -> Callable[..., FormContent]:
    words = parse_form_words(read_toml("text", "forms.toml"), training=True)
    issuer = Issuer("見本市中央区長", "見本市", "見本県")

    def compose(output: str, case: ApplicationView) -> FormContent:
        found = CLAIM.output(output)
        assert found is not None
        return compose_form(case, CLAIM, found, words, issuer, date(2026, 11, 25))

    return compose


def rows(content: FormContent) -> dict[str, str]:
    return {row.label: row.value for section in content.sections for row in section.rows}


def test_a_notice_tells_the_person_from_which_month_and_how_much(paper) -> None:
    content = paper("approval", view(step("approved")))
    assert content.addressee == "見本　花子 様"
    assert (content.issuer, content.issued_on) == ("見本市中央区長", "令和8年11月25日")
    found = rows(content)
    assert found["受付日"] == "令和8年11月20日"
    assert found["支給の始まる月"] == "令和8年12月"
    assert found["月額の合計"] == "15,000円"


def test_a_notice_names_who_may_be_appealed_to_and_leaves_no_place_open(paper) -> None:
    for output in ("approval", "rejection"):
        instruction = "".join(paper(output, view(step("approved"))).instruction)
        assert "見本県知事" in instruction
        assert "見本市を被告として" in instruction
        assert "{" not in instruction


def test_a_rejection_says_its_reasons_in_the_words_of_the_law_and_those_of_the_decider(paper) -> None:
    content = paper("rejection", view(step("rejected", "public_servant", "勤務先で請求してください。")))
    assert content.reasons == (
        "公務員として勤務先から児童手当が支給されるため（児童手当法第17条）",
        "勤務先で請求してください。",
    )


@pytest.mark.parametrize("output", ["rejection", "decision_sheet"])
def test_no_paper_of_a_rejection_speaks_of_a_month_paid_or_of_an_amount(paper, output: str) -> None:
    content = paper(output, view(step("rejected", "public_servant"), answers=()))
    assert "支給の始まる月" not in rows(content)
    assert "月額の合計" not in rows(content)
    assert "15,000円" not in str(content)


def test_a_notice_does_not_show_what_other_bodies_answered(paper) -> None:
    content = paper("approval", view(step("approved")))
    assert "4,000,000" not in str(content)
    assert "手本市" not in str(content)


def test_the_sheet_for_the_file_shows_the_answer_field_by_field_with_its_source(paper) -> None:
    content = paper("decision_sheet", view(step("approved")))
    assert not content.addressee
    answered = next(one for one in content.sections if one.title.startswith("照会の回答"))
    assert [(row.label, row.value) for row in answered.rows] == [
        ("回答の内容", "回答あり"),
        ("総所得金額等", "4,000,000円"),
        ("扶養親族等の数", "2人"),
    ]
    assert answered.rows[0].source == "手本市 令和8年度 処理通番 990001"


@pytest.mark.parametrize(("kind", "said"), [("undeclared", "未申告"), ("no_data", "該当なし")])
def test_not_declared_and_no_data_are_answers_of_their_own(paper, kind: str, said: str) -> None:
    answer = AnswerMark(**{**{name: getattr(TAX, name) for name in TAX.__struct_fields__}, "kind": kind, "items": {}})
    content = paper("decision_sheet", view(step("approved"), answers=(answer,)))
    assert rows(content)["回答の内容"].startswith(said)


def test_who_took_which_step_stands_on_the_sheet(paper) -> None:
    content = paper("decision_sheet", view(step("approved")))
    assert rows(content)["決裁"] == "認定 訓練 五郎"


def test_a_decision_for_who_is_absent_says_so_on_the_sheet(paper) -> None:
    decided = structs.replace(step("approved"), level="部長", is_deputy=True)
    said = {row.value for section in paper("decision_sheet", view(decided)).sections for row in section.rows}
    assert "認定（部長の代決） 訓練 五郎" in said
    own = {row.value for s in paper("decision_sheet", view(step("approved"))).sections for row in s.rows}
    assert not any("代決" in value for value in own)


def test_no_number_stands_on_any_paper_at_most_that_it_is_linked(paper) -> None:
    found = rows(paper("decision_sheet", view(step("approved"))))
    assert found["個人番号"] == "登録済み（提示不要）"


def test_outside_training_no_paper_carries_the_mark(paper) -> None:
    assert paper("approval", view(step("approved"))).mark == "訓練"
    assert not parse_form_words(read_toml("text", "forms.toml"), training=False).mark


@pytest.mark.parametrize("broken", ["honorific", "values", "outcome"])
def test_a_word_that_is_missing_is_found_when_the_words_are_read(broken: str) -> None:
    values = {name: value for name, value in read_toml("text", "forms.toml").items() if name != broken}
    with pytest.raises(DataFault) as caught:
        parse_form_words(values, training=True)
    assert broken in str(caught.value.data["place"])


def test_a_word_that_nobody_asked_for_is_found_too() -> None:
    with pytest.raises(DataFault):
        parse_form_words(read_toml("text", "forms.toml") | {"honorfic": "様"}, training=True)


def test_a_decision_sheet_says_how_person_and_number_were_confirmed_and_which_findings_were_let_pass() -> None:
    seen = Evidence(
        about="person",
        method="chip",
        document="my_number_card",
        verdicts={"issuer": "verified", "expiry": "not_checked:card_outside_signature"},
        result="confirmed",
        staff_id="001",
        terminal="T-01",
        at=AT,
    )
    case = structs.replace(view(step("approved")), evidence=(seen,), confirmed_findings=(CLAIM.checks[0].id,))
    rows = [row for section in composed("decision_sheet", case).sections for row in section.rows]
    assert ("本人確認", "カード読取（照合番号B）と顔の照合　確認した") in [(row.label, row.value) for row in rows]
    assert ("有効期限（署名の対象外）", "未確認") in [(row.label, row.value) for row in rows]
    assert CLAIM.checks[0].what in [row.value for row in rows]


def test_a_grant_says_on_what_ground_it_stands() -> None:
    content = composed("approval", view(step("approved")))
    assert content.reasons
    assert content.instruction


def test_a_municipality_stands_on_paper_by_its_name() -> None:
    values = [
        row.value for section in composed("decision_sheet", view(step("approved"))).sections for row in section.rows
    ]
    assert THERE not in values
    assert "手本市" in values


def composed(name: str, case: ApplicationView) -> FormContent:
    output = CLAIM.output(name)
    assert output is not None
    words = parse_form_words(read_toml("text", "forms.toml"), training=True)
    issuer = Issuer("見本市長", "見本市", "架空県", {THERE: "手本市"})
    return compose_form(case, CLAIM, output, words, issuer, TODAY)
