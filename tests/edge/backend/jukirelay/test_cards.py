"""S06-7, S06-8, F-05, B2-9: delivery addresses from the register, cards' states back into the person's record."""

import pytest

from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.jukirelay_staff import AskDelivery, ReportCard
from app.wire.register_change import PersonItems, PersonPart
from app.wire.register_network import AskNetworkState, NetworkState
from tests.edge.backend.jukinet.world import number_of
from tests.edge.backend.jukirelay.world import ADDRESS, NOBODY, REPORTS, TODAY, House, filing, fresh, newcomer, resident

CARD, DELIVERY = "/jukirelay/v1/card", "/jukirelay/v1/delivery"


def known(house: House, *people) -> None:
    """They live here and the network knows them."""
    house.lives_here(*people)
    for one in people:
        house.moves(one, ADDRESS + "改")
    house.works()


def reported(house: House, one, step: str, event_id: str = "", **more):
    asked = ReportCard(
        event_id=event_id or fresh("card"), subject=one.business_number, card_number="123456789012345", step=step,
        day=TODAY, **more,
    )  # fmt: skip
    return house.does(CARD, REPORTS, asked)


def state(house: House, one, who=REPORTS) -> NetworkState:
    return house.does("/register/v1/network", who, AskNetworkState(business_number=one.business_number))


def delivered(house: House, code: str) -> list:
    found = house.server.parties.world.cards.deliveries.values()
    return [one for one in found if one.resident_code == code]


def test_a_card_s_state_comes_back_to_the_record_once_the_card_management_has_it(house: House) -> None:
    one = resident()
    known(house, one)
    assert state(house, one).card == "none"
    reported(house, one, "issue")
    assert state(house, one).card == "none"
    house.works()
    found = state(house, one)
    assert (found.card, found.card_since) == ("issued", TODAY)
    reported(house, one, "suspend", lost=True)
    house.works()
    assert state(house, one).card == "suspended"
    kinds = [kind for kind, detail in house.acts(house.register_slice) if detail["about"] == one.business_number]
    assert kinds.count("card.told") == 2


def test_a_step_that_the_card_can_t_take_stops_and_changes_no_record(house: House) -> None:
    one = resident()
    known(house, one)
    reported(house, one, "suspend")
    house.works()
    assert [row.state for row in house.rows(one, "card")] == ["stopped"]
    assert state(house, one).card == "none"


@pytest.mark.parametrize("step", ["resume", "recover"])
@pytest.mark.twin("B2-9")
def test_what_takes_the_card_itself_is_not_reported_past_its_check(house: House, step: str) -> None:
    """S06-8 negative twin."""
    one = resident()
    known(house, one)
    with pytest.raises(Refused, match="card_unchecked"):
        reported(house, one, step)
    assert house.rows(one, "card") == []


def test_the_same_report_twice_is_one_and_what_is_not_here_is_refused(house: House) -> None:
    one = resident()
    known(house, one)
    event_id = fresh("card")
    reported(house, one, "issue", event_id)
    with pytest.raises(Conflict):
        reported(house, one, "issue", event_id)
    with pytest.raises(NotAllowed):
        reported(house, resident(), "issue")
    with pytest.raises(NotUnderstood):
        reported(house, one, "paint")
    asked = ReportCard(event_id=fresh(), subject=one.business_number, card_number="1" * 15, step="issue", day=TODAY)
    with pytest.raises(NotAllowed):
        house.does(CARD, NOBODY, asked)


def test_a_protected_person_s_card_is_not_shown_to_who_may_not_look(house: House) -> None:
    one = resident()
    known(house, one)
    house.protects(one)
    with pytest.raises(Refused) as caught:
        state(house, one)
    assert caught.value.reason == "restrained"


@pytest.mark.seed("B2-9")
@pytest.mark.twin("S06-7")
def test_who_is_born_gets_the_number_s_notice_and_who_moves_in_with_a_number_does_not(house: House) -> None:
    parent = resident()
    house.lives_here(parent)
    child, mover = resident().resident_code, resident().resident_code
    items = PersonItems(
        name="見本　赤子", kana="アカゴ", birth=TODAY, sex="1", resident_code=child, my_number=number_of(8_100_001)
    )  # fmt: skip
    house.through(
        filing(
            "birth", PersonPart(relation="子", items=items), reason="notification_here", household="join",
            household_number=parent.household_number,
        )
    )  # fmt: skip
    house.through(
        filing(
            "move_in", newcomer(mover, my_number=number_of(8_100_002)), reason="from_municipality",
            address="見本市中央区6番", household="new", moved_from="遠方市", certificate=True,
        )
    )  # fmt: skip
    house.works()
    (notice,) = delivered(house, child)
    assert (notice.purpose, notice.addressee, notice.address) == ("number_notice", "見本　赤子", ADDRESS)
    assert delivered(house, mover) == []
    assert house.known(mover) is not None


def test_an_application_form_goes_to_the_address_of_the_register_or_where_the_person_stays(house: House) -> None:
    one = resident()
    known(house, one)
    asked = AskDelivery(delivery_id=fresh("d"), subject=one.business_number, place="病院")
    queued = house.does(DELIVERY, REPORTS, asked)
    assert queued.goes_at is not None
    house.works()
    (form,) = delivered(house, one.resident_code)
    assert (form.purpose, form.address, form.place) == ("application_form", ADDRESS + "改", "病院")
    stranger = AskDelivery(delivery_id=fresh("d"), subject=resident().business_number)
    with pytest.raises(NotAllowed):
        house.does(DELIVERY, REPORTS, stranger)
