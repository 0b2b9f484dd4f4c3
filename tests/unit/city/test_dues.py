"""Tax and benefits of the large training city: they follow the register's people, always the same."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

from app.domain.days import age_on
from app.standin.city.dues import Dues, DuesMaker, dues_lines
from app.standin.city.portions import CityMaker, CityPlan, CityWords

DAY, CODE = date(2026, 11, 20), "011002"
WORDS = CityWords.below(Path(__file__).parents[3] / "resources" / "training")
PLAN = CityPlan(CODE, 3000, 1, DAY)
PORTIONS = tuple(CityMaker(WORDS, PLAN).portions(0, 1))
PEOPLE = {one.business_number: one for portion in PORTIONS for one in portion.dwellers}


def dues(seed: int = 1) -> list[Dues]:
    maker = DuesMaker(WORDS.population, CODE, seed, DAY)
    return [one for portion in PORTIONS for one in maker.of(portion.dwellers)]


ALL = dues()


def test_they_are_the_same_again_and_others_for_another_seed() -> None:
    assert dues() == ALL
    assert dues(seed=2) != ALL


def test_portions_do_not_need_each_other() -> None:
    maker = DuesMaker(WORDS.population, CODE, 1, DAY)
    backwards = [list(maker.of(portion.dwellers)) for portion in reversed(PORTIONS)]
    assert [one for some in reversed(backwards) for one in some] == ALL


def test_a_year_is_taxed_here_only_for_who_lived_here_on_its_1_january() -> None:
    kinds = Counter(year.kind for one in ALL for year in one.tax)
    assert set(kinds) == {"value", "undeclared", "no_data"}
    assert kinds["value"] > 10 * (kinds["undeclared"] + kinds["no_data"])
    for one in ALL:
        person = PEOPLE[one.business_number]
        where = {there.year: there.municipality for there in person.first_january}
        for year in one.tax:
            assert year.residence == where[year.year]
            assert (year.kind == "no_data") == (year.residence != CODE)
            assert bool(year.items) == (year.kind == "value")
            assert age_on(person.birth, date(year.year, 1, 1)) >= 16


def test_dependants_count_once_in_a_household() -> None:
    counted = Counter(
        PEOPLE[one.business_number].household_number
        for one in ALL
        for year in one.tax
        if year.year == DAY.year and year.items.get("dependants")
    )
    assert counted
    assert set(counted.values()) == {1}


def test_benefits_go_to_who_they_are_meant_for() -> None:
    codes = Counter(paid.code for one in ALL for paid in one.benefits)
    assert set(codes) == {benefit.code for benefit in WORDS.population.benefits}
    for one in ALL:
        person = PEOPLE[one.business_number]
        for paid in one.benefits:
            assert person.is_resident
            own = paid.code in {"late_elderly", "care_need"}
            assert (age_on(person.birth, DAY) >= 75) if own else paid.persons >= 1 and age_on(person.birth, DAY) >= 18


def test_no_number_and_no_name_stands_in_a_line() -> None:
    lines = dues_lines(ALL).splitlines()
    assert len(lines) == len(ALL)
    assert set(json.loads(lines[0])) == {"business_number", "tax", "benefits"}
