"""過誤情報: notes that this city sent about what it had told wrongly, and those that others sent; both with state."""

from collections.abc import Callable, Mapping

from app.services.ports.seat import Session
from app.services.tend_records import RECORD
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.exchange_record import (
    ErrorNoteRow,
    ErrorNoteRows,
    ReceivedNoteRow,
    ReceivedNoteRows,
)

_NOTES: dict[str, Kind] = {"noted": "information", "received": "information", "acknowledged": "success"}


def notes_screen(kit: Kit) -> ExchangeScreen:
    """Notes that this city sent."""
    words, common = kit.texts.exchange.notes, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.state, 190),
            ColumnLook(words.receiver, 160),
            ColumnLook(words.information),
            ColumnLook(words.reason, 170),
            ColumnLook(words.made, 210),
            ColumnLook(words.received, 150),
            ColumnLook(words.acknowledged, 150),
        ),
        before=common.loading,
        deeds=(Deed("refresh", common.refresh, "refresh", common.refresh_key),),
        facts_name=words.facts,
        facts_rows=2,
    )
    return ExchangeScreen(kit, look)


class NotesFlow(ExchangeFlow):
    """Works between ``begin`` and ``end``."""

    def begin(self, session: Session, owner: str) -> None:
        """Open the list."""
        self.enter(session)
        self._values["owner"] = owner
        self.look()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"refresh": self.look}

    def look(self) -> None:
        """Read it (again)."""
        owner = self._values.get("owner", "")
        self.read(lambda press, it: self._cases.records.notes(press, it, owner), self._on_read)

    def _on_read(self, found: ErrorNoteRows) -> None:
        self.screen.show_lines([self._line(one) for one in found.rows], self.words.notes.none)

    def _line(self, row: ErrorNoteRow) -> LineShown:
        words = self.words.notes
        cells = (
            Cell(self.word("error_note_state", row.state), _NOTES.get(row.state, "quiet")),
            self._acts.place(row.receiver),
            self.about(row.information, row.tax_year),
            self.word("provision_reason", row.reason),
            words.by_at(row.made_by, self.at(row.made_at)),
            self.at(row.received_at),
            self.at(row.acknowledged_at),
        )
        message = self._kit.messages.of_code(row.cause) if row.cause else None
        cause = row.cause if message is None else message.title
        next_at = self.at(row.next_at) if row.state != "acknowledged" else ""
        facts = facts_of((words.process_number, row.process_number), (words.cause, cause), (words.next, next_at))
        return LineShown(row.note_id, cells, facts)


def received_screen(kit: Kit) -> ExchangeScreen:
    """Notes that others sent."""
    words, common = kit.texts.exchange.received, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.state, 150),
            ColumnLook(words.provider, 160),
            ColumnLook(words.information),
            ColumnLook(words.reason, 170),
            ColumnLook(words.again, 200),
            ColumnLook(words.received, 150),
        ),
        before=common.before,
        deeds=(
            Deed("look", common.look, "search", common.look_key, is_primary=True),
            Deed("confirm", words.confirm, "commit", words.confirm_key, question=words.confirm_question),
        ),
        facts_name=words.facts,
        facts_rows=2,
    )
    return ExchangeScreen(kit, look)


class ReceivedFlow(ExchangeFlow):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._rows: tuple[ReceivedNoteRow, ...] = ()
        screen.selected.connect(lambda _: self._offer())

    def begin(self, session: Session) -> None:
        """Open the form and read the first list."""
        self.enter(session)
        tasks = self.owners(RECORD)
        self._values["task"] = tasks[0][0] if tasks else ""
        self.screen.show_form(
            (FieldShown("task", self.words.received.task, "choice", tasks, required=True),), self._values
        )
        self._offer()
        if tasks:
            self.look()

    def end(self) -> None:
        super().end()
        self._rows = ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look, "confirm": self._confirm}

    def look(self) -> None:
        """Read them (again)."""
        task = self.said("task")
        if task:
            self.read(lambda press, it: self._cases.records.received(press, it, task), self._on_read)

    def _on_read(self, found: ReceivedNoteRows) -> None:
        self._rows = found.rows
        self.screen.show_lines([self._line(one) for one in found.rows], self.words.received.none)
        self._offer()

    def _line(self, row: ReceivedNoteRow) -> LineShown:
        words = self.words.received
        state: tuple[str, Kind] = (words.known, "quiet") if row.acknowledged_at else (words.fresh, "warning")
        cells = (
            Cell(*state),
            self._acts.place(row.provider),
            self.about(row.information, row.tax_year),
            self.word("provision_reason", row.reason),
            words.ask_again if row.corrected else words.not_yet,
            self.at(row.received_at),
        )
        known = words.by_at(row.acknowledged_by, self.at(row.acknowledged_at)) if row.acknowledged_at else ""
        facts = facts_of((words.process_number, row.process_number), (words.confirmed, known))
        return LineShown(row.note_id, cells, facts)

    def _marked(self) -> ReceivedNoteRow | None:
        return next((one for one in self._rows if one.note_id == self.screen.marked()), None)

    def _offer(self) -> None:
        row = self._marked()
        self.screen.show_deeds(("look", "confirm") if row is not None and not row.acknowledged_at else ("look",))

    def _confirm(self) -> None:
        row, task = self._marked(), self.said("task")
        if row is not None:
            self.write(lambda press, it: self._cases.records.acknowledge(press, it, task, row), self._on_confirmed)

    def _on_confirmed(self, _: object) -> None:
        words = self.words.received
        self.look()
        self.screen.banner.show_text("success", words.done, words.done_text)
