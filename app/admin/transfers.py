"""異動の一覧: transfers of many people from a TOML or CSV file; what can't be is told with file and line."""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.rights import Right
from app.domain.tables import Table
from app.errors import DataFault, PartMissing
from app.wire.staff import RightRow
from app.wire.staff_change import Transfer

_COLUMNS = ("staff", "from", "to", "on", "until", "roles")
_HEADER = re.compile(r"^\s*\[\[\s*transfer\s*\]\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer and where it stands, as ``file:line``."""

    place: str
    transfer: Transfer


def read_transfers(path: Path, roles: Mapping[str, tuple[Right, ...]]) -> tuple[Line, ...]:
    """The transfers of a file, ``.csv`` or else TOML, in its order. ``roles``: name → rights.

    Errors: PartMissing without the file; DataFault whose ``place`` is file and line: ``not_toml``, ``not_csv``,
    ``missing_key``, ``unknown_key``, ``wrong_kind``, ``not_a_date``, ``unknown_name`` for a role, ``twice`` for a
    person who stands there before, ``empty_file``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error
    except UnicodeDecodeError as error:
        raise DataFault(what="not_utf8", place=path.name) from error
    rows = _csv_rows(path.name, text) if path.suffix.lower() == ".csv" else _toml_rows(path.name, text)
    found: dict[str, Line] = {}
    for table in rows:
        line = Line(table.place, _transfer(table, roles))
        if line.transfer.staff_id in found:
            raise DataFault(what="twice", place=line.place)
        found[line.transfer.staff_id] = line
    if not found:
        raise DataFault(what="empty_file", place=path.name)
    return tuple(found.values())


def _toml_rows(name: str, text: str) -> Iterator[Table]:
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


def _csv_rows(name: str, text: str) -> Iterator[Table]:
    reader = csv.DictReader(text.splitlines(), restkey="more", strict=True)
    try:
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise DataFault(what="not_csv", place=f"{name}:1")
        for row in reader:
            place = f"{name}:{reader.line_num}"
            if "more" in row or None in row.values():
                raise DataFault(what="not_csv", place=place)
            yield Table(_of_csv(row, place), place)
    except csv.Error as error:
        raise DataFault(what="not_csv", place=f"{name}:{reader.line_num}") from error


def _of_csv(row: Mapping[str, str], place: str) -> dict[str, object]:
    values: dict[str, object] = {name: text.strip() for name, text in row.items() if text.strip()}
    for name in ("on", "until"):
        if name in values:
            values[name] = _day(str(values[name]), f"{place}.{name}")
    if "roles" in values:
        values["roles"] = str(values["roles"]).split()
    return values


def _day(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DataFault(what="not_a_date", place=place) from error


def _transfer(table: Table, roles: Mapping[str, tuple[Right, ...]]) -> Transfer:
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
