"""C-20, R-014, R-053, S06-2: who stands here is confirmed in each way; of a document only kind and verdicts stay."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from app.domain.certificate import CertificateVerdicts, Period, Purpose
from app.domain.identity import Aspect, Means, Part, Question, Result
from app.domain.person import BasicFour, Capacity, Sex
from app.domain.questions import parse_questions
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import DataFault, NotAllowed, NotUnderstood
from app.services.ask_questions import Answered, AskQuestions
from app.services.card_port import (
    CardExpiry,
    FaceReading,
    Insertion,
    Picture,
    Proof,
    Timing,
    Traffic,
)
from app.services.confirm_authority import ConfirmAuthority
from app.services.confirm_person import CARD, ChipCheck, ConfirmPerson, check_of_holder
from app.services.jpki_port import TokenKind
from app.services.known_facts import Relations
from app.services.ports.validity import RevocationAnswer
from app.services.prove_holder import HolderProof
from app.shipped import read_toml
from app.wire.desk import Evidence
from app.wire.message import decode, encode
from tests.support.documents import CAPACITIES, DOCUMENTS, QUESTIONS
from tests.unit.services.conftest import HOUSEHOLD, Desk, hit, record

FOUR = BasicFour("見本　花子", "見本市中央区本町１丁目２番３号", date(1994, 5, 1), Sex.FEMALE)
NUMBER = "123456789018"
VALID = Proof(Verified(), Verified(), Verified())
AT = Insertion("reader", 1)
QUICK = Timing(0, 0, 0, 0, Traffic())
RELATIONS = Relations.parse(read_toml("tables", "relations.toml"))
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def reading(proof: Proof = VALID, last: date = date(2030, 1, 1)) -> FaceReading:
    photo = Picture(b"\x89PNG", 1, 1)
    return FaceReading(AT, FOUR, photo, None, None, CardExpiry(last, year_agrees=True), proof, proof, proof, QUICK)


def holder(revoked: RevocationAnswer, last: datetime = NOW + timedelta(days=900)) -> HolderProof:
    verdicts = CertificateVerdicts(Verified(), Verified(), Verified(), Verified(), revoked.verdict)
    period = Period(NOW - timedelta(days=900), last)
    return HolderProof(AT, TokenKind.CARD, Purpose.USER_AUTHENTICATION, verdicts, revoked, period, None, QUICK)


@pytest.mark.parametrize(
    ("issuer", "same_face", "result"),
    [
        (Verified(), True, "confirmed"),
        (Verified(), False, "not_confirmed"),
        (Failed("card_issuer_unknown"), True, "not_confirmed"),
        (NotChecked("card_no_certificate"), True, "confirmed"),
    ],
)
def test_three_verdicts_and_the_face_decide_and_stand_in_the_evidence(
    counter: Desk,
    issuer: Verdict,
    same_face: bool,  # noqa: FBT001 -- a parameter of the test
    result: str,
) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    proof = Proof(issuer, Verified(), Verified())
    evidence = ConfirmPerson(counter.journal, DOCUMENTS).by_chip(
        counter.press(), session, visit, reading(proof), same_face=same_face
    )
    assert evidence.result == result
    assert set(evidence.verdicts) == {"issuer", "record", "chip", "expiry", "face"}
    assert evidence.verdicts[Aspect.EXPIRY] == "not_checked:card_outside_signature"
    assert "見本" not in repr(evidence)


def test_an_expired_card_does_not_confirm_and_is_valid_to_the_end_of_its_last_day(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmPerson(counter.journal, DOCUMENTS)
    today = session.call(counter.press()).day
    for last, result in ((today, "confirmed"), (date(2026, 11, 19), "not_confirmed")):
        evidence = confirm.by_chip(counter.press(), session, visit, reading(last=last), same_face=True)
        assert (evidence.result, evidence.valid_until) == (result, last)


def test_by_eye_one_document_with_photo_or_two_without(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmPerson(counter.journal, DOCUMENTS)
    pair = ("pension_certificate", "care_insurance")
    assert confirm.by_eye(counter.press(), session, visit, ("passport",)).result == "confirmed"
    assert confirm.by_eye(counter.press(), session, visit, pair).result == "confirmed"
    assert confirm.by_eye(counter.press(), session, visit, pair[:1]).result == "not_confirmed"
    assert not confirm.suffices((pair[0], pair[0]))
    with pytest.raises(NotUnderstood):
        confirm.by_eye(counter.press(), session, visit, ("health_insurance_card",))
    assert counter.journal.acts[-1].detail()["document"] == "pension_certificate"


def test_the_holders_pin_confirms_the_person_only_with_the_face(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmPerson(counter.journal, DOCUMENTS)
    check = ChipCheck(Means.PIN, CARD, {Aspect.RECORD: Verified(), Aspect.HOLDER: Verified()})
    for same_face, result in ((True, "confirmed"), (False, "not_confirmed")):
        evidence = confirm.by_check(counter.press(), session, visit, check, same_face=same_face)
        assert (evidence.method, evidence.result, evidence.verdicts[Aspect.HOLDER]) == ("pin", result, "verified")
    altered = replace(check, verdicts={Aspect.RECORD: Failed("card_record_altered")})
    assert confirm.by_check(counter.press(), session, visit, altered, same_face=True).result == "not_confirmed"


def test_a_revoked_or_expired_certificate_confirms_nobody_and_an_unanswered_one_says_so(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmPerson(counter.journal, DOCUMENTS)
    cases = [
        (holder(RevocationAnswer(Verified(), NOW, "crl")), "confirmed", "verified"),
        (
            holder(RevocationAnswer(Failed("certificate_revoked"), NOW, "crl")),
            "not_confirmed",
            "failed:certificate_revoked",
        ),
        (
            holder(RevocationAnswer(NotChecked("revocation_unreachable"))),
            "confirmed",
            "not_checked:revocation_unreachable",
        ),
    ]
    for proof, result, mark in cases:
        evidence = confirm.by_check(counter.press(), session, visit, check_of_holder(proof), same_face=True)
        assert (evidence.result, evidence.verdicts[Aspect.REVOCATION]) == (result, mark)
        assert evidence.revocation_as_of == proof.revoked.as_of
        assert evidence.valid_until == date(2029, 5, 8)
        detail = counter.journal.acts[-1].detail()
        assert detail["valid_until"] == "2029-05-08"
        assert detail.get("revocation_as_of") == (proof.revoked.as_of.isoformat() if proof.revoked.as_of else None)
    ended = holder(RevocationAnswer(Verified(), NOW, "crl"), last=NOW - timedelta(days=2))
    assert (
        confirm.by_check(counter.press(), session, visit, check_of_holder(ended), same_face=True).result
        == "not_confirmed"
    )


def test_the_chip_of_another_document_is_kept_as_its_kind_and_verdicts(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmPerson(counter.journal, DOCUMENTS)
    check = ChipCheck(Means.DOCUMENT_CHIP, "driving_licence", {Aspect.RECORD: Verified()}, date(2027, 1, 1))
    evidence = confirm.by_check(counter.press(), session, visit, check, same_face=True)
    assert (evidence.method, evidence.document, evidence.result) == ("document_chip", "driving_licence", "confirmed")
    expired = replace(check, last_day=date(2026, 11, 19))
    assert confirm.by_check(counter.press(), session, visit, expired, same_face=True).result == "not_confirmed"
    with pytest.raises(NotUnderstood):
        confirm.by_check(counter.press(), session, visit, replace(check, kind="care_insurance"), same_face=True)


def test_a_messengers_copies_confirm_the_number_giver_and_not_the_messenger(counter: Desk) -> None:
    session = counter.sign_in()
    confirm = ConfirmPerson(counter.journal, DOCUMENTS).of(Part.NUMBER_GIVER)
    evidence = confirm.by_eye(counter.press(), session, counter.visit(session), ("passport",))
    assert evidence.role is Part.NUMBER_GIVER
    assert counter.journal.acts[-1].detail()["role"] == "number_giver"


def test_authority_is_confirmed_by_a_paper_that_proves_it_in_that_capacity(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmAuthority(counter.journal, CAPACITIES, RELATIONS)
    evidence = confirm.by_paper(counter.press(), session, visit, Capacity.AGENT, ("power_of_attorney",))
    assert (evidence.about, evidence.method, evidence.document, evidence.result) == (
        "authority",
        "paper",
        "power_of_attorney",
        "confirmed",
    )
    assert confirm.by_paper(counter.press(), session, visit, Capacity.AGENT, ()).result == "not_confirmed"
    with pytest.raises(NotUnderstood):
        confirm.by_paper(counter.press(), session, visit, Capacity.AGENT, ("family_register",))
    assert counter.kinds[-2:] == ["authority.confirmed", "authority.confirmed"]


def test_a_member_of_the_household_is_confirmed_by_the_register_and_the_head_only_as_head(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmAuthority(counter.journal, CAPACITIES, RELATIONS)
    found = record(hit("1001"))

    def ask(capacity: Capacity, number: str) -> str:
        return confirm.by_register(counter.press(), session, visit, capacity, (found, number)).result

    assert ask(Capacity.SAME_HOUSEHOLD, "1003") == "confirmed"
    assert ask(Capacity.SAME_HOUSEHOLD, "9999") == "not_confirmed"
    assert ask(Capacity.SAME_HOUSEHOLD, "1001") == "not_confirmed"
    assert ask(Capacity.HOUSEHOLD_HEAD, "1000") == "confirmed"
    assert ask(Capacity.HOUSEHOLD_HEAD, "1003") == "not_confirmed"
    with pytest.raises(NotAllowed):
        ask(Capacity.AGENT, "1000")


def test_questions_are_those_that_the_register_can_answer() -> None:
    asks = AskQuestions(Desk().journal, DOCUMENTS, QUESTIONS)
    asked = {one.id: one.expected for one in asks.asked(record(former_name="手本", moved_in_on=date(2020, 4, 1)))}
    assert set(asked) == {
        "household_names",
        "household_births",
        "household_relations",
        "moved_in",
        "address_january",
        "former_name",
    }
    assert asked["household_names"] == "見本　太郎、見本　大、見本　芽生"
    assert "見本　花子" not in "".join(asked.values())
    alone = record(household=HOUSEHOLD[1:2], first_january=())
    assert asks.asked(alone) == ()


@pytest.mark.parametrize(
    ("agreed", "kinds", "result"),
    [
        ((True, True, True), ("care_insurance",), "confirmed"),
        ((True, True, True), (), "not_confirmed"),
        ((True, True), ("care_insurance",), "not_confirmed"),
        ((True, True, False), ("care_insurance",), "not_confirmed"),
        ((), ("care_insurance",), "not_confirmed"),
    ],
)
def test_enough_right_answers_and_a_document_confirm(
    counter: Desk, agreed: tuple[bool, ...], kinds: tuple[str, ...], result: str
) -> None:
    session = counter.sign_in()
    asks = AskQuestions(counter.journal, DOCUMENTS, QUESTIONS)
    names = [one.id for one in asks.asked(record())]
    marks = dict(zip(names, agreed, strict=False)) | {"moved_from": True, "made_up": True}
    evidence = asks(counter.press(), session, counter.visit(session), record(), Answered(marks, kinds))
    assert (evidence.result, evidence.method) == (result, "questions")
    kept = repr(counter.journal.acts)
    assert not any(word in kept for word in (*names, "見本", "太郎"))


def test_a_table_of_questions_that_can_not_be_met_is_refused() -> None:
    raw = read_toml("tables", "questions.toml")
    for spoilt in ({**raw, "least": 99}, {**raw, "question": [{**raw["question"][0], "answer": "bank.balance"}]}):
        with pytest.raises(DataFault):
            parse_questions(spoilt)


SEEN = Evidence(
    about=Question.IDENTITY,
    method=Means.EYE,
    document="driving_licence+care_insurance",
    verdicts={Aspect.CHIP: "not_checked:card_no_certificate"},
    result=Result.CONFIRMED,
    staff_id="k1001",
    terminal="T-001",
    at=NOW,
)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"document": "driving_licence 307700123456"},
        {"document": "見本　花子"},
        {"document": "123456789018"},
        {"document": "a" * 300},
        {"verdicts": {"number": "verified"}},
        {"verdicts": {"chip": "123456789018"}},
        {"verdicts": {"chip": "failed:見本"}},
        {"verdicts": {"chip": "iVBORw0KGgo="}},
        {"method": "photo"},
        {"about": "picture"},
        {"result": "見本"},
        {"terminal": "見本市中央区本町"},
        {"role": "neighbour"},
        {"regime": "J-9"},
        {"photo": "iVBORw0KGgo="},
        {"number": "123456789018"},
    ],
)
def test_the_record_has_no_place_for_a_picture_a_number_or_a_text_of_the_document(spoilt: dict[str, object]) -> None:
    plain = msgspec.json.decode(encode(SEEN))
    assert decode(encode(SEEN), Evidence) == SEEN
    with pytest.raises(NotUnderstood):
        decode(msgspec.json.encode(plain | spoilt), Evidence)
