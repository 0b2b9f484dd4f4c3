"""Addresses of stores on both engines: a test that takes ``store_addresses`` runs on SQLCipher and PostgreSQL."""

import contextlib
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from app.domain.secret import Secret
from app.durable.address import PostgresSchema, SqlcipherFile, StoreAddress
from tests.support.postgres import Cluster

ENGINES = ("sqlcipher", "postgresql")

_schemas = count(1)

StoreAddresses = Callable[[str], StoreAddress]
"""From a store's name to its address; the same name gives the same store within one test."""


def sqlcipher_addresses(folder: Path) -> StoreAddresses:
    """One encrypted file for each name in ``folder``, each with a key of its own."""
    keys: dict[str, Secret] = {}
    return lambda name: SqlcipherFile(folder / f"{name}.db", keys.setdefault(name, Secret(os.urandom(32))))


def postgres_addresses(url: str, prefix: str = "") -> StoreAddresses:
    """One schema for each name, after ``prefix``, in the database at ``url``."""
    return lambda name: PostgresSchema(url, f"{prefix}{name}")


@pytest.fixture(params=ENGINES)
def store_engine(request: pytest.FixtureRequest) -> str:
    """The engine this run of the test is on."""
    return request.param


@pytest.fixture(scope="session")
def shared_database(postgres: Cluster) -> str:
    """The address of one database of this test process; tests share it, each in schemas of its own."""
    return postgres.address(postgres.fresh())


@pytest.fixture
def store_addresses(store_engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> StoreAddresses:
    """Fresh, empty stores of this test on ``store_engine``."""
    if store_engine == "sqlcipher":
        return sqlcipher_addresses(tmp_path / "stores")
    return postgres_addresses(request.getfixturevalue("shared_database"), f"t{next(_schemas)}_")


@pytest.fixture
def store_address(store_addresses: StoreAddresses) -> StoreAddress:
    """The address of one fresh, empty store."""
    return store_addresses("store")


@contextlib.contextmanager
def module_address(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> Iterator[StoreAddress]:
    """One fresh store that the tests of a module share, on the engine in ``request.param``; removed afterwards."""
    if request.param == "sqlcipher":
        yield sqlcipher_addresses(folders.mktemp("stores"))("store")
        return
    yield postgres_addresses(request.getfixturevalue("shared_database"), f"t{next(_schemas)}_")("store")
