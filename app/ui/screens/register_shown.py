"""Before and after as every screen of the register shows them."""

from dataclasses import dataclass, field

from app.ui.kit import Kit
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


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
    person = Column[DeltaShown](words.whom, lambda row: row.whom, 150, is_name=True)
    columns = delta_columns(kit, heads)
    return Table(kit, name, (person, *columns) if whom else columns, empty=empty)


def delta_columns(kit: Kit, heads: tuple[str, str]) -> tuple[Column[DeltaShown], ...]:
    """Item, before and after."""
    return (
        Column[DeltaShown](kit.texts.register_history.item, lambda row: row.item, 140),
        Column[DeltaShown](heads[0], lambda row: row.before, is_name=True),
        Column[DeltaShown](heads[1], _after, is_name=True),
    )


def day_columns(kit: Kit) -> tuple[Column[DeltaShown], ...]:
    """Item and value, as of one day."""
    words = kit.texts.register_history
    return (
        Column[DeltaShown](words.item, lambda row: row.item, 240),
        Column[DeltaShown](words.on_value, lambda row: row.after, is_name=True),
    )


def whole_of(kit: Kit, table: Table[DeltaShown]) -> Words:
    """The marked line in full, below a table that has too little room for an address."""
    words, line = kit.texts.register_history, Words("", "support")

    def show(row: DeltaShown | None) -> None:
        if row is None:
            line.show_text("")
        elif row.before == row.after:
            line.show_text(row.after)
        else:
            line.show_text(words.whole(row.item, row.before, row.after))

    table.selected.connect(show)
    table.model().modelReset.connect(lambda: line.show_text(""))
    return line


def _after(row: DeltaShown) -> str | Cell:
    return row.after if row.after == row.before else Cell(row.after, "information", "next")
