"""Before and after as every screen of the register shows them."""

from dataclasses import dataclass, field

from app.ui.kit import Kit
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class DeltaShown:
    """One item before and after, as text. ``whom``: the person, said in the first line of each."""

    whom: str = field(repr=False)
    item: str
    before: str = field(repr=False)
    after: str = field(repr=False)


def delta_table(kit: Kit, name: str, *, whom: bool = True, empty: str, heads: tuple[str, str]) -> Table[DeltaShown]:
    """What changes. ``heads``: over both sides; ``whom``: with a column for the person."""
    words = kit.texts.register_history
    person = Column[DeltaShown](words.whom, lambda row: row.whom, 190, is_name=True)
    columns = (
        *([person] if whom else []),
        Column[DeltaShown](words.item, lambda row: row.item, 200),
        Column[DeltaShown](heads[0], lambda row: row.before, is_name=True),
        Column[DeltaShown](heads[1], _after, is_name=True),
    )
    return Table(kit, name, columns, empty=empty)


def _after(row: DeltaShown) -> str | Cell:
    return row.after if row.after == row.before else Cell(row.after, "information", "next")
