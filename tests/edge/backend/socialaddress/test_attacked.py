"""S05-0, K-11: roundabout ways to entries of another business and to where a protected person lives lead nowhere."""

from datetime import timedelta

import pytest

from app.errors import NotAllowed, Refused
from app.wire.social_address import AskPartyHistory, FindParties, PartyKept, ProtectParty
from app.wire.social_address_entries import EndEntry, EntryKept, KeepAccount, KeepDelivery
from app.wire.social_address_merge import DecideMerge, ProposeMerge
from tests.edge.backend.socialaddress.office import HEALTH, PENSION, TODAY, Office, new_id, one_engine, rights


def protect(office: Office, social_number: str) -> PartyKept:
    who = office.clerk("p1", *rights("protect"))
    version = office.open(social_number).row.version
    asked = ProtectParty(
        purpose=HEALTH, social_number=social_number, version=version, protected=True, reason="申出があった"
    )
    return office.desk.parties.protect(office.call(who), asked)


def deliver(office: Office, social_number: str, **changed: object) -> EntryKept:
    given = {
        "entry_id": new_id(),
        "purpose": HEALTH,
        "social_number": social_number,
        "address": "見本市東区5番 親戚方",
        "since": TODAY,
        "reason": "入院のため",
        "asked_by": "self",
    }
    return office.desk.entries.deliver(office.call(), KeepDelivery(**(given | changed)))


@one_engine
def test_an_entry_of_another_business_is_not_ended_by_who_has_the_right_for_their_own(office: Office) -> None:
    number = office.resident("100").social_number
    pays = office.clerk("n1", purpose=PENSION)
    account = KeepAccount(
        entry_id=new_id(), purpose=PENSION, social_number=number, bank="0001", branch="123", kind="1",
        number="123456", holder="ジュウミン　タロウ", since=TODAY,
    )  # fmt: skip
    kept = office.desk.entries.keep_account(office.call(pays), account)
    end = EndEntry(
        entry_id=new_id(), purpose=HEALTH, social_number=number, ends=kept.entry_id,
        until=TODAY + timedelta(days=1), reason="解約",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        office.desk.entries.end(office.call(office.clerk("c1")), end)
    (row,) = office.open(number, pays, purpose=PENSION).accounts
    assert row.until is None


@one_engine
def test_what_was_merged_into_a_protected_person_tells_no_address_either(office: Office) -> None:
    number = office.resident("100", name="住外　花子", kana="ジュウガイ　ハナコ").social_number
    other = office.non_resident(address="隣市隠町4番").row.social_number
    asked = ProposeMerge(purpose=HEALTH, party=other, into=number, reason="同じ人")
    merge = office.desk.merging.propose(office.call(), asked)
    decides = office.clerk("m2", *rights("merge_decide"))
    decision = DecideMerge(purpose=HEALTH, merge_id=merge.merge_id, version=merge.version, outcome="approved")
    office.desk.merging.decide(office.call(decides), decision)
    protect(office, number)
    found = office.desk.parties.find(office.call(), FindParties(purpose=HEALTH, name="住外　花子"))
    history = office.desk.parties.history(office.call(), AskPartyHistory(purpose=HEALTH, social_number=other))
    assert "隠町" not in repr(found)
    assert "隠町" not in repr(history)
    with pytest.raises(Refused) as refused:
        deliver(office, number, address="隣市隠町4番")
    assert refused.value.reason == "delivery_is_home"


@pytest.mark.parametrize("written", ["見本市中央1-2-3", "日本県見本市中央一丁目2番3号", "見本市中央1-2-3 見本荘101"])
@one_engine
def test_home_is_home_also_when_it_is_written_longer_or_shorter(office: Office, written: str) -> None:
    home = "見本市中央一丁目2番3号 見本荘" if written.endswith("3") else "見本市中央一丁目2番3号"
    number = office.resident("100", address=home).social_number
    deliver(office, number, address=written)
    protect(office, number)
    view = office.open(number)
    assert view.mail.source == "withheld"
    assert written not in repr(view)


@one_engine
def test_a_neighbour_of_a_protected_person_is_no_home(office: Office) -> None:
    """Negative twin."""
    number = office.resident("100").social_number
    deliver(office, number, address="見本市中央1-2-35")
    protect(office, number)
    assert office.open(number).mail.address == "見本市中央1-2-35"


@one_engine
def test_letters_of_a_protected_person_no_longer_go_where_somebody_else_had_them_sent(office: Office) -> None:
    number = office.resident("100").social_number
    deliver(office, number, asked_by="family", asked_name="配偶者")
    assert office.open(number).mail.source == "delivery"
    protect(office, number)
    assert office.open(number).mail.source == "withheld"
