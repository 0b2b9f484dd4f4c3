"""The counter's staff reader: the staff card answers for its holder, the resident's card hears nothing of it."""

import json
import os
from collections.abc import Iterator
from functools import partial

import pytest
from fido2.utils import websafe_encode

from app.card.readers import PcscReaders
from app.card.staff_card import FidoStaffCards, on_readers, watched
from app.domain.clock import SystemClock
from app.domain.secret import secret
from app.errors import (
    StaffCardAbsent,
    StaffCardTaken,
    StaffCardUnknown,
    StaffPinBlocked,
    StaffPinMissing,
    StaffPinWrong,
)
from app.services.ports.staff_card import CardAsked, key_name
from app.standin.authenticator.card import AID
from tests.edge.staff_key.test_authenticator import OFFICE, Desk
from tests.support.cards import MakeCard, VirtualReader
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for
from tests.support.staff_keys import STAFF_PIN, staff_card

pytestmark = pytest.mark.card


@pytest.fixture
def desk(pcscd: Pcscd) -> Iterator[Desk]:
    found = Desk(pcscd)
    yield found
    found.take()


@pytest.fixture
def cards(desk: Desk) -> Iterator[FidoStaffCards]:
    clock = SystemClock()
    found = FidoStaffCards(partial(on_readers, (desk.name,), clock), clock, watched(frozenset({desk.name}), clock))
    yield found
    found.close()


def test_the_card_on_the_staff_reader_answers_with_its_pin_and_is_left_without_power(
    desk: Desk, cards: FidoStaffCards
) -> None:
    card = staff_card()
    desk.put(card)
    factor, challenge = desk.register(), os.urandom(32)
    asked = CardAsked("a", OFFICE.ask([factor.credential_id], challenge))
    answer = cards.answer(asked, secret(STAFF_PIN)).assertion
    assert OFFICE.check(answer, challenge, [factor]).credential_id == factor.credential_id
    wait_for(lambda: card.authenticator.pin.token is None, "the power to go")


def test_each_trouble_with_the_card_has_its_own_name(desk: Desk, cards: FidoStaffCards) -> None:
    with pytest.raises(StaffCardAbsent):
        cards.answer(CardAsked("a", OFFICE.ask([b"x" * 32], os.urandom(32))), secret(STAFF_PIN))
    desk.put(staff_card())
    factor = desk.register()
    asked = CardAsked("a", OFFICE.ask([factor.credential_id], os.urandom(32)))
    for left in (7, 6):
        with pytest.raises(StaffPinWrong) as wrong:
            cards.answer(asked, secret("0000"))
        assert wrong.value.data["left"] == left
    with pytest.raises(StaffCardUnknown):
        cards.answer(CardAsked("a", OFFICE.ask([b"x" * 32], os.urandom(32))), secret(STAFF_PIN))


def test_the_card_gives_what_it_keeps_for_a_salt_and_tells_the_office_nothing_of_it(
    desk: Desk, cards: FidoStaffCards
) -> None:
    desk.put(staff_card())
    asked = CardAsked("a", OFFICE.ask_registration((b"\x01" * 16, "k1001"), (), challenge := os.urandom(32)))
    factor, salt = OFFICE.register(cards.register(asked, secret(STAFF_PIN)), challenge), os.urandom(32)
    found = []
    for each in (salt, salt, os.urandom(32)):
        challenge = os.urandom(32)
        asked = CardAsked("b", OFFICE.ask([factor.credential_id], challenge))
        answer = cards.answer(asked, secret(STAFF_PIN), each)
        factor = OFFICE.check(answer.assertion, challenge, [factor])
        assert answer.kept is not None
        assert json.loads(answer.assertion)["clientExtensionResults"] == {}
        assert websafe_encode(answer.kept.reveal()) not in answer.assertion
        assert answer.key == key_name(factor.credential_id)
        found.append(answer.kept)
    assert found[0] == found[1] != found[2]
    assert cards.answer(asked, secret(STAFF_PIN)).kept is None


def test_a_card_that_keeps_nothing_for_a_salt_answers_all_the_same(desk: Desk, cards: FidoStaffCards) -> None:
    desk.put(staff_card(keeps=False))
    factor, challenge = desk.register(), os.urandom(32)
    answer = cards.answer(
        CardAsked("a", OFFICE.ask([factor.credential_id], challenge)), secret(STAFF_PIN), os.urandom(32)
    )
    assert OFFICE.check(answer.assertion, challenge, [factor]).credential_id == factor.credential_id
    assert answer.kept is None


def test_a_blocked_pin_is_told_apart(desk: Desk, cards: FidoStaffCards) -> None:
    card = staff_card()
    desk.put(card)
    factor = desk.register()
    asked = CardAsked("a", OFFICE.ask([factor.credential_id], os.urandom(32)))
    card.authenticator.pin.left = 1
    with pytest.raises(StaffPinBlocked):
        cards.answer(asked, secret("0000"))
    with pytest.raises(StaffPinBlocked):
        cards.answer(asked, secret(STAFF_PIN))


def test_a_new_card_is_registered_with_its_holder_s_pin_once_and_signs_from_then_on(
    desk: Desk, cards: FidoStaffCards
) -> None:
    card, challenge, person = staff_card(), os.urandom(32), (b"\x01" * 16, "k1001")
    asked = CardAsked("a", OFFICE.ask_registration(person, (), challenge))
    with pytest.raises(StaffCardAbsent):
        cards.register(asked, secret(STAFF_PIN))
    desk.put(card)
    with pytest.raises(StaffPinWrong) as wrong:
        cards.register(asked, secret("0000"))
    assert wrong.value.data["left"] == 7
    factor = OFFICE.register(cards.register(asked, secret(STAFF_PIN)), challenge)
    wait_for(lambda: card.authenticator.pin.token is None, "the power to go")
    again = CardAsked("b", OFFICE.ask_registration(person, (factor,), os.urandom(32)))
    with pytest.raises(StaffCardTaken):
        cards.register(again, secret(STAFF_PIN))
    challenge = os.urandom(32)
    answer = cards.answer(CardAsked("c", OFFICE.ask([factor.credential_id], challenge)), secret(STAFF_PIN)).assertion
    assert OFFICE.check(answer, challenge, [factor]).credential_id == factor.credential_id
    wait_for(cards.is_there, "the card to be seen")
    desk.take()
    wait_for(lambda: not cards.is_there(), "the reader to be empty")


def test_a_card_without_a_pin_is_not_registered(desk: Desk, cards: FidoStaffCards) -> None:
    card = staff_card(None)
    desk.put(card)
    asked = CardAsked("a", OFFICE.ask_registration((b"\x01" * 16, "k1001"), (), os.urandom(32)))
    with pytest.raises(StaffPinMissing):
        cards.register(asked, secret(STAFF_PIN))
    assert not card.authenticator.credentials


def test_a_resident_s_card_never_hears_a_fido_command_and_the_staff_reader_shows_no_residents(
    desk: Desk, cards: FidoStaffCards, pcscd: Pcscd, make: MakeCard
) -> None:
    name, port = next(iter(pcscd.ports.items()))
    reader, resident = VirtualReader(port, name), make("adult")
    readers = PcscReaders(SystemClock(), serves=lambda reader: reader != desk.name)
    try:
        reader.put(resident)
        wait_for(lambda: readers.seen().cards, "the resident's card")
        desk.put(staff_card())
        factor = desk.register()
        asked = CardAsked("a", OFFICE.ask([factor.credential_id], os.urandom(32)))
        cards.answer(asked, secret(STAFF_PIN))
        assert [each.name for each in readers.seen().readers] == [name]
        assert not [apdu for apdu in resident.log if AID in apdu]
    finally:
        reader.take()
        readers.close()
