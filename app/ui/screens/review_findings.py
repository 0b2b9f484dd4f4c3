"""Findings of the checks: what stops, and what wants a look with a tick for it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screens.review_shown import FindingShown
from app.ui.widgets.chip import Chip
from app.ui.widgets.words import Words


class FindingList(QWidget):
    """Errors first. A finding that wants a look has a box that Space ticks."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._boxes: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(Words(kit.texts.review.findings, "heading"))
        outer.addLayout(self._column)

    def show_findings(self, items: Sequence[FindingShown]) -> None:
        """Replace all; what was ticked stays ticked."""
        ticked = frozenset(self.looked())
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._boxes = {}
        for one in items:
            self._column.addWidget(self._card(one, ticked=one.key in ticked))
        if not items:
            self._column.addWidget(Words(self._kit.texts.review.no_findings, "support"))

    def looked(self) -> tuple[str, ...]:
        """Keys of the findings that are ticked."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def open_boxes(self) -> tuple[QWidget, ...]:
        """The boxes that still want a tick."""
        return tuple(box for box in self._boxes.values() if not box.isChecked())

    def _card(self, shown: FindingShown, *, ticked: bool) -> QFrame:
        words = self._kit.texts.review
        card = QFrame()
        card.setProperty("role", "card")
        line = QHBoxLayout(card)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(16)
        chip = Chip(self._kit, words.blocks if shown.stops else words.ask, "error" if shown.stops else "warning")
        line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(Words(shown.what, "label"))
        for sentence in (shown.why, shown.next):
            if sentence:
                text.addWidget(Words(sentence, "support"))
        line.addLayout(text, 1)
        if shown.looked:
            line.addWidget(Chip(self._kit, words.looked_before, "success"), 0, Qt.AlignmentFlag.AlignVCenter)
        elif shown.wants_look:
            line.addWidget(self._box(shown, ticked=ticked), 0, Qt.AlignmentFlag.AlignVCenter)
        return card

    def _box(self, shown: FindingShown, *, ticked: bool) -> QCheckBox:
        box = QCheckBox(self._kit.texts.review.looked)
        box.setAccessibleName(f"{self._kit.texts.review.looked} {shown.what}")
        box.setChecked(ticked)
        self._boxes[shown.key] = box
        return box
