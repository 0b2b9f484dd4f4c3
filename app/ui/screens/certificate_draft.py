"""証明書の内容の確認: the page as it will be, the fee, how it reaches whom, what wants a look."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen, scrolled
from app.ui.screens.paper import PageView
from app.ui.screens.review_findings import FindingList
from app.ui.screens.review_shown import FindingShown
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line


@dataclass(frozen=True, slots=True)
class DraftShown:
    """The draft as text and pages (PNG). ``address``: where it is posted to, "" for the counter."""

    title: str
    copies: str
    fee: str
    route: str
    address: str = field(repr=False)
    findings: tuple[FindingShown, ...]
    pages: tuple[bytes, ...] = field(repr=False)


class CertificateDraftScreen(Screen):
    """``issue_asked`` carries the findings that were looked at. ``back_asked``: back to the request."""

    issue_asked = Signal(object)
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.certificate_draft
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._facts = {name: Fact(getattr(words, name)) for name in ("copies", "fee", "route", "address")}
        self._kind = Card()
        self._findings = FindingList(kit)
        self._pages: list[PageView] = []
        self._paper = QVBoxLayout()
        self._paper.setSpacing(16)
        inner = QWidget()
        inner.setProperty("role", "clear")
        inner.setLayout(self._paper)
        for fact in self._facts.values():
            self._kind.column.addWidget(fact)
        left, line = QVBoxLayout(), QHBoxLayout()
        left.setSpacing(16)
        left.addWidget(self._kind)
        left.addWidget(self._findings)
        left.addStretch(1)
        right = Card(words.page)
        right.add_filling(scrolled(inner), 360)
        line.setSpacing(16)
        line.addLayout(left, 4)
        line.addWidget(right, 7)
        self.body.addLayout(line, 1)
        self._issue, back = Button(words.issue, "primary", final=True), Button(words.back)
        self._issue.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(self._issue, back))
        self.offer(
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("previous_part", words.back, self.back_asked.emit),
            Offer("commit", words.issue_key, self._ask),
        )

    def first_focus(self) -> QWidget:
        open_boxes = self._findings.open_boxes()
        return open_boxes[0] if open_boxes else self._issue

    def show_draft(self, shown: DraftShown) -> None:
        """What will be issued."""
        self.wipe()
        for name, text in (("copies", shown.copies), ("fee", shown.fee), ("route", shown.route)):
            self._facts[name].show_value(text)
        self._facts["address"].show_value(shown.address)
        self._facts["address"].setVisible(bool(shown.address))
        self._findings.show_findings(shown.findings)
        self._findings.setVisible(bool(shown.findings))
        self._show_pages(shown.pages)

    def wipe(self) -> None:
        super().wipe()
        for fact in self._facts.values():
            fact.show_value("")
        self._findings.show_findings(())
        self._show_pages(())

    def _show_pages(self, pages: Sequence[bytes]) -> None:
        for page in self._pages:
            page.clear()
            self._paper.removeWidget(page)
            page.deleteLater()
        self._pages = [PageView(self.kit, png, self._words.page_name(at)) for at, png in enumerate(pages, 1)]
        for page in self._pages:
            self._paper.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)

    def _ask(self) -> None:
        open_boxes = self._findings.open_boxes()
        if open_boxes:
            self.banner.show_text("warning", self._words.findings_open)
            open_boxes[0].setFocus()
        else:
            self.issue_asked.emit(self._findings.looked())
