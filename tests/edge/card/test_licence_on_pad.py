"""The PINs of a driving licence typed on the reader's own pad: the PC never sees a digit."""

from collections.abc import Iterator

import pytest

from app.domain.clock import SystemClock
from app.errors import LastTry, PinNotTyped, WrongCode
from app.services.card_port import Stage, Watch
from app.services.read_licence import ReadLicence
from app.standin.cards.licence import PIN_1
from app.standin.cards.other_profiles import DRIVER
from app.trust.card_proof import CardAnchors
from app.trust.licence_proof import LicenceAnchors
from tests.support.cards import Counter
from tests.support.other_cards import licence, verifies
from tests.support.pinpad.pad import PadReaders

pytestmark = pytest.mark.card


@pytest.fixture
def padded(pin_pad: PadReaders, test_anchors: CardAnchors) -> Iterator[Counter]:
    pin_pad.pad.forget()
    found = Counter(pin_pad.pcscd, test_anchors)
    yield found
    found.close()


@pytest.fixture
def read(padded: Counter, licence_anchors: LicenceAnchors) -> ReadLicence:
    return ReadLicence(padded.readers, licence_anchors, clock=SystemClock())


def test_both_pins_are_typed_on_the_pad_one_after_the_other(
    padded: Counter, pin_pad: PadReaders, read: ReadLicence
) -> None:
    chip = licence()
    pin_pad.pad.types("1234")
    pin_pad.pad.types("5678")
    told: list[Stage] = []
    watch = Watch(progress=lambda progress: told.append(progress.stage))
    reading = read.by_both_pins(padded.put(chip), None, None, watch=watch)
    assert reading.four.name == DRIVER.name
    assert reading.photo is not None
    assert told.count(Stage.PIN_PAD) == 2
    assert [bytes(each)[-4:] for each in verifies(chip)] == [b"1234", b"5678"]


def test_a_wrong_pin_and_one_not_typed_are_told_and_the_last_try_is_kept(
    padded: Counter, pin_pad: PadReaders, read: ReadLicence
) -> None:
    chip = licence()
    chip.pins[PIN_1].left = 2
    at = padded.put(chip)
    pin_pad.pad.types("0000")
    with pytest.raises(WrongCode) as wrong:
        read.by_first_pin(at, None)
    assert wrong.value.left == 1
    with pytest.raises(LastTry):
        read.by_first_pin(at, None)
    pin_pad.pad.cancels()
    with pytest.raises(PinNotTyped):
        read.by_first_pin(at, None, last_try_confirmed=True)
    assert chip.pins[PIN_1].left == 1
