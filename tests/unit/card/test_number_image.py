"""照合番号A gives the number and the picture of it that the card holds, each proven in its own application."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.number import MyNumber
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import WrongCode
from app.services.card_port import Key, NumberReading, Proof, TriesLeft
from app.services.read_card import ReadCard
from app.standin.cards.chip import Chip, DataFile
from app.standin.cards.files import ATTRIBUTE_AID, FACE_A, FACE_AID, TEXT_A
from app.standin.cards.profiles import ADULT, RARE_NAME
from app.standin.cards.tlv import tlv
from app.trust.card_proof import CardAnchors
from tests.support.bent import Bend, Bent, cut, reading, replaced, status
from tests.support.cards import MakeCard, key_of

READER = "reader"
GENUINE = Proof(Verified(), Verified(), Verified())
IMAGE = 5


@pytest.fixture
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER,), SystemClock())
    yield found
    found.close()


@pytest.fixture
def read(readers: GivenReaders, test_anchors: CardAnchors) -> ReadCard:
    return ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())


@pytest.fixture(scope="module")
def sound(make: MakeCard) -> Chip:
    return make("adult")


def image_file(chip: Chip) -> DataFile:
    file = chip.application(FACE_AID).files[IMAGE]
    assert isinstance(file, DataFile)
    return file


def bent(readers: GivenReaders, read: ReadCard, sound: Chip, bend: Bend) -> NumberReading:
    return read.number_by_code_a(readers.put(READER, Bent(replace(sound, log=[]), bend)), ADULT.my_number)


def test_code_a_gives_the_number_its_picture_and_three_verdicts(
    readers: GivenReaders, read: ReadCard, sound: Chip
) -> None:
    found = read.number_by_code_a(readers.put(READER, sound), ADULT.my_number)
    assert found.number == MyNumber(ADULT.my_number)
    assert found.image is not None
    assert (found.image.width, found.image.height) == (72, 12)
    assert found.image.png.startswith(b"\x89PNG")
    assert (found.proof, found.four) == (GENUINE, None)
    assert (key_of(sound, FACE_AID, FACE_A).left, key_of(sound, ATTRIBUTE_AID, TEXT_A).left) == (10, 10)


def test_the_pin_opens_no_picture_and_the_face_application_is_left_alone(
    readers: GivenReaders, read: ReadCard, sound: Chip
) -> None:
    chip = replace(sound, log=[])
    found = read.number_by_pin(readers.put(READER, chip), ADULT.pin)
    assert (found.image, found.proof) == (None, GENUINE)
    assert not [apdu for apdu in chip.log if apdu.endswith(FACE_AID)]


def test_a_picture_of_another_number_is_an_altered_record_whatever_the_text_says(
    readers: GivenReaders, read: ReadCard, sound: Chip, make: MakeCard
) -> None:
    ours, theirs = image_file(sound), image_file(make("rare_name"))
    start, end = ours.content.index(b"\xdf\x41"), ours.content.index(b"\xdf\x42")
    other = theirs.content[theirs.content.index(b"\xdf\x41") : theirs.content.index(b"\xdf\x42")]
    assert other != ours.content[start:end]
    mixed = DataFile(tlv(0xFF40, other, ours.content[end:]), ours.keys)
    application = sound.application(FACE_AID)
    face = replace(application, files={**application.files, IMAGE: mixed})
    chip = replace(sound, applications=(face, sound.application(ATTRIBUTE_AID)), log=[])
    found = read.number_by_code_a(readers.put(READER, chip), ADULT.my_number)
    assert found.image is not None
    assert found.proof == Proof(Verified(), Failed("card_record_altered"), NotChecked("card_key_unproven"))


def test_one_changed_bit_in_the_pictures_signed_objects_is_an_altered_record(
    readers: GivenReaders, read: ReadCard, sound: Chip
) -> None:
    found = bent(readers, read, sound, reading(IMAGE, replaced(b"IHDR\x00\x00\x00\x48", b"IHDR\x00\x00\x00\x49")))
    assert found.proof == Proof(Verified(), Failed("card_record_altered"), NotChecked("card_key_unproven"))


@pytest.mark.parametrize("bend", [reading(IMAGE, status(0x6A82)), reading(IMAGE, cut(1))], ids=["absent", "broken"])
def test_a_card_without_a_picture_confirms_the_number_all_the_same(
    bend: Bend, readers: GivenReaders, read: ReadCard, sound: Chip
) -> None:
    found = bent(readers, read, sound, bend)
    assert (found.number, found.image, found.proof) == (MyNumber(ADULT.my_number), None, GENUINE)


@pytest.mark.parametrize(("profile", "reason"), [("copied", "card_did_not_sign"), ("other_chip", "card_copied")])
def test_a_copy_fails_as_a_chip_with_code_a_too(
    profile: str, reason: str, readers: GivenReaders, read: ReadCard, make: MakeCard
) -> None:
    found = read.number_by_code_a(readers.put(READER, make(profile)), ADULT.my_number)
    assert found.proof == Proof(Verified(), Verified(), Failed(reason))


def test_a_wrong_code_a_is_not_given_to_the_face_and_both_counters_are_told(
    readers: GivenReaders, read: ReadCard, make: MakeCard
) -> None:
    chip = make("adult")
    at = readers.put(READER, chip)
    with pytest.raises(WrongCode) as told:
        read.number_by_code_a(at, RARE_NAME.my_number)
    assert told.value.data == {"left": 9, "key": Key.ATTRIBUTES_A}
    state = read.tries(at)
    assert (state.attributes_a, state.face_a, state.code_a) == (TriesLeft(9), TriesLeft(10), TriesLeft(9))
