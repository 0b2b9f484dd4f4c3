"""The worlds of the end-to-end tests: cities run once for each engine, counters and readers anew for each module.

When the last of them is over, nothing of the people of these cities may stand in clear in any file that is left.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from app.services.ports.seat import Session
from tests.edge.leaks.left import LeftBehind, marks_of, told
from tests.edge.leaks.searcher import Searcher
from tests.support.city import TwoCities, two_cities
from tests.support.claims import FACTS
from tests.support.pcscd import Pcscd
from tests.support.postgres import Cluster
from tests.support.weak import WEAK
from tests.support.world import World, world_of

TYPED = {"phone": "09051728394", "phone of a draft": str(FACTS["claimant_phone"])}
"""What tests of this folder type of somebody."""
STAFF = "窓口　明子"
"""Staff stand in clear in PostgreSQL: who does not find this one has not searched there."""


@dataclass
class Grounds:
    """Where the cities of this run keep what they keep. ``temporary``: where every program puts its temporary files."""

    temporary: Path
    cities: list[TwoCities] = field(default_factory=list)
    servers: list[tuple[Cluster, str]] = field(default_factory=list)


@pytest.fixture(scope="session")
def grounds() -> Iterator[Grounds]:
    """Open to PostgreSQL's user, who may have to reach through it."""
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-e2e-"))
    folder.chmod(0o755)
    yield Grounds(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package", autouse=True)
def _nobody_is_left_in_clear(grounds: Grounds, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The last test of this folder fails where somebody of the cities can be read in a file that is left."""
    since = time.time()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(grounds.temporary))
        patch.setattr(tempfile, "tempdir", None)
        yield
    folders = [tmp_path_factory.getbasetemp(), grounds.temporary]
    for server, database in grounds.servers:
        with psycopg.connect(server.dsn(database), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        assert row is not None
        own = server.socket / "data" / "base" / str(row[0])
        assert Searcher({"staff": STAFF}).files([own]), "what PostgreSQL keeps was not searched"
        if not server.socket.is_relative_to(grounds.temporary):
            folders.append(server.socket)
    marks = {name: value for made in grounds.cities for name, value in marks_of(made.city, TYPED).items()}
    finds = LeftBehind(folders, since).finds(marks)
    assert finds == [], told(finds)


@pytest.fixture(scope="session")
def cities_on_postgresql(
    tmp_path_factory: pytest.TempPathFactory, postgres: Cluster, grounds: Grounds
) -> Iterator[TwoCities]:
    """The city here on PostgreSQL, the other one on SQLCipher."""
    name = postgres.fresh()
    with two_cities(tmp_path_factory.mktemp("cities"), "postgresql", postgres.address(name), WEAK) as made:
        grounds.cities.append(made)
        grounds.servers.append((postgres, name))
        yield made


@pytest.fixture(scope="session")
def cities_on_sqlcipher(tmp_path_factory: pytest.TempPathFactory, grounds: Grounds) -> Iterator[TwoCities]:
    """Both on SQLCipher."""
    with two_cities(tmp_path_factory.mktemp("cities"), "sqlcipher", "sqlcipher", WEAK) as made:
        grounds.cities.append(made)
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
