"""Names enlarged in their exact shapes, character by character with its code: the names where the cursor stands."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.font_map import clusters, codes
from app.ui.kit import Kit
from app.ui.widgets.name_edit import NameEdit
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.table import Table
from app.ui.widgets.words import Words

_LARGE, _WHOLE = 64, 32
_MOST = 4
"""More names at once are not compared by eye; those of one place are few."""


def names_at(focus: QWidget | None, place: QWidget) -> tuple[str, ...]:
    """The names at the cursor: those of the marked row, or what stands in a line; else those shown on ``place``."""
    found: Sequence[str] = ()
    if isinstance(focus, Table):
        found = focus.marked_names()
    elif isinstance(focus, NameEdit) and focus.echoMode() == NameEdit.EchoMode.Normal:
        found = (focus.text().strip(),)
    if not any(found):
        found = [one.text() for one in place.findChildren(ResidentName) if one.isVisible()]
    return tuple(dict.fromkeys(one for one in found if one))[:_MOST]


def enlarged(kit: Kit, names: Sequence[str]) -> tuple[QWidget, str]:
    """What a sheet shows of ``names``, and what is read aloud of it."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 12, 0)
    column.setSpacing(12)
    said = []
    for name in names:
        whole = ResidentName(kit, _WHOLE)
        whole.show_name(name)
        column.addWidget(whole)
        column.addLayout(_characters(kit, name))
        if missing := whole.missing():
            column.addWidget(Words(kit.texts.parts.variant_missing("".join(missing)), "error"))
        said.append(" ".join(f"{one} {codes(one)}" for one in clusters(name) if one.strip()))
    column.addStretch(1)
    return inner, "　".join(said)


def _characters(kit: Kit, name: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    shown = [one for one in clusters(name) if one.strip()]
    for row, one in enumerate(shown):
        large = ResidentName(kit, _LARGE)
        large.show_name(one)
        grid.addWidget(large, row, 0)
        grid.addWidget(Words(codes(one), "figure"), row, 1)
    grid.setColumnStretch(1, 1)
    return grid
