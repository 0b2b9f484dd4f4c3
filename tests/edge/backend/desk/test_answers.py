"""An examination rests on answers that the relay itself gave, for this case; a screen can add nothing to them."""

import msgspec
import pytest

from app.domain.enquiry_id import enquiry_id
from app.domain.rights import Right
from app.errors import NotAllowed, Refused
from app.wire.desk import AnswerMark, ApplicationView, AskQueue, OpenApplication, PersonMark
from app.wire.message import encode
from tests.edge.backend.desk.conftest import APPLICANT, AUTHOR, CHECKER, CLAIM, DECIDER, EXAMINER, FACTS, Office
from tests.support.slices import KITA, MORNING, acts, person

SPOUSE = PersonMark(business_number="200", name="髙橋　次郎")
MARRIED = FACTS | {
    "spouse_exists": True,
    "spouse_name": SPOUSE.name,
    "spouse_birth": "1988-01-01",
    "spouse_together": True,
    "spouse_jan1": "131016",
    "spouse_occupation": "employee",
}
OURS, SPOUSES = "city_tax_claimant", "local_tax_spouse"
LOOKED = ("income_below_spouse",)


def answer(enquiry: str, income: int, kind: str = "value", case: str = "a1", subject: PersonMark | None = None, **more):
    """An answer as the relay gives it."""
    whom = subject or (SPOUSE if enquiry == SPOUSES else APPLICANT)
    given = {
        "enquiry_id": enquiry_id(case, enquiry, None, 2026, whom.name),
        "enquiry": enquiry,
        "subject": whom,
        "path": "nws",
        "provider": "131016",
        "provider_name": "南市",
        "tax_year": 2026,
        "kind": kind,
        "items": {"income": income} if kind == "value" else {},
        "answered_at": MORNING,
    }
    return AnswerMark(**(given | more))


def checked(office: Office) -> Office:
    office.receive(facts=MARRIED)
    office.check(CHECKER)
    return office


def opened(office: Office) -> ApplicationView:
    return office.desk.review.open(office.call(DECIDER), OpenApplication(application_id="a1"))


def refused(office: Office, *shown: AnswerMark) -> str:
    """Why the examination is refused; nothing of it is kept but that it was refused."""
    with pytest.raises(Refused) as caught:
        office.examine(EXAMINER, answers=shown)
    kind, detail = acts(office.slice, KITA)[-1]
    assert (kind, detail["reason"]) == ("application.examined_refused", caught.value.reason)
    assert (opened(office).state, opened(office).answers) == ("checked", ())
    return caught.value.reason


def test_the_answers_of_enquiries_are_laid_into_the_case(office: Office) -> None:
    answers = office.relay.keep(answer(OURS, 3_000_000), answer(SPOUSES, 5_000_000))
    checked(office).examine(AUTHOR, answers=answers, confirmed_findings=LOOKED, note="扶養を確認した")
    view = opened(office)
    assert {one.enquiry: one.items["income"] for one in view.answers} == {OURS: 3_000_000, SPOUSES: 5_000_000}
    assert view.confirmed_findings == LOOKED
    assert view.steps[-1].note == "扶養を確認した"
    assert office.decide(DECIDER).state == "approved"


def test_what_the_checks_compare_is_what_the_relay_answered(office: Office) -> None:
    answers = office.relay.keep(answer(OURS, 3_000_000), answer(SPOUSES, 5_000_000))
    checked(office).examine(AUTHOR, answers=answers)
    with pytest.raises(Refused) as caught:
        office.decide(DECIDER)
    assert caught.value.data == {"reason": "finding_not_confirmed", "check": "income_below_spouse"}


def test_an_income_that_the_screen_changed_is_refused(office: Office) -> None:
    ours, spouses = office.relay.keep(answer(OURS, 3_000_000), answer(SPOUSES, 5_000_000))
    forged = msgspec.structs.replace(ours, items={"income": 9_000_000})
    assert refused(checked(office), forged, spouses) == "answer_differs"
    assert refused(office, msgspec.structs.replace(ours, kind="no_data", items={})) == "answer_differs"
    assert refused(office, msgspec.structs.replace(ours, proof="another")) == "answer_differs"


def test_an_answer_that_the_relay_never_gave_is_refused(office: Office) -> None:
    assert refused(checked(office), answer(OURS, 9_000_000)) == "unknown_answer"


def test_an_answer_that_was_given_for_another_case_is_refused(office: Office) -> None:
    (others,) = office.relay.keep(answer(OURS, 9_000_000, case="a2"))
    assert refused(checked(office), others) == "other_case"


@pytest.mark.parametrize(
    ("enquiry", "subject"),
    [
        (OURS, PersonMark(business_number="999", name=APPLICANT.name)),
        (OURS, SPOUSE),
        (SPOUSES, PersonMark(business_number="200", name="別人　次郎")),
    ],
)
def test_an_enquiry_named_after_the_case_but_about_somebody_else_is_refused(
    office: Office, enquiry: str, subject: PersonMark
) -> None:
    (strange,) = office.relay.keep(answer(enquiry, 9_000_000, subject=subject))
    assert refused(checked(office), strange) == "other_case"


def test_an_answer_shown_under_another_enquirys_name_is_refused(office: Office) -> None:
    (spouses,) = office.relay.keep(answer(SPOUSES, 5_000_000))
    assert refused(checked(office), msgspec.structs.replace(spouses, enquiry=OURS)) == "answer_differs"


def test_an_answer_to_an_enquiry_that_the_procedure_has_not_is_refused(office: Office) -> None:
    (stray,) = office.relay.keep(answer("welfare", 1))
    assert refused(checked(office), stray) == "unknown_enquiry"


def test_of_the_answers_each_sees_those_whose_items_a_right_covers(office: Office) -> None:
    """C-02, R-018: the case file opens to the checker, what other offices answered does not."""
    checked(office).examine(AUTHOR, answers=office.relay.keep(answer(OURS, 3_000_000), answer(SPOUSES, 5_000_000)))
    rights = {
        "": (),
        "tax": (Right("enquiry.read", CLAIM, "tax"),),
        "account": (Right("enquiry.read", CLAIM, "account"),),
        "another procedure": (Right("enquiry.read", "another"),),
    }
    for given, own in rights.items():
        who = office.call(person("011", Right("application.read", CLAIM), *own))
        view = office.desk.review.open(who, OpenApplication(application_id="a1"))
        assert len(view.answers) == (2 if given == "tax" else 0), given
        assert (b"3000000" in encode(view)) == (given == "tax")


def test_who_received_a_case_sees_it_again_while_it_waits_for_them_and_no_longer(office: Office) -> None:
    """C-02, R-018: any counter receives; the file of another section opens to it only when it comes back."""
    general = office.call(person("012", "application.receive"))
    asked = OpenApplication(application_id="a1")
    office.receive(actor=general.actor)
    for state in ("received", "returned"):
        waiting = [
            one.state for one in office.desk.review.queue(general, AskQueue(states=("received", "returned"))).entries
        ]
        if state == "returned":
            assert (waiting, office.desk.review.open(general, asked).state) == (["returned"], "returned")
            stranger = office.call(person("013", "application.receive"))
            assert office.desk.review.queue(stranger, AskQueue(states=("returned",))).entries == ()
            with pytest.raises(NotAllowed):
                office.desk.review.open(stranger, asked)
            break
        assert waiting == []
        with pytest.raises(NotAllowed):
            office.desk.review.open(general, asked)
        office.check(CHECKER, outcome="returned", reason="電話番号が読めない")


def test_where_the_relay_is_elsewhere_an_examination_with_answers_is_refused(office: Office) -> None:
    (ours,) = office.relay.keep(answer(OURS, 3_000_000))
    office.relay.is_elsewhere = True
    assert refused(checked(office), ours) == "relay_elsewhere"
    assert office.examine(EXAMINER).state == "examined"


def test_a_later_answer_of_the_same_enquiry_takes_the_place_of_the_earlier(office: Office) -> None:
    waited = office.relay.keep(answer(SPOUSES, 0, "no_code"))
    checked(office).examine(EXAMINER, answers=waited)
    office.decide(DECIDER, outcome="returned", reason="回答を待つ")
    office.receive(facts=MARRIED, version=4)
    office.check(CHECKER, version=5)
    came = office.relay.keep(answer(SPOUSES, 5_000_000))
    office.examine(EXAMINER, version=6, answers=came)
    assert [(one.kind, one.items["income"]) for one in opened(office).answers] == [("value", 5_000_000)]


def test_who_may_not_examine_is_refused_whatever_the_answers(office: Office) -> None:
    answers = office.relay.keep(answer(OURS, 3_000_000))
    checked(office)
    with pytest.raises(NotAllowed):
        office.examine(DECIDER, answers=answers)
    assert acts(office.slice, KITA)[-1][0] == "application.examined_refused"
