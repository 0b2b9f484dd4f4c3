"""S05-2, S05-3, F-10, K-11: approval, waiting, sending once more, and what a business and a system see of a party."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.domain.social_rules import parse_social_rules
from app.errors import AppError, DataFault, NotAllowed, NotUnderstood
from app.shipped import read_toml
from app.wire.social_address import ProtectParty
from app.wire.social_address_entries import KeepDelivery
from app.wire.social_address_tax import (
    AskPartyItems,
    AskPartyTax,
    AskSocialTransfers,
    AskTax,
    FoundParties,
    FoundTax,
    SendAgain,
    SocialNeeds,
    SocialTransfer,
    TaxWanted,
)
from tests.edge.backend.socialaddress.office import (
    HEALTH,
    OTHER,
    PENSION,
    SYSTEM,
    TODAY,
    YEAR,
    Office,
    change,
    new_id,
    notice,
    one_engine,
    rights,
)
from tests.support.slices import person


def got(office: Office, system: str = SYSTEM) -> list[SocialTransfer]:
    """What a system has, in order."""
    office.carry()
    return [*office.systems[system].got.get(office.place, {}).values()]


def ask(office: Office, *wanted: TaxWanted, system: str = SYSTEM) -> FoundTax:
    message = AskTax(municipality=office.place, system=system, wanted=wanted)
    return office.asks(system, "ask-tax/1", message, FoundTax, "found-tax/1")


def wanted(social_number: str, year: int = YEAR, *items: str) -> TaxWanted:
    return TaxWanted(social_number=social_number, fiscal_year=year, items=items or ("total_income",))


def seen(office: Office, social_number: str, purpose: str = HEALTH) -> list[tuple[int, int, int, str, bool, dict]]:
    actor = office.clerk("t1", purpose=purpose)
    asked = AskPartyTax(purpose=purpose, social_number=social_number)
    rows = office.desk.taxes.seen(office.call(actor), asked).rows
    return [(one.fiscal_year, one.income_year, one.revision, one.kind, one.current, one.items) for one in rows]


def with_rules(office: Office, change_receivers: Callable[[list[dict]], None]) -> Office:
    """The office under other shipped rules."""
    from dataclasses import replace

    values = {**read_toml("tables", "social_insurance.toml")}
    values["receiver"] = [dict(row) for row in values["receiver"]]
    change_receivers(values["receiver"])
    rules = parse_social_rules(values)
    part = office.part
    for one in (part.takings.passing, part.takings.taxes, part.carrying, part.desk.tending):
        one._rules = rules
    return replace(office)


@pytest.fixture
def shipped_again(office: Office):
    yield
    with_rules(office, lambda _: None)


@pytest.mark.usefixtures("shipped_again")
def test_a_system_whose_approval_is_over_gets_nothing_not_even_what_waits_for_it(office: Office) -> None:
    """S05-2: approval is looked at again when something is to leave."""
    number = office.resident("100").social_number
    office.needs(number)
    office.systems[SYSTEM].is_down = True
    office.taxed(notice(1, "100"))
    office.carry()

    def ends(rows: list[dict]) -> None:
        rows[0]["until"] = TODAY - timedelta(days=1)

    with_rules(office, ends)
    office.systems[SYSTEM].is_down = False
    office.clock.move(hours=1)
    assert got(office) == []
    office.taxed(notice(2, "100", revision=1))
    assert got(office) == []
    with pytest.raises(NotAllowed):
        ask(office, wanted(number))
    assert "social.stopped" in office.kinds()
    rows = office.desk.tending.transfers(office.call(), AskSocialTransfers(purpose=HEALTH, stopped=True)).rows
    assert [(one.system, one.sequence, one.cause) for one in rows] == [(SYSTEM, 1, "office.not_allowed")]


def test_what_could_not_be_delivered_waits_and_comes_once_in_order_when_the_line_is_back(office: Office) -> None:
    """S05-2."""
    number = office.resident("100").social_number
    office.needs(number)
    office.systems[SYSTEM].is_down = True
    for revision in range(3):
        office.taxed(notice(revision + 1, "100", revision=revision))
    assert got(office) == []
    waiting = office.desk.tending.transfers(office.call(), AskSocialTransfers(purpose=HEALTH)).rows
    assert [(one.sequence, one.state) for one in waiting] == [(3, "waiting"), (2, "waiting"), (1, "waiting")]
    office.systems[SYSTEM].is_down = False
    office.clock.move(hours=1)
    assert [one.revision for one in got(office)] == [0, 1, 2]
    rows = office.desk.tending.transfers(office.call(), AskSocialTransfers(purpose=HEALTH)).rows
    assert {one.state for one in rows} == {"delivered"}
    assert rows[0].item_names == ("income_levy", "salary_receipts", "total_income")


def test_a_system_that_lost_what_it_had_is_sent_it_once_more(office: Office) -> None:
    """S05-2: re-send, by the system's own word, by its asking, and by whoever looks after it."""
    number = office.resident("100").social_number
    office.needs(number)
    office.taxed(notice(1, "100"), notice(2, "100", revision=1))
    assert len(got(office)) == 2
    assert [one.sequence for one in office.again(0).transfers] == [1, 2]
    assert [one.sequence for one in office.again(1).transfers] == [2]
    office.systems[SYSTEM].got[office.place].clear()
    tender = office.clerk("v1")
    again = SendAgain(purpose=HEALTH, system=SYSTEM, from_sequence=1)
    office.desk.tending.again(office.call(tender), again)
    assert [one.sequence for one in got(office)] == [1, 2]
    office.systems[SYSTEM].got[office.place].clear()
    office.taxed(notice(3, "100", revision=2))
    office.carry()
    office.clock.move(hours=1)
    assert [one.sequence for one in got(office)] == [1, 2, 3], "it said what lacks in front"


@one_engine
@pytest.mark.parametrize("asked", [{"system": OTHER}, {"from_sequence": 9}, {"purpose": PENSION}])
def test_nothing_is_sent_again_to_a_system_of_another_business_or_that_never_was(office: Office, asked: dict) -> None:
    """S05-2."""
    office.needs(office.resident("100").social_number)
    office.taxed(notice(1, "100"))
    again = SendAgain(**({"purpose": HEALTH, "system": SYSTEM, "from_sequence": 1} | asked))
    with pytest.raises(NotAllowed):
        office.desk.tending.again(office.call(), again)


@one_engine
def test_a_clerk_sees_the_items_and_years_of_the_business_and_no_others(office: Office) -> None:
    """S05-2: purposes are walls."""
    number = office.resident("100").social_number
    old = {"fiscal_year": YEAR - 3, "income_year": YEAR - 4}
    office.taxed(notice(1, "100"), notice(2, "100", **old))
    assert [(row[0], sorted(row[5])) for row in seen(office, number)] == [
        (YEAR, ["income_levy", "salary_receipts", "total_income"])
    ]
    assert [(row[0], sorted(row[5])) for row in seen(office, number, PENSION)] == [(YEAR, ["total_income"])]
    actor = person("x", *rights("read", "search"), municipality=office.place)
    with pytest.raises(NotAllowed):
        office.desk.taxes.seen(office.call(actor), AskPartyTax(purpose=HEALTH, social_number=number))


def test_a_system_asks_for_a_party_s_items_and_gets_the_delivery_address_not_a_protected_home(office: Office) -> None:
    """S05-3."""
    number, other = office.resident("100").social_number, office.resident("101", 2).social_number
    office.needs(number)

    def items() -> FoundParties:
        asked = AskPartyItems(municipality=office.place, system=SYSTEM, social_numbers=(number, other))
        return office.asks(SYSTEM, "ask-party-items/1", asked, FoundParties, "found-parties/1")

    first, second = items().parties
    assert (first.name, first.mail, first.mail_source) == ("住民　太郎", "見本市中央一丁目2番3号", "home")
    assert (second.reason, second.name, second.mail) == ("not_needed", "", "")
    asked = ProtectParty(purpose=HEALTH, social_number=number, version=1, protected=True, reason="申出")
    office.desk.parties.protect(office.call(office.clerk("p1", *rights("protect"))), asked)
    assert (items().parties[0].mail, items().parties[0].mail_source) == ("", "withheld")
    delivery = KeepDelivery(
        entry_id=new_id(), purpose=HEALTH, social_number=number, address="私書箱1号", since=TODAY, reason="本人",
        asked_by="self",
    )  # fmt: skip
    office.desk.entries.deliver(office.call(), delivery)
    assert (items().parties[0].mail, items().parties[0].mail_source) == ("私書箱1号", "delivery")


@one_engine
def test_too_much_at_once_and_what_no_kind_is_are_not_understood(office: Office) -> None:
    from app.wire.message import Nothing
    from app.wire.social_address_tax import MOST

    many = tuple(wanted("8", YEAR) for _ in range(MOST + 1))
    with pytest.raises(NotUnderstood):
        ask(office, *many)
    letter = office.everybody.post(SYSTEM).write(f"{SYSTEM}@{office.place}", "gossip/1", Nothing())
    (outcome,) = office.part.takings.passing.answers(SYSTEM)([letter])
    assert isinstance(outcome, NotUnderstood)


@pytest.mark.fault
def test_after_a_kill_between_taking_and_passing_on_it_is_passed_on_once(office: Office) -> None:
    """S05-2: what is to leave lies in the transaction of what came."""
    number = office.resident("100").social_number
    office.needs(number)
    office.taxed(notice(1, "100"))
    kept = office.systems[SYSTEM]
    claimed = office.desk.parties._book.write(
        lambda unit: unit.outgoing.claim(office.clock.now(), timedelta(minutes=2), 32)
    )
    assert claimed, "a process took it, and was killed before it was sent"
    assert got(office) == []
    office.clock.move(minutes=3)
    assert len(got(office)) == 1
    letters = kept.letters
    office.carry()
    assert kept.letters == letters


@one_engine
def test_a_table_that_names_what_there_is_not_is_refused() -> None:
    """S05-2."""
    values = read_toml("tables", "social_insurance.toml")
    for key, value in (
        ("tax_items", ["favourite_colour"]),
        ("purpose", "astrology"),
        ("party_items", ["address"]),
        ("years", 0),
        ("id", "bad name"),
    ):
        changed = {**values, "receiver": [{**values["receiver"][0], key: value}]}
        with pytest.raises(DataFault):
            parse_social_rules(changed)
    with pytest.raises(DataFault):
        parse_social_rules({**values, "kept": values["kept"][1:]})


def test_tax_data_and_transfers_past_their_time_are_deleted(office: Office) -> None:
    """S05-2: how long each class is kept is data."""
    from app.backend.socialaddress.service import Clearing
    from app.server.shipped import social_rules

    number = office.resident("100").social_number
    office.needs(number)
    office.taxed(notice(1, "100"))
    clearing = Clearing(office.desk.parties._book, social_rules(), office.clock)
    clearing.clear(office.place, date(2033, 11, 20))
    assert len(office.again(0).transfers) == 1
    clearing.clear(office.place, date(2033, 11, 21))
    assert (office.again(0).transfers, office.again(0).gone) == ((), 1)
    assert seen(office, number) == []
    (what,) = [what for kind, what in office.acts() if kind == "social.cleared"]
    assert (what["tax"], what["transfer"]) == (2, 1)


@one_engine
def test_an_error_of_one_letter_leaves_the_others(office: Office) -> None:
    office.needs(office.resident("100").social_number)
    post = office.everybody.post(SYSTEM)
    good = post.write(
        f"{SYSTEM}@{office.place}", "social-needs/1", SocialNeeds(municipality=office.place, system=SYSTEM, needs=())
    )
    bad = office.everybody.post(OTHER).write(
        f"{OTHER}@{office.place}", "social-needs/1", SocialNeeds(municipality=office.place, system=SYSTEM, needs=())
    )
    outcomes = office.part.takings.passing.answers(SYSTEM)([bad, good])
    assert [isinstance(one, AppError) for one in outcomes] == [True, False]


@one_engine
def test_a_change_of_the_register_is_no_tax_notice(office: Office) -> None:
    from app.wire.resident_base import ResidentChanges

    sent = ResidentChanges(municipality=office.place, system="socialaddress", changes=(change(1, "100"),))
    letter = office.everybody.post("taxaddress").write(f"taxaddress@{office.place}", "resident-changes/1", sent)
    (outcome,) = office.part.takings.taxes.take([letter])
    assert isinstance(outcome, NotUnderstood)
