"""The large training city: always the same, however the work is split, and believable. Seed row: R-084."""

import gc
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.domain.days import age_on
from app.domain.names import is_selector
from app.domain.number import MyNumber, TrainingNumber, business_check_digit
from app.errors import BadFormat
from app.standin.city.draws import Draws, lot
from app.standin.city.dweller import Dweller
from app.standin.city.portions import CityMaker, CityPlan, CityWords, city_digest

DAY = date(2026, 11, 20)
CODE = "011002"
WORDS = CityWords.below(Path(__file__).parents[3] / "resources" / "training")


def maker(residents: int, seed: int = 1, day: date = DAY) -> CityMaker:
    return CityMaker(WORDS, CityPlan(CODE, residents, seed, day))


PORTIONS = tuple(maker(2500).portions(0, 1))
EVERYBODY = [one for portion in PORTIONS for one in portion.dwellers]
RESIDENTS = [one for one in EVERYBODY if one.is_resident]


def share(of: list[Dweller], holds) -> float:
    return sum(bool(holds(one)) for one in of) / len(of)


def test_the_same_seed_and_day_give_the_same_city_byte_for_byte() -> None:
    assert maker(2500).portion(2).digest == PORTIONS[2].digest


@pytest.mark.parametrize("other", [maker(1000, seed=2), maker(1000, day=date(2026, 11, 21))])
def test_another_seed_or_day_gives_another_city(other: CityMaker) -> None:
    assert other.portion(0).digest != PORTIONS[0].digest


def test_split_over_processes_in_any_order_it_is_the_same() -> None:
    second, first = (tuple(maker(2500).portions(first, 2)) for first in (1, 0))
    assert (first[0], second[0], first[1]) == PORTIONS


def test_a_larger_city_begins_with_the_smaller_one() -> None:
    assert maker(2_000_000).portion(1) == PORTIONS[1]
    assert len([one for one in maker(2_000_000).portion(1999).dwellers if one.is_resident]) == 1000


def test_one_digest_stands_for_a_whole_city() -> None:
    digests = [portion.digest for portion in PORTIONS]
    plan = CityPlan(CODE, 2500, 1, DAY)
    assert city_digest(plan, digests) == city_digest(plan, digests)
    assert city_digest(plan, digests) != city_digest(plan, digests[::-1])


def test_exactly_as_many_live_there_as_were_asked_for() -> None:
    assert len(RESIDENTS) == 2500
    assert len([one for one in maker(7).portion(0).dwellers if one.is_resident]) == 7


def test_numbers_belong_to_one_person_or_household_each() -> None:
    for of in ("business_number", "my_number", "resident_code", "serial"):
        assert len({getattr(one, of) for one in EVERYBODY}) == len(EVERYBODY)
    for one in EVERYBODY:
        for number in (one.business_number, one.household_number):
            assert business_check_digit(number[:14]) == int(number[14])


def test_every_number_is_one_of_training_and_nobody_can_have_it() -> None:
    for one in EVERYBODY:
        assert TrainingNumber(one.my_number).text() == one.my_number
        with pytest.raises(BadFormat):
            MyNumber(one.my_number)


def test_ages_households_and_foreigners_are_near_those_of_the_real_city() -> None:
    """Bounds around Sapporo's published figures of 2020 to 2024: 1.82 per household, 28 % old, 11 % children, 1 %."""
    ages = [age_on(one.birth, DAY) for one in RESIDENTS]
    households = Counter(one.household_number for one in RESIDENTS)
    sizes = Counter(households.values())
    assert 0.08 < sum(age < 15 for age in ages) / len(ages) < 0.15
    assert 0.25 < sum(age >= 65 for age in ages) / len(ages) < 0.33
    assert max(ages) < 106
    assert min(ages) >= 0
    assert 1.7 < len(RESIDENTS) / len(households) < 2.05
    assert 0.40 < sizes[1] / len(households) < 0.53
    assert 0.51 < share(RESIDENTS, lambda one: one.sex == "2") < 0.56
    assert 0.004 < share(RESIDENTS, lambda one: one.nationality != "JPN") < 0.02
    assert len({one.stays[-1].ward for one in RESIDENTS}) == 10


def test_households_hang_together() -> None:
    homes: dict[str, list[Dweller]] = {}
    for one in RESIDENTS:
        homes.setdefault(one.household_number, []).append(one)
    for members in homes.values():
        assert [one.relation for one in members].count("世帯主") == 1
        assert len({one.stays[-1].address for one in members}) == 1
        mothers = [one for one in members if one.sex == "2" and one.relation in {"世帯主", "妻"}]
        for child in (one for one in members if one.relation == "子"):
            if len(mothers) == 1:
                assert 17 <= age_on(mothers[0].birth, child.birth) <= 43


def test_addresses_follow_each_other_without_gap_and_the_present_one_is_open() -> None:
    for one in EVERYBODY:
        assert one.stays
        for before, after in zip(one.stays, one.stays[1:], strict=False):
            assert before.until is not None
            assert (after.since - before.until).days == 1
        assert (one.stays[-1].until is None) == one.is_resident
        assert one.stays[0].since >= one.birth
        assert all(stay.address.startswith("北海道札幌市") for stay in one.stays)


def test_ten_years_brought_moves_between_wards_and_from_and_to_other_cities() -> None:
    assert 0.1 < share(RESIDENTS, lambda one: len({stay.ward for stay in one.stays}) > 1) < 0.4
    assert 0.2 < share(RESIDENTS, lambda one: one.moved_in_on is not None) < 0.4
    removed = [one for one in EVERYBODY if not one.is_resident]
    assert {one.removed_why for one in removed} == {"death", "move_out"}
    assert 0.07 < len(removed) / len(RESIDENTS) < 0.18
    assert all(one.removed_on == one.stays[-1].until and one.removed_on <= DAY for one in removed)
    assert all(bool(one.moved_to) == (one.removed_why == "move_out") for one in removed)


def test_who_came_within_the_tax_years_was_elsewhere_on_1_january() -> None:
    came = next(one for one in RESIDENTS if one.moved_in_on and one.moved_in_on.year == 2026)
    assert {day.municipality for day in came.first_january} == {came.moved_from}


def test_names_have_variants_selectors_and_second_names() -> None:
    names = "".join(one.name for one in maker(20_000).portion(7).dwellers) + "".join(one.name for one in EVERYBODY)
    assert "髙" in names
    assert "邉" in names or "邊" in names
    assert any(is_selector(character) for character in names)
    foreign = [one for one in EVERYBODY if one.latin_name]
    assert any(one.kanji_name for one in foreign)
    assert any(one.alias and one.alias_kana for one in foreign)
    assert all(one.status and one.card_number and not one.origin for one in foreign)
    assert any(one.former_name and one.former_name_kana for one in RESIDENTS)
    assert 0.1 < share([one for one in RESIDENTS if one.relation == "妻"], lambda one: one.past_name) < 0.9
    assert 0.85 < share([one for one in RESIDENTS if not one.latin_name], lambda one: one.legal_kana) < 0.99


def test_few_are_protected_and_few_birth_dates_are_unknown() -> None:
    """Portions taken from all over a city of two million."""
    wide = [one for index in range(3, 2000, 500) for one in maker(2_000_000).portion(index).dwellers]
    marked = share(wide, lambda one: any(mark.reason == "protective_measure" for mark in one.restraints))
    assert 0 < marked < 0.004
    assert share(wide, lambda one: one.birth_written) < 0.002


def test_memory_does_not_grow_with_the_city() -> None:
    before = living()
    for portion in maker(3000).portions(0, 1):
        assert living() - before <= len(portion.dwellers) * 2


def living() -> int:
    """How many people this process holds in memory."""
    return sum(isinstance(one, Dweller) for one in gc.get_objects())


def test_draws_of_one_place_do_not_depend_on_others_and_follow_their_weights() -> None:
    assert [Draws(1, "a").below(1000) for _ in range(3)] == [Draws(1, "a").below(1000)] * 3
    assert [Draws(1, "a").below(10**6), Draws(1, "b").below(10**6)] != [Draws(2, "a").below(10**6)] * 2
    draws, chances = Draws("weights"), lot([("often", 9), ("never", 0), ("seldom", 1)])
    drawn = Counter(chances.draw(draws) for _ in range(2000))
    assert drawn["never"] == 0
    assert 1700 < drawn["often"] < 1900
