"""Driving licences and residence cards of the training office, by name. All holders are invented."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from app.domain.person import Sex
from app.shipped import resource
from app.standin.cards.holder import Holder
from app.standin.cards.licence_files import Change, LicenceHolder, load_licence_key, make_licence
from app.standin.cards.other_drawing import OtherDrawing
from app.standin.cards.plain_chip import PlainChip
from app.standin.cards.residence import ResidenceChip
from app.standin.cards.residence_authority import FIRST, SECOND, load_signer, strange_signer
from app.standin.cards.residence_files import ResidenceHolder, ResidenceImages, first_generation, second_generation

_HOME = "架空県見本市中央区試験町一丁目２番３号"
_NEW_HOME = "架空県見本市西区別天地九丁目９番９号"

DRIVER = LicenceHolder(
    name="見本　太郎",
    kana="ミホン　タロウ",
    birth=date(1988, 5, 17),
    address=_HOME,
    domicile="架空県見本市本籍町一番地",
    number="999900000001",
    issued=date(2024, 4, 10),
    expiry=date(2029, 6, 17),
    pins=("1234", "5678"),
    commission="架空県公　",
    colour="優良",
    conditions=("眼鏡等",),
)
MOVED_DRIVER = replace(
    DRIVER,
    changes=(
        Change(0x70, date(2024, 9, 1), "架空県見本市東区仮住町四丁目４番"),
        Change(0x71, date(2026, 10, 3), _NEW_HOME),
    ),
)
NO_PIN_DRIVER = replace(DRIVER, pins=None)
RARE_DRIVER = replace(DRIVER, name="𠮷野　太郎", birth=date(1989, 1, 7))

RESIDENT = ResidenceHolder(number="AB12345678CD", birth=date(1996, 2, 29), sex="2", expiry=date(2029, 3, 31))
MOVED_RESIDENT = replace(RESIDENT, moved=(date(2026, 10, 3), "990001", _NEW_HOME))
PERMANENT = ResidenceHolder(
    number="EF87654321GH", birth=date(1980, 11, 3), sex="1", expiry=date(2030, 11, 3), special=True
)
CHILD = ResidenceHolder(number="KD00000001KD", birth=date(2015, 4, 9), sex="3", expiry=date(2031, 4, 9))
_LATIN_NAME = "SAMPLE MARIA CLARA"
_FACE = Holder(_LATIN_NAME, _HOME, RESIDENT.birth, Sex.FEMALE, "", RESIDENT.expiry, "")
_DRIVER_FACE = Holder(DRIVER.name, _HOME, DRIVER.birth, Sex.MALE, "", DRIVER.expiry, "")


@dataclass(frozen=True, slots=True)
class OtherProfile:
    """A card and what must be typed to read it: PIN 1 and 2, or the number; both may be empty."""

    make: Callable[[], PlainChip]
    entries: Mapping[str, str]


def licence_card(holder: LicenceHolder) -> PlainChip:
    """A licence signed by the training signer. About 0.1 s."""
    photo = OtherDrawing().grey_portrait(_DRIVER_FACE)
    return make_licence(holder, photo, load_licence_key(resource("training", "card", "licence")))


def first_card(holder: ResidenceHolder, *, photo: bool = True, known: bool = True) -> PlainChip:
    """A residence card of the first generation; ``known`` False: of an authority nobody has an anchor for."""
    drawing = OtherDrawing()
    front = drawing.text((_LATIN_NAME, f"{holder.birth} {holder.sex}", _HOME, f"{holder.expiry}"), (640, 400), 24)
    images = ResidenceImages(drawing.colour_portrait(_FACE) if photo else b"", front=front)
    signer = load_signer(resource("training", "card", "residence"), FIRST) if known else strange_signer(FIRST)
    return first_generation(holder, images, signer)


def second_card(holder: ResidenceHolder, *, known: bool = True) -> ResidenceChip:
    """A residence card of the second generation."""
    drawing = OtherDrawing()
    images = ResidenceImages(
        drawing.colour_portrait(_FACE),
        name=drawing.text((_LATIN_NAME,), (480, 40)),
        address=drawing.text((_HOME,), (480, 40), 18),
    )
    signer = load_signer(resource("training", "card", "residence"), SECOND) if known else strange_signer(SECOND)
    return second_generation(holder, images, signer)


def _driver(holder: LicenceHolder) -> OtherProfile:
    pins = holder.pins or ("", "")
    return OtherProfile(partial(licence_card, holder), {"pin_1": pins[0], "pin_2": pins[1]})


def _resident(holder: ResidenceHolder, make: Callable[[], PlainChip]) -> OtherProfile:
    return OtherProfile(make, {"number": holder.number})


PROFILES: Mapping[str, OtherProfile] = {
    "licence": _driver(DRIVER),
    "licence_moved": _driver(MOVED_DRIVER),
    "licence_no_pin": _driver(NO_PIN_DRIVER),
    "licence_rare_name": _driver(RARE_DRIVER),
    "residence_first": _resident(RESIDENT, partial(first_card, RESIDENT)),
    "residence_first_moved": _resident(MOVED_RESIDENT, partial(first_card, MOVED_RESIDENT)),
    "residence_first_child": _resident(CHILD, partial(first_card, CHILD, photo=False)),
    "residence_first_stranger": _resident(RESIDENT, partial(first_card, RESIDENT, known=False)),
    "residence_second": _resident(RESIDENT, partial(second_card, RESIDENT)),
    "residence_second_permanent": _resident(PERMANENT, partial(second_card, PERMANENT)),
    "residence_second_stranger": _resident(RESIDENT, partial(second_card, RESIDENT, known=False)),
}
"""What ``madoguchi-admin card emulate`` offers beside the My Number cards, with what must be typed."""

OTHER: dict[str, Callable[[], PlainChip]] = {name: profile.make for name, profile in PROFILES.items()}
