"""The characters in which two writings differ, enlarged side by side in their exact shapes, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.font_map import clusters, codes
from app.ui.kit import Kit
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.words import Words

MOST = 6
"""More pairs than this are no matter of characters; the rest is counted."""
_LARGE, _PLAIN = 44, 24


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands on each side ("" for nothing), of which field, and why they differ, in words."""

    field: str
    left: str
    right: str
    why: str


class Characters(QWidget):
    """Hidden while nothing differs. Single characters are enlarged with their code points, longer runs only shown."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(32)
        self.hide()

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show these, as many as there is room for."""
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        words = self._kit.texts.person
        for pair in pairs[:MOST]:
            self._line.addWidget(self._pair(pair))
        if len(pairs) > MOST:
            self._line.addWidget(Words(words.more_characters(len(pairs) - MOST), "support"))
        self._line.addStretch(1)
        spoken = [words.characters_spoken(pair.field, pair.left, pair.right, pair.why) for pair in pairs[:MOST]]
        self.setAccessibleName("　".join(spoken))
        self.setVisible(bool(pairs))

    def _pair(self, pair: Pair) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        sides = QHBoxLayout()
        sides.setSpacing(8)
        size = _LARGE if max(len(clusters(pair.left)), len(clusters(pair.right))) == 1 else _PLAIN
        for place, text in enumerate((pair.left, pair.right)):
            if place:
                sides.addWidget(_small("/"), 0, Qt.AlignmentFlag.AlignVCenter)
            sides.addLayout(self._side(text, size))
        sides.addStretch(1)
        column.addLayout(sides)
        column.addWidget(_small(f"{pair.field}　{pair.why}"))
        column.addStretch(1)
        return box

    def _side(self, text: str, size: int) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        shape = ResidentName(self._kit, size)
        shape.show_name(text or self._kit.texts.person.no_character)
        column.addWidget(shape)
        if size == _LARGE:
            column.addWidget(_small(codes(text) if text else ""))
        return column


def _small(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "small")
    return label
