"""Faults of certificates, licences and residence cards: each its own code, sentences, and the next card works."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Failed, Verified
from app.errors import (
    AppError,
    BadCardData,
    CardRefused,
    CertificateAbsent,
    CodeBlocked,
    LastPinTry,
    LastTry,
    LicenceBlocked,
    NotThisCard,
    WrongCardNumber,
    WrongPin,
)
from app.services.prove_holder import HolderProof
from app.standin.cards.other_profiles import DRIVER, RESIDENT
from app.standin.cards.profiles import ADULT
from app.ui.messages import load_messages
from tests.support.bent import Answer, Bend, Bent, cut
from tests.support.cards import MakeCard
from tests.support.flows import FLOWS, Anchors, People, Uses, new_card

READER = "reader"
WITHIN_S = 2.0
SOUND = People()
OTHERS = People(
    holder=replace(ADULT, pin="9999", password="QQQQ9999"),
    driver=replace(DRIVER, pins=("0000", "0000")),
    resident=replace(RESIDENT, number="ZZ99999999ZZ"),
)


def plain(_: int, __: bytes, answer: Answer) -> Answer:
    return answer


def on(ins: int, change: Callable[[Answer], Answer], *, time: int = 1, shortest: int = 0) -> Bend:
    """Change the answer to the ``time``-th command of this instruction that has ``shortest`` bytes."""
    seen = 0

    def bend(_: int, apdu: bytes, answer: Answer) -> Answer:
        nonlocal seen
        if apdu[1] != ins or len(apdu) < shortest:
            return answer
        seen += 1
        return change(answer) if seen == time else answer

    return bend


def says(status: int, data: bytes = b"") -> Callable[[Answer], Answer]:
    return lambda _: (data, status)


def noise(answer: Answer) -> Answer:
    return bytes(each ^ 0x5A for each in answer[0]), answer[1]


SELECT, READ, VERIFY, GREET = 0xA4, 0xB0, 0x20, 0x82


@dataclass(frozen=True)
class Fault:
    """``flow`` by ``people`` on the card ``profile``, its answers changed by ``bend``."""

    flow: str
    ends: type[AppError]
    data: dict[str, str | int] = field(default_factory=dict)
    bend: Callable[[], Bend] = lambda: plain
    profile: str = ""
    people: People = SOUND


FAULTS = {
    "a licence where a certificate is wanted": Fault(
        "proof by PIN", NotThisCard, {"application": "jpki"}, profile="licence"
    ),
    "a My Number card where a licence is wanted": Fault(
        "licence", NotThisCard, {"application": "licence"}, profile="adult"
    ),
    "a licence where a residence card is wanted": Fault(
        "residence card", NotThisCard, {"application": "residence"}, profile="licence"
    ),
    "the wrong PIN of the certificate": Fault("proof by PIN", WrongPin, {"left": 2, "key": "user_pin"}, people=OTHERS),
    "the wrong password": Fault("proof by password", WrongPin, {"left": 4, "key": "sign_password"}, people=OTHERS),
    "a blocked PIN of the certificate": Fault("proof by PIN", CodeBlocked, {"key": "user_pin"}, profile="blocked_pin"),
    "one try of the password": Fault(
        "proof by password", LastPinTry, {"key": "sign_password"}, lambda: on(VERIFY, says(0x63C1))
    ),
    "a child without a signature certificate": Fault(
        "proof by password", CertificateAbsent, {"purpose": "digital_signature"}, profile="child"
    ),
    "a certificate that stays closed": Fault(
        "proof by PIN", CardRefused, {"status": "6982"}, lambda: closed_certificate
    ),
    "a certificate that is noise": Fault("proof by PIN", BadCardData, bend=lambda: on(READ, noise, time=4)),
    "the wrong first PIN of a licence": Fault("licence", WrongPin, {"left": 2, "key": "licence_pin_1"}, people=OTHERS),
    "a blocked first PIN of a licence": Fault(
        "licence", LicenceBlocked, {"key": "licence_pin_1"}, lambda: on(VERIFY, says(0x63C0))
    ),
    "a licence that will not open its entries": Fault(
        "licence", CardRefused, {"status": "6982"}, lambda: on(READ, says(0x6982), time=3)
    ),
    "a licence's entries cut short": Fault("licence", BadCardData, bend=lambda: on(READ, cut(7), time=3)),
    "the wrong residence card number": Fault("residence card", WrongCardNumber, people=OTHERS),
    "the wrong number of a newer residence card": Fault("newer residence card", WrongCardNumber, people=OTHERS),
    "a residence card that greets wrongly": Fault("residence card", BadCardData, bend=lambda: on(GREET, noise)),
    "a file changed on its encrypted way": Fault(
        "newer residence card", BadCardData, bend=lambda: on(READ, noise, time=2)
    ),
}


def closed_certificate(_: int, apdu: bytes, answer: Answer) -> Answer:
    return (b"", 0x6982) if apdu[:3] == b"\x00\xb0\x8a" else answer


@pytest.fixture(scope="module")
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER,), SystemClock())
    yield found
    found.close()


@pytest.fixture(scope="module")
def uses(readers: GivenReaders) -> Uses:
    return Uses(readers, Anchors.load(), SystemClock(), SystemRandom())


@pytest.mark.fault
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_ends_in_its_code_with_its_sentences_and_the_next_card_works(
    name: str, readers: GivenReaders, uses: Uses, holder_card: MakeCard
) -> None:
    fault = FAULTS[name]
    flow = FLOWS[fault.flow]
    uses.people = fault.people
    card = Bent(new_card(fault.profile or flow.profile, holder_card), fault.bend())
    began = time.monotonic()
    with pytest.raises(fault.ends) as told:
        flow.act(uses, readers.put(READER, card))
    assert time.monotonic() - began < WITHIN_S
    assert type(told.value) is fault.ends
    assert {name: told.value.data.get(name) for name in fault.data} == fault.data
    shown = load_messages().of(told.value)
    assert all(
        re.search("[ぁ-ん]", each) and not re.search("[{}―]", each) for each in (shown.title, shown.why, shown.next)
    )
    uses.people = SOUND
    assert flow.act(uses, readers.put(READER, new_card(flow.profile, holder_card))) is not None


def test_another_chip_s_answer_is_told_by_its_verdict(readers: GivenReaders, uses: Uses, holder_card: MakeCard) -> None:
    card = Bent(new_card("adult", holder_card), on(0x2A, noise))
    proof = FLOWS["proof by PIN"].act(uses, readers.put(READER, card))
    assert isinstance(proof, HolderProof)
    assert (proof.verdicts.issuer, proof.verdicts.chip) == (Verified(), Failed("card_copied"))


def test_every_word_of_a_key_that_these_errors_name_is_japanese() -> None:
    messages = load_messages()
    for fault in FAULTS.values():
        for place in ("key", "application"):
            if place in fault.data:
                error = LastTry(key=str(fault.data[place]))
                assert not re.search(r"[a-z_]{4}", messages.of(error).title), fault.data
