"""Before and after side by side, as every screen of administration shows a change."""

from dataclasses import dataclass

from app.ui.kit import Kit
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing as it stands and as it is to become. ``place``: which change it belongs to."""

    item: str
    before: str
    after: str
    place: int = 0


def difference_table(kit: Kit, name: str) -> Table[ChangeLine]:
    """The lines of a change; what differs is marked."""
    words = kit.texts.admin_changes
    columns = (
        Column[ChangeLine](words.item, lambda row: row.item, 360),
        Column[ChangeLine](words.before, lambda row: row.before, 380),
        Column[ChangeLine](words.after, _after),
    )
    return Table(kit, name, columns, empty=words.no_content)


def _after(line: ChangeLine) -> str | Cell:
    return line.after if line.after == line.before else Cell(line.after, "information", "next")
