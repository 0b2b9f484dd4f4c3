"""The training city: always the same, plainly invented, and with everybody that training and tests need."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.days import age_on
from app.domain.municipality import MunicipalityCode
from app.domain.number import TrainingNumber, business_check_digit
from app.errors import DataFault
from app.standin.city.file import from_json, to_json
from app.standin.city.make import CitySources, make_city
from app.standin.city.values import City, CityResident, TaxRecord

DAY = date(2026, 11, 20)
SOURCES = CitySources.below(Path(__file__).parents[3] / "resources" / "training")
CITY = make_city(1, 1000, DAY, SOURCES)
HERE, THERE = "991007", "992003"
EVERYBODY = [resident for place in CITY.municipalities for resident in place.residents]


def tax_of(resident: CityResident, year: int) -> TaxRecord:
    (found,) = [record for record in resident.tax if record.year == year]
    return found


def elsewhere(city: City, resident: CityResident, municipality: str) -> CityResident:
    """The same person in the other municipality's register."""
    (found,) = [one for one in city.municipality(municipality).residents if one.my_number == resident.my_number]
    return found


def test_the_same_seed_gives_the_same_city_and_another_seed_another() -> None:
    assert make_city(1, 1000, DAY, SOURCES) == CITY
    assert to_json(make_city(2, 50, DAY, SOURCES)) != to_json(make_city(1, 50, DAY, SOURCES))


def test_each_municipality_has_a_thousand_residents() -> None:
    for place in CITY.municipalities:
        assert sum(resident.is_resident for resident in place.residents) == 1000


def test_everything_is_plainly_invented_and_its_digits_check() -> None:
    for place in CITY.municipalities:
        assert MunicipalityCode(place.code).digits.startswith("99")
    for resident in EVERYBODY:
        assert resident.my_number.startswith("9999")
        assert TrainingNumber(resident.my_number)
        assert resident.resident_code.startswith("99")
        assert len(resident.resident_code) == 11
        for number in (resident.business_number, resident.household_number):
            assert business_check_digit(number[:14]) == int(number[14])
        assert resident.address.startswith("架空県")


def test_a_number_belongs_to_one_person_of_a_municipality() -> None:
    for place in CITY.municipalities:
        assert len({one.business_number for one in place.residents}) == len(place.residents)
        assert len({one.my_number for one in place.residents}) == len(place.residents)


def test_the_two_cities_share_a_number_and_a_name_of_different_people() -> None:
    mine, other = CITY.resident_of("local_claimant"), CITY.resident_of("namesake")
    assert (mine.business_number, mine.name, mine.kana) == (other.business_number, other.name, other.kana)
    assert mine.municipality != other.municipality
    assert mine.my_number != other.my_number
    assert mine.birth != other.birth


def test_households_hang_together() -> None:
    for place in CITY.municipalities:
        heads = Counter(one.household_number for one in place.residents if one.is_resident and one.relation == "世帯主")
        households = {one.household_number for one in place.residents if one.is_resident}
        assert set(heads) == households
        assert set(heads.values()) == {1}
        for number in households:
            members = place.household(number)
            assert len({one.address for one in members}) == 1
            adults = [one for one in members if one.relation != "子"]
            assert all(age_on(one.birth, DAY) >= 18 for one in adults)
            for child in (one for one in members if one.relation == "子"):
                assert any(age_on(one.birth, child.birth) >= 18 for one in adults)


def test_people_of_all_ages_and_both_sexes_live_there() -> None:
    ages = [age_on(one.birth, DAY) for one in EVERYBODY if one.is_resident]
    children, elderly = sum(age < 18 for age in ages), sum(age >= 65 for age in ages)
    assert 200 <= children <= 600
    assert 250 <= elderly <= 700
    assert max(ages) < 110
    assert all(one.birth <= DAY for one in EVERYBODY)


def test_names_hold_variants_selectors_and_characters_beyond_the_first_plane() -> None:
    names = "".join(one.name for one in EVERYBODY)
    assert "邉" in names
    assert "\U000e0100" in names
    assert "𠮷" in names
    foreign = [one for one in EVERYBODY if one.nationality != "JPN"]
    assert any(one.alias for one in foreign)
    assert all(one.latin_name.isascii() for one in foreign)


def test_who_moved_in_this_year_was_at_home_in_the_other_city_on_1_january() -> None:
    person = CITY.resident_of("claimant_moved_in")
    assert person.moved_in_on == DAY - timedelta(days=40)
    assert (person.moved_from, person.first_january[0].municipality) == (THERE, THERE)
    assert person.former_address.startswith("架空県手本市")
    assert tax_of(person, 2026).kind == "no_data"
    before = elsewhere(CITY, person, THERE)
    assert not before.is_resident
    assert before.residences[-1].until == person.moved_in_on - timedelta(days=1)
    assert tax_of(before, 2026).items["total_income"] == 4_213_700
    assert before.address.startswith("架空県手本市")


def test_only_the_other_city_holds_that_income() -> None:
    incomes = [record.items.get("total_income") for one in CITY.municipality(HERE).residents for record in one.tax]
    assert 4_213_700 not in incomes


def test_her_baby_was_born_after_the_move_and_has_never_lived_elsewhere() -> None:
    person = CITY.resident_of("claimant_moved_in")
    baby = CITY.municipality(HERE).household(person.household_number)[-1]
    assert baby.birth == DAY - timedelta(days=10)
    assert baby.moved_in_on is None
    assert not [one for one in CITY.municipality(THERE).residents if one.my_number == baby.my_number]


def test_who_lived_here_is_taxed_here() -> None:
    person = CITY.resident_of("local_claimant")
    assert person.first_january[0].municipality == HERE
    assert tax_of(person, 2026).items["total_income"] == 4_102_000


def test_undeclared_and_no_data_are_answers_of_their_own() -> None:
    undeclared = elsewhere(CITY, CITY.resident_of("undeclared"), THERE)
    nothing = elsewhere(CITY, CITY.resident_of("no_tax_data"), THERE)
    assert (tax_of(undeclared, 2026).kind, dict(tax_of(undeclared, 2026).items)) == ("undeclared", {})
    assert (tax_of(nothing, 2026).kind, dict(tax_of(nothing, 2026).items)) == ("no_data", {})


def test_somebody_waits_for_a_code_only_where_they_moved_to() -> None:
    person = CITY.resident_of("no_code")
    assert person.code_state == "none"
    assert elsewhere(CITY, person, THERE).code_state == "acquired"


def test_a_search_for_one_of_a_pair_finds_two() -> None:
    person, other = CITY.resident_of("same_name_pair"), CITY.resident_of("same_name_other")
    found = [one for one in CITY.municipality(HERE).residents if (one.name, one.birth) == (person.name, person.birth)]
    assert found == [person, other]


def test_a_protected_person_and_her_child_carry_marks_without_a_word_why_to_others() -> None:
    person = CITY.resident_of("protected")
    for member in CITY.municipality(HERE).household(person.household_number):
        assert {(mark.act, mark.level) for mark in member.restraints} == {("issue", "error"), ("view", "error")}
        assert all(mark.since <= DAY <= (mark.until or DAY) for mark in member.restraints)


def test_a_card_can_belong_to_nobody_in_either_register() -> None:
    persona = CITY.personas["unregistered"]
    assert persona.business_number == ""
    assert persona.card.my_number not in {one.my_number for one in EVERYBODY}
    with pytest.raises(KeyError):
        CITY.resident_of("unregistered")


def test_every_persona_brings_a_card_that_can_be_read() -> None:
    for persona in CITY.personas.values():
        card = persona.card
        assert len(card.code_b) == 14
        assert card.code_b.isdigit()
        assert len(card.pin) == 4
        assert card.expiry > DAY
        assert TrainingNumber(card.my_number)


def test_a_card_may_show_a_common_shape_for_a_rare_character() -> None:
    card, person = CITY.personas["rare_name"].card, CITY.resident_of("rare_name")
    assert card.name == "葛城　吉子"
    assert person.name == "葛\U000e0100城　𠮷子"


@pytest.mark.parametrize(
    "day", [date(2026, 1, 1), date(2026, 1, 5), date(2028, 2, 29), date(2026, 5, 31), date(2027, 12, 31)]
)
def test_a_city_can_be_made_for_any_day(day: date) -> None:
    city = make_city(3, 60, day, SOURCES)
    assert city.resident_of("claimant_moved_in").moved_in_on == day - timedelta(days=40)
    for place in city.municipalities:
        assert sum(one.is_resident for one in place.residents) >= 60 - 10
    year = day.year if day.month >= 6 else day.year - 1
    person = city.resident_of("claimant_moved_in")
    (january,) = [one for one in person.first_january if one.year == year]
    assert january.municipality == THERE


def test_the_city_is_written_and_read_back_unchanged() -> None:
    city = make_city(1, 60, DAY, SOURCES)
    assert from_json(to_json(city)) == city


@pytest.mark.parametrize("text", ["", "{}", '{"version": 99}', '{"version": 1}', "[]"])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(DataFault):
        from_json(text)
