"""Every way the counter uses a card, as one table: which card, and what is done with it on any readers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.clock import Clock, Random
from app.services.card_port import CardReaders, Insertion, Watch
from app.services.prove_holder import ProveHolder
from app.services.read_card import ReadCard
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.standin.cards.other_profiles import DRIVER, RESIDENT
from app.standin.cards.profiles import ADULT
from app.standin.cards.virtual import VirtualCard
from app.trust.card_proof import CardAnchors, load_anchors
from app.trust.certificate_anchors import CertificateAnchors, load_certificate_anchors
from app.trust.licence_proof import LicenceAnchors, load_licence_anchors
from app.trust.residence_proof import ResidenceAnchors, load_residence_anchors
from tests.support.cards import RESOURCES, MakeCard
from tests.support.other_cards import licence, residence
from tests.support.proving import ASKING, DAY, KnowingOffice

FIRST_PIN, SECOND_PIN = DRIVER.pins or ("", "")


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


class Uses:
    """The use cases on some readers. ``watch`` may be set; it accompanies those that can be accompanied."""

    def __init__(self, readers: CardReaders, anchors: Anchors, clock: Clock, random: Random) -> None:
        self.read = ReadCard(readers, anchors.card, clock=clock, random=random)
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


FLOWS = {
    "tries": Flow("adult", lambda uses, at: uses.read.tries(at)),
    "by code B": Flow("adult", lambda uses, at: uses.read.by_code_b(at, ADULT.code_b, watch=uses.watch)),
    "number by PIN": Flow("adult", lambda uses, at: uses.read.number_by_pin(at, ADULT.pin)),
    "number by code A": Flow("adult", lambda uses, at: uses.read.number_by_code_a(at, ADULT.my_number)),
    "attributes by PIN": Flow("adult", lambda uses, at: uses.read.attributes_by_pin(at, ADULT.pin)),
    "proof by PIN": Flow("adult", lambda uses, at: uses.prove.by_user_pin(at, ADULT.pin, ASKING)),
    "proof by password": Flow("adult", lambda uses, at: uses.prove.by_sign_password(at, ADULT.password, ASKING)),
    "licence": Flow("licence", lambda uses, at: uses.licence.by_both_pins(at, FIRST_PIN, SECOND_PIN)),
    "residence card": Flow(
        "residence_first", lambda uses, at: uses.residence.by_number(at, RESIDENT.number, with_status=True)
    ),
    "newer residence card": Flow(
        "residence_second", lambda uses, at: uses.residence.by_number(at, RESIDENT.number, with_status=True)
    ),
}
