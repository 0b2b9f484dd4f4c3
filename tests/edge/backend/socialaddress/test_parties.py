"""S05-0, S05-3, K-11: non-residents with the four items, corporations, protected persons; each by a right for it."""

from datetime import date

import pytest

from app.domain.rights import ANY, Right
from app.errors import BadFormat, Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.message import encode
from app.wire.social_address import AskPartyHistory, FindParties, KeepParty, OpenParty, PartyKept, ProtectParty
from app.wire.social_address_entries import KeepDelivery
from tests.edge.backend.socialaddress.office import (
    HEALTH,
    PENSION,
    TODAY,
    Office,
    change,
    new_id,
    number,
    one_engine,
    rights,
)
from tests.support.slices import person

COMPANY = {"kind": "corporation", "name": "見本商事", "kana": "ミホンショウジ", "birth": None, "sex": ""}


def protected(office: Office, number: str, version: int = 1, *, hides: bool = True, by: str = "p1") -> PartyKept:
    asked = ProtectParty(purpose=HEALTH, social_number=number, version=version, protected=hides, reason="申出")
    return office.desk.parties.protect(office.call(office.clerk(by, *rights("protect"))), asked)


@pytest.mark.seed("S05-3")
def test_a_non_resident_is_kept_with_the_four_items_under_a_number_of_its_own(office: Office) -> None:
    """S05-3."""
    kept = office.non_resident().row
    assert (kept.kind, kept.name, kept.birth, kept.sex, kept.address) == (
        "non_resident", "住外　花子", date(1970, 1, 2), "2", "隣市本町9番",
    )  # fmt: skip
    assert len(kept.social_number) == 15
    assert kept.social_number.startswith("8")
    assert office.non_resident(name="住外　次郎").row.social_number != kept.social_number
    assert office.party(kept.social_number) == kept


@one_engine
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"address": ""}, "address"),
        ({"birth": None}, "birth"),
        ({"sex": ""}, "sex"),
        ({"my_number": "123456789012", "method": "chip"}, "my_number_check_digit"),
        (COMPANY | {"corporate_number": "1000012050002"}, "corporate_number_check_digit"),
        (COMPANY | {"corporate_number": "700001205000"}, "corporate_number"),
    ],
)
def test_without_one_of_them_or_with_a_wrong_digit_nothing_is_kept(office: Office, changed: dict, field: str) -> None:
    """S05-3."""
    with pytest.raises(BadFormat) as wrong:
        office.non_resident(**changed)
    assert wrong.value.data["field"] == field
    assert office.kinds() == []


def test_a_corporation_is_kept_once_under_its_number(office: Office) -> None:
    """S05-3."""
    kept = office.non_resident(**COMPANY, corporate_number="7000012050002").row
    assert office.party("7000012050002") == kept
    with pytest.raises(Refused) as again:
        office.non_resident(**COMPANY, corporate_number="7000012050002")
    assert again.value.reason == "corporation_known"
    assert office.kinds()[-1] == "social.enter_refused"


@one_engine
@pytest.mark.parametrize("kind", ["resident", "spirit"])
def test_a_resident_is_told_by_the_register_and_entered_by_nobody(office: Office, kind: str) -> None:
    """S05-1, S05-3."""
    with pytest.raises(NotUnderstood):
        office.non_resident(kind=kind)


def test_the_same_request_again_enters_nobody_twice_and_another_one_under_its_key_is_refused(office: Office) -> None:
    """S05-3."""
    first = office.non_resident(key="k-1")
    assert office.non_resident(key="k-1") == first
    with pytest.raises(Conflict):
        office.non_resident(key="k-1", name="別の人")
    assert office.kinds().count("social.entered") == 1


def test_a_correction_needs_the_version_it_saw_and_a_reason_and_what_was_stays(office: Office) -> None:
    """S05-3, S05-0."""
    row = office.non_resident().row
    again = {"social_number": row.social_number, "version": 1, "address": "隣市北町1番"}
    with pytest.raises(Refused) as without:
        office.non_resident(**again)
    assert without.value.reason == "entry_reason_missing"
    assert office.non_resident(**again, reason="転居の連絡").row.address == "隣市北町1番"
    with pytest.raises(Conflict):
        office.non_resident(**again, reason="古い画面から")
    asked = AskPartyHistory(purpose=HEALTH, social_number=row.social_number)
    states = office.desk.parties.history(office.call(), asked).states
    assert [(one.cause, one.row.address) for one in states] == [
        ("corrected", "隣市北町1番"),
        ("entered", "隣市本町9番"),
    ]


@one_engine
def test_a_resident_can_not_be_corrected_here(office: Office) -> None:
    """S05-1."""
    row = office.resident("100")
    with pytest.raises(NotAllowed):
        office.non_resident(social_number=row.social_number, version=1, reason="x")


@one_engine
@pytest.mark.parametrize(
    "given", [rights("search", purpose=PENSION), (Right("social.search", ANY),), (), rights("read")]
)
def test_without_a_right_that_names_the_business_nobody_is_found(office: Office, given: tuple[Right, ...]) -> None:
    """S05-0: purposes are walls, and a right for any business reaches none."""
    office.resident("100")
    actor = person("x", *given, municipality=office.place)
    with pytest.raises(NotAllowed):
        office.desk.parties.find(office.call(actor), FindParties(purpose=HEALTH, number="100"))


@one_engine
def test_a_birth_date_alone_finds_nobody_and_no_field_takes_an_address(office: Office) -> None:
    """S05-0."""
    office.resident("100")
    with pytest.raises(Refused) as wide:
        office.desk.parties.find(office.call(), FindParties(purpose=HEALTH, birth=date(1980, 5, 6)))
    assert wide.value.reason == "find_too_wide"
    asked = FindParties(purpose=HEALTH, name="住民　太郎", birth=date(1980, 5, 6))
    assert len(office.desk.parties.find(office.call(), asked).rows) == 1
    asked = FindParties(purpose=HEALTH, name="住民　太郎", birth=date(1980, 5, 7))
    assert office.desk.parties.find(office.call(), asked).rows == ()
    assert "address" not in FindParties.__struct_fields__


@one_engine
def test_every_look_is_on_record_with_whom_it_found_before_it_is_shown(office: Office) -> None:
    """S05-0."""
    row = office.resident("100")
    office.open(row.social_number)
    with pytest.raises(NotAllowed):
        office.open("800000000000000")
    kinds = [(kind, what["about"], what.get("found")) for kind, what in office.acts()][1:]
    assert kinds == [
        ("social.searched", "", row.social_number),
        ("social.opened", row.social_number, None),
        ("social.open_refused", "800000000000000", None),
    ]


@pytest.mark.twin("S05-3")
def test_where_a_protected_person_lives_is_in_nothing_that_is_told(office: Office) -> None:
    """S05-0."""
    row = office.resident("100", address="秘密の町7番8号")
    office.told(change(2, "100", "move", address="秘密の町7番9号"))
    office.desk.entries.deliver(
        office.call(),
        KeepDelivery(
            entry_id=new_id(), purpose=HEALTH, social_number=row.social_number, address="秘密の町７－９",
            since=TODAY, reason="本人", asked_by="self",
        ),
    )  # fmt: skip
    kept = protected(office, row.social_number, 2)
    view = office.open(row.social_number)
    ask = AskPartyHistory(purpose=HEALTH, social_number=row.social_number)
    told = (
        kept,
        view,
        office.desk.parties.find(office.call(), FindParties(purpose=HEALTH, number="100")),
        office.desk.parties.history(office.call(), ask),
    )
    assert all("秘密の町".encode() not in encode(one) for one in told)
    assert (view.row.address_state, view.mail.source, view.deliveries[0].state) == ("withheld", "withheld", "withheld")
    with pytest.raises(NotAllowed):
        office.open(row.social_number, show_address=True)
    allowed = office.clerk("p2", *rights("show_address"))
    shown = office.open(row.social_number, allowed, show_address=True, reason="送付先の確認")
    assert (shown.row.address, shown.mail.source) == ("秘密の町7番9号", "delivery")
    (last,) = [what for kind, what in office.acts() if kind == "social.opened" and what["shown_address"]]
    assert last["staff"] == "p2"


def test_protection_holds_at_once_and_another_person_lifts_it(office: Office) -> None:
    """S05-0."""
    row = office.resident("100")
    protected(office, row.social_number)
    office.told(change(2, "100", "move", address="引越し先3番"))
    assert office.open(row.social_number).row.address == ""
    with pytest.raises(Refused) as own:
        protected(office, row.social_number, 3, hides=False)
    assert own.value.reason == "protection_own"
    protected(office, row.social_number, 3, hides=False, by="p2")
    assert office.open(row.social_number).row.address == "引越し先3番"
    asked = ProtectParty(purpose=HEALTH, social_number=row.social_number, version=4, protected=True, reason="x")
    with pytest.raises(NotAllowed):
        office.desk.parties.protect(office.call(), asked)


@one_engine
def test_an_unknown_business_is_not_understood(office: Office) -> None:
    actor = person("x", *rights("read", purpose="astrology"), municipality=office.place)
    with pytest.raises(NotUnderstood):
        office.desk.parties.open(office.call(actor), OpenParty(purpose="astrology", social_number="1"))


def test_no_name_address_or_number_stands_in_the_store_in_clear(office: Office) -> None:
    """S05-0."""
    given = number(98765432109)
    office.desk.parties.keep(
        office.call(),
        KeepParty(
            purpose=HEALTH, kind="non_resident", name="暗号　守", kana="アンゴウ　マモル", birth=date(1950, 1, 1),
            sex="1", address="見えない町1番", my_number=given.text(), method="chip",
        ),
    )  # fmt: skip
    from sqlalchemy import select

    from app.backend.socialaddress.store import METADATA

    def everything(connection) -> str:
        rows = [row for table in METADATA.sorted_tables for row in connection.execute(select(table))]
        return repr(rows)

    kept = office.opened.database.read(everything)
    for word in ("暗号", "アンゴウ", "見えない", given.text(), "1950-01-01"):
        assert word not in kept
        assert repr(word.encode())[2:-1] not in kept
