"""One network and one communication server for each module and engine; every test speaks of people of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import ServerSettings
from app.standin.jukinet.server import NetworkServer
from tests.edge.backend.jukinet.world import City, open_city, open_network_of, settings_of
from tests.support.slices import MovedClock
from tests.support.stores import ENGINES


@pytest.fixture(scope="module", params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerSettings]:
    folder: Path = tmp_path_factory.mktemp("jukinet")
    if request.param == "sqlcipher":
        yield settings_of(folder, "sqlcipher")
        return
    cluster = request.getfixturevalue("postgres")
    name = cluster.fresh()
    yield settings_of(folder, cluster.address(name))
    cluster.drop(name)


@pytest.fixture(scope="module")
def module_clock(settings: ServerSettings) -> MovedClock:
    """Of each engine its own: certificates are made by it and looked at by the machine's."""
    assert settings.is_training
    return MovedClock()


@pytest.fixture(scope="module")
def server(settings: ServerSettings, module_clock: MovedClock) -> Iterator[NetworkServer]:
    with open_network_of(settings.folder, module_clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def opened(settings: ServerSettings, module_clock: MovedClock, server: NetworkServer) -> Iterator[City]:
    """The communication server, opened once on the module's stores."""
    with open_city(settings, module_clock, server) as city:
        yield city


@pytest.fixture
def city(opened: City, server: NetworkServer) -> Iterator[City]:
    """It is day; all parties answer at the end of a test."""
    yield opened
    server.trouble.away.clear()
    server.trouble.lost.clear()
    opened.network.away.clear()
    opened.boundary.is_away = False
