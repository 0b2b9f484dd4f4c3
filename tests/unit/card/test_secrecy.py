"""Secure messaging of the virtual card, spoken by a terminal written here from the card's description."""

import secrets
from functools import reduce

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA256

from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID, PIN, TEXT_A
from app.standin.cards.profiles import ADULT
from tests.support.cards import MakeCard
from tests.support.talk import Talk

DELIVERY = "80AE0000000100"


class Terminal:
    """Seals commands and opens answers, counting."""

    def __init__(self, talk: Talk, head: bytes = bytes.fromhex("A0228020")) -> None:
        self.talk = talk
        self.count = 1
        seed = secrets.token_bytes(32)
        self.key = seed[:16]
        public = talk.read(6)[0]
        modulus = int.from_bytes(public[-256:], "big")
        self.delivery = (
            RSAPublicNumbers(65537, modulus).public_key().encrypt(head + seed, OAEP(MGF1(SHA256()), SHA256(), None))
        )

    def deliver(self) -> str:
        return self.talk.status(DELIVERY + self.delivery.hex())

    def send(self, head: str, data: bytes) -> str:
        padded = data + b"\x80" + bytes(15 - len(data) % 16)
        sealed = b"\x01" + self._cipher().encryptor().update(padded)
        self.count += 1
        return self.talk.status(f"{head}{len(sealed) + 2:02X}86{len(sealed):02X}{sealed.hex()}")

    def read(self, wanted: int = 0) -> tuple[bytes, str]:
        data, status = self.talk.send(f"08B00000 000005 960300{wanted:04X} 0000")
        opened = b""
        if data:
            start = data.index(b"\x01", 2) + 1
            opened = self._cipher().decryptor().update(data[start:]).rpartition(b"\x80")[0]
        self.count += 1
        return opened, status

    def _cipher(self) -> Cipher[CBC]:
        first = Cipher(AES(self.key), CBC(bytes(16))).encryptor().update(self.count.to_bytes(16, "big"))
        return Cipher(AES(self.key), CBC(first))


@pytest.fixture
def talk(make: MakeCard) -> Talk:
    found = Talk(make("adult"))
    found.select(ATTRIBUTE_AID)
    return found


@pytest.fixture
def terminal(talk: Talk) -> Terminal:
    talk.verify(PIN, ADULT.pin)
    found = Terminal(talk)
    assert found.deliver() == "9000"
    return found


def test_files_are_selected_and_read_in_secrecy_and_the_number_is_verified_so(talk: Talk, terminal: Terminal) -> None:
    assert terminal.send("08A4020C", bytes.fromhex("0001")) == "9000"
    assert terminal.read() == (b"\xff\x10\x0c" + ADULT.my_number.encode() + b"\xff\xff", "9000")
    assert terminal.read(5) == (b"\xff\x10\x0c11", "9000")
    assert terminal.send("08200094", b"0" * 12) == "63C9"
    assert terminal.send("08200094", ADULT.my_number.encode()) == "9000"
    assert talk.tries(TEXT_A) == "63CA"
    assert ADULT.my_number.encode() not in reduce(bytes.__add__, talk.card.log[-3:])  # type: ignore[attr-defined]


def test_the_pin_must_have_been_right_before_and_no_other_code_will_do(talk: Talk) -> None:
    talk.verify(TEXT_A, ADULT.my_number)
    terminal = Terminal(talk)
    assert terminal.deliver() == "6982"
    talk.verify(PIN, ADULT.pin)
    assert terminal.deliver() == "9000"


def test_refusals_count_and_commands_in_clear_between_do_not(talk: Talk, terminal: Terminal) -> None:
    assert terminal.send("08A4020C", bytes.fromhex("1234")) == "6A82"
    assert talk.tries(PIN) == "63C3"
    assert terminal.send("08A4020C", bytes.fromhex("0002")) == "9000"


def test_a_wrong_count_ends_the_session(terminal: Terminal) -> None:
    terminal.count = 7
    assert terminal.send("08A4020C", bytes.fromhex("0001")) == "6988"
    terminal.count = 2
    assert terminal.send("08A4020C", bytes.fromhex("0001")) == "69FC"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("08B00000 05 9602000000", "6988"),
        ("08B00000 13 8611 01" + "00" * 16, "6988"),
        ("08200094 13 8611 02" + "00" * 16, "6988"),
        ("08200094 05 9603000000", "6988"),
        ("08200094 02 8600", "6988"),
        ("08200094", "6988"),
        ("0C200094 04 31323334", "6987"),
    ],
)
def test_an_object_that_does_not_fit_is_refused(talk: Talk, terminal: Terminal, command: str, status: str) -> None:
    assert terminal.count == 1
    assert talk.status(command) == status


@pytest.mark.parametrize("head", ["A0228120", "A1228020"])
def test_a_key_of_another_form_is_refused(talk: Talk, head: str) -> None:
    talk.verify(PIN, ADULT.pin)
    assert Terminal(talk, bytes.fromhex(head)).deliver() == "6A80"
    assert talk.status(DELIVERY + "00" * 256) == "6A80"


def test_selecting_an_application_ends_the_session_and_others_have_none(talk: Talk, terminal: Terminal) -> None:
    talk.select(ATTRIBUTE_AID)
    assert terminal.send("08A4020C", bytes.fromhex("0004")) == "69FC"
    talk.select(FACE_AID)
    assert terminal.deliver() == "66F1"
    assert terminal.send("08A4020C", bytes.fromhex("0004")) == "6882"
