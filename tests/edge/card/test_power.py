"""After each use the card is without power: no other program can read on where we stopped."""

import subprocess
import sys

import pytest

from app.errors import CardRemoved, WrongCode
from app.standin.cards.profiles import ADULT
from tests.support.cards import Counter, MakeCard
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for

pytestmark = pytest.mark.card

STRANGER = """
from smartcard import scard
_, context = scard.SCardEstablishContext(0)
_, names = scard.SCardListReaders(context, [])
_, card, _ = scard.SCardConnect(context, names[0], scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T1)
def send(text):
    return bytes(scard.SCardTransmit(card, scard.SCARD_PCI_T1, list(bytes.fromhex(text)))[1][-2:]).hex()
print(send("00A4040C0AD3921000310001010408"), send("00B0820000"))
scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
"""


def tried_by_a_stranger(pcscd: Pcscd) -> list[str]:
    """Status words another process gets for selecting the attributes and reading the basic four."""
    done = subprocess.run(
        [sys.executable, "-c", STRANGER], env=pcscd.environment, capture_output=True, text=True, check=True, timeout=20
    )
    return done.stdout.split()


def test_another_program_can_not_read_on_after_a_reading(counter: Counter, make: MakeCard, pcscd: Pcscd) -> None:
    chip = make("adult")
    chip.faults.keeps_state = True
    counter.read.by_code_b(counter.put(chip), ADULT.code_b)
    assert tried_by_a_stranger(pcscd) == ["9000", "6982"]


def test_another_program_can_not_read_on_after_a_wrong_code_either(
    counter: Counter, make: MakeCard, pcscd: Pcscd
) -> None:
    chip = make("adult")
    chip.faults.keeps_state = True
    at = counter.put(chip)
    with pytest.raises(WrongCode):
        counter.read.number_by_pin(at, "9999")
    wait_for(lambda: chip.power[-1] == "down", "the card to hear that it has no power")
    assert tried_by_a_stranger(pcscd) == ["9000", "6982"]


def test_such_a_card_would_have_stayed_open_without_power_down(counter: Counter, make: MakeCard, pcscd: Pcscd) -> None:
    from smartcard import scard

    chip = make("adult")
    chip.faults.keeps_state = True
    at = counter.put(chip)
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    _, card, _ = scard.SCardConnect(context, at.reader, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1)
    for text in ("00A4040C0AD3921000310001010408", f"002000950E{ADULT.code_b.encode().hex()}"):
        assert scard.SCardTransmit(card, scard.SCARD_PCI_T1, list(bytes.fromhex(text)))[1] == [0x90, 0x00]
    scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)
    assert tried_by_a_stranger(pcscd) == ["9000", "9000"]


def test_power_is_taken_after_a_work_that_fails(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    at = counter.put(chip)

    def fails(_: object) -> None:
        raise ZeroDivisionError

    from app.services.card_port import UNWATCHED

    with pytest.raises(ZeroDivisionError):
        counter.readers.use(at, fails, UNWATCHED)
    wait_for(lambda: chip.power[-1] == "down", "the card to hear that it has no power")
    counter.take()
    with pytest.raises(CardRemoved):
        counter.readers.use(at, fails, UNWATCHED)
