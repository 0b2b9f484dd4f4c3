"""S03-6, S03-3, S03-5, K-07: business systems come in by ID and password, and see nothing but their own area."""

from datetime import date, timedelta

import pytest

from app.errors import (
    NotAllowed,
    NotUnderstood,
    Refused,
    SessionEnded,
    SignInRefused,
    TooManyTries,
)
from app.wire.addressee_office import AskAreas, AskNumberLinkage, CloseArea, EnterArea
from app.wire.addressee_systems import OpenArea, RenewAreaPassword, SystemPerson
from tests.edge.backend.addressee.world import CHIEF, CLERK, HERE, SYSTEM, THERE, World, number

NEXT = "another-password-of-24-signs"


def test_the_password_is_kept_as_a_hash_only_and_opens_the_area_of_that_very_system(world: World) -> None:
    password = world.entered()
    kept = world.areas._book.read(lambda unit: unit.systems.one(HERE, SYSTEM))
    assert kept is not None
    assert kept.password_hash.startswith("$argon2id$")
    assert password not in kept.password_hash
    token = world.opened(password)
    assert world.hands_in(token, SystemPerson(number="1", my_number=number(1).text())) == ("linked",)
    world.entered("library")
    with pytest.raises(SessionEnded):
        world.hands_in(token, SystemPerson(number="2", my_number=number(2).text()), sender="business.library")
    assert world.known("2", source="library") is None
    with pytest.raises(SignInRefused):
        world.opened(password, sender="business.library")


def test_wrong_passwords_are_counted_slowed_down_and_recorded_and_unknown_systems_look_the_same(world: World) -> None:
    password = world.entered()
    for _ in range(5):
        with pytest.raises(SignInRefused):
            world.opened("wrong")
    with pytest.raises(TooManyTries) as waits:
        world.opened(password)
    assert waits.value.data["wait_s"] == 31
    with pytest.raises(SignInRefused):
        world.opened(password, sender="business.library")
    assert [what["part"] for kind, what in world.acts() if kind == "area.refused"] == ["password"] * 5 + ["system"]
    world.clock.move(seconds=31)
    assert world.opened(password)


def test_a_password_ends_and_its_end_is_announced_30_7_and_1_days_before_each_once(world: World) -> None:
    password = world.entered()
    begun = world.clock.at
    said = []
    for day in range(91):
        world.clock.at = begun + timedelta(days=day)
        world.areas.day()
        world.areas.day()
    said = [what["days_left"] for kind, what in world.acts() if kind == "area.password_ending"]
    assert said == [30, 7, 1]
    opened = world.says("area-open/1", OpenArea(municipality=HERE, password=password))
    assert (opened.days_left, opened.renew) == (0, True)
    world.clock.move(days=1)
    with pytest.raises(Refused) as refused:
        world.opened(password)
    assert refused.value.reason == "password_ended"
    (row,) = world.office.areas(world.call(CHIEF), AskAreas()).rows
    assert (row.system, row.state, row.days_left) == (SYSTEM, "ended", 0)


def test_a_system_takes_another_password_by_itself_and_none_that_it_had(world: World) -> None:
    password = world.entered()
    token = world.opened(password)

    def renew(old: str, new: str) -> object:
        return world.says("area-renew/1", RenewAreaPassword(municipality=HERE, password=old, new_password=new))

    for old, new, error in (
        (password, "short", Refused),
        (password, password, Refused),
        ("wrong", NEXT, SignInRefused),
    ):
        with pytest.raises(error):
            renew(old, new)
    assert world.finds(token, number="none").number == "", "a refused change ends nothing"
    renew(password, NEXT)
    with pytest.raises(SessionEnded):
        world.finds(token, number="none")
    with pytest.raises(SignInRefused):
        world.opened(password)
    assert world.opened(NEXT)
    with pytest.raises(Refused):
        renew(NEXT, password)


def test_an_area_ends_after_8_hours_by_closing_and_by_a_new_password(world: World) -> None:
    token = world.opened(world.entered())
    world.clock.move(hours=8)
    with pytest.raises(SessionEnded):
        world.finds(token, number="none")
    token = world.opened(password := world.entered())
    world.entered()
    with pytest.raises(SessionEnded):
        world.finds(token, number="none")
    with pytest.raises(SignInRefused):
        world.opened(password)
    token = world.opened(password := world.entered())
    world.office.close(world.call(CHIEF), CloseArea(system=SYSTEM))
    with pytest.raises(SessionEnded):
        world.finds(token, number="none")
    with pytest.raises(SignInRefused):
        world.opened(password)


def test_only_who_manages_systems_enters_one_and_ids_are_plain(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.office.enter(world.call(CLERK), EnterArea(system=SYSTEM))
    for system in ("", "socialaddress", "with space", "UPPER", "x" * 17, "漢字"):
        with pytest.raises(NotUnderstood):
            world.office.enter(world.call(CHIEF), EnterArea(system=system))
    with pytest.raises(NotAllowed):
        world.office.close(world.call(CHIEF), CloseArea(system="nobody"))
    with pytest.raises(NotAllowed):
        world.office.areas(world.call(CLERK), AskAreas())
    assert world.areas._book.read(lambda unit: unit.systems.all()) == ()


def test_a_letter_of_another_municipality_or_another_role_opens_nothing(world: World) -> None:
    password = world.entered()
    with pytest.raises(NotAllowed):
        world.says("area-open/1", OpenArea(municipality=HERE, password=password), place=THERE)
    with pytest.raises(NotAllowed):
        world.says("area-open/1", OpenArea(municipality=HERE, password=password), sender="relay")
    with pytest.raises(NotUnderstood):
        world.says("area-nothing/1", OpenArea(municipality=HERE, password=password))
    honest = world.posts[f"business.{SYSTEM}"].write(
        f"business.{SYSTEM}@{HERE}", "area-open/1", OpenArea(municipality=HERE, password=password)
    )
    changed = type(honest)(
        sender=f"business.library@{HERE}",
        kind=honest.kind,
        body=honest.body,
        key_id=honest.key_id,
        signature=honest.signature,
    )
    (outcome,) = world.systems.answer([changed])
    assert isinstance(outcome, Refused)
    assert "area.opened" not in world.kinds()


def test_a_system_finds_one_person_of_its_own_and_everybody_else_looks_like_nobody(world: World) -> None:
    world.load(("100", 1), ("200", 2))
    token = world.opened(world.entered())
    world.hands_in(token, SystemPerson(number="7", my_number=number(1).text()))
    found = world.finds(token, my_number=number(1).text())
    assert (found.number, found.code_state) == ("7", "none")
    assert world.finds(token, number="7") == found
    nobody = world.finds(token, my_number=number(999).text())
    elsewhere = world.finds(token, my_number=number(2).text())
    no_number = world.finds(token, my_number="123")
    assert nobody == elsewhere == no_number
    assert nobody.number == ""
    for both in ({}, {"my_number": number(1).text(), "number": "7"}):
        with pytest.raises(NotUnderstood):
            world.finds(token, **both)


def test_numbers_can_t_be_tried_out_and_the_tenth_miss_is_an_alarm(world: World) -> None:
    world.load(("100", 1))
    token = world.opened(world.entered())
    world.hands_in(token, SystemPerson(number="7", my_number=number(1).text()))
    for body in range(10):
        assert world.finds(token, my_number=number(1000 + body).text()).number == ""
    with pytest.raises(TooManyTries):
        world.finds(token, my_number=number(1).text())
    assert world.kinds().count("number.misses_alarm") == 1
    world.clock.move(minutes=10)
    assert world.finds(token, my_number=number(1).text()).number == "7"


def test_linkage_records_are_found_by_day_and_number_and_the_look_is_one_itself(world: World) -> None:
    token = world.opened(world.entered())
    world.hands_in(token, SystemPerson(number="7", my_number=number(1).text()), SystemPerson(number="8"))
    day = date(2026, 11, 20)

    def shown(actor=CHIEF, since=day, until=day, subject="") -> list[tuple[str, str]]:
        found = world.office.linkage(world.call(actor), AskNumberLinkage(since=since, until=until, subject=subject))
        return [(one.kind, one.about) for one in found.rows]

    assert ("number.system_linked", "8") in shown()
    assert shown(subject="7") == [("number.system_linked", "7")]
    assert shown(subject="7")[-1] == ("linkage.viewed", "7")
    tomorrow = day + timedelta(days=1)
    assert shown(since=tomorrow, until=tomorrow) == []
    with pytest.raises(Refused):
        shown(since=tomorrow, until=day)


def test_a_clerk_is_shown_no_linkage_record(world: World) -> None:
    day = date(2026, 11, 20)
    with pytest.raises(NotAllowed):
        world.office.linkage(world.call(CLERK), AskNumberLinkage(since=day, until=day, subject=""))
