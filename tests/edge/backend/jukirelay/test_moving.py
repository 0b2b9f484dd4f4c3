"""S06-3, F-04, R-084: announced moves pass from the network to the register and back, and are erased in time."""

from datetime import timedelta

import pytest

from app.domain.clock import business_date
from app.errors import NotAllowed, Refused
from app.wire.jukinet import MovingOutData
from app.wire.jukinet_network import NetParcel
from app.wire.jukirelay_staff import AskHalted, SettleHalted
from app.wire.register_change import AskAnnouncements, PersonItems
from tests.edge.backend.jukinet.world import FAR, HERE, THERE, number_of
from tests.edge.backend.jukirelay.world import ENTERS, TENDS, House, filing, fresh, newcomer, resident

CARD = "to_municipality_by_card"


def announced(house: House, *codes: str, days: int = 3) -> MovingOutData:
    """Somebody in a city far away says that they will come."""
    persons = tuple(
        PersonItems(name=f"遠方　{code[-3:]}", birth=resident().birth, sex="1", resident_code=code) for code in codes
    )
    data = MovingOutData(
        data_id=fresh("far"), moved_from=FAR, moved_to=HERE, from_address="遠方市一丁目1番",
        planned_on=business_date(house.clock.now()) + timedelta(days=days), persons=persons,
    )  # fmt: skip
    world = house.server.parties.world
    world.posted([NetParcel(parcel_id=data.data_id, to=HERE, sender=FAR, moving_out=data)])
    house.sends()
    house.clock.move(seconds=61)
    house.works()
    return data


def waiting(house: House) -> dict[str, tuple[str, ...]]:
    rows = house.register.changes.announcements.waiting(house.by(ENTERS), AskAnnouncements()).rows
    return {row.announcement_id: row.names for row in rows}


def test_an_announced_move_stands_in_the_register_and_when_it_is_filed_the_other_city_is_told(house: House) -> None:
    code = resident().resident_code
    data = announced(house, code)
    assert waiting(house)[data.data_id] == (f"遠方　{code[-3:]}",)
    house.through(
        filing(
            "special_move_in", newcomer(code, my_number=number_of(8_000_001)), reason="from_municipality",
            address="見本市中央区5番", household="new", moved_from="遠方市", announcement_id=data.data_id,
        )
    )  # fmt: skip
    assert data.data_id not in waiting(house)
    house.works()
    (told,) = [one for one in house.server.parties.world.post.moved_in if one.data_id == data.data_id]
    assert (told.moved_from, told.moved_to, told.persons) == (FAR, HERE, (code,))
    assert house.known(code).identity.address == "見本市中央区5番"


def test_an_announced_move_is_handed_to_the_register_once_though_answers_are_lost(house: House) -> None:
    house.to_relay.loses_answers = True
    code = resident().resident_code
    data = announced(house, code)
    house.to_relay.loses_answers = False
    house.works()
    house.works()
    assert list(waiting(house)).count(data.data_id) == 1
    kept = [kind for kind, detail in house.acts(house.register_slice) if detail["about"] == data.data_id]
    assert kept == ["announcement.kept"]


def test_a_move_that_nobody_files_is_erased_here_and_in_the_register_when_its_time_is_over(house: House) -> None:
    code, late = resident().resident_code, resident().resident_code
    data = announced(house, code)
    house.to_relay.is_cut = True
    unfetched = announced(house, late)
    read = house.relay.book.read
    assert unfetched.data_id in {one.arrival_id for one in read(lambda unit: unit.arrivals.oldest(HERE, 99))}
    house.clock.move(days=33)
    house.relay.following.turn()
    assert unfetched.data_id in {one.arrival_id for one in read(lambda unit: unit.arrivals.oldest(HERE, 99))}
    house.clock.move(days=1)
    house.relay.following.turn()
    left = {one.arrival_id for one in read(lambda unit: unit.arrivals.oldest(HERE, 99))}
    assert (unfetched.data_id in left, f"erased-{unfetched.data_id}" in left) == (False, True)
    assert read(lambda unit: unit.coming.expected(HERE, late)) is None
    house.to_relay.is_cut = False
    house.works()
    house.register.changes.turn.turn()
    assert {data.data_id, unfetched.data_id}.isdisjoint(waiting(house))


def test_who_leaves_by_card_is_announced_to_the_other_city_and_who_has_a_paper_is_not(house: House) -> None:
    head = resident()
    child, paper = resident(head.household_number, "子"), resident()
    house.lives_here(head, child, paper)
    planned = business_date(house.clock.now()) + timedelta(days=5)
    by_card = filing("move_out", head, child, reason=CARD, moved_to="手本市中央1番", event_day=planned)
    house.through(by_card)
    house.through(filing("move_out", paper, moved_to="手本市中央2番", event_day=planned))
    house.works()
    (row,) = house.rows(head, "moving_out")
    assert row.state == "done"
    assert house.rows(paper, "moving_out") == []
    arrived = _arrived(house, row.item_id)
    assert (arrived.moved_from, arrived.moved_to, arrived.planned_on) == (HERE, THERE, planned)
    assert [one.name for one in arrived.persons] == [head.name, child.name]
    assert arrived.persons[0].my_number == head.my_number.text()


def _arrived(house: House, data_id: str) -> MovingOutData:
    """What the other city's communication server has for its register."""
    house.sends()
    return house.cs.book.read(lambda unit: _posted(unit, data_id))


def _posted(unit, data_id: str) -> MovingOutData:
    from app.backend.jukinet.ports import Kind
    from app.wire.message import decode

    kept = unit.records.one(THERE, Kind.MOVING_OUT, data_id)
    return decode(kept.content, MovingOutData)


def test_where_the_other_city_is_not_known_by_its_name_somebody_says_which_it_is(house: House) -> None:
    one = resident()
    house.lives_here(one)
    planned = business_date(house.clock.now()) + timedelta(days=5)
    house.through(filing("move_out", one, reason=CARD, moved_to="どこか遠く", event_day=planned))
    house.works()
    (row,) = house.rows(one, "moving_out")
    assert (row.state, row.cause) == ("stopped", "no_municipality_code")
    halted = house.does("/jukirelay/v1/halted", TENDS, AskHalted())
    assert row.item_id in {each.item_id for each in halted.rows}
    settle = "/jukirelay/v1/halted/settle"
    again = SettleHalted(item_id=row.item_id, outcome="again", municipality=FAR)
    with pytest.raises(NotAllowed):
        house.does(settle, ENTERS, again)
    for wrong, reason in ((SettleHalted(item_id=row.item_id, outcome="again"), "place_missing"),
                          (SettleHalted(item_id=row.item_id, outcome="close"), "reason_missing")):  # fmt: skip
        with pytest.raises(Refused) as caught:
            house.does(settle, TENDS, wrong)
        assert caught.value.reason == reason
    house.does(settle, TENDS, again)
    house.works()
    assert [each.moved_to for each in house.server.parties.world.post.moving_out if each.data_id == row.item_id] == [
        FAR
    ]
