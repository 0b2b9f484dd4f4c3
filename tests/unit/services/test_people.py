"""Finding and confirming a person: one, several, nobody, by chip, by eye, and the number only where it may be asked."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from app.domain.number import MyNumber
from app.domain.person import BasicFour, Sex
from app.domain.procedure import Identity
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import BadFormat, NotAllowed, NotUnderstood, Unreachable
from app.services.card_port import CardExpiry, FaceReading, Insertion, NumberReading, Proof, Timing, Traffic
from app.services.confirm_number import Asking, CardEntry, ConfirmNumber, Way, ways
from app.services.confirm_person import ConfirmPerson
from app.services.find_person import Nobody, Opened, Several
from tests.support.claims import CLAIM
from tests.support.documents import DOCUMENTS
from tests.unit.services.conftest import RESTRAINED, Desk, hit, record

FOUR = BasicFour("見本　花子", "見本市中央区本町１丁目２番３号", date(1994, 5, 1), Sex.FEMALE)
NUMBER = "123456789018"
VALID = Proof(Verified(), Verified(), Verified())
AT = Insertion("reader", 1)
QUICK = Timing(0, 0, 0, 0, Traffic())


def reading(proof: Proof = VALID, last: date = date(2030, 1, 1)) -> FaceReading:
    return FaceReading(AT, FOUR, None, None, None, CardExpiry(last, year_agrees=True), proof, proof, proof, QUICK)


@dataclass
class Cards:
    """What a card would answer."""

    proof: Proof = VALID

    def number_by_code_a(self, at: Insertion, entry: str, *, last_try_confirmed: bool = False) -> NumberReading:
        return NumberReading(at, MyNumber(entry), None, self.proof, QUICK)

    def number_by_pin(self, at: Insertion, entry: str, *, last_try_confirmed: bool = False) -> NumberReading:
        return NumberReading(at, MyNumber(NUMBER), FOUR, self.proof, QUICK)


def test_one_hit_is_opened_and_differences_are_shown_field_by_field(counter: Desk) -> None:
    counter.register.records = [record(hit(address="見本市北区1-1"))]
    session = counter.sign_in()
    visit = counter.visit(session)
    found = counter.find.by_card(counter.press(), session, visit, FOUR)
    assert isinstance(found, Opened)
    assert found.differs
    assert [(row.field, row.differs) for row in found.rows] == [
        ("name", False),
        ("address", True),
        ("birth", False),
        ("sex", False),
    ]
    assert counter.kinds[-2:] == ["register.searched", "record.opened"]
    assert "見本" not in repr(counter.journal.acts)


def test_several_hits_come_with_their_restraint_marks_and_none_is_opened(counter: Desk) -> None:
    counter.register.records = [record(hit("1")), record(hit("2", restraints=RESTRAINED))]
    session = counter.sign_in()
    found = counter.find.by_card(counter.press(), session, counter.visit(session), FOUR)
    assert isinstance(found, Several)
    assert [bool(one.restraints) for one in found.hits] == [False, True]
    assert "record.opened" not in counter.kinds


def test_a_single_restrained_person_is_listed_and_not_opened(counter: Desk) -> None:
    counter.register.records = [record(hit(restraints=RESTRAINED))]
    session = counter.sign_in()
    found = counter.find.by_card(counter.press(), session, counter.visit(session), FOUR)
    assert isinstance(found, Several)
    assert "record.opened" not in counter.kinds


def test_nobody_leads_to_the_path_of_non_residents(counter: Desk) -> None:
    session = counter.sign_in()
    assert counter.find.by_card(counter.press(), session, counter.visit(session), FOUR) == Nobody()


def test_a_search_without_a_line_is_kept_as_refused(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    counter.line.is_down = True
    with pytest.raises(Unreachable):
        counter.find.by_card(counter.press(), session, visit, FOUR)
    assert counter.kinds[-1] == "register.searched.refused"
    assert counter.journal.acts[-1].detail()["code"] == "office.unreachable"


def test_a_confirmed_number_finds_one_person(counter: Desk) -> None:
    counter.register.records = [record(hit("1")), record(hit("2"))]
    counter.register.numbers = {NUMBER: "2"}
    session = counter.sign_in()
    found = counter.find.by_number(counter.press(), session, counter.visit(session), MyNumber(NUMBER))
    assert isinstance(found, Opened)
    assert found.record.hit.business_number == "2"
    assert NUMBER not in repr(counter.journal.acts)


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
    assert evidence.verdicts["expiry"] == "not_checked:card_outside_signature"
    assert "見本" not in repr(evidence)


def test_an_expired_card_does_not_confirm_and_is_valid_to_the_end_of_its_last_day(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmPerson(counter.journal, DOCUMENTS)
    today = session.call(counter.press()).day
    for last, result in ((today, "confirmed"), (date(2026, 11, 19), "not_confirmed")):
        evidence = confirm.by_chip(counter.press(), session, visit, reading(last=last), same_face=True)
        assert evidence.result == result


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


def test_a_number_is_asked_only_where_the_procedure_uses_it_and_never_if_it_is_known() -> None:
    unlinked = hit(number_linked=False)
    assert ways(Asking(CLAIM, hit()), card=True) == (Way.LINKED,)
    assert ways(Asking(CLAIM, unlinked), card=True) == (Way.CODE_A, Way.PIN, Way.PAPER, Way.DECLINED)
    assert ways(Asking(CLAIM, unlinked), card=False) == (Way.PAPER, Way.DECLINED)
    assert ways(Asking(CLAIM, None), card=False) == (Way.PAPER, Way.DECLINED)
    certificate = replace(CLAIM, identity=Identity("J-1", "presenter"))
    assert ways(Asking(certificate, unlinked), card=True) == ()


def test_a_number_is_confirmed_by_the_chip_by_pin_or_on_paper_and_stands_in_no_record(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    asking = Asking(CLAIM, hit(number_linked=False))
    confirm = ConfirmNumber(counter.journal, Cards(), DOCUMENTS)  # type: ignore[arg-type]
    for found in (
        confirm.by_code_a(counter.press(), session, visit, asking, CardEntry(AT, NUMBER)),
        confirm.by_pin(counter.press(), session, visit, asking, CardEntry(AT, "1234")),
        confirm.by_paper(counter.press(), session, visit, asking, ("my_number_card", NUMBER)),
    ):
        assert found.number == MyNumber(NUMBER)
        assert found.evidence.result == "confirmed"
        assert NUMBER not in repr(found)
    assert NUMBER not in repr(counter.journal.acts)
    with pytest.raises(BadFormat):
        confirm.by_paper(counter.press(), session, visit, asking, ("my_number_card", "123456789012"))


def test_a_number_that_the_chip_does_not_prove_is_not_taken(counter: Desk) -> None:
    session = counter.sign_in()
    confirm = ConfirmNumber(
        counter.journal, Cards(Proof(Verified(), Failed("card_record_changed"), Verified())), DOCUMENTS
    )  # type: ignore[arg-type]
    asking = Asking(CLAIM, hit(number_linked=False))
    found = confirm.by_pin(counter.press(), session, counter.visit(session), asking, CardEntry(AT, "1234"))
    assert (found.number, found.evidence.result) == (None, "not_confirmed")


def test_declining_is_no_error_and_a_linked_number_is_never_taken_again(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    confirm = ConfirmNumber(counter.journal, Cards(), DOCUMENTS)  # type: ignore[arg-type]
    unlinked = Asking(CLAIM, hit(number_linked=False))
    assert confirm.without(counter.press(), session, visit, unlinked, Way.DECLINED).evidence.result == "declined"
    linked = Asking(CLAIM, hit())
    assert confirm.without(counter.press(), session, visit, linked, Way.LINKED).evidence.result == "confirmed"
    with pytest.raises(NotAllowed):
        confirm.by_pin(counter.press(), session, visit, linked, CardEntry(AT, "1234"))
    with pytest.raises(NotAllowed):
        confirm.without(counter.press(), session, visit, unlinked, Way.LINKED)
