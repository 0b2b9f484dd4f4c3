"""K-17, R-042, R-070, S01-1: 符号 are never shown and never a search key: in no answer, no question and no index.

What must not happen: a message of a counter with a place for a code, an index of codes in clear, a code in an answer.
"""

import base64
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Table

from app.domain.clock import SystemRandom
from app.server.wiring import open_backend
from app.wire.addressee import AskLinks
from app.wire.addressee_office import AskNumberLinkage, FindNumber
from app.wire.endpoint import Caller, Endpoint
from app.wire.message import encode
from tests.edge.backend.exchange.world import HERE, MOVED, PROCEDURE, World, load_people, open_world, server_settings
from tests.edge.server.test_endpoints import settings
from tests.support.slices import MovedClock, call, person

NEVER = {"link_code", "person_code", "code_token", "symbol"}
INSIDE = "addressee_number"
"""Stands in messages of the intermediary's own terminal alone, which knows people by nothing else."""
SLICES = ("addressee", "intermediary", "nws", "relay", "socialaddress")


@pytest.fixture(scope="module")
def counters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Endpoint]]:
    """Everything that a counter can ask."""
    opened = open_backend(settings(tmp_path_factory.mktemp("unseen")), MovedClock(), SystemRandom())
    try:
        yield [one for one in opened.endpoints if one.caller is not Caller.SLICE]
    finally:
        opened.parts.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("exchange")
    with open_world(server_settings(folder, "sqlcipher"), MovedClock()) as opened:
        load_people(opened.exchange)
        yield opened


def fields(kind: Any, seen: set[Any]) -> Iterator[str]:
    """The name of each field of a message and of all that is within."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in seen:
        seen.add(kind)
        for field in msgspec.structs.fields(kind):
            yield f"{kind.__name__}.{field.encode_name}"
            yield from fields(field.type, seen)
    for inner in getattr(kind, "__args__", ()):
        yield from fields(inner, seen)


def test_no_message_of_a_counter_has_a_place_for_a_code_or_for_the_number_inside(counters: list[Endpoint]) -> None:
    seen: set[Any] = set()
    others = [one for one in counters if not one.path.startswith("/intermediary/")]
    names = [name for one in others for kind in (one.takes, one.gives) for name in fields(kind, seen)]
    assert len(names) > 500
    assert [name for name in names if name.partition(".")[2] in {*NEVER, INSIDE}] == []
    own = [name for one in counters for kind in (one.takes, one.gives) for name in fields(kind, set())]
    assert [name for name in own if name.partition(".")[2] in NEVER] == []
    assert sorted(name for name in names if name.endswith("code_state")) != [], "how far it is may be told"


def test_no_answer_to_a_counter_has_a_code_in_it(world: World) -> None:
    book = world.exchange.addressee._book
    number = book.read(lambda unit: unit.of_business(HERE, [MOVED]))[MOVED].addressee_number
    state = world.exchange.asking._book.read(lambda unit: unit.codes(HERE, [number]))[number]
    assert state.code is not None
    code = state.code.reveal()
    clerk = person("c", "number.state", "number.search", "linkage.read", "enquiry.make", "enquiry.read",
                   municipality=HERE)  # fmt: skip
    accepted = world.make(MOVED)
    world.carry()
    day = world.clock.at.date()
    asked = call(clerk, world.clock.at)
    numbers = world.exchange.numbers
    assert numbers is not None
    office = {one.path: one.does for one in numbers.endpoints if one.does is not None}
    answers = [
        world.state(accepted),
        world.exchange.addressee.states(asked, AskLinks(procedure=PROCEDURE, business_numbers=(MOVED,))),
        office["/addressee/v1/find"](asked, FindNumber(procedure="", business_number=MOVED)),
        office["/addressee/v1/linkage"](asked, AskNumberLinkage(since=day, until=day)),
    ]
    said = b"\n".join(encode(one) for one in answers)
    shapes = [code, code[2:], code.hex().encode(), code[2:].hex().encode(), base64.b64encode(code)]
    assert [shape for shape in shapes if shape in said] == []
    assert number.encode() not in said
    planted = said + code.hex().encode()
    assert any(shape in planted for shape in shapes), "a code that is there is found"


def test_no_index_holds_a_code_and_none_of_its_columns_is_in_clear() -> None:
    indexed: set[str] = set()
    for name in SLICES:
        tables = importlib.import_module(f"app.backend.{name}.store").METADATA.tables.values()
        indexed |= {f"{name}.{table.name}.{column}" for table in tables for column in _indexed(table)}
    about = {one for one in indexed if "code" in one.rpartition(".")[2] and "key" not in one.rpartition(".")[2]}
    keyed = {"code", "code_token", "former_token", "code_version"}
    assert {one.rpartition(".")[2] for one in about} <= keyed
    assert {one for one in about if one.endswith(".code")} == {"nws.person_code.code"}, "a keyed token of 16 bytes"


def test_the_key_of_the_core_s_table_is_no_code(world: World) -> None:
    book = world.exchange.asking._book
    numbers = world.exchange.addressee._book.read(lambda unit: unit.of_business(HERE, [MOVED]))
    number = numbers[MOVED].addressee_number
    code = book.read(lambda unit: unit.codes(HERE, [number]))[number].code
    assert code is not None

    def tokens(connection: Any) -> set[bytes]:
        from app.backend.nws.store.tables import code_table

        return set(connection.execute(code_table.select().with_only_columns(code_table.c.code)).scalars())

    found = world.database("nws").read(tokens)
    assert found
    assert code.reveal()[2:] not in found


def _indexed(table: Table) -> set[str]:
    """Columns by which rows are found."""
    found = {column.name for column in table.primary_key.columns}
    for index in table.indexes:
        found |= {column.name for column in index.columns}
    for constraint in table.constraints:
        found |= {column.name for column in constraint.columns} if hasattr(constraint, "columns") else set()
    return found
