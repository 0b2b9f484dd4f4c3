"""What was collected, beside how the office stands now; sent as one proposal with its reason."""

from PySide6.QtCore import Signal

from app.errors import AppError
from app.ui.flows.admin_acts import AdminActs, day_of
from app.ui.flows.admin_change_words import ChangeReader
from app.ui.flows.admin_office import OfficeFlow, Staffing
from app.ui.kit import Kit
from app.ui.screens.admin_difference import ChangeLine
from app.ui.screens.admin_draft import AdminDraftScreen
from app.wire.staff_change import ChangeRow, PartChange, Roster


class DraftFlow(OfficeFlow[AdminDraftScreen]):
    """``sent`` carries the words that say so."""

    sent = Signal(str, str)

    def __init__(self, kit: Kit, screen: AdminDraftScreen, acts: AdminActs, staffing: Staffing) -> None:
        super().__init__(kit, screen, acts, staffing)
        self._is_reading, self._wanted = False, ""
        screen.send_asked.connect(self._on_send)
        screen.drop_asked.connect(staffing.drop)
        screen.undo_asked.connect(staffing.undo)

    def start(self) -> None:
        self._screen.show_reason(self._staffing.reason)
        self.show()
        self._wanted = ""
        if self._staffing.draft.changes:
            self.read()

    def read(self) -> None:
        """How the office stands by now; what is sent meanwhile waits for it."""
        self._is_reading = True
        self.ask(self._acts.changes.roster, self._on_roster)

    def end(self) -> None:
        if self._session is not None:
            self._staffing.reason = self._screen.reason()
        super().end()

    def show(self) -> None:
        staffing, words = self._staffing, self._kit.texts.admin_draft
        reader = ChangeReader(self._kit, staffing.base, staffing.roster, self._acts.procedures)
        changes = staffing.draft.changes
        lines = [line for place, one in enumerate(changes) for line in draft_lines(reader, one, place)]
        self._screen.show_lines(lines, len(changes))
        if outdated := staffing.outdated():
            names = words.join.join(dict.fromkeys(map(reader.about, outdated)))
            self._screen.banner.show_text("warning", words.outdated(names), words.outdated_text)

    def _on_roster(self, roster: Roster) -> None:
        self._is_reading = False
        super()._on_roster(roster)
        wanted, self._wanted = self._wanted, ""
        if wanted and not self._staffing.outdated():
            self._on_send(wanted)

    def _on_failed(self, error: AppError) -> None:
        self._is_reading, self._wanted = False, ""
        super()._on_failed(error)

    def _on_send(self, reason: str) -> None:
        self._screen.show_working()
        if self._is_reading:
            self._wanted = reason
            return
        change, propose = self._staffing.draft.as_one(), self._acts.propose.propose
        self.ask(lambda press, session: propose(press, session, change, reason), self._on_sent)

    def _on_sent(self, row: ChangeRow) -> None:
        words = self._kit.texts.admin_draft
        self._staffing.clear()
        self._screen.show_reason("")
        self.sent.emit(words.sent, words.sent_text(day_of(row.expires_at)))


def draft_lines(reader: ChangeReader, change: PartChange, place: int) -> list[ChangeLine]:
    """What one change would make different."""
    return [
        ChangeLine(reader.item(change, line), line.before, line.after, place)
        for line in reader.lines(change)
        if line.before != line.after
    ]
