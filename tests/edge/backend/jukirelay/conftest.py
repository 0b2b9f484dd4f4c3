"""One installation with its network for each module and engine; every test speaks of people of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from app.domain.clock import TOKYO
from app.domain.days import next_open_day
from app.settings import ServerSettings
from app.standin.jukinet.server import NetworkServer
from tests.edge.backend.jukinet.world import open_network_of, settings_of
from tests.edge.backend.jukirelay.world import House, open_house
from tests.support.slices import MORNING, MovedClock
from tests.support.stores import ENGINES


@pytest.fixture(scope="module", params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerSettings]:
    folder: Path = tmp_path_factory.mktemp("jukirelay")
    if request.param == "sqlcipher":
        yield settings_of(folder, "sqlcipher")
        return
    cluster = request.getfixturevalue("postgres")
    name = cluster.fresh()
    yield settings_of(folder, cluster.address(name))
    cluster.drop(name)


@pytest.fixture(scope="module")
def module_clock() -> MovedClock:
    return MovedClock()


@pytest.fixture(scope="module")
def server(settings: ServerSettings, module_clock: MovedClock) -> Iterator[NetworkServer]:
    with open_network_of(settings.folder, module_clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def opened(settings: ServerSettings, module_clock: MovedClock, server: NetworkServer) -> Iterator[House]:
    with open_house(settings, module_clock, server) as one:
        yield one


@pytest.fixture
def house(opened: House) -> Iterator[House]:
    """The module's installation at ten o'clock on a Friday or a later open day, all ways open."""
    local = opened.clock.at.astimezone(TOKYO)
    day = next_open_day(local.date() + timedelta(days=1)) if opened.clock.at > MORNING else local.date()
    opened.clock.at = datetime.combine(day, time(10), TOKYO).astimezone(UTC)
    opened.works()
    yield opened
    opened.to_relay.is_cut = opened.to_relay.loses_answers = False
    opened.to_relay.refuses.clear()
    opened.to_network.is_cut = opened.to_network.loses_answers = False
