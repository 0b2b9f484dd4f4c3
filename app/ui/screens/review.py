"""点検・審査・決裁: one application; what changed, its evidence and answers beside it, the step at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.examination import EnquiryPanel
from app.ui.screens.review_evidence import CardColumn
from app.ui.screens.review_findings import FindingList
from app.ui.screens.review_shown import AnswerShown, CaseShown, EnquiryRow, FactRow, FindingShown
from app.ui.screens.review_step import Given, StepPanel, StepShown, Way
from app.ui.widgets.compare import CompareTable
from app.ui.widgets.table import Column, Table
from app.ui.widgets.timeline import Timeline
from app.ui.widgets.words import Words

_ROWS = 6
_SUMMARY_COLUMNS = 4


class ReviewScreen(Screen):
    """Made anew for each application. ``step_asked`` carries a ``Given`` and the keys of findings ticked.

    ``start_asked``: begin an enquiry, with what was said to it.
    ``records_asked``: what happened in its visit; ``left``: back to the list. ``hold_asked`` carries reason, last day
    and note; ``let_go_asked``: it need not lie any longer.
    """

    step_asked = Signal(object, object)
    start_asked = Signal(object)
    records_asked = Signal()
    refresh_asked = Signal()
    left = Signal()
    hold_asked = Signal(str, str, str)
    let_go_asked = Signal()

    def __init__(self, kit: Kit, step: StepShown, *, examines: bool) -> None:
        super().__init__(kit, step.title)
        words = kit.texts.review
        self._is_busy = False
        self._summary = QGridLayout()
        self._lead = Words(role="heading")
        self._facts = self._fact_table()
        self._whole = Words("", "label")
        self._facts.selected.connect(lambda row: self._whole.show_text(kit.texts.records.item(row.label, row.value)))
        self._changes = CompareTable(kit, words.again_title, sides=(words.before, words.after), empty=words.again_none)
        self._evidence = CardColumn(kit, words.evidence, words.no_evidence)
        self._answers = CardColumn(kit, words.answers, words.no_answers)
        self._enquiries = EnquiryPanel(kit)
        if not examines:
            self._enquiries.hide()  # never shown here: before it is laid out it would be a window of its own
        self._can_enquire = False
        self._enquiries.start_asked.connect(self.start_asked)
        self._enquiries.consent_open.connect(self._on_consent_open)
        self._findings = FindingList(kit)
        self._history = Timeline(kit, words.history)
        self._panel = StepPanel(kit, step)
        self._panel.taken.connect(self._take)
        self._panel.mode_changed.connect(self._offer)
        self._panel.left.connect(self.left)
        self._panel.held.connect(self._hold)
        self._panel.let_go.connect(self.let_go_asked)
        self.back_asked.connect(self._on_back)
        answers_first = examines or step.decides
        self._lay_out((self._answers, self._evidence) if answers_first else (self._evidence, self._answers))
        self._offer()

    def first_focus(self) -> QWidget:
        return self._facts if self._facts.isVisibleTo(self) else self._changes

    def show_case(self, shown: CaseShown) -> None:
        """The application whole."""
        words = self.kit.texts.review
        self._show_summary(shown.summary)
        again = shown.changes is not None
        self._facts.setVisible(not again)
        self._whole.setVisible(not again)
        self._changes.setVisible(again)
        if shown.changes is None:
            self._lead.show_text(words.first_title)
            self._facts.show_rows(shown.facts)
            self._facts.setFixedHeight(self._facts.height_for(max(1, min(_ROWS, len(shown.facts)))))
        else:
            self._lead.show_text(words.again_text(len(shown.changes)) if shown.changes else words.again_title)
            self._changes.show_compared(shown.changes)
        self._evidence.show_evidence(shown.evidence, shown.signature)
        self._answers.show_answers(shown.answers)
        self._findings.show_findings(shown.findings)
        self._history.show_happenings(shown.history)
        self._history.setFixedHeight(self.kit.look.px(16 + 60 * max(1, min(5, len(shown.history)))))

    def _on_consent_open(self, count: int) -> None:
        words = self.kit.texts.enquiry
        self.banner.show_text("information", words.consent_open(count), words.consent_open_text)
        self.reveal(self._enquiries)

    def show_enquiries(self, rows: Sequence[EnquiryRow]) -> None:
        """How the enquiries stand; F5 sends those that were not made yet."""
        self._enquiries.show_rows(rows)
        self._can_enquire = any(one.can_start for one in rows)
        self._offer()

    def show_answers(self, answers: Sequence[AnswerShown], findings: Sequence[FindingShown]) -> None:
        """Answers that came since, and what the checks say with them."""
        self._answers.show_answers(answers)
        self._findings.show_findings(findings)

    def show_busy(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._panel.show_busy(busy=True)

    def show_error(self, message: Message) -> None:
        """Why the step was not taken; everything entered stays."""
        self._is_busy = False
        self._panel.show_busy(busy=False)
        self.banner.show_message(message)

    def show_not_yours(self, message: Message) -> None:
        """From the beginning: this person may not take the step."""
        self.banner.show_message(message, "warning")

    def show_returned(self, why: str) -> None:
        """It lies returned: who received it has to correct it."""
        words = self.kit.texts.step
        what_now = words.returned_yours if self._panel.shown.corrects else words.returned_next
        self.banner.show_text("warning", words.returned_title, why, what_now)

    def ask_reject(self) -> None:
        """Ask for the reasons of a rejection, as its button does."""
        self._panel.ask_reject()

    def ask(self, way: str) -> None:
        """Ask for the reason of a return ("return") or of letting it lie ("hold"), as its keys do."""
        if self._panel.shown.is_taken_here and not self._panel.shown.corrects:
            {"return": self._panel.ask_return, "hold": self._panel.ask_hold}[way]()

    def wipe(self) -> None:
        super().wipe()
        self._show_summary(())
        self._facts.show_rows(())
        self._whole.show_text("")
        self._changes.show_rows(())
        self._evidence.clear()
        self._answers.clear()
        self._enquiries.show_rows(())
        self._findings.show_findings(())
        self._history.show_happenings(())
        self._panel.clear()

    def _on_back(self) -> None:
        """Esc leaves the reason first, then the application."""
        if self._panel.mode is Way.GO_ON:
            self.left.emit()
        else:
            self._panel.rest()

    def _hold(self, reason: str, until: str, note: str) -> None:
        if not self._is_busy:
            self.hold_asked.emit(reason, until, note)

    def _take(self, given: Given) -> None:
        if self._is_busy:
            return
        open_boxes = self._findings.open_boxes() if given.way is Way.GO_ON else ()
        if open_boxes:
            words = self.kit.texts.review
            self.banner.show_text("error", words.look_missing_title(len(open_boxes)), words.look_missing_text)
            open_boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self.reveal(open_boxes[0])
            return
        self.step_asked.emit(given, self._findings.looked())

    def _offer(self) -> None:
        words, panel = self.kit.texts.step, self._panel
        hold_word = self.kit.texts.hold.let_go if panel.shown.is_held else words.hold_word
        hold = Offer("save", hold_word, panel.ask_hold) if panel.holds else Offer("save", words.back, self.left.emit)
        enquire = self.kit.texts.review.enquire_word
        read = (
            Offer("refresh", enquire, self._enquiries.ask_all)
            if self._can_enquire
            else Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("records", words.records, self.records_asked.emit),
            hold,
        )
        if not panel.shown.is_taken_here:
            self.offer(*read)
        elif panel.shown.corrects:
            self.offer(*read, Offer("commit", words.correct_word, panel.confirm))
        elif panel.mode is Way.GO_ON:
            go = panel.shown.approval if panel.shown.decides else words.pass_word
            self.offer(
                *read,
                Offer("return_case", words.return_word, panel.ask_return),
                Offer("commit", go, panel.confirm),
            )
        elif panel.mode is Way.HOLD:
            self.offer(Offer("save", self.kit.texts.hold.confirm, panel.confirm))
        elif panel.mode is Way.RETURN:
            self.offer(hold, Offer("return_case", words.confirm_return, panel.confirm))
        else:
            self.offer(hold, Offer("commit", words.confirm_reject, panel.confirm))

    def _fact_table(self) -> Table[FactRow]:
        words = self.kit.texts.review
        columns = (
            Column[FactRow](words.section, lambda row: row.section, 104),
            Column[FactRow](words.item, lambda row: row.label, 226),
            Column[FactRow](words.value, lambda row: row.value, is_name=True),
        )
        return Table(self.kit, words.first_title, columns, empty=words.no_answers)

    def _show_summary(self, pairs: Sequence[tuple[str, str]]) -> None:
        while (item := self._summary.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, (label, value) in enumerate(pairs):
            row, column = divmod(place, _SUMMARY_COLUMNS)
            self._summary.addWidget(Words(label, "support"), row * 2, column)
            self._summary.addWidget(Words(value, "label"), row * 2 + 1, column)

    def _lay_out(self, beside: tuple[QWidget, ...]) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        self._summary.setContentsMargins(16, 12, 16, 12)
        self._summary.setHorizontalSpacing(24)
        self._summary.setVerticalSpacing(2)
        for column in range(_SUMMARY_COLUMNS):
            self._summary.setColumnStretch(column, 1)
        card.setLayout(self._summary)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, widgets in (
            (left, (self._lead, self._facts, self._whole, self._changes, self._findings)),
            (right, beside),
        ):
            side.setSpacing(8)
            for widget in widgets:
                side.addWidget(widget)
            side.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(24)
        sides.addLayout(left, 3)
        sides.addLayout(right, 2)
        self.body.addWidget(card)
        self.body.addWidget(self._enquiries)
        self.body.addLayout(sides)
        self.body.addWidget(Words(self.kit.texts.review.history, "heading"))
        self.body.addWidget(self._history)
        self.foot.addWidget(self._panel)
