"""A reader that announces a PIN pad and has none: told once, not offered again, the screen's keypad goes on working."""

import pytest

from app.domain.certificate import Standing
from app.errors import PadFailed
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from app.trust.certificate_anchors import CertificateAnchors
from tests.support.cards import Counter, MakeCard
from tests.support.pinpad.pad import PadReaders
from tests.support.process import wait_for
from tests.support.proving import ASKING, KnowingOffice, prover, verifies

pytestmark = pytest.mark.card


def test_a_pad_that_fails_is_told_and_not_offered_again_and_the_pin_can_be_typed_elsewhere(
    lying_pin_pad: PadReaders, test_anchors: CardAnchors, certificate_anchors: CertificateAnchors, holder_card: MakeCard
) -> None:
    counter = Counter(lying_pin_pad.pcscd, test_anchors)
    try:
        prove = prover(counter.readers, KnowingOffice(), certificate_anchors)
        chip = holder_card("adult")
        at = counter.put(chip)
        assert [reader.pin_pad for reader in counter.readers.seen().readers] == [True, True]
        with pytest.raises(PadFailed) as failed:
            prove.by_user_pin(at, None, ASKING)
        assert failed.value.data == {"during": "verify"}
        assert verifies(chip) == []
        wait_for(lambda: not _pad_of(counter, at.reader), "the pad to be withdrawn", 3)
        assert prove.by_user_pin(at, ADULT.pin, ASKING).standing is Standing.CONFIRMED
    finally:
        counter.close()


def _pad_of(counter: Counter, name: str) -> bool:
    return next(reader.pin_pad for reader in counter.readers.seen().readers if reader.name == name)
