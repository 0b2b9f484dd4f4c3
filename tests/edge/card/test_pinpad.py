"""A PIN typed on the reader's own pad, through pcscd and a driver that has one: the PC never sees a digit."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Timer

import pytest

from app.domain.certificate import Standing
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Verified
from app.errors import CardRemoved, CodeBlocked, LastTry, PinNotTyped, WrongCode
from app.services.card_port import Progress, Stage, Watch
from app.services.prove_holder import ProveHolder
from app.services.read_card import ReadCard
from app.standin.cards.files import JPKI_AID
from app.standin.cards.jpki_files import USER_PIN
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from app.trust.certificate_anchors import CertificateAnchors
from tests.support.cards import Counter, MakeCard, key_of
from tests.support.pinpad.pad import PadReaders
from tests.support.process import wait_for
from tests.support.proving import ASKING, KnowingOffice, prover, verifies

pytestmark = pytest.mark.card


@pytest.fixture
def padded(pin_pad: PadReaders, test_anchors: CardAnchors) -> Iterator[Counter]:
    pin_pad.pad.forget()
    found = Counter(pin_pad.pcscd, test_anchors)
    yield found
    found.close()


@pytest.fixture
def prove(padded: Counter, certificate_anchors: CertificateAnchors) -> ProveHolder:
    return prover(padded.readers, KnowingOffice(), certificate_anchors)


def test_a_reader_with_a_pad_is_known_before_a_card_lies_on_it(padded: Counter) -> None:
    assert [reader.pin_pad for reader in padded.readers.seen().readers] == [True, True]


def test_the_challenge_is_signed_after_a_pin_typed_on_the_pad(
    padded: Counter, pin_pad: PadReaders, prove: ProveHolder, holder_card: MakeCard
) -> None:
    chip = holder_card("adult")
    pin_pad.pad.types(ADULT.pin)
    told: list[Progress] = []
    proof = prove.by_user_pin(padded.put(chip), None, ASKING, watch=Watch(progress=told.append))
    assert proof.standing is Standing.CONFIRMED
    assert Stage.PIN_PAD in [each.stage for each in told]
    assert [bytes(each)[-4:] for each in verifies(chip)] == [ADULT.pin.encode()]
    (asked,) = pin_pad.pad.asked
    assert (asked.timeout_s, asked.fewest, asked.most, asked.ends_by) == (30, 4, 4, 2)
    assert asked.template == bytes.fromhex("0020009804FFFFFFFF")


def test_number_and_attributes_are_read_after_a_pin_typed_on_the_pad(
    padded: Counter, pin_pad: PadReaders, holder_card: MakeCard
) -> None:
    pin_pad.pad.types(ADULT.pin)
    reading = padded.read.number_by_pin(padded.put(holder_card("adult")), None)
    assert reading.number.text() == ADULT.my_number
    assert reading.proof.chip == Verified()


def test_what_the_resident_does_wrong_is_told_apart_and_counts_only_if_the_card_was_asked(
    padded: Counter, pin_pad: PadReaders, prove: ProveHolder, holder_card: MakeCard
) -> None:
    chip = holder_card("adult")
    at = padded.put(chip)
    pin_pad.pad.cancels()
    pin_pad.pad.is_too_slow()
    pin_pad.pad.types("12345")
    for how in ("pad_cancelled", "pad_too_slow", "pad_wrong_length"):
        with pytest.raises(PinNotTyped) as told:
            prove.by_user_pin(at, None, ASKING)
        assert told.value.data == {"how": how}
    assert verifies(chip) == []
    assert padded.seen_on(at.reader) == at
    for left in (2, 1):
        pin_pad.pad.types("9999")
        with pytest.raises(WrongCode) as wrong:
            prove.by_user_pin(at, None, ASKING)
        assert wrong.value.left == left
    asked = len(pin_pad.pad.asked)
    with pytest.raises(LastTry):
        prove.by_user_pin(at, None, ASKING)
    key_of(chip, JPKI_AID, USER_PIN).left = 0
    with pytest.raises(CodeBlocked):
        prove.by_user_pin(at, None, ASKING, last_try_confirmed=True)
    assert len(pin_pad.pad.asked) == asked
    wait_for(lambda: chip.power[-1] == "down", "the power to be taken")


def test_the_shell_tells_pad_and_driver_and_reads_by_a_pin_typed_there(
    padded: Counter, pin_pad: PadReaders, holder_card: MakeCard
) -> None:
    pin_pad.pad.types(ADULT.pin)
    padded.put(holder_card("adult"))
    diagnosed, read = (
        subprocess.run(
            [sys.executable, "-m", "app.admin", "card", *words.split(), "--json"],
            env=pin_pad.pcscd.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        for words in ("diagnose", "read --user-pin-on-pad --training")
    )
    assert diagnosed.returncode == 0, diagnosed.stderr
    reader = json.loads(diagnosed.stdout)["readers"][0]
    assert reader["pin_pad"] is True
    told = {"vendor": "Pad Maker", "model": "Reader with a pad", "version": "1.4.36", "connection": "usb"}
    assert reader["driver"] == told
    assert read.returncode == 0, read.stderr
    assert json.loads(read.stdout)["proof"]["chip"] == {"verdict": "verified"}


def test_a_card_taken_while_the_pad_waits_is_removed_and_counts_as_spent(
    padded: Counter, prove: ProveHolder, holder_card: MakeCard
) -> None:
    at = padded.put(holder_card("adult"))
    hand = Timer(0.3, padded.left.take)
    hand.start()
    began = time.monotonic()
    with pytest.raises(CardRemoved) as lost:
        prove.by_user_pin(at, None, ASKING)
    hand.join(5)
    assert lost.value.data == {"during": "verify"}
    assert time.monotonic() - began < 3


def test_a_pad_that_waits_longer_than_a_card_may_be_silent_is_not_given_up(
    pin_pad: PadReaders, test_anchors: CardAnchors, holder_card: MakeCard
) -> None:
    pin_pad.pad.forget()
    hasty = Counter(pin_pad.pcscd, test_anchors, silence_s=0.3)
    try:
        at = hasty.put(holder_card("adult"))
        Timer(0.9, hasty.left.take).start()
        with pytest.raises(CardRemoved):
            ReadCard(hasty.readers, test_anchors, clock=SystemClock(), random=SystemRandom()).number_by_pin(at, None)
        wait_for(lambda: not hasty.readers.seen().cards, "the removal")
    finally:
        hasty.close()
