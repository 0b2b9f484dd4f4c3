"""What is peculiar to this card and easily got wrong: sixteen traits of the virtual card, each by itself."""

import json
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from app.standin.cards.counters import LastingCard
from app.standin.cards.faults import Faults, refused, short, wrong_bit
from app.standin.cards.files import (
    ATTRIBUTE_AID,
    FACE_AID,
    FACE_B,
    JPKI_AID,
    PIN,
    SIGN_PASSWORD,
    TEXT_A,
    TEXT_B,
    USER_PIN,
)
from app.standin.cards.jpki_files import PRESENT, SIGN_CERTIFICATE, SIGN_KEY, TOKEN, USER_CERTIFICATE
from app.standin.cards.other_profiles import OTHER
from app.standin.cards.profiles import ADULT, CHILD, HOLDERS
from app.standin.cards.virtual import VirtualCard
from tests.support.cards import MakeCard
from tests.support.talk import Talk

CLOSED = {JPKI_AID: {1}, ATTRIBUTE_AID: {1, 2}, FACE_AID: {1, 2, 5}}


@pytest.fixture
def talk(make: MakeCard) -> Talk:
    return Talk(make("adult"))


def leaf(content: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(content[: 4 + int.from_bytes(content[2:4], "big")])


def test_1_closed_files_answer_6982_before_their_code_and_missing_ones_6a82(talk: Talk) -> None:
    for aid, numbers in CLOSED.items():
        talk.select(aid)
        assert {talk.read(number)[1] for number in numbers} == {"6982"}
        assert talk.read(0x1D)[1] == "6A82"


@pytest.mark.parametrize(("aid", "number", "code"), [(JPKI_AID, USER_PIN, ADULT.pin), (FACE_AID, FACE_B, ADULT.code_b)])
def test_2_the_question_for_tries_never_tells_that_a_code_was_right(
    talk: Talk, aid: bytes, number: int, code: str
) -> None:
    talk.select(aid)
    before = talk.tries(number)
    assert talk.verify(number, code) == "9000"
    assert (talk.tries(number), before[:3]) == (before, "63C")


@pytest.mark.parametrize("then", [JPKI_AID, FACE_AID])
def test_3_selecting_any_application_closes_what_was_open_also_the_same_one(talk: Talk, then: bytes) -> None:
    talk.select(JPKI_AID)
    talk.verify(SIGN_PASSWORD, ADULT.password)
    talk.select(then)
    talk.select(JPKI_AID)
    assert talk.read(SIGN_CERTIFICATE)[1] == "6982"


@pytest.mark.parametrize(
    ("faults", "by_reset", "by_select"),
    [
        (Faults(), False, False),
        (Faults(keeps_state=True), True, True),
        (Faults(survives_reset=True), True, False),
    ],
)
def test_3_what_closes_an_open_file_is_a_matter_on_which_reports_differ(
    make: MakeCard, faults: Faults, *, by_reset: bool, by_select: bool
) -> None:
    for outlives, event in ((by_reset, "reset"), (by_select, "select")):
        chip = replace(make("adult"), faults=faults)
        talk = Talk(chip)
        talk.select(JPKI_AID)
        talk.verify(SIGN_PASSWORD, ADULT.password)
        chip.reset() if event == "reset" else talk.select(JPKI_AID)
        if not faults.survives_reset:
            talk.select(JPKI_AID)
        assert (talk.read(SIGN_CERTIFICATE)[1] == "9000") is outlives
        chip.power_down()
        talk.select(JPKI_AID)
        assert talk.read(SIGN_CERTIFICATE)[1] == "6982"


def test_4_files_end_in_filler_and_the_numbers_file_has_17_bytes(talk: Talk) -> None:
    talk.select(ATTRIBUTE_AID)
    talk.verify(PIN, ADULT.pin)
    number = talk.read(1)[0]
    assert (len(number), number[-2:]) == (17, b"\xff\xff")
    talk.select(JPKI_AID)
    content = talk.read(USER_CERTIFICATE)[0]
    assert set(content[4 + int.from_bytes(content[2:4], "big") :]) == {0xFF}


def test_5_lengths_from_128_on_take_three_bytes(talk: Talk) -> None:
    talk.select(ATTRIBUTE_AID)
    assert talk.read(5)[0].startswith(bytes.fromhex("FF4082009F"))


def test_6_reading_past_the_end_is_6b00_and_across_it_gives_less_with_9000(talk: Talk) -> None:
    talk.select(JPKI_AID)
    talk.status(f"00A4020C02{TOKEN:04X}")
    assert talk.send("00B0009E20") == (b"99", "9000")
    assert talk.send("00B000A020") == (b"", "6B00")


def test_6_a_certificate_of_whole_chunks_ends_where_the_last_chunk_does(make: MakeCard) -> None:
    talk = Talk(make("whole_chunks"))
    talk.select(JPKI_AID)
    talk.status(f"00A4020C02{USER_CERTIFICATE:04X}")
    chunks = [talk.send(f"00B0{start:02X}0000") for start in range(8)]
    assert [len(data) for data, _ in chunks] == [256] * 7 + [0]
    assert chunks[7][1] == "6B00"
    leaf(b"".join(data for data, _ in chunks))


@pytest.mark.parametrize(
    ("profile", "present"), [("adult", "8f8f00"), ("child", "008f00"), ("moved_deleted", "008f00"), ("moved", "8f8f00")]
)
def test_7_a_file_tells_which_certificates_are_there_as_with_children_and_after_a_move(
    make: MakeCard, profile: str, present: str
) -> None:
    talk, holder = Talk(make(profile)), HOLDERS[profile]
    talk.select(JPKI_AID)
    assert talk.read(PRESENT)[0].hex() == present
    has_signature = present.startswith("8f")
    assert (talk.tries(SIGN_PASSWORD), talk.verify(SIGN_PASSWORD, holder.password)) == (
        ("63C5", "9000") if has_signature else ("63C0", "6984")
    )
    assert talk.sign(bytes(51), key=SIGN_KEY)[1] == ("9000" if has_signature else "6A82")


def test_7_the_child_is_under_15_and_everybody_older_has_a_signature_certificate(make: MakeCard) -> None:
    talk = Talk(make("child"))
    talk.select(JPKI_AID)
    issued = leaf(talk.read(USER_CERTIFICATE)[0]).not_valid_before_utc.date()
    assert (issued - CHILD.birth).days < 15 * 365


def test_8_counters_outlive_power_resets_and_the_program_that_plays_the_card(make: MakeCard, tmp_path: Path) -> None:
    file = tmp_path / "counters"
    talk = Talk(LastingCard(make("adult"), file))
    talk.select(JPKI_AID)
    assert talk.verify(USER_PIN, "0000") == "63C2"
    talk.verify(SIGN_PASSWORD, ADULT.password)
    assert talk.status(f"0024019B08{b'NEWER123'.hex()}") == "9000"
    talk.card.reset()
    talk.card.power_down()
    talk.select(JPKI_AID)
    assert talk.tries(USER_PIN) == "63C2"
    again = Talk(LastingCard(make("adult"), file))
    again.select(JPKI_AID)
    assert again.tries(USER_PIN) == "63C2"
    assert again.verify(SIGN_PASSWORD, "NEWER123") == "9000"


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', json.dumps({f"{JPKI_AID.hex()}/18": ["x", "zz"]})])
def test_8_a_file_that_holds_no_counters_is_refused(make: MakeCard, tmp_path: Path, content: str) -> None:
    file = tmp_path / "counters"
    file.write_text(content)
    with pytest.raises((ValueError, TypeError)):
        LastingCard(make("android"), file)


def test_9_the_same_code_has_counters_of_its_own_in_each_application(talk: Talk) -> None:
    talk.select(ATTRIBUTE_AID)
    assert talk.verify(TEXT_B, "0" * 14) == "63C9"
    assert talk.tries(TEXT_A) == "63CA"
    talk.select(FACE_AID)
    assert talk.tries(FACE_B) == "63CA"


def test_10_some_cards_fail_the_very_first_command_after_power_up_and_only_that(make: MakeCard) -> None:
    talk = Talk(replace(make("adult"), faults=Faults(first_command_fails=True)))
    assert [talk.select(JPKI_AID) for _ in range(3)] == ["6F00", "9000", "9000"]
    talk.card.reset()
    assert [talk.select(JPKI_AID) for _ in range(2)] == ["6F00", "9000"]


def test_11_a_card_can_be_torn_off_within_a_reading_and_answers_again_when_laid_down(make: MakeCard) -> None:
    talk = Talk(replace(make("adult"), faults=Faults(pull_after=2)))
    talk.select(JPKI_AID)
    assert talk.status("00B08A0010") == "9000"
    with pytest.raises(ConnectionError):
        talk.status("00B08A1010")
    talk.card.insert()
    assert talk.select(JPKI_AID) == "9000"


def test_11_a_slow_card_answers_late_and_a_silent_one_not_until_it_is_taken_off(make: MakeCard) -> None:
    slow = Talk(replace(make("android"), faults=Faults(latency_s=0.05)))
    began = time.monotonic()
    assert slow.select(JPKI_AID) == "9000"
    assert time.monotonic() - began >= 0.05
    silent = Talk(replace(make("android"), faults=Faults(hang_after=1)))
    assert silent.select(JPKI_AID) == "9000"
    threading.Timer(0.05, silent.card.pull).start()
    with pytest.raises(ConnectionError):
        silent.select(JPKI_AID)


def test_11_wrong_short_and_refused_answers_and_a_reset_in_the_middle_can_be_had(make: MakeCard) -> None:
    sound = Talk(make("android"))
    sound.select(JPKI_AID)
    truth = sound.send("00B0860020")[0]
    faults = Faults(answers={1: wrong_bit, 2: short, 3: refused(0x6400), 5: wrong_bit}, reset_after=6)
    talk = Talk(replace(make("android"), faults=faults))
    talk.select(JPKI_AID)
    wrong, less, none, whole = (talk.send("00B0860020") for _ in range(4))
    assert sum(a != b for a, b in zip(wrong[0], truth, strict=True)) == 1
    assert less == (truth[:16], "9000")
    assert none == (b"", "6400")
    assert whole == (truth, "9000")
    assert talk.select(JPKI_AID) == "9001"
    assert talk.status("00B0860020") == "6A82"
    assert talk.select(JPKI_AID) == "9000"


def test_12_a_reader_may_show_another_answer_to_reset_at_each_insertion(make: MakeCard) -> None:
    chip = make("contactless")
    seen = set()
    for _ in range(3):
        chip.insert()
        seen.add(chip.atr)
        checked = 0
        for byte in chip.atr[1:]:
            checked ^= byte
        assert (chip.atr[:4].hex(), checked) == ("3b888001", 0)
    assert len(seen) == 3
    assert make("newer_contact").atr.hex() == "3bda13ff8131fb468012392f31c173c601c03b"


def test_13_a_card_of_another_kind_does_not_know_the_application(make: MakeCard) -> None:
    cards: list[VirtualCard] = [OTHER["licence"](), OTHER["residence_first"](), OTHER["residence_second"]()]
    assert {Talk(card).select(JPKI_AID) for card in cards} == {"6A82"}
    assert Talk(make("android")).select(FACE_AID) == "6A82"


@pytest.mark.parametrize(
    ("profile", "aid", "number", "code"),
    [
        ("blocked", FACE_AID, FACE_B, ADULT.code_b),
        ("blocked_pin", JPKI_AID, USER_PIN, ADULT.pin),
        ("blocked_pin", JPKI_AID, SIGN_PASSWORD, ADULT.password),
        ("blocked_pin", ATTRIBUTE_AID, PIN, ADULT.pin),
        ("no_pin", JPKI_AID, USER_PIN, ADULT.pin),
        ("no_pin", ATTRIBUTE_AID, PIN, ADULT.pin),
    ],
)
def test_14_a_blocked_code_is_blocked_for_the_right_entry_too(
    make: MakeCard, profile: str, aid: bytes, number: int, code: str
) -> None:
    talk = Talk(make(profile))
    talk.select(aid)
    assert (talk.tries(number), talk.verify(number, code)) == ("63C0", "6984")


def test_15_a_certificate_can_have_expired_while_the_card_has_not(make: MakeCard) -> None:
    talk, today = Talk(make("expired_certificate")), datetime.now(UTC)
    talk.select(JPKI_AID)
    assert leaf(talk.read(USER_CERTIFICATE)[0]).not_valid_after_utc < today
    assert HOLDERS["expired_certificate"].expiry > today.date()


@pytest.mark.parametrize(
    ("profile", "label"),
    [
        ("adult", "JPKIAPICCTOKEN2"),
        ("resident_card", "JPKIAPICCTOKEN"),
        ("android", "JPKIAPGPSETOKEN"),
        ("iphone", "JPKIAPIOSTOKEN"),
    ],
)
def test_16_a_token_tells_its_kind_and_an_android_phone_wants_the_pin_before_its_certificate(
    make: MakeCard, profile: str, label: str
) -> None:
    talk = Talk(make(profile))
    talk.select(JPKI_AID)
    information = talk.read(TOKEN)[0]
    assert (len(information), information[:32].decode().rstrip()) == (160, label)
    assert talk.read(USER_CERTIFICATE)[1] == ("6982" if profile == "android" else "9000")
    talk.verify(USER_PIN, ADULT.pin)
    assert talk.read(USER_CERTIFICATE)[1] == "9000"
