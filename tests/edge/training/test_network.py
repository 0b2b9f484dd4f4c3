"""M-4, C-22, S06-2, S06-4 in training: a real backend asks the network over mutual TLS, also after both were killed."""

import contextlib
from collections.abc import Iterator

import pytest

from app.domain.clock import SystemClock, SystemRandom, new_id
from app.domain.person import BasicFour, Sex
from app.domain.rights import Actor
from app.errors import NotAllowed, Refused
from app.link.line import Line
from app.remote.jukinet import HttpResidentNetwork
from app.services.ports.seat import Press, Session
from app.standin.jukinet.server import NetworkServer
from app.training.enrolling import CARD
from app.training.network import open_training_network, tell_network
from app.wire.jukinet_counter import CheckIdentity, FetchNumber, IdentityChecked, NetworkFour, NumberFetched
from tests.support.backend import MIHON, PASSPHRASE, TEHON, Backend, Seated, backend

PROCEDURE = "child_allowance_claim"
COUNTER = "k1001"


def press() -> Press:
    trace = new_id(SystemClock(), SystemRandom())
    return Press(trace, trace, SystemClock().now())


class Counter:
    """A counter's line to the backend, with somebody signed in."""

    def __init__(self, seated: Seated) -> None:
        self.seated = seated
        self.line = Line(f"https://127.0.0.1:{seated.port}", seated.tls, PASSPHRASE, timeout_s=30.0)
        now = SystemClock().now()
        actor = Actor(MIHON, COUNTER, "", "", "T-01", ())
        assert seated.token is not None
        self.session = Session(actor, "", "", seated.token, now, now, "")

    def finds(self, four: BasicFour) -> list[tuple[str, str]]:
        found = HttpResidentNetwork(self.line).search_by_four(press(), self.session, PROCEDURE, four)
        return [(one.four.name, one.municipality) for one in found.people]


@contextlib.contextmanager
def counter(running: Backend) -> Iterator[Counter]:
    made = Counter(running.seat(COUNTER))
    try:
        yield made
    finally:
        made.line.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend that is to join the network of its training city."""
    with backend(tmp_path_factory.mktemp("network"), starts=False) as made:
        yield made


@contextlib.contextmanager
def joined(running: Backend) -> Iterator[NetworkServer]:
    """The network, and the backend begun anew with its address."""
    if running.is_running:
        running.kill()
    with open_training_network(running.home, SystemClock()) as network:
        tell_network(running.home, network)
        running.start()
        yield network


def test_who_is_registered_elsewhere_is_found_from_the_counter(running: Backend) -> None:
    """M-4, C-22, S06-4, F-03."""
    there = next(one for one in running.city().municipality(TEHON).residents if one.is_resident)
    here = running.city().municipality(MIHON).residents
    assert there.basic_four not in {one.basic_four for one in here}
    with joined(running), counter(running) as clerk:
        assert clerk.finds(there.basic_four) == [(there.name, TEHON)]
        moved = BasicFour(there.name, "どこか遠い町1番", there.birth, there.sex)
        assert (there.name, TEHON) in clerk.finds(moved)
        assert clerk.finds(BasicFour("いない　人", "", there.birth, Sex.MALE)) == []


def test_without_the_network_the_counter_is_told_so_and_a_card_proves_nobody(running: Backend) -> None:
    """M-4, S06-2 negative twins; with it, a card and its PIN show who it is before the number is told (C-20)."""
    persona = next(one for one in running.city().personas.values() if one.municipality == MIHON and one.business_number)
    person = running.city().municipality(MIHON).resident(persona.business_number)
    shown = NetworkFour(name=person.name, address=person.address, birth=person.birth, sex=person.sex.value)

    def check(clerk: Counter, pin: str) -> IdentityChecked:
        asked = CheckIdentity(
            check_id=press().key,
            purpose="number",
            card_number=f"{CARD}{person.resident_code[-9:]}",
            pin=pin,
            shown=shown,
        )
        answer = clerk.seated.ask("/jukinet/v1/check", asked, IdentityChecked)
        assert isinstance(answer, IdentityChecked)
        return answer

    with joined(running), counter(running) as clerk:  # both began anew on what they kept
        assert check(clerk, "9999").result == "wrong_pin"
        checked = check(clerk, persona.card.pin)
        assert checked.result == "same"
        with pytest.raises(NotAllowed):
            ask_number(clerk, "none")
        assert ask_number(clerk, checked.check_id).my_number == person.my_number
    with counter(running) as clerk, pytest.raises(Refused) as caught:
        check(clerk, persona.card.pin)
    assert caught.value.reason == "network_away"


def ask_number(clerk: Counter, check_id: str) -> NumberFetched:
    asked = FetchNumber(check_id=check_id, procedure=PROCEDURE)
    answer = clerk.seated.ask("/jukinet/v1/number", asked, NumberFetched)
    assert isinstance(answer, NumberFetched)
    return answer
