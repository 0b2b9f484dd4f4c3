"""One bad enquiry never blocks the next; outage, full disk, clock: nothing lost, nothing twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.backend.relay.store import OUTBOX, enquiry_table
from app.errors import DiskFull, NotUnderstood, Refused
from app.wire.relay import EnquiryAccepted
from tests.edge.backend.exchange.trouble import Choking, Failing, Garbling, Silent
from tests.edge.backend.exchange.world import HERE, LOCAL, MOVED, NO_ROW, THERE, UNDECLARED, World

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
    "refused whole": (raising(Refused(reason="not_your_request")), "not_your_request", 8),
    "a fault of the program": (raising(RuntimeError("a fault that nobody foresaw")), "office.server_fault", 0),
    "a reason nobody can keep": (lambda: "長い\x00理由" * 90, "office.not_understood", 8),
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
    made = 3 if tries and kind != "a reason nobody can keep" else 4
    assert provisions(world) == before + made


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
    for _ in range(12):
        world.carry()
        state = world.state(far)
        assert state.next_at <= world.clock.now() + CAP
        world.clock.at = state.next_at
    assert neighbour.tries == 12
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
