"""S05-2, F-10, K-11: tax data come in order, by 年度 and 所得年, with corrections and 未申告; and go where they may."""

import pytest

from app.errors import NotAllowed, Refused
from app.wire.social_address_tax import (
    AskPartyTax,
    AskTax,
    FoundTax,
    SocialNeeds,
    SocialTransfer,
    TaxWanted,
)
from tests.edge.backend.socialaddress.office import (
    HEALTH,
    OTHER,
    SYSTEM,
    YEAR,
    Office,
    notice,
    one_engine,
)


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


@pytest.mark.seed("S05-2")
def test_a_system_that_needs_somebody_is_told_of_their_tax_its_items_only(office: Office) -> None:
    """S05-2."""
    number = office.resident("100").social_number
    assert office.needs("100", "none").numbers == (number, "")
    office.needs(number, system=OTHER)
    office.taxed(notice(1, "100"))
    (health,), (pension,) = got(office), got(office, OTHER)
    assert health.items == {"total_income": 3_000_000, "salary_receipts": 4_500_000, "income_levy": 150_000}
    assert pension.items == {"total_income": 3_000_000}
    assert (health.social_number, health.fiscal_year, health.income_year, health.cause, health.sequence) == (
        number, YEAR, YEAR - 1, "received", 1,
    )  # fmt: skip
    passed = [what for kind, what in office.acts() if kind == "social.passed"]
    assert [(one["system"], one["items"], one["about"]) for one in passed] == [
        (SYSTEM, "income_levy,salary_receipts,total_income", number),
        (OTHER, "total_income", number),
    ]


@pytest.mark.twin("S05-2")
def test_nobody_is_told_of_who_nobody_needs_or_no_longer_needs_or_before_the_year_it_needs(office: Office) -> None:
    """S05-2."""
    first, second, third = (office.resident(f"10{at}", at).social_number for at in (1, 2, 3))
    office.needs(second)
    office.needs(second, ended=True)
    office.needs(third, from_year=YEAR + 1)
    office.taxed(*(notice(at, f"10{at}") for at in (1, 2, 3)))
    assert got(office) == []
    assert office.needs("800000000000000", first).numbers == ("", first)


@one_engine
@pytest.mark.parametrize(("years_ago", "is_told"), [(0, True), (2, True), (3, False), (-1, False)])
def test_only_the_years_a_system_may_have_are_told(office: Office, years_ago: int, *, is_told: bool) -> None:
    """S05-2."""
    number = office.resident("100").social_number
    office.needs(number)
    year = YEAR - years_ago
    office.taxed(notice(1, "100", fiscal_year=year, income_year=year - 1))
    assert bool(got(office)) == is_told
    (found,) = ask(office, wanted(number, year)).found
    assert found.reason == ("" if is_told else "year_not_allowed")


def test_undeclared_is_told_as_undeclared_without_numbers_and_never_as_zero(office: Office) -> None:
    """S05-2."""
    number = office.resident("100").social_number
    office.needs(number)
    office.taxed(notice(1, "100", kind="undeclared", items={}))
    (told,) = got(office)
    assert (told.kind, told.items) == ("undeclared", {})
    office.taxed(notice(2, "100", revision=1, reason="期限後申告"))
    assert [(one.kind, one.cause, one.revision) for one in got(office)] == [
        ("undeclared", "received", 0),
        ("value", "corrected", 1),
    ]
    assert [row[:5] for row in seen(office, number)] == [
        (YEAR, YEAR - 1, 1, "value", True),
        (YEAR, YEAR - 1, 0, "undeclared", False),
    ]


@one_engine
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"income_year": YEAR}, "wrong_year"),
        ({"kind": "undeclared"}, "bad_state"),
        ({"items": {}}, "bad_state"),
        ({"kind": "zero"}, "bad_state"),
        ({"items": {"favourite_colour": 1}}, "unknown_item"),
    ],
)
def test_a_notice_that_can_not_be_right_is_noted_and_not_used(office: Office, changed: dict, reason: str) -> None:
    """S05-2."""
    number = office.resident("100").social_number
    office.needs(number)
    taken = office.taxed(notice(1, "100", **changed), notice(2, "101"))
    assert (taken.up_to, [(one.sequence, one.reason) for one in taken.not_used]) == (2, [(1, reason)])
    assert seen(office, number) == []
    assert got(office) == []


@one_engine
def test_an_older_correction_that_comes_late_changes_nothing(office: Office) -> None:
    """S05-2."""
    number = office.resident("100").social_number
    late = notice(2, "100", revision=1, items={"total_income": 1})
    taken = office.taxed(notice(1, "100", revision=2), late)
    assert taken.not_used[0].reason == "older_revision"
    assert seen(office, number)[0][5]["total_income"] == 3_000_000


def test_notices_are_taken_in_order_once_and_a_gap_is_told(office: Office) -> None:
    """S05-2."""
    assert office.taxed(notice(1, "100")).up_to == 1
    gap = office.taxed(notice(3, "103"), notice(4, "104"))
    assert (gap.up_to, gap.missing) == (1, (2, 2))
    whole = tuple(notice(at, f"10{at}") for at in range(1, 5))
    assert office.taxed(*whole) == office.taxed(*whole)
    assert office.kinds().count("social.tax_taken") == 4


@one_engine
def test_nobody_but_the_tax_office_of_the_same_municipality_may_tell(office: Office) -> None:
    """S05-2."""
    from app.wire.social_address_tax import TaxNotices

    sent = TaxNotices(municipality=office.place, notices=(notice(1, "100"),))
    take = office.part.takings.taxes.take
    for role, sender, error in (
        (SYSTEM, f"{SYSTEM}@{office.place}", Refused),
        ("taxaddress", "taxaddress@990001", Refused),
    ):
        (outcome,) = take([office.everybody.post(role).write(sender, "tax-notices/1", sent)])
        assert isinstance(outcome, error)
    assert office.kinds() == ["letter.refused"]


def test_a_need_told_late_gets_what_there_is_already(office: Office) -> None:
    """S05-2."""
    number = office.resident("100").social_number
    office.taxed(notice(1, "100"), notice(2, "100", fiscal_year=YEAR - 1, income_year=YEAR - 2))
    office.needs(number, from_year=YEAR)
    assert [(one.fiscal_year, one.cause) for one in got(office)] == [(YEAR, "needed")]


def test_a_system_may_ask_now_and_each_answer_and_each_no_is_a_record(office: Office) -> None:
    """S05-2."""
    number, other = office.resident("100").social_number, office.resident("101", 2).social_number
    office.needs(number)
    office.taxed(notice(1, "100"))
    before = len(office.acts())
    found = ask(
        office,
        wanted(number, YEAR, "income_levy"),
        wanted(number, YEAR, "per_capita_levy", "favourite_colour"),
        wanted(number, YEAR - 1),
        wanted(other),
        wanted("800000000000000"),
    ).found
    assert [(one.kind, one.reason) for one in found] == [
        ("value", ""),
        ("", "item_not_allowed"),
        ("no_data", ""),
        ("", "not_needed"),
        ("", "not_needed"),
    ]
    assert found[0].transfer is not None
    assert found[0].transfer.items == {"income_levy": 150_000}
    acts = office.acts()[before:]
    assert [kind for kind, _ in acts] == ["social.passed", *["social.tax_refused"] * 4]


@one_engine
@pytest.mark.parametrize("role", [OTHER, "taxaddress"])
def test_a_system_can_not_speak_as_another_one(office: Office, role: str) -> None:
    """S05-2."""
    message = SocialNeeds(municipality=office.place, system=SYSTEM, needs=())
    letter = office.everybody.post(role).write(f"{role}@{office.place}", "social-needs/1", message)
    (outcome,) = office.part.takings.passing.answers(SYSTEM)([letter])
    assert isinstance(outcome, Refused)
    as_itself = office.everybody.post(OTHER).write(f"{OTHER}@{office.place}", "social-needs/1", message)
    (outcome,) = office.part.takings.passing.answers(OTHER)([as_itself])
    assert isinstance(outcome, NotAllowed)
