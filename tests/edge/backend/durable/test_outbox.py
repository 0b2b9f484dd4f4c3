"""What must still reach somebody: in order per subject, once at a time, again after a wait, never lost."""

from datetime import timedelta
from random import Random

from app.durable.engine import Database
from app.durable.outbox import CAP, Outbox, OutboxItem
from tests.edge.backend.durable.conftest import OUTBOX
from tests.support.slices import MORNING, MovedClock

LEASE = timedelta(minutes=1)
outbox = Outbox(OUTBOX, Random(1))


def put(database: Database, item_id: str, subject: str) -> None:
    database.write(lambda connection: outbox.put(connection, item_id, subject, "hand_in", b"sealed", MORNING))


def claim(database: Database, clock: MovedClock, limit: int = 10) -> list[OutboxItem]:
    return list(database.write(lambda connection: outbox.claim(connection, clock.now(), LEASE, limit)))


def ids(items: list[OutboxItem]) -> list[str]:
    return [item.item_id for item in items]


def test_items_of_one_subject_keep_their_order(database: Database, clock: MovedClock) -> None:
    for item_id, subject in (("a1", "a"), ("a2", "a"), ("b1", "b")):
        put(database, item_id, subject)
    assert ids(claim(database, clock)) == ["a1", "b1"]
    database.write(lambda connection: outbox.done(connection, "a1"))
    assert ids(claim(database, clock)) == ["a2"]


def test_an_item_is_laid_down_once(database: Database, clock: MovedClock) -> None:
    put(database, "a1", "a")
    put(database, "a1", "a")
    assert ids(claim(database, clock)) == ["a1"]


def test_who_died_with_an_item_loses_it_when_the_lease_ends(database: Database, clock: MovedClock) -> None:
    put(database, "a1", "a")
    assert ids(claim(database, clock)) == ["a1"]
    assert claim(database, clock) == []
    clock.move(seconds=61)
    (again,) = claim(database, clock)
    assert (again.item_id, again.attempts) == ("a1", 2)


def test_waits_grow_up_to_a_cap_and_the_cause_is_kept(database: Database, clock: MovedClock) -> None:
    put(database, "a1", "a")
    waits = []
    for _ in range(14):
        (item,) = claim(database, clock)
        next_at = database.write(
            lambda connection, item=item: outbox.later(connection, item, clock.now(), "office.unreachable")
        )
        waits.append((next_at - clock.now()).total_seconds())
        assert claim(database, clock) == []
        clock.at = next_at
    assert waits[0] < 3
    assert max(waits) <= CAP.total_seconds()
    assert waits[-1] >= CAP.total_seconds() / 2
    (item,) = database.read(outbox.open_items)
    assert (item.cause, item.state) == ("office.unreachable", "waiting")


def test_a_dead_item_lets_the_next_one_go_and_stays_to_be_seen(database: Database, clock: MovedClock) -> None:
    put(database, "a1", "a")
    put(database, "a2", "a")
    database.write(lambda connection: outbox.dead(connection, "a1", "office.refused"))
    assert ids(claim(database, clock)) == ["a2"]
    assert [(item.item_id, item.state) for item in database.read(outbox.open_items)] == [
        ("a1", "dead"),
        ("a2", "waiting"),
    ]
    assert database.read(outbox.count_waiting) == 1


def test_when_the_line_is_back_everything_is_tried_at_once(database: Database, clock: MovedClock) -> None:
    put(database, "a1", "a")
    (item,) = claim(database, clock)
    database.write(lambda connection: outbox.later(connection, item, clock.now(), "office.unreachable"))
    database.write(lambda connection: outbox.hurry(connection, clock.now()))
    assert ids(claim(database, clock)) == ["a1"]


def test_what_was_delivered_is_forgotten(database: Database, clock: MovedClock) -> None:
    put(database, "a1", "a")
    database.write(lambda connection: outbox.done(connection, "a1"))
    bodies = database.read(lambda connection: connection.execute(OUTBOX.select()).all())
    assert [row.body for row in bodies] == [b""]
