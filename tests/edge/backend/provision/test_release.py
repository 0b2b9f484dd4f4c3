"""C-44, F-15, K-13, R-038, R-040, R-068, S01-3: what is marked waits for who owns it, and is sent as it was looked at.

On both engines; each with what must not happen.
"""

import pytest

from app.errors import Conflict, NotAllowed, Refused
from tests.edge.backend.exchange.test_refusals import deliver, permit_reply, request_letter
from tests.edge.backend.exchange.world import HELD, HERE, MOVED, NO_ROW, TAX, THERE, UNDECLARED, YEAR, World
from tests.edge.backend.provision.provider import (
    CLERK,
    EVERYTHING,
    HEAD,
    NEIGHBOUR,
    OTHER_SECTION,
    SECOND,
    Provider,
    of_owner,
)


def held(world: World, subject: str = HELD) -> tuple[object, str]:
    """An enquiry that is held back there, and its 処理通番."""
    accepted = world.make(subject)
    world.carry()
    state = world.state(accepted)
    assert (state.state, state.reason) == ("waiting", "held_back")
    return accepted, world.acts("intermediary", THERE)[-1][1]["process_number"]


def answer(world: World, accepted: object):
    """What the asker has now, after it has asked again."""
    world.clock.move(minutes=16)
    world.carry()
    return world.state(accepted)


@pytest.mark.seed("C-44", "F-15", "K-13")
def test_it_waits_and_is_sent_as_somebody_of_the_section_saw_it(world: World) -> None:
    provider = Provider(world)
    accepted, number = held(world)
    row = provider.waiting()[number]
    assert (row.cause, row.information, row.requester, row.state, row.days_left) == ("row", TAX, HERE, "waiting", 3)
    view = provider.open(number)
    assert view.items == {"total_income": 5, "income_levy": 0, "per_capita_levy": 4000, "dependants": 1}
    assert set(view.items) == set(view.asked_items), "exactly what was asked"
    assert answer(world, accepted).answer is None
    provider.decide(number)
    found = answer(world, accepted).answer
    assert (found.kind, found.items["income"], found.process_number) == ("value", 5, number)
    assert number not in provider.waiting()
    kinds = [kind for kind, what in world.acts("intermediary", THERE) if what.get("process_number") == number]
    assert kinds == ["provision.held", "release.opened", "release.opened", "release.released"]


def test_who_refuses_says_why_and_nothing_of_the_person_goes_out(world: World) -> None:
    provider = Provider(world)
    accepted, number = held(world)
    provider.decide(number, outcome="refused")
    found = answer(world, accepted).answer
    assert (found.kind, found.items) == ("withheld", {})
    with pytest.raises(Refused) as again:
        provider.decide(number)
    assert again.value.reason == "release_settled"


def test_what_nobody_decides_in_its_time_stays_held_back(world: World) -> None:
    """The clock is moved over the limit; the asker is told, and it can't be released any more."""
    provider = Provider(world)
    accepted, number = held(world)
    due = provider.waiting()[number].due_at
    world.clock.at = due
    with pytest.raises(Refused) as late:
        provider.decide(number)
    assert late.value.reason == "release_time_over"
    provider.errands()
    found = answer(world, accepted).answer
    assert (found.kind, found.items) == ("held_back", {})
    assert "release.expired" in world.kinds("intermediary", THERE)


@pytest.mark.twin("C-44", "F-15")
def test_a_content_that_changed_since_is_not_released(world: World) -> None:
    provider = Provider(world)
    _, number = held(world)
    seen = provider.open(number)
    somebody = seen.person
    before = seen.replica_version
    provider.enter(somebody, before, income=77)
    with pytest.raises(Conflict):
        provider.decide(number, digest=seen.digest)
    assert provider.open(number).items["total_income"] == 77
    provider.enter(somebody, before + 1, income=5)


def test_a_marked_person_needs_two_and_holds_for_every_information(world: World) -> None:
    """C-45, R-092, S13-3c: per person; who checked is not who releases, and both are recorded."""
    provider = Provider(world)
    number = provider.number("000000000009901")
    flag = provider.flag(person=number).row
    accepted, process = held(world, MOVED)
    assert provider.waiting()[process].needs_two
    with pytest.raises(Refused) as alone:
        provider.decide(process)
    assert alone.value.reason == "release_unchecked"
    provider.check(process, HEAD)
    with pytest.raises(Refused) as same:
        provider.decide(process, HEAD)
    assert same.value.reason == "second_person_needed"
    provider.decide(process, SECOND)
    assert answer(world, accepted).answer.items["income"] == 3_456_789
    (kept,) = provider.world.exchange.providing._book.read(lambda unit: unit.provisions(THERE, [process]).values())
    assert kept.released_by == ("head", "second")
    provider.clear(flag)
    assert world.answer(MOVED).kind == "value", "answered by itself again"


def test_a_marked_information_holds_for_everybody(world: World) -> None:
    """C-45, R-092, S13-3c: per information; whoever asks about nobody known here waits for nobody."""
    provider = Provider(world)
    flag = provider.flag(information=TAX).row
    _, process = held(world, UNDECLARED)
    assert provider.waiting()[process].cause == "information"
    with pytest.raises(Refused) as twice:
        provider.flag(information=TAX)
    assert twice.value.reason == "flag_is_set"
    with pytest.raises(NotAllowed):
        provider.clear(flag, CLERK)
    provider.clear(flag)
    assert world.answer(NO_ROW).kind == "no_data"


def test_what_is_not_disclosed_is_provided_to_nobody(world: World) -> None:
    """C-46, R-094, S13-3e."""
    provider = Provider(world)
    number = provider.number("000000000009901")
    flag = provider.flag(kind="non_disclosure", information=TAX, person=number).row
    found = world.answer(MOVED)
    assert (found.kind, found.items) == ("withheld", {})
    provider.clear(flag)
    assert world.answer(MOVED).kind == "value"


def test_other_sections_and_cities_see_and_do_nothing(world: World) -> None:
    """R-018: a right for any owner reaches none; what is not allowed looks like what is not there."""
    provider = Provider(world)
    _, number = held(world)
    seen = provider.open(number)
    for stranger in (OTHER_SECTION, EVERYTHING, NEIGHBOUR):
        assert number not in (provider.waiting(stranger) if stranger in (OTHER_SECTION, NEIGHBOUR) else {})
        with pytest.raises(NotAllowed):
            provider.open(number, stranger)
        with pytest.raises(NotAllowed):
            provider.decide(number, stranger)
    with pytest.raises(NotAllowed):
        provider.waiting(EVERYTHING)
    with pytest.raises(NotAllowed):
        provider.decide(number, of_owner("only clerk", "provision.check"))
    with pytest.raises(NotAllowed):
        provider.flag(OTHER_SECTION, information=TAX)
    assert "release.decide_refused" in world.kinds("intermediary", THERE)
    assert provider.open(number).row.version == seen.row.version


def test_a_held_enquiry_holds_up_no_other_of_the_same_person(world: World) -> None:
    provider = Provider(world)
    number = provider.number("000000000009901")
    flag = provider.flag(person=number).row
    first, _ = held(world, MOVED)
    provider.clear(flag)
    world.clock.move(seconds=1)
    assert world.answer(MOVED).kind == "value"
    assert world.state(first).state == "waiting"


@pytest.mark.twin("K-13")
def test_another_request_with_the_same_permit_is_refused_while_the_first_waits(world: World) -> None:
    """K-13: a permit is for one request, whether that was answered or waits; the same one again changes nothing."""
    provider = Provider(world)
    flag = provider.flag(person=provider.number("000000000009901")).row
    request = request_letter(world)
    permit = permit_reply(world, request, "waits-first").permit
    assert deliver(world, permit, request).reason == "held_back"
    assert deliver(world, permit, request).reason == "held_back"
    assert held_under(world, "waits-first") == 1
    assert deliver(world, permit, request_letter(world, tax_year=YEAR - 1)).reason == "replayed_permit"
    provider.clear(flag)


def held_under(world: World, number: str) -> int:
    """How often something under this 処理通番 was recorded as held back."""
    acts = [what for kind, what in world.acts("intermediary", THERE) if kind == "provision.held"]
    return len([what for what in acts if what["process_number"] == number])
