"""Card against register, field by field; the flow has decided what is the same, this shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.ui.kit import Kit
from app.ui.widgets.table import Cell, Column, Table


class Match(StrEnum):
    """How the two sides stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Compared:
    """One field on both sides, as text to show."""

    label: str
    left: str
    right: str
    match: Match


class CompareTable(Table[Compared]):
    """Four columns: item, card, register, result. Other heads for the sides: ``sides``."""

    def __init__(self, kit: Kit, name: str, *, sides: tuple[str, str] | None = None, empty: str = "―") -> None:
        words = kit.texts.parts
        left, right = sides or (words.compare_card, words.compare_register)
        results = {
            Match.SAME: Cell(words.same, "success", "same"),
            Match.DIFFERENT: Cell(words.different, "error", "different"),
            Match.MISSING: Cell(words.missing, "warning", "warning"),
        }
        columns = (
            Column[Compared](words.compare_item, lambda row: row.label, 120),
            Column[Compared](left, lambda row: row.left or words.empty_value, is_name=True),
            Column[Compared](right, lambda row: row.right or words.empty_value, is_name=True),
            Column[Compared](words.compare_result, lambda row: results[row.match], 120),
        )
        super().__init__(kit, name, columns, empty=empty)

    def show_compared(self, rows: Sequence[Compared]) -> None:
        """Show the fields and take just the height they need."""
        self.show_rows(rows)
        self.setFixedHeight(self.height_for(max(1, len(rows))))
