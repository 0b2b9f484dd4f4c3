"""The office behind its edges, once on each engine for all rows of a test process."""

from collections.abc import Iterator

import pytest

from tests.edge.backend.exchange.cities import Cities
from tests.seed_matrix.office import Office
from tests.seed_matrix.office import office as opened_office
from tests.seed_matrix.witness import ENGINES, Witness
from tests.support.slices import MORNING


@pytest.fixture(scope="session", params=ENGINES)
def standing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, witness: Witness
) -> Iterator[Office]:
    cluster = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    cities = Cities(tmp_path_factory.mktemp("rows"))
    with cities.copy(cluster) as loaded, opened_office(loaded, request.param, witness) as made:
        yield made


@pytest.fixture
def office(standing: Office) -> Office:
    """The same office at the same hour; each test makes enquiries of its own."""
    standing.clock.at = MORNING
    return standing
