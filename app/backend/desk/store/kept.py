"""Rows with versions: the first is new, every later one follows the one that was read."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, update

from app.backend.desk.store.sealed import Sealed
from app.durable.absent import insert_if_absent
from app.errors import Conflict


class Kept(Sealed):
    """What the stores of the reception book share."""

    def _keep(self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Write version ``values["version"]`` over the one before it. Errors: Conflict when that is not there."""
        version = values["version"]
        if version == 1:
            is_kept = insert_if_absent(self._connection, table, {**key, **values})
        else:
            same = [table.c[name] == value for name, value in key.items()]
            changed = update(table).where(*same, table.c.version == version - 1).values(**values)
            is_kept = self._connection.execute(changed).rowcount == 1
        if not is_kept:
            raise Conflict(version=version)
