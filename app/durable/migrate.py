"""Brings a store to the newest schema of its own history; each store has one history, the engine does not matter."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, MetaData

from app.durable.engine import Database
from app.errors import NewerStore

VERSION_TABLE = "schema_version"


def migrate(database: Database, history: str, metadata: MetaData, to: str = "head") -> None:
    """Run what is missing of ``history`` (a package of migration files). Errors: NewerStore.

    A stopped run goes on where it stopped: every migration is one transaction with its version mark.
    """
    database.write(lambda connection: _run(connection, history, metadata, to))


def configuration(history: str, metadata: MetaData, connection: Connection) -> Config:
    """Alembic's configuration for ``history`` on an open connection; also used to write new migrations."""
    config = Config()
    config.set_main_option("script_location", str(files("app.durable").joinpath("environment")))
    config.set_main_option("version_locations", str(_folder(history)))
    config.set_main_option("path_separator", "newline")
    given: dict[str, Any] = {"connection": connection, "metadata": metadata, "version_table": VERSION_TABLE}
    config.attributes.update(given)
    return config


def _run(connection: Connection, history: str, metadata: MetaData, to: str) -> None:
    config = configuration(history, metadata, connection)
    try:
        command.upgrade(config, to) if to == "head" or not _is_down(config, to) else command.downgrade(config, to)
    except CommandError as error:
        raise NewerStore(history=history) from error


def _is_down(config: Config, to: str) -> bool:
    return to == "base" or ScriptDirectory.from_config(config).get_revision(to) is None


def _folder(history: str) -> Path:
    package, _, name = history.rpartition(".")
    return Path(str(files(package).joinpath(name)))
