"""What proving by certificate needs in tests: cards that are made once, an office that knows what was revoked."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemRandom
from app.domain.rights import Actor
from app.domain.secret import Secret, secret
from app.domain.verdict import Verified
from app.errors import AppError
from app.services.card_port import Card, CardReaders, Insertion, Watch
from app.services.ports.seat import Press, Session
from app.services.ports.validity import RevocationAnswer
from app.services.prove_holder import Asking, ProveHolder
from app.standin.cards.chip import Chip
from app.standin.cards.contents import KeyFile
from app.standin.cards.faults import Faults
from app.trust.certificate_anchors import CertificateAnchors, load_certificate_anchors
from tests.support.cards import RESOURCES, MakeCard

T = TypeVar("T")
DAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
GOOD = RevocationAnswer(Verified(), as_of=DAY - timedelta(hours=7), source="crl")


class StoppedDay:
    """It is the same day for ever, while seconds go by."""

    def __init__(self, at: datetime = DAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return time.monotonic()


class KnowingOffice:
    """``Validity`` that gives the answer it was told, or the trouble it has."""

    def __init__(self) -> None:
        self.answer = GOOD
        self.trouble: AppError | None = None
        self.asked: list[bytes] = []

    def check(self, press: Press, session: Session, visit_id: str, certificate: bytes) -> RevocationAnswer:
        if self.trouble is not None:
            raise self.trouble
        self.asked.append(certificate)
        return self.answer


ACTOR = Actor("011002", "c001", "名c001", "子ども家庭", "t1", ())
ASKING = Asking(
    Press("trace", "key", DAY),
    Session(ACTOR, "見本市", "中央区役所", secret("token"), DAY, DAY + timedelta(hours=10), "not_asked"),
    "v1",
)


def prover(readers: CardReaders, office: KnowingOffice, anchors: CertificateAnchors, at: datetime = DAY) -> ProveHolder:
    return ProveHolder(readers, anchors, office, clock=StoppedDay(at), random=SystemRandom())


@pytest.fixture(scope="session")
def certificate_anchors() -> CertificateAnchors:
    return load_certificate_anchors(RESOURCES / "anchors", production=False)


@pytest.fixture(scope="session")
def holder_card(make: MakeCard) -> MakeCard:
    """The card of a profile as on its first day; its keys are made once."""
    kept: dict[str, Chip] = {}

    def again(profile: str) -> Chip:
        if profile not in kept:
            kept[profile] = make(profile)
        return fresh(kept[profile])

    return again


def fresh(chip: Chip) -> Chip:
    """The same card as on its first day: counters full, nothing asked yet."""
    applications = tuple(
        replace(
            one,
            files={
                number: replace(file, left=file.most) if isinstance(file, KeyFile) and file.left else file
                for number, file in one.files.items()
            },
        )
        for one in chip.applications
    )
    return replace(chip, applications=applications, faults=Faults(), log=[])


def verifies(chip: Chip) -> list[bytes]:
    """The VERIFY commands with a code in them that reached the card."""
    return [apdu for apdu in chip.log if apdu[1] == 0x20 and len(apdu) > 4]


class Keeping:
    """Readers whose last work somebody still holds."""

    def __init__(self, readers: GivenReaders) -> None:
        self._readers = readers
        self.kept: list[Secret] = []

    def use(self, at: Insertion, work: Callable[[Card], T], watch: Watch) -> T:
        self.kept += [cell.cell_contents for cell in work.__closure__ or () if isinstance(cell.cell_contents, Secret)]
        assert any(any(each.reveal()) for each in self.kept)
        return self._readers.use(at, work, watch)
