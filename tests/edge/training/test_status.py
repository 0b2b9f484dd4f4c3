"""Training's own status service: it knows the certificate of every training card, and which are revoked."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.clock import SystemClock, SystemRandom
from app.errors import DataFault
from app.link.status_line import StatusLine
from app.settings import server_settings
from app.shipped import read_toml, resource
from app.standin.cards.jpki_authority import SIGNATURE, USER, TrainingJpki
from app.standin.cards.jpki_files import USUAL, leaf_of
from app.standin.cards.profiles import PROFILES
from app.standin.city.file import to_json
from app.standin.city.make import CitySources, make_city
from app.standin.city.values import City
from app.standin.jpki.server import StatusServer
from app.standin.jpki.training import training_registers
from app.training.home import SEED, Home
from app.training.status import open_status, tell_backend
from app.trust.certificate_anchors import load_certificate_anchors
from app.trust.revocation import Questioned, Status, read_questioned
from app.trust.revocation_answer import Question
from app.trust.revocation_list import RevocationList, read_list

CLOCK = SystemClock()
ANCHORS = load_certificate_anchors(resource("anchors"), production=False).authorities


@pytest.fixture(scope="module")
def jpki() -> TrainingJpki:
    return TrainingJpki.load(resource("training", "card", "jpki"))


@pytest.fixture(scope="module")
def city() -> City:
    return make_city(SEED, 12, CLOCK.now().date(), CitySources.below(resource("training")))


@pytest.fixture(scope="module")
def home(city: City, tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("status"))
    made.city.write_text(to_json(city), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def status(home: Home) -> Iterator[StatusServer]:
    with open_status(home, CLOCK) as server:
        yield server


def told(server: StatusServer, certificate: bytes) -> Status:
    """What the responder says, proven; the authority's list says the same."""
    about = read_questioned(certificate, ANCHORS, CLOCK.now())
    assert isinstance(about, Questioned)
    line = StatusLine(CLOCK)
    question = Question(about, SystemRandom().token(32))
    said = question.status(line.ask(server.responder, question.to_der(), 5.0), CLOCK.now())
    assert isinstance(said, Status)
    lists = [read_list(line.fetch(place, 5.0), ANCHORS, CLOCK.now()) for place in places(server)]
    (listed,) = [one for one in lists if isinstance(one, RevocationList) and one.covers(about)]
    standing = listed.status(about, CLOCK.now())
    assert isinstance(standing, Status)
    assert (standing.since, standing.reason) == (said.since, said.reason)
    line.close()
    return said


def places(server: StatusServer) -> list[str]:
    return [server.list_of(f"{purpose}-{made}") for purpose in (USER, SIGNATURE) for made in ("1", "2", "next")]


@pytest.mark.parametrize(
    ("profile", "user", "signature"),
    [
        ("adult", "", ""),
        ("next_generation", "", ""),
        ("moved", "", "affiliationChanged"),
        ("lost", "certificateHold", "certificateHold"),
    ],
)
def test_the_cards_of_the_training_office_are_revoked_as_the_data_say(
    status: StatusServer, jpki: TrainingJpki, profile: str, user: str, signature: str
) -> None:
    card = PROFILES[profile]
    for purpose, reason in ((USER, user), (SIGNATURE, signature)):
        found = told(status, leaf_of(card.holder, card.wish, jpki, purpose).der)
        assert (found.is_revoked, found.reason) == (bool(reason), reason)


def test_who_moved_in_has_lost_the_signature_certificate_that_day_and_no_other(
    status: StatusServer, jpki: TrainingJpki, city: City
) -> None:
    holder = city.personas["claimant_moved_in"].card
    moved_in_on = city.resident_of("claimant_moved_in").moved_in_on
    since = told(status, leaf_of(holder, USUAL, jpki, SIGNATURE).der).since
    assert since is not None
    assert since.astimezone(UTC) == datetime.fromisoformat(f"{moved_in_on}T00:00:00+09:00")
    assert not told(status, leaf_of(holder, USUAL, jpki, USER).der).is_revoked


def test_the_backend_is_told_the_address_at_each_start(home: Home, status: StatusServer, tmp_path: Path) -> None:
    moved = Home(tmp_path / "home")
    moved.root.mkdir()
    tls = '[tls]\nauthority = "a"\ncertificate = "b"\nkey = "c"\n'
    numbers = 'folder = "x"\nhost = "h"\nport = 0\ndatabase = "sqlcipher"\nschema_prefix = ""\ntraining = true\n'
    moved.server_settings.write_text(numbers + tls, "utf-8")
    assert server_settings(moved.server_settings).revocation is None
    with open_status(home, CLOCK) as another:
        tell_backend(moved, another)
    tell_backend(moved, status)
    place = server_settings(moved.server_settings).revocation
    assert place is not None
    assert (place.first, place.responder, place.has_nonce) == ("responder", status.responder, True)
    assert sorted(place.lists) == sorted(places(status))


@pytest.mark.parametrize("wrong", [{"card": "profile:nobody"}, {"purposes": ["love"]}, {"reason": "why not"}])
def test_a_mistake_in_the_data_is_named(jpki: TrainingJpki, city: City, wrong: dict[str, object]) -> None:
    data = read_toml("training", "revoked.toml")
    data["revoked"][0] |= wrong
    with pytest.raises(DataFault) as fault:
        training_registers(jpki, city, data)
    assert fault.value.data["place"] == f"revoked.toml.revoked[1].{next(iter(wrong))}"
