"""One entry before who decides, or before who entered it: approved, refused, corrected or taken back."""

from PySide6.QtCore import Signal

from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_words import RegisterReader, moment
from app.ui.kit import Kit
from app.ui.screens.register_sheet import RegisterSheetScreen, SheetShown, Verdict
from app.ui.widgets.chip import Kind
from app.wire.register_change import Approvals, EntryRow, EntryView

_VERDICTS: tuple[Verdict, ...] = ("approve", "refuse", "correct", "withdraw")


class SheetFlow(RegisterFlow[RegisterSheetScreen]):
    """``done`` carries title and sentence; ``correct_asked`` the ``EntryView``; ``next_asked`` the id left behind."""

    done = Signal(str, str)
    correct_asked = Signal(object)
    next_asked = Signal(str)

    def __init__(self, kit: Kit, screen: RegisterSheetScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._entry_id, self._decides = "", False
        self._view: EntryView | None = None
        screen.refresh_asked.connect(self.look)
        screen.approve_asked.connect(self._on_approve)
        screen.refuse_asked.connect(self._on_refuse)
        screen.withdraw_asked.connect(self._on_withdraw)
        screen.correct_asked.connect(self._on_correct)
        screen.next_asked.connect(lambda: self.next_asked.emit(self._entry_id))

    def begin(self, occasion: Occasion, entry_id: str, *, decides: bool) -> None:
        """Open one entry, as who decides or as who entered it."""
        self.enter(occasion)
        self._entry_id, self._decides, self._view = entry_id, decides, None
        self.look()

    def end(self) -> None:
        super().end()
        self._entry_id, self._view = "", None

    def look(self) -> None:
        """Read it (again)."""
        entry_id, acts = self._entry_id, self._acts
        self.screen.show_working()
        if self._decides:
            self.ask(lambda press, it: acts.decide.open(press, it.session, entry_id), self._on_view)
        else:
            self.ask(lambda press, it: acts.change.open_own(press, it.session, entry_id), self._on_view)

    def _on_view(self, view: EntryView) -> None:
        self._view = view
        row, words = view.row, self._kit.texts.register_sheet
        reader = self._reader()
        names = {one.business_number: one.name for one in view.changes if one.business_number}
        may = frozenset(one for one in _VERDICTS if one in row.may)
        self.screen.show_sheet(
            SheetShown(
                about=words.about(
                    row.title,
                    self._kit.messages.word("register_reason", view.filing.reason),
                    reader.day(row.filed_day),
                    reader.day(row.event_day, view.filing.event_written),
                ),
                by=self._by(row),
                more=self._more(view),
                rows=reader.people(view.changes),
                findings=reader.findings(row.findings, view.filing, names, asks="approve" in may),
                verdicts=may,
                note=self._note(row),
            )
        )

    def _by(self, row: EntryRow) -> str:
        words, word = self._kit.texts.register_sheet, self._kit.messages.word
        said = words.by(row.entered_by, moment(row.entered_at), row.office)
        if row.decided_at is None:
            return said
        decided = words.decided(word("entry_state", row.state), row.decided_by, moment(row.decided_at))
        return f"{said}　{decided}"

    def _more(self, view: EntryView) -> str:
        words, filing = self._kit.texts.register_sheet, view.filing
        parts = (
            words.reason(view.row.reason) if view.row.reason else "",
            words.late(filing.late_reason) if filing.late_reason else "",
            words.source(filing.source) if filing.source else "",
        )
        return "　".join(part for part in parts if part)

    def _note(self, row: EntryRow) -> tuple[Kind, str] | None:
        words = self._kit.texts.register_sheet
        said: dict[str, tuple[Kind, str]] = {
            "same_person": ("information", words.own),
            "own_matter": ("warning", words.own_matter),
            "restrained": ("warning", words.restrained),
            "overtaken": ("warning", words.overtaken),
            "blocked": ("error", words.blocked),
        }
        why = row.why_not if row.state == "waiting" else ""
        if why == "same_person" and row.overtaken:
            why = "overtaken"
        return said.get(why)

    def _on_approve(self, confirmed: tuple[str, ...]) -> None:
        view, decide = self._view, self._acts.decide
        if view is not None:
            self.screen.show_working()
            self.ask(lambda press, it: decide.approve(press, it.session, (view.row,), confirmed), self._on_approved)

    def _on_approved(self, found: Approvals) -> None:
        view, words = self._view, self._kit.texts.register_sheet
        if view is None:
            return
        (one,) = found.rows
        if one.outcome == "approved":
            people = self._reader().named(view.row.people)
            self.done.emit(words.approved(view.row.title, people), words.approved_text)
        else:
            said = self._kit.messages.word("entry_outcome", one.outcome)
            self.look()
            self.screen.banner.show_text("warning", said)

    def _on_refuse(self, reason: str) -> None:
        view, decide = self._view, self._acts.decide
        if view is not None:
            self.screen.show_working()
            self.ask(lambda press, it: decide.refuse(press, it.session, view.row, reason), self._on_refused)

    def _on_refused(self, row: EntryRow) -> None:
        words = self._kit.texts.register_sheet
        self.done.emit(words.refused(row.title, self._reader().named(row.people)), words.reason(row.reason))

    def _on_withdraw(self) -> None:
        view, change = self._view, self._acts.change
        if view is not None:
            self.screen.show_working()
            self.ask(lambda press, it: change.withdraw(press, it.session, view.row), self._on_withdrawn)

    def _on_withdrawn(self, row: EntryRow) -> None:
        words = self._kit.texts.register_sheet
        self.done.emit(words.withdrawn(row.title, self._reader().named(row.people)), words.withdrawn_text)

    def _on_correct(self) -> None:
        if self._view is not None:
            self.correct_asked.emit(self._view)

    def _reader(self) -> RegisterReader:
        return RegisterReader(self._kit, self._acts.rules, self._occasion.wards if self._occasion else ())
