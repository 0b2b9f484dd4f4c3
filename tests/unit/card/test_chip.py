"""The virtual card enforces the access rules: who opens what, counters, status words."""

from dataclasses import replace

import pytest

from app.standin.cards.chip import Chip
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID
from app.standin.cards.profiles import ADULT
from tests.support.cards import MakeCard

A, B, PIN, BIRTH = ADULT.my_number, ADULT.code_b, ADULT.pin, ADULT.birth_key
OPENED = {
    (ATTRIBUTE_AID, "11", PIN): {1, 2, 3, 6, 7},
    (ATTRIBUTE_AID, "14", A): {1, 3, 6, 7},
    (ATTRIBUTE_AID, "15", B): {2, 3, 6, 7},
    (FACE_AID, "12", B): {2, 6},
    (FACE_AID, "13", A): {2, 5, 6},
    (FACE_AID, "11", BIRTH): {1},
}
FREE = {ATTRIBUTE_AID: {4, 5, 8}, FACE_AID: {3, 4}}


@pytest.fixture
def chip(make: MakeCard) -> Chip:
    found = make("adult")
    found.insert()
    return found


def send(chip: Chip, text: str) -> str:
    return f"{chip.transmit(bytes.fromhex(text))[1]:04X}"


def select(chip: Chip, aid: bytes) -> str:
    return send(chip, f"00A4040C0A{aid.hex()}")


def verify(chip: Chip, file: str, code: str) -> str:
    return send(chip, f"002000{int(file, 16) | 0x80:02X}{len(code):02X}{code.encode().hex()}")


def readable(chip: Chip) -> set[int]:
    return {number for number in range(1, 9) if send(chip, f"00B0{number | 0x80:02X}0000") == "9000"}


@pytest.mark.parametrize(("aid", "file", "code"), OPENED)
def test_each_code_opens_its_files_and_no_other(chip: Chip, aid: bytes, file: str, code: str) -> None:
    assert select(chip, aid) == "9000"
    assert readable(chip) == FREE[aid]
    assert verify(chip, file, code) == "9000"
    assert readable(chip) == FREE[aid] | OPENED[aid, file, code]
    assert select(chip, aid) == "9000"
    assert readable(chip) == FREE[aid]


@pytest.mark.parametrize("power", ["power_down", "reset"])
def test_power_and_reset_close_what_was_open(chip: Chip, power: str) -> None:
    select(chip, FACE_AID)
    verify(chip, "12", B)
    getattr(chip, power)()
    assert send(chip, "00B0820000") == "6A82"
    select(chip, FACE_AID)
    assert send(chip, "00B0820000") == "6982"


def test_a_wrong_code_counts_down_to_blocked_and_a_right_one_no_longer_helps(chip: Chip) -> None:
    select(chip, ATTRIBUTE_AID)
    assert send(chip, "00200091") == "63C3"
    assert [verify(chip, "11", "0000") for _ in range(4)] == ["63C2", "63C1", "63C0", "6984"]
    assert verify(chip, "11", PIN) == "6984"
    chip.power_down()
    select(chip, ATTRIBUTE_AID)
    assert send(chip, "00200091") == "63C0"


def test_the_counters_of_both_applications_are_apart(chip: Chip) -> None:
    select(chip, ATTRIBUTE_AID)
    assert verify(chip, "15", "0" * 14) == "63C9"
    select(chip, FACE_AID)
    assert send(chip, "00200092") == "63CA"


def test_asking_after_a_right_code_still_tells_the_counter(chip: Chip) -> None:
    select(chip, FACE_AID)
    verify(chip, "12", B)
    assert send(chip, "00200092") == "63CA"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("00A4040C07A0000000030000", "6A82"),
        ("00A40000", "6A86"),
        ("00B0000000", "6986"),
        ("00CADF3005", "6A88"),
        ("00A404", "6700"),
        ("00A4040C0AD392", "6700"),
    ],
)
def test_strange_commands_to_a_fresh_card_are_refused_with_its_status_words(
    chip: Chip, command: str, status: str
) -> None:
    assert send(chip, command) == status


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("00A4020C021234", "6A82"),
        ("00A4020C020012", "9000"),
        ("00B0920000", "6981"),
        ("00B0847F00", "9000"),
        ("00B084FF00", "9000"),
        ("00B07FFF00", "6986"),
        ("00200084", "6981"),
        ("0020009211" + "30" * 17, "6700"),
        ("802A0600010000", "6A86"),
        ("802A00000100", "6700"),
    ],
)
def test_strange_commands_to_the_face_application_are_refused_too(chip: Chip, command: str, status: str) -> None:
    select(chip, FACE_AID)
    assert send(chip, command) == status


def test_reading_past_the_end_and_across_it(chip: Chip) -> None:
    select(chip, FACE_AID)
    send(chip, "00A4020C020004")
    assert send(chip, "00B0023800") == "6B00"
    assert len(chip.transmit(bytes.fromhex("00B0023700"))[0]) == 1
    assert len(chip.transmit(bytes.fromhex("00B00000000000"))[0]) == 568


def test_the_same_holder_gives_the_same_pictures(make: MakeCard) -> None:
    from app.card.face import parse_face
    from app.standin.cards.chip import DataFile

    files = [make("adult").application(FACE_AID).files[2] for _ in range(2)]
    first, second = (parse_face(file.content) for file in files if isinstance(file, DataFile))
    assert (first.photo, first.name, first.address) == (second.photo, second.name, second.address)


def test_what_one_card_has_opened_is_not_closed_by_another_of_the_same_make(chip: Chip) -> None:
    other = replace(chip, log=[])
    select(chip, FACE_AID)
    assert verify(chip, "12", B) == "9000"
    other.insert()
    assert readable(chip) == FREE[FACE_AID] | OPENED[FACE_AID, "12", B]
