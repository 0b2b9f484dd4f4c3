"""What must reach the office: once, in order, in its author's session, tried again later, given up in the open."""

import threading

import pytest

from app.domain.act import Act
from app.errors import NotUnderstood, Refused, ServerFault, SessionEnded, WorkClosed
from app.services.ports.memory import Delivered, Kind, Outgoing, Standing, TurnedDown, Waits
from app.wire import desk
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring

PERSON = desk.PersonMark(business_number="123", name="見本　花子")


def claim(pc: CounterPc, item_id: str, visit: str = "v1", author: str = "c001") -> Outgoing:
    message = desk.HandIn(
        application_id=f"a-{item_id}",
        visit_id=visit,
        procedure="p",
        roles=desk.RolesMark(presenter=PERSON, capacity="self", applicant=PERSON),
        facts={"claimant_name": "見本　花子"},
        evidence=(),
        reached_at=pc.clock.now(),
    )
    return Outgoing(item_id, author, visit, Kind.HAND_IN, message)


def opening(pc: CounterPc, item_id: str, visit: str = "v1") -> Outgoing:
    message = desk.OpenVisit(visit_id=visit, ticket="12", opened_at=pc.clock.now())
    return Outgoing(item_id, "c001", visit, Kind.VISIT_OPENED, message)


def put(pc: CounterPc, *items: Outgoing) -> None:
    pc.memory.journal.write(pc.act("application.handed_in"), *items)


def drain(pc: CounterPc) -> None:
    while pc.memory.postbox.turn():
        pass


def arrived(pc: CounterPc) -> list[str]:
    return [key for key, _, _ in pc.desk.arrived]


def test_items_of_a_visit_arrive_once_and_in_order(pc: CounterPc) -> None:
    pc.at_work()
    put(pc, opening(pc, "i1"), claim(pc, "i2"))
    put(pc, claim(pc, "i2"))
    drain(pc)
    drain(pc)
    assert arrived(pc) == ["i1", "i2"]
    assert pc.memory.postbox.waiting() == ()


def test_before_the_first_sign_in_nothing_can_be_sealed_and_the_act_is_not_kept_either(pc: CounterPc) -> None:
    with pytest.raises(WorkClosed):
        put(pc, opening(pc, "i1"))
    assert pc.memory.journal.size == 0


def test_without_a_line_it_waits_longer_each_time_at_most_15_minutes_and_says_why(pc: CounterPc) -> None:
    pc.at_work()
    pc.line.is_down = True
    put(pc, claim(pc, "i1"))
    waits = []
    for _ in range(14):
        pc.memory.postbox.turn()
        (state,) = pc.memory.postbox.waiting()
        waits.append((state.next_at - pc.clock.now()).total_seconds())
        assert (state.standing, state.cause, state.can_act) == (Standing.WAITING, "office.unreachable", "nobody")
        assert not pc.memory.postbox.turn()
        pc.clock.at = state.next_at
    assert 1 <= waits[0] <= 2
    assert 450 <= waits[-1] <= 900
    assert max(waits) <= 900
    pc.line.is_down = False
    drain(pc)
    assert arrived(pc) == ["i1"]


def test_an_answer_lost_on_the_way_makes_no_second_application(pc: CounterPc) -> None:
    pc.at_work()
    pc.desk.loses_answers = 2
    put(pc, claim(pc, "i1"))
    for _ in range(3):
        pc.memory.postbox.turn()
        pc.clock.move(minutes=20)
    assert arrived(pc) == ["i1"]
    assert pc.memory.postbox.waiting() == ()


def test_a_restart_loses_nothing_and_the_new_sign_in_sends_it(pc: CounterPc) -> None:
    pc.at_work()
    pc.line.is_down = True
    put(pc, claim(pc, "i1"))
    pc.memory.postbox.turn()
    pc.reopen()
    pc.line.is_down = False
    pc.at_work()
    drain(pc)
    assert arrived(pc) == ["i1"]


def test_a_claimed_item_of_a_killed_program_is_free_again_after_its_lease(pc: CounterPc) -> None:
    from app.store.postbox import LEASE, PORTION

    pc.at_work()
    put(pc, claim(pc, "i1"))
    memory = pc.memory
    outbox, now = memory.postbox._parts.outbox, pc.clock.now()
    memory.terminal.database.write(lambda c: outbox.claim(c, now, LEASE, PORTION))
    pc.memory.postbox.turn()
    assert arrived(pc) == []
    pc.clock.move(seconds=LEASE.total_seconds() + 1)
    drain(pc)
    assert arrived(pc) == ["i1"]


def test_it_is_sent_only_in_its_authors_session(pc: CounterPc) -> None:
    pc.at_work("c001")
    pc.line.is_down = True
    put(pc, claim(pc, "i1"))
    pc.memory.postbox.turn()
    pc.line.is_down = False
    pc.at_work("c002")
    drain(pc)
    (state,) = pc.memory.postbox.waiting()
    assert (state.cause, state.can_act, state.author) == ("outbox.author_away", "author", "c001")
    assert arrived(pc) == []
    pc.at_work("c001")
    drain(pc)
    assert [(key, who) for key, who, _ in pc.desk.arrived] == [("i1", "c001")]


def test_nobody_signed_in_means_nothing_is_tried(pc: CounterPc) -> None:
    pc.at_work()
    put(pc, claim(pc, "i1"))
    pc.memory.postbox.serve(None)
    assert not pc.memory.postbox.turn()
    assert arrived(pc) == []
    assert pc.memory.postbox.waiting()[0].attempts == 0


@pytest.mark.parametrize("error", [ServerFault(trace="x"), SessionEnded()])
def test_what_time_or_a_new_sign_in_mends_is_tried_again(pc: CounterPc, error: Exception) -> None:
    pc.at_work()
    pc.line.trouble = None
    put(pc, claim(pc, "i1"))
    pc.desk.refuses = lambda _: error  # type: ignore[assignment, return-value]
    pc.memory.postbox.turn()
    assert pc.memory.postbox.waiting()[0].standing is Standing.WAITING
    pc.desk.refuses = lambda _: None
    pc.clock.move(minutes=20)
    drain(pc)
    assert arrived(pc) == ["i1"]


def test_one_item_that_is_refused_does_not_hold_up_the_next_and_is_left_for_the_supervisor(pc: CounterPc) -> None:
    pc.at_work()
    pc.desk.refuses = lambda message: (
        Refused(reason="closed") if isinstance(message, desk.HandIn) and message.application_id == "a-i1" else None
    )
    put(pc, claim(pc, "i1"), claim(pc, "i2"), claim(pc, "i3", visit="v2"))
    drain(pc)
    assert sorted(arrived(pc)) == ["i2", "i3"]
    (dead,) = pc.memory.postbox.waiting()
    assert (dead.item_id, dead.standing, dead.can_act) == ("i1", Standing.DEAD, "supervisor")


def test_who_waits_for_an_item_hears_its_outcome(pc: CounterPc) -> None:
    pc.at_work()
    postbox = pc.memory.postbox
    postbox.start()
    put(pc, claim(pc, "i1"))
    outcome = postbox.send("i1", 10)
    assert isinstance(outcome, Delivered)
    assert isinstance(outcome.answer, desk.Receipt)
    assert postbox.send("i1", 10) == outcome
    pc.line.is_down = True
    put(pc, claim(pc, "i2"))
    waits = postbox.send("i2", 10)
    assert isinstance(waits, Waits)
    assert waits.cause == "office.unreachable"
    pc.line.is_down = False
    assert isinstance(postbox.send("i2", 10), Delivered)
    pc.desk.refuses = lambda _: NotUnderstood(what="facts")
    put(pc, claim(pc, "i3"))
    assert isinstance(postbox.send("i3", 10), TurnedDown)
    assert postbox.waiting() == ()
    assert arrived(pc) == ["i1", "i2"]


def test_several_threads_send_and_each_hears_its_own_receipt(pc: CounterPc) -> None:
    pc.at_work()
    pc.memory.postbox.start()
    heard: dict[str, object] = {}

    def send(number: int) -> None:
        item = claim(pc, f"i{number}", visit=f"v{number}")
        put(pc, item)
        heard[item.item_id] = pc.memory.postbox.send(item.item_id, 20)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(arrived(pc)) == sorted(heard)
    for item_id, outcome in heard.items():
        assert isinstance(outcome, Delivered)
        assert isinstance(outcome.answer, desk.Receipt)
        assert outcome.answer.application_id == f"a-{item_id}"


def test_an_answer_that_came_while_locked_lies_sealed_and_is_there_after_unlocking(pc: CounterPc) -> None:
    pc.at_work()
    put(pc, claim(pc, "i1"))
    pc.memory.work.close()
    drain(pc)
    assert arrived(pc) == ["i1"]
    pc.memory.work.open("c001", pc.password("c001"), None)
    (answer,) = pc.memory.work.arrived()
    assert (answer.item_id, answer.receipt.number) == ("i1", "R000001")
    assert pc.memory.work.arrived() == (answer,)


def test_an_item_moved_to_another_key_does_not_open(pc: CounterPc) -> None:
    from sqlalchemy import update

    from app.store.tables import OUTBOX, outgoing

    pc.at_work()
    put(pc, claim(pc, "i1"))

    def move(connection) -> None:
        connection.execute(update(OUTBOX).values(item_id="i9"))
        connection.execute(update(outgoing).values(item_id="i9"))

    pc.memory.terminal.database.write(move)
    drain(pc)
    assert arrived(pc) == []
    assert pc.memory.postbox.waiting()[0].standing is Standing.DEAD


def test_act_and_items_are_kept_together_or_not_at_all(pc: CounterPc) -> None:
    pc.at_work()
    bad = Act("k" * 5, pc.clock.now(), pc.seat.municipality, "c001", "t", "t")
    too_long = Outgoing("i1", "c001", "v1", Kind.HAND_IN, claim(pc, "i1").message)
    before = pc.memory.journal.size

    class Broken(Exception):
        pass

    def fail(*_: object) -> None:
        raise Broken

    journal = pc.memory.journal
    lay_down, journal._slot.lay_down = journal._slot.lay_down, fail
    try:
        with pytest.raises(Broken):
            journal.write(bad, too_long)
    finally:
        journal._slot.lay_down = lay_down
    assert journal.size == before
    assert journal.faults() == ()


def test_a_receipt_is_proved_and_one_that_proves_nothing_raises_the_alarm(pc: CounterPc) -> None:
    pc.at_work()
    put(pc, claim(pc, "i1"))
    drain(pc)
    assert pc.memory.postbox.alarm() is None
    pc.desk.proves = False
    put(pc, claim(pc, "i2"))
    drain(pc)
    assert arrived(pc) == ["i1", "i2"]
    alarm = pc.memory.postbox.alarm()
    assert alarm is not None
    assert alarm.data["kind"] == "receipt_format"


def test_what_is_refused_while_signing_out_is_left_for_the_supervisor(pc: CounterPc) -> None:
    pc.at_work()
    pc.memory.postbox.start()
    pc.desk.refuses = lambda _: NotUnderstood(what="facts")
    put(pc, claim(pc, "i1"))
    pc.memory.postbox.settle(10)
    assert [state.standing for state in pc.memory.postbox.waiting()] == [Standing.DEAD]
