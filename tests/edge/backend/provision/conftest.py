"""The exchange of two municipalities, loaded and opened once on each engine for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.edge.backend.exchange.world import World, load_people, open_world, server_settings
from tests.support.slices import MORNING, MovedClock
from tests.support.stores import ENGINES


@pytest.fixture(scope="package", params=ENGINES)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world that the tests of this folder use one after the other."""
    folder: Path = tmp_path_factory.mktemp("provision")
    cluster = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    name = "" if cluster is None else cluster.fresh()
    database = "sqlcipher" if cluster is None else cluster.address(name)
    with open_world(server_settings(folder, database), MovedClock()) as world:
        load_people(world.exchange)
        yield world
    if cluster is not None:
        cluster.drop(name)


@pytest.fixture
def world(opened: World) -> World:
    """The same world at the same hour; every test makes enquiries of its own."""
    opened.clock.at = MORNING
    return opened
