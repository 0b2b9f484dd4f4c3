"""What another process finds in the counter's memory: while work is open, after a lock, after signing out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock
from tests.e2e.test_window import PERSONA, confirm_by_card, find
from tests.support.city import TwoCities
from tests.support.far_window import FarWindow, comes_in, far_window, found, live, text_writings, writings
from tests.support.pcscd import DOOR, Pcscd
from tests.support.process import wait_for
from tests.support.work_keys import work_keys
from tests.support.world import CLERK, CardTable

pytestmark = [pytest.mark.timeout(240), pytest.mark.card, pytest.mark.keyring]

PHONE = "09051728394"
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Seen:
    """The window, its card table, and what is looked for in its memory."""

    window: FarWindow
    table: CardTable
    keys: dict[str, bytes]
    marks: list[str]

    def texts(self) -> dict[str, bytes]:
        return {how: raw for mark in self.marks for how, raw in text_writings(mark).items()}


@pytest.fixture(scope="module")
def seen(
    cities_on_postgresql: TwoCities,
    keyring_home: dict[str, str],
    pcscd: Pcscd,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Seen]:
    """A clerk with a resident's form open and a telephone number typed."""
    cities = cities_on_postgresql
    place = cities.counter_place()
    readers = PcscReaders(SystemClock())
    wait_for(lambda: len(readers.seen().readers) == len(pcscd.ports), "the readers")
    table = CardTable(cities, pcscd, readers)
    env = {**keyring_home, "PCSCLITE_CSOCK_NAME": str(DOOR)}
    log = tmp_path_factory.mktemp("far") / "window.log"
    try:
        with far_window(place, env, log) as window:
            window.table = table
            window.type(CLERK)
            window.enter()
            window.type(cities.password.text())
            window.key(Qt.Key.Key_F12)
            comes_in(window)
            holder = table.holder(PERSONA)
            confirm_by_card(window, PERSONA)  # type: ignore[arg-type]
            find(window, holder.name)  # type: ignore[arg-type]
            window.go_to("電話番号")
            window.type(PHONE)
            keys = work_keys(place.settings().folder, place.service, CLERK, cities.password)
            raw = {how: one for name, key in keys.items() for how, one in writings(name, key).items()}
            yield Seen(window, table, raw, [PHONE, holder.name, holder.my_number])
    finally:
        table.take()
        readers.close()


def test_after_the_lock_no_key_and_nothing_typed_or_read_is_in_the_memory_and_unlocking_brings_it_back(
    seen: Seen, record_property: Callable[[str, object], None]
) -> None:
    window = seen.window
    while_open = found(window, seen.keys)
    assert {how.removesuffix(" raw") for how in while_open} >= {"the key of work.db", "the private half"}
    assert live(window, [PHONE])
    window.ask("copy", f"tel {PHONE}")
    window.key(Qt.Key.Key_L, CONTROL)
    window.wait(window.is_locked, "the lock")
    window.wait(lambda: not window.ask("work_open"), "the work to be closed")
    assert live(window, seen.marks) == []
    assert found(window, seen.keys) == {}
    record_property("marks in freed memory after the lock", found(window, seen.texts()))
    window.type(seen.table.cities.password.text())
    window.enter()
    window.enter()
    window.wait(lambda: not window.is_locked(), "the window")
    assert window.focus().name.startswith("電話番号")
    assert window.focus().value == PHONE
    window.type("1")
    assert re.fullmatch(rf"{PHONE}1", window.focus().value)


def test_locked_between_two_visits_the_window_begins_anew_locked_and_the_clerk_goes_on(seen: Seen) -> None:
    window = seen.window
    window.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    window.at("次の応対")
    before = window.process.pid
    window.key(Qt.Key.Key_L, CONTROL)
    window.anew()
    assert window.process.pid == before
    assert window.is_locked()
    assert found(window, seen.keys) == {}
    assert found(window, seen.texts() | text_writings(seen.table.cities.password.text())) == {}
    window.type(seen.table.cities.password.text())
    window.enter()
    window.enter()
    window.wait(lambda: not window.is_locked(), "the window")
    window.at("次の応対")
    window.go_to("再開できる下書き")
    window.enter()
    window.at("申請入力")
    window.wait(lambda: window.focus().name.startswith("電話番号"), "the field")
    assert window.focus().value.startswith(PHONE)


def test_after_signing_out_the_window_begins_anew_and_its_memory_holds_nothing_of_anybody(seen: Seen) -> None:
    window = seen.window
    window.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    window.at("次の応対")
    window.go_to("サインアウト")
    before = window.process.pid
    window.enter()
    window.anew()
    window.at("サインイン")
    assert window.process.pid == before
    assert found(window, seen.keys) == {}
    assert found(window, seen.texts() | text_writings(seen.table.cities.password.text())) == {}
    window.type(CLERK)
    window.enter()
    window.type(seen.table.cities.password.text())
    window.key(Qt.Key.Key_F12)
    window.at("次の応対")
