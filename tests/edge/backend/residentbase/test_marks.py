"""S04-2, F-10: a restraint of the register travels as a mark with the address; why travels nowhere."""

import pytest

from app.wire.register import RestraintMark
from app.wire.register_restraint import ChangeMeasure, RequestMeasure
from app.wire.resident_base import told
from tests.edge.backend.register.changing import GUARD, call, filing, fresh_id, newcomer
from tests.edge.backend.register.test_restraints import release
from tests.edge.backend.residentbase.world import NEW_HOME, World


@pytest.mark.seed("F-10")
def test_a_restraint_reaches_at_once_who_is_told_addresses_and_before_the_next_address(world: World) -> None:
    world.approved("assistance", "address")
    world.approved("library", "name", "address")
    world.office.protect("230", lead="230", offender="佐藤　強")
    world.move("230")
    world.run()
    for system in ("assistance", "library"):
        mark, move = world.got(system)
        assert (told(mark.after), mark.subject, mark.occasion.kind) == ({"protected": True}, "230", "restraint")
        assert (move.after.address, move.register_sequence) == (NEW_HOME, mark.register_sequence + 1)
    assert world.residents("library", "230").records[0].items.protected is True


def test_the_mark_says_neither_why_nor_against_whom_nor_with_whom(world: World) -> None:
    """Negative twin."""
    world.approved("library", "name", "address")
    row = world.office.protect("230", "231", lead="230", offender="佐藤　強", opinion="警察の意見")
    world.run()
    for change in world.got("library"):
        occasion = change.occasion
        assert (occasion.entry_id, occasion.reason, occasion.event_written) == ("", "", "")
    for body in world.systems["library"].letters:
        for word in ("申出", "警察", "protective", row.measure_id, "offender", "佐藤　強"):
            assert word.encode() not in body


@pytest.mark.twin("F-08", "F-10")
def test_who_is_told_no_address_is_told_no_mark_and_who_is_outside_the_city_neither(world: World) -> None:
    """Negative twin."""
    world.approved("childallowance", "name", "relation")
    world.approved("immigration", "name", "address")
    world.office.protect("230", "220")
    world.run()
    assert (world.got("childallowance"), world.got("immigration")) == ([], [])
    assert told(world.residents("immigration", "220").records[0].items).keys() == {"name", "address"}


def test_a_restraint_on_changing_alone_hides_no_address(world: World) -> None:
    """Negative twin."""
    world.approved("library", "address")
    acts = (RestraintMark(act="edit", level="error"),)
    asked = RequestMeasure(measure_id=fresh_id("m"), kind="other", persons=("210",), reason="調査中", acts=acts)
    world.office.changes.measures.request(call(GUARD, world.now), asked)
    world.run()
    assert world.got("library") == []


def test_the_mark_goes_when_another_person_has_lifted_the_restraint_and_by_no_release(world: World) -> None:
    world.approved("library", "address")
    row = world.office.decide(world.office.protect("230"))
    release(world.office)
    ends = ChangeMeasure(measure_id=row.measure_id, version=row.version, change="end", reason="申出")
    waiting = world.office.changes.measures.change(call(GUARD, world.now), ends)
    world.run()
    assert [told(one.after) for one in world.got("library")] == [{"protected": True}]
    world.office.decide(waiting)
    world.run()
    assert [told(one.after) for one in world.got("library")] == [{"protected": True}, {"protected": False}]


def test_who_enters_a_restrained_household_comes_with_the_mark(world: World) -> None:
    world.approved("library", "name", "address")
    world.office.protect("230", scope="household")
    child = newcomer("佐藤　一", relation="子")
    world.change(filing("move_in", child, household="join", household_number="H23"))
    world.run()
    mark, born = world.got("library")
    assert (mark.subject, born.after.name, born.after.protected) == ("230", "佐藤　一", True)
