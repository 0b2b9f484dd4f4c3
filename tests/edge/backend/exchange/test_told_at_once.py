"""Whoever asks how an enquiry stands may leave the question lying until there is something to tell."""

from app.backend.relay.service.accepting import LONGEST_WAIT_S
from app.durable.news import Later
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryStates
from app.wire.relay_section import CloseEnquiry
from tests.edge.backend.exchange.test_section import CLERK, of
from tests.edge.backend.exchange.world import HERE, MOVED, NEWCOMER, World
from tests.support.slices import call, person


def asked(world: World, *accepted: EnquiryAccepted, wait_s: int = 3, actor=None, more: tuple[str, ...] = ()):
    ids = (*(one.enquiry_id for one in accepted), *more)
    question = AskEnquiries(enquiry_ids=ids, wait_s=wait_s)
    return world.exchange.accepting.watch([(call(actor or world.actor, world.clock.now()), question)])[0]


def lying(world: World, *accepted: EnquiryAccepted, wait_s: int = 3) -> tuple[Later[EnquiryStates], list[str]]:
    """A question that lies there, and what its listener has heard."""
    told, heard = asked(world, *accepted, wait_s=wait_s), list[str]()
    assert isinstance(told, Later)
    told.ear.then(lambda: heard.append("news"))
    return told, heard


def test_a_question_lies_until_the_answer_is_kept_and_then_finds_it(world: World) -> None:
    accepted = world.make(MOVED)
    _, heard = lying(world, accepted)
    assert heard == []
    world.carry()
    assert heard == ["news"]
    found = asked(world, accepted)
    assert isinstance(found, EnquiryStates)
    assert found.states[0].answer is not None


def test_a_question_after_the_answer_never_waits(world: World) -> None:
    accepted = world.make(MOVED)
    world.carry()
    assert isinstance(asked(world, accepted), EnquiryStates)


def test_what_changes_between_the_look_and_the_listening_is_heard(world: World) -> None:
    accepted = world.make(MOVED)
    told, heard = asked(world, accepted), list[str]()
    world.carry()
    told.ear.then(lambda: heard.append("news"))
    assert heard == ["news"]


def test_who_does_not_want_to_wait_is_told_at_once(world: World) -> None:
    accepted = world.make(MOVED)
    for wait_s in (0, -1):
        assert isinstance(asked(world, accepted, wait_s=wait_s), EnquiryStates)
    world.carry()


def test_nobody_waits_longer_than_a_counter_does(world: World) -> None:
    accepted = world.make(MOVED)
    told, _ = lying(world, accepted, wait_s=86_400)
    assert told.wait_s == LONGEST_WAIT_S
    world.carry()


def test_a_change_that_is_no_end_is_told_too(fresh: World) -> None:
    accepted = fresh.make(NEWCOMER)
    _, heard = lying(fresh, accepted)
    fresh.carry()
    assert heard == ["news"]
    again = asked(fresh, accepted)
    assert isinstance(again, Later)
    assert again.answer.states[0].state == "no_code"


def test_an_enquiry_that_somebody_closes_is_news(fresh: World) -> None:
    accepted = fresh.make(NEWCOMER)
    fresh.carry()
    _, heard = lying(fresh, accepted)
    closing = CloseEnquiry(enquiry_id=accepted.enquiry_id, reason="not_needed")
    of(fresh).close(call(CLERK, fresh.clock.now()), closing)
    assert heard == ["news"]


def test_who_may_not_see_an_enquiry_learns_nothing_from_how_long_they_wait(world: World) -> None:
    accepted = world.make(MOVED)
    stranger = person("stranger", municipality=HERE)
    told = asked(world, accepted, actor=stranger)
    assert isinstance(told, EnquiryStates)
    assert told.states == ()
    assert isinstance(asked(world, accepted, more=("of-somebody-else",)), EnquiryStates)
    world.carry()


def test_one_change_is_heard_by_all_who_wait_for_it_and_by_nobody_else(world: World) -> None:
    first, second = world.make(MOVED), world.make(MOVED)
    questions = [lying(world, first), lying(world, first, second), lying(world, second)]
    questions[0][0].ear.close()
    world.exchange.carrying.turn()  # the second is of the same person: its turn comes later
    assert [heard for _, heard in questions] == [[], ["news"], []]
    world.carry()
    assert [heard for _, heard in questions] == [[], ["news"], ["news"]]


def test_the_look_at_an_answer_is_recorded_once_though_the_question_lay_there(world: World) -> None:
    accepted = world.make(MOVED)
    before = world.kinds("relay", HERE).count("enquiry.answer_read")
    lying(world, accepted)
    assert world.kinds("relay", HERE).count("enquiry.answer_read") == before
    world.carry()
    asked(world, accepted)
    assert world.kinds("relay", HERE).count("enquiry.answer_read") == before + 1
