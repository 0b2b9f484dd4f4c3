"""S06-3, R-084, C-33, K-19, F-04, F-06: announced moves, opened by card and erased in time; wide-area copies."""

from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy import select

from app.backend.jukinet.store.tables import record_table
from app.domain.clock import business_date
from app.errors import Conflict, NotAllowed, Refused
from app.standin.jukinet.others import Household
from app.standin.jukinet.server import NetworkServer
from app.wire.jukinet import (
    AllTaken,
    IdentityInfo,
    MovedIn,
    MovingOutData,
    SendMovedIn,
    SendMovingOut,
    WideAreaCopy,
    WideAreaPerson,
    WideAreaRequest,
)
from app.wire.jukinet_counter import AskWideAreaCopy, OpenMovingIn, OpenWideAreaCopy, WideAreaAnswer
from app.wire.jukinet_network import NetParcel
from app.wire.register_change import PersonItems
from tests.edge.backend.jukinet.world import FAR, HERE, PIN, THERE, City, clerk, new_id, somebody

MOVER = clerk("m01", "network.check", "network.moving_in", "network.wide_area")
OTHER = clerk("m02", "network.check", "network.moving_in", "network.wide_area")
TAKEN = ("juki-taken/1", AllTaken)


def items(one: IdentityInfo) -> PersonItems:
    return PersonItems(
        name=one.name, birth=one.birth, sex=one.sex, resident_code=one.resident_code, my_number=one.my_number
    )


def announced(city: City, *people: IdentityInfo, ahead: int = 3, to: str = HERE) -> MovingOutData:
    """Somebody in another city has said that they move here, and has a card."""
    data = MovingOutData(
        data_id=new_id(),
        moved_from=FAR,
        moved_to=to,
        from_address="遠方市一番町1番",
        planned_on=business_date(city.clock.now()) + timedelta(days=ahead),
        persons=tuple(map(items, people)),
    )
    city.network.set_up(list(people))
    city.network.posted([NetParcel(parcel_id=data.data_id, to=to, sender=FAR, moving_out=data)])
    return data


def opens(city: City, one: IdentityInfo, who=MOVER):
    checked = city.checks(who, one, "moving_in")
    return city.part.desk.moving.open(city.by(who), OpenMovingIn(check_id=checked.check_id))


def kinds_of(city: City, about: str) -> list[str]:
    return [kind for kind, detail in city.acts() if detail["about"] == about]


@pytest.mark.seed("S06-3", "C-33", "F-04")
def test_an_announced_move_comes_for_the_register_and_is_opened_with_the_card_of_one_who_moves(city: City) -> None:
    """S06-3, F-04, C-33: one card serves all who move together; numbers are not shown."""
    parent, child = somebody(place=FAR), somebody(place=FAR)
    data = announced(city, parent, child)
    city.holds(child)
    city.works()
    arrived = [one for one in city.arrivals().moving_out if one.data_id == data.data_id]
    assert arrived == [data]
    told = opens(city, child)
    assert [one.name for one in told.persons] == [parent.name, child.name]
    assert [(one.my_number, one.resident_code) for one in told.persons] == [(None, None)] * 2
    assert told.erase_on == data.planned_on + timedelta(days=31)
    city.arrivals(data.data_id)
    assert data not in city.arrivals().moving_out
    assert kinds_of(city, data.data_id) == ["moving_out.received", "moving_out.opened"]


@pytest.mark.twin("S06-3", "C-33")
def test_without_the_card_of_one_who_moves_nothing_is_opened(city: City) -> None:
    """S06-3, C-33 negative twin."""
    one, stranger = somebody(place=FAR), somebody(place=FAR)
    announced(city, one)
    city.network.set_up([stranger])
    city.works()
    city.holds(one)
    city.holds(stranger)
    with pytest.raises(Refused) as caught:
        opens(city, stranger)
    assert caught.value.reason == "moving_in_none"
    moving, wrong = city.part.desk.moving, city.checks(MOVER, one, "moving_in", pin="9999")
    mine = city.checks(MOVER, one, "moving_in")
    card = city.checks(MOVER, one, "card")
    for who, check_id in ((MOVER, wrong.check_id), (OTHER, mine.check_id), (MOVER, card.check_id), (MOVER, "none")):
        with pytest.raises(NotAllowed):
            moving.open(city.by(who), OpenMovingIn(check_id=check_id))
    with pytest.raises(NotAllowed):
        moving.open(city.by(clerk("m03", "network.check")), OpenMovingIn(check_id=mine.check_id))


@pytest.mark.seed("R-084")
def test_what_nobody_files_in_time_is_erased_with_all_that_was_in_it_and_the_register_is_told(city: City) -> None:
    """S06-3, R-084: the clock is moved over the day; what is left opens to nothing and lies in no file."""
    one = somebody("消滅　対象", place=FAR)
    data = announced(city, one, ahead=0)
    city.holds(one)
    city.works()
    city.arrivals(data.data_id)
    city.clock.move(days=30)
    city.part.carrying.day()
    assert opens(city, one).data_id == data.data_id
    before = boxes(city, data.data_id)
    city.clock.move(days=1)
    city.part.carrying.day()
    with pytest.raises(Refused) as caught:
        opens(city, one)
    assert caught.value.reason == "moving_in_none"
    assert data.data_id in city.arrivals().erased
    assert kinds_of(city, data.data_id)[-1] == "moving_out.erased"
    after = boxes(city, data.data_id)
    assert len(after) < 200 < len(before)
    assert not city.part.carrying.has_remains
    assert not lies_in_rows(city, before)
    assert data.data_id not in city.arrivals(data.data_id).erased
    city.network.post.taken.clear()
    city.network.posted([NetParcel(parcel_id=data.data_id, to=HERE, sender=FAR, moving_out=data)])
    city.works()
    assert data not in city.arrivals().moving_out


def boxes(city: City, data_id: str) -> bytes:
    found = select(record_table.c.content).where(record_table.c.record_id == data_id)
    return city.part.own.database.read(lambda connection: connection.execute(found).scalar_one())


def lies_in_rows(city: City, box: bytes) -> bool:
    """Whether any row still holds the sealed bytes; what is behind the rows was overwritten (``has_remains``)."""
    rows = select(record_table.c.content)
    found = city.part.own.database.read(lambda connection: connection.execute(rows).scalars().all())
    return any(box in one for one in found)


@pytest.mark.twin("R-084")
def test_what_was_filed_is_kept_no_longer_and_never_said_to_be_erased_for_lateness(city: City) -> None:
    """S06-3, F-04: 転入通知 to the former city ends it; nothing of the move is left here."""
    one = somebody(place=FAR)
    data = announced(city, one)
    city.holds(one)
    city.works()
    notice = MovedIn(
        notice_id=new_id(),
        data_id=data.data_id,
        moved_from=FAR,
        moved_to=HERE,
        persons=(one.resident_code,),
        moved_in_on=data.planned_on,
        to_address="見本市中央区",
    )
    asked = SendMovedIn(municipality=HERE, notices=(notice,))
    assert city.asks(city.part.taking.moved_in, "juki-send-moved-in/1", asked, TAKEN).taken[0].reason == ""
    city.works()
    assert notice in city.network.post.moved_in
    assert kinds_of(city, data.data_id)[-1] == "moving_out.filed"
    with pytest.raises(Refused):
        opens(city, one)
    city.clock.move(days=40)
    city.part.carrying.day()
    assert "moving_out.erased" not in kinds_of(city, data.data_id)


@pytest.mark.parametrize("wrong", ["not_ours", "long_past"])
@pytest.mark.twin("F-04")
def test_what_is_not_for_this_city_or_long_past_is_not_kept(city: City, wrong: str) -> None:
    """S06-3, R-084 negative twin."""
    one = somebody(place=FAR)
    data = announced(city, one, ahead=-40 if wrong == "long_past" else 3)
    if wrong == "not_ours":
        data = msgspec.structs.replace(data, data_id=new_id(), moved_to=FAR)
        city.network.posted([NetParcel(parcel_id=data.data_id, to=HERE, sender=FAR, moving_out=data)])
    city.works()
    assert data not in city.arrivals().moving_out
    assert kinds_of(city, data.data_id) == ["moving_out.not_kept"]


def test_who_leaves_for_another_city_of_the_network_is_announced_there(city: City) -> None:
    """S06-3, F-04, B2-4: from this city to one with a communication server of its own."""
    one = somebody()
    data = MovingOutData(
        data_id=new_id(),
        moved_from=HERE,
        moved_to=THERE,
        from_address=one.address,
        planned_on=business_date(city.clock.now()),
        persons=(items(one),),
    )
    asked = SendMovingOut(municipality=HERE, data=(data,))
    assert city.asks(city.part.taking.moving_out, "juki-send-moving-out/1", asked, TAKEN).taken[0].reason == ""
    city.works()
    assert city.forwarded(data.data_id)[0].state == "done"
    assert data in city.arrivals(place=THERE).moving_out
    assert data not in city.arrivals().moving_out


def test_what_never_got_to_the_other_city_is_given_up_and_forgotten_too(city: City, server: NetworkServer) -> None:
    """S06-3, R-084: data on its way out is kept no longer than data that came."""
    one = somebody()
    data = MovingOutData(
        data_id=new_id(),
        moved_from=HERE,
        moved_to=FAR,
        from_address=one.address,
        planned_on=business_date(city.clock.now()),
        persons=(items(one),),
    )
    server.trouble.away.add("national")
    asked = SendMovingOut(municipality=HERE, data=(data,))
    city.asks(city.part.taking.moving_out, "juki-send-moving-out/1", asked, TAKEN)
    city.works()
    before = boxes(city, data.data_id)
    city.clock.move(days=31)
    city.part.carrying.day()
    assert (city.forwarded(data.data_id)[0].state, city.forwarded(data.data_id)[0].cause) == ("dead", "too_late")
    assert len(boxes(city, data.data_id)) < len(before)
    assert kinds_of(city, data.data_id) == ["moving_out.sent", "moving_out.given_up"]
    server.trouble.away.clear()
    city.works()
    assert data not in city.network.post.moving_out


PERSON = WideAreaPerson(name="遠方　太郎", birth=date(1970, 1, 1), sex="1", relation="世帯主", my_number="1")


def asks_copy(city: City, one: IdentityInfo, who=MOVER, **others: bool) -> WideAreaAnswer:
    checked = city.checks(who, one, "wide_area")
    asked = AskWideAreaCopy(request_id=new_id(), check_id=checked.check_id, **others)
    return city.part.desk.moving.ask_copy(city.by(who), asked)


def test_a_copy_from_another_city_comes_for_who_was_checked_and_is_told_to_who_asked_that_day(city: City) -> None:
    """S06-2, F-06."""
    one = somebody(place=FAR)
    home = Household(
        municipality=FAR, address="遠方市", head=PERSON.name, codes=(one.resident_code,), persons=(PERSON,)
    )
    city.network.set_up([one], home)
    city.holds(one)
    asked = asks_copy(city, one)
    city.works()
    moving, ref = city.part.desk.moving, OpenWideAreaCopy(request_id=asked.request_id)
    answer = moving.copy(city.by(MOVER), ref)
    assert answer.state == "answered"
    assert answer.copy is not None
    assert [(person.name, person.my_number) for person in answer.copy.persons] == [(PERSON.name, "")]
    with pytest.raises(NotAllowed):
        moving.copy(city.by(OTHER), ref)
    city.clock.move(days=1)
    city.part.carrying.day()
    with pytest.raises(NotAllowed):
        moving.copy(city.by(MOVER), ref)


def test_a_city_that_issues_nothing_says_so_without_why(city: City) -> None:
    """F-06 negative twin."""
    one = somebody(place=FAR)
    city.network.set_up([one])
    city.holds(one)
    asked = asks_copy(city, one, with_household=True)
    city.works()
    answer = city.part.desk.moving.copy(city.by(MOVER), OpenWideAreaCopy(request_id=asked.request_id))
    assert (answer.state, answer.copy) == ("not_issued", None)
    own = somebody()
    city.lives_here(own)
    city.holds(own)
    with pytest.raises(Refused) as caught:
        asks_copy(city, own)
    assert caught.value.reason == "wide_area_own"


def test_another_citys_request_is_answered_by_the_boundary_also_after_it_was_away(city: City) -> None:
    """F-06: the register may be closed; who holds the copies is asked, and the answer goes back once."""
    one = somebody()
    city.boundary.copies[one.resident_code] = WideAreaCopy(request_id="", municipality=HERE, persons=(PERSON,))
    city.boundary.is_away = True
    request = WideAreaRequest(request_id=new_id(), asked_by=THERE, asked_of=HERE, resident_code=one.resident_code)
    parcel = NetParcel(parcel_id=new_id(), to=HERE, sender=THERE, wide_area=request)
    city.network.posted([parcel])
    city.works()
    city.boundary.is_away = False
    city.clock.move(minutes=20)
    city.works()
    city.works()
    assert [asked.requests for asked in city.boundary.asked].count((request,)) == 1
    assert kinds_of(city, request.request_id) == ["wide_area.asked", "wide_area.told"]
    assert f"{HERE}/copy-{request.request_id}" in city.network.post.taken


def test_the_whole_way_of_a_copy_between_two_cities(city: City) -> None:
    """F-06, S06-2: asked at a counter there, answered by the boundary here."""
    one = somebody()
    city.lives_here(one)
    city.holds(one)
    city.boundary.copies[one.resident_code] = WideAreaCopy(request_id="", municipality=HERE, persons=(PERSON,))
    theirs = clerk("t01", "network.check", "network.wide_area", place=THERE)
    asked = asks_copy(city, one, theirs)
    city.works()
    city.works()
    answer = city.part.desk.moving.copy(city.by(theirs), OpenWideAreaCopy(request_id=asked.request_id))
    assert answer.copy is not None
    assert answer.copy.persons[0].name == PERSON.name
    with pytest.raises(Conflict):
        city.checks(theirs, one, "wide_area", check_id=city.checks(theirs, one, "wide_area").check_id)
    assert PIN not in repr(city.acts())


def test_however_many_announcements_wait_each_is_found_by_its_card(city: City) -> None:
    """S06-3, C-33: more than one portion of them came before."""
    last = somebody(place=FAR)
    crowd = [
        MovingOutData(
            data_id=new_id(), moved_from=FAR, moved_to=HERE, from_address="遠方市一番町1番",
            planned_on=business_date(city.clock.now()), persons=(PersonItems(resident_code=f"97{number:09}"),),
        )
        for number in range(230)
    ]  # fmt: skip
    city.network.posted([NetParcel(parcel_id=one.data_id, to=HERE, sender=FAR, moving_out=one) for one in crowd])
    city.works()
    data = announced(city, last)
    city.holds(last)
    city.works()
    assert opens(city, last).data_id == data.data_id
