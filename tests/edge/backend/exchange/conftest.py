"""The exchange of two municipalities, on each engine: its stores are copied and opened once per module and engine."""

from collections.abc import Iterator

import pytest

from app.settings import ServerSettings
from tests.edge.backend.exchange.cities import AsItWas, Cities, Restarted
from tests.edge.backend.exchange.world import World, open_world
from tests.support.postgres import Cluster
from tests.support.slices import MovedClock
from tests.support.stores import ENGINES

Opened = tuple[World, AsItWas]


@pytest.fixture(scope="session")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Cities:
    """The loaded stores of this test process."""
    return Cities(tmp_path_factory.mktemp("cities"))


@pytest.fixture(scope="module", params=ENGINES)
def cluster(request: pytest.FixtureRequest) -> Cluster | None:
    """The engine of this round: a PostgreSQL server, or none for encrypted files."""
    return request.getfixturevalue("postgres") if request.param == "postgresql" else None


@pytest.fixture(scope="module")
def loaded(cluster: Cluster | None, cities: Cities) -> Iterator[ServerSettings]:
    """Settings of stores of this module that hold the people of both municipalities."""
    with cities.copy(cluster) as settings:
        yield settings


@pytest.fixture(scope="module")
def opened(loaded: ServerSettings) -> Iterator[Opened]:
    """The exchange on the module's stores, with what it held in memory when it was opened."""
    with open_world(loaded, MovedClock()) as world:
        yield world, AsItWas(world)


@pytest.fixture
def world(opened: Opened) -> World:
    """The exchange on the module's stores as if just opened; every test makes enquiries of its own."""
    world, as_it_was = opened
    as_it_was.put_back()
    return world


@pytest.fixture
def fresh(cluster: Cluster | None, cities: Cities) -> Iterator[World]:
    """An exchange on stores of this test alone: what is acquired here is acquired for no other test."""
    with cities.copy(cluster) as settings, open_world(settings, MovedClock()) as world:
        yield world


@pytest.fixture
def restarted(loaded: ServerSettings) -> Restarted:
    """How the module's stores are opened anew."""
    return lambda clock: open_world(loaded, clock)
