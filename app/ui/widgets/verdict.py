"""A verdict in a row: the question, the answer by icon, word and colour, and the reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy

from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.ui.kit import Kit
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.words import Words


class VerdictRow(QFrame):
    """One question of proof. Nothing is shown as fine before it was checked. ``words``: for holds and fails."""

    def __init__(self, kit: Kit, question: str, words: tuple[str, str] | None = None) -> None:
        super().__init__()
        self._kit, self._question = kit, question
        self._holds, self._fails = words or (kit.texts.parts.verified, kit.texts.parts.failed)
        self.setProperty("role", "verdict")
        self._chip = Chip(kit, kit.texts.parts.not_checked)
        self._chip.setMinimumWidth(kit.look.px(112))
        title = QLabel(question)
        title.setProperty("role", "label")
        self._reason = Words(role="support")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 3, 0, 3)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._chip, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(title, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._reason, 1, 1)
        grid.setColumnStretch(1, 1)
        self.setAccessibleName(question)
        self._reason.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_verdict(self, verdict: Verdict, note: str = "") -> None:
        """Show the answer; its reason is looked up by its code. ``note``: said besides, as the time of a list."""
        word, kind = self._word(verdict)
        reason = "　".join(part for part in (self._kit.messages.reason(verdict), note) if part)
        self._chip.show_state(word, kind)
        self._reason.show_text(reason)
        self._reason.setVisible(bool(reason))
        self.setAccessibleName(" ".join(part for part in (self._question, word, reason) if part))

    def clear(self) -> None:
        """Back to not checked, without a reason."""
        words = self._kit.texts.parts
        self._chip.show_state(words.not_checked, "quiet")
        self._reason.show_text("")
        self._reason.hide()
        self.setAccessibleName(f"{self._question} {words.not_checked}")

    def _word(self, verdict: Verdict) -> tuple[str, Kind]:
        words = self._kit.texts.parts
        match verdict:
            case Verified():
                return self._holds, "success"
            case Failed():
                return self._fails, "error"
            case NotChecked():
                return words.not_checked, "quiet"
