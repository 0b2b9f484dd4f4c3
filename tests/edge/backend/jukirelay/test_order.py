"""S07-1, S07-2, S08-6: approved changes go to the network in order, each once; provisional ones never."""

from tests.edge.backend.jukirelay.world import House, filing, resident


def test_an_approved_change_reaches_the_network_and_a_provisional_one_does_not(house: House) -> None:
    one, other = resident(), resident()
    house.lives_here(one, other)
    house.works()
    house.enters(filing("change_of_address", other, address="見本市南区9番", household="new"))
    house.moves(one, "見本市東区8番")
    house.works()
    assert house.known(one).identity.address == "見本市東区8番"
    assert house.known(other) is None
    assert house.rows(other) == []
    assert [row.state for row in house.rows(one)] == ["done"]
