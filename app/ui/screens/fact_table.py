"""Facts of one thing, item by item, as a table that the keyboard reaches."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.ui.kit import Kit
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class FactShown:
    """One fact. ``kind``: shown with an icon, where it wants to be noticed."""

    item: str
    value: str = field(repr=False)
    kind: Kind | None = None


def facts_of(*pairs: tuple[str, str]) -> tuple[FactShown, ...]:
    """Those that are not empty."""
    return tuple(FactShown(item, value) for item, value in pairs if value)


def fact_table(kit: Kit, name: str, empty: str, width: int = 180) -> Table[FactShown]:
    """``name``: its accessible name; ``width``: of the items, in pixels."""
    words = kit.texts.office
    columns = (
        Column[FactShown](words.item, lambda row: row.item, width),
        Column[FactShown](words.value, _value, is_name=True),
    )
    return Table(kit, name, columns, empty=empty)


def show_again(table: Table[FactShown], facts: Sequence[FactShown]) -> None:
    """Show facts; the line that was marked stays so."""
    place = table.currentIndex().row()
    table.show_rows(facts)
    if 0 < place < len(facts):
        table.selectRow(place)


def _value(row: FactShown) -> str | Cell:
    return row.value if row.kind is None else Cell(row.value, row.kind)
