"""S08-1, S08-2, S08-3, B2-2, B2-3: what life brings to a register, each beside its twin that must not pass."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.backend.register.ports import Residence
from app.errors import Conflict, NotAllowed, Refused
from app.wire.message import encode
from app.wire.register import SearchByFour
from app.wire.register_change import (
    AskAnnouncements,
    AskEntries,
    AskHistory,
    AskHousehold,
    CorrectEntry,
    KeepAnnouncement,
    OpenAnnouncement,
    PersonItems,
    PersonPart,
)
from tests.edge.backend.register.changing import (
    ANNOUNCER,
    BOSS,
    CLERK,
    HOME,
    NORTH,
    OTHER,
    TODAY,
    WINDOW,
    Here,
    Office,
    acts,
    call,
    days,
    filing,
    fresh_id,
    newcomer,
    settled,
    turn,
)
from tests.edge.backend.register.conftest import number
from tests.support.slices import OpenSlice

NEW_HOME = "北市北区北二条西4番5号"
EVERYBODY = ("200", "201", "202")


@pytest.fixture
def office(slice_: OpenSlice) -> Iterator[Office]:
    yield from settled(slice_)


def move(*persons: str, **more):
    given = {"address": NEW_HOME, "ward": NORTH, "event_day": TODAY - days(3), "filed_day": TODAY}
    return filing("change_of_address", *(persons or EVERYBODY), **(given | more))


def checks(row) -> set[str]:
    return {one.check for one in row.findings}


def death(of: str = "200", **more):
    return filing("death", of, **({"event_day": TODAY - days(1), "filed_day": TODAY} | more))


# death while a move is provisional


@pytest.mark.scenario("death while a move is provisional")
def test_a_death_is_entered_although_a_move_waits_and_the_move_must_be_looked_at_again(office: Office) -> None:
    waiting = office.enter(CLERK, move())
    dead = office.enter(OTHER, death(stays=(PersonPart(business_number="201", relation="世帯主"),)))
    assert [(one.check, one.entry_id) for one in dead.findings if one.check == "other_waiting"] == [
        ("other_waiting", waiting.entry_id), ("other_waiting", waiting.entry_id),
    ]  # fmt: skip
    assert office.approve(BOSS, dead)[0].outcome == "finding_not_confirmed"
    assert office.approve(BOSS, dead, confirmed=("other_waiting",))[0].outcome == "approved"
    assert (office.kept("200").is_resident, office.kept("201").relation) == (False, "世帯主")
    (row,) = office.changes.entries.entries(call(BOSS), AskEntries()).rows
    assert (row.overtaken, row.may, row.why_not) == (True, ("refuse",), "overtaken")
    assert office.approve(BOSS, waiting)[0].outcome == "overtaken"
    assert office.kept("201").address == HOME
    again = move("201", "202")
    fixed = office.changes.entries.correct(
        call(CLERK), CorrectEntry(entry_id=waiting.entry_id, version=1, filing=again)
    )
    assert office.approve(BOSS, fixed)[0].outcome == "approved"
    assert {office.kept(one).address for one in ("201", "202")} == {NEW_HOME}
    assert office.kept("200").address == HOME


@pytest.mark.twin("S08-3")
def test_the_dead_cannot_be_moved_even_if_the_move_is_entered_anew(office: Office) -> None:
    waiting = office.enter(CLERK, move())
    office.through(death(stays=(PersonPart(business_number="201", relation="世帯主"),)))
    fixed = office.changes.entries.correct(
        call(CLERK), CorrectEntry(entry_id=waiting.entry_id, version=1, filing=move())
    )
    done = office.approve(BOSS, fixed)[0]
    assert (done.outcome, "not_resident" in done.findings) == ("blocked", True)


@pytest.mark.seed("S08-3")
def test_a_move_approved_first_stands_and_the_death_follows_at_the_new_address(office: Office) -> None:
    waiting = office.enter(CLERK, move())
    dead = office.enter(OTHER, death())
    assert office.approve(BOSS, waiting, confirmed=("other_waiting",))[0].outcome == "approved"
    row = office.changes.entries.entries(call(BOSS), AskEntries()).rows[0]
    assert "head_left" in checks(row)
    assert office.approve(BOSS, dead, confirmed=("head_left",))[0].outcome == "approved"
    assert office.kept("200").residences[-1] == Residence(NEW_HOME, TODAY - days(3), TODAY - days(1), NORTH)


def test_who_remains_alone_becomes_the_head_by_itself_two_do_not(office: Office) -> None:
    two = office.enter(CLERK, death())
    assert "head_left" in checks(two)
    office.approve(BOSS, two, confirmed=("head_left",))
    assert {office.kept(one).relation for one in ("201", "202")} == {"妻", "子"}
    office.through(filing("death", "201", event_day=TODAY))
    assert office.kept("202").relation == "世帯主"


# a special move-in that never comes


def announced(office: Office, planned: date = TODAY) -> str:
    name = fresh_id("a")
    told = KeepAnnouncement(
        announcement_id=name,
        persons=(
            PersonItems(
                name="新井　新", kana="アライ　シン", birth=date(1995, 9, 9), sex="1",
                my_number=number(77777777777).text(), resident_code="12345678901",
            ),
        ),
        moved_from="南市本町1番",
        planned_on=planned,
    )  # fmt: skip
    office.changes.announcements.keep(call(ANNOUNCER, office.now), told)
    return name


def arrival(announcement_id: str, **more):
    given = {"address": NEW_HOME, "ward": NORTH, "household": "new", "moved_from": "南市本町1番"}
    return filing("special_move_in", newcomer(), announcement_id=announcement_id, **(given | more))


@pytest.mark.scenario("special move-in that never comes")
def test_what_was_announced_and_never_filed_is_erased_by_itself(office: Office) -> None:
    """R-084, C-33, S06-3: the data of a special move-in that never comes are gone with their day."""
    name = announced(office)
    assert [one.announcement_id for one in waiting(office)] == [name]
    assert number(77777777777).text().encode() not in encode(opened(office, name))
    office.slice.clock.move(days=30)
    assert turn(office) is False
    assert len(waiting(office)) == 1
    office.slice.clock.move(days=1)
    assert waiting(office) == ()
    with pytest.raises(NotAllowed):
        opened(office, name)
    assert turn(office) is True
    assert acts(office)[-1][0] == "announcement.erased"
    kept = office.slice.database.read(lambda connection: office._book._unit(connection).plans.announcements(Here.code))
    assert kept == ()
    row = office.enter(CLERK, arrival(name, event_day=TODAY, filed_day=TODAY + days(31)))
    assert "announcement_missing" in {one.check for one in row.findings if one.level == "error"}


def test_one_that_comes_in_time_takes_the_number_over_and_leaves_nothing_behind(office: Office) -> None:
    name = announced(office)
    row = office.enter(CLERK, arrival(name))
    assert checks(row) == set()
    office.approve(BOSS, row)
    (hit,) = office.register.search(call(CLERK), SearchByFour(name="新井　新")).hits
    assert (hit.number_linked, office.kept(hit.business_number).resident_code) == (True, "12345678901")
    assert waiting(office) == ()
    office.slice.clock.move(days=40)
    assert turn(office) is False


def test_one_that_comes_too_late_after_moving_needs_the_paper(office: Office) -> None:
    name = announced(office, TODAY - days(20))
    late = office.enter(CLERK, arrival(name, event_day=TODAY - days(15), filed_day=TODAY))
    assert "announcement_late" in {one.check for one in late.findings if one.level == "error"}
    in_time = arrival(name, event_day=TODAY - days(14), filed_day=TODAY)
    assert "announcement_late" not in checks(office.enter(CLERK, in_time))


def test_only_who_may_keeps_announcements_and_none_twice(office: Office) -> None:
    name = announced(office)
    told = KeepAnnouncement(announcement_id=name, persons=(PersonItems(name="別"),), moved_from="", planned_on=TODAY)
    with pytest.raises(Conflict):
        office.changes.announcements.keep(call(ANNOUNCER), told)
    with pytest.raises(NotAllowed):
        office.changes.announcements.keep(call(CLERK), told)


def waiting(office: Office):
    return office.changes.announcements.waiting(call(CLERK, office.now), AskAnnouncements()).rows


def opened(office: Office, name: str):
    return office.changes.announcements.open(call(CLERK, office.now), OpenAnnouncement(announcement_id=name))


# twin births


def born(name: str, sex: str = "2") -> PersonPart:
    items = PersonItems(name=name, kana="タカハシ", birth=TODAY - days(5), sex=sex)
    return PersonPart(relation="子", items=items)


def birth(*children: PersonPart):
    return filing(
        "birth", *children, event_day=TODAY - days(5), filed_day=TODAY, household="join", household_number="H20"
    )


@pytest.mark.seed("S08-1", "B2-1")
@pytest.mark.scenario("twin births")
def test_twins_get_two_records_in_one_household_with_the_same_day_and_address(office: Office) -> None:
    row = office.enter(CLERK, birth(born("高橋　葵"), born("高橋　茜")))
    assert checks(row) == set()
    office.approve(BOSS, row)
    twins = [one for one in office.numbers_of("H20") if one not in EVERYBODY]
    kept = [office.kept(one) for one in twins]
    assert len(set(twins)) == 2
    assert {one.name for one in kept} == {"高橋　葵", "高橋　茜"}
    assert {(one.address, one.relation, one.birth, one.moved_in_on) for one in kept} == {
        (HOME, "子", TODAY - days(5), None)
    }


def test_twins_told_in_two_notices_are_two_children_too(office: Office) -> None:
    first, second = office.enter(CLERK, birth(born("高橋　葵"))), office.enter(OTHER, birth(born("高橋　茜")))
    assert [one.outcome for one in office.approve(BOSS, first, second)] == ["approved", "approved"]
    assert len(office.numbers_of("H20")) == 5


@pytest.mark.twin("S08-1")
def test_the_same_birth_told_twice_is_not_twins(office: Office) -> None:
    office.through(birth(born("高橋　葵")))
    again = office.enter(OTHER, birth(born("高橋　葵")))
    assert "same_person_here" in checks(again)
    assert office.approve(BOSS, again)[0].outcome == "finding_not_confirmed"
    other_sex = office.enter(OTHER, birth(born("高橋　葵", sex="1")))
    assert "same_person_here" not in checks(other_sex)


# the household's head changes on divorce


@pytest.mark.seed("S08-2")
@pytest.mark.scenario("household head change on divorce")
def test_on_divorce_the_wife_becomes_head_and_the_husband_a_household_of_his_own(office: Office) -> None:
    apart = filing(
        "household_change",
        "200",
        reason="split",
        household="new",
        stays=(
            PersonPart(business_number="201", relation="世帯主"),
            PersonPart(business_number="202", relation="子"),
        ),
        event_day=TODAY - days(2),
        filed_day=TODAY,
    )
    office.through(filing("divorce", PersonPart(business_number="201", items=PersonItems(name="林　花子"))))
    office.through(apart)
    assert {one: office.kept(one).relation for one in EVERYBODY} == {"200": "世帯主", "201": "世帯主", "202": "子"}
    assert office.numbers_of("H20") == ["201", "202"]
    own = office.kept("200")
    assert (office.numbers_of(own.household_number), own.address) == (["200"], HOME)
    house = office.changes.histories.household(call(BOSS), AskHousehold(household_number="H20"))
    latest = house.lines[0]
    assert [(one.business_number, one.relation) for one in latest.before] == [
        ("200", "世帯主"), ("201", "妻"), ("202", "子"),
    ]  # fmt: skip
    assert [(one.business_number, one.relation) for one in latest.after] == [("201", "世帯主"), ("202", "子")]
    assert office.kept("201").name == "林　花子"
    assert [one.name for one in office.kept("201").past_names] == ["高橋　花子"]


@pytest.mark.twin("S08-2", "B2-1")
def test_two_heads_none_or_a_new_address_are_not_let_through(office: Office) -> None:
    two = filing("household_change", PersonPart(business_number="201", relation="世帯主"), reason="head_changed")
    none = filing("household_change", PersonPart(business_number="200", relation="夫"), reason="head_changed")
    moved = filing("household_change", "200", reason="split", household="new", address=NEW_HOME)
    for wrong, found in ((two, "two_heads"), (none, "no_head"), (moved, "address_with_household")):
        done = office.approve(BOSS, office.enter(CLERK, wrong), confirmed=("head_left",))[0]
        assert (done.outcome, found in done.findings) == ("blocked", True)
        office.changes.approvals.refuse(call(BOSS), refuse_of(done.entry_id))


def refuse_of(entry_id: str):
    from app.wire.register_change import RefuseEntry

    return RefuseEntry(entry_id=entry_id, version=1, reason="誤り")


def test_who_may_not_look_back_does_not(office: Office) -> None:
    office.through(move("210"))
    for ask in (
        lambda: office.changes.histories.history(call(WINDOW), AskHistory(business_number="210")),
        lambda: office.changes.histories.household(call(WINDOW), AskHousehold(household_number="H21")),
        lambda: office.changes.histories.history(call(BOSS), AskHistory(business_number="999")),
        lambda: office.changes.histories.household(call(BOSS), AskHousehold(household_number="H99")),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_an_edit_that_is_restrained_is_not_entered(office: Office) -> None:
    from app.wire.register import RestraintMark

    office.protect("210", acts=(RestraintMark(act="edit", level="error"),))
    with pytest.raises(Refused, match="restrained"):
        office.enter(CLERK, move("210"))
    office.enter(CLERK, move("220"))
