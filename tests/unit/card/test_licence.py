"""A driving licence: the virtual one keeps the rules of a real one, the counter reads it as carefully as any card."""

import logging
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.card.given import GivenReaders
from app.domain.clock import SystemClock
from app.domain.person import Sex
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import BadFormat, CardCancelled, CardError, CardRemoved, CodeBlocked, LastTry, NotThisCard, WrongCode
from app.services.card_port import Progress, Proof, Stage, Watch
from app.services.card_values import Blocked, TriesLeft
from app.services.read_licence import ReadLicence
from app.standin.cards.faults import Faults
from app.standin.cards.licence import ACCESS, DF1, DF2, MF, PIN_1, PIN_2, LicenceChip
from app.standin.cards.other_profiles import DRIVER, MOVED_DRIVER
from app.trust.licence_proof import load_licence_anchors
from tests.support.cards import RESOURCES
from tests.support.other_cards import READER, licence, residence, verifies

ONE, TWO = DRIVER.pins or ("", "")
COPY = NotChecked("licence_copy_possible")


def sent(chip: LicenceChip, *commands: str) -> list[int]:
    """The status words of commands in hex."""
    return [chip.transmit(bytes.fromhex(command))[1] for command in commands]


def select(place: bytes) -> str:
    return "00A40000" if place == MF else f"00A4040C10{place.hex()}"


def present(number: int, pin: str) -> str:
    return f"0020008{number}04{pin.encode().hex()}"


@pytest.mark.parametrize("given", [(), (PIN_1,), (PIN_2,), (PIN_1, PIN_2)])
def test_each_file_opens_to_its_pins_and_to_no_fewer(given: tuple[int, ...]) -> None:
    chip = licence()
    chip.insert()
    assert sent(chip, *(present(number, (ONE, TWO)[number - 1]) for number in given)) == [0x9000] * len(given)
    for place, files in ACCESS.items():
        assert sent(chip, select(place)) == [0x9000]
        for number, asked in files.items():
            chosen, read = sent(chip, f"00A4020C02{number:04X}", "00B0000000")
            assert (chosen, read) == (0x9000, 0x9000 if asked <= set(given) else 0x6982)


@pytest.mark.parametrize(
    ("commands", "status"),
    [
        (["00A4040C10D3921000310001010402000000000000"], 0x6A82),
        (["00A4020C020009"], 0x6A82),
        (["00A4080C020001"], 0x6A86),
        (["00B0000000"], 0x6986),
        (["00A4020C020001", "00B0000000"], 0x6981),
        (["00A4020C022F01", "00B0010000"], 0x6B00),
        (["002000810431"], 0x6700),
        (["0020008103313233"], 0x6700),
        (["00200083"], 0x6A82),
        (["00C0000000"], 0x6D00),
        (["80A40000"], 0x6E00),
    ],
)
def test_status_words_are_those_of_the_table(commands: list[str], status: int) -> None:
    chip = licence()
    chip.insert()
    assert sent(chip, *commands)[-1] == status


def test_a_pin_counts_down_blocks_and_a_right_one_gives_back_all_tries() -> None:
    chip = licence()
    chip.insert()
    wrong = present(1, "0000")
    assert sent(chip, "00200081", wrong, wrong, present(1, ONE), "00200081") == [0x63C3, 0x63C2, 0x63C1, 0x9000, 0x63C3]
    assert sent(chip, wrong, wrong, wrong, present(1, ONE), "00200081") == [0x63C2, 0x63C1, 0x63C0, 0x6984, 0x63C0]


def test_power_closes_what_the_pins_opened_and_selecting_does_not() -> None:
    chip = licence()
    chip.insert()
    read = (select(DF1), "00A4020C020001", "00B0000000")
    assert sent(chip, present(1, ONE), select(DF2), *read)[-1] == 0x9000
    chip.reset()
    assert sent(chip, *read)[-1] == 0x6982


def test_both_pins_give_the_person_and_the_face(given_readers: GivenReaders, read_licence: ReadLicence) -> None:
    chip = licence()
    reading = read_licence.by_both_pins(given_readers.put(READER, chip), ONE, TWO)
    assert (reading.four.name, reading.four.address) == (DRIVER.name, DRIVER.address)
    assert (reading.four.birth, reading.four.sex, reading.kana) == (DRIVER.birth, Sex.UNKNOWN, DRIVER.kana)
    assert (reading.expiry, reading.passed(DRIVER.expiry), reading.address_changed) == (DRIVER.expiry, False, None)
    assert reading.passed(DRIVER.expiry.replace(day=18))
    assert reading.photo is not None
    assert (reading.photo.width, reading.photo.height) == (120, 160)
    assert reading.proof == Proof(Verified(), Verified(), COPY)
    assert chip.power[-1] == "down"


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 33),
    st.binary(max_size=60),
    st.one_of(st.sampled_from([0x9000, 0x6300, 0x63C3, 0x6282, 0x6C10, 0x6105, 0x6F00]), st.integers(0, 0xFFFF)),
)
def test_any_answer_of_the_card_ends_in_a_reading_or_a_typed_error(
    given_readers: GivenReaders, read_licence: ReadLicence, place: int, data: bytes, status: int
) -> None:
    chip = licence("licence_moved")
    chip.faults = Faults(answers={place: lambda _: (data, status)})
    with suppress(CardError):
        assert read_licence.by_both_pins(given_readers.put(READER, chip), ONE, TWO).four.birth
    assert chip.power[-1] == "down"
    assert len(verifies(chip)) < 3


def test_nothing_that_nobody_needs_leaves_the_reader(
    given_readers: GivenReaders, read_licence: ReadLicence, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reading = read_licence.by_both_pins(given_readers.put(READER, licence()), ONE, TWO)
    everything = f"{reading!r} {reading.four!r}"
    assert DRIVER.number not in everything
    assert DRIVER.domicile not in everything
    assert DRIVER.name not in repr(reading)
    said = repr([vars(record) for record in caplog.records])
    assert "exchange" in said
    assert not any(secret in said for secret in (DRIVER.number, DRIVER.name, DRIVER.domicile, "35363738"))


def test_the_first_pin_alone_gives_no_face_and_the_second_is_not_asked(
    given_readers: GivenReaders, read_licence: ReadLicence
) -> None:
    chip = licence("licence_moved")
    reading = read_licence.by_first_pin(given_readers.put(READER, chip), ONE)
    change = MOVED_DRIVER.changes[1]
    assert (reading.four.address, reading.address_changed) == (change.text, change.day)
    assert reading.photo is None
    assert reading.proof == Proof(NotChecked("licence_not_whole"), NotChecked("licence_not_whole"), COPY)
    assert [apdu[3] for apdu in verifies(chip)] == [0x81]


def test_a_licence_without_pins_opens_with_asterisks_whatever_is_typed(
    given_readers: GivenReaders, read_licence: ReadLicence
) -> None:
    chip = licence("licence_no_pin")
    at = given_readers.put(READER, chip)
    assert not read_licence.state(at).basics.pins_set
    assert read_licence.without_pins(at).photo is not None
    assert read_licence.by_first_pin(at, "0000").photo is not None
    assert {apdu[5:] for apdu in verifies(chip)} == {b"****"}


def test_a_licence_with_pins_is_not_opened_without(given_readers: GivenReaders, read_licence: ReadLicence) -> None:
    chip = licence()
    with pytest.raises(BadFormat) as needed:
        read_licence.without_pins(given_readers.put(READER, chip))
    assert needed.value.data == {"field": "licence_pin_needed"}
    assert verifies(chip) == []


@pytest.mark.parametrize(("first", "second"), [("123", "5678"), ("12a4", "5678"), ("1234", "56789"), ("", "")])
def test_a_pin_of_wrong_form_does_not_reach_the_card(
    given_readers: GivenReaders, read_licence: ReadLicence, first: str, second: str
) -> None:
    chip = licence()
    at = given_readers.put(READER, chip)
    with pytest.raises(BadFormat):
        read_licence.by_both_pins(at, first, second)
    assert chip.log == []


def test_wide_digits_are_digits(given_readers: GivenReaders, read_licence: ReadLicence) -> None:
    at = given_readers.put(READER, licence())
    assert read_licence.by_first_pin(at, "１２３４").four.name == DRIVER.name


def test_a_wrong_pin_tells_the_tries_left_and_the_other_is_not_given(
    given_readers: GivenReaders, read_licence: ReadLicence
) -> None:
    chip = licence()
    at = given_readers.put(READER, chip)
    with pytest.raises(WrongCode) as wrong:
        read_licence.by_both_pins(at, "0000", TWO)
    assert (wrong.value.left, wrong.value.data["key"]) == (2, "licence_pin_1")
    state = read_licence.state(at)
    assert (state.pin_1, state.pin_2) == (TriesLeft(2), TriesLeft(3))
    assert len(verifies(chip)) == 1


def test_the_last_try_of_either_pin_needs_a_second_confirmation(
    given_readers: GivenReaders, read_licence: ReadLicence
) -> None:
    chip = licence()
    chip.pins[PIN_2].left = 1
    at = given_readers.put(READER, chip)
    with pytest.raises(LastTry) as last:
        read_licence.by_both_pins(at, ONE, TWO)
    assert last.value.data == {"key": "licence_pin_2"}
    assert verifies(chip) == []
    assert read_licence.by_both_pins(at, ONE, TWO, last_try_confirmed=True).photo is not None


def test_a_blocked_pin_is_told_before_any_is_given(given_readers: GivenReaders, read_licence: ReadLicence) -> None:
    chip = licence()
    chip.pins[PIN_2].left = 0
    at = given_readers.put(READER, chip)
    assert read_licence.state(at).pin_2 == Blocked()
    with pytest.raises(CodeBlocked):
        read_licence.by_both_pins(at, ONE, TWO, last_try_confirmed=True)
    assert verifies(chip) == []
    assert read_licence.by_first_pin(at, ONE).four.name == DRIVER.name


def test_a_licence_pulled_within_any_command_ends_in_removed(
    given_readers: GivenReaders, read_licence: ReadLicence
) -> None:
    sound = licence()
    read_licence.by_both_pins(given_readers.put(READER, sound), ONE, TWO)
    for answered in range(len(sound.log)):
        chip = licence(pull_after=answered)
        with pytest.raises(CardRemoved) as removed:
            read_licence.by_both_pins(given_readers.put(READER, chip), ONE, TWO)
        lost = chip.log[-1]
        assert removed.value.data == ({"during": "verify"} if lost[1] == 0x20 and len(lost) > 4 else {})
        assert len(chip.log) == answered + 1
        assert chip.power[-1] == "down"


def test_a_reading_is_cancelled_between_two_commands(given_readers: GivenReaders, read_licence: ReadLicence) -> None:
    chip = licence()
    at = given_readers.put(READER, chip)
    told: list[Stage] = []

    def progress(progress: Progress) -> None:
        told.append(progress.stage)

    with pytest.raises(CardCancelled):
        read_licence.by_both_pins(at, ONE, TWO, watch=Watch(lambda: Stage.FACE in told, progress))
    assert select(DF2).upper() not in {apdu.hex().upper() for apdu in chip.log}
    assert chip.power[-1] == "down"


def test_without_a_known_key_the_domicile_is_not_even_read(given_readers: GivenReaders) -> None:
    chip = licence()
    production = load_licence_anchors(RESOURCES / "anchors", production=True)
    assert production.keys == {}
    read = ReadLicence(given_readers, production, clock=SystemClock())
    reading = read.by_both_pins(given_readers.put(READER, chip), ONE, TWO)
    assert reading.photo is not None
    assert reading.proof == Proof(Failed("card_test_hierarchy"), NotChecked("licence_no_key"), COPY)
    assert bytes.fromhex("00A4020C020002") not in chip.log


def test_another_card_is_told_from_a_licence(given_readers: GivenReaders, read_licence: ReadLicence) -> None:
    with pytest.raises(NotThisCard):
        read_licence.state(given_readers.put(READER, residence()))
