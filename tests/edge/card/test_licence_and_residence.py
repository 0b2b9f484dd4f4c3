"""Driving licences and residence cards on a real PC/SC reader: read, counted, blocked, taken away in the middle."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Verified
from app.errors import CardRemoved, CodeBlocked, LastTry, WrongCardNumber, WrongCode
from app.services.card_port import Insertion, Progress, Watch
from app.services.card_values import Blocked, TriesLeft
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.standin.cards.licence import PIN_1, LicenceChip
from app.standin.cards.other_profiles import DRIVER, RESIDENT
from app.standin.cards.residence import ResidenceChip
from app.trust.licence_proof import LicenceAnchors
from app.trust.residence_proof import ResidenceAnchors
from tests.support.cards import Counter, VirtualReader
from tests.support.other_cards import licence, residence, verifies
from tests.support.process import wait_for

pytestmark = pytest.mark.card

ONE, TWO = DRIVER.pins or ("", "")
NUMBER = RESIDENT.number
GENERATIONS = pytest.mark.parametrize("profile", ["residence_first", "residence_second"])


@pytest.fixture
def licences(counter: Counter, licence_anchors: LicenceAnchors) -> ReadLicence:
    return ReadLicence(counter.readers, licence_anchors, clock=SystemClock())


@pytest.fixture
def residences(counter: Counter, residence_anchors: ResidenceAnchors) -> ReadResidence:
    return ReadResidence(counter.readers, residence_anchors, clock=SystemClock(), random=SystemRandom())


def is_without_power(chip: LicenceChip | ResidenceChip) -> None:
    wait_for(lambda: chip.power[-1] == "down", "the power to be off")


def test_a_licence_is_read_and_left_without_power(counter: Counter, licences: ReadLicence) -> None:
    chip = licence()
    at = counter.put(chip)
    state = licences.state(at)
    assert (state.basics.expiry, state.pin_1, state.pin_2) == (DRIVER.expiry, TriesLeft(3), TriesLeft(3))
    reading = licences.by_both_pins(at, ONE, TWO)
    assert (reading.four.name, reading.four.address) == (DRIVER.name, DRIVER.address)
    assert reading.photo is not None
    assert (reading.proof.issuer, reading.proof.record) == (Verified(), Verified())
    is_without_power(chip)


def test_wrong_pins_count_down_to_a_confirmed_last_try_and_to_blocked(counter: Counter, licences: ReadLicence) -> None:
    chip = licence()
    at = counter.put(chip)
    for left in (2, 1):
        with pytest.raises(WrongCode) as wrong:
            licences.by_both_pins(at, "0000", TWO)
        assert wrong.value.left == left
    with pytest.raises(LastTry):
        licences.by_both_pins(at, ONE, TWO)
    assert len(verifies(chip)) == 2
    with pytest.raises(CodeBlocked):
        licences.by_both_pins(at, "0000", TWO, last_try_confirmed=True)
    assert (licences.state(at).pin_1, licences.state(at).pin_2) == (Blocked(), TriesLeft(3))
    with pytest.raises(CodeBlocked):
        licences.by_both_pins(at, ONE, TWO, last_try_confirmed=True)
    assert len(verifies(chip)) == 3
    is_without_power(chip)


@GENERATIONS
def test_a_residence_card_opens_to_its_number_and_is_left_without_power(
    profile: str, counter: Counter, residences: ReadResidence
) -> None:
    chip = residence(profile)
    at = counter.put(chip)
    with pytest.raises(WrongCardNumber):
        residences.by_number(at, "ZZ99999999ZZ")
    reading = residences.by_number(at, RESIDENT.number, with_status=True)
    assert reading.record.photo is not None
    assert reading.record.status is not None
    assert (reading.proof.issuer, reading.proof.record) == (Verified(), Verified())
    is_without_power(chip)


@dataclass(frozen=True)
class Pull:
    """A card that goes away when ``count`` commands were answered, and how it is read."""

    make: Callable[[int], LicenceChip | ResidenceChip]
    read: Callable[[Insertion], object]
    count: int


@pytest.mark.fault
def test_a_card_pulled_out_at_any_command_ends_in_removed_and_the_next_one_works(
    counter: Counter, licences: ReadLicence, residences: ReadResidence, request: pytest.FixtureRequest
) -> None:
    """At the first command of each kind; with --endurance at every one, as tests/unit/card does without a reader."""
    every = request.config.getoption("--endurance")
    pulls = []
    for make, read in readings(licences, residences):
        chip = make(-1)
        read(counter.put(chip))
        counter.take()
        kinds = [kind(apdu) for apdu in chip.log]
        pulls += [Pull(make, read, count) for count in range(len(kinds)) if every or kinds[count] not in kinds[:count]]
    for start in range(0, len(pulls), len(counter.slots)):
        go_away(counter, dict(zip(counter.slots, pulls[start:], strict=False)))
    assert licences.by_both_pins(counter.put(licence()), ONE, TWO).photo is not None
    assert residences.by_number(counter.put(residence()), RESIDENT.number).record.photo is not None


Reading = tuple[Callable[[int], LicenceChip | ResidenceChip], Callable[[Insertion], object]]


def readings(licences: ReadLicence, residences: ReadResidence) -> list[Reading]:
    """Each kind of card, and how it is read whole."""
    return [
        (lambda count: licence(pull_after=count), lambda at: licences.by_both_pins(at, ONE, TWO)),
        *(
            (lambda count, name=name: residence(name, pull_after=count), lambda at: residences.by_number(at, NUMBER))
            for name in ("residence_first", "residence_second")
        ),
    ]


def kind(apdu: bytes) -> tuple[int, ...]:
    """Class, instruction, how a file is named, with data or without."""
    return apdu[0], apdu[1], apdu[2] & 0x84, len(apdu) > 5


def go_away(counter: Counter, pulls: dict[VirtualReader, Pull]) -> None:
    chips = {slot: pull.make(pull.count) for slot, pull in pulls.items()}
    for slot, chip in chips.items():
        slot.put(chip)
    for slot, chip in chips.items():
        with pytest.raises(CardRemoved) as removed:
            pulls[slot].read(counter.awaited(slot))
        last = chip.log[-1]
        assert len(chip.log) == pulls[slot].count + 1
        assert removed.value.data == ({"during": "verify"} if last[1] == 0x20 and len(last) > 4 else {})
    for slot in chips:
        slot.take()
    wait_for(lambda: not counter.readers.seen().cards, "the removals to be seen")


def test_a_licence_taken_between_two_commands_ends_in_removed_and_keeps_its_tries(
    counter: Counter, licences: ReadLicence
) -> None:
    chip = licence()
    at = counter.put(chip)

    def takes(_: Progress) -> None:
        if len(chip.log) >= 20:
            counter.left.take()

    with pytest.raises(CardRemoved):
        licences.by_both_pins(at, ONE, TWO, watch=Watch(progress=takes))
    assert chip.pins[PIN_1].left == 3
    assert licences.by_both_pins(counter.put(chip), ONE, TWO).four.name == DRIVER.name
