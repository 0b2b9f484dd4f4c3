"""Cards beside the changes: how person and number were confirmed, what other bodies answered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.resident.signature_pad import SignaturePicture
from app.ui.screens.review_shown import AnswerShown, EvidenceShown, SignatureShown
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.verdict import VerdictRow
from app.ui.widgets.words import Words

_WRAPS = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
"""A verdict's reason may need two lines in the narrow column."""


class CardColumn(QWidget):
    """Cards under a heading, or the words that there are none."""

    def __init__(self, kit: Kit, title: str, nothing: str) -> None:
        super().__init__()
        self._kit, self._nothing = kit, nothing
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(Words(title, "heading"))
        outer.addLayout(self._column)

    def show_evidence(self, items: Sequence[EvidenceShown], signature: SignatureShown | None = None) -> None:
        """How it was confirmed, and who signed for what."""
        signed = [] if signature is None else [signature_card(self._kit, signature)]
        self._show([*(evidence_card(self._kit, one) for one in items), *signed])

    def show_answers(self, items: Sequence[AnswerShown]) -> None:
        """What was answered."""
        self._show([answer_card(self._kit, one) for one in items])

    def clear(self) -> None:
        """Nothing of the case is left."""
        self._show([])

    def _show(self, cards: Sequence[QWidget]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for card in cards or [Words(self._nothing, "support")]:
            self._column.addWidget(card)


def evidence_card(kit: Kit, shown: EvidenceShown) -> QFrame:
    """Title with result, method, verdicts, who and when."""
    card, column = _card(kit, shown.title, (shown.result, shown.kind))
    column.addWidget(Words(shown.how))
    for question, verdict in shown.verdicts:
        row = VerdictRow(kit, question)
        row.show_verdict(verdict)
        row.setSizePolicy(_WRAPS)
        column.addWidget(row)
    column.addWidget(Words(shown.by, "support"))
    return card


def signature_card(kit: Kit, shown: SignatureShown) -> QFrame:
    """How it was signed, whether it holds, what was drawn."""
    words = kit.texts.resident_check
    card, column = _card(kit, words.signature, (shown.result, shown.kind))
    column.addWidget(Words(shown.how))
    if shown.changed:
        column.addWidget(Words(shown.changed))
    if shown.drawn is not None:
        picture = SignaturePicture(shown.drawn, words.signature)
        picture.setFixedHeight(kit.look.px(96))
        column.addWidget(picture)
    column.addWidget(Words(shown.shown, "support"))
    return card


def answer_card(kit: Kit, shown: AnswerShown) -> QFrame:
    """Title with the kind of answer, its fields, its source, whether its receipt holds."""
    card, column = _card(kit, shown.title, (shown.kind_word, shown.kind))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, (label, value) in enumerate(shown.rows):
        grid.addWidget(Words(label, "support"), place, 0)
        grid.addWidget(Words(value, "label"), place, 1)
    column.addLayout(grid)
    if shown.receipt is not None:
        row = VerdictRow(kit, kit.texts.review.receipt)
        row.show_verdict(shown.receipt)
        row.setSizePolicy(_WRAPS)
        column.addWidget(row)
    column.addWidget(Words(shown.source, "support"))
    return card


def _card(kit: Kit, title: str, state: tuple[str, Kind]) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(6)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(Words(title, "label"), 1)
    head.addWidget(Chip(kit, *state), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    return card, column
