"""One store of addresses and one of persons for all tests here; each test has a municipality of its own."""

from collections.abc import Iterator

import pytest

from app.backend.addressee import store as addressee_store
from app.backend.socialaddress import store
from tests.edge.backend.socialaddress.office import Office, open_office
from tests.support.slices import MORNING, MovedClock, open_slice
from tests.support.stores import ENGINES, module_address


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both engines, but one for what no store makes different."""
    if "opened" in metafunc.fixturenames:
        engines = ENGINES[:1] if getattr(metafunc.function, "one_engine", False) else ENGINES
        metafunc.parametrize("opened", engines, indirect=True, scope="session")


@pytest.fixture(scope="session")
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = MovedClock()
    with (
        module_address(request, tmp_path_factory) as address,
        module_address(request, tmp_path_factory) as other,
    ):
        mine = open_slice("socialaddress", store, address, clock)
        theirs = open_slice("addressee", addressee_store, other, clock)
        yield open_office(mine, theirs)
        mine.database.close()
        theirs.database.close()


@pytest.fixture
def office(opened: Office) -> Office:
    """A municipality that nobody has used before, on the morning of the first day."""
    made = opened.elsewhere()
    made.clock.at = MORNING
    made.base.told.setdefault(made.place, [])
    made.base.records.setdefault(made.place, [])
    made.base.gone = 0
    made.base.asked.clear()
    for system in made.systems.values():
        system.is_down = False
    return made
