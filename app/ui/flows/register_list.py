"""Lists of entries: one's own with the drafts of this PC, or everybody's with several approved at once."""

from functools import partial

from PySide6.QtCore import Signal

from app.domain.era import wareki_short
from app.services.filing_drafts import DRAFTED
from app.services.ports.memory import DraftMark
from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_entry import findings_said
from app.ui.flows.register_words import RegisterReader, moment
from app.ui.flows.visit_state import nothing
from app.ui.kit import Kit
from app.ui.screens.register_list import EntryLine, RegisterListScreen
from app.ui.widgets.chip import Kind
from app.wire.draft import Draft
from app.wire.register_change import Approvals, Entries, EntryRow

_STATES: dict[str, Kind] = {"waiting": "information", "approved": "success", "refused": "warning"}


class ListFlow(RegisterFlow[RegisterListScreen]):
    """``open_asked`` carries an ``EntryRow``, ``resumed`` a ``Draft``; ``fresh_asked``: a new change."""

    open_asked = Signal(object)
    resumed = Signal(object)
    fresh_asked = Signal()

    def __init__(self, kit: Kit, screen: RegisterListScreen, acts: RegisterActs, *, decides: bool) -> None:
        super().__init__(kit, screen, acts)
        self._decides, self._is_decided = decides, False
        self._rows: tuple[EntryRow, ...] = ()
        self._drafts: tuple[DraftMark, ...] = ()
        screen.refresh_asked.connect(self.look)
        screen.other_asked.connect(self._on_other)
        screen.opened.connect(self._on_open)
        screen.fresh_asked.connect(self.fresh_asked)
        screen.approve_asked.connect(self._on_approve)
        screen.all_asked.connect(self._on_all)
        screen.drop_asked.connect(self._on_drop)

    def begin(self, occasion: Occasion) -> None:
        """Open the list of what waits."""
        self.enter(occasion)
        self._is_decided, self._rows, self._drafts = False, (), ()
        self.look()

    def end(self) -> None:
        super().end()
        self._rows, self._drafts = (), ()

    def next_of(self, entry_id: str) -> EntryRow | None:
        """What comes behind an entry in the list as it was read last."""
        places = [place for place, row in enumerate(self._rows) if row.entry_id == entry_id]
        after = self._rows[places[0] + 1 :] if places else ()
        return after[0] if after else None

    def look(self) -> None:
        """Read it (again)."""
        decided, acts = self._is_decided, self._acts
        self.screen.show_working()
        if self._decides:
            self.ask(lambda press, it: acts.decide.waiting(press, it.session, decided=decided), self._on_entries)
        else:
            self._errands.run(acts.store, acts.drafts.listed, self._on_drafts, self.on_failed)
            self.ask(lambda press, it: acts.change.own(press, it.session, decided=decided), self._on_entries)

    def _on_drafts(self, drafts: tuple[DraftMark, ...]) -> None:
        self._drafts = drafts
        self._show(Entries(rows=self._rows))

    def _on_entries(self, found: Entries) -> None:
        self._rows = found.rows
        self._show(found)

    def _show(self, found: Entries) -> None:
        words, decided = self._kit.texts.register_own, self._is_decided
        drafts = () if decided or self._decides else tuple(map(self._draft, self._drafts))
        lines = (*drafts, *(self._line(row) for row in found.rows))
        count = words.decided_count if decided else words.more if found.more else words.count
        self.screen.show_lines(lines, count(len(lines)), decided=decided)

    def _on_other(self) -> None:
        self._is_decided = not self._is_decided
        self.screen.banner.clear()
        self.look()

    def _on_open(self, line: EntryLine) -> None:
        if line.draft_id:
            occasion = self._occasion
            if occasion is not None:
                work = partial(self._acts.drafts.resume, self._acts.press(), occasion.session, line.draft_id)
                self._errands.run(self._acts.store, work, self._on_resumed, self.on_failed)
            return
        row = next((one for one in self._rows if one.entry_id == line.entry_id), None)
        if row is not None:
            self.open_asked.emit(row)

    def _on_resumed(self, draft: Draft) -> None:
        self.resumed.emit(draft)

    def _on_drop(self, draft_id: str) -> None:
        occasion = self._occasion
        if occasion is not None:
            work = partial(self._acts.drafts.drop, self._acts.press(), occasion.session, draft_id)
            self._errands.run(self._acts.store, work, nothing, self.on_failed)
            self.look()

    def _on_approve(self, ids: frozenset[str]) -> None:
        rows, decide = tuple(one for one in self._rows if one.entry_id in ids), self._acts.decide
        if rows:
            self.screen.show_working()
            self.ask(lambda press, it: decide.approve(press, it.session, rows, ()), self._on_approved)

    def _on_all(self) -> None:
        decide = self._acts.decide
        self.screen.show_working()
        self.ask(lambda press, it: decide.approve_all(press, it.session), self._on_approved)

    def _on_approved(self, found: Approvals) -> None:
        """How many went, and what did not, with why."""
        words, word, reader = self._kit.texts.register_bulk, self._kit.messages.word, self._reader()
        people = {one.entry_id: reader.named(one.people) for one in self._rows}
        done = sum(one.outcome == "approved" for one in found.rows)
        left = [
            words.result_line(people.get(one.entry_id, "―"), word("entry_outcome", one.outcome))
            for one in found.rows
            if one.outcome != "approved"
        ]
        title = words.result_title(done) if done else words.result_none
        said = words.result_left(self._kit.texts.register.between.join(left)) if left else ""
        kind: Kind = "warning" if left else "success"
        self.screen.banner.show_text(kind, title, said, words.result_more if found.more else "")
        self.look()

    def _draft(self, one: DraftMark) -> EntryLine:
        words, word = self._kit.texts.register_own, self._kit.messages.word
        kind = self._reader().kind(one.procedure.removeprefix(DRAFTED))
        state = word("entry_state", "draft")
        return EntryLine("", kind, words.unsent, moment(one.saved_at), "", "", words.clear, "quiet", state, "quiet",
                         one.draft_id)  # fmt: skip

    def _line(self, row: EntryRow) -> EntryLine:
        word, reader = self._kit.messages.word, self._reader()
        errors = any(one.level == "error" for one in row.findings)
        asks = any(not one.confirmed for one in row.findings)
        waits = row.state == "waiting"
        return EntryLine(
            entry_id=row.entry_id,
            kind=row.title,
            people=reader.named(row.people),
            since=moment(row.entered_at),
            by=row.entered_by,
            event=reader.day(None) if row.event_day is None else wareki_short(row.event_day),
            findings=findings_said(self._kit, row.findings),
            findings_kind="error" if errors else "warning" if asks else "quiet",
            state=word("entry_why_not", row.why_not) if waits and row.why_not and self._decides
            else word("entry_state", row.state),
            state_kind="warning" if waits and row.why_not else _STATES.get(row.state, "quiet"),
            cannot=self._cannot(row),
        )  # fmt: skip

    def _cannot(self, row: EntryRow) -> str:
        """Why it can't go with others."""
        word = self._kit.messages.word
        if row.why_not:
            return word("entry_why_not", row.why_not)
        if any(one.level != "error" for one in row.findings):
            return word("entry_outcome", "needs_single")
        return "" if "approve" in row.may else word("entry_state", row.state)

    def _reader(self) -> RegisterReader:
        return RegisterReader(self._kit, self._acts.rules)
