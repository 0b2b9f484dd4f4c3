"""A staff card from its registration to its end: two administrators' PCs, real reader and client, mutual TLS."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from app.card.readers import PcscReaders
from app.card.staff_card import FidoStaffCards, on_readers, watched
from app.client.counter import Counter
from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import secret
from app.errors import NotAllowed, SignInRefused
from app.services.entrance import Given
from app.services.ports.seat import Press, Session, press
from app.wire.staff import KeyRow
from tests.edge.staff_key.test_authenticator import Desk
from tests.support.city import TwoCities
from tests.support.pcscd import Pcscd
from tests.support.staff_keys import STAFF_PIN, staff_card

pytestmark = [pytest.mark.timeout(180), pytest.mark.card, pytest.mark.keyring]

FIRST, SECOND, CLERK = "v6001", "r5002", "w8001"


@dataclass
class House:
    """Two PCs of the office; the reader for staff cards stands at the first."""

    cities: TwoCities
    here: Counter
    there: Counter
    desk: Desk
    second: Session

    def press(self) -> Press:
        return press(SystemClock(), SystemRandom())

    def sign_in(self, at: Counter, staff_id: str, **given) -> Session:
        return at.cases.sign_in(self.press(), staff_id, Given(self.cities.password, **given))

    def leave(self, at: Counter, session: Session) -> None:
        at.cases.sign_out(self.press(), session)

    def cards(self) -> tuple[KeyRow, ...]:
        return self.there.cases.manage_cards.shown(self.press(), self.second, CLERK).rows


@pytest.fixture
def house(cities_on_postgresql: TwoCities, keyring_home: dict[str, str], pcscd: Pcscd) -> Iterator[House]:
    clock, desk = SystemClock(), Desk(pcscd)
    readers = PcscReaders(clock, serves=lambda name: name != desk.name)
    held = FidoStaffCards(partial(on_readers, (desk.name,), clock), clock, watched(frozenset({desk.name}), clock))
    here = cities_on_postgresql.counter(readers, staff_cards=held)
    there = cities_on_postgresql.counter(readers)
    password = Given(cities_on_postgresql.password)
    second = there.cases.sign_in(press(clock, SystemRandom()), SECOND, password)
    made = House(cities_on_postgresql, here, there, desk, second)
    yield made
    desk.take()
    for row in made.cards():  # nobody else in these tests meets a clerk who has a card
        there.cases.manage_cards.revoke(made.press(), second, row)
    there.close()
    here.close()


def test_a_card_opens_for_its_holder_after_two_administrators_and_no_more_once_revoked(house: House) -> None:
    first, second = house.sign_in(house.here, FIRST), house.second
    manage, decide = house.here.cases.manage_cards, house.there.cases.manage_cards
    house.desk.put(staff_card())
    row = manage.register(house.press(), first, (CLERK, "職員証"), secret(STAFF_PIN))
    assert (row.staff_id, row.label, row.registered_by, row.approved_by) == (CLERK, "職員証", FIRST, "")
    with pytest.raises(NotAllowed):
        manage.approve(house.press(), first, row)
    assert row in decide.shown(house.press(), second).rows
    assert decide.approve(house.press(), second, row).approved_by == SECOND
    once = house.here.cases.issue_pass(house.press(), first, CLERK, "lost")
    house.leave(house.here, first)
    with pytest.raises(SignInRefused):
        house.sign_in(house.here, CLERK)
    with_card(house)
    session = house.sign_in(house.here, CLERK, one_time_pass=once.text)
    assert session.second_factor == "one_time_pass"
    with pytest.raises(NotAllowed):
        house.here.cases.manage_cards.shown(house.press(), session, CLERK)
    with pytest.raises(NotAllowed):
        house.there.cases.issue_pass(house.press(), second, CLERK, "lost")
    house.leave(house.here, session)
    decide.revoke(house.press(), second, row)
    assert house.here.cases.sign_in.ask_card(house.press(), CLERK) is None


def with_card(house: House) -> None:
    """The clerk signs in with the card that lies there, and leaves."""
    asked = house.here.cases.sign_in.ask_card(house.press(), CLERK)
    assert asked is not None
    session = house.sign_in(house.here, CLERK, card=(asked, secret(STAFF_PIN)))
    assert session.second_factor == "key"
    house.leave(house.here, session)
