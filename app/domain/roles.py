"""役割: rights under a name, from the ``role`` tables of an office's file."""

import tomllib
from collections.abc import Mapping

from app.domain.rights import ANY, Right
from app.domain.tables import Table
from app.errors import DataFault

Roles = Mapping[str, tuple[Right, ...]]


def parse_roles(name: str, text: str) -> dict[str, tuple[Right, ...]]:
    """Role → its rights; ``name`` of the file stands in errors. Errors: DataFault."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFault(what="not_toml", place=name) from error
    table = Table({"role": raw.get("role", [])}, name)
    return {role: rights for role, (_, rights) in map(titled_role, table.tables("role"))}


def titled_role(table: Table) -> tuple[str, tuple[str, tuple[Right, ...]]]:
    """One role: its id, its title and its rights."""
    rights = tuple(_right(one) for one in table.tables("right"))
    return table.finish((table.text("id"), (table.text("title"), rights)))


def _right(table: Table) -> Right:
    return table.finish(Right(table.text("act"), table.text("procedure", ANY), table.text("item_class", ANY)))
