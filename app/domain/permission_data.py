"""From the tables of resources/permissions to the list of what may be asked."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.permission import PermissionList, PermissionRow
from app.domain.tables import Table

_PATHS = frozenset({"nws", "link"})
_SERIES = frozenset({"old", "order", "ordinance"})
_CONFIDENCES = frozenset({"P", "K", "A"})

LAST_DAY_OF_OLD_SERIES = date(2024, 5, 26)
"""別表第二 ended with this day. Source: 番号法等の一部改正法 (令和5年法律第48号) in force on 2024-05-27, published."""


def parse_permissions(files: Iterable[tuple[str, Mapping[str, object]]]) -> PermissionList:
    """Make the list of ``(name, tables)`` of each file. Errors: DataFault with what is wrong and where."""
    rows: list[PermissionRow] = []
    for name, values in files:
        table = Table(values, name)
        rows.extend(_row(one) for one in table.tables("row"))
        table.finish(None)
    return PermissionList(tuple(rows))


def _row(table: Table) -> PermissionRow:
    row = PermissionRow(
        series=_one_of(table, "series", _SERIES),
        item=table.text("item"),
        path=_one_of(table, "path", _PATHS),
        requester=table.text("requester"),
        tasks=table.texts("tasks"),
        duty=table.text("duty", ""),
        purpose=table.text("purpose"),
        information=table.text("information"),
        provider=table.text("provider"),
        items=table.texts("items"),
        since=_day(table, "since"),
        until=_day(table, "until"),
        confidence=_one_of(table, "confidence", _CONFIDENCES),
    )
    if row.series == "old" and (row.until is None or row.until > LAST_DAY_OF_OLD_SERIES):
        raise table.fault("old_series_has_ended", "until")
    return table.finish(row)


def _one_of(table: Table, key: str, known: frozenset[str]) -> str:
    value = table.text(key)
    if value not in known:
        raise table.fault("unknown_value", key)
    return value


def _day(table: Table, key: str) -> date | None:
    if key not in table:
        return None
    try:
        return date.fromisoformat(table.text(key))
    except ValueError as error:
        raise table.fault("no_date", key) from error
