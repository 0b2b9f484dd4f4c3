"""Readers without hardware: the same readings, one after the other, and nothing of them in the log."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Failed, Verified
from app.errors import CardSilent, NotThisCard, WrongCode
from app.services.card_port import Progress, ReadersSeen, Watch
from app.services.read_card import ReadCard
from app.standin.cards.chip import Chip, Faults
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID, JPKI_AID
from app.standin.cards.profiles import ADULT, RARE_NAME
from app.trust.card_proof import CardAnchors
from tests.support.cards import MakeCard

READER = "training reader"


@pytest.fixture
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER, "second"), SystemClock(), silence_s=0.3)
    yield found
    found.close()


@pytest.fixture
def read(readers: GivenReaders, test_anchors: CardAnchors) -> ReadCard:
    return ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())


@pytest.fixture(scope="module")
def sound(make: MakeCard) -> Chip:
    return make("adult")


def another(chip: Chip, **faults: int) -> Chip:
    return replace(chip, faults=Faults(**faults), log=[])


def test_a_training_reader_gives_the_same_reading(readers: GivenReaders, read: ReadCard, sound: Chip) -> None:
    reading = read.by_code_b(readers.put(READER, sound), ADULT.code_b)
    assert reading.four.name == ADULT.name
    assert reading.proof.chip == Verified()
    assert sound.power[-1] == "down"


def test_a_hanging_card_is_given_up_and_the_next_is_read(readers: GivenReaders, read: ReadCard, sound: Chip) -> None:
    before = threading.active_count()
    with pytest.raises(CardSilent):
        read.by_code_b(readers.put(READER, another(sound, hang_after=5)), ADULT.code_b)
    assert read.by_code_b(readers.put(READER, another(sound)), ADULT.code_b).four.name == ADULT.name
    assert threading.active_count() <= before + 2


def test_two_askers_are_served_one_after_the_other(readers: GivenReaders, read: ReadCard, sound: Chip) -> None:
    first, second = readers.put(READER, another(sound)), readers.put("second", another(sound))
    names: list[str] = []
    asker = threading.Thread(target=lambda: names.append(read.by_code_b(first, ADULT.code_b).four.name))
    asker.start()
    names.append(read.by_code_b(second, ADULT.code_b).four.name)
    asker.join(10)
    assert names == [ADULT.name, ADULT.name]


def test_a_card_without_the_applications_is_not_this_card(readers: GivenReaders, read: ReadCard, sound: Chip) -> None:
    only_jpki = replace(sound, applications=(sound.application(JPKI_AID),), log=[])
    with pytest.raises(NotThisCard) as fault:
        read.by_code_b(readers.put(READER, only_jpki), ADULT.code_b)
    assert fault.value.data == {"application": "face"}


def test_two_applications_of_different_persons_are_not_one_genuine_card(
    readers: GivenReaders, read: ReadCard, sound: Chip, make: MakeCard
) -> None:
    from app.standin.cards.files import FACE_B
    from tests.support.cards import key_of

    other = make("rare_name")
    key_of(other, FACE_AID, FACE_B).code = ADULT.code_b.encode()
    mixed = replace(sound, applications=(other.application(FACE_AID), sound.application(ATTRIBUTE_AID)), log=[])
    reading = read.by_code_b(readers.put(READER, mixed), ADULT.code_b)
    assert (reading.face_proof.record, reading.attributes_proof.record) == (Verified(), Verified())
    assert reading.proof.record == Failed("card_applications_disagree")
    assert reading.expiry is not None
    assert not reading.expiry.year_agrees
    assert reading.expiry.day == RARE_NAME.expiry


def test_a_code_that_is_wrong_in_the_first_application_is_not_tried_in_the_second(
    readers: GivenReaders, read: ReadCard, sound: Chip
) -> None:
    chip = another(sound)
    with pytest.raises(WrongCode):
        read.by_code_b(readers.put(READER, chip), RARE_NAME.code_b)
    assert len([apdu for apdu in chip.log if apdu[1] == 0x20 and len(apdu) > 4]) == 1
    assert chip.log[-1][1] == 0x20, "and nothing is selected after it"


def test_who_watches_hears_of_every_card(readers: GivenReaders, sound: Chip) -> None:
    told: list[ReadersSeen] = []
    readers.watch(told.append)
    at = readers.put(READER, sound)
    readers.take(READER)
    assert [seen.cards for seen in told] == [(at,), ()]


def test_nothing_a_card_or_clerk_says_stands_in_the_log(
    readers: GivenReaders, read: ReadCard, sound: Chip, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    told: list[Progress] = []
    read.by_code_b(readers.put(READER, another(sound)), ADULT.code_b, watch=Watch(progress=told.append))
    read.number_by_pin(readers.put(READER, another(sound)), ADULT.pin)
    lines = "\n".join(str(vars(record)) for record in caplog.records if record.name.startswith("app."))
    assert lines.count("exchange") > 60
    for canary in (ADULT.code_b, ADULT.my_number, ADULT.name, ADULT.address, ADULT.code_b.encode().hex()):
        assert canary not in lines


def test_the_pin_opens_the_basic_four_without_the_number_being_read(
    readers: GivenReaders, read: ReadCard, sound: Chip
) -> None:
    at = readers.put(READER, another(sound))
    reading = read.attributes_by_pin(at, ADULT.pin)
    assert reading.four.name == ADULT.name
    assert (reading.proof.issuer, reading.proof.record, reading.proof.chip) == (Verified(), Verified(), Verified())
    with_number = read.number_by_pin(readers.put(READER, another(sound)), ADULT.pin)
    assert reading.timing.traffic.commands < with_number.timing.traffic.commands
