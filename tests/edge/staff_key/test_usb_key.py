"""C-01, R-055: a USB key as second factor: ``fido2``'s own HID client is the peer, PIN and touch show the holder."""

import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from fido2.ctap import CtapError
from fido2.hid import CTAPHID, CtapHidDevice

from app.card.usb_key import HidPorts, UsbStaffKeys
from app.domain.clock import SystemClock
from app.domain.secret import secret
from app.errors import (
    CardSilent,
    StaffCardAbsent,
    StaffCardTaken,
    StaffCardUnknown,
    StaffKeyUntouched,
    StaffPinBlocked,
    StaffPinMissing,
    StaffPinWrong,
)
from app.services.ports.staff_card import CardAsked
from app.standin.authenticator.ctap import Authenticator
from app.standin.authenticator.hid import PACKET, HidKey
from app.standin.authenticator.pin import Pin, digest
from app.trust.second_factor import Factor
from tests.edge.staff_key.test_authenticator import OFFICE
from tests.support.process import wait_for
from tests.support.staff_keys import STAFF_PIN
from tests.support.usb_keys import SoftPorts

PERSON = (b"\x01" * 16, "k1001")


class Finger:
    """On the key or not; ``after``: so many looks later."""

    def __init__(self, *, after: int = 0) -> None:
        self.after = after

    def __call__(self) -> bool:
        self.after -= 1
        return self.after < 0


def key(pin: str | None = STAFF_PIN, *, after: int = 0, ticks: int = 300) -> HidKey:
    kept = Pin(os.urandom, None if pin is None else digest(pin.encode()))
    return HidKey(Authenticator(os.urandom, kept), Finger(after=after), ticks)


@pytest.fixture
def ports() -> SoftPorts:
    return SoftPorts()


@pytest.fixture
def keys(ports: SoftPorts) -> Iterator[UsbStaffKeys]:
    found = UsbStaffKeys(ports, SystemClock(), silence_s=1.0, look_s=0.02)
    yield found
    found.close()


def registered(keys: UsbStaffKeys) -> Factor:
    challenge = os.urandom(32)
    asked = CardAsked("r", OFFICE.ask_registration(PERSON, (), challenge))
    return OFFICE.register(keys.register(asked, secret(STAFF_PIN)), challenge)


def asked(*factors: Factor) -> CardAsked:
    return CardAsked("a", OFFICE.ask([each.credential_id for each in factors] or [b"x" * 32], os.urandom(32)))


def test_a_registered_key_answers_with_pin_and_touch_and_gives_what_it_keeps_for_a_salt(
    ports: SoftPorts, keys: UsbStaffKeys
) -> None:
    ports.keys["one"] = key(after=3)
    factor, challenge = registered(keys), os.urandom(32)
    wanted = CardAsked("a", OFFICE.ask([factor.credential_id], challenge))
    first = keys.answer(wanted, secret(STAFF_PIN), b"s" * 32)
    assert OFFICE.check(first.assertion, challenge, [factor]).credential_id == factor.credential_id
    again = keys.answer(wanted, secret(STAFF_PIN), b"s" * 32)
    assert first.kept is not None
    assert again.kept is not None
    assert first.kept.reveal() == again.kept.reveal()
    assert len(first.kept.reveal()) == 32


def test_each_trouble_with_a_key_has_its_own_name(ports: SoftPorts, keys: UsbStaffKeys) -> None:
    with pytest.raises(StaffCardAbsent):
        keys.answer(asked(), secret(STAFF_PIN))
    ports.keys["one"] = mine = key()
    factor = registered(keys)
    with pytest.raises(StaffPinWrong) as wrong:
        keys.answer(asked(factor), secret("0000"))
    assert wrong.value.data["left"] == 7
    with pytest.raises(StaffCardUnknown):
        keys.answer(asked(), secret(STAFF_PIN))
    mine.authenticator.pin.left = 1
    with pytest.raises(StaffPinBlocked):
        keys.answer(asked(factor), secret("0000"))


def test_nobody_touches_it_and_it_is_told_so(ports: SoftPorts, keys: UsbStaffKeys) -> None:
    ports.keys["one"] = mine = key()
    factor = registered(keys)
    mine.touched, mine.ticks = Finger(after=1000), 4
    with pytest.raises(StaffKeyUntouched):
        keys.answer(asked(factor), secret(STAFF_PIN))


def test_among_several_keys_none_is_chosen_and_a_key_that_may_not_be_opened_is_none(
    ports: SoftPorts, keys: UsbStaffKeys
) -> None:
    ports.keys |= {"one": key(), "two": key()}
    with pytest.raises(StaffCardAbsent):
        keys.answer(asked(), secret(STAFF_PIN))
    assert not ports.lines
    del ports.keys["two"]
    ports.locked = True
    with pytest.raises(StaffCardAbsent):
        keys.answer(asked(), secret(STAFF_PIN))


def test_a_key_is_registered_once_and_not_without_a_pin(ports: SoftPorts, keys: UsbStaffKeys) -> None:
    ports.keys["one"] = key()
    factor = registered(keys)
    with pytest.raises(StaffCardTaken):
        keys.register(CardAsked("b", OFFICE.ask_registration(PERSON, (factor,), os.urandom(32))), secret(STAFF_PIN))
    ports.keys["one"] = bare = key(None)
    with pytest.raises(StaffPinMissing):
        registered(keys)
    assert not bare.authenticator.credentials


def test_pulling_the_key_out_is_seen_once_and_ends_what_it_was_doing(ports: SoftPorts, keys: UsbStaffKeys) -> None:
    gone: list[bool] = []
    keys.watch(lambda: gone.append(True))
    ports.keys["one"] = mine = key()
    factor = registered(keys)
    wait_for(keys.is_there, "the key to be seen")

    def pull() -> bool:
        ports.pull()
        return False

    mine.touched = pull
    with pytest.raises(CardSilent):
        keys.answer(asked(factor), secret(STAFF_PIN))
    wait_for(lambda: gone == [True], "the key to be missed")
    assert not keys.is_there()


def test_a_key_that_falls_silent_is_given_up(ports: SoftPorts, keys: UsbStaffKeys) -> None:
    class Dead(HidKey):
        def serve(self, line: socket.socket) -> None:
            line.recv(PACKET)

    ports.keys["one"] = Dead(key().authenticator, Finger())
    with pytest.raises(CardSilent):
        keys.answer(asked(), secret(STAFF_PIN))


def test_the_virtual_key_keeps_to_the_packets_of_the_standard(ports: SoftPorts) -> None:
    ports.keys["one"] = mine = key()
    (descriptor,) = ports.plugged()
    device = CtapHidDevice(descriptor, ports.open(descriptor))
    for size in (0, 1, 57, 58, 116, 117, 1024):
        message = os.urandom(size)
        assert device.ping(message) == message
    device.wink()
    with pytest.raises(CtapError) as wrong:
        device.call(CTAPHID.MSG, b"")
    assert wrong.value.code == CtapError.ERR.INVALID_COMMAND
    assert mine.log[-2:] == [0x88, 0x83]
    device.close()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([struct.pack(">IBH", 7, 0x81, 1)], 0x0B),
        ([struct.pack(">IBH", 0, 0x81, 1)], 0x0B),
        ([struct.pack(">IBH", 0xFFFFFFFF, 0x86, 3)], 0x03),
        ([struct.pack(">IBH", 1, 0x81, 7700)], 0x03),
        ([struct.pack(">IBH", 1, 0x81, 200), struct.pack(">IB", 1, 1)], 0x04),
        ([struct.pack(">IBH", 1, 0x81, 200), struct.pack(">IBH", 1, 0x81, 1)], 0x04),
        ([struct.pack(">IBH", 1, 0x81, 200), struct.pack(">IBH", 2, 0x81, 1)], 0x06),
        ([struct.pack(">IBH", 1, 0xC1, 0)], 0x01),
    ],
    ids=["unknown channel", "channel 0", "short nonce", "too long", "wrong place", "second message", "busy", "vendor"],
)
def test_broken_packets_are_answered_by_the_standard_s_errors(sent: list[bytes], code: int) -> None:
    mine = key()
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with here, there:
        answers: list[bytes] = []
        hello = struct.pack(">IBH", 0xFFFFFFFF, 0x86, 8) + b"n" * 8
        for packet in [hello, hello, *sent]:
            answers += mine.answers(packet.ljust(PACKET, b"\0"), there)
    assert (answers[-1][4], answers[-1][7]) == (0xBF, code)


def test_the_ports_of_this_pc_are_looked_at_without_trouble() -> None:
    found = HidPorts().plugged()
    assert len(found) <= len(list(Path("/dev").glob("hidraw*")))
