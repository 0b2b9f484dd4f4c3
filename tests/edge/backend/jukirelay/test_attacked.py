"""S07-3, F-06: a copy of somebody else's tells neither the name of a protected head nor where they live."""

from tests.edge.backend.jukirelay.world import House, resident


def test_whoever_lives_with_a_protected_head_gets_no_copy_that_names_the_head(house: House) -> None:
    head = resident()
    child = resident(head.household_number, "子")
    house.lives_here(head, child)
    house.works()
    assert house.wide_area(child.resident_code).household_head == head.name
    house.protects(head)
    house.works()
    copy = house.wide_area(child.resident_code)
    assert (copy.reason, copy.address, copy.household_head, copy.persons) == ("not_issued", "", "", ())
