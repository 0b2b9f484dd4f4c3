"""S05-0, K-11: delivery addresses, contact records and bank accounts, each of one business; nothing is changed."""

from datetime import date, timedelta

import pytest

from app.domain.rights import Right
from app.errors import BadFormat, Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.social_address import PartyView, ProtectParty
from app.wire.social_address_entries import EndEntry, EntryKept, KeepAccount, KeepContact, KeepDelivery
from tests.edge.backend.socialaddress.office import (
    ACTS,
    HEALTH,
    PENSION,
    TODAY,
    Office,
    change,
    new_id,
    one_engine,
    rights,
)
from tests.support.slices import MORNING


def delivery(office: Office, social_number: str, actor=None, **changed) -> EntryKept:
    given = {
        "entry_id": new_id(),
        "purpose": HEALTH,
        "social_number": social_number,
        "address": "見本市東区5番 親戚方",
        "since": TODAY,
        "reason": "入院のため",
        "asked_by": "self",
    }
    return office.desk.entries.deliver(office.call(actor), KeepDelivery(**(given | changed)))


def contact(office: Office, social_number: str, actor=None, **changed) -> EntryKept:
    given = {
        "entry_id": new_id(),
        "purpose": HEALTH,
        "social_number": social_number,
        "how": "phone",
        "spoke_with": "本人",
        "spoke_at": MORNING,
        "what": "納付の相談",
    }
    return office.desk.entries.note_contact(office.call(actor), KeepContact(**(given | changed)))


def account(office: Office, social_number: str, actor=None, **changed) -> EntryKept:
    given = {
        "entry_id": new_id(),
        "purpose": HEALTH,
        "social_number": social_number,
        "bank": "0001",
        "branch": "123",
        "kind": "1",
        "number": "123456",
        "holder": "ジュウミン　タロウ",
        "since": TODAY,
    }
    return office.desk.entries.keep_account(office.call(actor), KeepAccount(**(given | changed)))


def opened(office: Office, social_number: str, *more: Right, **asked) -> PartyView:
    return office.open(social_number, office.clerk("c1", *more), **asked)


@one_engine
def test_letters_go_to_the_delivery_address_while_it_holds_and_home_before_and_after(office: Office) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    until = TODAY + timedelta(days=30)
    delivery(office, number, since=TODAY + timedelta(days=1), until=until, addressee="住民　花子 様方")
    assert opened(office, number).mail.source == "home"
    before = office.clock.at
    try:
        office.clock.at = before + timedelta(days=1)
        mail = opened(office, number).mail
        assert (mail.source, mail.address, mail.addressee) == ("delivery", "見本市東区5番 親戚方", "住民　花子 様方")
        office.clock.at = before + timedelta(days=31)
        view = opened(office, number)
        assert (view.mail.source, view.mail.address) == ("home", "見本市中央一丁目2番3号")
        assert view.deliveries[0].state == "over"
    finally:
        office.clock.at = before


def test_a_new_delivery_address_replaces_the_old_one_and_says_who_asked_for_it_and_why(office: Office) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    first = delivery(office, number)
    second = delivery(
        office, number, address="見本市西区6番", replaces=first.entry_id, asked_by="representative", asked_name="後見人"
    )
    rows = opened(office, number).deliveries
    assert [(one.entry_id, one.state) for one in rows] == [
        (second.entry_id, "in_force"),
        (first.entry_id, "replaced"),
    ]
    assert (rows[0].asked_by, rows[0].asked_name, rows[0].reason, rows[0].by) == (
        "representative", "後見人", "入院のため", "c1",
    )  # fmt: skip
    with pytest.raises(Conflict):
        delivery(office, number, replaces=first.entry_id)
    end = EndEntry(
        entry_id=new_id(), purpose=HEALTH, social_number=number, ends=second.entry_id, until=TODAY, reason="退院"
    )
    office.desk.entries.end(office.call(), end)
    rows = opened(office, number).deliveries
    assert [(one.until, one.state) for one in rows] == [(TODAY, "in_force"), (None, "replaced"), (None, "replaced")]


@one_engine
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"reason": " "}, "entry_reason_missing"),
        ({"until": TODAY - timedelta(days=1)}, "entry_period_reversed"),
    ],
)
def test_a_delivery_address_without_a_reason_or_with_a_period_that_ends_before_it_begins_is_refused(
    office: Office, changed: dict, reason: str
) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    with pytest.raises(Refused) as refused:
        delivery(office, number, **changed)
    assert refused.value.reason == reason
    assert opened(office, number).deliveries == ()


@one_engine
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"address": "見本市中央１－２－３"}, "delivery_is_home"),
        ({"asked_by": "family", "asked_name": "配偶者"}, "protected_requester"),
    ],
)
def test_a_protected_person_s_delivery_address_tells_no_home_and_is_asked_for_by_nobody_else(
    office: Office, changed: dict, reason: str
) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    asked = ProtectParty(purpose=HEALTH, social_number=number, version=1, protected=True, reason="申出")
    office.desk.parties.protect(office.call(office.clerk("p1", *rights("protect"))), asked)
    with pytest.raises(Refused) as refused:
        delivery(office, number, **changed)
    assert refused.value.reason == reason
    delivery(office, number)
    assert opened(office, number).mail.address == "見本市東区5番 親戚方"
    office.told(change(2, "100", "move", address="見本市東区5番 親戚方"))
    assert opened(office, number).mail.source == "withheld", "they moved to where their letters go"


def test_a_contact_stands_as_it_was_said_and_is_put_right_by_a_row_of_its_own(office: Office) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    first = contact(office, number)
    second = contact(office, number, what="減免の相談", corrects=first.entry_id)
    rows = opened(office, number).contacts
    assert [(one.entry_id, one.what, one.state, one.corrects) for one in rows] == [
        (second.entry_id, "減免の相談", "stands", first.entry_id),
        (first.entry_id, "納付の相談", "corrected", ""),
    ]
    assert (rows[0].how, rows[0].spoke_with, rows[0].spoke_at, rows[0].by) == ("phone", "本人", MORNING, "c1")
    with pytest.raises(Conflict):
        contact(office, number, corrects=first.entry_id)
    ended = EndEntry(
        entry_id=new_id(), purpose=HEALTH, social_number=number, ends=first.entry_id, until=TODAY, reason="x"
    )
    with pytest.raises(NotAllowed):
        office.desk.entries.end(office.call(), ended)


@one_engine
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"how": "telepathy"}, NotUnderstood),
        ({"spoke_at": MORNING + timedelta(minutes=1)}, BadFormat),
        ({"what": ""}, Refused),
        ({"spoke_with": " "}, Refused),
    ],
)
def test_a_contact_that_does_not_say_who_when_how_and_what_is_refused(
    office: Office, changed: dict, error: type[Exception]
) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    with pytest.raises(error):
        contact(office, number, **changed)


@one_engine
def test_what_was_said_with_a_protected_person_is_not_told_to_who_may_not_know_where_they_live(office: Office) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    contact(office, number, what="いまの住所は秘密の町")
    asked = ProtectParty(purpose=HEALTH, social_number=number, version=1, protected=True, reason="申出")
    office.desk.parties.protect(office.call(office.clerk("p1", *rights("protect"))), asked)
    (row,) = opened(office, number).contacts
    assert (row.what, row.spoke_with, row.state) == ("", "", "withheld")
    (row,) = opened(office, number, *rights("show_address"), show_address=True, reason="確認").contacts
    assert row.what == "いまの住所は秘密の町"


@pytest.mark.seed("S05-0", "K-11")
def test_an_account_is_masked_until_somebody_with_the_right_asks_on_purpose(office: Office) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    account(office, number, public=True, confirmed_on=TODAY)
    (row,) = opened(office, number).accounts
    assert (row.number, row.holder, row.masked, row.public, row.confirmed_on) == ("*****56", "ｼ", True, True, TODAY)
    with pytest.raises(NotAllowed):
        opened(office, number, show_accounts=True)
    with pytest.raises(Refused) as why:
        opened(office, number, *rights("show_account"), show_accounts=True, reason=" ")
    assert why.value.reason == "entry_reason_missing"
    (row,) = opened(office, number, *rights("show_account"), show_accounts=True, reason="振込の確認").accounts
    assert (row.number, row.holder, row.masked) == ("0123456", "ｼﾞﾕｳﾐﾝ ﾀﾛｳ", False)
    looks = [(what["shown_accounts"], what["reason"]) for kind, what in office.acts() if kind == "social.opened"]
    assert looks == [(False, ""), (True, "振込の確認")]


@one_engine
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"bank": "001"}, "bank"),
        ({"branch": "12a"}, "branch"),
        ({"number": "12345678"}, "number"),
        ({"kind": "9"}, "account_kind"),
        ({"holder": "住民太郎"}, "account_holder"),
        ({"public": True}, "confirmed_on"),
    ],
)
def test_an_account_in_the_wrong_form_is_refused_with_the_field(office: Office, changed: dict, field: str) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    with pytest.raises(BadFormat) as wrong:
        account(office, number, **changed)
    assert wrong.value.data["field"] == field


def test_one_account_holds_for_a_business_and_another_replaces_it(office: Office) -> None:
    """S05-0."""
    number = office.resident("100").social_number
    first = account(office, number, until=date(2027, 3, 31))
    with pytest.raises(Refused) as second:
        account(office, number, number="7654321")
    assert second.value.reason == "account_in_force"
    account(office, number, number="7654321", since=date(2027, 4, 1))
    account(office, number, number="1111111", until=date(2027, 3, 31), replaces=first.entry_id)
    states = [(one.number, one.state) for one in opened(office, number).accounts]
    assert states == [("*****11", "in_force"), ("*****21", "ahead"), ("*****56", "replaced")]


@pytest.mark.twin("S05-0", "K-11")
def test_an_entry_of_one_business_is_not_there_for_another(office: Office) -> None:
    """S05-0: purposes are walls."""
    number = office.resident("100").social_number
    kept = [delivery(office, number), contact(office, number), account(office, number)]
    other = office.clerk("o1", purpose=PENSION)
    view = office.open(number, other, purpose=PENSION)
    assert (view.deliveries, view.contacts, view.accounts, view.mail.source) == ((), (), (), "home")
    for does in (delivery, contact, account):
        with pytest.raises(NotAllowed):
            does(office, number, other)
    with pytest.raises(NotAllowed):
        delivery(office, number, other, purpose=PENSION, replaces=kept[0].entry_id)


@one_engine
@pytest.mark.parametrize("act", ["delivery", "contact", "account"])
def test_each_kind_of_entry_needs_its_own_right(office: Office, act: str) -> None:
    """S05-0."""
    from tests.support.slices import person

    number = office.resident("100").social_number
    actor = person("n1", *rights(*(one for one in ACTS if one != act)), municipality=office.place)
    with pytest.raises(NotAllowed):
        {"delivery": delivery, "contact": contact, "account": account}[act](office, number, actor)
    assert office.kinds()[-1] != f"social.{act}_kept"


def test_what_ended_long_enough_ago_is_deleted_and_what_holds_stays(office: Office) -> None:
    """S05-0: how long each class is kept is data."""
    number = office.resident("100").social_number
    old = TODAY - timedelta(days=5 * 366)
    over = delivery(office, number, since=old, until=old + timedelta(days=1))
    replaced = delivery(office, number, since=old)
    held = delivery(office, number, since=TODAY, replaces=replaced.entry_id)
    contact(office, number, spoke_at=MORNING - timedelta(days=5 * 366))
    young = contact(office, number)
    from app.backend.socialaddress.service import Clearing
    from app.server.shipped import social_rules

    clearing = Clearing(office.desk.parties._book, social_rules(), office.clock)
    clearing.clear(office.place, TODAY)
    view = opened(office, number)
    assert [one.entry_id for one in view.deliveries] == [held.entry_id, replaced.entry_id]
    assert [one.entry_id for one in view.contacts] == [young.entry_id]
    assert over.entry_id not in {one.entry_id for one in view.deliveries}
    (what,) = [what for kind, what in office.acts() if kind == "social.cleared"]
    assert (what["delivery"], what["contact"]) == (1, 1)
    clearing.clear(office.place, TODAY)
    assert office.kinds().count("social.cleared") == 1
