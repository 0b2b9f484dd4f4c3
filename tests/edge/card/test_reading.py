"""A card on a real PC/SC reader: what code B, code A and the PIN give."""

from datetime import date

import pytest

from app.domain.person import Sex
from app.domain.verdict import NotChecked, Verified
from app.services.card_port import Key, Proof
from app.standin.cards.profiles import ADULT, HOLDERS, RARE_NAME
from tests.support.cards import Counter, MakeCard

pytestmark = pytest.mark.card

GENUINE = Proof(Verified(), Verified(), Verified())


def test_code_b_gives_attributes_face_and_three_verdicts(counter: Counter, make: MakeCard) -> None:
    reading = counter.read.by_code_b(counter.put(make("adult")), ADULT.code_b)
    four = reading.four
    assert (four.name, four.address, four.birth, four.sex) == (ADULT.name, ADULT.address, ADULT.birth, Sex.MALE)
    assert reading.photo is not None
    assert (reading.photo.width, reading.photo.height) == (240, 320)
    assert reading.photo.png.startswith(b"\x89PNG")
    assert reading.name_image is not None
    assert reading.proof == GENUINE
    assert reading.timing.traffic.commands < 65
    print(reading.timing)
