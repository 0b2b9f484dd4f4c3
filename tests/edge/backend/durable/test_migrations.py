"""Every slice's history of schemas leads to its models, on both engines, and can be walked back."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import text

from app.durable.engine import Database, open_database
from app.durable.migrate import migrate, newest
from app.errors import NewerStore
from tests.support.migrations import differences, down_to, revisions, tables_of
from tests.support.source import ROOT
from tests.support.stores import StoreAddresses


def slices() -> list[str]:
    return sorted(
        folder.name
        for folder in (ROOT / "app" / "backend").iterdir()
        if (folder / "migrations").is_dir() and any((folder / "migrations").glob("0*.py"))
    )


@pytest.fixture
def database(store_addresses: StoreAddresses) -> Iterator[Database]:
    opened = open_database(store_addresses("schema"))
    yield opened
    opened.close()


def store_of(name: str) -> ModuleType:
    return importlib.import_module(f"app.backend.{name}.store")


def test_the_first_slices_have_histories() -> None:
    assert {"staff", "desk", "register"} <= set(slices())


@pytest.mark.parametrize("name", slices())
def test_models_and_migrations_agree(name: str, database: Database) -> None:
    store = store_of(name)
    migrate(database, store.HISTORY, store.METADATA)
    assert tables_of(database) == set(store.METADATA.tables)
    assert differences(database, store.METADATA) == []


@pytest.mark.parametrize("name", slices())
def test_down_undoes_up_step_by_step(name: str, database: Database) -> None:
    store = store_of(name)
    known: list[set[str]] = [set()]
    steps = revisions(database, store.HISTORY, store.METADATA)
    assert newest(store.HISTORY) == steps[-1], "its files are named by their revisions"
    for revision in steps:
        migrate(database, store.HISTORY, store.METADATA, to=revision)
        known.append(tables_of(database))
    for revision in ["base", *steps[:-1]][::-1]:
        known.pop()
        down_to(database, store.HISTORY, store.METADATA, revision)
        assert tables_of(database) == known[-1]


def test_a_model_that_no_migration_knows_is_noticed(database: Database) -> None:
    store = store_of("staff")
    migrate(database, store.HISTORY, store.METADATA)
    other = importlib.import_module("app.backend.register.store")
    assert differences(database, other.METADATA) != []


def test_migrations_name_no_type_of_ours() -> None:
    files = [path for name in slices() for path in Path(ROOT / "app/backend" / name / "migrations").glob("0*.py")]
    assert files
    assert [path for path in files if "app." in path.read_text("utf-8")] == []


def test_a_store_that_lacks_its_last_migration_gets_it_and_a_newer_one_is_refused(database: Database) -> None:
    store = store_of("relay")
    steps = revisions(database, store.HISTORY, store.METADATA)
    migrate(database, store.HISTORY, store.METADATA, to=steps[-2])
    migrate(database, store.HISTORY, store.METADATA)
    assert tables_of(database) == set(store.METADATA.tables)
    database.write(lambda connection: connection.execute(text("UPDATE schema_version SET version_num = '9999'")))
    with pytest.raises(NewerStore):
        migrate(database, store.HISTORY, store.METADATA)
