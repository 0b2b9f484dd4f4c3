"""Work of several threads at the same moment is done as one list; a fault in it hits whose it is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from app.durable.worker import Joined


def test_what_waits_while_a_list_is_written_is_written_as_the_next_list() -> None:
    lists: list[list[int]] = []
    begun, go_on = Event(), Event()

    def handle(messages) -> None:
        lists.append(list(messages))
        begun.set()
        assert go_on.wait(5)

    joined = Joined(handle)
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(joined.do, 0)
        assert begun.wait(5)
        others = [pool.submit(joined.do, number) for number in range(1, 9)]
        while len(joined._waiting) < len(others):
            pass
        go_on.set()
        for one in (first, *others):
            one.result(5)
    assert lists[0] == [0]
    assert sorted(lists[1]) == list(range(1, 9))
    assert len(lists) == 2


def test_who_is_at_fault_is_told_and_the_others_work_is_done() -> None:
    done: list[int] = []
    together = Barrier(4)

    def handle(messages) -> None:
        if 2 in messages:
            raise ValueError
        done.extend(messages)

    joined = Joined(handle)

    def ask(number: int) -> bool:
        together.wait(5)
        try:
            joined.do(number)
        except ValueError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [True, True, False, True]
    assert sorted(done) == [0, 1, 3]


def test_a_list_is_no_longer_than_its_limit() -> None:
    lists: list[int] = []
    joined = Joined(lambda messages: lists.append(len(messages)), limit=2)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(joined.do, range(40)))
    assert sum(lists) == 40
    assert max(lists) <= 2


def test_a_fault_alone_is_raised_as_it_is() -> None:
    def handle(_) -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        Joined(handle).do(1)
