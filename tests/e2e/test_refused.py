"""What the office refuses, whatever a screen shows: asked by the use cases and straight at the endpoints."""

from dataclasses import replace

import pytest

from app.errors import Conflict, NotAllowed, Refused
from app.remote.staff import headers
from app.services.ports.seat import Session
from app.wire.desk import CheckReception, Decide, Examine, StepDone
from app.wire.relay import EnquiryAccepted, MakeEnquiry
from tests.support.city import EVERYTHING, HERE, THERE
from tests.support.visits import Case, answers, by_eye, enquiries_of, handed_in, wanted
from tests.support.world import CHECKER, GENERAL_CLERK, World

pytestmark = [pytest.mark.timeout(120), pytest.mark.card, pytest.mark.keyring]


def straight(world: World, session: Session, path: str, message: object, gives: type) -> object:
    """The endpoint itself, as a changed screen at the same terminal would ask it."""
    counter = world.front if session.actor.terminal == world.front.seat.terminal else world.back
    return counter.office.line.ask(path, message, gives, headers(world.press(), session))  # type: ignore[arg-type]


def test_who_took_a_claim_in_cannot_check_it_though_the_right_is_there(world: World) -> None:
    author = world.at_front(EVERYTHING)
    receipt = handed_in(world, by_eye(world, "local_claimant", author))
    step = CheckReception(application_id=receipt.application_id, version=receipt.version, outcome="passed")
    queue = world.front.cases.review.queue(world.press(), author)
    (entry,) = (one for one in queue.entries if one.application_id == receipt.application_id)
    assert "reception_check" not in entry.may
    assert entry.why_not["reception_check"] == "same_person"
    with pytest.raises(Refused) as refused:
        world.front.cases.review.check_reception(world.press(), author, step)
    assert refused.value.reason == "same_person"
    with pytest.raises(Refused) as refused:
        straight(world, author, "/desk/v1/check-reception", step, StepDone)
    assert refused.value.reason == "same_person"
    assert world.front.cases.review.open(world.press(), author, receipt.application_id).state == "received"
    world.leave(world.front, author)
    checker = world.at_back(CHECKER)
    version = world.back.cases.review.check_reception(world.press(), checker, step).version
    world.leave(world.back, checker)
    _nor_decide_what_he_took_in(world, receipt.application_id, version)


def _nor_decide_what_he_took_in(world: World, application: str, version: int) -> None:
    author = world.at_front(EVERYTHING)
    examined = Examine(application_id=application, version=version, outcome="passed")
    version = world.front.cases.review.examine(world.press(), author, examined).version
    with pytest.raises(Refused) as refused:
        straight(
            world,
            author,
            "/desk/v1/decide",
            Decide(application_id=application, version=version, outcome="approved"),
            StepDone,
        )
    assert refused.value.reason == "same_person"
    assert world.front.cases.review.open(world.press(), author, application).state == "examined"
    world.leave(world.front, author)


def test_a_clerk_without_the_right_to_check_meets_the_same_as_for_what_does_not_exist(
    world: World, clerk: Session
) -> None:
    receipt = handed_in(world, by_eye(world, "lower_income", clerk))
    for application in (receipt.application_id, "no-such-application"):
        step = CheckReception(application_id=application, version=receipt.version, outcome="passed")
        with pytest.raises(NotAllowed):
            straight(world, clerk, "/desk/v1/check-reception", step, StepDone)
    with pytest.raises(NotAllowed):
        world.front.cases.review.open(world.press(), clerk, "no-such-application")


def test_somebody_who_was_second_is_told_so(world: World, clerk: Session) -> None:
    receipt = handed_in(world, by_eye(world, "late_claimant", clerk))
    checker = world.at_back(CHECKER)
    step = CheckReception(application_id=receipt.application_id, version=receipt.version, outcome="passed")
    world.back.cases.review.check_reception(world.press(), checker, step)
    with pytest.raises(Conflict):
        world.back.cases.review.check_reception(world.press(), checker, step)
    world.leave(world.back, checker)


@pytest.fixture(scope="module")
def case(world: World, clerk: Session) -> Case:
    """A claim being entered that calls for enquiries to the other municipality."""
    return by_eye(world, "claimant_moved_in", clerk)


def question(world: World, case: Case, **changed: object) -> MakeEnquiry:
    """What the counter would ask, with something else said in it."""
    asked = enquiries_of(world, case)
    one = wanted(asked, "local_tax_claimant")
    assert one.due.year is not None
    key = world.press().key
    true = MakeEnquiry(
        enquiry_id=key,
        visit_id=case.visit.visit_id,
        procedure=world.procedure.id,
        enquiry=one.due.enquiry.id,
        subject=one.subject,
        information=one.due.enquiry.information,
        purpose=one.due.enquiry.purpose,
        tax_year=one.due.year.year,
        requested_on=asked.requested_on,
        provider=THERE,
    )
    values = {name: getattr(true, name) for name in true.__struct_fields__}
    return MakeEnquiry(**{**values, **changed})  # type: ignore[arg-type]


LIES = [
    ({"purpose": "本人の資産を調べるため"}, "wrong_purpose"),
    ({"information": "生活保護関係情報"}, "not_on_list"),
    ({"tax_year": 2019}, "unknown_year"),
    ({"provider": "993000"}, "wrong_provider"),
    ({"enquiry": "city_tax_claimant", "provider": ""}, "not_own_city"),
]


@pytest.mark.parametrize(("lie", "reason"), LIES, ids=[reason for _, reason in LIES])
def test_an_enquiry_that_says_something_else_than_the_list_is_refused(
    world: World, clerk: Session, case: Case, lie: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        straight(world, clerk, "/relay/v1/enquiries", question(world, case, **lie), EnquiryAccepted)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "other", [{"procedure": "childcare_benefit"}, {"procedure": "no_such_procedure"}, {"enquiry": "no_such_enquiry"}]
)
def test_an_enquiry_that_this_person_s_right_does_not_cover_is_refused(
    world: World, clerk: Session, case: Case, other: dict[str, object]
) -> None:
    with pytest.raises(NotAllowed):
        straight(world, clerk, "/relay/v1/enquiries", question(world, case, **other), EnquiryAccepted)


def test_a_general_clerk_can_neither_enquire_nor_see_an_answer(world: World, clerk: Session, case: Case) -> None:
    asked = enquiries_of(world, case)
    world.front.cases.enquire.start(world.press(), clerk, asked, wanted(asked, "local_tax_claimant"))
    (answer,) = answers(world, clerk, asked)
    assert answer.provider == THERE
    general = world.at_back(GENERAL_CLERK)
    with pytest.raises(NotAllowed):
        world.back.cases.enquire.start(world.press(), general, asked, wanted(asked, "local_tax_spouse"))
    with pytest.raises(NotAllowed):
        straight(world, general, "/relay/v1/enquiries", question(world, case), EnquiryAccepted)
    with pytest.raises(NotAllowed):
        world.back.cases.enquire.states(world.press(), general, asked)
    world.leave(world.back, general)


def test_a_session_is_worth_nothing_at_another_terminal(world: World, clerk: Session) -> None:
    from app.errors import SessionEnded

    elsewhere = replace(clerk, actor=replace(clerk.actor, terminal=world.back.seat.terminal))
    with pytest.raises(SessionEnded):
        world.back.cases.review.queue(world.press(), elsewhere)
    assert world.front.cases.review.queue(world.press(), clerk).entries is not None
    assert clerk.actor.municipality == HERE
