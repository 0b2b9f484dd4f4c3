"""S01-8a, S01-8d, R-036: two municipalities in one process share neither data nor keys; operators see ciphertext only.

What must not happen: a row that is moved to the other municipality opens, a key of one opens what is the other's.
"""

import os

import pytest
from sqlalchemy import select, update

from app.backend.addressee.store.tables import person_table
from app.backend.intermediary.store.tables import code_table
from app.domain.secret import Secret
from app.durable.cells import Cell, Cells
from app.errors import WrongKey
from app.link.letters import Correspondent
from app.trust.seal import open_box
from app.wire.exchange import ProviderAnswer
from app.wire.message import decode
from tests.edge.backend.exchange.world import HERE, MOVED, THERE, World


def own(world: World, name: str):
    return next(own for own in world.exchange.ledgers if own.book.log == name)


class Back(Exception):
    """Nothing that was tried stays."""


def test_a_row_that_is_moved_to_the_other_municipality_does_not_open_there(world: World) -> None:
    part, book = own(world, "addressee"), world.exchange.addressee._book
    columns = person_table.c
    number = book.read(lambda unit: unit.of_business(HERE, [MOVED]))[MOVED].addressee_number

    def move(connection) -> None:
        mine = connection.execute(select(person_table).where(columns.municipality == HERE)).first()
        theirs = connection.execute(select(person_table).where(columns.municipality == THERE)).first()
        sealed = {"addressee_number": mine.addressee_number, "my_number": mine.my_number, "version": mine.version}
        here = (columns.municipality == THERE, columns.person == theirs.person)
        connection.execute(update(person_table).where(*here).values(**sealed))
        moved = connection.execute(select(person_table).where(*here)).one()
        for place, person in ((THERE, theirs.person), (THERE, mine.person), (HERE, theirs.person)):
            cell = Cell(place, "person", "addressee_number", person.hex(), moved.version)
            with pytest.raises(WrongKey):
                part.cells.open(connection, cell, moved.addressee_number)
        cell = Cell(HERE, "person", "addressee_number", mine.person.hex(), mine.version)
        assert len(part.cells.open(connection, cell, moved.addressee_number)) == 15, "only where it belongs"
        raise Back

    with pytest.raises(Back):
        part.database.write(move)
    again = book.read(lambda unit: unit.of_business(HERE, [MOVED]))[MOVED]
    assert again.addressee_number == number


def test_forgetting_the_data_keys_of_one_municipality_leaves_the_other_s_data_readable(world: World) -> None:
    part = own(world, "intermediary")
    fresh = Cells(part.cells._keys, part.cells._wrapping, world.clock)

    def forget(connection) -> None:
        for place in fresh.months(connection):
            if place[0] == THERE:
                fresh.forget(connection, place)
        for municipality, is_open in ((HERE, True), (THERE, False)):
            row = connection.execute(
                select(code_table).where(code_table.c.municipality == municipality, code_table.c.code.is_not(None))
            ).first()
            cell = Cell(municipality, "code", "code", row.person.hex(), 1)
            if is_open:
                assert len(fresh.open(connection, cell, row.code)) == 18
                continue
            with pytest.raises(WrongKey):
                fresh.open(connection, cell, row.code)
        raise Back

    with pytest.raises(Back):
        part.database.write(forget)


def test_an_operator_with_the_store_and_without_the_key_opens_nothing(world: World) -> None:
    part = own(world, "addressee")
    stranger = Cells(part.cells._keys, Secret(os.urandom(32)), world.clock)

    def look(connection) -> None:
        row = connection.execute(select(person_table).where(person_table.c.municipality == HERE)).first()
        cell = Cell(HERE, "person", "addressee_number", row.person.hex(), row.version)
        assert len(part.cells.open(connection, cell, row.addressee_number)) == 15
        with pytest.raises(WrongKey):
            stranger.open(connection, cell, row.addressee_number)

    part.database.read(look)


def test_an_answer_opens_with_the_asker_s_key_alone_and_nobody_signs_for_the_other(world: World) -> None:
    accepted = world.make(MOVED)
    world.carry()
    book = world.exchange.asking._book
    kept = book.read(lambda unit: unit.enquiries(HERE, [accepted.enquiry_id]))[accepted.enquiry_id]
    assert kept.answer is not None
    answer = decode(kept.answer.body, ProviderAnswer)
    context, boxes = ("answer", HERE, answer.process_number), world.exchange.carrying._boxes
    assert b"total_income" in open_box(boxes[HERE], answer.sealed, context)
    for box, place in ((boxes[THERE], HERE), (boxes[HERE], THERE)):
        with pytest.raises(WrongKey):
            open_box(box, answer.sealed, ("answer", place, answer.process_number))
    post: Correspondent = world.exchange.asking._post
    keys = {place: post._keys[f"intermediary@{place}"].public for place in (HERE, THERE)}
    assert keys[HERE] != keys[THERE]
    assert boxes[HERE].public != boxes[THERE].public


def test_whose_code_was_given_up_is_not_told_to_have_nothing_and_is_answered_when_the_code_is_there_again(
    world: World,
) -> None:
    """S01-1, S01-3: after a correction the provider says that it finds out whose the code is; nothing is provided."""
    numbers = world.exchange.addressee._book.read(lambda unit: unit.of_business(THERE, ["000000000009901"]))
    number = numbers["000000000009901"].addressee_number
    book, at = world.exchange.asking._book, world.clock.at
    code = book.read(lambda unit: unit.codes(THERE, [number]))[number].code
    world.exchange.codes._book.write(lambda unit: unit.retire(THERE, number, f"c-{at}", at))
    before = world.kinds("intermediary", THERE).count("provision.made")
    accepted = world.make(MOVED)
    world.carry()
    state = world.state(accepted)
    assert (state.state, state.reason) == ("waiting", "code_given_up")
    assert world.kinds("intermediary", THERE).count("provision.made") == before
    book.write(lambda unit: unit.ask_codes(THERE, [(number, "again")], at))
    assert book.write(lambda unit: unit.put_codes(THERE, [(number, code)], at)) == ()
    world.clock.move(hours=2)
    world.carry()
    assert world.state(accepted).answer.kind == "value"
