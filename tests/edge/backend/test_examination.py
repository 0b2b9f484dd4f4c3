"""Examining against a real relay in the same process: its answers are taken, what a screen makes of them is not."""

import itertools

import msgspec
import pytest

from app.domain.clock import SystemClock, business_date
from app.errors import NotAllowed, Refused
from app.services.enquire import EnquiryCase, Planned, planned
from app.shipped import read_toml
from app.standin.city.values import CityResident
from app.wire.desk import (
    AnswerMark,
    ApplicationView,
    CheckReception,
    Decide,
    Examine,
    HandIn,
    OpenApplication,
    PersonMark,
    Receipt,
    RolesMark,
    StepDone,
)
from app.wire.facts import facts_from_wire
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryStates, MakeEnquiry
from tests.edge.backend.desk.conftest import CLAIM, FACTS, PROCEDURE
from tests.support.backend import MIHON, Backend, Seated, running_backend
from tests.support.process import wait_for

__all__ = ["running_backend"]

pytestmark = pytest.mark.parametrize("running_backend", ["sqlcipher"], indirect=True, scope="module")

TODAY = business_date(SystemClock().now())
_numbers = itertools.count(1)


def taxed_here(backend: Backend) -> CityResident:
    """Somebody whose tax of the year that is asked the city has itself, with an income."""
    year = TODAY.year - 1 if TODAY.month <= 5 else TODAY.year
    for one in backend.city().municipality(MIHON).residents:
        if any((tax.year, tax.residence, tax.kind) == (year, MIHON, "value") for tax in one.tax) and one.is_resident:
            return one
    raise AssertionError("nobody is taxed here")


def case_of(backend: Backend) -> EnquiryCase:
    """A claim of that person, as a counter prepares it."""
    person = taxed_here(backend)
    mark = PersonMark(business_number=person.business_number, name=person.name)
    facts = FACTS | {
        "claimant_name": person.name,
        "claimant_jan1": MIHON,
        "office": MIHON,
        "spouse_exists": True,
        "spouse_name": "見本　次郎",
        "spouse_birth": "1988-01-01",
        "spouse_together": True,
        "spouse_jan1": MIHON,
        "spouse_occupation": "employee",
        "event_date": TODAY.isoformat(),
        "claim_date": TODAY.isoformat(),
    }
    roles = RolesMark(presenter=mark, capacity="self", applicant=mark, number_givers=(mark,))
    name = f"examined-{next(_numbers)}"
    return EnquiryCase(name, f"visit-{name}", PROCEDURE, roles, facts_from_wire(PROCEDURE, facts), TODAY)


def hand_in(case: EnquiryCase) -> HandIn:
    facts = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in case.facts.items()
        if name != "children"
    }
    return HandIn(
        application_id=case.case_id,
        visit_id=case.visit_id,
        procedure=CLAIM,
        roles=case.roles,
        facts=facts | {"children": FACTS["children"]},
        evidence=(),
        reached_at=SystemClock().now(),
    )


def answered(clerk: Seated, case: EnquiryCase) -> AnswerMark:
    """The relay's answer about the claimant, asked and waited for."""
    wanted = next(one for one in planned(case) if one.due.enquiry.id == "city_tax_claimant")
    clerk.ask("/relay/v1/enquiries", make(case, wanted), EnquiryAccepted)

    def states() -> tuple:
        asked = AskEnquiries(enquiry_ids=(wanted.enquiry_id,))
        return clerk.ask("/relay/v1/enquiries/state", asked, EnquiryStates).states

    wait_for(lambda: states()[0].answer is not None, "the answer", 30)
    return states()[0].answer


def make(case: EnquiryCase, wanted: Planned) -> MakeEnquiry:
    assert wanted.due.year is not None
    return MakeEnquiry(
        enquiry_id=wanted.enquiry_id,
        visit_id=case.visit_id,
        procedure=CLAIM,
        enquiry=wanted.due.enquiry.id,
        subject=wanted.subject,
        information=wanted.due.enquiry.information,
        purpose=wanted.due.enquiry.purpose,
        tax_year=wanted.due.year.year,
        requested_on=TODAY,
    )


def checked(backend: Backend, clerk: Seated, case: EnquiryCase) -> int:
    receipt = clerk.ask("/desk/v1/hand-in", hand_in(case), Receipt)
    checker = backend.seat("c3001", "T-02")
    passed = CheckReception(application_id=case.case_id, version=receipt.version, outcome="passed")
    return checker.ask("/desk/v1/check-reception", passed, StepDone).version


def examine(clerk: Seated, case: EnquiryCase, version: int, *answers: AnswerMark) -> StepDone:
    asked = Examine(application_id=case.case_id, version=version, outcome="passed", answers=answers)
    return clerk.ask("/desk/v1/examine", asked, StepDone)


def reason_of(work) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.reason


def test_an_examination_rests_on_the_answers_that_the_relay_gave(running_backend: Backend) -> None:
    clerk, case, other = running_backend.seat("k1001"), case_of(running_backend), case_of(running_backend)
    version = checked(running_backend, clerk, case)
    answer, others = answered(clerk, case), answered(clerk, other)
    assert answer.kind == "value"
    richer = msgspec.structs.replace(answer, items=answer.items | {"income": 99_000_000})
    unasked = msgspec.structs.replace(answer, enquiry_id="nobody-asked-this")
    assert reason_of(lambda: examine(clerk, case, version, richer)) == "answer_differs"
    assert reason_of(lambda: examine(clerk, case, version, others)) == "other_case"
    assert reason_of(lambda: examine(clerk, case, version, unasked)) == "unknown_answer"
    assert examine(clerk, case, version, answer).state == "examined"
    decider = running_backend.seat("d5001", "T-03")
    view = decider.ask("/desk/v1/open", OpenApplication(application_id=case.case_id), ApplicationView)
    assert view.answers == (answer,)
    assert answer.proof.startswith("c2sp.org/tlog-proof@v1")


def test_who_may_not_read_an_answer_can_rest_nothing_on_it(running_backend: Backend) -> None:
    clerk, case = running_backend.seat("k1001"), case_of(running_backend)
    version = checked(running_backend, clerk, case)
    answer = answered(clerk, case)
    with pytest.raises(NotAllowed):
        examine(running_backend.seat("g2001", "T-02"), case, version, answer)


def test_who_has_the_rights_to_receive_and_to_check_can_not_check_his_own(running_backend: Backend) -> None:
    both, case = running_backend.seat("w8001"), case_of(running_backend)
    receipt = both.ask("/desk/v1/hand-in", hand_in(case), Receipt)
    view = both.ask("/desk/v1/open", OpenApplication(application_id=case.case_id), ApplicationView)
    assert (view.may, view.why_not) == ((), {"reception_check": "same_person"})
    check = CheckReception(application_id=case.case_id, version=receipt.version, outcome="passed")
    assert reason_of(lambda: both.ask("/desk/v1/check-reception", check, StepDone)) == "same_person"
    back = msgspec.structs.replace(check, outcome="returned", reason="口座の確認")
    assert reason_of(lambda: both.ask("/desk/v1/check-reception", back, StepDone)) == "same_person"
    checker = running_backend.seat("c3001", "T-02")
    assert checker.ask("/desk/v1/check-reception", check, StepDone).state == "checked"


def test_the_same_person_checks_what_a_colleague_received(running_backend: Backend) -> None:
    clerk, both, case = running_backend.seat("k1001"), running_backend.seat("w8001", "T-02"), case_of(running_backend)
    receipt = clerk.ask("/desk/v1/hand-in", hand_in(case), Receipt)
    check = CheckReception(application_id=case.case_id, version=receipt.version, outcome="passed")
    assert both.ask("/desk/v1/check-reception", check, StepDone).state == "checked"


def test_an_approval_names_the_finding_that_nobody_looked_at(running_backend: Backend) -> None:
    clerk, case = running_backend.seat("k1001"), case_of(running_backend)
    done = examine(clerk, case, checked(running_backend, clerk, case), answered(clerk, case))
    decider = running_backend.seat("d5001", "T-03")
    approve = Decide(application_id=case.case_id, version=done.version, outcome="approved")
    with pytest.raises(Refused) as caught:
        decider.ask("/desk/v1/decide", approve, StepDone)
    assert caught.value.data["reason"] == "finding_not_confirmed"
    assert caught.value.data["check"] in {one["id"] for one in read_toml("procedures", f"{CLAIM}.toml")["check"]}
