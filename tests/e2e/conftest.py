"""The worlds of the end-to-end tests: cities run once for each engine, counters and readers anew for each module."""

from collections.abc import Iterator

import pytest

from app.services.ports.seat import Session
from tests.support.city import TwoCities, two_cities
from tests.support.pcscd import Pcscd
from tests.support.postgres import Cluster
from tests.support.world import World, world_of


@pytest.fixture(scope="session")
def cities_on_postgresql(tmp_path_factory: pytest.TempPathFactory, postgres: Cluster) -> Iterator[TwoCities]:
    """The city here on PostgreSQL, the other one on SQLCipher."""
    name = postgres.fresh()
    with two_cities(tmp_path_factory.mktemp("cities"), "postgresql", postgres.address(name)) as made:
        yield made


@pytest.fixture(scope="session")
def cities_on_sqlcipher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoCities]:
    """Both on SQLCipher."""
    with two_cities(tmp_path_factory.mktemp("cities"), "sqlcipher", "sqlcipher") as made:
        yield made


@pytest.fixture(scope="module")
def world(cities_on_postgresql: TwoCities, keyring_home: dict[str, str], pcscd: Pcscd) -> Iterator[World]:
    """The world that most tests play in."""
    with world_of(cities_on_postgresql, pcscd) as made:
        yield made


@pytest.fixture(scope="module", params=["postgresql", "sqlcipher"])
def each_world(request: pytest.FixtureRequest, keyring_home: dict[str, str], pcscd: Pcscd) -> Iterator[World]:
    """The world on each engine."""
    with world_of(request.getfixturevalue(f"cities_on_{request.param}"), pcscd) as made:
        yield made


@pytest.fixture(scope="module")
def clerk(world: World) -> Session:
    """The clerk of the section, signed in at the counter for the tests of a module."""
    return world.at_front()
