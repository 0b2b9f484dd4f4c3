"""What another process finds in the counter's memory: while work is open, after a lock, after signing out."""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock
from app.domain.secret import Secret
from app.standin.authenticator.card import StaffCard
from app.store.work_cards import USE
from app.trust.seal import derive
from tests.e2e.test_window import PERSONA, confirm_by_card, find
from tests.support.cards import VirtualReader
from tests.support.city import WITH_CARD, CounterPlace, TwoCities
from tests.support.far_window import (
    FarWindow,
    comes_in,
    far_window,
    found,
    left_alive,
    live,
    signs_out,
    text_writings,
    writings,
)
from tests.support.pcscd import DOOR, Pcscd
from tests.support.process import wait_for
from tests.support.staff_keys import STAFF_PIN, is_seen
from tests.support.work_keys import card_salt, work_keys
from tests.support.world import CLERK, CardTable

pytestmark = [pytest.mark.timeout(240), pytest.mark.card, pytest.mark.keyring]

PHONE = "09051728394"
REMAINS = "marks in freed memory after the lock"
"""Counted here and printed; the endurance run adds it up."""
NAMES = ("telephone number", "name", "個人番号")
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Seen:
    """The window, its card table, and what is looked for in its memory."""

    window: FarWindow
    table: CardTable
    keys: dict[str, bytes]
    marks: list[str]
    place: CounterPlace
    staff_reader: VirtualReader

    def texts(self) -> dict[str, bytes]:
        return {how: raw for mark in self.marks for how, raw in text_writings(mark).items()}


@pytest.fixture(scope="module")
def seen(
    cities_on_postgresql: TwoCities,
    keyring_home: dict[str, str],
    pcscd: Pcscd,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Seen]:
    """A clerk with a resident's form open and a telephone number typed. The second reader is for staff cards."""
    cities = cities_on_postgresql
    place, (name, port) = cities.counter_place(), list(pcscd.ports.items())[1]
    place.path.write_text(f"staff_readers = [{json.dumps(name)}]\n{place.path.read_text('utf-8')}", "utf-8")
    readers = PcscReaders(SystemClock(), serves=lambda reader: reader != name)
    wait_for(lambda: len(readers.seen().readers) == len(pcscd.ports) - 1, "the readers")
    table, staff_reader = CardTable(cities, pcscd, readers), VirtualReader(port, name)
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
            yield Seen(window, table, raw, [PHONE, holder.name, holder.my_number], place, staff_reader)
    finally:
        staff_reader.take()
        table.take()
        readers.close()


def _counted(remains: dict[str, int], marks: list[str]) -> str:
    """A line to print: how often each thing lies there, by its place in the list and never by its value."""
    counts = [sum(count for how, count in remains.items() if how.startswith(mark)) for mark in marks]
    return ", ".join(f"{name} {count}" for name, count in zip(NAMES, counts, strict=True))


@pytest.mark.fault
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
    assert left_alive(window, seen.marks) == []
    assert found(window, seen.keys) == {}
    remains = found(window, seen.texts())
    record_property(REMAINS, sum(remains.values()))
    sys.stdout.write(f"in freed memory after the lock: {_counted(remains, seen.marks)}\n")
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
    before = window.process.pid
    signs_out(window)
    assert window.process.pid == before
    assert found(window, seen.keys) == {}
    assert found(window, seen.texts() | text_writings(seen.table.cities.password.text())) == {}


@pytest.mark.fault
def test_a_work_file_that_the_staff_card_opened_leaves_no_key_in_the_memory_after_the_lock(
    seen: Seen, request: pytest.FixtureRequest
) -> None:
    """T-80: the first lock makes way for the card alone; once here, ten times with --endurance."""
    window, card = seen.window, seen.table.cities.staff_card()
    if window.ask("title") == "申請入力":
        window.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
        window.at("次の応対")
        signs_out(window)
    signs_in_with(seen, card)
    keys = keys_with_card(seen, card)
    locked(window)
    for _ in range(10 if request.config.getoption("--endurance") else 1):
        window.says("職員カードとその暗証番号で解除できます")
        window.type(STAFF_PIN)
        window.enter()
        window.enter()
        window.wait(lambda: not window.is_locked(), "the window")
        assert {"the key of work.db raw", "the private half raw"} <= set(found(window, keys))
        locked(window)
        assert found(window, keys) == {}


def signs_in_with(seen: Seen, card: StaffCard) -> None:
    """Both factors, and a visit is begun: the window does not begin anew at the next lock."""
    window = seen.window
    seen.staff_reader.put(card)
    wait_for(lambda: is_seen(seen.staff_reader.name), "the staff card")
    window.type(WITH_CARD)
    window.enter()
    window.type(seen.table.cities.password.text())
    window.key(Qt.Key.Key_F12)
    window.says("職員カードの暗証番号")
    window.type(STAFF_PIN)
    window.key(Qt.Key.Key_F12)
    comes_in(window)
    window.type("A013")
    window.key(Qt.Key.Key_F2)
    window.at("本人確認")


def locked(window: FarWindow) -> None:
    """Lock, and wait until the work file is closed."""
    window.key(Qt.Key.Key_L, CONTROL)
    window.wait(lambda: window.is_locked() and not window.ask("work_open"), "the lock")


def keys_with_card(seen: Seen, card: StaffCard) -> dict[str, bytes]:
    """Besides the keys that hang on the password what the card keeps, and what is made of it."""
    place = seen.place.settings().folder, seen.place.service, WITH_CARD
    salt = hashlib.sha256(b"WebAuthn PRF\0" + card_salt(*place)).digest()
    kept = card.authenticator.credentials[0].secret(salt, verified=True)
    keys = work_keys(*place, seen.table.cities.password)
    keys |= {"what the card keeps": kept, "the key made of it": derive(Secret(kept), USE).reveal()}
    return {how: one for name, key in keys.items() for how, one in writings(name, key).items()}
