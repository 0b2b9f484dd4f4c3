"""A staff card on a real reader: the library's own PC/SC client is the peer that accepts it, or is refused."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fido2.client import ClientError, PinRequiredError
from fido2.ctap import CtapError
from fido2.ctap2.base import Ctap2
from fido2.ctap2.pin import ClientPin, PinProtocolV1, PinProtocolV2
from fido2.utils import websafe_decode, websafe_encode

from app.errors import SecondFactorRefused
from app.standin.authenticator.card import StaffCard
from app.standin.authenticator.pin import Pin
from app.trust.second_factor import Factor, SecondFactor
from tests.support.cards import VirtualReader
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for
from tests.support.staff_keys import STAFF_PIN, LibraryClient, is_seen, on_reader, staff_card

pytestmark = pytest.mark.card

OFFICE = SecondFactor("madoguchi.mihon.example", "見本市")


class Desk:
    """A reader for staff cards."""

    def __init__(self, pcscd: Pcscd) -> None:
        self.name, port = list(pcscd.ports.items())[1]
        self._reader = VirtualReader(port, self.name)

    def put(self, card: StaffCard) -> None:
        self._reader.put(card)
        wait_for(lambda: is_seen(self.name), "the staff card to be seen")

    def take(self) -> None:
        self._reader.take()
        wait_for(lambda: not is_seen(self.name), "the staff card to be gone")

    def register(self, pin: str | None = STAFF_PIN) -> Factor:
        challenge = os.urandom(32)
        with on_reader(self.name) as device:
            asked = OFFICE.ask_registration((b"\x01" * 16, "k1001"), (), challenge)
            return OFFICE.register(LibraryClient(device, OFFICE.origin, pin).register(asked), challenge)

    def sign(self, factor: Factor, challenge: bytes, pin: str | None = STAFF_PIN, origin: str = OFFICE.origin) -> str:
        with on_reader(self.name) as device:
            return LibraryClient(device, origin, pin).sign(OFFICE.ask([factor.credential_id], challenge))


@pytest.fixture
def desk(pcscd: Pcscd) -> Iterator[Desk]:
    found = Desk(pcscd)
    yield found
    found.take()


def reason(answer: str, challenge: bytes, *known: Factor) -> str:
    with pytest.raises(SecondFactorRefused) as refused:
        OFFICE.check(answer, challenge, known)
    return str(refused.value.data["reason"])


def test_a_registered_card_with_its_pin_signs_in_and_its_counter_grows(desk: Desk) -> None:
    desk.put(staff_card())
    factor, challenge = desk.register(), os.urandom(32)
    after = OFFICE.check(desk.sign(factor, challenge), challenge, [factor])
    assert after.credential_id == factor.credential_id
    assert after.counter > factor.counter


def test_an_answer_is_good_for_one_challenge_one_office_and_one_card(desk: Desk) -> None:
    desk.put(staff_card())
    factor, challenge = desk.register(), os.urandom(32)
    answer = desk.sign(factor, challenge)
    assert reason(answer, os.urandom(32), factor) == "replayed"
    assert reason(answer, challenge) == "unknown_key"
    elsewhere = SecondFactor("other.example", "他市")
    with pytest.raises(SecondFactorRefused, match="other_office"):
        elsewhere.check(answer, challenge, [factor])
    altered = json.loads(answer)
    altered["response"]["signature"] = altered["response"]["signature"][:-6] + "AAAAAA"
    assert reason(json.dumps(altered), challenge, factor) == "signature"
    for broken in ("", "{}", "[]", "null", '{"id": 1}'):
        assert reason(broken, challenge, factor) == "malformed"


def test_a_copied_card_is_found_out_and_a_card_without_a_counter_is_none(desk: Desk) -> None:
    card = staff_card()
    desk.put(card)
    factor = desk.register()
    copy = copied(card)
    challenge = os.urandom(32)
    factor = OFFICE.check(desk.sign(factor, challenge), challenge, [factor])
    desk.take()
    desk.put(copy)
    challenge = os.urandom(32)
    assert reason(desk.sign(factor, challenge), challenge, factor) == "cloned"
    desk.take()
    desk.put(staff_card(counts=False))
    factor = desk.register()
    for _ in range(2):
        challenge = os.urandom(32)
        factor = OFFICE.check(desk.sign(factor, challenge), challenge, [factor])
    assert factor.counter == 0


def test_without_the_person_s_pin_nothing_is_signed_and_nothing_unverified_is_taken(desk: Desk) -> None:
    desk.put(staff_card())
    factor = desk.register()
    with pytest.raises((PinRequiredError, ClientError)):
        desk.sign(factor, os.urandom(32), pin=None)
    with pytest.raises(ClientError):
        desk.sign(factor, os.urandom(32), pin="000000")
    challenge = os.urandom(32)
    answer = json.loads(desk.sign(factor, challenge))
    data = bytearray(websafe_decode(answer["response"]["authenticatorData"]))
    data[32] &= ~0x04
    answer["response"]["authenticatorData"] = websafe_encode(bytes(data))
    assert reason(json.dumps(answer), challenge, factor) == "not_verified"


@pytest.mark.parametrize("protocol", [PinProtocolV1, PinProtocolV2])
def test_three_wrong_pins_need_the_card_to_be_taken_off_and_eight_block_it(
    desk: Desk, protocol: type[PinProtocolV1]
) -> None:
    desk.put(staff_card())
    codes: list[str] = []
    for _ in range(3):
        with on_reader(desk.name) as device:
            pin = ClientPin(Ctap2(device), protocol())
            codes.extend(_try(pin, "9999") for _ in range(3))
    assert codes == ["PIN_INVALID", "PIN_INVALID", "PIN_AUTH_BLOCKED"] * 2 + [
        "PIN_INVALID",
        "PIN_BLOCKED",
        "PIN_BLOCKED",
    ]
    with on_reader(desk.name) as device:
        pin = ClientPin(Ctap2(device), protocol())
        assert pin.get_pin_retries()[0] == 0
        assert _try(pin, STAFF_PIN) == "PIN_BLOCKED"


@pytest.mark.parametrize("protocol", [PinProtocolV1, PinProtocolV2])
def test_a_card_without_a_pin_gets_one_that_can_be_changed(desk: Desk, protocol: type[PinProtocolV1]) -> None:
    desk.put(staff_card(None))
    with on_reader(desk.name) as device:
        pin = ClientPin(Ctap2(device), protocol())
        pin.set_pin("1357")
        assert _try(pin, "1357") == ""
        pin.change_pin("1357", "24680")
        assert (_try(pin, "1357"), _try(pin, "24680")) == ("PIN_INVALID", "")


def test_a_card_keeps_a_secret_for_each_salt_that_no_other_card_has(desk: Desk) -> None:
    one, other = bytes(32), b"\x01" * 32
    found = []
    for card in (staff_card(), staff_card()):
        desk.put(card)
        factor = desk.register()
        with on_reader(desk.name) as device:
            client = LibraryClient(device, OFFICE.origin)
            asked = OFFICE.ask([factor.credential_id], os.urandom(32))
            first, again, second = (client.secret(asked, salt) for salt in (one, one, other))
        assert first == again
        found += [first, second]
        desk.take()
    assert len(set(found)) == len(found) == 4


def copied(card: StaffCard) -> StaffCard:
    """Another card with all that this one keeps."""
    one = card.authenticator
    return StaffCard(replace(one, pin=Pin(os.urandom, one.pin.digest), credentials=list(one.credentials)))


def _try(pin: ClientPin, entry: str) -> str:
    try:
        pin.get_pin_token(entry)
    except CtapError as refused:
        return CtapError.ERR(refused.code).name
    return ""
