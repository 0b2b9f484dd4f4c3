"""The whole window is killed while a clerk types: nothing older than two seconds is lost, the same field comes back."""

import random
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock
from tests.e2e.test_window import PERSONA, confirm_by_card, find
from tests.support.city import CounterPlace, TwoCities
from tests.support.far_window import FarWindow, comes_in, far_window
from tests.support.killed_writers import kill_writers
from tests.support.pcscd import DOOR, Pcscd
from tests.support.process import wait_for
from tests.support.world import CLERK, CardTable

pytestmark = [pytest.mark.timeout(1800), pytest.mark.card, pytest.mark.keyring, pytest.mark.fault]

KILLS, MANY, WRITERS = 1, 30, 4
"""Of the whole window, here and for endurance; of processes without one. Together five in each run of the tests."""
PROMISE_S = 2.0
FIELD = "電話番号"
DRAFTS = "再開できる下書き"


def sign_in(window: FarWindow, password: str) -> None:
    window.type(CLERK)
    window.enter()
    window.type(password)
    window.key(Qt.Key.Key_F12)
    comes_in(window)


def type_until(window: FarWindow, end_s: float) -> list[tuple[float, int]]:
    """One digit after another; when how many had been typed."""
    typed = [(time.monotonic(), len(window.focus().value))]
    while time.monotonic() < end_s:
        if typed[-1][1] >= 11:
            window.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            window.key(Qt.Key.Key_Delete)
            typed.append((time.monotonic(), 0))
        window.type("0")
        typed.append((time.monotonic(), typed[-1][1] + 1))
        time.sleep(0.15)
    return typed


def come_back(window: FarWindow) -> int:
    """The draft is opened again; how many digits stand in the field with the cursor."""
    window.go_to(DRAFTS)
    window.enter()
    window.at("申請入力")
    window.wait(lambda: window.focus().name.startswith(FIELD), FIELD)
    return len(window.focus().value)


def possible(typed: list[tuple[float, int]], killed_s: float) -> set[int]:
    """What may stand there: any state since the last one that was older than the promise."""
    settled = [count for at, count in typed if at <= killed_s - PROMISE_S]
    return {count for at, count in typed if at > killed_s - PROMISE_S} | set(settled[-1:])


def test_a_killed_window_loses_nothing_older_than_two_seconds_and_the_work_comes_back_in_the_same_field(
    cities_on_postgresql: TwoCities,
    keyring_home: dict[str, str],
    pcscd: Pcscd,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    place, password = cities_on_postgresql.counter_place(), cities_on_postgresql.password.text()
    readers = PcscReaders(SystemClock())
    wait_for(lambda: len(readers.seen().readers) == len(pcscd.ports), "the readers")
    table = CardTable(cities_on_postgresql, pcscd, readers)
    env = {**keyring_home, "PCSCLITE_CSOCK_NAME": str(DOOR)}
    times = MANY if request.config.getoption("--endurance") else KILLS
    try:
        kill_and_come_back(place, table, (env, password), (times, tmp_path / "log"))
    finally:
        table.take()
        readers.close()


def kill_and_come_back(
    place: CounterPlace, table: CardTable, known: tuple[dict[str, str], str], runs: tuple[int, Path]
) -> None:
    (env, password), (times, log) = known, runs
    typed: list[tuple[float, int]] = []
    killed_s = 0.0
    for number in range(times + 1):
        with far_window(place, env, log) as window:
            window.table = table
            sign_in(window, password)
            if number == 0:
                confirm_by_card(window, PERSONA)  # type: ignore[arg-type]
                find(window, table.holder(PERSONA).name)  # type: ignore[arg-type]
                window.go_to(FIELD)
            else:
                assert come_back(window) in possible(typed, killed_s)
            if number < times:
                typed = type_until(window, time.monotonic() + 2.5 + random.random() * 3)
                killed_s = time.monotonic()
                window.process.kill()
                window.process.wait(10)


def test_killed_writers_of_drafts_lose_nothing_older_than_two_seconds_and_come_back_in_the_same_field() -> None:
    done = kill_writers(WRITERS, 2)
    assert (done.kills, done.lost, done.elsewhere, done.faults) == (WRITERS, 0, 0, [])
