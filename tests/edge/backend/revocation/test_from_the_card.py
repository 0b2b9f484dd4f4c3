"""From the card to the authorities and back: reader, counter, mutual TLS, the office, training's status service."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from app.card.given import GivenReaders
from app.domain.certificate import Standing
from app.domain.clock import TOKYO, SystemRandom
from app.domain.verdict import Failed, NotChecked, Verified
from app.link.line import Line
from app.remote.revocation import HttpRevocation
from app.services.prove_holder import Asking, HolderProof, ProveHolder
from app.shipped import read_toml, resource
from app.standin.cards.jpki_authority import TrainingJpki
from app.standin.cards.profiles import HOLDERS
from app.standin.city.make import CitySources, make_city
from app.standin.jpki.answers import StatusAnswers
from app.standin.jpki.server import StatusServer
from app.standin.jpki.training import training_registers
from app.training.home import SEED
from app.trust.certificate_anchors import CertificateAnchors
from tests.edge.backend.revocation.test_over_the_line import CLOCK, World, furnish
from tests.support.backend import PASSPHRASE
from tests.support.cards import MakeCard
from tests.support.cradle import ForkedBackend
from tests.support.status import Authority

READER = "reader"
PIN, PASSWORD = "user PIN", "password"
JUST_NOW = timedelta(minutes=1)


@dataclass
class Way:
    """A counter with a reader, the office behind it, and the authorities behind the office."""

    world: World
    readers: GivenReaders
    status: StatusServer
    use: ProveHolder
    make: MakeCard

    def prove(self, profile: str, code: str = PIN) -> HolderProof:
        """Lay the card down, have its code typed, and ask for somebody who is signed in."""
        at, holder = self.readers.put(READER, self.make(profile)), HOLDERS[profile]
        asking = Asking(self.world.press(), self.world.session("k1001"), "v1")
        if code == PASSWORD:
            return self.use.by_sign_password(at, holder.password, asking)
        return self.use.by_user_pin(at, holder.pin, asking)


@pytest.fixture(scope="module")
def way(
    tmp_path_factory: pytest.TempPathFactory, holder_card: MakeCard, certificate_anchors: CertificateAnchors
) -> Iterator[Way]:
    jpki = TrainingJpki.load(resource("training", "card", "jpki"))
    city = make_city(SEED, 12, CLOCK.now().date(), CitySources.below(resource("training")))
    registers = training_registers(jpki, city, read_toml("training", "revoked.toml"))
    folder, readers = tmp_path_factory.mktemp("from-the-card"), GivenReaders((READER,), CLOCK)
    with StatusServer(lambda: StatusAnswers(registers, CLOCK)) as status:
        authority = Authority(2, registers[0])
        tls = furnish(folder, status, [])
        with ForkedBackend(folder / "server.toml", folder / "backend.log") as process:
            line = Line(f"https://127.0.0.1:{process.port}", tls, PASSPHRASE)
            use = ProveHolder(readers, certificate_anchors, HttpRevocation(line), clock=CLOCK, random=SystemRandom())
            yield Way(World(folder, tls, authority, line), readers, status, use, holder_card)
            line.close()
    readers.close()


def assert_just_now(instant: datetime | None) -> None:
    assert instant is not None
    assert abs(instant - CLOCK.now()) < JUST_NOW


@pytest.mark.parametrize(
    ("profile", "code"), [("adult", PIN), ("adult", PASSWORD), ("moved", PIN), ("older_authority", PIN)]
)
def test_a_card_whose_certificate_was_not_revoked_is_confirmed_with_the_time_of_the_answer(
    way: Way, profile: str, code: str
) -> None:
    proof = way.prove(profile, code)
    assert proof.verdicts.revocation == Verified()
    assert proof.standing is Standing.CONFIRMED
    assert proof.revoked.source == "ocsp"
    assert_just_now(proof.revoked.as_of)


@pytest.mark.parametrize(
    ("profile", "code", "since", "reason"),
    [
        ("moved", PASSWORD, datetime(2026, 10, 1, tzinfo=TOKYO), "affiliationChanged"),
        ("lost", PIN, datetime(2026, 10, 15, tzinfo=TOKYO), "certificateHold"),
        ("lost", PASSWORD, datetime(2026, 10, 15, tzinfo=TOKYO), "certificateHold"),
    ],
)
def test_a_revoked_one_is_refused_with_the_time_of_the_answer_since_when_and_why(
    way: Way, profile: str, code: str, since: datetime, reason: str
) -> None:
    proof = way.prove(profile, code)
    assert proof.verdicts.revocation == Failed("certificate_revoked")
    assert proof.standing is Standing.REFUSED
    assert (proof.verdicts.issuer, proof.verdicts.dates, proof.verdicts.purpose) == (Verified(), Verified(), Verified())
    assert (proof.revoked.since, proof.revoked.reason) == (since.astimezone(UTC), reason)
    assert_just_now(proof.revoked.as_of)


def test_once_the_status_service_has_stopped_a_card_is_neither_confirmed_nor_refused(way: Way) -> None:
    way.status.close()
    for profile in ("adult", "lost"):
        proof = way.prove(profile)
        assert proof.verdicts.revocation == NotChecked("revocation_unreachable")
        assert (proof.verdicts.issuer, proof.verdicts.dates, proof.verdicts.chip) == (Verified(),) * 3
        assert proof.standing is Standing.REVOCATION_UNKNOWN
        assert proof.revoked.as_of is None
