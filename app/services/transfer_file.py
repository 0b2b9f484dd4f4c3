"""異動の一覧: transfers of many people from the text of a TOML or CSV file; every wrong row is told with its line."""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.roles import Roles
from app.domain.tables import Table
from app.errors import DataFault
from app.wire.staff import RightRow
from app.wire.staff_change import Transfer

_COLUMNS = ("staff", "from", "to", "on", "until", "roles")
_HEADER = re.compile(r"^\s*\[\[\s*transfer\s*\]\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer and where it stands, as ``file:line``."""

    place: str
    transfer: Transfer


def transfers_of(name: str, text: str, roles: Roles) -> tuple[Line | DataFault, ...]:
    """The rows of a file called ``name``, ``.csv`` or else TOML, in its order; a wrong one is its fault.

    The ``place`` of a fault is file and line. What: ``not_a_date``, ``missing_key``, ``unknown_key``, ``wrong_kind``,
    ``unknown_name`` for a role, ``not_csv``, ``twice`` for a person who stands there before. Errors: DataFault where
    the file as a whole can't be read: ``not_toml``, ``not_csv``, ``not_as_tables``, ``empty_file``.
    """
    rows = _csv_rows(name, text) if name.lower().endswith(".csv") else _toml_rows(name, text)
    found: list[Line | DataFault] = []
    seen: set[str] = set()
    for row in rows:
        line = row if isinstance(row, DataFault) else _line(row, roles)
        if isinstance(line, Line) and line.transfer.staff_id in seen:
            line = DataFault(what="twice", place=line.place)
        if isinstance(line, Line):
            seen.add(line.transfer.staff_id)
        found.append(line)
    if not found:
        raise DataFault(what="empty_file", place=name)
    return tuple(found)


def lines_of(rows: Sequence[Line | DataFault]) -> tuple[Line, ...]:
    """The transfers. Errors: the first fault among the rows."""
    for row in rows:
        if isinstance(row, DataFault):
            raise row
    return tuple(row for row in rows if isinstance(row, Line))


def _line(table: Table, roles: Roles) -> Line | DataFault:
    try:
        return Line(table.place, _transfer(table, roles))
    except DataFault as fault:
        return fault


def _toml_rows(name: str, text: str) -> Iterator[Table | DataFault]:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise DataFault(what="not_toml", place=f"{name}:{at[1]}" if at else name) from error
    unknown = [key for key in values if key != "transfer"]
    if unknown:
        raise DataFault(what="unknown_key", place=f"{name}: {unknown[0]}")
    rows = Table(values, name).tables("transfer")
    lines = [at for at, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    if len(lines) != len(rows):
        raise DataFault(what="not_as_tables", place=name)
    found: list[dict[str, object]] = values.get("transfer", [])
    return iter([Table(row, f"{name}:{at}") for row, at in zip(found, lines, strict=True)])


def _csv_rows(name: str, text: str) -> Iterator[Table | DataFault]:
    reader = csv.DictReader(text.splitlines(), restkey="more", strict=True)
    try:
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise DataFault(what="not_csv", place=f"{name}:1")
        for row in reader:
            yield _csv_row(row, f"{name}:{reader.line_num}")
    except csv.Error as error:
        raise DataFault(what="not_csv", place=f"{name}:{reader.line_num}") from error


def _csv_row(row: Mapping[str, str], place: str) -> Table | DataFault:
    if "more" in row or None in row.values():
        return DataFault(what="not_csv", place=place)
    values: dict[str, object] = {name: text.strip() for name, text in row.items() if text.strip()}
    for name in ("on", "until"):
        if name in values:
            try:
                values[name] = date.fromisoformat(str(values[name]))
            except ValueError:
                return DataFault(what="not_a_date", place=f"{place}.{name}")
    if "roles" in values:
        values["roles"] = str(values["roles"]).split()
    return Table(values, place)


def _transfer(table: Table, roles: Roles) -> Transfer:
    names = table.texts("roles")
    for name in names:
        if name not in roles:
            raise table.fault("unknown_name", "roles")
    rights = dict.fromkeys(right for name in names for right in roles[name])
    transfer = Transfer(
        staff_id=table.text("staff"),
        leaves=table.text("from", ""),
        department=table.text("to", ""),
        on=_date(table, "on"),
        until=_date(table, "until") if "until" in table else None,
        rights=tuple(RightRow(act=one.act, procedure=one.procedure, item_class=one.item_class) for one in rights),
    )
    return table.finish(transfer)


def _date(table: Table, key: str) -> date:
    value = table.scalar(key)
    if not isinstance(value, date):
        raise table.fault("not_a_date", key)
    return value
