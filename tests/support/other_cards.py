"""Driving licences and residence cards for tests, and readers without hardware to lay them on."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.standin.cards.contents import KeyFile
from app.standin.cards.faults import Faults
from app.standin.cards.licence import LicenceChip
from app.standin.cards.other_profiles import PROFILES
from app.standin.cards.residence import ResidenceChip
from app.trust.licence_proof import LicenceAnchors, load_licence_anchors
from app.trust.residence_proof import ResidenceAnchors, load_residence_anchors
from tests.support.cards import RESOURCES

READER = "training reader"


@cache
def _made(profile: str) -> LicenceChip | ResidenceChip:
    chip = PROFILES[profile].make()
    assert isinstance(chip, LicenceChip | ResidenceChip)
    return chip


def licence(profile: str = "licence", **faults: int) -> LicenceChip:
    """A new licence; making one draws its portrait only once."""
    chip = _made(profile)
    assert isinstance(chip, LicenceChip)
    pins = {number: KeyFile(pin.code, pin.most) for number, pin in chip.pins.items()}
    return replace(chip, pins=pins, faults=Faults(**faults), log=[])


def residence(profile: str = "residence_second", **faults: int) -> ResidenceChip:
    """A new residence card."""
    chip = _made(profile)
    assert isinstance(chip, ResidenceChip)
    return replace(chip, faults=Faults(**faults), log=[])


def verifies(chip: LicenceChip | ResidenceChip) -> list[bytes]:
    """The VERIFY commands with a code in them that reached the card."""
    return [apdu for apdu in chip.log if apdu[1] == 0x20 and len(apdu) > 4]


@pytest.fixture
def given_readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER,), SystemClock(), silence_s=0.5)
    yield found
    found.close()


@pytest.fixture(scope="session")
def licence_anchors() -> LicenceAnchors:
    return load_licence_anchors(RESOURCES / "anchors", production=False)


@pytest.fixture(scope="session")
def residence_anchors() -> ResidenceAnchors:
    return load_residence_anchors(RESOURCES / "anchors", production=False)


@pytest.fixture
def read_licence(given_readers: GivenReaders, licence_anchors: LicenceAnchors) -> ReadLicence:
    return ReadLicence(given_readers, licence_anchors, clock=SystemClock())


@pytest.fixture
def read_residence(given_readers: GivenReaders, residence_anchors: ResidenceAnchors) -> ReadResidence:
    return ReadResidence(given_readers, residence_anchors, clock=SystemClock(), random=SystemRandom())
