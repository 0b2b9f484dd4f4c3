"""S07-5, K-08: what passed between register and network, one record for each event, found by right."""

from datetime import timedelta

import pytest

from app.durable.purge import Purger, purge
from app.errors import NotAllowed, Refused
from app.server.retention import retention_rules
from app.wire.jukirelay_staff import AskLinkage
from tests.edge.backend.jukinet.world import HERE
from tests.edge.backend.jukirelay.world import ENTERS, READS, TODAY, House, filing, resident


def asked(house: House, who=READS, **changed):
    given = {"since": TODAY, "until": (house.clock.now() + timedelta(hours=9)).date()} | changed
    return house.does("/jukirelay/v1/linkage", who, AskLinkage(**given))


@pytest.mark.seed("S07-5")
def test_each_event_of_a_change_is_one_record_and_a_provisional_entry_leaves_none(house: House) -> None:
    one, other = resident(), resident()
    house.lives_here(one, other)
    entry = house.moves(one)
    house.enters(filing("change_of_address", other, address="見本市南区9番", household="new"))
    house.works()
    rows = house.linked(one)
    assert [row.kind for row in rows] == ["change.received", "link.queued", "link.sent", "link.followed"]
    assert {dict(row.what).get("entry", entry) for row in rows} == {entry}
    assert all(row.about == one.business_number for row in rows)
    assert dict(rows[-1].what)["receivers"] == "prefecture,national"
    assert [row.kind for row in house.linked(other)] == []
    assert len({row.place for row in rows}) == 4


@pytest.mark.twin("S07-5")
def test_no_name_number_or_address_stands_in_a_record(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.moves(one, "見本市東区88番")
    house.works()
    said = repr([(row.kind, row.about, row.what) for row in house.linked(one)])
    for secret in (one.name, one.resident_code, one.my_number.text(), "東区"):
        assert secret not in said


def test_records_are_found_by_person_kind_and_days_and_each_look_is_one_itself(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.moves(one)
    house.works()
    assert [row.kind for row in asked(house, subject=one.business_number, kind="link.sent").rows] == ["link.sent"]
    day = TODAY - timedelta(days=40)
    assert asked(house, since=day, until=day + timedelta(days=1)).rows == ()
    looks = [row for row in asked(house, subject=one.business_number).rows if row.kind == "linkage.viewed"]
    assert len(looks) == 1


def test_without_the_right_or_for_more_than_a_year_nothing_is_shown(house: House) -> None:
    with pytest.raises(NotAllowed):
        asked(house, who=ENTERS)
    for since in (TODAY + timedelta(days=4000), TODAY - timedelta(days=400)):
        with pytest.raises(Refused):
            asked(house, since=since)


def test_after_seven_years_a_record_is_gone_and_the_log_still_proves(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.moves(one)
    house.works()
    own, before = house.relay.own, house.clock.at
    house.clock.at = before + timedelta(days=7 * 366)
    purger = Purger(own.book, own.pen, retention_rules(), house.clock)
    assert purge(own.database, purger, HERE) >= 4
    house.clock.at = before
    assert house.linked(one) == []
