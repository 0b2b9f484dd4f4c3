"""Threads that answer: lists are drained whole, one bad message fails alone, pumps wake up and end."""

from collections.abc import Sequence
from threading import Event

import pytest

from app.durable.worker import Pool, Pump, Turn, Worker
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
