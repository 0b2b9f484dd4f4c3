"""What must still reach somebody: in order per subject, once at a time, again after a wait, never lost."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import event, text

from app.durable.engine import Database
from app.durable.outbox import CAP, Outbox, OutboxItem
from tests.edge.backend.durable.conftest import OUTBOX
from tests.support.slices import MORNING, MovedClock

LEASE = timedelta(minutes=1)


@pytest.fixture
def outbox() -> Outbox:
    """The one who serves this store."""
    return Outbox(OUTBOX, Random(1))


def put(outbox: Outbox, database: Database, item_id: str, subject: str) -> None:
    database.write(lambda connection: outbox.put(connection, item_id, subject, "hand_in", b"sealed", MORNING))


def claim(outbox: Outbox, database: Database, clock: MovedClock, limit: int = 10) -> list[OutboxItem]:
    return list(database.write(lambda connection: outbox.claim(connection, clock.now(), LEASE, limit)))


def ids(items: list[OutboxItem]) -> list[str]:
    return [item.item_id for item in items]


def test_items_of_one_subject_keep_their_order(outbox: Outbox, database: Database, clock: MovedClock) -> None:
    for item_id, subject in (("a1", "a"), ("a2", "a"), ("b1", "b")):
        put(outbox, database, item_id, subject)
    assert ids(claim(outbox, database, clock)) == ["a1", "b1"]
    database.write(lambda connection: outbox.done(connection, "a1"))
    assert ids(claim(outbox, database, clock)) == ["a2"]


def test_an_item_is_laid_down_once(outbox: Outbox, database: Database, clock: MovedClock) -> None:
    put(outbox, database, "a1", "a")
    put(outbox, database, "a1", "a")
    assert ids(claim(outbox, database, clock)) == ["a1"]


def test_who_died_with_an_item_loses_it_when_the_lease_ends(
    outbox: Outbox, database: Database, clock: MovedClock
) -> None:
    put(outbox, database, "a1", "a")
    assert ids(claim(outbox, database, clock)) == ["a1"]
    assert claim(outbox, database, clock) == []
    clock.move(seconds=61)
    (again,) = claim(outbox, database, clock)
    assert (again.item_id, again.attempts) == ("a1", 2)


def test_waits_grow_up_to_a_cap_and_the_cause_is_kept(outbox: Outbox, database: Database, clock: MovedClock) -> None:
    put(outbox, database, "a1", "a")
    waits = []
    for _ in range(14):
        (item,) = claim(outbox, database, clock)
        next_at = database.write(
            lambda connection, item=item: outbox.later(connection, item, clock.now(), "office.unreachable")
        )
        waits.append((next_at - clock.now()).total_seconds())
        assert claim(outbox, database, clock) == []
        clock.at = next_at
    assert waits[0] < 3
    assert max(waits) <= CAP.total_seconds()
    assert waits[-1] >= CAP.total_seconds() / 2
    (item,) = database.read(outbox.open_items)
    assert (item.cause, item.state) == ("office.unreachable", "waiting")


def test_a_dead_item_lets_the_next_one_go_and_stays_to_be_seen(
    outbox: Outbox, database: Database, clock: MovedClock
) -> None:
    put(outbox, database, "a1", "a")
    put(outbox, database, "a2", "a")
    database.write(lambda connection: outbox.dead(connection, "a1", "office.refused"))
    assert ids(claim(outbox, database, clock)) == ["a2"]
    assert [(item.item_id, item.state) for item in database.read(outbox.open_items)] == [
        ("a1", "dead"),
        ("a2", "waiting"),
    ]
    assert database.read(outbox.count_waiting) == 1


def test_when_the_line_is_back_everything_is_tried_at_once(
    outbox: Outbox, database: Database, clock: MovedClock
) -> None:
    put(outbox, database, "a1", "a")
    (item,) = claim(outbox, database, clock)
    database.write(lambda connection: outbox.later(connection, item, clock.now(), "office.unreachable"))
    database.write(lambda connection: outbox.hurry(connection, clock.now()))
    assert ids(claim(outbox, database, clock)) == ["a1"]


def test_what_was_delivered_is_forgotten(outbox: Outbox, database: Database, clock: MovedClock) -> None:
    put(outbox, database, "a1", "a")
    database.write(lambda connection: outbox.done(connection, "a1"))
    bodies = database.read(lambda connection: connection.execute(OUTBOX.select()).all())
    assert [row.body for row in bodies] == [b""]


def test_an_item_written_beside_others_is_noticed_though_later_ones_went_first(
    outbox: Outbox, database: Database, clock: MovedClock
) -> None:
    """Two writers at once: the earlier number becomes visible after the later one has been delivered."""
    if database.engine.dialect.name != "postgresql":
        put(outbox, database, "late", "a")
    else:
        with database.engine.connect() as slow, slow.begin():
            outbox.put(slow, "late", "a", "hand_in", b"sealed", MORNING)
            put(outbox, database, "soon", "b")
            assert ids(claim(outbox, database, clock)) == ["soon"]
            database.write(lambda connection: outbox.done(connection, "soon"))
            put(outbox, database, "sooner", "b")
            assert ids(claim(outbox, database, clock)) == ["sooner"]
    clock.move(seconds=2)
    assert ids(claim(outbox, database, clock)) == ["late"]


def test_who_looks_for_work_beside_a_long_transaction_walks_over_nothing_that_is_closed(
    outbox: Outbox, database: Database, clock: MovedClock
) -> None:
    """EX-7: the indexes hold what waits; a claim begins where it last found something."""
    plan = "EXPLAIN (FORMAT TEXT) " if database.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    for number in range(300):
        put(outbox, database, f"i{number}", f"s{number}")
    database.write(lambda connection: outbox.done(connection, *(f"i{n}" for n in range(299))))
    claimed: list[str] = []

    def kept(_c: object, _cursor: object, statement: str, *_: object) -> None:
        claimed.append(statement)

    event.listen(database.engine, "before_cursor_execute", kept)
    assert ids(claim(outbox, database, clock)) == ["i299"]
    event.remove(database.engine, "before_cursor_execute", kept)
    look = next(one for one in claimed if "LIMIT" in one and "EXISTS" not in one)
    assert "state = 'waiting'" in look
    shown = database.read(
        lambda connection: [
            str(row)
            for row in connection.execute(
                text(
                    plan + "SELECT sequence FROM outbox WHERE state = 'waiting' "
                    "AND sequence >= 290 ORDER BY sequence LIMIT 1"
                )
            )
        ]
    )
    assert any("ix_outbox_waiting" in line for line in shown), shown
