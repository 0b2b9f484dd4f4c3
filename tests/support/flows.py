"""Every way the counter uses a card, as one table: which card, and what is done with it on any readers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.clock import Clock, Random
from app.domain.number import kept_number
from app.services.card_port import CardReaders, Insertion, Watch
from app.services.prove_holder import ProveHolder
from app.services.read_card import ReadCard
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.standin.cards.holder import Holder
from app.standin.cards.licence_files import LicenceHolder
from app.standin.cards.other_profiles import DRIVER, RESIDENT
from app.standin.cards.profiles import ADULT
from app.standin.cards.residence_files import ResidenceHolder
from app.standin.cards.virtual import VirtualCard
from app.trust.card_proof import CardAnchors, load_anchors
from app.trust.certificate_anchors import CertificateAnchors, load_certificate_anchors
from app.trust.licence_proof import LicenceAnchors, load_licence_anchors
from app.trust.residence_proof import ResidenceAnchors, load_residence_anchors
from tests.support.cards import RESOURCES, MakeCard
from tests.support.other_cards import licence, residence
from tests.support.proving import ASKING, DAY, KnowingOffice


@dataclass(frozen=True)
class Anchors:
    """Whom the counter trusts, in training."""

    card: CardAnchors
    certificates: CertificateAnchors
    licence: LicenceAnchors
    residence: ResidenceAnchors

    @classmethod
    def load(cls) -> "Anchors":
        folder = RESOURCES / "anchors"
        return cls(
            load_anchors(folder, production=False),
            load_certificate_anchors(folder, production=False),
            load_licence_anchors(folder, production=False),
            load_residence_anchors(folder, production=False),
        )


@dataclass(frozen=True)
class People:
    """Whose cards they are: a My Number card, a licence with PINs, a residence card."""

    holder: Holder = ADULT
    driver: LicenceHolder = DRIVER
    resident: ResidenceHolder = RESIDENT

    @property
    def pins(self) -> tuple[str, str]:
        return self.driver.pins or ("", "")


class Uses:
    """The use cases on some readers, and what is typed. ``watch`` may be set; it accompanies the reading by code B."""

    def __init__(
        self, readers: CardReaders, anchors: Anchors, clock: Clock, random: Random, people: People | None = None
    ) -> None:
        self.people = people or People()
        self.read = ReadCard(readers, anchors.card, clock=clock, random=random, read_number=kept_number)
        self.prove = ProveHolder(readers, anchors.certificates, KnowingOffice(), clock=_Day(clock), random=random)
        self.licence = ReadLicence(readers, anchors.licence, clock=clock)
        self.residence = ReadResidence(readers, anchors.residence, clock=clock, random=random)
        self.watch = Watch()


class _Day:
    """The day the certificates are good on; seconds go by as they do."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return DAY

    def monotonic(self) -> float:
        return self._clock.monotonic()


@dataclass(frozen=True)
class Flow:
    """``profile``: the card's; ``act``: what the clerk does; its result is what the clerk gets."""

    profile: str
    act: Callable[[Uses, Insertion], object]


def new_card(profile: str, my_number_card: MakeCard) -> VirtualCard:
    """A card of any kind with all its tries."""
    if profile.startswith("licence"):
        return licence(profile)
    return residence(profile) if profile.startswith("residence") else my_number_card(profile)


def _holder(uses: Uses) -> Holder:
    return uses.people.holder


def _by_code_b(uses: Uses, at: Insertion) -> object:
    return uses.read.by_code_b(at, _holder(uses).code_b, watch=uses.watch)


def _by_number(uses: Uses, at: Insertion) -> object:
    return uses.residence.by_number(at, uses.people.resident.number, with_status=True)


FLOWS = {
    "tries": Flow("adult", lambda uses, at: uses.read.tries(at)),
    "by code B": Flow("adult", _by_code_b),
    "number by PIN": Flow("adult", lambda uses, at: uses.read.number_by_pin(at, _holder(uses).pin)),
    "number by code A": Flow("adult", lambda uses, at: uses.read.number_by_code_a(at, _holder(uses).my_number)),
    "attributes by PIN": Flow("adult", lambda uses, at: uses.read.attributes_by_pin(at, _holder(uses).pin)),
    "proof by PIN": Flow("adult", lambda uses, at: uses.prove.by_user_pin(at, _holder(uses).pin, ASKING)),
    "proof by password": Flow(
        "adult", lambda uses, at: uses.prove.by_sign_password(at, _holder(uses).password, ASKING)
    ),
    "licence": Flow("licence", lambda uses, at: uses.licence.by_both_pins(at, *uses.people.pins)),
    "residence card": Flow("residence_first", _by_number),
    "newer residence card": Flow("residence_second", _by_number),
}
