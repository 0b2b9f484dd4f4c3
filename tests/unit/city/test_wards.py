"""The training's city has wards: its addresses name them, and the register knows them by code."""

from app.backend.register.service.wards import WardFinder
from app.server.shipped import wards
from app.shipped import resource
from app.standin.city.words import load_words

CITY, OTHER = "991007", "992003"


def test_the_training_s_wards_are_those_that_its_addresses_name() -> None:
    (place,) = [one for one in load_words(resource("training", "city.toml")).places if one.code == CITY]
    known = wards(is_training=True)
    assert [one.name for one in known[CITY]] == list(place.wards)
    find = WardFinder(known)
    for one in known[CITY]:
        assert find.of(CITY, f"架空県見本市{one.name}本町一丁目２番３号") == one.code


def test_a_real_office_does_not_know_the_invented_city() -> None:
    """Negative twin."""
    assert CITY not in wards(is_training=False)
    assert len(wards(is_training=False)) == len(wards(is_training=True)) - 1


def test_a_ward_s_name_within_another_name_is_no_ward() -> None:
    find = WardFinder(wards(is_training=True))
    assert find.of(CITY, "架空県見本市東区北区画１番") == find.of(CITY, "東区本町１番") != ""
    assert find.of(CITY, "架空県見本市本町北区画１番") == ""
    assert find.of(OTHER, "架空県手本市中央区本町１番") == ""
