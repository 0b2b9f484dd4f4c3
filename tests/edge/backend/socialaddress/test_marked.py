"""S05-1, S05-0, F-10: whom the register protects is protected here too, in every list, sheet and extract."""

from datetime import timedelta

import pytest

from app.errors import Refused
from app.wire.message import encode
from app.wire.social_address import AskPartyHistory, FindParties, ProtectParty
from app.wire.social_address_entries import KeepContact, KeepDelivery
from app.wire.social_address_tax import AskPartyItems, FoundParties, PartyItems
from tests.edge.backend.socialaddress.office import HEALTH, SYSTEM, TODAY, Office, change, new_id, rights

HIDDEN = "見本市隠町1番2号"


def marked(office: Office, subject: str = "100") -> str:
    """Somebody whose address came before the mark; the 社会保障宛名番号."""
    number = office.resident(subject, address=HIDDEN).social_number
    office.told(change(2, subject, "restraint", protected=True))
    return number


def deliver(office: Office, number: str, **changed: object) -> None:
    given = {"entry_id": new_id(), "purpose": HEALTH, "social_number": number, "address": "見本市東区5番 親戚方"}
    more = {"since": TODAY, "reason": "入院のため", "asked_by": "self"}
    office.desk.entries.deliver(office.call(), KeepDelivery(**(given | more | changed)))


def told_to_insurer(office: Office, number: str) -> PartyItems:
    office.needs(number)
    asked = AskPartyItems(municipality=office.place, system=SYSTEM, social_numbers=(number,))
    return office.asks(SYSTEM, "ask-party-items/1", asked, FoundParties, "found-parties/1").parties[0]


def test_the_mark_hides_the_address_in_lists_sheets_history_and_what_systems_are_told(office: Office) -> None:
    number = marked(office)
    found = office.desk.parties.find(office.call(), FindParties(purpose=HEALTH, number="100"))
    assert (found.rows[0].protected, found.rows[0].address_state) == (True, "withheld")
    view = office.open(number)
    assert (view.row.protected, view.mail.source, view.mail.address) == (True, "withheld", "")
    history = office.desk.parties.history(office.call(), AskPartyHistory(purpose=HEALTH, social_number=number))
    items = told_to_insurer(office, number)
    assert (items.protected, items.mail, items.mail_source) == (True, "", "withheld")
    for shown in (found, view, history, items):
        assert HIDDEN.encode() not in encode(shown)


def test_without_the_mark_the_same_questions_have_their_answers(office: Office) -> None:
    """Negative twin: nothing is hidden of somebody else, and nothing told to who may not know."""
    marked(office)
    other = office.resident("101", 3, address="見本市東区7番").social_number
    assert office.open(other).mail.address == "見本市東区7番"
    assert office.party("101").protected is False
    assert told_to_insurer(office, other).protected is False


def test_letters_go_where_the_person_wants_and_what_was_said_is_not_told(office: Office) -> None:
    number = office.resident("100", address=HIDDEN).social_number
    deliver(office, number, asked_by="family", asked_name="配偶者")
    contact = KeepContact(
        entry_id=new_id(), purpose=HEALTH, social_number=number, how="phone", spoke_with="配偶者",
        spoke_at=office.clock.now() - timedelta(hours=1), what=f"{HIDDEN}に住む",
    )  # fmt: skip
    office.desk.entries.note_contact(office.call(), contact)
    office.told(change(2, "100", "restraint", protected=True))
    view = office.open(number)
    assert (view.mail.source, view.deliveries[0].state, view.contacts[0].state) == ("withheld",) * 3
    assert HIDDEN.encode() not in encode(view)
    with pytest.raises(Refused, match="protected_requester"):
        deliver(office, number, asked_by="family", asked_name="配偶者")
    deliver(office, number)
    assert office.open(number).mail.address == "見本市東区5番 親戚方"


def test_nobody_here_lifts_what_the_register_set_and_the_register_lifts_nothing_set_here(office: Office) -> None:
    """Negative twin."""
    number = marked(office)
    lifts = office.clerk("p1", *rights("protect"))

    def protect(who, *, on: bool) -> None:
        version = office.party("100").version
        asked = ProtectParty(purpose=HEALTH, social_number=number, version=version, protected=on, reason="申出")
        office.desk.parties.protect(office.call(who), asked)

    with pytest.raises(Refused, match="protection_registers"):
        protect(lifts, on=False)
    protect(lifts, on=True)
    office.told(change(3, "100", "restraint", protected=False))
    assert office.party("100").address_state == "withheld", "somebody here hid it too"
    protect(office.clerk("p2", *rights("protect")), on=False)
    assert office.party("100").address == HIDDEN


def test_the_address_told_after_the_mark_is_hidden_from_its_first_moment(office: Office) -> None:
    """One letter: the move behind the mark; and a record that is read whole carries the mark with it."""
    number = marked(office)
    office.told(change(3, "100", "change_of_address", address="見本市隠町9番"))
    assert office.open(number).row.address == ""
    office.told(change(4, "101", address="見本市隠町10番", protected=True))
    assert office.party("101").address_state == "withheld"
