"""What a card may be without an error: forged, copied, strange, old, odd. Each has its own verdict, or none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.services.card_port import FaceReading, Proof
from app.services.read_card import ReadCard
from app.standin.cards.chip import Chip, Faults
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID, FACE_B
from app.standin.cards.profiles import ADULT, EXPIRED
from app.standin.cards.virtual import VirtualCard
from app.trust.card_proof import CardAnchors, load_anchors
from app.ui.messages import load_messages
from tests.support.bent import Answer, Bend, Bent, at, reading, replaced, status
from tests.support.cards import RESOURCES, MakeCard, key_of

READER = "reader"
SOUND = Verified()
GENUINE = Proof(SOUND, SOUND, SOUND)
UNPROVEN = NotChecked("card_key_unproven")


@pytest.fixture(scope="module")
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER,), SystemClock())
    yield found
    found.close()


@pytest.fixture(scope="module")
def read(readers: GivenReaders, test_anchors: CardAnchors) -> ReadCard:
    return ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())


@pytest.fixture(scope="module")
def sound(make: MakeCard) -> Chip:
    return make("adult")


def disagreeing(make: MakeCard) -> VirtualCard:
    """The face of one person and the text of another, both genuine."""
    other, own = make("rare_name"), make("adult")
    key_of(other, FACE_AID, FACE_B).code = ADULT.code_b.encode()
    return replace(own, applications=(other.application(FACE_AID), own.application(ATTRIBUTE_AID)), log=[])


def profile(name: str) -> Callable[[MakeCard], VirtualCard]:
    return lambda make: make(name)


def bent(bend: Callable[[], Bend]) -> Callable[[MakeCard], VirtualCard]:
    return lambda make: Bent(make("adult"), bend())


@dataclass(frozen=True)
class Strange:
    """A card that can be read; what is said of it as a whole."""

    make: Callable[[MakeCard], VirtualCard]
    issuer: Verdict = SOUND
    record: Verdict = SOUND
    chip: Verdict = SOUND


def certificates(change: Callable[[Answer], Answer]) -> Callable[[], Bend]:
    """Both applications' certificates changed in their first 256 bytes."""

    def make() -> Bend:
        first, second = reading(4, change), reading(4, change, time=2)
        return lambda index, apdu, answer: second(index, apdu, first(index, apdu, answer))

    return make


def without_signature(_: int, apdu: bytes, answer: Answer) -> Answer:
    return (b"", 0x6D00) if apdu[1] == 0x2A else answer


STRANGE = {
    "of an issuer nobody knows": Strange(profile("unknown_issuer"), issuer=NotChecked("card_issuer_unknown")),
    "another portrait": Strange(profile("altered_photo"), record=Failed("card_record_altered"), chip=UNPROVEN),
    "another address": Strange(profile("altered_text"), record=Failed("card_record_altered")),
    "a copy without keys": Strange(profile("copied"), chip=Failed("card_did_not_sign")),
    "a copy with keys of its own": Strange(profile("other_chip"), chip=Failed("card_copied")),
    "that will not sign": Strange(bent(lambda: without_signature), chip=Failed("card_did_not_sign")),
    "of two persons": Strange(disagreeing, record=Failed("card_applications_disagree")),
    "a certificate of no known form": Strange(
        bent(certificates(replaced(b"\x5f\x4e", b"\x5f\x4f"))),
        issuer=Failed("card_certificate_malformed"),
        record=NotChecked("card_no_certificate"),
        chip=UNPROVEN,
    ),
    "a certificate for another key": Strange(
        bent(certificates(lambda answer: (answer[0][:100] + bytes(4) + answer[0][104:], answer[1]))),
        issuer=Failed("card_certificate_altered"),
        record=Failed("card_record_altered"),
        chip=UNPROVEN,
    ),
    "no certificate": Strange(
        bent(certificates(status(0x6A82))),
        issuer=NotChecked("card_no_certificate"),
        record=NotChecked("card_no_certificate"),
        chip=NotChecked("card_no_certificate"),
    ),
}


def by_code_b(readers: GivenReaders, read: ReadCard, card: VirtualCard) -> FaceReading:
    return read.by_code_b(readers.put(READER, card), ADULT.code_b)


@pytest.mark.fault
@pytest.mark.parametrize("name", STRANGE)
def test_each_strange_card_is_read_with_its_verdict_and_the_next_card_works(
    name: str, readers: GivenReaders, read: ReadCard, make: MakeCard, sound: Chip
) -> None:
    row = STRANGE[name]
    proof = by_code_b(readers, read, row.make(make)).proof
    assert proof == Proof(row.issuer, row.record, row.chip)
    assert by_code_b(readers, read, sound).proof == GENUINE


def test_each_verdict_has_a_sentence() -> None:
    messages = load_messages()
    verdicts = [verdict for row in STRANGE.values() for verdict in (row.issuer, row.record, row.chip)]
    reasons = {verdict.reason for verdict in verdicts if not isinstance(verdict, Verified)} | {"card_test_hierarchy"}
    assert {reason for reason in reasons if not messages.knows_reason(reason)} == set()


def test_a_card_of_the_test_hierarchy_is_refused_by_name_in_production(readers: GivenReaders, sound: Chip) -> None:
    anchors = load_anchors(RESOURCES / "anchors", production=True)
    production = ReadCard(readers, anchors, clock=SystemClock(), random=SystemRandom())
    assert by_code_b(readers, production, sound).proof.issuer == Failed("card_test_hierarchy")


def test_an_expired_card_is_genuine_and_says_its_last_day(
    readers: GivenReaders, read: ReadCard, make: MakeCard
) -> None:
    found = read.by_code_b(readers.put(READER, make("expired")), EXPIRED.code_b)
    assert (found.proof, found.expiry is not None) == (GENUINE, True)
    assert found.expiry is not None
    assert found.expiry.passed(EXPIRED.expiry + timedelta(days=1))


def waits_for_more() -> Bend:
    """A card of T=0's ways: of a signature the second part waits to be fetched."""
    kept: list[bytes] = []

    def bend(_: int, apdu: bytes, answer: Answer) -> Answer:
        if apdu[1] == 0x2A:
            kept.append(answer[0][100:])
            return answer[0][:100], 0x6100 | 156
        return (kept.pop(), 0x9000) if apdu[1] == 0xC0 else answer

    return bend


def corrects_lengths(_: int, apdu: bytes, answer: Answer) -> Answer:
    """A card that wants to be asked for exactly what it has."""
    data, word = answer
    if apdu[1] == 0xB0 and word == 0x9000 and len(data) < 256 and apdu[-1] not in {len(data), len(data) & 0xFF}:
        return b"", 0x6C00 | len(data)
    return answer


def lies_about_offsets(_: int, apdu: bytes, answer: Answer) -> Answer:
    """The table of offsets points anywhere."""
    data, word = answer
    table = data.find(b"\xdf\x21")
    if apdu[1] != 0xB0 or table < 0 or table > 8:
        return answer
    size = data[table + 2]
    return data[: table + 3] + b"\x7f" * size + data[table + 3 + size :], word


ODD = {
    "6F00 to the very first command": lambda chip: replace(chip, faults=Faults(first_command_fails=True), log=[]),
    "data that wait to be fetched": lambda chip: Bent(chip, waits_for_more()),
    "a length that is corrected": lambda chip: Bent(chip, corrects_lengths),
    "offsets that point nowhere": lambda chip: Bent(chip, lies_about_offsets),
    "half of what was asked for": lambda chip: Bent(
        chip, lambda _, apdu, a: (a[0][:128], a[1]) if apdu[1] == 0xB0 and len(a[0]) > 128 else a
    ),
    "the end of the file told": lambda chip: Bent(chip, at(6, lambda answer: (answer[0], 0x6282))),
    "a state that only power ends": lambda chip: replace(chip, faults=Faults(keeps_state=True), log=[]),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_card_is_read_like_any(name: str, readers: GivenReaders, read: ReadCard, sound: Chip) -> None:
    found = by_code_b(readers, read, ODD[name](sound))
    assert (found.four.name, found.four.address, found.proof) == (ADULT.name, ADULT.address, GENUINE)
