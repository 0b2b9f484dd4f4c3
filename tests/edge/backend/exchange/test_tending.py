"""S03-5: who may looks after enquiries that were given up: sends one again or closes it, once, and on record."""

import pytest

from app.errors import NotAllowed, NotUnderstood, Refused
from app.wire.relay import EnquiryAccepted
from app.wire.relay_stopped import AskStopped, CloseStopped, SendAgain, StoppedEnquiry
from tests.edge.backend.exchange.trouble import Choking, Garbling
from tests.edge.backend.exchange.world import EXAMINER, HERE, MOVED, PROCEDURE, THERE, UNDECLARED, World
from tests.support.slices import call, person

SUPERVISOR = person("supervisor", "enquiry.tend", municipality=HERE)
CLERK = person("clerk", *EXAMINER, "outgoing.tend", municipality=HERE)
NEIGHBOUR = person("neighbour", "enquiry.tend", municipality=THERE)


def rows(world: World, actor=SUPERVISOR) -> dict[str, StoppedEnquiry]:
    asked = call(actor, world.clock.now())
    return {row.enquiry_id: row for row in world.exchange.tending.shown(asked, AskStopped()).rows}


def again(world: World, enquiry_id: str, key: str = "", actor=SUPERVISOR) -> str:
    return world.exchange.tending.send_again(
        call(actor, world.clock.now(), key), SendAgain(enquiry_id=enquiry_id)
    ).proof


def close(world: World, enquiry_id: str, reason: str = "documents_asked", key: str = "", actor=SUPERVISOR) -> str:
    asked = CloseStopped(enquiry_id=enquiry_id, reason=reason)
    return world.exchange.tending.close(call(actor, world.clock.now(), key), asked).proof


def refuses() -> str:
    raise NotUnderstood(what="$.enquiries")


@pytest.fixture
def choked(world: World) -> tuple[Choking, EnquiryAccepted]:
    """An intermediary that could not do with an enquiry for so long that it was given up."""
    neighbour, accepted = Choking(world, refuses), world.make(MOVED)
    neighbour.on = {accepted.enquiry_id}
    for _ in range(8):
        world.carry()
        world.clock.move(minutes=15)
    assert world.state(accepted).state == "stopped"
    return neighbour, accepted


def test_what_was_given_up_is_listed_with_its_cause_and_without_the_person(world: World, choked) -> None:
    _, accepted = choked
    row = rows(world)[accepted.enquiry_id]
    assert (row.cause, row.attempts, row.procedure) == ("office.not_understood", 8, PROCEDURE)
    assert (row.visit_id, row.staff_id, row.provider_name) == ("visit-1", "examiner", "手本市")
    assert MOVED not in str([getattr(row, name) for name in row.__struct_fields__])
    assert rows(world, NEIGHBOUR).keys().isdisjoint({accepted.enquiry_id})


def test_sent_again_it_is_answered_once_and_whoever_sends_twice_sends_once(world: World, choked) -> None:
    neighbour, accepted = choked
    before = world.kinds("intermediary", THERE).count("provision.made")
    neighbour.on = set()
    proof = again(world, accepted.enquiry_id, "key-1")
    assert again(world, accepted.enquiry_id, "key-1") == proof
    world.carry()
    assert world.state(accepted).answer.items["income"] == 3_456_789
    assert world.kinds("intermediary", THERE).count("provision.made") == before + 1
    mine = [kind for kind, what in world.acts("relay", HERE) if what.get("enquiry") == accepted.enquiry_id]
    assert mine[:4] == ["enquiry.accepted", "enquiry.stopped", "enquiry.sent_again", "enquiry.answered"]
    assert accepted.enquiry_id not in rows(world)
    with pytest.raises(NotAllowed):
        again(world, accepted.enquiry_id, "key-2")


def test_what_chokes_the_neighbour_still_is_given_up_again_after_as_many_tries(world: World, choked) -> None:
    _, accepted = choked
    again(world, accepted.enquiry_id)
    world.carry()
    assert world.state(accepted).state == "waiting"
    for _ in range(7):
        world.clock.move(minutes=15)
        world.carry()
    assert rows(world)[accepted.enquiry_id].attempts == 8


def test_closed_it_is_refused_with_that_reason_and_never_sent(world: World, choked) -> None:
    neighbour, accepted = choked
    before = world.kinds("intermediary", THERE).count("provision.made")
    neighbour.on = set()
    with pytest.raises(Refused):
        close(world, accepted.enquiry_id, "no reason of the list")
    close(world, accepted.enquiry_id)
    world.clock.move(days=1)
    world.carry()
    state = world.state(accepted)
    assert (state.state, state.reason) == ("refused", "closed_unanswered")
    kind, what = world.acts("relay", HERE)[-1]
    assert (kind, what["reason"], what["cause"]) == ("enquiry.closed", "documents_asked", "office.not_understood")
    assert world.kinds("intermediary", THERE).count("provision.made") == before
    with pytest.raises(NotAllowed):
        again(world, accepted.enquiry_id)


def test_nonsense_that_was_sent_once_comes_again_and_nobody_is_asked_twice_for_it(world: World) -> None:
    before = world.kinds("intermediary", THERE).count("provision.made")
    there, accepted = Garbling(world), world.make(UNDECLARED)
    world.carry()
    there.mend()
    again(world, accepted.enquiry_id)
    world.carry()
    assert rows(world)[accepted.enquiry_id].attempts == 1
    assert world.kinds("intermediary", THERE).count("provision.made") == before + 1
    close(world, accepted.enquiry_id, "asked_by_letter")
    assert world.state(accepted).state == "refused"


@pytest.mark.parametrize("actor", [CLERK, NEIGHBOUR], ids=["another right", "another municipality"])
def test_who_has_no_right_here_settles_nothing(world: World, choked, actor) -> None:
    _, accepted = choked
    for settle in (again, close):
        with pytest.raises(NotAllowed):
            settle(world, accepted.enquiry_id, actor=actor)
    assert accepted.enquiry_id in rows(world)
