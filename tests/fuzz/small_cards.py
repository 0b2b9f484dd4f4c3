"""Cards as anywhere in training, but with tiny pictures: a fuzzer reads them a million times."""

from dataclasses import replace
from functools import cache
from io import BytesIO

from PIL import Image

from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.chip import Chip
from app.standin.cards.drawing import Drawing
from app.standin.cards.faults import Faults
from app.standin.cards.files import CardMaker
from app.standin.cards.holder import Holder
from app.standin.cards.licence import LicenceChip
from app.standin.cards.licence_files import load_licence_key, make_licence
from app.standin.cards.other_profiles import DRIVER, RESIDENT
from app.standin.cards.profiles import ADULT
from app.standin.cards.residence import ResidenceChip
from app.standin.cards.residence_authority import FIRST, SECOND, load_signer
from app.standin.cards.residence_files import ResidenceImages, first_generation, second_generation
from app.standin.cards.virtual import VirtualCard
from tests.support.cards import RESOURCES
from tests.support.proving import fresh

TRAINING = RESOURCES / "training" / "card"


@cache
def picture(kind: str = "JPEG2000", mode: str = "L") -> bytes:
    """Eight pixels by eight."""
    out = BytesIO()
    Image.new(mode, (8, 8), 0).save(out, kind)
    return out.getvalue()


class TinyDrawing(Drawing):
    """Draws nothing, small."""

    def photo(self, _: Holder) -> bytes:
        return picture()

    def _lines(self, *_: object) -> bytes:
        return picture("PNG", "1")


@cache
def my_number_card() -> Chip:
    return CardMaker(TrainingAuthority.load(TRAINING), TinyDrawing()).make(ADULT)


@cache
def licence() -> LicenceChip:
    return make_licence(DRIVER, picture(), load_licence_key(TRAINING / "licence"))


@cache
def residence(generation: str) -> ResidenceChip:
    text, photo = picture("TIFF", "1"), picture(mode="RGB")
    if generation == FIRST:
        return first_generation(
            RESIDENT, ResidenceImages(photo, front=text), load_signer(TRAINING / "residence", FIRST)
        )
    images = ResidenceImages(photo, name=text, address=text)
    return second_generation(RESIDENT, images, load_signer(TRAINING / "residence", SECOND))


def new_card(profile: str) -> VirtualCard:
    """A card with all its tries."""
    match profile:
        case "adult":
            return fresh(my_number_card())
        case "licence":
            made = licence()
            return replace(made, pins={n: replace(pin) for n, pin in made.pins.items()}, faults=Faults(), log=[])
        case _:
            return replace(residence(FIRST if profile.endswith("first") else SECOND), faults=Faults(), log=[])
