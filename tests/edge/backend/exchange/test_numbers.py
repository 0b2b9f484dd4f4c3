"""Who holds which number, links of numbers to persons, and the wall between municipalities."""

import pytest
from sqlalchemy import inspect, text

from app.backend.intermediary import store as intermediary_store
from app.backend.nws import store as nws_store
from app.backend.relay import store as relay_store
from app.errors import BadFormat, NotAllowed, NotUnderstood, Refused
from app.wire.addressee import AskLinks, LinkNumber
from tests.edge.backend.exchange.world import HERE, LOCAL, MOVED, PROCEDURE, THERE, UNNUMBERED, World, my_number
from tests.support.slices import call, person

CLERK = person("clerk", "number.state", "number.link", municipality=HERE)


def links(world: World, *numbers: str, actor=CLERK):
    asked = AskLinks(procedure=PROCEDURE, business_numbers=numbers)
    return world.exchange.addressee.states(call(actor, world.clock.now()), asked).states


def link(world: World, business_number: str, number: str, actor=CLERK):
    asked = LinkNumber(
        procedure=PROCEDURE, visit_id="visit-1", business_number=business_number, my_number=number, method="face_a"
    )
    return world.exchange.addressee.link(call(actor, world.clock.now()), asked)


def test_a_linked_number_is_not_asked_for_again(world: World) -> None:
    known, unknown = links(world, MOVED, UNNUMBERED)
    assert (known.number_linked, known.code_state) == (True, "acquired")
    assert (unknown.number_linked, unknown.code_state) == (False, "none")


@pytest.mark.seed("M-3")
def test_a_number_handed_in_is_linked_once_and_the_same_one_again_changes_nothing(world: World) -> None:
    """S03-5: each request to link is a record, also the one that changes nothing."""
    new = "000000000066601" if world.settings.database == "sqlcipher" else "000000000066602"
    before = world.kinds("addressee", HERE).count("number.linked")
    first = link(world, new, my_number(666).text())
    assert first.number_linked
    assert link(world, new, my_number(666).text()) == first
    assert links(world, new)[0].number_linked
    assert world.kinds("addressee", HERE).count("number.linked") == before + 2


@pytest.mark.twin("M-3", "B2-8")
def test_another_number_for_a_person_is_refused_and_so_is_somebody_else_s(world: World) -> None:
    """M-3: what a claimant states is matched with what the office knows of that person, and of everybody else."""
    with pytest.raises(Refused) as refused:
        link(world, MOVED, my_number(12345).text())
    assert refused.value.reason == "other_number_linked"
    with pytest.raises(Refused) as refused:
        link(world, UNNUMBERED, my_number(2).text())
    assert refused.value.reason == "number_of_another"
    assert world.acts("addressee", HERE)[-1][0] == "number.link_refused"
    with pytest.raises(BadFormat):
        link(world, UNNUMBERED, "123456789012")


def test_the_same_person_of_the_other_municipality_is_not_found_here(world: World) -> None:
    there = person("there", "number.state", "number.link", municipality=THERE)
    assert not links(world, "000000000009901")[0].number_linked
    assert links(world, "000000000009901", actor=there)[0].number_linked


def test_persons_can_t_be_listed_and_rights_are_asked(world: World) -> None:
    with pytest.raises(NotUnderstood):
        links(world, *(f"{number:015}" for number in range(65)))
    with pytest.raises(NotAllowed):
        links(world, MOVED, actor=person("nobody", municipality=HERE))
    with pytest.raises(NotAllowed):
        link(world, UNNUMBERED, my_number(8).text(), actor=person("nobody", "number.state", municipality=HERE))


def everything_in(world: World, name: str) -> bytes:
    """All cells of all tables of a slice's store, as they lie there."""

    def read(connection) -> bytes:
        found: list[bytes] = []
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                found.extend(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row)
        return b"\n".join(found)

    return world.database(name).read(read)


@pytest.mark.parametrize("name", ["addressee", "intermediary", "nws", "relay", "socialaddress"])
def test_no_number_and_no_amount_lies_in_clear_in_any_store(world: World, name: str) -> None:
    world.answer(MOVED)
    world.answer(LOCAL)
    content = everything_in(world, name)
    clear = [my_number(1).text(), MOVED, LOCAL, "3456789", "2222222", "90000000001", "見本　花子"]
    assert [value for value in clear if value.encode() in content] == []
    assert HERE.encode() in content


def test_neither_intermediary_nor_relay_has_a_column_for_what_it_may_not_hold() -> None:
    intermediary, core, relay = intermediary_store.METADATA, nws_store.METADATA, relay_store.METADATA
    for metadata in (intermediary, core, relay):
        columns = {column.name for table in metadata.tables.values() for column in table.columns}
        assert columns.isdisjoint({"my_number", "my_number_token"})
    assert "addressee_number" not in {column.name for table in relay.tables.values() for column in table.columns}


def test_codes_of_one_person_at_two_bodies_have_nothing_in_common(world: World) -> None:
    def code(municipality: str, business_number: str) -> bytes:
        people = world.exchange.addressee._book.read(lambda unit: unit.of_business(municipality, [business_number]))
        number = people[business_number].addressee_number
        return world.exchange.asking._book.read(lambda unit: unit.codes(municipality, [number]))[number].code.reveal()

    here, there = code(HERE, MOVED), code(THERE, "000000000009901")
    assert here[:2] == there[:2] == b"\x00\x01"
    assert here[2:] != there[2:]
