"""Threads that answer: lists are drained whole, one bad message fails alone, pumps wake up and end."""

from collections.abc import Sequence
from threading import Event

import pytest

from app.durable.worker import Drain, Gathering, Pool, Pump, Turn, Worker
from app.errors import Refused, StoreBusy


def test_what_waits_is_answered_in_one_list() -> None:
    hold, sizes = Event(), []

    def handle(messages: Sequence[int]) -> list[int]:
        hold.wait(5)
        sizes.append(len(messages))
        return [message * 2 for message in messages]

    worker: Worker[int, int] = Worker("test", handle, limit=8)
    futures = [worker.submit(number) for number in range(20)]
    hold.set()
    assert [future.result(5) for future in futures] == [number * 2 for number in range(20)]
    worker.close()
    assert max(sizes) == 8
    assert len(sizes) <= 4


def test_one_bad_message_fails_alone() -> None:
    worker: Worker[int, int] = Worker("test", lambda ms: [Refused("odd") if m % 2 else m for m in ms])
    futures = [worker.submit(number) for number in range(3)]
    assert [futures[0].result(5), futures[2].result(5)] == [0, 2]
    with pytest.raises(Refused):
        futures[1].result(5)
    worker.close()


def test_a_list_that_fails_whole_fails_each_of_its_messages(caplog: pytest.LogCaptureFixture) -> None:
    def handle(messages: Sequence[int]) -> list[int]:
        raise ValueError(len(messages))

    worker: Worker[int, int] = Worker("test", handle)
    with pytest.raises(ValueError, match="1"):
        worker.submit(1).result(5)
    worker.close()
    assert "a whole list failed" in caplog.text


def test_a_closed_worker_has_finished_what_came_before() -> None:
    worker: Worker[int, int] = Worker("test", list)
    futures = [worker.submit(number) for number in range(5)]
    worker.close()
    assert [future.result(0) for future in futures] == list(range(5))


def test_a_pump_turns_when_it_is_woken_and_survives_a_bad_turn(caplog: pytest.LogCaptureFixture) -> None:
    turned, calls = Event(), []

    def turn() -> bool:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError
        turned.set()
        return False

    pump = Pump("test", turn, idle_s=0.01)
    pump.start()
    pump.wake()
    assert turned.wait(5)
    assert pump.close()
    assert "a turn failed" in caplog.text


def test_a_pool_runs_calls() -> None:
    pool = Pool("test", 2)
    assert pool.submit(lambda: 5).result(5) == 5
    pool.close()


def test_who_waits_too_long_for_a_turn_is_told_and_the_same_thread_enters_again() -> None:
    turn, pool = Turn(0.01), Pool("test", 1)
    with turn, turn, pytest.raises(StoreBusy):
        pool.submit(turn.__enter__).result(30)
    pool.submit(turn.__enter__).result(30)
    with pytest.raises(StoreBusy):
        turn.__enter__()
    pool.close()


class Gate(Gathering):
    """Gathers until a test lets go; notes who gathered."""

    def __init__(self) -> None:
        super().__init__()
        object.__setattr__(self, "begun", Event())
        object.__setattr__(self, "goes_on", Event())

    def wait(self, joined, enough: int) -> None:
        self.begun.set()
        assert self.goes_on.wait(10)


def test_whoever_comes_alone_after_others_who_came_alone_waits_for_nobody() -> None:
    done, never = [Event(), Event()], Gate()
    drain: Drain[int, Event, None] = Drain(
        "test", lambda ms: [None] * len(ms), lambda told: [ticket.set() for ticket, _ in told], gathering=never
    )
    for one in done:
        drain.put(1, one)
        assert one.wait(5)
    drain.close()
    assert not never.begun.is_set()


def test_after_a_list_of_several_the_next_one_waits_for_those_who_come_too() -> None:
    begun, hold, sizes, told, gate = Event(), Event(), [], [Event() for _ in range(5)], Gate()

    def handle(messages: Sequence[int]) -> list[None]:
        begun.set()
        assert hold.wait(10)
        sizes.append(len(messages))
        return [None] * len(messages)

    drain: Drain[int, Event, None] = Drain(
        "test", handle, lambda outcomes: [ticket.set() for ticket, _ in outcomes], gathering=gate
    )
    drain.put(0, told[0])
    assert begun.wait(5)
    drain.put(1, told[1])
    drain.put(2, told[2])
    hold.set()
    assert told[2].wait(5)
    drain.put(3, told[3])
    assert gate.begun.wait(5)
    drain.put(4, told[4])
    assert not told[3].is_set()
    gate.goes_on.set()
    assert told[4].wait(5)
    drain.close()
    assert sizes == [1, 2, 2]


def test_gathering_ends_when_nobody_joins_any_more_or_there_are_enough() -> None:
    quick = Gathering(gap_s=0.000_1, most_s=3600.0)
    came = iter([1, 2, 2, 9])
    quick.wait(lambda: next(came), 64)
    assert next(came) == 9
    came = iter([1, 2, 3, 9])
    quick.wait(lambda: next(came), 3)
    assert next(came) == 9
    Gathering(gap_s=0.000_1, most_s=0.0).wait(lambda: 0, 64)


def test_a_pump_that_carried_several_waits_for_those_who_wake_it_too() -> None:
    gate, found, turned = Gate(), iter([3, 0, 2, 0, 0, 0, 0]), Event()

    def turn() -> int:
        if gate.begun.is_set():
            turned.set()
        return next(found, 0)

    pump = Pump("test", turn, 3600.0, gate)
    pump.start()
    while not gate.begun.is_set():
        pump.wake()
        gate.begun.wait(0.01)
    assert not turned.is_set()
    gate.goes_on.set()
    assert turned.wait(5)
    assert pump.close()
