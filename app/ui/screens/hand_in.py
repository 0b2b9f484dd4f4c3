"""提出: everything to look at once more, then the press that fixes the receipt date, then what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.screens.review_findings import FindingList
from app.ui.screens.review_shown import FindingShown
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One item of the application, as text to show."""

    part: str
    label: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseShown:
    """What is about to be handed in. ``notes``: what the checks say, to be looked at; empty fields are only counted."""

    applicant: str = field(repr=False)
    capacity: str
    person: str
    number: str
    findings: str
    items: tuple[ItemShown, ...]
    lead: str
    notes: tuple[FindingShown, ...] = ()
    signature: str = ""


@dataclass(frozen=True, slots=True)
class ResultShown:
    """What came of it, as text. ``rows``: label and value; ``kept``: it waits here to be sent.

    ``goes_on``: the person stands here, another application may follow.
    """

    kept: bool
    rows: tuple[tuple[str, str], ...]
    tell: str
    goes_on: bool = True


class HandInScreen(Screen):
    """``hand_in_asked``: F12 was pressed; the flow takes the instant of that press.

    ``check_asked``: the resident is to look at it and sign.
    """

    hand_in_asked = Signal()
    check_asked = Signal()
    form_asked = Signal()
    close_asked = Signal()
    sheet_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.hand_in
        super().__init__(kit, words.title)
        self._words = words
        names = ("applicant", "capacity", "evidence", "number", "findings")
        self._facts = {name: Fact(getattr(words, name)) for name in names}
        columns = (
            Column[ItemShown](words.part, lambda row: row.part, 150),
            Column[ItemShown](words.item, lambda row: row.label, 330),
            Column[ItemShown](words.value, lambda row: row.value, is_name=True),
        )
        self._items = Table(kit, words.content, columns, empty="―")
        self._button, back = Button(words.hand_in, "primary", final=True), Button(words.back_to_form)
        self._button.clicked.connect(self.hand_in_asked)
        back.clicked.connect(self.form_asked)
        self.back_asked.connect(self.form_asked)
        head = Card()
        self._lead = Words(words.lead)
        head.column.addWidget(self._lead)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for place, fact in enumerate(self._facts.values()):
            grid.addWidget(fact, 0, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 3 if place in {2, 3, 4} else 2)
        head.column.addLayout(grid)
        self._signature, check = Fact(kit.texts.resident_check.signature), Button(kit.texts.resident_check.ask)
        check.clicked.connect(self.check_asked)
        head.column.addLayout(in_line(check, self._signature, spacing=24))
        self.body.addWidget(head)
        self._notes = FindingList(kit)
        self.body.addWidget(self._notes)
        content = Card(words.content)
        content.add_filling(self._items, 160)
        self.body.addWidget(content, 1)
        self.foot.addLayout(in_line(self._button, back))
        self.offer(
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("previous_part", words.back_to_form, self.form_asked.emit),
            Offer("refresh", kit.texts.resident_check.ask_key, self.check_asked.emit),
            Offer("preview", words.print_sheet, self.sheet_asked.emit),
            Offer("commit", words.hand_in, self.hand_in_asked.emit),
        )

    def first_focus(self) -> QWidget:
        return self._items

    def show_case(self, shown: CaseShown) -> None:
        """What will be handed in."""
        self.show_idle()
        self.banner.clear()
        self._lead.show_text(shown.lead)
        texts = (shown.applicant, shown.capacity, shown.person, shown.number, shown.findings)
        for fact, text in zip(self._facts.values(), texts, strict=True):
            fact.show_value(text)
        self._signature.show_value(shown.signature or self.kit.texts.resident_check.none)
        self._items.show_rows(shown.items)
        self._notes.show_findings(shown.notes)
        self._notes.setVisible(bool(shown.notes))

    def looked(self) -> tuple[str, ...]:
        """Keys of what was ticked as looked at; nothing has to be."""
        return self._notes.looked()

    def show_again(self, text: str) -> None:
        """The person has to be looked at once more; the next press hands in."""
        words = self._words
        self.banner.show_text("warning", words.sure_title, text, words.sure_next)
        self._button.show_text(words.sure_done)

    def show_signed(self) -> None:
        """The resident has signed just now."""
        words = self.kit.texts.resident_check
        self.banner.show_text("success", words.signed_title, words.signed_text)

    def show_changed(self, said: str) -> None:
        """Something was changed after the signature; the next press hands in all the same."""
        words = self.kit.texts.resident_check
        self.banner.show_text("warning", words.changed_title, said, words.changed_next)

    def show_sending(self) -> None:
        """It is on its way."""
        self.banner.clear()
        self._button.show_text(self._words.sending)

    def show_idle(self) -> None:
        """It can be handed in."""
        self._button.show_text(self._words.hand_in)

    def wipe(self) -> None:
        super().wipe()
        self.show_idle()
        for fact in (*self._facts.values(), self._signature):
            fact.show_value("")
        self._items.show_rows(())
        self._notes.show_findings(())


class HandedInScreen(Screen):
    """The number, the day and the state, what to tell the resident, and what next."""

    slip_asked = Signal()
    visit_slip_asked = Signal()
    sheet_asked = Signal()
    another_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.hand_in
        super().__init__(kit, words.result_title)
        self._words = words
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._tell = Words()
        card = Card(words.receipt)
        card.column.addLayout(self._grid)
        said = Card()
        said.column.addWidget(self._tell)
        self.body.addWidget(card)
        self.body.addWidget(said)
        self.body.addStretch(1)
        self._close, slip = Button(kit.texts.visit.close, "primary"), Button(words.print_slip)
        whole = Button(words.visit_slip)
        whole.clicked.connect(self.visit_slip_asked)
        self._another = Button(words.another)
        self._close.clicked.connect(self.close_asked)
        slip.clicked.connect(self.slip_asked)
        self._another.clicked.connect(self.another_asked)
        self.foot.addLayout(in_line(self._close, slip, whole, self._another))
        self._offer(goes_on=True)

    def first_focus(self) -> QWidget:
        return self._close

    def show_result(self, shown: ResultShown) -> None:
        """What came of handing in."""
        words = self._words
        if shown.kept:
            self.banner.show_text("information", words.kept_title, words.kept_state)
        else:
            self.banner.show_text("success", words.received_title if shown.goes_on else words.again_title)
        self._another.setVisible(shown.goes_on)
        self.show_next("")
        self._offer(goes_on=shown.goes_on)
        self._fill(shown.rows)
        self._tell.show_text(shown.tell)

    def show_next(self, title: str) -> None:
        """What the visit's list goes on with, "" for nothing: the way on says so."""
        texts = self.kit.texts
        self._another.show_text(texts.interview_plan.next(title) if title else self._words.another)

    def wipe(self) -> None:
        super().wipe()
        self._fill(())
        self._tell.show_text("")
        self.show_next("")

    def _offer(self, *, goes_on: bool) -> None:
        words = self._words
        offers = [
            Offer("close_visit", self.kit.texts.visit.close_key, self.close_asked.emit),
            Offer("preview", words.print_slip, self.slip_asked.emit),
            Offer("records", words.visit_slip, self.visit_slip_asked.emit),
            Offer("other_way", words.print_sheet, self.sheet_asked.emit),
        ]
        if goes_on:
            offers.append(Offer("search", words.another, self.another_asked.emit))
        self.offer(*offers)

    def _fill(self, rows: Sequence[tuple[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, (label, value) in enumerate(rows):
            head = QLabel(label)
            head.setProperty("role", "label")
            self._grid.addWidget(head, place, 0)
            self._grid.addWidget(Words(value, "title" if place == 0 else "value"), place, 1)
