"""A residence card: the virtual one keeps the published rules, the counter opens it with the number on its face."""

import logging
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.person import Sex
from app.domain.secret import Secret
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import (
    BadCardData,
    BadFormat,
    CardCancelled,
    CardError,
    CardRefused,
    CardRemoved,
    NotThisCard,
    WrongCardNumber,
)
from app.services.card_port import OUTSIDE_SIGNATURE, Progress, Proof, Stage, Watch
from app.services.read_residence import ReadResidence
from app.standin.cards.faults import Faults, wrong_bit
from app.standin.cards.other_profiles import PERMANENT, RESIDENT
from app.standin.cards.residence import DF1, DF2, DF3, MF, Access, ResidenceChip
from app.standin.cards.residence_files import altered
from app.trust.residence_proof import ResidenceAnchors, load_residence_anchors
from app.trust.residence_session import Generation, Greeting
from tests.support.cards import RESOURCES, MakeCard
from tests.support.other_cards import READER, licence, residence, verifies

COPY = NotChecked("residence_copy_possible")
GENUINE = Proof(Verified(), Verified(), COPY)
BOTH = pytest.mark.parametrize("profile", ["residence_first", "residence_second"])
OTHER_NUMBER = "ZZ99999999ZZ"


class LaterClock(SystemClock):
    """A hundred years on."""

    def now(self) -> datetime:
        return datetime(2126, 11, 20, tzinfo=UTC)


def sent(chip: ResidenceChip, *commands: str) -> list[int]:
    """The status words of commands in hex."""
    return [chip.transmit(bytes.fromhex(command))[1] for command in commands]


def select(place: bytes) -> str:
    return "00A40000023F00" if place == MF else f"00A4040C10{place.hex()}"


@BOTH
def test_only_what_is_free_is_read_without_the_number(profile: str) -> None:
    chip = residence(profile)
    chip.insert()
    for place, files in chip.files.items():
        for number, file in files.items():
            free = file.access is Access.FREE
            expected = [0x9000, 0x9000 if free else 0x6982]
            assert sent(chip, select(place), f"00B0{0x80 | number:02X}00000000") == expected


def opened(chip: ResidenceChip, generation: Generation) -> None:
    """Authenticate with the number, as the published sequence has it."""
    chip.insert()
    challenge, _ = chip.transmit(bytes.fromhex("0084000008"))
    greeting = Greeting.to_card(generation, Secret(RESIDENT.number.encode()), challenge, bytes(range(24)))
    answer, _ = chip.transmit(bytes.fromhex("0082000028") + greeting.message + b"\x00")
    sealed = greeting.session(answer).seal(RESIDENT.number.encode())
    assert chip.transmit(bytes.fromhex("0820008613861101") + sealed) == (b"", 0x9000)


@pytest.mark.parametrize(
    ("profile", "place", "command", "head", "size"),
    [
        ("residence_first", DF1, "08B08500000004960200000000", "86821B6101", 7008),
        ("residence_first", DF1, "08B08600000004960200000000", "86820BC101", 3008),
        ("residence_first", DF3, "00B08200000000", "DA820100", 1460),
        ("residence_first", DF2, "00B08100000000", "D208", 340),
        ("residence_second", DF1, "08B08400000004960200000000", "8682159101", 5520),
        ("residence_second", DF3, "00B08200000000", "DC60", 702),
    ],
)
def test_answers_have_the_size_of_the_published_examples(
    profile: str, place: bytes, command: str, head: str, size: int
) -> None:
    chip = residence(profile)
    opened(chip, Generation.FIRST if profile == "residence_first" else Generation.SECOND)
    assert sent(chip, select(place)) == [0x9000]
    data, status = chip.transmit(bytes.fromhex(command))
    assert (data[: len(head) // 2].hex().upper(), len(data) - len(head) // 2, status) == (head, size, 0x9000)


@BOTH
def test_a_file_that_travels_encrypted_is_refused_in_clear(
    profile: str, given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    chip = residence(profile)
    at = given_readers.put(READER, chip)
    asked: list[int] = []

    def ask(_: Progress) -> None:
        if not asked and verifies(chip) and chip.log[-1][1] == 0xB0:
            asked.extend(sent(chip, select(DF1), f"00B0{0x80 | min(chip.files[DF1]):02X}00000000", select(DF3)))
            raise CardCancelled

    with pytest.raises(CardCancelled):
        read_residence.by_number(at, RESIDENT.number, watch=Watch(progress=ask))
    assert asked == [0x9000, 0x6982, 0x9000]


@pytest.mark.parametrize(
    ("commands", "status"),
    [
        (["00A4040C10D3921000310001010402000000000000"], 0x6A82),
        (["00A4020C020001"], 0x6A86),
        (["008400000A"], 0x6700),
        (["0082000028" + "00" * 40 + "00"], 0x6985),
        (["0084000008", "0082000028" + "00" * 40 + "00"], 0x6300),
        (["0084000008", "0082000028" + "00" * 40 + "00", "0082000028" + "00" * 40 + "00"], 0x6985),
        (["0820008613861101" + "00" * 16], 0x6985),
        (["08B08400000004960200000000"], 0x6A82),
        (["08A40000023F00"], 0x6882),
        (["00C0000000"], 0x6D00),
        (["80B0000000"], 0x6E00),
        (["00B08B0A00"], 0x6B00),
        (["00B0000000"], 0x6986),
    ],
)
def test_status_words_are_those_of_the_table(commands: list[str], status: int) -> None:
    chip = residence()
    chip.insert()
    assert sent(chip, *commands)[-1] == status


def test_the_first_generation_gives_pictures_and_the_newest_address(
    given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    chip = residence("residence_first_moved")
    reading = read_residence.by_number(given_readers.put(READER, chip), RESIDENT.number)
    record = reading.record
    assert reading.kind.generation is Generation.FIRST
    assert record.front is not None
    assert record.photo is not None
    assert (record.front.width, record.front.height, record.photo.width) == (640, 400, 120)
    assert record.address == "架空県見本市西区別天地九丁目９番９号"
    assert (reading.proof, reading.address_proof) == (GENUINE, OUTSIDE_SIGNATURE)
    assert reading.passed(date(2099, 1, 1)) is None
    assert chip.power[-1] == "down"


def test_the_second_generation_gives_dates_as_text_too(
    given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    reading = read_residence.by_number(given_readers.put(READER, residence()), RESIDENT.number)
    record = reading.record
    assert (record.birth, record.sex, record.expiry) == (RESIDENT.birth, Sex.FEMALE, RESIDENT.expiry)
    assert record.name is not None
    assert record.address_image is not None
    assert (reading.passed(RESIDENT.expiry), reading.passed(date(2029, 4, 1))) == (False, True)
    assert (reading.proof, reading.address_proof) == (GENUINE, OUTSIDE_SIGNATURE)


@BOTH
def test_permissions_are_not_read_unless_a_task_asks_for_them(
    profile: str, given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    chip = residence(profile)
    at = given_readers.put(READER, chip)
    assert read_residence.by_number(at, RESIDENT.number).record.status is None
    without = len(chip.log)
    assert read_residence.by_number(at, RESIDENT.number, with_status=True).record.status is not None
    assert len(chip.log) - without > without


def test_a_special_permanent_resident_s_card_is_read_too(
    given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    at = given_readers.put(READER, residence("residence_second_permanent"))
    assert read_residence.kind(at).special_permanent
    reading = read_residence.by_number(at, PERMANENT.number, with_status=True)
    assert reading.record.birth == PERMANENT.birth
    assert reading.proof == GENUINE


def test_a_child_s_card_has_no_face_and_no_proof(given_readers: GivenReaders, read_residence: ReadResidence) -> None:
    reading = read_residence.by_number(given_readers.put(READER, residence("residence_first_child")), "KD00000001KD")
    assert reading.record.photo is None
    unsigned = NotChecked("residence_unsigned")
    assert reading.proof == Proof(unsigned, unsigned, COPY)


@pytest.mark.parametrize("profile", ["residence_first_stranger", "residence_second_stranger"])
def test_an_unknown_authority_is_not_checked(
    profile: str, given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    reading = read_residence.by_number(given_readers.put(READER, residence(profile)), RESIDENT.number)
    assert reading.proof == Proof(NotChecked("card_issuer_unknown"), Verified(), COPY)


def test_another_photo_in_a_genuine_card_is_found(given_readers: GivenReaders, read_residence: ReadResidence) -> None:
    genuine, other = residence("residence_first"), residence("residence_second_permanent")
    photo = other.files[DF1][0x04].content[-3000:]
    forged = altered(genuine, DF1, 0x06, b"\xd1\x82\x0b\xb8" + photo[:-1] + b"\x01")
    reading = read_residence.by_number(given_readers.put(READER, forged), RESIDENT.number)
    assert reading.proof == Proof(Verified(), Failed("card_record_altered"), COPY)
    assert reading.record.photo is not None


def test_production_refuses_the_training_card_by_name(given_readers: GivenReaders) -> None:
    production = load_residence_anchors(RESOURCES / "anchors", production=True)
    read = ReadResidence(given_readers, production, clock=SystemClock(), random=SystemRandom())
    reading = read.by_number(given_readers.put(READER, residence()), RESIDENT.number)
    assert reading.proof == Proof(Failed("card_test_hierarchy"), Verified(), COPY)


def test_when_certificates_have_run_out_the_issuer_is_open(
    given_readers: GivenReaders, residence_anchors: ResidenceAnchors
) -> None:
    read = ReadResidence(given_readers, residence_anchors, clock=LaterClock(), random=SystemRandom())
    reading = read.by_number(given_readers.put(READER, residence()), RESIDENT.number)
    assert reading.proof.issuer == NotChecked("residence_certificate_expired")
    assert reading.certificate_until == date(2106, 5, 22)


@BOTH
def test_a_wrong_number_is_told_and_uses_nothing_up(
    profile: str, given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    chip = residence(profile)
    at = given_readers.put(READER, chip)
    for _ in range(12):
        with pytest.raises(WrongCardNumber):
            read_residence.by_number(at, OTHER_NUMBER)
    assert verifies(chip) == []
    assert read_residence.by_number(at, "ａｂ12345678ｃｄ").proof == GENUINE


@pytest.mark.parametrize(
    "entry", ["", "AB1234567CD", "AB123456789CD", "1212345678CD", "AB12345678C1", "AB1234567８CDE"]
)
def test_a_number_of_wrong_form_does_not_reach_the_card(
    entry: str, given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    chip = residence()
    at = given_readers.put(READER, chip)
    with pytest.raises(BadFormat) as wrong:
        read_residence.by_number(at, entry)
    assert wrong.value.data == {"field": "residence_number"}
    assert chip.log == []


@BOTH
def test_a_card_pulled_within_any_command_ends_in_removed(
    profile: str, given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    sound = residence(profile)
    read_residence.by_number(given_readers.put(READER, sound), RESIDENT.number, with_status=True)
    for answered in range(len(sound.log)):
        chip = residence(profile, pull_after=answered)
        with pytest.raises(CardRemoved) as removed:
            read_residence.by_number(given_readers.put(READER, chip), RESIDENT.number, with_status=True)
        assert removed.value.data == ({"during": "verify"} if chip.log[-1][1] == 0x20 else {})
        assert (len(chip.log), len(verifies(chip)) < 2, chip.power[-1]) == (answered + 1, True, "down")


@BOTH
def test_one_wrong_bit_in_any_answer_is_a_typed_error_or_a_failed_proof(
    profile: str, given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    sound = residence(profile)
    read_residence.by_number(given_readers.put(READER, sound), RESIDENT.number)
    verdicts = set()
    for answered in range(5, len(sound.log)):
        chip = residence(profile)
        chip.faults = Faults(answers={answered: wrong_bit})
        with suppress(BadCardData, CardRefused, WrongCardNumber):
            verdicts.add(read_residence.by_number(given_readers.put(READER, chip), RESIDENT.number).proof.record)
    assert Failed("card_record_altered") in verdicts


@BOTH
def test_a_reading_is_cancelled_between_two_commands(
    profile: str, given_readers: GivenReaders, read_residence: ReadResidence
) -> None:
    chip = residence(profile)
    at = given_readers.put(READER, chip)
    told: list[Stage] = []
    watch = Watch(lambda: Stage.FACE in told, lambda progress: told.append(progress.stage))
    with pytest.raises(CardCancelled):
        read_residence.by_number(at, RESIDENT.number, watch=watch)
    assert select(DF2).lower() not in {apdu.hex() for apdu in chip.log}
    assert chip.power[-1] == "down"


def test_other_cards_are_told_from_a_residence_card(
    given_readers: GivenReaders, read_residence: ReadResidence, make: MakeCard
) -> None:
    for chip in (licence(), make("adult")):
        with pytest.raises(NotThisCard) as other:
            read_residence.kind(given_readers.put(READER, chip))
        assert other.value.data == {"application": "residence"}


def test_a_card_that_is_a_my_number_card_too_says_so_and_is_read_as_such(
    given_readers: GivenReaders, read_residence: ReadResidence, make: MakeCard
) -> None:
    at = given_readers.put(READER, make("special_residence"))
    assert read_residence.kind(at).specified
    with pytest.raises(NotThisCard) as told:
        read_residence.by_number(at, RESIDENT.number)
    assert told.value.data == {"application": "residence_specified"}


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["residence_first", "residence_second"]),
    st.integers(0, 15),
    st.binary(max_size=60),
    st.one_of(st.sampled_from([0x9000, 0x6300, 0x63C3, 0x6282, 0x6C10, 0x6105, 0x6F00]), st.integers(0, 0xFFFF)),
)
def test_any_answer_of_the_card_ends_in_a_reading_or_a_typed_error(
    given_readers: GivenReaders, read_residence: ReadResidence, profile: str, place: int, data: bytes, status: int
) -> None:
    chip = residence(profile)
    chip.faults = Faults(answers={place: lambda _: (data, status)})
    with suppress(CardError):
        reading = read_residence.by_number(given_readers.put(READER, chip), RESIDENT.number, with_status=True)
        assert reading.kind.generation in Generation
    assert chip.power[-1] == "down"
    assert len(verifies(chip)) < 2


def test_a_number_shows_nowhere(
    given_readers: GivenReaders, read_residence: ReadResidence, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reading = read_residence.by_number(given_readers.put(READER, residence()), RESIDENT.number)
    assert RESIDENT.number not in f"{reading!r} {reading.record!r} {reading.record.signed!r}"
    said = repr([vars(record) for record in caplog.records])
    assert "exchange" in said
    assert RESIDENT.number not in said
