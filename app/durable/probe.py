"""Whether a store takes writes now: something durable is written that means nothing."""

from sqlalchemy import Connection, text

from app.durable.engine import Database
from app.durable.migrate import VERSION_TABLE

_FEWER = 2_147_483_647


def probe(database: Database) -> None:
    """Return when a write is on the disk. Errors: DiskFull, DiskFault, StoreBusy, WrongKey."""
    database.write(_touch)


def _touch(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        mark = text(f"UPDATE {VERSION_TABLE} SET version_num = version_num")  # noqa: S608 -- own table
        connection.execute(mark)
        return
    # a row that is written as it was costs SQLite no write; a number of the file that nobody else uses does
    last = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    connection.exec_driver_sql(f"PRAGMA user_version = {(int(last) + 1) % _FEWER}")
