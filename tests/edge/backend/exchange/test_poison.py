"""One bad enquiry never blocks the next; outage, full disk, clock: nothing lost, nothing twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.backend.relay.store import OUTBOX, enquiry_table
from app.errors import DiskFull, NotAllowed, NotUnderstood, Refused
from app.wire.relay import EnquiryAccepted
from app.wire.relay_stopped import AskStopped, CloseStopped, SendAgain, StoppedEnquiry
from tests.edge.backend.exchange.trouble import Choking, Failing, Garbling, Silent
from tests.edge.backend.exchange.world import (
    EXAMINER,
    HERE,
    LOCAL,
    MOVED,
    NO_ROW,
    PROCEDURE,
    THERE,
    UNDECLARED,
    World,
)
from tests.support.slices import call, person

CAP = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def _nothing_before(world: World) -> None:
    """What other tests of this file left waiting is out of the way."""
    rows = update(OUTBOX).where(OUTBOX.c.state == "waiting").values(state="done")
    world.database("relay").write(lambda connection: connection.execute(rows))


def provisions(world: World) -> int:
    return world.kinds("intermediary", THERE).count("provision.made")


def ended(world: World, accepted: EnquiryAccepted) -> list[str]:
    """What the relay's ledger holds of one enquiry besides that it was read."""
    acts = world.acts("relay", HERE)
    mine = [kind for kind, what in acts if what.get("enquiry") == accepted.enquiry_id]
    return [kind for kind in mine if kind != "enquiry.answer_read"]


def stand(world: World, *accepted: EnquiryAccepted) -> list[str]:
    return [world.state(one).state for one in accepted]


def is_stop(accepted: EnquiryAccepted, kind: str, what: dict) -> bool:
    return kind == "enquiry.stopped" and what["enquiry"] == accepted.enquiry_id


def carry_until_stopped(world: World, accepted: EnquiryAccepted, most: int = 150) -> int:
    """Try whenever it is due; after how many tries it was given up."""
    for _ in range(most):
        world.carry()
        state = world.state(accepted)
        if state.state == "stopped":
            (told,) = [what for kind, what in world.acts("relay", HERE) if is_stop(accepted, kind, what)]
            return int(told["attempts"])
        assert world.clock.now() < state.next_at <= world.clock.now() + CAP
        world.clock.at = state.next_at
    raise AssertionError("it was never given up")


def test_nonsense_sealed_by_the_other_city_stops_that_enquiry_and_no_other(world: World) -> None:
    before = provisions(world)
    there = Garbling(world)
    bad, near, far = world.make(MOVED), world.make(LOCAL), world.make(UNDECLARED)
    behind = world.make(MOVED)
    world.carry()
    there.mend()
    state = world.state(bad)
    assert (state.state, state.reason, state.next_at) == ("stopped", "office.not_understood", None)
    assert stand(world, near, far) == ["answered", "answered"]
    world.carry()
    assert world.state(behind).state in {"answered", "stopped"}, "the person's next enquiry went on"
    assert ended(world, bad) == ["enquiry.accepted", "enquiry.stopped"]
    assert ended(world, far) == ["enquiry.accepted", "enquiry.answered"]
    assert provisions(world) == before + 3
    world.clock.move(minutes=30)
    world.carry()
    assert provisions(world) == before + 3


def raising(error: Exception) -> Callable[[], str]:
    def trouble() -> str:
        raise error

    return trouble


POISON = {
    "not understood": (raising(NotUnderstood(what="$.enquiries")), "office.not_understood", 8),
    "a fault of the program": (raising(RuntimeError("a fault that nobody foresaw")), "office.server_fault", 0),
    "a reason nobody can keep": (lambda: "長い\x00理由" * 90, "office.not_understood", 0),
}


@pytest.mark.parametrize("kind", POISON)
def test_an_enquiry_that_a_neighbour_chokes_on_holds_up_none_beside_it(world: World, kind: str) -> None:
    trouble, cause, tries = POISON[kind]
    before = provisions(world)
    neighbour = Choking(world, trouble)
    good, bad, other = world.make(UNDECLARED), world.make(MOVED), world.make(NO_ROW)
    behind = world.make(MOVED)
    neighbour.on = {bad.enquiry_id}
    world.carry()
    assert stand(world, good, bad, other, behind) == ["answered", "waiting", "answered", "waiting"]
    assert world.state(bad).reason == cause
    if tries:
        assert carry_until_stopped(world, bad) == tries
        world.carry()
        assert stand(world, bad, behind) == ["stopped", "answered"]
        assert ended(world, bad) == ["enquiry.accepted", "enquiry.stopped"]
    else:
        neighbour.on = set()
        world.clock.move(minutes=15)
        world.carry()
        assert stand(world, bad, behind) == ["answered", "answered"]
    assert ended(world, good) == ended(world, other) == ["enquiry.accepted", "enquiry.answered"]
    assert provisions(world) == before + (3 if tries else 4)


def test_an_enquiry_that_can_t_be_read_any_more_holds_up_none_beside_it(world: World) -> None:
    bad, good = world.make(MOVED), world.make(UNDECLARED)
    torn = update(enquiry_table).where(enquiry_table.c.enquiry_id == bad.enquiry_id).values(content=b"torn")
    world.database("relay").write(lambda connection: connection.execute(torn))
    for _ in range(8):
        world.carry()
        world.clock.move(minutes=15)
    assert world.state(good).answer.kind == "undeclared"
    assert ended(world, bad) == ["enquiry.accepted", "enquiry.stopped"]


def test_thirty_days_without_the_network_cost_thirty_days_and_nothing_else(world: World) -> None:
    before = provisions(world)
    neighbour = Silent(world)
    far, near = world.make(MOVED), world.make(LOCAL)
    for _ in range(5):
        world.carry()
        state = world.state(far)
        assert state.next_at <= world.clock.now() + CAP
        world.clock.at = state.next_at
    assert neighbour.tries == 5
    tried = update(OUTBOX).where(OUTBOX.c.state == "waiting").values(attempts=2_880)
    world.database("relay").write(lambda connection: connection.execute(tried))
    world.clock.move(days=30)
    world.carry()
    assert stand(world, far, near) == ["waiting", "answered"]
    neighbour.up()
    world.clock.move(minutes=15)
    world.carry()
    assert world.state(far).answer.items["income"] == 3_456_789
    assert ended(world, far) == ["enquiry.accepted", "enquiry.answered"]
    assert provisions(world) == before + 1


def test_a_clock_that_was_a_year_ahead_keeps_nothing_waiting_for_that_year(world: World) -> None:
    before = provisions(world)
    neighbour = Silent(world)
    far = world.make(MOVED)
    world.carry()
    world.clock.move(days=365)
    world.carry()
    assert world.state(far).next_at > world.clock.now()
    neighbour.up()
    world.clock.move(days=-365)
    world.carry()
    assert world.state(far).answer.items["income"] == 3_456_789
    assert ended(world, far) == ["enquiry.accepted", "enquiry.answered"]
    assert provisions(world) == before + 1


def test_no_room_for_what_a_turn_brought_loses_nothing_and_asks_nobody_twice(world: World) -> None:
    before = provisions(world)
    one, two = world.make(MOVED), world.make(UNDECLARED)
    Failing(world, 2, DiskFull())
    with pytest.raises(DiskFull):
        world.carry()
    assert stand(world, one, two) == ["waiting", "waiting"]
    world.clock.move(minutes=3)
    world.carry()
    assert stand(world, one, two) == ["answered", "answered"]
    assert ended(world, one) == ended(world, two) == ["enquiry.accepted", "enquiry.answered"]
    assert provisions(world) == before + 2


def test_a_result_that_can_t_be_kept_takes_no_other_one_with_it(world: World) -> None:
    """Somebody else ended it first: its version is not the one that was claimed."""
    bad, good = world.make(MOVED), world.make(UNDECLARED)
    carrier = world.exchange.carrying
    inner = carrier._neighbours.translate

    class Overtaken:
        def ask(self, letter):
            there = enquiry_table.c.enquiry_id == bad.enquiry_id
            raised = update(enquiry_table).where(there).values(version=enquiry_table.c.version + 1)
            world.database("relay").write(lambda connection: connection.execute(raised))
            return inner.ask(letter)

    carrier._neighbours = type(carrier._neighbours)(
        Overtaken(), carrier._neighbours.codes, carrier._neighbours.intermediary, carrier._neighbours.tax
    )
    world.carry()
    assert world.state(good).answer.kind == "undeclared"
    assert ended(world, good) == ["enquiry.accepted", "enquiry.answered"]
    assert ended(world, bad) == ["enquiry.accepted"]


# ── somebody looks after it ──

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


@pytest.fixture
def choked(world: World) -> tuple[Choking, EnquiryAccepted]:
    """An intermediary that could not do with an enquiry for so long that it was given up."""
    neighbour, accepted = Choking(world, raising(NotUnderstood(what="$.enquiries"))), world.make(MOVED)
    neighbour.on = {accepted.enquiry_id}
    for _ in range(8):
        world.carry()
        world.clock.move(minutes=15)
    assert world.state(accepted).state == "stopped"
    return neighbour, accepted


def test_what_was_given_up_is_listed_without_the_person_and_closed_with_a_reason_by_who_may(
    world: World, choked: tuple[Choking, EnquiryAccepted]
) -> None:
    neighbour, accepted = choked
    before = provisions(world)
    row = rows(world)[accepted.enquiry_id]
    assert (row.cause, row.attempts, row.procedure) == ("office.not_understood", 8, PROCEDURE)
    assert (row.visit_id, row.staff_id, row.provider_name) == ("visit-1", "examiner", "手本市")
    assert MOVED not in str([getattr(row, name) for name in row.__struct_fields__])
    assert accepted.enquiry_id not in rows(world, NEIGHBOUR)
    for actor in (CLERK, NEIGHBOUR):
        for settle in (again, close):
            with pytest.raises(NotAllowed):
                settle(world, accepted.enquiry_id, actor=actor)
    with pytest.raises(Refused):
        close(world, accepted.enquiry_id, "no reason of the list")
    neighbour.on = set()
    close(world, accepted.enquiry_id)
    world.clock.move(days=1)
    world.carry()
    state = world.state(accepted)
    assert (state.state, state.reason) == ("refused", "closed_unanswered")
    kind, what = world.acts("relay", HERE)[-1]
    assert (kind, what["reason"], what["cause"]) == ("enquiry.closed", "documents_asked", "office.not_understood")
    assert provisions(world) == before
    with pytest.raises(NotAllowed):
        again(world, accepted.enquiry_id)


def test_sent_again_it_has_as_many_tries_as_before_and_is_answered_once(
    world: World, choked: tuple[Choking, EnquiryAccepted]
) -> None:
    neighbour, accepted = choked
    before = provisions(world)
    again(world, accepted.enquiry_id)
    for _ in range(8):
        assert stand(world, accepted) == ["waiting"]
        world.carry()
        world.clock.move(minutes=15)
    assert rows(world)[accepted.enquiry_id].attempts == 8
    neighbour.on = set()
    proof = again(world, accepted.enquiry_id, "key-1")
    assert again(world, accepted.enquiry_id, "key-1") == proof, "whoever sends twice sends once"
    world.carry()
    assert world.state(accepted).answer.items["income"] == 3_456_789
    assert provisions(world) == before + 1
    sent_again = ["enquiry.stopped", "enquiry.sent_again"]
    assert ended(world, accepted) == ["enquiry.accepted", *sent_again, *sent_again, "enquiry.answered"]
    assert accepted.enquiry_id not in rows(world)


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
