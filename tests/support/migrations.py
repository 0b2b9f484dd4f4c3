"""Histories of schemas under test: do they agree with the models, does going back undo going there."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text

from app.durable.engine import Database
from app.durable.migrate import VERSION_TABLE, configuration, migrate


def differences(database: Database, metadata: MetaData) -> list[object]:
    """What a new migration would have to change; empty when history and models agree."""

    def compare(connection: Connection) -> list[object]:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    return database.read(compare)


def tables_of(database: Database) -> set[str]:
    """The tables that stand in the store, without the one that counts versions."""
    return database.read(lambda connection: set(inspect(connection).get_table_names())) - {VERSION_TABLE}


def version_of(connection: Connection) -> int:
    """The number of the schema's last finished migration; -1 before the first."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return -1
    return int(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none() or -1)


def revisions(database: Database, history: str, metadata: MetaData) -> tuple[str, ...]:
    """All revisions, oldest first."""

    def read(connection: Connection) -> tuple[str, ...]:
        script = ScriptDirectory.from_config(configuration(history, metadata, connection))
        return tuple(one.revision for one in reversed(list(script.walk_revisions())))

    return database.read(read)


def down_to(database: Database, history: str, metadata: MetaData, revision: str) -> None:
    """Undo migrations until ``revision``; "base" undoes all."""
    database.write(lambda connection: command.downgrade(configuration(history, metadata, connection), revision))


def write_migration(database: Database, history: str, metadata: MetaData, message: str) -> str:
    """Write what is missing of ``metadata`` as the next migration of ``history``; the path of its file."""
    migrate(database, history, metadata)
    number = len(revisions(database, history, metadata)) + 1

    def make(connection: Connection) -> str:
        config = configuration(history, metadata, connection)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        made = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        return made.path if made is not None and not isinstance(made, list) else ""

    return database.write(make)
