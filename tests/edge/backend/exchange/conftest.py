"""The exchange of two municipalities, on each engine, loaded once per module and engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import ServerSettings
from tests.edge.backend.exchange.world import World, load_people, open_world, server_settings
from tests.support.slices import MovedClock
from tests.support.stores import ENGINES


@pytest.fixture(scope="module", params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerSettings]:
    folder: Path = tmp_path_factory.mktemp("exchange")
    if request.param == "sqlcipher":
        yield server_settings(folder, "sqlcipher")
        return
    cluster = request.getfixturevalue("postgres")
    name = cluster.fresh()
    yield server_settings(folder, cluster.address(name))
    cluster.drop(name)


@pytest.fixture(scope="module")
def loaded(settings: ServerSettings) -> ServerSettings:
    """Settings of stores that hold the people of both municipalities."""
    with open_world(settings, MovedClock()) as world:
        load_people(world.exchange)
    return settings


@pytest.fixture
def world(loaded: ServerSettings) -> Iterator[World]:
    """The exchange, opened anew on the module's stores; every test makes enquiries of its own."""
    with open_world(loaded, MovedClock()) as opened:
        yield opened
