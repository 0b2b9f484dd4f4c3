"""A card on a real PC/SC reader: what code B, code A and the PIN give, and what is proven of it."""

import pytest

from app.domain.number import MyNumber
from app.domain.person import Sex
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import CardCancelled, CodeBlocked, LastTry, WrongCode
from app.services.card_port import OUTSIDE_SIGNATURE, Blocked, Progress, Proof, Stage, TriesLeft, Watch
from app.standin.cards.chip import Chip
from app.standin.cards.files import ATTRIBUTE_AID, FACE_A, FACE_AID, FACE_B, PIN, TEXT_A, TEXT_B
from app.standin.cards.profiles import ADULT, EXPIRED, FOREIGN, RARE_NAME
from tests.support.cards import Counter, MakeCard, key_of

pytestmark = pytest.mark.card

GENUINE = Proof(Verified(), Verified(), Verified())
WRONG_B = ADULT.code_b[:-1] + "0"


def verifies(chip: Chip) -> list[bytes]:
    """The VERIFY commands with a code in them that reached the card."""
    return [apdu for apdu in chip.log if apdu[1] == 0x20 and len(apdu) > 4]


def test_code_b_gives_attributes_face_and_three_verdicts(counter: Counter, make: MakeCard) -> None:
    reading = counter.read.by_code_b(counter.put(make("adult")), ADULT.code_b)
    four = reading.four
    assert (four.name, four.address, four.birth, four.sex) == (ADULT.name, ADULT.address, ADULT.birth, Sex.MALE)
    assert reading.photo is not None
    assert (reading.photo.width, reading.photo.height) == (240, 320)
    assert reading.photo.png.startswith(b"\x89PNG")
    assert reading.name_image is not None
    assert reading.address_image is not None
    assert (reading.proof, reading.face_proof, reading.attributes_proof) == (GENUINE, GENUINE, GENUINE)


def test_the_expiry_is_read_and_marked_as_outside_the_signature(counter: Counter, make: MakeCard) -> None:
    reading = counter.read.by_code_b(counter.put(make("expired")), EXPIRED.code_b)
    assert reading.proof == GENUINE
    assert reading.expiry is not None
    assert reading.expiry.day == EXPIRED.expiry
    assert reading.expiry.proof == OUTSIDE_SIGNATURE
    assert reading.expiry.year_agrees
    assert not reading.expiry.passed(EXPIRED.expiry)
    assert reading.expiry.passed(EXPIRED.expiry.replace(day=4))


def test_a_name_with_variant_selector_and_rare_character_arrives_unchanged(counter: Counter, make: MakeCard) -> None:
    reading = counter.read.by_code_b(counter.put(make("rare_name")), RARE_NAME.code_b)
    assert reading.four.name == "葛\U000e0100城　𠮷子"
    assert reading.proof == GENUINE


def test_a_foreign_residents_card_with_a_latin_name_is_read(counter: Counter, make: MakeCard) -> None:
    reading = counter.read.by_code_b(counter.put(make("foreign")), FOREIGN.code_b)
    assert reading.four.name == "SAMPLE MARIA CLARA"
    assert FOREIGN.code_b.startswith("960229")


@pytest.mark.parametrize(
    ("profile", "face", "attributes"),
    [
        (
            "unknown_issuer",
            Proof(NotChecked("card_issuer_unknown"), Verified(), Verified()),
            Proof(NotChecked("card_issuer_unknown"), Verified(), Verified()),
        ),
        (
            "altered_photo",
            Proof(Verified(), Failed("card_record_altered"), NotChecked("card_key_unproven")),
            GENUINE,
        ),
        ("altered_text", GENUINE, Proof(Verified(), Failed("card_record_altered"), Verified())),
        (
            "copied",
            Proof(Verified(), Verified(), Failed("card_did_not_sign")),
            Proof(Verified(), Verified(), Failed("card_did_not_sign")),
        ),
        (
            "other_chip",
            Proof(Verified(), Verified(), Failed("card_copied")),
            Proof(Verified(), Verified(), Failed("card_copied")),
        ),
    ],
)
def test_each_kind_of_forgery_shows_in_its_own_verdict(
    counter: Counter, make: MakeCard, profile: str, face: Proof, attributes: Proof
) -> None:
    reading = counter.read.by_code_b(counter.put(make(profile)), ADULT.code_b)
    assert reading.face_proof == face
    assert reading.attributes_proof == attributes


def test_the_verdict_for_the_whole_card_is_the_worse_of_both_applications(counter: Counter, make: MakeCard) -> None:
    reading = counter.read.by_code_b(counter.put(make("altered_text")), ADULT.code_b)
    assert reading.proof == Proof(Verified(), Failed("card_record_altered"), Verified())


def test_a_wrong_code_b_shows_the_tries_left_before_and_after(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    at = counter.put(chip)
    before = counter.read.tries(at)
    assert (before.attributes_b, before.face_b) == (TriesLeft(10), TriesLeft(10))
    with pytest.raises(WrongCode) as wrong:
        counter.read.by_code_b(at, WRONG_B)
    assert wrong.value.left == 9
    after = counter.read.tries(at)
    assert (after.attributes_b, after.face_b) == (TriesLeft(9), TriesLeft(10))
    assert len(verifies(chip)) == 1


def test_asking_for_the_tries_spends_none(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    at = counter.put(chip)
    first, second = counter.read.tries(at), counter.read.tries(at)
    assert first == second
    assert (first.attributes_a, first.attributes_pin) == (TriesLeft(10), TriesLeft(3))
    assert verifies(chip) == []


def test_a_blocked_code_is_not_sent_to_the_card(counter: Counter, make: MakeCard) -> None:
    chip = make("blocked")
    at = counter.put(chip)
    assert counter.read.tries(at).attributes_b == Blocked()
    with pytest.raises(CodeBlocked):
        counter.read.by_code_b(at, ADULT.code_b)
    assert verifies(chip) == []


def test_the_last_try_is_used_only_when_that_is_confirmed(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    key_of(chip, ATTRIBUTE_AID, TEXT_B).left = 1
    at = counter.put(chip)
    with pytest.raises(LastTry):
        counter.read.by_code_b(at, ADULT.code_b)
    assert verifies(chip) == []
    with pytest.raises(CodeBlocked):
        counter.read.by_code_b(at, WRONG_B, last_try_confirmed=True)
    assert key_of(chip, ATTRIBUTE_AID, TEXT_B).left == 0
    assert key_of(chip, FACE_AID, FACE_B).left == 10


def test_a_right_code_gives_back_all_tries(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    key_of(chip, ATTRIBUTE_AID, TEXT_B).left = 4
    counter.read.by_code_b(counter.put(chip), ADULT.code_b)
    assert key_of(chip, ATTRIBUTE_AID, TEXT_B).left == 10


def test_the_pin_gives_the_number_and_the_four(counter: Counter, make: MakeCard) -> None:
    reading = counter.read.number_by_pin(counter.put(make("adult")), ADULT.pin)
    assert reading.number == MyNumber(ADULT.my_number)
    assert reading.four is not None
    assert reading.four.name == ADULT.name
    assert reading.proof == GENUINE


def test_code_a_confirms_number_and_picture_and_leaves_the_four_closed(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    reading = counter.read.number_by_code_a(counter.put(chip), ADULT.my_number)
    assert reading.number == MyNumber(ADULT.my_number)
    assert reading.four is None
    assert reading.proof == GENUINE
    assert reading.image is not None
    assert (reading.image.width, reading.image.height) == (72, 12)
    assert (key_of(chip, ATTRIBUTE_AID, TEXT_A).left, key_of(chip, FACE_AID, FACE_A).left) == (10, 10)


def test_somebody_elses_number_is_not_the_cards_code_a(counter: Counter, make: MakeCard) -> None:
    with pytest.raises(WrongCode) as wrong:
        counter.read.number_by_code_a(counter.put(make("adult")), RARE_NAME.my_number)
    assert wrong.value.left == 9


def test_a_wrong_pin_counts_down_from_three(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    at = counter.put(chip)
    with pytest.raises(WrongCode) as wrong:
        counter.read.number_by_pin(at, "0000")
    assert wrong.value.left == 2
    assert key_of(chip, ATTRIBUTE_AID, PIN).left == 2


def test_the_four_arrive_before_the_face_and_progress_is_told(counter: Counter, make: MakeCard) -> None:
    told: list[Progress] = []
    counter.read.by_code_b(counter.put(make("adult")), ADULT.code_b, watch=Watch(progress=told.append))
    stages = [progress.stage for progress in told]
    early = next(index for index, progress in enumerate(told) if progress.four is not None)
    assert stages[0] == Stage.CONNECTING
    assert early < stages.index(Stage.FACE)
    face = [progress for progress in told if progress.stage is Stage.FACE and progress.total > 5000]
    assert face[-1].read == face[-1].total


def test_a_reading_can_be_cancelled_between_two_commands(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    at = counter.put(chip)
    with pytest.raises(CardCancelled):
        counter.read.by_code_b(at, ADULT.code_b, watch=Watch(cancelled=lambda: len(chip.log) >= 20))
    assert len(chip.log) == 20
    assert counter.read.by_code_b(at, ADULT.code_b).proof == GENUINE


def test_a_card_that_fails_its_very_first_command_is_read_all_the_same(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    chip.faults.first_command_fails = True
    assert counter.read.by_code_b(counter.put(chip), ADULT.code_b).proof == GENUINE


def test_the_last_try_of_code_b_for_the_face_is_kept_too_on_a_real_reader(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    key_of(chip, FACE_AID, FACE_B).left = 1
    at = counter.put(chip)
    assert counter.read.tries(at).code_b == TriesLeft(1)
    with pytest.raises(LastTry):
        counter.read.by_code_b(at, ADULT.code_b)
    assert verifies(chip) == []
    assert counter.read.by_code_b(at, ADULT.code_b, last_try_confirmed=True).proof == GENUINE
