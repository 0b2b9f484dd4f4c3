"""C-20, M-1: what the desk counts of a counter's evidence: own staff, right kinds, right role, right order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace as changed

from app.backend.desk.service.evidence import Judge, Judged, Known
from app.domain.call import Call
from app.domain.identity import Aspect, Means, Part, Question, Regime, Result
from app.domain.procedure import Identity
from app.domain.rights import Actor
from app.errors import NotUnderstood
from app.wire.desk import Evidence, HandIn, PersonMark, RolesMark
from tests.support.claims import CLAIM, HERE
from tests.support.documents import RULES

MORNING = datetime(2026, 11, 20, 1, tzinfo=UTC)
CLERK = Call(Actor(HERE, "001", "", "", "T-001", ()), "trace", "key", MORNING + timedelta(minutes=5))
BY_EYE = Evidence(
    about=Question.IDENTITY,
    method=Means.EYE,
    document="driving_licence",
    verdicts={},
    result=Result.CONFIRMED,
    staff_id="001",
    terminal="T-001",
    at=MORNING,
)
BY_CARD = changed(
    BY_EYE,
    method=Means.CHIP,
    document="my_number_card",
    verdicts={Aspect.ISSUER: "verified", Aspect.CHIP: "not_checked:card_key_unproven", Aspect.FACE: "verified"},
)
NUMBER = changed(
    BY_EYE,
    about=Question.NUMBER,
    method=Means.PAPER,
    document="my_number_card",
    role=Part.NUMBER_GIVER,
    at=MORNING + timedelta(minutes=1),
)
BY_PIN = changed(NUMBER, method=Means.PIN, verdicts={Aspect.RECORD: "verified"})
BY_CODE_A = changed(BY_PIN, method=Means.CODE_A)
DECLINED = changed(NUMBER, method=Means.DECLINED, document="", result=Result.DECLINED)
MANDATE = changed(BY_EYE, about=Question.AUTHORITY, method=Means.PAPER, document="power_of_attorney")
GUARDIAN = changed(MANDATE, document="family_register")
REGISTER = changed(MANDATE, method=Means.REGISTER, document="")
QUESTIONS = changed(BY_EYE, method=Means.QUESTIONS, document="care_insurance")


def judged(regime: Regime, *evidence: Evidence, capacity: str = "self", known: Known | None = None) -> Judged:
    mark = PersonMark(business_number="1", name="")
    asked = HandIn(
        application_id="a",
        visit_id="v",
        procedure=CLAIM.id,
        roles=RolesMark(presenter=mark, capacity=capacity, applicant=mark),
        facts={"claimant_number": "given", "spouse_number": "given"},
        evidence=evidence,
        reached_at=CLERK.at,
    )
    procedure = replace(CLAIM, identity=Identity(regime, "claimant"))
    return Judge(RULES).judge(CLERK, procedure, asked, known or Known())


@pytest.mark.parametrize(
    ("evidence", "taken"),
    [
        ((BY_EYE, NUMBER), True),
        ((BY_CARD, BY_PIN), True),
        ((changed(BY_CARD, method=Means.PIN), BY_PIN), True),
        ((NUMBER,), False),
        ((BY_EYE,), False),
        ((BY_EYE, DECLINED), False),
        ((changed(BY_EYE, result=Result.NOT_CONFIRMED), NUMBER), False),
        ((BY_EYE, changed(NUMBER, result=Result.NOT_CONFIRMED)), False),
        ((BY_EYE, BY_CODE_A), False),
        ((BY_EYE, changed(NUMBER, document="driving_licence")), False),
        ((BY_EYE, changed(NUMBER, method=Means.EYE)), False),
        ((BY_EYE, changed(BY_PIN, verdicts={Aspect.RECORD: "failed:card_record_altered"})), False),
        ((changed(BY_EYE, document="care_insurance"), NUMBER), False),
        ((changed(BY_CARD, verdicts={Aspect.ISSUER: "verified"}), NUMBER), False),
        ((changed(BY_CARD, verdicts={Aspect.FACE: "failed:face_differs"}), NUMBER), False),
        ((changed(BY_CARD, valid_until=date(2026, 11, 19)), NUMBER), False),
        ((changed(BY_CARD, valid_until=date(2026, 11, 20)), NUMBER), True),
        ((changed(BY_EYE, role=Part.APPLICANT), NUMBER), False),
        ((changed(BY_EYE, staff_id="999"), NUMBER), False),
        ((BY_EYE, changed(NUMBER, staff_id="999")), False),
        ((changed(BY_EYE, at=MORNING + timedelta(minutes=2)), NUMBER), False),
        ((changed(BY_EYE, at=MORNING + timedelta(minutes=2)), NUMBER, BY_EYE), True),
        ((changed(BY_EYE, regime=Regime.CERTIFICATE), NUMBER), False),
        ((changed(BY_EYE, method=Means.QUESTIONS, document="care_insurance"), NUMBER), False),
    ],
)
def test_a_number_counts_only_with_everything_that_must_come_before_it(
    evidence: tuple[Evidence, ...],
    taken: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    found = judged(Regime.NUMBER, *evidence)
    assert found.outcome.consequence == ("confirmed" if taken else "without_number")
    assert found.facts == {"claimant_number": "given" if taken else "absent", "spouse_number": "given"}
    assert found.dropped == (() if taken else ("claimant_number",))


@pytest.mark.parametrize(
    ("capacity", "evidence", "taken"),
    [
        ("agent", (BY_EYE, MANDATE, NUMBER), True),
        ("agent", (BY_EYE, NUMBER), False),
        ("agent", (MANDATE, NUMBER), False),
        ("agent", (BY_EYE, GUARDIAN, NUMBER), False),
        ("agent", (BY_EYE, REGISTER, NUMBER), False),
        ("agent", (BY_EYE, changed(MANDATE, at=MORNING + timedelta(minutes=2)), NUMBER), False),
        ("legal_representative", (BY_EYE, GUARDIAN, NUMBER), True),
        ("messenger", (changed(BY_EYE, role=Part.NUMBER_GIVER), NUMBER), True),
        ("messenger", (BY_EYE, NUMBER), False),
        ("third_party", (BY_EYE, MANDATE, NUMBER), False),
    ],
)
def test_who_hands_in_a_number_for_somebody_else_shows_what_that_capacity_needs(
    capacity: str,
    evidence: tuple[Evidence, ...],
    taken: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    found = judged(Regime.NUMBER, *evidence, capacity=capacity)
    assert found.facts["claimant_number"] == ("given" if taken else "absent")


@pytest.mark.parametrize("regime", [Regime.CERTIFICATE, Regime.MOVE])
@pytest.mark.parametrize(
    ("capacity", "evidence", "holds"),
    [
        ("self", (), False),
        ("self", (BY_EYE,), True),
        ("self", (QUESTIONS,), True),
        ("self", (changed(QUESTIONS, document=""),), False),
        ("self", (changed(BY_EYE, document="care_insurance+pension_certificate"),), True),
        ("self", (changed(BY_EYE, document="care_insurance"),), False),
        ("same_household", (BY_EYE, REGISTER), True),
        ("same_household", (BY_EYE,), False),
        ("same_household", (BY_EYE, MANDATE), False),
        ("agent", (BY_EYE, MANDATE), True),
        ("agent", (MANDATE,), False),
        ("third_party", (BY_EYE, MANDATE), False),
    ],
)
def test_under_the_other_regimes_identity_and_authority_decide(
    regime: Regime,
    capacity: str,
    evidence: tuple[Evidence, ...],
    holds: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    otherwise = {Regime.CERTIFICATE: "no_issue", Regime.MOVE: "notice_by_post"}[regime]
    found = judged(regime, *evidence, NUMBER, capacity=capacity)
    assert found.outcome.consequence == ("confirmed" if holds else otherwise)
    assert NUMBER not in found.evidence
    assert found.facts["claimant_number"] == "absent"


def test_code_a_counts_with_the_desks_own_leave_only() -> None:
    assert judged(Regime.NUMBER, BY_EYE, BY_CODE_A).dropped
    assert not judged(Regime.NUMBER, BY_EYE, BY_CODE_A, known=Known(has_leave=True)).dropped


def test_a_colleagues_evidence_counts_only_where_it_lay_in_the_case_already() -> None:
    colleagues = changed(BY_EYE, staff_id="002")
    assert judged(Regime.MOVE, colleagues).evidence == ()
    assert judged(Regime.MOVE, colleagues, known=Known(earlier=(colleagues,))).evidence == (colleagues,)


@pytest.mark.parametrize("one", [changed(BY_EYE, document="library_card"), changed(MANDATE, document="passport")])
def test_a_kind_that_is_not_on_the_lists_is_not_understood(one: Evidence) -> None:
    with pytest.raises(NotUnderstood):
        judged(Regime.MOVE, one)
